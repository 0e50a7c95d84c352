/**
 * CF units of time, `"days since 1850-01-01 00:00:00"`, and of durations, `"days"`.
 *
 * Spellings and reference dates are those that cftime and pandas take (CF conventions 4.4, UDUNITS
 * without its months and years: they have no fixed length, except where the calendar gives one).
 */
import { EncodingError } from "../errors.ts";
import { warn } from "../options.ts";
import { type CalendarSystem, MS_PER_DAY } from "./calendars.ts";
import { timeFromCivil } from "./fields.ts";
import { zoneOffset } from "./parse.ts";
import { roundToMicrosecond } from "./precision.ts";

/** Units of fixed length, from the coarsest, as xarray writes them. */
export type UnitName = "days" | "hours" | "minutes" | "seconds" | "milliseconds" | "microseconds" | "nanoseconds";

/** Microseconds per unit, from the coarsest: whole numbers, but for nanoseconds. */
export const UNIT_MICROS: Readonly<Record<UnitName, number>> = {
  days: MS_PER_DAY * 1000,
  hours: 3_600_000_000,
  minutes: 60_000_000,
  seconds: 1_000_000,
  milliseconds: 1000,
  microseconds: 1,
  nanoseconds: 0.001,
};

const SPELLINGS: Readonly<Record<UnitName, readonly string[]>> = {
  days: ["day", "d"],
  hours: ["hour", "hr", "hrs", "h"],
  minutes: ["minute", "min", "mins"],
  seconds: ["second", "sec", "secs", "s"],
  milliseconds: ["millisecond", "millisec", "millisecs", "msec", "msecs", "ms"],
  microseconds: ["microsecond", "microsec", "microsecs", "usec", "usecs", "us"],
  nanoseconds: ["nanosecond", "nanosec", "nanosecs", "nsec", "nsecs", "ns"],
};
const BY_SPELLING: ReadonlyMap<string, UnitName> = /*@__PURE__*/ new Map(
  (Object.keys(SPELLINGS) as UnitName[]).flatMap((name) => [[name, name] as const, ...SPELLINGS[name].map((s) => [s, name] as const)]),
);

/** Units of time that were read from a file. */
export interface TimeUnits {
  /** The text as it was. */
  readonly text: string;
  /** The unit, or `undefined` for months and years of a calendar where all are equal. */
  readonly unit: UnitName | undefined;
  /** Length of one unit in microseconds. */
  readonly micros: number;
  /** The reference date in milliseconds since 1970-01-01 of the calendar. */
  readonly origin: number;
}

/** The unit a spelling names, or `undefined`. */
export function unitName(spelling: string): UnitName | undefined {
  return BY_SPELLING.get(spelling.trim().toLowerCase());
}

function refused(units: string, calendar: string, why: string): EncodingError {
  return new EncodingError(`cannot decode time units ${JSON.stringify(units)} of calendar ${calendar}: ${why}`, {
    units,
    calendar,
  });
}

/** Lengths in microseconds of months and years, where the calendar makes all of them equal (as in cftime). */
function nominalMicros(spelling: string, calendar: CalendarSystem): number | undefined {
  if (/^months?$/.test(spelling) && calendar.name === "360_day") return 30 * UNIT_MICROS.days;
  if (/^common_years?$/.test(spelling) && calendar.name === "noleap") return 365 * UNIT_MICROS.days;
  return undefined;
}

const REFERENCE =
  /^([+-]?\d{1,6})(?:-(\d{1,2})(?:-(\d{1,2}))?)?(?:(?:T|\s+)(\d{1,2})(?::(\d{1,2})(?::(\d{1,2})(?:\.(\d*))?)?)?)?\s*(Z|UTC|GMT|[+-]\d{1,2}(?::?\d{2})?)?$/i;

/** The reference date of CF units in milliseconds, its zone applied; the first number is always the year. */
function referenceTime(text: string, calendar: CalendarSystem): number | undefined {
  const compact = /^(\d{4})(\d{2})(\d{2})$/.exec(text);
  const match = compact ?? REFERENCE.exec(text.replace(/\//g, "-"));
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, second, fraction, zone] = match;
  const [h, m, s] = [Number(hour ?? 0), Number(minute ?? 0), Number(second ?? 0)];
  if (h > 23 || m > 59 || s > 59) return undefined;
  const clock = ((h * 60 + m) * 60 + s) * 1000 + Number(`0.${fraction || 0}`) * 1000;
  const local = timeFromCivil(calendar, Number(year), Number(month ?? 1), Number(day ?? 1), clock);
  return local === undefined ? undefined : roundToMicrosecond(local - zoneOffset(zone));
}

/**
 * Read CF units of time.
 *
 * A zone in the reference date is applied, so times are UTC. Months are taken with calendar `360_day`
 * and common years with `noleap`; elsewhere months and years are refused, as in xarray.
 *
 * @throws EncodingError naming the units.
 * @example
 * ```ts
 * parseTimeUnits("hours since 1970-01-01 6:00", calendarOf("standard")).origin; // 21600000
 * ```
 */
export function parseTimeUnits(units: string, calendar: CalendarSystem): TimeUnits {
  const match = /^(\S+)\s+since\s+(.*)$/is.exec(units.trim());
  if (match === null) throw refused(units, calendar.name, 'expected such as "days since 2000-01-01"');
  const spelling = match[1]!.toLowerCase();
  const unit = BY_SPELLING.get(spelling);
  const micros = unit === undefined ? nominalMicros(spelling, calendar) : UNIT_MICROS[unit];
  if (micros === undefined) {
    const years = /month|year/.test(spelling) ? "months and years have no fixed length; " : "";
    throw refused(units, calendar.name, `${years}the unit can be ${Object.keys(UNIT_MICROS).join(", ")}`);
  }
  const origin = referenceTime(match[2]!, calendar);
  if (origin === undefined) throw refused(units, calendar.name, `${JSON.stringify(match[2])} is no date of it`);
  return { text: units, unit, micros, origin };
}

/**
 * Read the unit of a duration: `"days"`, `"h"`, …
 *
 * @throws EncodingError for units without a fixed length.
 */
export function parseDurationUnits(units: string): UnitName {
  const unit = unitName(units);
  if (unit === undefined) {
    throw new EncodingError(`cannot decode ${JSON.stringify(units)} as the unit of a duration (${Object.keys(UNIT_MICROS).join(", ")})`, {
      units,
    });
  }
  return unit;
}

/** Say once per call that digits below the microsecond were lost. */
export function warnNanoseconds(units: string): void {
  warn("time-precision", `values in ${JSON.stringify(units)} are finer than a microsecond and were rounded to it`);
}
