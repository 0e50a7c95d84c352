/**
 * Times of one calendar become times of another, as xarray's `convert_calendar` converts them.
 */
import { ArgumentError } from "../errors.ts";
import { astronomicalYear, type CalendarSystem, daysInYear, MS_PER_DAY } from "./calendars.ts";
import { DateCursor } from "./cursor.ts";
import { dateRange } from "./date-range.ts";
import { fieldsOf, type TimeFields, timeFromCivil } from "./fields.ts";
import { formatPlain } from "./format.ts";
import { inferFreq } from "./infer-freq.ts";
import { parseOffset } from "./offsets.ts";

/**
 * How dates are matched: `"date"` keeps month and day and drops dates that the target lacks; `"year"`
 * keeps the place in the year, which spreads missing days evenly (for the `360_day` calendar).
 */
export type AlignOn = "date" | "year";

/** Converted times, and the positions in the source that they come from. */
export interface ConvertedTimes {
  readonly times: Float64Array;
  readonly positions: Int32Array;
}

/** Milliseconds of the day of a time's fields. */
function clockOf(f: TimeFields): number {
  return ((f.hour * 60 + f.minute) * 60 + f.second) * 1000 + f.microsecond / 1000;
}

/** The nearest whole number; of two equally near, the even one, as NumPy rounds. */
function roundHalfEven(x: number): number {
  const low = Math.floor(x);
  return x - low === 0.5 ? low + (((low % 2) + 2) % 2) : Math.round(x);
}

function checkYearZero(f: TimeFields, to: CalendarSystem): void {
  if (f.year === 0 && !to.hasYearZero) {
    throw new ArgumentError(`calendar ${to.name} has no year 0, which the times to convert contain`, {
      calendar: to.name,
    });
  }
}

/**
 * Convert times to another calendar; times that cannot be converted, and NaT, are left out.
 *
 * @param o `alignOn` must be given when one of the calendars is `360_day`, and is `"date"` otherwise.
 * @returns the times that could be converted with their positions; with `"year"` sorted and each once.
 * @throws ArgumentError without `alignOn` where it is needed, and for a year 0 the target lacks.
 * @example
 * ```ts
 * convertTimes(times, calendarOf("standard"), calendarOf("noleap")); // without 29 February
 * ```
 */
export function convertTimes(
  times: Float64Array,
  from: CalendarSystem,
  to: CalendarSystem,
  o: { readonly alignOn?: AlignOn | undefined } = {},
): ConvertedTimes {
  const special = (from.name === "360_day") !== (to.name === "360_day");
  if (o.alignOn !== undefined && o.alignOn !== "date" && o.alignOn !== "year") {
    throw new ArgumentError(`alignOn can be date or year, not ${JSON.stringify(o.alignOn)}`, {
      alignOn: o.alignOn,
    });
  }
  if (special && o.alignOn === undefined) {
    throw new ArgumentError('alignOn ("date" or "year") must be given to convert to or from calendar 360_day');
  }
  return special && o.alignOn === "year" ? convertByYear(times, from, to) : convertByDate(times, from, to);
}

function convertByDate(times: Float64Array, from: CalendarSystem, to: CalendarSystem): ConvertedTimes {
  const out = new Float64Array(times.length);
  const positions = new Int32Array(times.length);
  const at = new DateCursor(from);
  let count = 0;
  for (let i = 0; i < times.length; i++) {
    if (Number.isNaN(times[i]!)) continue;
    const f = fieldsOf(times[i]!, from, at);
    checkYearZero(f, to);
    const ms = timeFromCivil(to, f.year, f.month, f.day, clockOf(f));
    if (ms === undefined) continue;
    out[count] = ms;
    positions[count++] = i;
  }
  return { times: out.slice(0, count), positions: positions.slice(0, count) };
}

function convertByYear(times: Float64Array, from: CalendarSystem, to: CalendarSystem): ConvertedTimes {
  const found = new Map<number, number>();
  const at = new DateCursor(from);
  for (let i = 0; i < times.length; i++) {
    if (Number.isNaN(times[i]!)) continue;
    const f = fieldsOf(times[i]!, from, at);
    checkYearZero(f, to);
    const year = astronomicalYear(to, f.year);
    const length = daysInYear(from, astronomicalYear(from, f.year));
    const dayofyear = roundHalfEven((daysInYear(to, year) * f.dayofyear) / length);
    const ms = (to.yearStart(year) + dayofyear - 1) * MS_PER_DAY + clockOf(f);
    if (!found.has(ms)) found.set(ms, i);
  }
  const sorted = [...found].sort((a, b) => a[0] - b[0]);
  return { times: Float64Array.from(sorted, (x) => x[0]), positions: Int32Array.from(sorted, (x) => x[1]) };
}

/** The same date in another calendar, or one or two days earlier where the target lacks it. */
function convertOrGoBack(ms: number, from: CalendarSystem, to: CalendarSystem): number {
  const f = fieldsOf(ms, from);
  for (let back = 0; back < 3; back++) {
    const converted = timeFromCivil(to, f.year, f.month, f.day - back, clockOf(f));
    if (converted !== undefined) return converted;
  }
  throw new ArgumentError(`${formatPlain(ms, from)} has no counterpart in calendar ${to.name}`, {
    calendar: to.name,
  });
}

/** Whether a time lies on the last day of its month. */
function isMonthEnd(at: DateCursor, ms: number): boolean {
  const day = Math.floor(ms / MS_PER_DAY);
  at.seek(day);
  return day === at.stop - 1;
}

/**
 * A range in another calendar with the start, end and frequency of a source, as xarray's `date_range_like`.
 *
 * Where the source ends on the last day of a month and its frequency is daily or a period end, so does
 * the result.
 *
 * @throws ArgumentError if the source has no frequency.
 */
export function dateRangeLike(times: Float64Array, from: CalendarSystem, to: CalendarSystem): Float64Array {
  const freq = inferFreq(times, from);
  if (freq === null) {
    throw new ArgumentError("cannot make a range like these times: they have no frequency that can be inferred");
  }
  const offset = parseOffset(freq);
  const ascending = times[0]! <= times[times.length - 1]!;
  const [first, last] = [times[0]!, times[times.length - 1]!];
  if (ascending !== offset.n > 0) throw new ArgumentError(`times do not follow their frequency ${freq}`);
  const start = convertOrGoBack(first, from, to);
  let end = convertOrGoBack(last, from, to);
  const { rule } = offset;
  const endsPeriods = (rule.kind === "month" && rule.at === "end" && !rule.business) || offset.code === "D";
  if (endsPeriods && isMonthEnd(new DateCursor(from), last)) {
    const at = new DateCursor(to);
    const day = Math.floor(end / MS_PER_DAY);
    at.seek(day);
    end += (at.stop - 1 - day) * MS_PER_DAY;
  }
  return dateRange({ start, end, freq: offset }, to);
}
