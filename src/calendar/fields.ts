/**
 * One time as its civil date and clock fields: the meeting point of parsing, formatting and conversion.
 */
import { type CalendarSystem, daysFromCivil, MS_PER_DAY, writtenYear } from "./calendars.ts";
import { DateCursor } from "./cursor.ts";
import { roundToMicrosecond } from "./precision.ts";

/** A moment as it is written; `microsecond` is of the second. */
export interface TimeFields {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
  readonly second: number;
  readonly microsecond: number;
  /** Days since 1970-01-01 in the calendar. */
  readonly days: number;
  /** 1-based. */
  readonly dayofyear: number;
}

/** The fields of a time that is not NaT, rounded to the microsecond; `at` saves making a cursor for each of many. */
export function fieldsOf(ms: number, calendar: CalendarSystem, at: DateCursor = new DateCursor(calendar)): TimeFields {
  let days = Math.floor(ms / MS_PER_DAY);
  let micros = Math.round((ms - days * MS_PER_DAY) * 1000);
  if (micros >= MS_PER_DAY * 1000) {
    days += 1;
    micros = 0;
  }
  at.seek(days);
  const seconds = Math.floor(micros / 1_000_000);
  return {
    year: writtenYear(calendar, at.year),
    month: at.month,
    day: at.dayOfMonth(days),
    hour: Math.floor(seconds / 3600),
    minute: Math.floor(seconds / 60) % 60,
    second: seconds % 60,
    microsecond: micros % 1_000_000,
    days,
    dayofyear: at.dayOfYear(days),
  };
}

/** Milliseconds since 1970-01-01 of a date with a time of day in milliseconds, or `undefined` if there is no such date. */
export function timeFromCivil(calendar: CalendarSystem, year: number, month: number, day: number, msOfDay = 0): number | undefined {
  const days = daysFromCivil(calendar, year, month, day);
  return days === undefined ? undefined : roundToMicrosecond(days * MS_PER_DAY + msOfDay);
}
