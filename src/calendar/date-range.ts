/**
 * Ranges of times at a frequency, as pandas' `date_range` makes them, in any calendar.
 */
import { ArgumentError } from "../errors.ts";
import { type CalendarSystem, MS_PER_DAY } from "./calendars.ts";
import { sequenceOf, shift } from "./offset-math.ts";
import { type Offset, parseOffset } from "./offsets.ts";
import { parseTime } from "./parse.ts";
import { roundToMicrosecond } from "./precision.ts";

/** Which of the given bounds belong to a range. */
export type Inclusive = "both" | "left" | "right" | "neither";

/** What {@link dateRange} takes besides the calendar: three of `start`, `end`, `periods` and `freq`. */
export interface DateRangeOptions {
  /** First time: ISO text or milliseconds; rolled forward onto the frequency. */
  readonly start?: string | number | undefined;
  /** Last time: ISO text or milliseconds. */
  readonly end?: string | number | undefined;
  /** Number of times. */
  readonly periods?: number | undefined;
  /** Default `"D"` unless the other three are given, which gives equal steps. */
  readonly freq?: string | Offset | undefined;
  /** Default `"both"`. */
  readonly inclusive?: Inclusive | undefined;
  /** Move the bounds to midnight first (default false). */
  readonly normalize?: boolean | undefined;
}

/** More times than this are taken for a mistake. */
const MAX_PERIODS = 2 ** 30;

function bound(value: string | number | undefined, o: DateRangeOptions, calendar: CalendarSystem): number | undefined {
  if (value === undefined) return undefined;
  const ms = typeof value === "number" ? value : parseTime(value, calendar).ms;
  if (!Number.isFinite(ms)) {
    throw new ArgumentError(`a bound of a date range must be a time, not ${JSON.stringify(value)}`, {
      value,
    });
  }
  return o.normalize ? Math.floor(ms / MS_PER_DAY) * MS_PER_DAY : ms;
}

function checkCount(count: number): number {
  if (!Number.isInteger(count) || count < 0 || count > MAX_PERIODS) {
    throw new ArgumentError(`a date range of ${count} periods is not possible (0 to ${MAX_PERIODS})`, {
      periods: count,
    });
  }
  return count;
}

/**
 * Times at a frequency, in milliseconds since 1970-01-01 of the calendar.
 *
 * The bounds are rolled onto the frequency: the start forward, the end (when the start is counted back
 * from it) backward; the other way round for a negative frequency. Times of day are kept.
 *
 * @throws ArgumentError unless exactly three of `start`, `end`, `periods`, `freq` are given (`freq`
 *   defaults to `"D"`), and for bounds, frequencies or sizes that are none.
 * @example
 * ```ts
 * dateRange({ start: "2000-01-31", periods: 3, freq: "ME" }, calendarOf("noleap")); // 31 Jan, 28 Feb, 31 Mar
 * ```
 */
export function dateRange(o: DateRangeOptions, calendar: CalendarSystem): Float64Array {
  const start = bound(o.start, o, calendar);
  const end = bound(o.end, o, calendar);
  const periods = o.periods === undefined ? undefined : checkCount(o.periods);
  const given = [start, end, periods].filter((x) => x !== undefined).length;
  const freq = o.freq ?? (given < 3 ? "D" : undefined);
  if (given + (freq === undefined ? 0 : 1) !== 3) {
    throw new ArgumentError(
      'a date range takes exactly three of start, end, periods and freq (freq is "D" unless the others are all given)',
    );
  }
  const times = freq === undefined ? evenly(start!, end!, periods!) : stepping(start, end, periods, parseOffset(freq), calendar);
  return trim(times, start, end, o.inclusive ?? "both");
}

/** Equal steps from start to end, rounded to the microsecond. */
function evenly(start: number, end: number, periods: number): Float64Array {
  const out = new Float64Array(periods);
  const step = periods > 1 ? (end - start) / (periods - 1) : 0;
  for (let i = 0; i < periods; i++) out[i] = roundToMicrosecond(start + i * step);
  if (periods > 1) out[periods - 1] = end;
  return out;
}

function stepping(
  start: number | undefined,
  end: number | undefined,
  periods: number | undefined,
  offset: Offset,
  calendar: CalendarSystem,
): Float64Array {
  const { n, rule } = offset;
  if (n === 0) throw new ArgumentError(`frequency ${JSON.stringify(offset.text)} makes no steps`, { freq: offset.text });
  const micros = rule.kind === "tick" ? n * rule.ms * 1000 : 0;
  if (Math.abs(micros - Math.round(micros)) > 1e-6) {
    throw new ArgumentError(`frequency ${JSON.stringify(offset.text)} is no whole number of microseconds`, {
      freq: offset.text,
    });
  }
  const forward = n > 0;
  const first = start === undefined ? undefined : onto(start, offset, forward, calendar);
  if (periods !== undefined) {
    const last = end === undefined ? undefined : onto(end, offset, !forward, calendar);
    const from = first ?? shift(last!, -n * Math.max(periods - 1, 0), rule, calendar);
    return fixedCount(from, periods, offset, calendar);
  }
  return rule.kind === "tick"
    ? fixedCount(first!, checkCount(Math.max(Math.floor(tickSpan(end! - first!, n * rule.ms)) + 1, 0)), offset, calendar)
    : until(first!, end!, offset, calendar);
}

/** How many steps fit into a span, robust against microseconds being inexact in binary. */
function tickSpan(span: number, step: number): number {
  const ratio = span / step;
  const near = Math.round(ratio);
  return Math.abs(ratio - near) * Math.abs(step) < 1e-4 ? near : ratio;
}

/** A time rolled onto the days of a frequency. */
function onto(ms: number, offset: Offset, forward: boolean, calendar: CalendarSystem): number {
  const sequence = sequenceOf(offset.rule, calendar);
  if (sequence === undefined) return ms;
  const day = Math.floor(ms / MS_PER_DAY);
  const k = sequence.indexAt(day);
  const at = sequence.dayAt(k);
  return at === day ? ms : ms + ((forward ? sequence.dayAt(k + 1) : at) - day) * MS_PER_DAY;
}

/** `periods` times from one that is on the frequency. */
function fixedCount(from: number, periods: number, offset: Offset, calendar: CalendarSystem): Float64Array {
  const out = new Float64Array(periods);
  const { n, rule } = offset;
  const sequence = sequenceOf(rule, calendar);
  if (sequence === undefined) {
    const step = rule.kind === "tick" ? n * rule.ms : 0;
    for (let i = 0; i < periods; i++) out[i] = roundToMicrosecond(from + i * step);
    return out;
  }
  const day = Math.floor(from / MS_PER_DAY);
  const clock = from - day * MS_PER_DAY;
  const k = sequence.indexAt(day);
  for (let i = 0; i < periods; i++) out[i] = sequence.dayAt(k + i * n) * MS_PER_DAY + clock;
  return out;
}

/** All times from one that is on the frequency to `end`. */
function until(from: number, end: number, offset: Offset, calendar: CalendarSystem): Float64Array {
  const sequence = sequenceOf(offset.rule, calendar)!;
  const forward = offset.n > 0;
  const clock = from - Math.floor(from / MS_PER_DAY) * MS_PER_DAY;
  const k = sequence.indexAt(Math.floor(from / MS_PER_DAY));
  const stop = sequence.indexAt(Math.floor(end / MS_PER_DAY));
  const most = Math.abs(Math.trunc((stop - k) / offset.n)) + 2;
  const times = new Float64Array(checkCount(forward === stop >= k || stop === k ? most : 2));
  let count = 0;
  for (let t = from; forward ? t <= end : t >= end; count++) {
    times[count] = t;
    t = sequence.dayAt(k + (count + 1) * offset.n) * MS_PER_DAY + clock;
  }
  return times.slice(0, count);
}

/** Leave out bounds that do not belong to the range. */
function trim(times: Float64Array, start: number | undefined, end: number | undefined, inclusive: Inclusive): Float64Array {
  if (!["both", "left", "right", "neither"].includes(inclusive)) {
    throw new ArgumentError(`inclusive can be both, left, right or neither, not ${JSON.stringify(inclusive)}`);
  }
  let from = 0;
  let to = times.length;
  if ((inclusive === "right" || inclusive === "neither") && to > from && times[from] === start) from++;
  if ((inclusive === "left" || inclusive === "neither") && to > from && times[to - 1] === end) to--;
  return from === 0 && to === times.length ? times : times.slice(from, to);
}
