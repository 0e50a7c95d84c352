/**
 * The CF calendars as data, and the one code path that turns day numbers into dates and back.
 *
 * A calendar is a table of month lengths, a rule for leap years and a formula for the first day of a
 * year. Day 0 is 1970-01-01 in the calendar itself. Years are counted astronomically inside (… −1, 0,
 * 1 …); a calendar without a year zero shows year 0 as −1. Formulas: Reingold & Dershowitz,
 * "Calendrical Calculations".
 */

import type { CalendarName, DatetimeDType } from "../dtypes/types.ts";
import { ArgumentError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";

/** Milliseconds in a day. */
export const MS_PER_DAY = 86_400_000;
/** The first day, in days since 1970-01-01, on which `standard` and `proleptic_gregorian` agree: 1582-10-15. */
export const GREGORIAN_START = -141_427;

/** Days that a calendar leaves out: dates after `lastDay` of `month` in `year` are `skip` days ahead. */
interface Gap {
  readonly year: number;
  readonly month: number;
  readonly lastDay: number;
  readonly skip: number;
  /** The day number of the first date after the gap. */
  readonly resumes: number;
}

/** One calendar: everything else in this folder is computed from these fields. */
export interface CalendarSystem {
  /** Canonical CF name. */
  readonly name: CalendarName;
  /** Other names that mean the same. */
  readonly aliases: readonly string[];
  /** The dtype whose values count milliseconds in this calendar. */
  readonly dtype: DatetimeDType;
  /** Whether a year 0 stands between −1 and 1. */
  readonly hasYearZero: boolean;
  /** Weekday of day 0 (Monday = 0), as cftime counts it. */
  readonly epochWeekday: number;
  /** Mean length of a year in days, a first guess for the year of a day. */
  readonly meanYear: number;
  /** Day of the year (0-based) on which each month starts, with the year's length last: common, leap. */
  readonly monthStarts: readonly [common: Int32Array, leap: Int32Array];
  readonly gap: Gap | undefined;
  /** Whether an astronomical year is a leap year. */
  readonly isLeap: (year: number) => boolean;
  /** Days from 1970-01-01 to the first day of an astronomical year. */
  readonly yearStart: (year: number) => number;
}

/** A date as it is written: `year` skips 0 where the calendar has none. */
export interface CivilDate {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function starts(lengths: readonly number[]): Int32Array {
  const out = new Int32Array(13);
  for (let m = 0; m < 12; m++) out[m + 1] = out[m]! + lengths[m]!;
  return out;
}
const COMMON = /*@__PURE__*/ starts([31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
const LEAP = /*@__PURE__*/ starts([31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]);
const EVEN = /*@__PURE__*/ starts([30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30, 30]);

const julianLeap = (y: number): boolean => y % 4 === 0;
const gregorianLeap = (y: number): boolean => y % 4 === 0 && (y % 100 !== 0 || y % 400 === 0);
// Integer arithmetic on purpose: results that stay in 32 bits are neither boxed nor rounded.
const floorDiv = (a: number, b: number): number => Math.floor(a / b) | 0;
const julianDays = (y: number): number => (365 * (y - 1) + ((y - 1) >> 2)) | 0;
const gregorianStart = (y: number): number => (julianDays(y) - floorDiv(y - 1, 100) + floorDiv(y - 1, 400) - 719_162) | 0;

/** Every calendar under its canonical name. */
export const CALENDARS: Readonly<Record<CalendarName, CalendarSystem>> = {
  proleptic_gregorian: {
    name: "proleptic_gregorian",
    aliases: [],
    dtype: "datetime64",
    hasYearZero: true,
    epochWeekday: 3,
    meanYear: 365.2425,
    monthStarts: [COMMON, LEAP],
    gap: undefined,
    isLeap: gregorianLeap,
    yearStart: gregorianStart,
  },
  standard: {
    name: "standard",
    aliases: ["gregorian"],
    dtype: "datetime64[standard]",
    hasYearZero: false,
    epochWeekday: 3,
    meanYear: 365.2425,
    monthStarts: [COMMON, LEAP],
    gap: { year: 1582, month: 10, lastDay: 4, skip: 10, resumes: GREGORIAN_START },
    isLeap: (y) => (y < 1583 ? julianLeap(y) : gregorianLeap(y)),
    yearStart: (y) => (y < 1583 ? julianDays(y) - 719_164 : gregorianStart(y)),
  },
  julian: {
    name: "julian",
    aliases: [],
    dtype: "datetime64[julian]",
    hasYearZero: false,
    epochWeekday: 2,
    meanYear: 365.25,
    monthStarts: [COMMON, LEAP],
    gap: undefined,
    isLeap: julianLeap,
    yearStart: (y) => julianDays(y) - 719_177,
  },
  noleap: {
    name: "noleap",
    aliases: ["365_day"],
    dtype: "datetime64[noleap]",
    hasYearZero: true,
    epochWeekday: 3,
    meanYear: 365,
    monthStarts: [COMMON, COMMON],
    gap: undefined,
    isLeap: () => false,
    yearStart: (y) => 365 * (y - 1970),
  },
  all_leap: {
    name: "all_leap",
    aliases: ["366_day"],
    dtype: "datetime64[all_leap]",
    hasYearZero: true,
    epochWeekday: 6,
    meanYear: 366,
    monthStarts: [LEAP, LEAP],
    gap: undefined,
    isLeap: () => true,
    yearStart: (y) => 366 * (y - 1970),
  },
  "360_day": {
    name: "360_day",
    aliases: [],
    dtype: "datetime64[360_day]",
    hasYearZero: true,
    epochWeekday: 2,
    meanYear: 360,
    monthStarts: [EVEN, EVEN],
    gap: undefined,
    isLeap: () => false,
    yearStart: (y) => 360 * (y - 1970),
  },
};

/**
 * The calendar of a CF name or alias, in any case.
 *
 * @throws ArgumentError for a name that is no calendar.
 * @example
 * ```ts
 * calendarOf("gregorian").name; // "standard"
 * calendarOf("365_day").name; // "noleap"
 * ```
 */
export function calendarOf(name: string): CalendarSystem {
  const wanted = name.trim().toLowerCase();
  const all = Object.values(CALENDARS);
  const found = all.find((c) => c.name === wanted || c.aliases.includes(wanted));
  if (found === undefined) {
    const names = all.flatMap((c) => [c.name, ...c.aliases]);
    throw new ArgumentError(unknownName("calendar", name, names), { calendar: name });
  }
  return found;
}

/** The calendar in which values of a datetime dtype are counted. */
export function calendarOfDType(dtype: DatetimeDType): CalendarSystem {
  return dtype === "datetime64" ? CALENDARS.proleptic_gregorian : calendarOf(dtype.slice(11, -1));
}

/** The astronomical year of a year as it is written. */
export function astronomicalYear(calendar: CalendarSystem, year: number): number {
  return year < 0 && !calendar.hasYearZero ? year + 1 : year;
}

/** The year as it is written, of an astronomical year. */
export function writtenYear(calendar: CalendarSystem, year: number): number {
  return year < 1 && !calendar.hasYearZero ? year - 1 : year;
}

/** Days in a month of an astronomical year: the number of its last day (October 1582 has 31 in `standard`). */
export function daysInMonth(calendar: CalendarSystem, year: number, month: number): number {
  const table = calendar.monthStarts[calendar.isLeap(year) ? 1 : 0];
  return table[month]! - table[month - 1]!;
}

/** Days in an astronomical year as its months add up (1582 has 365 in `standard`, as in cftime). */
export function daysInYear(calendar: CalendarSystem, year: number): number {
  return calendar.monthStarts[calendar.isLeap(year) ? 1 : 0][12]!;
}

/** Day number of a month's first day; `month` counts from 1 and must be in 1…12. */
export function monthStart(calendar: CalendarSystem, year: number, month: number): number {
  const first = calendar.yearStart(year) + calendar.monthStarts[calendar.isLeap(year) ? 1 : 0][month - 1]!;
  const gap = calendar.gap;
  return gap !== undefined && year === gap.year && month > gap.month ? first - gap.skip : first;
}

/** Day number of a month's last day. */
export function monthEnd(calendar: CalendarSystem, year: number, month: number): number {
  return (month === 12 ? calendar.yearStart(year + 1) : monthStart(calendar, year, month + 1)) - 1;
}

/** Weekday of a day number, Monday = 0. */
export function weekdayOf(calendar: CalendarSystem, day: number): number {
  return (((day + calendar.epochWeekday) % 7) + 7) % 7;
}

/**
 * Days since 1970-01-01 of a date as it is written, or `undefined` if the calendar has no such date.
 *
 * @example
 * ```ts
 * daysFromCivil(calendarOf("noleap"), 2001, 1, 1); // 11315
 * daysFromCivil(calendarOf("noleap"), 2000, 2, 29); // undefined
 * ```
 */
export function daysFromCivil(calendar: CalendarSystem, year: number, month: number, day: number): number | undefined {
  if (!Number.isInteger(year) || !Number.isInteger(day) || !(month >= 1 && month <= 12)) return undefined;
  if (year === 0 && !calendar.hasYearZero) return undefined;
  const y = astronomicalYear(calendar, year);
  if (day < 1 || day > daysInMonth(calendar, y, month)) return undefined;
  const first = monthStart(calendar, y, month);
  const gap = calendar.gap;
  if (gap !== undefined && y === gap.year && month === gap.month && day > gap.lastDay) {
    return day > gap.lastDay + gap.skip ? first + day - 1 - gap.skip : undefined;
  }
  return first + day - 1;
}

/**
 * The calendar that decoded times get: `standard` becomes `proleptic_gregorian` (plain `datetime64`)
 * when no time lies before 1582-10-15, where the two agree day by day; the numbers stay the same.
 *
 * @param times all times, or the first and the last of a sorted series.
 */
export function decodedCalendar(calendar: CalendarSystem, times: ArrayLike<number>): CalendarSystem {
  if (calendar.name !== "standard") return calendar;
  for (let i = 0; i < times.length; i++) if (times[i]! < GREGORIAN_START * MS_PER_DAY) return calendar;
  return CALENDARS.proleptic_gregorian;
}
