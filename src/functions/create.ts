/** Free functions that make arrays. */

import { cast } from "../array/cast.ts";
import { asArray } from "../array/create.ts";
import { full as fullArray, toLazy } from "../array/index.ts";
import { inMemory } from "../array/lazy.ts";
import { NDArray } from "../array/ndarray.ts";
import {
  type CalendarSystem,
  calendarOf,
  calendarOfDType,
  type DateRangeOptions,
  decodedCalendar,
  inferFreq as infer,
  dateRange as range,
  dateRangeLike as rangeLike,
} from "../calendar/index.ts";
import { allocate, kindOf } from "../dtypes/index.ts";
import type { DatetimeDType, DType, Value } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import { DataArray, type Dataset } from "../model.ts";
import { mapVariables } from "../ops/arithmetic/index.ts";
import { defaultIndex } from "../ops/create/index.ts";
import { type ArrayParts, type DatasetParts, PARTS } from "../ops/parts.ts";
import { Variable } from "../variable/variable.ts";
import { wrapParts } from "./compute.ts";

/** What a new array of a given shape may be told. */
export interface NewArrayOptions<Dims extends string = string, T extends DType = DType> {
  readonly dims?: Dims | readonly Dims[] | undefined;
  readonly dtype?: T | undefined;
  readonly name?: string | undefined;
}

/** An array of one value: `full([2, 3], 1.5, { dims: ["y", "x"] })`. */
export function full<Dims extends string = any, T extends DType = "float64">(
  shape: readonly number[] | number,
  value: Value | Date,
  options: NewArrayOptions<Dims, T> = {},
): DataArray<Dims, T> {
  const array = fullArray(typeof shape === "number" ? [shape] : shape, value, options.dtype ?? asArray(value).dtype);
  return new DataArray<Dims, T>(array, { dims: options.dims, name: options.name });
}

/** An array of zeros (float64 unless `dtype` says otherwise). */
export function zeros<Dims extends string = any, T extends DType = "float64">(
  shape: readonly number[] | number,
  options: NewArrayOptions<Dims, T> = {},
): DataArray<Dims, T> {
  return full(shape, 0, { ...options, dtype: options.dtype ?? ("float64" as T) });
}

/** An array of ones (float64 unless `dtype` says otherwise). */
export function ones<Dims extends string = any, T extends DType = "float64">(
  shape: readonly number[] | number,
  options: NewArrayOptions<Dims, T> = {},
): DataArray<Dims, T> {
  return full(shape, 1, { ...options, dtype: options.dtype ?? ("float64" as T) });
}

/** Numbers from `start` (default 0) up to, not with, `stop`: int64 where all are whole, else float64. */
export function arange<Dims extends string = any>(
  start: number,
  stop?: number,
  step = 1,
  options: NewArrayOptions<Dims> = {},
): DataArray<Dims, any> {
  const [from, to] = stop === undefined ? [0, start] : [start, stop];
  if (step === 0 || !Number.isFinite((to - from) / step))
    throw new ArgumentError(`arange(${from}, ${to}, ${step}) has no end: the step must not be 0`, { from, to, step });
  const data = allocate("float64", Math.max(0, Math.ceil((to - from) / step)));
  for (let i = 0; i < data.length; i++) data[i] = from + i * step;
  const whole = Number.isInteger(from) && Number.isInteger(step);
  return new DataArray(new NDArray(data, [data.length], whole ? "int64" : "float64"), options as never);
}

/** `n` numbers from `start` to `stop`, both included. */
export function linspace<Dims extends string = any>(
  start: number,
  stop: number,
  n = 50,
  options: NewArrayOptions<Dims> = {},
): DataArray<Dims, "float64"> {
  if (!Number.isInteger(n) || n < 0) throw new ArgumentError(`linspace takes a whole number of values, not ${n}`, { n });
  const data = allocate("float64", n);
  for (let i = 0; i < n; i++) data[i] = i === n - 1 && n > 1 ? stop : start + (i * (stop - start)) / Math.max(1, n - 1);
  return new DataArray(data, options as never);
}

/** What {@link fullLike} may be told. */
export interface LikeOptions {
  /** The dtype of the result (default: the model's); for datasets also by variable. */
  readonly dtype?: DType | { readonly [name: string]: DType } | undefined;
}

/** An array or dataset like the model, all of one value (for datasets also one by variable); names, coordinates and attributes stay. */
export function fullLike<O extends DataArray<any, any> | Dataset<any>>(
  model: O,
  value: Value | { readonly [name: string]: Value },
  options: LikeOptions = {},
): O {
  const byName = <X>(given: X | { readonly [name: string]: X } | undefined, name: string | undefined): X | undefined =>
    typeof given === "object" && given !== null && !("re" in given) && !(given instanceof Uint8Array)
      ? (given as Record<string, X>)[name ?? ""]
      : (given as X | undefined);
  const fill = (v: Variable, name: string | undefined): Variable => {
    const dtype = byName<DType>(options.dtype as DType, name) ?? v.dtype;
    const own = byName<Value>(value as Value, name) ?? null;
    const array =
      kindOf(dtype) === "U" || own === null
        ? fullArray(v.shape, own, dtype)
        : (cast(fullArray(v.shape, own, asArray(own).dtype), dtype) as NDArray);
    return v.replace({ array: inMemory(v.array) ? array : toLazy(array, "port" in v.array ? v.array.grid : []) });
  };
  return wrapParts(mapVariables(model[PARTS] as ArrayParts | DatasetParts, fill)) as O;
}

/** Zeros like the model. */
export function zerosLike<O extends DataArray<any, any> | Dataset<any>>(model: O, options: LikeOptions = {}): O {
  return fullLike(model, 0, options);
}

/** Ones like the model. */
export function onesLike<O extends DataArray<any, any> | Dataset<any>>(model: O, options: LikeOptions = {}): O {
  return fullLike(model, 1, options);
}

/** Options of {@link dateRange}. */
export interface DateRangeInput extends Omit<DateRangeOptions, "start" | "end"> {
  readonly end?: string | Date | number | undefined;
  /** A CF calendar (default the proleptic Gregorian one, `datetime64`). */
  readonly calendar?: string | undefined;
  readonly name?: string | undefined;
  /** The name of the dimension (default `time`). */
  readonly dim?: string | undefined;
}

/**
 * Times at a regular frequency, as a 1-D array that can be a coordinate.
 *
 * @example
 * ```ts
 * dateRange("2000-01-01", { periods: 24, freq: "MS", calendar: "noleap" });
 * ```
 */
export function dateRange(start: string | Date | number | null, options: DateRangeInput = {}): DataArray<any, any> {
  const { times, system } = rangeOf(start, options, "proleptic_gregorian");
  return timesArray(times, decodedCalendar(system, times).dtype, options.dim ?? "time", options.name);
}

/**
 * Like {@link dateRange}, but `standard` (here the default) stays a calendar of its own, `datetime64[standard]`,
 * also where all times are after 1582-10-15: for arithmetic beside older dates.
 *
 * @example
 * ```ts
 * cftimeRange("1500-01-01", { periods: 3, freq: "YS" }).dtype; // "datetime64[standard]"
 * ```
 */
export function cftimeRange(start: string | Date | number | null, options: DateRangeInput = {}): DataArray<any, any> {
  const { times, system } = rangeOf(start, options, "standard");
  return timesArray(times, system.dtype, options.dim ?? "time", options.name);
}

function rangeOf(
  start: string | Date | number | null,
  options: DateRangeInput,
  otherwise: string,
): { readonly times: Float64Array; readonly system: CalendarSystem } {
  const { calendar = otherwise, dim: _dim, name: _name, end, ...rest } = options;
  const system = calendarOf(calendar);
  const limit = (t: string | Date | number | null | undefined): string | number | undefined =>
    t instanceof Date ? t.getTime() : (t ?? undefined);
  return { times: range({ ...rest, start: limit(start), end: limit(end) } as DateRangeOptions, system), system };
}

function timesArray(times: Float64Array, dtype: DType, dim: string, name: string | undefined): DataArray<any, any> {
  const variable = new Variable([dim], new NDArray(times, [times.length], dtype));
  const index = defaultIndex(dim, variable);
  return wrapParts({ variable, name, coords: new Map([[dim, variable]]), indexes: new Map(index ? [[dim, index]] : []) });
}

/** The same span of dates as `source` at its inferred frequency, in another calendar. */
export function dateRangeLike(source: DataArray<any, any>, calendar: string): DataArray<any, any> {
  const { dtype, dims, name, values } = timeAxis(source, "dateRangeLike");
  const to = calendarOf(calendar);
  const times = rangeLike(values, calendarOfDType(dtype as DatetimeDType), to);
  return timesArray(times, decodedCalendar(to, times).dtype, dims[0], name);
}

/** The frequency of regular times as an offset alias; null where there is none. */
export function inferFreq(times: DataArray<any, any>): string | null {
  const { dtype, values } = timeAxis(times, "inferFreq");
  return infer(values, calendarOfDType(dtype as DatetimeDType));
}

function timeAxis(
  source: DataArray<any, any>,
  what: string,
): { dtype: DType; dims: readonly [string]; name: string | undefined; values: Float64Array } {
  if (source.ndim !== 1 || kindOf(source.dtype) !== "M")
    throw new DTypeError(`${what} needs a 1-D array of times, not ${source.dtype} of ${source.ndim} dimensions`, { dtype: source.dtype });
  return {
    dtype: source.dtype,
    dims: source.dims as unknown as readonly [string],
    name: source.name,
    values: source.values as Float64Array,
  };
}
