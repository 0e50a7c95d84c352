/**
 * Parts of times (`dt.month`, `dt.dayofyear`, …) over whole arrays.
 *
 * A part is a row of a table: a function of the month, of the day, or of the clock. Three loops serve
 * them all, and the first two call the function only when the month or the day changes, so that the
 * months of hourly times cost one division and two comparisons each.
 */
import { ArgumentError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import { type CalendarSystem, daysInYear, MS_PER_DAY, weekdayOf, writtenYear } from "./calendars.ts";
import { DateCursor, dayOf } from "./cursor.ts";

type MonthPart = { readonly of: "month"; readonly pick: (at: DateCursor) => number };
type DayPart = {
  readonly of: "day";
  readonly pick: (at: DateCursor, day: number) => number;
  readonly flag?: true;
};
/** `floor(t / unit) mod count`, after scaling by `scale` to whole numbers. */
type ClockPart = {
  readonly of: "clock";
  readonly unit: number;
  readonly count: number;
  readonly scale: number;
};

const monthPart = (pick: MonthPart["pick"]): MonthPart => ({ of: "month", pick });
const dayPart = (pick: DayPart["pick"]): DayPart => ({ of: "day", pick });
const flag = (test: (at: DateCursor, day: number) => boolean): DayPart => ({
  of: "day",
  pick: (at, day) => (test(at, day) ? 1 : 0),
  flag: true,
});
const clockPart = (unit: number, count: number, scale = 1): ClockPart => ({
  of: "clock",
  unit,
  count,
  scale,
});

const weekday = (at: DateCursor, day: number): number => weekdayOf(at.calendar, day);
const isFirst = (at: DateCursor, day: number): boolean => day === at.first;
const isLast = (at: DateCursor, day: number): boolean => day === at.stop - 1;

/** How many years the Thursday of a day's ISO week lies ahead of the day itself: −1, 0 or 1. */
function isoYearShift(at: DateCursor, thursday: number): number {
  return thursday < at.yearFirst ? -1 : thursday >= at.yearStop ? 1 : 0;
}
const thursdayOf = (at: DateCursor, day: number): number => day - weekday(at, day) + 3;

function isoYear(at: DateCursor, day: number): number {
  return writtenYear(at.calendar, at.year + isoYearShift(at, thursdayOf(at, day)));
}

function isoWeek(at: DateCursor, day: number): number {
  const thursday = thursdayOf(at, day);
  const first = at.calendar.yearStart(at.year + isoYearShift(at, thursday));
  return Math.floor((thursday - first) / 7) + 1;
}

/** The parts of a time that {@link component} gives. */
export type ComponentName =
  | "year"
  | "month"
  | "quarter"
  | "season"
  | "daysInMonth"
  | "daysInYear"
  | "day"
  | "dayofweek"
  | "dayofyear"
  | "isoYear"
  | "isoWeek"
  | "isoDay"
  | "isMonthStart"
  | "isMonthEnd"
  | "isQuarterStart"
  | "isQuarterEnd"
  | "isYearStart"
  | "isYearEnd"
  | "isLeapYear"
  | "hour"
  | "minute"
  | "second"
  | "microsecond"
  | "nanosecond";

const PARTS: Readonly<Record<ComponentName, MonthPart | DayPart | ClockPart>> = {
  year: monthPart((at) => writtenYear(at.calendar, at.year)),
  month: monthPart((at) => at.month),
  quarter: monthPart((at) => Math.ceil(at.month / 3)),
  season: monthPart((at) => Math.floor((at.month % 12) / 3)),
  daysInMonth: monthPart((at) => at.dayOfMonth(at.stop - 1)),
  daysInYear: monthPart((at) => daysInYear(at.calendar, at.year)),
  day: dayPart((at, day) => at.dayOfMonth(day)),
  dayofweek: dayPart(weekday),
  dayofyear: dayPart((at, day) => at.dayOfYear(day)),
  isoYear: dayPart(isoYear),
  isoWeek: dayPart(isoWeek),
  isoDay: dayPart((at, day) => weekday(at, day) + 1),
  isMonthStart: flag(isFirst),
  isMonthEnd: flag(isLast),
  isQuarterStart: flag((at, day) => at.month % 3 === 1 && isFirst(at, day)),
  isQuarterEnd: flag((at, day) => at.month % 3 === 0 && isLast(at, day)),
  isYearStart: flag((at, day) => at.month === 1 && isFirst(at, day)),
  isYearEnd: flag((at, day) => at.month === 12 && isLast(at, day)),
  isLeapYear: flag((at) => at.leap),
  hour: clockPart(3_600_000, 24),
  minute: clockPart(60_000, 60),
  second: clockPart(1_000, 60),
  microsecond: clockPart(1, 1_000_000, 1_000),
  nanosecond: clockPart(1, 1),
};
/** Every name that {@link component} takes. */
export const COMPONENT_NAMES: readonly ComponentName[] = Object.keys(PARTS) as ComponentName[];
/** xarray's other names of the same parts. */
const ALIASES: Readonly<Record<string, ComponentName>> = {
  weekday: "dayofweek",
  dayOfWeek: "dayofweek",
  dayOfYear: "dayofyear",
  daysinmonth: "daysInMonth",
  week: "isoWeek",
  weekofyear: "isoWeek",
};
/** The seasons by their code in {@link component}: `season`. */
export const SEASON_NAMES: readonly string[] = ["DJF", "MAM", "JJA", "SON"];

/** The canonical name of a part, or `undefined` for a name that is none. */
export function componentName(name: string): ComponentName | undefined {
  if (Object.hasOwn(PARTS, name)) return name as ComponentName;
  return Object.hasOwn(ALIASES, name) ? ALIASES[name] : undefined;
}

/** Whether a part is true or false (0 and 1, with 0 for NaT) and not a whole number (with NaN for NaT). */
export function isFlag(name: ComponentName): boolean {
  return "flag" in PARTS[name];
}

/**
 * One part of each time: whole numbers, NaN where the time is NaT; flags are 0 or 1, and 0 for NaT.
 *
 * `season` gives positions in {@link SEASON_NAMES}; `dayofweek` counts from Monday = 0; `dayofyear`,
 * `month`, `day` and `quarter` count from 1; `nanosecond` is always 0. `weekday`, `daysinmonth`,
 * `week` and `weekofyear` are accepted as other names.
 *
 * @param times milliseconds since 1970-01-01 in `calendar`.
 * @throws ArgumentError for an unknown part.
 * @example
 * ```ts
 * component(Float64Array.of(0, 31 * 86400000), "month", calendarOf("noleap")); // [1, 2]
 * ```
 */
export function component(times: Float64Array, name: string, calendar: CalendarSystem): Float64Array {
  const known = componentName(name);
  if (known === undefined) {
    throw new ArgumentError(unknownName("time component", name, COMPONENT_NAMES), { name });
  }
  const part = PARTS[known];
  const out = new Float64Array(times.length);
  if (part.of === "month") monthLoop(times, out, part.pick, new DateCursor(calendar));
  else if (part.of === "day") dayLoop(times, out, part.pick, part.flag ? 0 : Number.NaN, new DateCursor(calendar));
  else if (part.scale === 1) clockLoop(times, out, part.unit, part.count);
  else fractionLoop(times, out);
  return out;
}

function monthLoop(times: Float64Array, out: Float64Array, pick: MonthPart["pick"], at: DateCursor): void {
  let low = Number.NaN;
  let high = Number.NaN;
  let value = Number.NaN;
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    if (!(t >= low && t < high)) {
      if (Number.isNaN(t)) {
        out[i] = t;
        continue;
      }
      at.seek(dayOf(t));
      low = at.first * MS_PER_DAY;
      high = at.stop * MS_PER_DAY;
      value = pick(at);
    }
    out[i] = value;
  }
}

function dayLoop(times: Float64Array, out: Float64Array, pick: DayPart["pick"], missing: number, at: DateCursor): void {
  let low = Number.NaN;
  let high = Number.NaN;
  let value = Number.NaN;
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    if (!(t >= low && t < high)) {
      if (Number.isNaN(t)) {
        out[i] = missing;
        continue;
      }
      const day = dayOf(t);
      at.seek(day);
      low = day * MS_PER_DAY;
      high = low + MS_PER_DAY;
      value = pick(at, day);
    }
    out[i] = value;
  }
}

function clockLoop(times: Float64Array, out: Float64Array, unit: number, count: number): void {
  const cycle = unit * count;
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    out[i] = Math.floor((t - Math.floor(t / cycle) * cycle) / unit);
  }
}

/** Microseconds of the second: rounded, for a fraction of a millisecond is not exact in binary. */
function fractionLoop(times: Float64Array, out: Float64Array): void {
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    out[i] = Math.min(Math.round((t - Math.floor(t / 1000) * 1000) * 1000), 999_999);
  }
}

/**
 * Years with the fraction of the year that has passed (2000-07-02 is 2000.5); NaN for NaT.
 *
 * @example
 * ```ts
 * decimalYear(Float64Array.of(182.5 * 86400000), calendarOf("noleap")); // [1970.5]
 * ```
 */
export function decimalYear(times: Float64Array, calendar: CalendarSystem): Float64Array {
  const out = new Float64Array(times.length);
  const at = new DateCursor(calendar);
  let low = Number.NaN;
  let high = Number.NaN;
  let year = Number.NaN;
  let span = Number.NaN;
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    if (!(t >= low && t < high)) {
      if (Number.isNaN(t)) {
        out[i] = t;
        continue;
      }
      at.seek(dayOf(t));
      low = at.yearFirst * MS_PER_DAY;
      high = at.yearStop * MS_PER_DAY;
      year = writtenYear(calendar, at.year);
      span = daysInYear(calendar, at.year) * MS_PER_DAY;
    }
    out[i] = year + (t - low) / span;
  }
  return out;
}

/**
 * The times of decimal years, rounded to whole milliseconds: the inverse of {@link decimalYear}.
 */
export function fromDecimalYear(years: Float64Array, calendar: CalendarSystem): Float64Array {
  const out = new Float64Array(years.length);
  for (let i = 0; i < years.length; i++) {
    const whole = Math.floor(years[i]!);
    const year = whole < 0 && !calendar.hasYearZero ? whole + 1 : whole;
    const span = daysInYear(calendar, year) * MS_PER_DAY;
    out[i] = calendar.yearStart(year) * MS_PER_DAY + Math.round((years[i]! - whole) * span);
  }
  return out;
}
