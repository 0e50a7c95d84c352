/**
 * Variables as files store them: the inverse of decoding, with xarray's choices where the encoding says nothing.
 *
 * Synchronous: whatever must be looked at before (times whose units are to be chosen, text that becomes
 * characters) is named by {@link valuesWanted} and loaded by the caller.
 */
import { inMemory } from "../array/index.ts";
import type { AttrTypes } from "../backends/contract.ts";
import { kindOf } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { UnsupportedError } from "../errors.ts";
import { warn } from "../options.ts";
import { setOwn } from "../util/records.ts";
import { type Attrs, sameAttr, type Variable } from "../variable/index.ts";
import { type Draft, draftOf, RELATED, toAttrs, variableOf } from "./draft.ts";
import { encodeNumbers } from "./encode-numbers.ts";
import { encodeStrings, wantsChars } from "./encode-strings.ts";
import { encodeTimeLike } from "./encode-times.ts";
import { isDateUnits } from "./time-like.ts";

/** What a format can store by itself. */
export interface FormatTraits {
  /** Booleans. */
  readonly bool: boolean;
  /** Text of variable length. */
  readonly text: boolean;
  /** Strings of bytes; else they become characters. */
  readonly bytes: boolean;
}

/** What CF alone says: booleans as integers, strings as they are. */
export const CF_TRAITS: FormatTraits = { bool: false, text: true, bytes: true };

/** An encoded variable with the stored types of its attributes. */
export interface Encoded {
  readonly variable: Variable;
  readonly attrTypes: AttrTypes;
}

/** Times of at most this many elements are loaded to choose their units. */
const CHOOSE_UNITS = 2_000_000;

/** The lazy variables whose values decide how they are encoded. */
export function valuesWanted(variables: ReadonlyMap<string, Variable>, traits: FormatTraits): string[] {
  return [...variables].flatMap(([name, v]) => {
    if (inMemory(v.array) !== undefined) return [];
    const kind = kindOf(v.dtype);
    if (kind === "M" || kind === "m") return v.size <= CHOOSE_UNITS ? [name] : [];
    return (kind === "S" ? !traits.bytes : wantsChars(v, traits.text)) ? [name] : [];
  });
}

/**
 * Encode variables: times to numbers, packing, fill values, booleans, text.
 *
 * @throws EncodingError for encodings that contradict each other or that values do not fit, naming the
 *   variable and the value; values that are lazy throw when they are computed.
 */
export function encodeVariables(variables: ReadonlyMap<string, Variable>, traits: FormatTraits = CF_TRAITS): Map<string, Encoded> {
  const drafts = new Map<string, Draft>();
  for (const [name, variable] of variables)
    drafts.set(name, draftOf(name, variable, variable.encoding.attr_types as AttrTypes | undefined));
  shareTimeUnits(drafts);
  for (const draft of drafts.values()) encodeOne(draft, traits);
  dropBoundsAttrs(drafts);
  return new Map(
    [...drafts].map(([name, draft]) => [name, { variable: variableOf(draft), attrTypes: attrTypesOf(draft, variables.get(name)!.dtype) }]),
  );
}

function encodeOne(draft: Draft, traits: FormatTraits): void {
  delete draft.encoding.attr_types;
  if (kindOf(draft.array.dtype) === "c" && !traits.bool)
    throw new UnsupportedError(
      `variable ${JSON.stringify(draft.name)} is ${draft.array.dtype}, which netCDF files cannot hold; write real() and imag(), or Zarr`,
      { name: draft.name, dtype: draft.array.dtype },
    );
  encodeTimeLike(draft);
  encodeNumbers(draft, traits.bool);
  if (draft.array.dtype !== "bytes" || !traits.bytes) encodeStrings(draft, traits.text);
  for (const key of RELATED) toAttrs(draft, key);
}

/** Types of attributes that their values do not say: of packing, and those read from a file. */
function attrTypesOf(draft: Draft, decoded: DType): AttrTypes {
  const types: Record<string, DType> = {};
  for (const [key, type] of Object.entries(draft.types)) if (Object.hasOwn(draft.attrs, key)) setOwn(types, key, type);
  const packing = ["scale_factor", "add_offset"].filter((key) => key in draft.attrs);
  const single = decoded === "float32" && packing.every((key) => Math.fround(Number(draft.attrs[key])) === Number(draft.attrs[key]));
  for (const key of packing) types[key] = single ? "float32" : "float64";
  return types;
}

/** Bounds are written in the units of the times they bound. */
function shareTimeUnits(drafts: ReadonlyMap<string, Draft>): void {
  for (const draft of drafts.values()) {
    const bounds = draft.attrs.bounds ?? draft.encoding.bounds;
    const other = typeof bounds === "string" ? drafts.get(bounds) : undefined;
    const { units, calendar } = draft.encoding;
    if (other === undefined || kindOf(draft.array.dtype) !== "M") continue;
    if (!isDateUnits(units)) {
      warn(
        "bounds-units",
        `the units of ${JSON.stringify(draft.name)} and its bounds ${JSON.stringify(bounds)} are chosen each on their own; give encoding.units to have them equal`,
      );
      continue;
    }
    other.encoding.units ??= units;
    if (calendar !== undefined) other.encoding.calendar ??= calendar;
  }
}

/** Attributes that bounds share with what they bound are left out, as the CF conventions ask. */
function dropBoundsAttrs(drafts: ReadonlyMap<string, Draft>): void {
  for (const { attrs } of drafts.values()) {
    const other = typeof attrs.bounds === "string" ? drafts.get(attrs.bounds) : undefined;
    if (other === undefined) continue;
    for (const key of ["units", "standard_name", "axis", "positive", "calendar", "long_name", "leap_month", "leap_year", "month_lengths"]) {
      if (Object.hasOwn(other.attrs, key) && Object.hasOwn(attrs, key) && sameAttr(other.attrs[key]!, attrs[key]!)) delete other.attrs[key];
    }
  }
}

/**
 * Say in attributes `coordinates` which variables are coordinates without being named as a dimension:
 * of each data variable those that lie on its dimensions, of the dataset the rest.
 */
export function encodeCoordinates(
  vars: ReadonlyMap<string, Variable>,
  coords: ReadonlyMap<string, Variable>,
  dims: ReadonlySet<string>,
  attrs: Attrs,
): { variables: Map<string, Variable>; attrs: Attrs } {
  const names = [...coords.keys()].filter((name) => !dims.has(name) && sayable(name));
  const related = new Set(
    names.filter((name) => [...vars.values(), ...coords.values()].some((v) => RELATED.some((key) => mentions(v.encoding[key], name)))),
  );
  const written = new Set<string>();
  const variables = new Map<string, Variable>();
  for (const [name, variable] of [...coords, ...vars]) {
    const out =
      names.includes(name) || dims.has(name) ? keptCoordinates(variable) : withCoordinates(name, variable, names, related, coords);
    if (typeof out.attrs.coordinates === "string") for (const word of out.attrs.coordinates.split(/\s+/)) written.add(word);
    variables.set(name, out);
  }
  const global = names.filter((name) => !related.has(name) && !written.has(name)).sort();
  if (global.length === 0) return { variables, attrs };
  if ("coordinates" in attrs) {
    warn(
      "coordinates",
      `the dataset has an attribute "coordinates" of its own, so that ${global.join(", ")} will be read back as data variables`,
    );
    return { variables, attrs };
  }
  return { variables, attrs: { ...attrs, coordinates: global.join(" ") } };
}

function sayable(name: string): boolean {
  if (!/\s/.test(name)) return true;
  warn("coordinates", `coordinate ${JSON.stringify(name)} has a space in its name, so that it will be read back as a data variable`);
  return false;
}

function mentions(value: unknown, name: string): boolean {
  return typeof value === "string" && value.split(/[\s:]+/).includes(name);
}

/** The variable with `coordinates` moved from its encoding to its attributes; null asks for none. */
function keptCoordinates(variable: Variable): Variable {
  const { coordinates, ...encoding } = variable.encoding;
  const { coordinates: own, ...attrs } = variable.attrs;
  const text = coordinates !== undefined ? coordinates : own;
  if (coordinates === undefined && own === undefined) return variable;
  return variable.replace({ encoding, attrs: typeof text === "string" ? { ...attrs, coordinates: text } : attrs });
}

function withCoordinates(
  name: string,
  variable: Variable,
  names: readonly string[],
  related: ReadonlySet<string>,
  coords: ReadonlyMap<string, Variable>,
): Variable {
  const kept = keptCoordinates(variable);
  if (variable.encoding.coordinates === null || variable.attrs.coordinates === null || typeof kept.attrs.coordinates === "string")
    return kept;
  const own = names.filter(
    (coord) =>
      coord !== name &&
      !variable.dims.includes(coord) &&
      !related.has(coord) &&
      coords.get(coord)!.dims.every((dim: string) => variable.dims.includes(dim)),
  );
  return own.length === 0 ? kept : kept.replace({ attrs: { ...kept.attrs, coordinates: own.sort().join(" ") } });
}
