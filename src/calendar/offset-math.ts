/**
 * Arithmetic of frequencies: is a time on it, roll to it, go `n` periods on.
 *
 * A frequency that follows the calendar is a sequence of days p(0) < p(1) < …; `indexAt(day)` is the
 * last k with p(k) ≤ day. A time on the frequency moves by k; a time between two of its days counts
 * the roll to the next of them as the first step. The time of day is kept.
 */
import { type CalendarSystem, MS_PER_DAY, monthEnd, monthStart, weekdayOf } from "./calendars.ts";
import { DateCursor } from "./cursor.ts";
import type { MonthRule, Offset, OffsetRule, SemiMonthRule } from "./offsets.ts";
import { roundToMicrosecond } from "./precision.ts";

/** The days of a frequency, numbered. */
export interface DaySequence {
  /** The last k with `dayAt(k) <= day`. */
  indexAt(day: number): number;
  /** Day k of the sequence, in days since 1970-01-01. */
  dayAt(k: number): number;
}

/** The sequence of a rule in a calendar, or `undefined` for a tick. */
export function sequenceOf(rule: OffsetRule, calendar: CalendarSystem): DaySequence | undefined {
  switch (rule.kind) {
    case "tick":
      return undefined;
    case "week":
      return weeks(rule.weekday, calendar);
    case "business":
      return businessDays(calendar);
    case "month":
      return months(rule, calendar);
    case "semimonth":
      return semiMonths(rule, calendar);
  }
}

function weeks(weekday: number, calendar: CalendarSystem): DaySequence {
  const origin = weekday - calendar.epochWeekday;
  return { indexAt: (day) => Math.floor((day - origin) / 7), dayAt: (k) => origin + 7 * k };
}

function businessDays(calendar: CalendarSystem): DaySequence {
  const monday = -calendar.epochWeekday;
  return {
    indexAt: (day) => {
      const week = Math.floor((day - monday) / 7);
      return week * 5 + Math.min(day - monday - week * 7, 4);
    },
    dayAt: (k) => {
      const week = Math.floor(k / 5);
      return monday + week * 7 + (k - week * 5);
    },
  };
}

/** A numbering of months: 0 is January of year 0. */
const monthNumber = (at: DateCursor): number => at.year * 12 + at.month - 1;
const yearOf = (month: number): number => Math.floor(month / 12);
const monthIn = (month: number): number => month - yearOf(month) * 12 + 1;

function months(rule: MonthRule, calendar: CalendarSystem): DaySequence {
  const { every, at, business } = rule;
  const anchor = (rule.anchor - 1) % every;
  const cursor = new DateCursor(calendar);
  const dayAt = (k: number): number => {
    const month = k * every + anchor;
    const edge = (at === "start" ? monthStart : monthEnd)(calendar, yearOf(month), monthIn(month));
    if (!business) return edge;
    const weekend = Math.max(weekdayOf(calendar, edge) - 4, 0);
    return weekend === 0 ? edge : at === "start" ? edge + 3 - weekend : edge - weekend;
  };
  return {
    dayAt,
    indexAt: (day) => {
      cursor.seek(day);
      const k = Math.floor((monthNumber(cursor) - anchor) / every);
      return dayAt(k) > day ? k - 1 : k;
    },
  };
}

/** Two days a month: even numbers are the first of the pair. */
function semiMonths(rule: SemiMonthRule, calendar: CalendarSystem): DaySequence {
  const cursor = new DateCursor(calendar);
  const dayAt = (k: number): number => {
    const month = Math.floor(k / 2);
    const first = monthStart(calendar, yearOf(month), monthIn(month));
    const odd = k - 2 * month === 1;
    if (rule.at === "start") return odd ? first + rule.day - 1 : first;
    return odd ? monthEnd(calendar, yearOf(month), monthIn(month)) : first + rule.day - 1;
  };
  return {
    dayAt,
    indexAt: (day) => {
      cursor.seek(day);
      let k = monthNumber(cursor) * 2 + 1;
      while (dayAt(k) > day) k--;
      return k;
    },
  };
}

/** Whether a time's date is one of the frequency's; its time of day does not count. Ticks are always on. */
export function onOffset(ms: number, offset: Offset, calendar: CalendarSystem): boolean {
  const sequence = sequenceOf(offset.rule, calendar);
  if (sequence === undefined) return true;
  const day = Math.floor(ms / MS_PER_DAY);
  return !Number.isNaN(ms) && sequence.dayAt(sequence.indexAt(day)) === day;
}

/**
 * A time moved on by `n` periods of one rule, the offset's own `n` not counted.
 *
 * From a time between two dates of the frequency the first step leads to the next of them, backwards
 * to the last; zero steps lead to the next. NaN stays NaN.
 */
export function shift(ms: number, n: number, rule: OffsetRule, calendar: CalendarSystem): number {
  if (Number.isNaN(ms)) return ms;
  const sequence = sequenceOf(rule, calendar);
  if (sequence === undefined) return roundToMicrosecond(ms + n * (rule.kind === "tick" ? rule.ms : 0));
  return shiftIn(ms, n, sequence);
}

/** As {@link shift}, in a sequence that was made before. */
function shiftIn(ms: number, n: number, sequence: DaySequence): number {
  const day = Math.floor(ms / MS_PER_DAY);
  const k = sequence.indexAt(day);
  const between = sequence.dayAt(k) !== day;
  const target = sequence.dayAt(k + n + (between && n <= 0 ? 1 : 0));
  return roundToMicrosecond(ms + (target - day) * MS_PER_DAY);
}

/** A time plus an offset: `addOffset(t, parseOffset("2MS"), calendar)`. */
export function addOffset(ms: number, offset: Offset, calendar: CalendarSystem): number {
  return shift(ms, offset.n, offset.rule, calendar);
}

/** Every time plus `times` offsets; NaT stays NaT. */
export function addOffsets(ms: Float64Array, offset: Offset, calendar: CalendarSystem, times = 1): Float64Array {
  const n = offset.n * times;
  const sequence = sequenceOf(offset.rule, calendar);
  const out = new Float64Array(ms.length);
  const step = offset.rule.kind === "tick" ? n * offset.rule.ms : 0;
  for (let i = 0; i < ms.length; i++) {
    const t = ms[i]!;
    if (sequence === undefined || Number.isNaN(t)) out[i] = roundToMicrosecond(t + step);
    else out[i] = shiftIn(t, n, sequence);
  }
  return out;
}

/** The time itself if it is on the frequency, else one period later on it. */
export function rollforward(ms: number, offset: Offset, calendar: CalendarSystem): number {
  return offset.rule.kind === "tick" || onOffset(ms, offset, calendar) ? ms : shift(ms, 1, offset.rule, calendar);
}

/** The time itself if it is on the frequency, else one period earlier on it. */
export function rollback(ms: number, offset: Offset, calendar: CalendarSystem): number {
  return offset.rule.kind === "tick" || onOffset(ms, offset, calendar) ? ms : shift(ms, -1, offset.rule, calendar);
}
