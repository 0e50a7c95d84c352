/**
 * The frequency of a series of times, found as pandas and xarray do.
 *
 * Contract: at least three times, strictly monotonic. Years, quarters and months are tried before days,
 * weeks before days, and fixed steps last. Business frequencies are found in `proleptic_gregorian` only.
 * Source of the order of rules: pandas' `infer_freq`.
 */
import { ArgumentError } from "../errors.ts";
import { type CalendarSystem, MS_PER_DAY, weekdayOf } from "./calendars.ts";
import { DateCursor } from "./cursor.ts";
import { MONTH_CODES, WEEKDAY_CODES } from "./offsets.ts";
import { timeSpan } from "./precision.ts";

const TICKS: readonly (readonly [code: string, ms: number])[] = [
  ["h", 3_600_000],
  ["min", 60_000],
  ["s", 1000],
  ["ms", 1],
  ["us", 0.001],
];

/** Where in their months all dates of a series lie; the first that holds counts. */
type Position = "ce" | "be" | "cs" | "bs";
const ANNUAL: Readonly<Record<Position, string>> = { cs: "YS", bs: "BYS", ce: "YE", be: "BYE" };
const QUARTERLY: Readonly<Record<Position, string>> = { cs: "QS", bs: "BQS", ce: "QE", be: "BQE" };
const MONTHLY: Readonly<Record<Position, string>> = { cs: "MS", bs: "BMS", ce: "ME", be: "BME" };

const withCount = (count: number, code: string): string => (count === 1 ? code : `${count}${code}`);

/** The one step between all neighbours, or `undefined` if steps differ. */
function singleStep(values: ArrayLike<number>): number | undefined {
  const step = timeSpan(values[1]!, values[0]!);
  for (let i = 2; i < values.length; i++) {
    if (timeSpan(values[i]!, values[i - 1]!) !== step) return undefined;
  }
  return step;
}

/**
 * The name of the frequency of `times`, or `null` if they have none (or NaT among them).
 *
 * @throws ArgumentError for fewer than three times.
 * @example
 * ```ts
 * inferFreq(dateRange({ start: "2000", periods: 4, freq: "QS-DEC" }, noleap), noleap); // "QS-DEC"
 * ```
 */
export function inferFreq(times: Float64Array, calendar: CalendarSystem): string | null {
  if (times.length < 3) {
    throw new ArgumentError(`a frequency needs at least 3 times, not ${times.length}`, {
      length: times.length,
    });
  }
  const up = times[1]! > times[0]!;
  let least = Number.POSITIVE_INFINITY;
  for (let i = 1; i < times.length; i++) {
    const step = timeSpan(times[i]!, times[i - 1]!);
    if (!(up ? step > 0 : step < 0)) return null;
    least = Math.min(least, step);
  }
  if (least % MS_PER_DAY === 0) return dailyRule(times, calendar);
  const step = singleStep(times);
  if (step === undefined) return null;
  const [code, ms] = TICKS.find(([, length]) => length < 1 || step % length === 0)!;
  return withCount(Math.round(step / ms), code);
}

function dailyRule(times: Float64Array, calendar: CalendarSystem): string | null {
  const business = calendar.name === "proleptic_gregorian";
  const months = new Float64Array(times.length);
  const years = new Float64Array(times.length);
  const position = monthPosition(times, calendar, business, months, years);
  const firstMonth = ((months[0]! % 12) + 12) % 12;
  const monthStep = singleStep(months);
  if (position !== undefined) {
    const yearStep = singleStep(years);
    const sameMonth = months.every((m) => (m - months[0]!) % 12 === 0);
    if (yearStep !== undefined && sameMonth) return withCount(yearStep, `${ANNUAL[position]}-${MONTH_CODES[firstMonth]}`);
    if (monthStep !== undefined && monthStep % 3 === 0) {
      // Any of four months names the same quarters: pandas takes the first of the year for starts and
      // the last for ends, xarray the last for both.
      const anchor = (firstMonth % 3) + (business && (position === "cs" || position === "bs") ? 0 : 9);
      return withCount(monthStep / 3, `${QUARTERLY[position]}-${MONTH_CODES[anchor]}`);
    }
    if (monthStep !== undefined) return withCount(monthStep, MONTHLY[position]);
  }
  const step = singleStep(times);
  if (step !== undefined) {
    const days = step / MS_PER_DAY;
    if (!business || days % 7 !== 0) return withCount(days, "D");
    return withCount(days / 7, `W-${WEEKDAY_CODES[weekdayOf(calendar, Math.floor(times[0]! / MS_PER_DAY))]}`);
  }
  return business && isBusinessDaily(times, calendar) ? "B" : null;
}

/** Fills in the months (numbered from year 0) and years of the times, and says where in the months they lie. */
function monthPosition(
  times: Float64Array,
  calendar: CalendarSystem,
  business: boolean,
  months: Float64Array,
  years: Float64Array,
): Position | undefined {
  const at = new DateCursor(calendar);
  let [ce, cs, be, bs] = [true, true, business, business];
  for (let i = 0; i < times.length; i++) {
    const day = Math.floor(times[i]! / MS_PER_DAY);
    at.seek(day);
    months[i] = at.year * 12 + at.month - 1;
    years[i] = at.year;
    const before = day - at.first;
    const after = at.stop - 1 - day;
    const weekday = weekdayOf(calendar, day);
    cs &&= before === 0;
    ce &&= after === 0;
    bs &&= before === 0 || (before < 3 && weekday === 0);
    be &&= after === 0 || (after < 3 && weekday === 4);
  }
  return ce ? "ce" : be ? "be" : cs ? "cs" : bs ? "bs" : undefined;
}

/** Steps of one day inside the week, and of three from Friday to Monday. */
function isBusinessDaily(times: Float64Array, calendar: CalendarSystem): boolean {
  for (let i = 1; i < times.length; i++) {
    const step = timeSpan(times[i]!, times[i - 1]!) / MS_PER_DAY;
    const weekday = weekdayOf(calendar, Math.floor(times[i]! / MS_PER_DAY));
    if (!(weekday === 0 ? step === 3 : weekday <= 4 && step === 1)) return false;
  }
  return true;
}
