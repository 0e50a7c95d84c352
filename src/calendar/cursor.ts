/**
 * From day numbers to dates: a cursor that remembers the month it stands in.
 *
 * Times in a series lie close together, so most look-ups cost two comparisons; a jump costs one guess
 * of the year and a table look-up.
 */
import { ArgumentError } from "../errors.ts";
import { type CalendarSystem, type CivilDate, MS_PER_DAY, writtenYear } from "./calendars.ts";

/** Days farther than this from 1970 (285 millennia) have no exact milliseconds and are refused. */
const MAX_DAY = 104_249_991;

/** A day that never comes; an integer, so that comparing days stays integer arithmetic. */
const NEVER = 2 ** 30;

/**
 * The day that holds a time that is not NaN, as a 32-bit integer.
 *
 * @throws ArgumentError for times without an exact millisecond.
 */
export function dayOf(ms: number): number {
  const day = Math.floor(ms / MS_PER_DAY);
  if (!(Math.abs(day) <= MAX_DAY)) {
    throw new ArgumentError(`time ${ms} is more than 285,000 years from 1970`, { ms });
  }
  return day | 0;
}

/** A place in a calendar; fields are right after {@link DateCursor.seek}. */
export class DateCursor {
  readonly calendar: CalendarSystem;
  /** Astronomical year. */
  year = 1970;
  /** 1 … 12. */
  month = 0;
  /** First day of the month. */
  first = 0;
  /** First day after the month: `first > stop` until something is sought. */
  stop = -1;
  leap = false;
  /** Day of the year (0-based) on which the month nominally starts. */
  offset = 0;
  /** First day after the calendar's gap when the month holds it, else a day beyond all. */
  private resumes = NEVER;
  /** First day of the year, and of the year after. */
  yearFirst = 0;
  yearStop = -1;

  constructor(calendar: CalendarSystem) {
    this.calendar = calendar;
  }

  /** Move to the month that holds `day`, an integer number of days since 1970-01-01. */
  seek(day: number): void {
    if (day >= this.first && day < this.stop) return;
    if (!(day >= this.yearFirst && day < this.yearStop)) this.seekYear(day);
    const table = this.calendar.monthStarts[this.leap ? 1 : 0];
    const gap = this.calendar.gap;
    const gapped = gap !== undefined && this.year === gap.year;
    const nominal = day - this.yearFirst + (gapped && day >= gap.resumes ? gap.skip : 0);
    // No month is longer than 31 days, so the guess is never too late, and at most one month early.
    let month = (nominal >> 5) + 1;
    while (nominal >= table[month]!) month++;
    this.month = month;
    this.offset = table[month - 1]!;
    this.first = this.yearFirst + this.offset - (gapped && month > gap.month ? gap.skip : 0);
    this.stop = this.yearFirst + table[month]! - (gapped && month >= gap.month ? gap.skip : 0);
    this.resumes = gapped && month === gap.month ? gap.resumes : NEVER;
  }

  /** Day of the month of a day inside the month sought. */
  dayOfMonth(day: number): number {
    return day - this.first + 1 + (day >= this.resumes ? this.calendar.gap!.skip : 0);
  }

  /** Day of the year of a day inside the month sought, counted through the nominal month lengths. */
  dayOfYear(day: number): number {
    return this.offset + this.dayOfMonth(day);
  }

  private seekYear(day: number): void {
    if (!(Math.abs(day) <= MAX_DAY)) {
      throw new ArgumentError(`time ${day * MS_PER_DAY} is more than 285,000 years from 1970`, { day });
    }
    const { yearStart, meanYear, isLeap } = this.calendar;
    let year = (Math.floor(day / meanYear) + 1970) | 0;
    let first = yearStart(year);
    while (first > day) first = yearStart(--year);
    let stop = yearStart(year + 1);
    while (stop <= day) {
      first = stop;
      stop = yearStart(++year + 1);
    }
    this.year = year;
    this.leap = isLeap(year);
    this.yearFirst = first;
    this.yearStop = stop;
  }
}

/**
 * The date, as it is written, of an integer number of days since 1970-01-01.
 *
 * @throws ArgumentError for days that are not finite or farther than 285,000 years away.
 * @example
 * ```ts
 * civilFromDays(calendarOf("360_day"), 59); // { year: 1970, month: 2, day: 30 }
 * ```
 */
export function civilFromDays(calendar: CalendarSystem, days: number): CivilDate {
  const cursor = new DateCursor(calendar);
  cursor.seek(days);
  return { year: writtenYear(calendar, cursor.year), month: cursor.month, day: cursor.dayOfMonth(days) };
}
