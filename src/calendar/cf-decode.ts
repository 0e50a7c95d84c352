/**
 * Numbers of a file, counted in CF units, become times and durations.
 *
 * Contract: whole numbers are exact; a float that is no whole number of milliseconds is rounded to the
 * millisecond, so that two epochs of one series agree, except in units of micro- and nanoseconds, which
 * are kept to the microsecond. NaN, and the smallest int64, are NaT.
 */
import { EncodingError } from "../errors.ts";
import { type CalendarSystem, decodedCalendar } from "./calendars.ts";
import { parseDurationUnits, parseTimeUnits, UNIT_MICROS, warnNanoseconds } from "./cf-units.ts";
import { composeMs, microsOf } from "./precision.ts";

/** The numbers that can be decoded. */
export type EncodedNumbers =
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | Float32Array
  | Float64Array
  | BigInt64Array
  | BigUint64Array;

/** Times, and the calendar they are counted in: `proleptic_gregorian` where `standard` came and the dates allow. */
export interface DecodedTimes {
  readonly times: Float64Array;
  readonly calendar: CalendarSystem;
}

/** Times outside this many milliseconds have no exact number. */
const MAX_MS = Number.MAX_SAFE_INTEGER;
const NAT = -(2n ** 63n);

/**
 * Decode numbers in CF units of time.
 *
 * @param out written and returned in place of a new array, if given.
 * @throws EncodingError for units that are none and for values beyond ±285,000 years.
 * @example
 * ```ts
 * decodeTimes(Int32Array.of(0, 59), "days since 2001-01-01", calendarOf("noleap")).times;
 * ```
 */
export function decodeTimes(
  values: EncodedNumbers,
  units: string,
  calendar: CalendarSystem,
  out: Float64Array = new Float64Array(values.length),
): DecodedTimes {
  const { micros, origin } = parseTimeUnits(units, calendar);
  decodeNumbers(values, units, micros, origin, out);
  return { times: out, calendar: decodedCalendar(calendar, out) };
}

/**
 * Decode numbers in a unit of duration (`"days"`) to milliseconds.
 *
 * @throws EncodingError for a unit without fixed length and for values that overflow.
 */
export function decodeTimedeltas(values: EncodedNumbers, units: string, out: Float64Array = new Float64Array(values.length)): Float64Array {
  decodeNumbers(values, units, UNIT_MICROS[parseDurationUnits(units)], 0, out);
  return out;
}

function decodeNumbers(values: EncodedNumbers, units: string, micros: number, origin: number, out: Float64Array): void {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    decodeBigInts(values, units, micros, origin, out);
    return;
  }
  // One loop per kind of array would be nine; a copy keeps the loop below on float64 alone.
  const numbers = values instanceof Float64Array ? values : Float64Array.from(values);
  if (micros < 1000) decodeFine(numbers, units, micros, origin, out);
  else decodeCoarse(numbers, micros / 1000, origin, out);
  checkRange(out, numbers, units);
}

/** Units of a millisecond or more: one multiplication, exact for whole numbers. */
function decodeCoarse(values: Float64Array, scale: number, origin: number, out: Float64Array): void {
  if (Number.isInteger(origin)) {
    for (let i = 0; i < values.length; i++) out[i] = origin + Math.round(values[i]! * scale);
    return;
  }
  const whole = Math.floor(origin);
  const fraction = microsOf(origin);
  for (let i = 0; i < values.length; i++) {
    out[i] = composeMs(whole + Math.round(values[i]! * scale), fraction);
  }
}

/** Micro- and nanoseconds: counted in whole microseconds from the nearest millisecond. */
function decodeFine(values: Float64Array, units: string, micros: number, origin: number, out: Float64Array): void {
  const perMs = 1000 / micros;
  const whole = Math.floor(origin);
  const offset = microsOf(origin);
  let lossy = false;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    const ms = Math.floor(v / perMs);
    const rest = (v - ms * perMs) * micros;
    const us = Math.round(rest);
    if (Math.abs(us - rest) > 1e-9) lossy = true;
    out[i] = composeMs(whole + ms, offset + us);
  }
  if (lossy) warnNanoseconds(units);
}

function decodeBigInts(values: BigInt64Array | BigUint64Array, units: string, micros: number, origin: number, out: Float64Array): void {
  const fine = micros < 1000;
  const perMs = fine ? BigInt(Math.round(1000 / micros)) : 1n;
  const scale = fine ? 1 : micros / 1000;
  const whole = Math.floor(origin);
  const offset = microsOf(origin);
  let lossy = false;
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (v === NAT) {
      out[i] = Number.NaN;
      continue;
    }
    let ms = v / perMs;
    let rest = v - ms * perMs;
    if (rest < 0n) {
      ms -= 1n;
      rest += perMs;
    }
    const fraction = Number(rest) * micros;
    const us = Math.round(fraction);
    if (Math.abs(us - fraction) > 1e-9) lossy = true;
    const total = whole + Number(ms) * scale;
    if (!(Math.abs(total) <= MAX_MS)) throw outOfRange(v, units);
    out[i] = composeMs(total, offset + us);
  }
  if (lossy) warnNanoseconds(units);
}

function checkRange(times: Float64Array, values: Float64Array, units: string): void {
  for (let i = 0; i < times.length; i++) {
    if (!(Math.abs(times[i]!) <= MAX_MS) && !Number.isNaN(values[i]!)) throw outOfRange(values[i]!, units);
  }
}

function outOfRange(value: number | bigint, units: string): EncodingError {
  return new EncodingError(
    `the value ${value} in ${JSON.stringify(units)} is no time: more than 285,000 years from 1970; is it a fill value?`,
    { value, units },
  );
}
