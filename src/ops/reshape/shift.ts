/** Moving values along dimensions: roll, shift, pad, sort. */

import { cast } from "../../array/cast.ts";
import { type AxisIndex, arange, argsort, type PadOptions, pad as padArray, roll as rollArray, select, unary } from "../../array/index.ts";
import { flatValues, type NDArray } from "../../array/ndarray.ts";
import { missingValue, promoteForMissing } from "../../dtypes/index.ts";
import type { Value } from "../../dtypes/types.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { ownValue } from "../../util/records.ts";
import { unknownName } from "../../util/suggest.ts";
import { iselVariable } from "../../variable/isel.ts";
import { Variable } from "../../variable/variable.ts";
import { align } from "../align/index.ts";
import { defaultIndex } from "../create/coords.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts, sizesOf } from "../parts.ts";
import { type FillValue, fillOf, iselPositions } from "../selecting/index.ts";

/** Numbers of positions by dimension. */
export type Shifts = Readonly<Record<string, number | undefined>>;

function checkedShifts(parts: DatasetParts, shifts: Shifts): ReadonlyMap<string, number> {
  const sizes = sizesOf(parts);
  const out = new Map<string, number>();
  for (const [dim, n] of Object.entries(shifts)) {
    if (!sizes.has(dim)) throw new DimensionError(unknownName("dimension", dim, sizes.keys()), { dim });
    if (n === undefined) continue;
    if (!Number.isInteger(n))
      throw new ArgumentError(`cannot move ${JSON.stringify(dim)} by ${n} positions: it must be a whole number`, { dim, n });
    out.set(dim, n);
  }
  return out;
}

/** Values moved around the end of each dimension; coordinates move with them where `rollCoords`. */
export function roll(parts: DatasetParts, shifts: Shifts, options: { readonly rollCoords?: boolean | undefined } = {}): DatasetParts {
  const by = checkedShifts(parts, shifts);
  const one = (v: Variable): Variable =>
    v.replace({
      array: v.dims.reduce((array, dim: string, axis) => (by.has(dim) ? rollArray(array, axis, by.get(dim)!) : array), v.array),
    });
  const each = (map: ReadonlyMap<string, Variable>): Map<string, Variable> => new Map([...map].map(([name, v]) => [name, one(v)]));
  if (!options.rollCoords) return { ...parts, vars: each(parts.vars) };
  const moved = new Map<Index, Index>();
  const indexes = new Map(
    [...parts.indexes].map(([name, index]) => {
      if (!moved.has(index)) moved.set(index, index.roll(by));
      return [name, moved.get(index)!] as const;
    }),
  );
  return { ...parts, vars: each(parts.vars), coords: each(parts.coords), indexes };
}

/** Options of `shift`. */
export interface ShiftOptions {
  /** What stands where nothing comes in (default: missing): one value, or one by variable. */
  readonly fillValue?: FillValue;
}

/** Values moved along each dimension, `fillValue` (default: missing) where nothing comes in; coordinates stay. */
export function shift(parts: DatasetParts, shifts: Shifts, options: ShiftOptions = {}): DatasetParts {
  const by = checkedShifts(parts, shifts);
  return { ...parts, vars: new Map([...parts.vars].map(([name, v]) => [name, shiftVariable(v, by, fillOf(options.fillValue, name))])) };
}

function shiftVariable(v: Variable, by: ReadonlyMap<string, number>, fillValue: Value | Date | undefined): Variable {
  if (!v.dims.some((dim: string) => by.has(dim))) return v;
  const dtype = fillValue === undefined ? promoteForMissing(v.dtype) : v.dtype;
  const given = fillValue ?? missingValue(dtype);
  const fill = given instanceof Date ? given.getTime() : given;
  const index = v.dims.map((dim: string, axis): AxisIndex => {
    const n = by.get(dim) ?? 0;
    return n === 0 ? null : Float64Array.from({ length: v.shape[axis]! }, (_, i) => (i - n >= 0 && i - n < v.shape[axis]! ? i - n : -1));
  });
  return v.replace({ array: select(dtype === v.dtype ? v.array : cast(v.array, dtype), index, fill) });
}

/** Numbers of values before and after, by dimension; one number for both. */
export type PadWidths = Readonly<Record<string, number | readonly [number, number] | undefined>>;

/** Options of `pad`: NumPy's, with values by dimension where NumPy has them by axis. */
export interface PadOpOptions {
  readonly mode?: PadOptions["mode"] | undefined;
  /** What the constant mode fills in (default: missing), for each side or by dimension. */
  readonly constantValues?: Value | readonly [Value, Value] | { readonly [dim: string]: Value | readonly [Value, Value] } | undefined;
  readonly endValues?: number | readonly [number, number] | { readonly [dim: string]: number | readonly [number, number] } | undefined;
  readonly statLength?: number | readonly [number, number] | { readonly [dim: string]: number | readonly [number, number] } | undefined;
  readonly reflectType?: "even" | "odd" | undefined;
  readonly keepAttrs?: boolean | undefined;
}

const byDim = <T>(given: unknown, dim: string): readonly [T, T] | undefined => {
  const own =
    typeof given === "object" && given !== null && !Array.isArray(given) && !("re" in given)
      ? ownValue(given as Record<string, unknown>, dim)
      : given;
  if (own === undefined) return undefined;
  return (Array.isArray(own) ? own : [own, own]) as unknown as readonly [T, T];
};

/** Values added at the ends of dimensions; dimension coordinates are padded too, with missing labels in the constant modes. */
export function pad(parts: DatasetParts, widths: PadWidths, options: PadOpOptions = {}): DatasetParts {
  const sizes = sizesOf(parts);
  const by = new Map<string, readonly [number, number]>();
  for (const [dim, w] of Object.entries(widths)) {
    if (!sizes.has(dim)) throw new DimensionError(unknownName("dimension", dim, sizes.keys()), { dim });
    if (w !== undefined) by.set(dim, typeof w === "number" ? [w, w] : w);
  }
  const { mode = "constant" } = options;
  const numeric = mode === "edge" || mode === "reflect" || mode === "symmetric" || mode === "wrap";
  const coordOptions: PadOpOptions = numeric ? options : { mode: "constant" };
  const vars = new Map([...parts.vars].map(([name, v]) => [name, padVariable(v, by, options)]));
  const coords = new Map([...parts.coords].map(([name, v]) => [name, padVariable(v, by, coordOptions)]));
  const indexes = new Map<string, Index>();
  for (const [name, index] of parts.indexes) {
    if (!index.dims.some((dim) => by.has(dim))) indexes.set(name, index);
    else {
      const own = defaultIndex(name, coords.get(name)!);
      if (own) indexes.set(name, own);
    }
  }
  return { ...parts, vars, coords, indexes };
}

function padVariable(v: Variable, by: ReadonlyMap<string, readonly [number, number]>, options: PadOpOptions): Variable {
  if (!v.dims.some((dim: string) => by.has(dim))) return v;
  const { mode = "constant" } = options;
  const perAxis = <T>(given: unknown): (readonly [T, T] | undefined)[] => v.dims.map((dim: string) => byDim<T>(given, dim));
  const widths = v.dims.map((dim: string): readonly [number, number] => by.get(dim) ?? [0, 0]);
  const constants = perAxis<Value>(options.constantValues);
  const fillsMissing = mode === "constant" && v.dims.some((dim: string, i) => by.has(dim) && constants[i] === undefined);
  const dtype = fillsMissing ? promoteForMissing(v.dtype) : v.dtype;
  const array = dtype === v.dtype ? v.array : cast(v.array, dtype);
  return v.replace({
    array: padArray(array, widths, {
      mode,
      constantValues: constants.map((c) => c ?? [missingValue(dtype), missingValue(dtype)]),
      endValues: perAxis<number>(options.endValues).map((e) => e ?? [0, 0]),
      statLength: perAxis<number>(options.statLength),
      reflectType: options.reflectType,
    } as unknown as PadOptions),
  });
}

/** Options of {@link sortby}. */
export interface SortOptions {
  /** Whether labels rise (default) or fall. */
  readonly ascending?: boolean | undefined;
}

/**
 * Sort along dimensions by coordinates or 1-D arrays; the last key named decides first, as in NumPy's lexsort
 * the first key is the primary one. Sorting is stable.
 */
export function sortby(parts: DatasetParts, by: readonly (string | ArrayParts)[], options: SortOptions = {}): DatasetParts {
  const { ascending = true } = options;
  const keys = by.map((key) => (typeof key === "string" ? keyVariable(parts, key) : key.variable));
  const arrays = by.filter((key): key is ArrayParts => typeof key !== "string");
  const aligned = arrays.length > 0 ? (align([parts, ...arrays], { join: "left" })[0] as DatasetParts) : parts;
  const byDimension = new Map<string, Variable[]>();
  for (const key of keys) {
    if (key.ndim !== 1) throw new DimensionError(`sorting needs 1-D keys; one has dimensions (${key.dims.join(", ")})`, { dims: key.dims });
    const list = byDimension.get(key.dims[0]!);
    if (list) list.push(key);
    else byDimension.set(key.dims[0]!, [key]);
  }
  const positions = new Map([...byDimension].map(([dim, list]) => [dim, { kind: "take" as const, positions: lexsort(list, ascending) }]));
  return isDatasetParts(aligned) ? iselPositions(aligned, positions) : parts;
}

function keyVariable(parts: DatasetParts, name: string): Variable {
  const v = parts.coords.get(name) ?? parts.vars.get(name);
  if (v) return v;
  const size = sizesOf(parts).get(name);
  if (size === undefined) throw new DimensionError(unknownName("variable", name, [...parts.coords.keys(), ...parts.vars.keys()]), { name });
  // A dimension without labels is in the order of its positions.
  return new Variable([name], arange(size));
}

/** `order` with the positions that miss the first key last, before them those that miss the second, and so on. */
function missingLast(order: Float64Array, keys: readonly Variable[]): Float64Array {
  let out = order;
  for (const key of [...keys].reverse()) {
    const missing = flatValues(unary("isnull", key.loaded) as NDArray<"bool">);
    out = Float64Array.from([...out.filter((at) => !missing[at]), ...out.filter((at) => missing[at])]);
  }
  return out;
}

/** Positions in sorted order: the first key decides, later ones break ties; missing ones last; stable. */
function lexsort(keys: readonly Variable[], ascending: boolean): Float64Array {
  let order = Float64Array.from({ length: keys[0]!.size }, (_, i) => i);
  for (const key of [...keys].reverse()) {
    const sorted = iselVariable(key, new Map([[key.dims[0]!, { kind: "take", positions: order }]])).loaded;
    const within = (argsort(sorted, 0) as NDArray).data as Float64Array;
    order = order.map((_, i) => order[within[i]!]!);
  }
  return ascending ? order : missingLast(order.reverse(), keys);
}
