/**
 * ISO 8601 dates and times, whole or partial, in any calendar.
 */
import { ArgumentError } from "../errors.ts";
import { warn } from "../options.ts";
import { type CalendarSystem, MS_PER_DAY, monthStart } from "./calendars.ts";
import { DateCursor } from "./cursor.ts";
import { timeFromCivil } from "./fields.ts";
import { momentBefore, roundToMicrosecond } from "./precision.ts";

/** The unit of the last field a text gives, and so the span that the text denotes. */
export type Resolution = "year" | "quarter" | "month" | "day" | "hour" | "minute" | "second" | "millisecond" | "microsecond";

/** What {@link parseTime} gives. */
export interface ParsedTime {
  /** Milliseconds since 1970-01-01 in the calendar; NaN for `"NaT"`. */
  readonly ms: number;
  readonly resolution: Resolution;
}

/** The moments that a partial text denotes; both ends belong to it. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
  readonly resolution: Resolution;
}

const DATE = String.raw`([+-]\d{4,6}|\d{4,5})(?:-(\d{1,2})(?:-(\d{1,2}))?)?`;
const BASIC_DATE = String.raw`([+-]?\d{4})(\d{2})(\d{2})?`;
const CLOCK = String.raw`(\d{1,2})(?::?(\d{2})(?::?(\d{2})(?:[.,](\d+))?)?)?`;
const ZONE = String.raw`\s*(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?`;
const FORMS: readonly RegExp[] = [
  new RegExp(`^${DATE}(?:(?:[T ]|\\s+)${CLOCK}${ZONE})?$`, "i"),
  new RegExp(`^${BASIC_DATE}(?:(?:[T ]|\\s+)${CLOCK}${ZONE})?$`, "i"),
];
const QUARTER = /^(\d{4})-?Q([1-4])$/i;
const DURATIONS = {
  day: MS_PER_DAY,
  hour: 3_600_000,
  minute: 60_000,
  second: 1000,
  millisecond: 1,
  microsecond: 0.001,
};

function invalid(text: string, calendar: CalendarSystem, why: string): ArgumentError {
  return new ArgumentError(`cannot read ${JSON.stringify(text)} as a time of calendar ${calendar.name}: ${why}`, {
    text,
    calendar: calendar.name,
  });
}

/**
 * The offset from UTC that an ISO suffix names, in milliseconds: `"Z"`, `"UTC"`, `"-6:00"`, `"+0530"`, `"-6"`.
 */
export function zoneOffset(zone: string | undefined): number {
  const parts = zone === undefined ? null : /^([+-])(\d{1,2}):?(\d{2})?$/.exec(zone);
  if (parts === null) return 0;
  const minutes = Number(parts[2]) * 60 + Number(parts[3] ?? 0);
  return (parts[1] === "-" ? -1 : 1) * minutes * 60_000;
}

/**
 * Milliseconds of a time of day from its digits.
 *
 * Digits of the second beyond the microsecond are rounded, with a warning if they are not zero.
 */
function clockMs(hour: string, minute: string, second: string, fraction: string): number | undefined {
  const [h, m, s] = [Number(hour), Number(minute), Number(second)];
  if (h > 23 || m > 59 || s > 59) return undefined;
  if (/[1-9]/.test(fraction.slice(6))) {
    warn("time-precision", `times are kept to the microsecond; the rest of .${fraction} seconds is rounded`);
  }
  return h * 3_600_000 + m * 60_000 + s * 1000 + roundToMicrosecond(Number(`0.${fraction || 0}`) * 1000);
}

function clockResolution(minute: string | undefined, second: string | undefined, fraction: string | undefined): Resolution {
  if (fraction !== undefined) return fraction.length <= 3 ? "millisecond" : "microsecond";
  return second !== undefined ? "second" : minute !== undefined ? "minute" : "hour";
}

/**
 * Read an ISO 8601 time, whole or partial, with its resolution.
 *
 * Taken are `2000`, `2000-01`, `2000Q1`, `2000-01-05`, `2000-01-05T12`, … to fractions of a second,
 * a blank for the `T`, the basic forms (`20000105T1230`), years of five digits, or six after a sign, and a
 * zone (`Z`, `+05:30`), which is applied: the result is UTC. `"NaT"` gives NaN.
 *
 * @throws ArgumentError for other texts and for dates the calendar does not have.
 * @example
 * ```ts
 * parseTime("2000-01-05T12", calendarOf("standard")); // { ms: 947073600000, resolution: "hour" }
 * ```
 */
export function parseTime(text: string, calendar: CalendarSystem): ParsedTime {
  const trimmed = text.trim();
  if (trimmed === "NaT") return { ms: Number.NaN, resolution: "microsecond" };
  const quarter = QUARTER.exec(trimmed);
  if (quarter !== null) {
    const ms = timeFromCivil(calendar, Number(quarter[1]), Number(quarter[2]) * 3 - 2, 1);
    if (ms === undefined) throw invalid(text, calendar, "there is no such date");
    return { ms, resolution: "quarter" };
  }
  let match: RegExpExecArray | null = null;
  for (const form of FORMS) match ??= form.exec(trimmed);
  if (match === null) throw invalid(text, calendar, "expected ISO 8601 such as 2000-01-05T12:30:00");
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  if (hour !== undefined && day === undefined) throw invalid(text, calendar, "a time of day needs a whole date");
  const clock = hour === undefined ? 0 : clockMs(hour, minute ?? "0", second ?? "0", fraction ?? "");
  if (clock === undefined) throw invalid(text, calendar, "there is no such time of day");
  const ms = timeFromCivil(calendar, Number(year), Number(month ?? 1), Number(day ?? 1), clock);
  if (ms === undefined) throw invalid(text, calendar, "there is no such date");
  const resolution =
    hour !== undefined ? clockResolution(minute, second, fraction) : day !== undefined ? "day" : month !== undefined ? "month" : "year";
  return { ms: roundToMicrosecond(ms - zoneOffset(zone)), resolution };
}

/**
 * The moments that a partial time denotes: `"2000-01"` is all of January 2000.
 *
 * `end` is the last representable moment, so `start <= t && t <= end` selects.
 *
 * @throws ArgumentError as {@link parseTime}, and for `"NaT"`.
 * @example
 * ```ts
 * parseRange("2000-02", calendarOf("360_day")); // 1 February to the last microsecond of the 30th
 * ```
 */
export function parseRange(text: string, calendar: CalendarSystem): TimeRange {
  const { ms, resolution } = parseTime(text, calendar);
  if (Number.isNaN(ms)) throw invalid(text, calendar, "NaT denotes no range");
  return { start: ms, end: momentBefore(stopOf(ms, resolution, calendar)), resolution };
}

/** The first moment after the span that starts at `start`. */
function stopOf(start: number, resolution: Resolution, calendar: CalendarSystem): number {
  if (resolution !== "year" && resolution !== "quarter" && resolution !== "month") {
    return roundToMicrosecond(start + DURATIONS[resolution]);
  }
  const at = new DateCursor(calendar);
  at.seek(start / MS_PER_DAY);
  const months = at.month - 1 + (resolution === "year" ? 12 : resolution === "quarter" ? 3 : 1);
  return monthStart(calendar, at.year + Math.floor(months / 12), (months % 12) + 1) * MS_PER_DAY;
}
