/**
 * Moving windows. Along one dimension each reduction is one pass whatever the window; along several,
 * sums, counts and extremes are taken one dimension after the other, the rest over a view of all windows.
 */
import {
  type AnyArray,
  binary,
  cast,
  cumulative,
  median,
  type NDArray,
  pad,
  type RollingName,
  reduce,
  rolling,
  scalarOperand,
  slidingWindows,
  unary,
  where,
} from "../../array/index.ts";
import { missingValue, promoteForMissing } from "../../dtypes/index.ts";
import { canBeMissing, kindOf } from "../../dtypes/traits.ts";
import type { DType, Value } from "../../dtypes/types.ts";
import { ArgumentError, UnsupportedError } from "../../errors.ts";
import { slice } from "../../indexing/index.ts";
import { keptAttrs, whereVariable } from "../../variable/compute.ts";
import { Variable } from "../../variable/variable.ts";
import { mapVariables } from "../arithmetic/unary.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts, sizesOf, viaDataset } from "../parts.ts";
import { isel } from "../selecting/index.ts";
import { checkedSizes, namesFor, optionFor, type PerDim, type WindowSizes } from "./spec.ts";

/** Options of rolling windows. */
export interface RollingOptions {
  /** Label windows by their middle (after it where the window is even) instead of their last position. */
  readonly center?: PerDim<boolean> | undefined;
  /** Fewest values that make a result (default: all of the window). */
  readonly minPeriods?: number | undefined;
}

/** One dimension that windows move along. */
export interface Window {
  readonly dim: string;
  readonly size: number;
  readonly center: boolean;
}

/** Checked windows. */
export interface Rolling {
  readonly windows: readonly Window[];
  readonly minPeriods: number | undefined;
}

/** Options of a reduction over windows. */
export interface RollingReduceOptions {
  /** What is taken from the count in `std` and `var` (default 0). */
  readonly ddof?: number | undefined;
  readonly keepAttrs?: boolean | undefined;
}

function checkedPeriods(n: number | undefined): number | undefined {
  if (n !== undefined && !(Number.isSafeInteger(n) && n >= 1))
    throw new ArgumentError(`minPeriods must be a whole number of 1 or more, not ${String(n)}`, { minPeriods: n });
  return n;
}

/** Check what windows are asked for. */
export function rollingOf(parts: ArrayParts | DatasetParts, sizes: WindowSizes, options: RollingOptions = {}): Rolling {
  const windows = checkedSizes(parts, sizes).map(([dim, size]): Window => ({ dim, size, center: optionFor(options.center, dim, false) }));
  return { windows, minPeriods: checkedPeriods(options.minPeriods) };
}

/** Windows from the first position to each: as long as the dimension. */
export function cumulativeOf(parts: ArrayParts | DatasetParts, dims: string | readonly string[], minPeriods = 1): Rolling {
  const lengths = isDatasetParts(parts) ? Object.fromEntries(sizesOf(parts)) : (parts.variable.sizes as Record<string, number>);
  const names = typeof dims === "string" ? [dims] : dims;
  return rollingOf(parts, Object.fromEntries(names.map((dim) => [dim, Math.max(1, lengths[dim] ?? 1)])), { minPeriods });
}

/** Reduce every window; dimensions and coordinates stay. */
export function rollingReduce<P extends ArrayParts | DatasetParts>(
  name: RollingName,
  parts: P,
  spec: Rolling,
  options: RollingReduceOptions = {},
): P {
  return eachWindowed(
    parts,
    spec,
    options.keepAttrs,
    (v, own) =>
      new Variable(v.dims, reduceWindows(name, v, own, leastCount(spec, own), options.ddof), {
        attrs: keptAttrs(v.attrs, options.keepAttrs),
      }),
  );
}

/** Apply `fn` to the variables that have some of the dimensions, with the windows along those. */
export function eachWindowed<P extends ArrayParts | DatasetParts>(
  parts: P,
  spec: Rolling,
  keepAttrs: boolean | undefined,
  fn: (v: Variable, own: readonly Window[], name: string | undefined) => Variable,
): P {
  const out = mapVariables(parts, (v, name) => {
    const own = spec.windows.filter(({ dim }) => v.dims.includes(dim));
    return own.length > 0 ? fn(v, own, name) : v.replace({ attrs: keptAttrs(v.attrs, keepAttrs) });
  });
  return isDatasetParts(out) ? { ...out, attrs: keptAttrs(out.attrs, keepAttrs) } : out;
}

const leastCount = (spec: Rolling, own: readonly Window[]): number => spec.minPeriods ?? own.reduce((n, { size }) => n * size, 1);

/** Reductions whose result is the input's dtype, or the one with room for missing values. */
const KEEPS_DTYPE: ReadonlySet<RollingName> = new Set(["min", "max", "std", "var", "median"]);

function reduceWindows(name: RollingName, v: Variable, own: readonly Window[], minCount: number, ddof = 0): AnyArray {
  const a = KEEPS_DTYPE.has(name) ? cast(v.array, promoteForMissing(v.dtype)) : v.array;
  if (own.length > 1) return reduceSeveral(name, v.replace({ array: a }), own, minCount, ddof);
  const { size, center, dim } = own[0]!;
  const axis = v.axis(dim);
  if (!center && size >= a.shape[axis]! && isRunning(name, a.dtype)) return reducePrefixes(name, a, axis, minCount);
  return rolling(name, a, axis, { window: size, minCount, center, ddof });
}

type Running = "sum" | "mean" | "prod" | "count";

/** Whether windows from the start are running totals, which stream. */
function isRunning(name: RollingName, dtype: DType): name is Running {
  return ["sum", "mean", "prod", "count"].includes(name) && (name === "count" || "fiub".includes(kindOf(dtype)));
}

function reducePrefixes(name: Running, a: AnyArray, axis: number, minCount: number): AnyArray {
  const count = cumulative("sum", cast(unary("notnull", a), "float64"), axis);
  if (name === "count") return where(atLeast(count, minCount), count, nan("float64"));
  const dtype: DType = kindOf(a.dtype) === "f" ? a.dtype : "float64";
  const total = cumulative(name === "prod" ? "prod" : "sum", cast(a, "float64"), axis);
  const result = name === "mean" ? binary("div", total, count) : total;
  return cast(where(atLeast(count, minCount), result, nan("float64")), dtype);
}

const nan = (dtype: DType): NDArray => scalarOperand(null, dtype);
const atLeast = (count: AnyArray, n: number): AnyArray => binary("ge", count, scalarOperand(n, count.dtype));

/** How many values each window holds. */
function windowCounts(v: Variable, own: readonly Window[]): AnyArray {
  const [first, ...rest] = own;
  const along = (name: "count" | "sum", a: AnyArray, { dim, size, center }: Window): AnyArray =>
    rolling(name, a, v.axis(dim), { window: size, minCount: 0, center });
  // What is there is counted once; counts are never missing, so their sums are.
  return rest.reduce((a, window) => along("sum", a, window), along("count", v.array, first!));
}

function reduceSeveral(name: RollingName, v: Variable, own: readonly Window[], minCount: number, ddof: number): AnyArray {
  if (name === "argmin" || name === "argmax")
    throw new UnsupportedError(`${name} of windows along ${own.length} dimensions has no single position; roll along one`, {
      name,
      dims: own.map(({ dim }) => dim),
    });
  const counts = windowCounts(v, own);
  if (name === "count") return where(atLeast(counts, minCount), counts, nan("float64"));
  const dtype: DType = kindOf(v.dtype) === "f" || canBeMissing(v.dtype) ? v.dtype : "float64";
  const result = separable(name) ? reduceInTurn(name, v, own, counts) : reduceViews(name, v, own, ddof);
  return cast(where(atLeast(counts, minCount), result, nan(result.dtype)), dtype);
}

const separable = (name: RollingName): name is "sum" | "mean" | "prod" | "min" | "max" =>
  ["sum", "mean", "prod", "min", "max"].includes(name);

/** One dimension after the other; sums in float64, so that they are rounded once. */
function reduceInTurn(name: "sum" | "mean" | "prod" | "min" | "max", v: Variable, own: readonly Window[], counts: AnyArray): AnyArray {
  const extreme = name === "min" || name === "max";
  const start = !extreme && "fiub".includes(kindOf(v.dtype)) ? cast(v.array, "float64") : v.array;
  const step = name === "mean" ? "sum" : name;
  const total = own.reduce(
    (a, { dim, size, center }) => rolling(step, a, v.axis(dim), { window: size, minCount: extreme ? 1 : 0, center }),
    start,
  );
  return name === "mean" ? binary("div", total, counts) : total;
}

function reduceViews(name: "std" | "var" | "median" | "count", v: Variable, own: readonly Window[], ddof: number): AnyArray {
  const windows = windowViews(v.array, v, own);
  const axes = own.map((_, k) => v.ndim + k);
  return name === "median" ? median(windows, axes, {}) : reduce(name, windows, axes, { ddof });
}

/** All windows, along new last axes; `fill` (default: missing) where they reach over the ends. */
function windowViews(a: AnyArray, v: Variable, own: readonly Window[], fill?: Value): AnyArray {
  const widths = v.dims.map((): [number, number] => [0, 0]);
  const axes = own.map(({ dim, size, center }) => {
    const axis = v.axis(dim);
    const before = center ? Math.floor(size / 2) : size - 1;
    widths[axis] = [before, size - 1 - before];
    return { axis, size, before };
  });
  return slidingWindows(pad(a, widths, {}, fill), axes);
}

/** Options of `construct`. */
export interface ConstructOptions {
  /** Every how many positions a window begins (default 1). */
  readonly stride?: PerDim<number> | undefined;
  /** What stands beyond the ends (default: missing). */
  readonly fillValue?: Value | undefined;
  readonly keepAttrs?: boolean | undefined;
}

/** Windows as new last dimensions: a view, whose elements share their places. */
export function rollingConstruct<P extends ArrayParts | DatasetParts>(
  parts: P,
  spec: Rolling,
  windowDim: string | Readonly<Record<string, string | undefined>>,
  options: ConstructOptions = {},
): P {
  const { fillValue, stride, keepAttrs } = options;
  const isName = (x: unknown): x is string => typeof x === "string";
  const names = namesFor(
    spec.windows.map(({ dim }) => dim),
    windowDim,
    isName,
    "the name of its window dimension",
  );
  const built = eachWindowed(parts, spec, keepAttrs, (v, own) => {
    const dtype = fillValue === undefined ? promoteForMissing(v.dtype) : v.dtype;
    const array = windowViews(cast(v.array, dtype), v, own, fillValue === undefined ? missingValue(dtype) : fillValue);
    return new Variable([...v.dims, ...own.map(({ dim }) => names.get(dim)!)], array, { attrs: keptAttrs(v.attrs, keepAttrs) });
  });
  const steps = spec.windows
    .map(({ dim }): [string, number] => [dim, checkedStride(dim, optionFor(stride, dim, 1))])
    .filter(([, step]) => step !== 1);
  if (steps.length === 0) return built;
  const thinned = Object.fromEntries(steps.map(([dim, step]) => [dim, slice(null, null, step)]));
  return (isDatasetParts(built) ? isel(built, thinned) : viaDataset(built as ArrayParts, (ds) => isel(ds, thinned))) as P;
}

function checkedStride(dim: string, step: number): number {
  if (Number.isSafeInteger(step) && step >= 1) return step;
  throw new ArgumentError(`the stride along ${JSON.stringify(dim)} must be a whole number of 1 or more, not ${String(step)}`, {
    dim,
    stride: step,
  });
}

/** `result`, one value per window, made missing where windows of `v` hold fewer than the least number of values. */
export function whereEnough(result: Variable, v: Variable, spec: Rolling): Variable {
  const own = spec.windows.filter(({ dim }) => v.dims.includes(dim));
  const enough = new Variable(v.dims, atLeast(windowCounts(v, own), leastCount(spec, own)));
  const dtype = promoteForMissing(result.dtype);
  return whereVariable(enough, result.replace({ array: cast(result.array, dtype) }), new Variable([], nan(dtype)), [result, enough]);
}

/** One window after the other, with its position: what iterating over rolling windows gives. */
export function* windowsOf(parts: ArrayParts, spec: Rolling): Generator<{ readonly at: number; readonly window: ArrayParts }> {
  if (spec.windows.length !== 1)
    throw new UnsupportedError(`windows along ${spec.windows.length} dimensions cannot be iterated over; construct() has them all`, {});
  const { dim, size, center } = spec.windows[0]!;
  const n = parts.variable.shape[parts.variable.axis(dim)]!;
  const ahead = center ? Math.floor((size + 1) / 2) : 1;
  for (let at = 0; at < n; at++) {
    const stop = Math.min(n, at + ahead);
    const part = viaDataset(parts, (ds) => isel(ds, { [dim]: slice(Math.max(0, at + ahead - size), stop) }));
    const { variable } = part;
    const counts = new Variable(
      variable.dims.filter((d: string) => d !== dim),
      reduce("count", variable.array, [variable.axis(dim)]),
    );
    const enough = counts.replace({ array: atLeast(counts.array, leastCount(spec, spec.windows)) });
    const dtype = promoteForMissing(variable.dtype);
    const window = whereVariable(enough, variable.replace({ array: cast(variable.array, dtype) }), new Variable([], nan(dtype)), [
      variable,
    ]);
    yield { at, window: { ...part, variable: window } };
  }
}
