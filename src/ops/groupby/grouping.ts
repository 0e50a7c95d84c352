/** From what users group by to groups: found, combined, and numbered without gaps. */
import { arange, NDArray } from "../../array/index.ts";
import { ArgumentError, CoordinateError, DimensionError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { LabelIndex } from "../../indexing/label-index.ts";
import { unknownName } from "../../util/suggest.ts";
import { broadcastVariable } from "../../variable/broadcast.ts";
import { stackVariable } from "../../variable/reshape.ts";
import { loadedArray, Variable } from "../../variable/variable.ts";
import { align } from "../align/index.ts";
import {
  type ArrayParts,
  type CoordParts,
  type DatasetParts,
  hasParts,
  isDatasetParts,
  PARTS,
  sizesOf,
  THIS_ARRAY,
  toDatasetParts,
} from "../parts.ts";
import { iselPositions } from "../selecting/index.ts";
import { timeComponent } from "../time/index.ts";
import type { EncodedGroups, Grouper, GroupSource } from "./grouper.ts";
import { UniqueGrouper } from "./groupers.ts";

/** What `groupby` takes: names, an array of labels, or groupers by name. */
export type GroupInput = string | readonly string[] | ArrayParts | Variable | Readonly<Record<string, Grouper>>;

/** One thing that is grouped by. */
export interface GroupKey extends EncodedGroups {
  readonly source: GroupSource;
}

/** An object with its groups. */
export interface Grouping {
  /** What was grouped; an array is a dataset of one variable. */
  readonly original: DatasetParts;
  /** Undefined for a dataset; else the array's name. */
  readonly array: { readonly name: string | undefined } | undefined;
  readonly keys: readonly GroupKey[];
  /** The dimensions along which groups lie. */
  readonly dims: readonly string[];
  /** Their lengths; more than the dimension has where groups overlap. */
  readonly shape: readonly number[];
  /** The dimension that is cut up: the only one of `dims`, or all of them stacked. */
  readonly dim: string;
  /** The object along `dim`; positions that are in several groups repeat. */
  readonly parts: DatasetParts;
  /** For each position along `dim` its group among those that have a member, −1 for none. */
  readonly codes: Int32Array;
  /** For each group that has a member its number among all combinations of the keys' groups. */
  readonly present: Int32Array;
  /** The number of all combinations. */
  readonly total: number;
  /** A position is in several groups. */
  readonly overlapping: boolean;
  /** The dimension that is resampled, whose labels give way to those of the groups. */
  readonly resampled: string | undefined;
}

/** Groups are numbered in 32 bits and kept in tables. */
const MAX_GROUPS = 2 ** 27;

/**
 * `parts` in groups. `grouper` serves what is given by name alone (default: by different labels);
 * `resampled` is the dimension whose labels give way to those of the groups.
 *
 * @throws CoordinateError for a name that is not there, AlignmentError for an array with other labels,
 * NotLoadedError where what is grouped by is lazy.
 */
export function groupParts(
  parts: ArrayParts | DatasetParts,
  by: GroupInput,
  resampled?: string,
  grouper: Grouper = new UniqueGrouper(),
): Grouping {
  const original = isDatasetParts(parts) ? parts : toDatasetParts(parts);
  const keys = keysFor(original, by, grouper);
  if (keys.length === 0) throw new ArgumentError("nothing to group by: give a name, an array or groupers", {});
  const sizes = sizesOf(original);
  const dims = [...new Set(keys.flatMap((key) => key.source.variable.dims as string[]))];
  const lengths = new Map(
    keys.flatMap((key) => key.source.variable.dims.map((dim: string, i: number) => [dim, key.source.variable.shape[i]!] as const)),
  );
  for (const dim of dims) {
    if (sizes.has(dim) ? sizes.get(dim) !== lengths.get(dim) : dims.length === 1) {
      throw new DimensionError(
        sizes.has(dim)
          ? `the group has length ${lengths.get(dim)} along ${JSON.stringify(dim)}, which has length ${sizes.get(dim)}`
          : unknownName("dimension", dim, sizes.keys()),
        { dim },
      );
    }
  }
  const shape = dims.map((dim) => lengths.get(dim)!);
  const total = keys.reduce((n, key) => n * key.count, 1);
  if (total > MAX_GROUPS) throw new ArgumentError(`grouping would make ${total} groups; at most ${MAX_GROUPS} are possible`, { total });
  const layers = jointCodes(keys, dims, shape);
  const dim = dims.length === 1 ? dims[0]! : `stacked_${dims.join("_")}`;
  const stacked = dims.length === 1 ? original : stackParts(original, dims, lengths, dim);
  const overlapping = layers.length > 1;
  const { positions, codes } = overlapping ? repeated(layers) : { positions: undefined, codes: layers[0]! };
  const { present, compact } = withoutGaps(codes, total);
  return {
    original,
    keys,
    dims,
    shape,
    dim,
    total,
    overlapping,
    resampled,
    present,
    codes: compact,
    array: isDatasetParts(parts) ? undefined : { name: parts.name },
    parts: positions ? iselPositions(stacked, new Map([[dim, { kind: "take", positions }]])) : stacked,
  };
}

function keysFor(parts: DatasetParts, by: GroupInput, plain: Grouper): GroupKey[] {
  const key = (source: GroupSource, grouper: Grouper): GroupKey => {
    if (source.variable.size === 0)
      throw new ArgumentError(`cannot group by ${JSON.stringify(source.name)}, which is empty`, { name: source.name });
    return { ...grouper.factorize(source), source };
  };
  if (typeof by === "string") return [key(sourceNamed(parts, by), plain)];
  if (by instanceof Variable) return [key({ name: "group", variable: loaded(by, "group"), bare: false }, plain)];
  if (Array.isArray(by)) return by.map((name: string) => key(sourceNamed(parts, name), plain));
  if (isArrayParts(by)) return [key(sourceOf(parts, by), plain)];
  return Object.entries(by as Readonly<Record<string, Grouper>>).map(([name, grouper]) => {
    if (typeof (grouper as Partial<Grouper> | null)?.factorize !== "function") {
      throw new ArgumentError(
        `groupby takes a grouper for ${JSON.stringify(name)}, such as new groupers.UniqueGrouper(), not ${String(grouper)}`,
        { name },
      );
    }
    return key(sourceNamed(parts, name), grouper);
  });
}

function isArrayParts(x: object): x is ArrayParts {
  return "variable" in x && "coords" in x;
}

/** What users give to group by, as {@link groupParts} takes it. */
export function toGroupInput(by: unknown): GroupInput {
  if (hasParts(by)) {
    const parts = by[PARTS];
    if (isDatasetParts(parts)) throw new ArgumentError("cannot group by a dataset: group by one of its variables", {});
    return parts;
  }
  if (
    typeof by === "string" ||
    by instanceof Variable ||
    (typeof by === "object" && by !== null && !ArrayBuffer.isView(by) && !("factorize" in by))
  )
    return by as GroupInput;
  throw new ArgumentError(
    `cannot group by ${typeof by === "object" ? by?.constructor.name : String(by)}; possible are a name, a list of names, a DataArray, or groupers by name`,
    { by: String(by) },
  );
}

/** A coordinate, a variable, a dimension without labels, or a part of times (`"time.month"`). */
function sourceNamed(parts: DatasetParts, name: string): GroupSource {
  const found = parts.coords.get(name) ?? parts.vars.get(name);
  if (found) return { name, variable: loaded(found, name), bare: false };
  const sizes = sizesOf(parts);
  const n = sizes.get(name);
  if (n !== undefined) return { name, variable: new Variable([name], arange(n)), bare: true };
  const dot = name.lastIndexOf(".");
  const times = dot > 0 ? (parts.coords.get(name.slice(0, dot)) ?? parts.vars.get(name.slice(0, dot))) : undefined;
  if (times)
    return { name: name.slice(dot + 1), variable: timeComponent(loaded(times, name.slice(0, dot)), name.slice(dot + 1)), bare: false };
  const known = new Set([...parts.coords.keys(), ...parts.vars.keys(), ...sizes.keys()]);
  known.delete(THIS_ARRAY);
  throw new CoordinateError(unknownName("coordinate or dimension", dot > 0 ? name.slice(0, dot) : name, known), { name });
}

function sourceOf(parts: DatasetParts, group: ArrayParts): GroupSource {
  align([parts, group], { join: "exact" });
  const name = group.name ?? "group";
  return { name, variable: loaded(group.variable, name), bare: false };
}

function loaded(variable: Variable, name: string): Variable {
  return variable.replace({ array: loadedArray(variable.array, `${JSON.stringify(name)}, which is grouped by,`) });
}

/** The number of every position's combination of groups, in C order over `dims`; several lists where groups overlap. */
function jointCodes(keys: readonly GroupKey[], dims: readonly string[], shape: readonly number[]): Int32Array[] {
  const sizes = new Map(dims.map((dim, i) => [dim, shape[i]!]));
  let joint: Int32Array[] | undefined;
  for (const key of keys) {
    const own = key.codes.map((codes) => spread(codes, key.source.variable, sizes));
    joint =
      joint === undefined
        ? own
        : joint.flatMap((above) =>
            own.map((below) => below.map((code, i) => (code < 0 || above[i]! < 0 ? -1 : above[i]! * key.count + code))),
          );
  }
  return joint!;
}

function spread(codes: Int32Array, { dims, shape, size }: Variable, sizes: ReadonlyMap<string, number>): Int32Array {
  if (codes.length !== size) throw new ArgumentError(`a grouper gave ${codes.length} codes for ${size} values`, { codes: codes.length });
  if (dims.length === sizes.size && [...sizes.keys()].every((dim, i) => dim === dims[i])) return codes;
  const positions = Float64Array.from({ length: size }, (_, i) => i);
  const at = broadcastVariable(new Variable(dims, new NDArray(positions, shape, "float64")), sizes).values as Float64Array;
  return Int32Array.from(at, (p) => codes[p]!);
}

/** Positions by group set: each as often as it is in a group. */
function repeated(layers: readonly Int32Array[]): { readonly positions: Float64Array; readonly codes: Int32Array } {
  const n = layers.reduce((sum, layer) => sum + layer.reduce((k, code) => k + (code < 0 ? 0 : 1), 0), 0);
  const positions = new Float64Array(n);
  const codes = new Int32Array(n);
  let at = 0;
  for (const layer of layers) {
    for (let i = 0; i < layer.length; i++) {
      if (layer[i]! < 0) continue;
      positions[at] = i;
      codes[at++] = layer[i]!;
    }
  }
  return { positions, codes };
}

/** Only groups that have a member, in order. */
function withoutGaps(codes: Int32Array, total: number): { readonly present: Int32Array; readonly compact: Int32Array } {
  const seen = new Int32Array(total);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) seen[codes[i]!] = 1;
  let count = 0;
  for (let i = 0; i < total; i++) seen[i] = seen[i] === 1 ? count++ : -1;
  if (count === total) return { present: Int32Array.from({ length: total }, (_, i) => i), compact: codes };
  const present = new Int32Array(count);
  for (let i = 0; i < total; i++) if (seen[i]! >= 0) present[seen[i]!] = i;
  return { present, compact: codes.map((code) => (code < 0 ? -1 : seen[code]!)) };
}

/** `v` along the stacked dimension; `v` itself where it has none of `dims`. */
function stackedVariable(v: Variable, dims: readonly string[], lengths: ReadonlyMap<string, number>, into: string): Variable {
  if (!v.dims.some((dim: string) => dims.includes(dim))) return v;
  const all = new Map(v.dims.map((dim: string, i: number) => [dim, v.shape[i]!] as const));
  for (const dim of dims) all.set(dim, lengths.get(dim)!);
  return stackVariable(broadcastVariable(v, all), dims, into);
}

/** All variables along the stacked dimension. Its labels stay as plain coordinates beside each other. */
function stackParts(parts: DatasetParts, dims: readonly string[], lengths: ReadonlyMap<string, number>, into: string): DatasetParts {
  const each = (variables: ReadonlyMap<string, Variable>, isData: boolean): Map<string, Variable> =>
    new Map(
      [...variables].map(([name, v]) => {
        // A dimension that only the group has is one that the data repeats along.
        const whole =
          isData && dims.some((dim) => !sizesOf(parts).has(dim))
            ? broadcastVariable(
                v,
                new Map([
                  ...v.dims.map((dim: string, i: number) => [dim, v.shape[i]!] as const),
                  ...dims.map((dim) => [dim, lengths.get(dim)!] as const),
                ]),
              )
            : v;
        return [name, stackedVariable(whole, dims, lengths, into)];
      }),
    );
  return { ...parts, vars: each(parts.vars, true), coords: each(parts.coords, false), indexes: indexesWithout(parts, dims) };
}

function indexesWithout(parts: CoordParts, dims: readonly string[]): Map<string, Index> {
  return new Map([...parts.indexes].filter(([, index]) => !index.dims.some((dim) => dims.includes(dim))));
}

/** The labels of the groups as coordinates with indexes. */
export function groupCoords({ keys, original }: Grouping): CoordParts {
  const coords = new Map<string, Variable>();
  const indexes = new Map<string, Index>();
  for (const { name, labels, identity } of keys) {
    if (!labels) continue;
    // Labels that are those of the object keep its index, of one level or several.
    const own = identity ? original.indexes.get(name) : undefined;
    const index = own ?? LabelIndex.of(name, labels);
    for (const [level, variable] of index.variables()) {
      coords.set(level, original.coords.get(level) && own ? original.coords.get(level)! : variable);
      indexes.set(level, index);
    }
  }
  return { coords, indexes };
}
