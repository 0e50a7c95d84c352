/**
 * Raw variables to decoded ones: the coders in xarray's order, then what attributes say of coordinates.
 *
 * Everything is lazy. What must be known beforehand (whether times of calendar `standard` are all
 * after 1582-10-15) is taken from the first and last values of a variable, which the caller reads.
 */
import { narrowIntegers } from "../array/index.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { AttrTypes } from "../backends/contract.ts";
import { kindOf } from "../dtypes/traits.ts";
import { EncodingError } from "../errors.ts";
import { warn } from "../options.ts";
import { ownValue } from "../util/records.ts";
import type { Attrs, Variable } from "../variable/index.ts";
import { decodeBooleans, decodeNumbers } from "./decode-numbers.ts";
import { decodeChars, decodeStrings, holdsChars } from "./decode-strings.ts";
import { decodeDurations, decodesDurations, decodeTimes, needsEnds } from "./decode-times.ts";
import { type Draft, draftOf, RELATED, variableOf } from "./draft.ts";
import { isDateUnits } from "./time-like.ts";

/** A choice for all variables, or by their names (others as by default). */
export type PerVariable = boolean | { readonly [name: string]: boolean };

/** What of the CF conventions is decoded. */
export interface DecodeOptions {
  /** Join characters along their last dimension to strings (default true). */
  readonly concatCharacters?: PerVariable | undefined;
  /** Apply `_FillValue`, `missing_value`, `scale_factor`, `add_offset` and `_Unsigned` (default true). */
  readonly maskAndScale?: PerVariable | undefined;
  /** Decode numbers with units `… since …` to dates of their calendar (default true). */
  readonly decodeTimes?: PerVariable | undefined;
  /** Decode numbers with units of durations: true for all, false for none; by default those marked by attribute `dtype: "timedelta64[…]"`. */
  readonly decodeTimedelta?: PerVariable | undefined;
  /** True keeps calendar `standard` beside `datetime64`, false insists on `datetime64`; by default the values decide. */
  readonly useCftime?: boolean | undefined;
  /** Make coordinates of what attributes `coordinates` name (default true), with `"all"` also of bounds, grid mappings and their like. */
  readonly decodeCoords?: boolean | "coordinates" | "all" | undefined;
  /** Variables that are left out. */
  readonly dropVariables?: string | readonly string[] | undefined;
  /** 64-bit integers as exact numbers (default), or as BigInts under dtypes `bigint64` and `biguint64`. */
  readonly int64?: "number" | "bigint" | undefined;
}

/** What is decoded. */
export interface EncodedVariables {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly attrs: Attrs;
  /** Stored types of the variables' attributes. */
  readonly attrTypes?: ReadonlyMap<string, AttrTypes> | undefined;
  /** First and last raw values of the lazy variables that {@link endsWanted} names, as 1-D arrays. */
  readonly ends?: ReadonlyMap<string, NDArray> | undefined;
}

/** Decoded variables, and which of them are coordinates by their attributes. */
export interface DecodedVariables {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly attrs: Attrs;
  readonly coordNames: ReadonlySet<string>;
}

/** Attributes whose words are names only in part: `area: cell_area`. */
const KEYED: ReadonlySet<string> = new Set(["grid_mapping", "cell_measures", "formula_terms"]);

const chosen = (choice: PerVariable | undefined, name: string, otherwise: boolean): boolean =>
  typeof choice === "object" ? (ownValue(choice, name) ?? otherwise) : (choice ?? otherwise);

/** The names in `dropVariables`. */
export function droppedNames({ dropVariables }: DecodeOptions): ReadonlySet<string> {
  return new Set(typeof dropVariables === "string" ? [dropVariables] : dropVariables);
}

/**
 * The variables whose first and last values decide how they are decoded, if they are lazy.
 *
 * Bounds without units of their own count as having those of their times.
 */
export function endsWanted(variables: ReadonlyMap<string, Variable>, options: DecodeOptions): string[] {
  const inherited = boundsAttrs(variables);
  return [...variables].flatMap(([name, v]) => {
    if (v.size === 0) return [];
    if (v.dtype === "bytes") return v.encoding.dtype === undefined && v.ndim > 0 ? [name] : [];
    if (!"iuf".includes(kindOf(v.dtype)) || !chosen(options.decodeTimes, name, true)) return [];
    const { units, calendar } = { ...inherited.get(name), ...v.attrs };
    return needsEnds(units, calendar, options.useCftime) ? [name] : [];
  });
}

/**
 * Decode variables and what their attributes say of each other.
 *
 * @throws EncodingError for units, calendars and attributes that cannot be read, naming the variable.
 * @example
 * ```ts
 * const { variables, coordNames } = decodeVariables({ variables: raw, attrs: {} });
 * ```
 */
export function decodeVariables(encoded: EncodedVariables, options: DecodeOptions = {}): DecodedVariables {
  const { variables } = encoded;
  const dropped = droppedNames(options);
  const inherited = boundsAttrs(variables);
  const stackable = stackableDims(variables);
  const drafts = new Map<string, Draft>();
  for (const [name, variable] of variables) {
    if (dropped.has(name)) continue;
    const own = inherited.get(name);
    const draft = draftOf(name, own ? variable.replace({ attrs: { ...own, ...variable.attrs } }) : variable, encoded.attrTypes?.get(name));
    decodeOne(draft, options, encoded.ends?.get(name), stackable);
    drafts.set(name, draft);
  }
  const coordNames = new Set<string>();
  const attrs = decodeCoordinates(drafts, new Set(variables.keys()), encoded.attrs, coordNames, options.decodeCoords ?? true);
  return { variables: new Map([...drafts].map(([name, draft]) => [name, variableOf(draft)])), attrs, coordNames };
}

function decodeOne(draft: Draft, options: DecodeOptions, ends: NDArray | undefined, stackable: ReadonlySet<string>): void {
  const { name } = draft;
  const kind = kindOf(draft.array.dtype);
  if (kind === "M" || kind === "m") return;
  const stored = draft.array.dtype.replace("big", "");
  if (chosen(options.concatCharacters, name, true)) {
    if (draft.dims.length > 0 && stackable.has(draft.dims.at(-1)!) && holdsChars(draft, ends)) decodeChars(draft);
    decodeStrings(draft);
  }
  const times = chosen(options.decodeTimes, name, true);
  const viaUnits = chosen(options.decodeTimedelta, name, false);
  const durations = decodesDurations(draft, chosen(options.decodeTimedelta, name, times), viaUnits);
  const { fills } = chosen(options.maskAndScale, name, true) ? decodeNumbers(draft, { times, durations }) : { fills: [] };
  if (durations) decodeDurations(draft, { fills, viaUnits });
  if (times) decodeTimes(draft, { fills, useCftime: options.useCftime, ends });
  decodeBooleans(draft);
  // Last, because -2⁶³ as fill value and nanoseconds since 1970 are no exact numbers.
  if (options.int64 !== "bigint") draft.array = narrowIntegers(draft.array);
  draft.encoding.dtype ??= stored === "string" ? "str" : stored;
}

/** Units and calendar that bounds get from the times they bound, where they have none. */
function boundsAttrs(variables: ReadonlyMap<string, Variable>): Map<string, Attrs> {
  const out = new Map<string, Attrs>();
  for (const { attrs } of variables.values()) {
    if (!isDateUnits(attrs.units) || typeof attrs.bounds !== "string" || !variables.has(attrs.bounds)) continue;
    const { units, calendar } = attrs;
    out.set(attrs.bounds, { units, ...(calendar === undefined ? {} : { calendar }) });
  }
  return out;
}

/** Dimensions that only characters have, as their last: no variable labels them. */
function stackableDims(variables: ReadonlyMap<string, Variable>): Set<string> {
  const out = new Set<string>();
  for (const v of variables.values()) if (v.dtype === "bytes" && v.ndim > 0) out.add(v.dims.at(-1) as string);
  for (const name of variables.keys()) out.delete(name);
  for (const v of variables.values()) {
    v.dims.forEach((dim: string, i) => {
      if (v.dtype !== "bytes" || i !== v.dims.length - 1) out.delete(dim);
    });
  }
  return out;
}

function decodeCoordinates(
  drafts: ReadonlyMap<string, Draft>,
  known: ReadonlySet<string>,
  attrs: Attrs,
  coordNames: Set<string>,
  how: boolean | "coordinates" | "all",
): Attrs {
  if (how === false) return attrs;
  for (const draft of drafts.values()) {
    const { coordinates } = draft.attrs;
    if (typeof coordinates === "string") {
      delete draft.attrs.coordinates;
      draft.encoding.coordinates = coordinates;
      for (const name of words(coordinates)) if (known.has(name)) coordNames.add(name);
    }
    if (how === "all") for (const key of RELATED) decodeRelated(draft, key, known, coordNames);
  }
  if (typeof attrs.coordinates !== "string") return attrs;
  for (const name of words(attrs.coordinates)) coordNames.add(name);
  const { coordinates: _, ...rest } = attrs;
  return rest;
}

function decodeRelated(draft: Draft, key: string, known: ReadonlySet<string>, coordNames: Set<string>): void {
  const value = draft.attrs[key];
  if (typeof value !== "string") return;
  delete draft.attrs[key];
  const names = relatedNames(draft.name, key, value);
  const missing = names.filter((name) => !known.has(name));
  if (missing.length > 0) {
    warn(
      "missing-reference",
      `attribute ${key} of ${JSON.stringify(draft.name)} names variables that are not there: ${missing.join(", ")}`,
    );
    return;
  }
  draft.encoding[key] = value;
  for (const name of names) coordNames.add(name);
}

function relatedNames(owner: string, key: string, value: string): string[] {
  const parts = words(value.replaceAll(" :", ":"));
  if (!KEYED.has(key) || parts.length <= 1) return parts;
  if (!parts[0]!.endsWith(":")) {
    throw new EncodingError(
      `attribute ${key} of ${JSON.stringify(owner)} is ${JSON.stringify(value)}; it should begin with a word that ends in ":"`,
      { name: owner, key },
    );
  }
  const keys = parts.filter((part) => part.endsWith(":")).map((part) => part.slice(0, -1));
  return key === "grid_mapping" ? keys : parts.filter((part) => !part.endsWith(":"));
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((word) => word !== "");
}
