/** Numbers in CF units as times and durations, lazily, and back. */
import { calendarOf, calendarOfDType, decodedCalendar } from "../calendar/calendars.ts";
import { decodeTimedeltas, decodeTimes, type EncodedNumbers } from "../calendar/cf-decode.ts";
import { encodeTimedeltas, encodeTimes } from "../calendar/cf-encode.ts";
import { kindOf } from "../dtypes/traits.ts";
import type { DatetimeDType, DType } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import { apply } from "./apply.ts";
import { boxShape } from "./box.ts";
import { broadcasting } from "./broadcasting.ts";
import type { AnyArray } from "./lazy.ts";
import { flatValues, NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";

/** How numbers are read as times. */
export interface TimeDecoding {
  readonly units: string;
  /** `null` for durations. */
  readonly calendar: string | null;
  readonly to: DType;
  /** Values that mean not-a-time, as text. */
  readonly fills: readonly string[];
}

/** Numbers in CF units as times, or as durations. */
export const timeDecodeOp: Op<TimeDecoding> = {
  name: "cf-times",
  kind: "map",
  infer: ([a], { to }) => [{ shape: a!.shape, dtype: to }],
  ...broadcasting,
  run: (call, context) => [decodeBlock(context.read(0, context.at[0]!), call.params)],
};

/**
 * `a` as times.
 *
 * @throws EncodingError, when computed, for values that are no times, and for times before 1582-10-15 where
 *   `to` is `datetime64` and the calendar `standard`.
 * @example
 * ```ts
 * decodeTimeArray(days, { units: "days since 1850-01-01", calendar: "noleap", to: "datetime64[noleap]", fills: [] });
 * ```
 */
export function decodeTimeArray(a: AnyArray, how: TimeDecoding): AnyArray {
  return apply(timeDecodeOp, [a], { params: how, label: how.calendar === null ? "decode durations" : "decode times" });
}

function decodeBlock(a: NDArray, { units, calendar, to, fills }: TimeDecoding): NDArray {
  const values = masked(a, fills);
  const out = new Float64Array(a.size);
  if (calendar === null) return new NDArray(decodeTimedeltas(values, units, out), a.shape, to);
  const system = calendarOf(calendar);
  const { times } = decodeTimes(values, units, system, out);
  if (to === "datetime64" && decodedCalendar(system, times).name !== "proleptic_gregorian") {
    throw new EncodingError(
      `some times in ${JSON.stringify(units)} of calendar ${calendar} are before 1582-10-15, and the first and the last are not; decode with { useCftime: true } to keep the calendar`,
      { units, calendar },
    );
  }
  return new NDArray(times, a.shape, to);
}

const NAT = -(2n ** 63n);

function masked(a: NDArray, fills: readonly string[]): EncodedNumbers {
  const flat = flatValues(a) as EncodedNumbers;
  if (fills.length === 0) return flat;
  if (flat instanceof BigInt64Array || flat instanceof BigUint64Array) {
    const missing = new Set(fills.flatMap(bigFill));
    return BigInt64Array.from(flat as BigInt64Array, (v) => (missing.has(v) ? NAT : v));
  }
  const out = Float64Array.from(flat);
  for (const fill of fills.map(Number)) for (let i = 0; i < out.length; i++) if (out[i] === fill) out[i] = Number.NaN;
  return out;
}

/** A fill value of 64-bit integers; none where it is no whole number, which nothing can equal. */
function bigFill(fill: string): bigint[] {
  return /^[+-]?\d+$/.test(fill) ? [BigInt(fill)] : [];
}

/** How times are written as numbers. */
export interface TimeEncoding {
  readonly name: string;
  readonly units: string;
  /** The calendar that is written; `null` for durations. */
  readonly calendar: string | null;
  readonly to: "int64" | "float64";
  /** What stands for not-a-time in whole numbers, as text; the least int64 where there is none. */
  readonly fill: string | null;
}

/** Times, or durations, as numbers in CF units. */
export const timeEncodeOp: Op<TimeEncoding> = {
  name: "cf-encode-times",
  kind: "map",
  infer: ([a], { to }) => [{ shape: a!.shape, dtype: to }],
  ...broadcasting,
  run: (call, context) => {
    const block = context.read(0, context.at[0]!);
    return [new NDArray(encodeBlock(block, call.params), boxShape(context.at[0]!), call.params.to)];
  },
};

/**
 * Times as numbers.
 *
 * @throws EncodingError, when computed, for times that are not whole in the units where `to` is int64.
 */
export function encodeTimeArray(a: AnyArray, how: TimeEncoding): AnyArray {
  return apply(timeEncodeOp, [a], { params: how, label: `encode ${how.name}` });
}

function encodeBlock(a: NDArray, { name, units, calendar, to, fill }: TimeEncoding): Float64Array {
  const times = flatValues(a) as Float64Array;
  const { values, integral } =
    kindOf(a.dtype) === "m"
      ? encodeTimedeltas(times, { units, kind: "float" })
      : encodeTimes(times, calendarOfDType(a.dtype as DatetimeDType), { units, kind: "float", target: calendarOf(calendar!) });
  if (to === "float64") return values;
  if (!integral)
    throw new EncodingError(
      `variable ${JSON.stringify(name)} has times that are not whole in ${JSON.stringify(units)}: give its encoding finer units, or a floating point dtype`,
      { name, units },
    );
  const missing = fill === null ? Number(NAT) : Number(fill);
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) values[i] = missing;
  return values;
}
