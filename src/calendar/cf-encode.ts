/**
 * Times and durations become numbers in CF units: the inverse of decoding, with units chosen as xarray does.
 *
 * Contract: without units, the coarsest in which all steps between times are whole, counted from the
 * first time. With units, whole numbers if they suffice; otherwise fractions, or (for an integer dtype)
 * finer units, both with a warning.
 */
import { EncodingError } from "../errors.ts";
import { warn } from "../options.ts";
import { type CalendarSystem, GREGORIAN_START, MS_PER_DAY } from "./calendars.ts";
import { parseDurationUnits, parseTimeUnits, UNIT_MICROS, type UnitName } from "./cf-units.ts";
import { formatIso, formatPlain, formatTimestamp } from "./format.ts";
import { microsOf } from "./precision.ts";

/** What numbers the file should hold: integers, floats, or (default) integers when exact. */
export type EncodedKind = "integer" | "float" | undefined;

/** Numbers in CF units, NaN for NaT. */
export interface EncodedTimes {
  readonly values: Float64Array;
  /** The units actually used. */
  readonly units: string;
  /** Whether all values that are not NaN are whole. */
  readonly integral: boolean;
}

const UNIT_ORDER = Object.keys(UNIT_MICROS) as UnitName[];

/** Whether `ms` whole milliseconds and `micros` microseconds are a whole number of units of `unit` microseconds. */
function isMultiple(ms: number, micros: number, unit: number): boolean {
  return unit < 1000 || (micros === 0 && ms % (unit / 1000) === 0);
}

/** The coarsest unit in which every distance from `origin` is whole. */
function coarsestUnit(times: Float64Array, origin: number): UnitName {
  let at = 0;
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    if (Number.isNaN(t)) continue;
    const [ms, micros] = [Math.floor(t) - Math.floor(origin), microsOf(t) - microsOf(origin)];
    while (!isMultiple(ms, micros, UNIT_MICROS[UNIT_ORDER[at]!])) at++;
  }
  return UNIT_ORDER[at]!;
}

/**
 * The units xarray would choose: the coarsest that divides every step, counted from the first time.
 *
 * @example
 * ```ts
 * inferTimeUnits(Float64Array.of(0, 21600000), calendarOf("proleptic_gregorian")); // "hours since 1970-01-01 00:00:00"
 * ```
 */
export function inferTimeUnits(times: Float64Array, calendar: CalendarSystem): string {
  const first = times.find((t) => !Number.isNaN(t)) ?? 0;
  const reference = calendar.dtype === "datetime64" ? formatPlain(first, calendar) : microText(first, calendar);
  return `${coarsestUnit(times, first)} since ${reference}`;
}

/** A reference date as xarray writes those of cftime: always with microseconds. */
function microText(ms: number, calendar: CalendarSystem): string {
  return formatIso(ms, calendar, "us").replace("T", " ");
}

/** The units xarray would choose for durations: the coarsest that divides all. */
export function inferTimedeltaUnits(deltas: Float64Array): UnitName {
  return coarsestUnit(deltas, 0);
}

/**
 * Encode times in CF units.
 *
 * @param times milliseconds since 1970-01-01 in `calendar`.
 * @param o `units` as the user gave them (default: inferred); `kind` of numbers; `target` the name of the
 *   calendar that is written when it is not `calendar`'s own (`standard` for `datetime64`).
 * @throws EncodingError for units that are none, and when `target` is `standard` and times before
 *   1582-10-15 are proleptic.
 */
export function encodeTimes(
  times: Float64Array,
  calendar: CalendarSystem,
  o: {
    readonly units?: string | undefined;
    readonly kind?: EncodedKind;
    readonly target?: CalendarSystem | undefined;
  } = {},
): EncodedTimes {
  const target = o.target ?? calendar;
  if (target !== calendar) checkEquivalent(times, calendar, target);
  const wanted = o.units ?? inferTimeUnits(times, calendar);
  const parsed = parseTimeUnits(wanted, target);
  const name = parsed.unit;
  let units = wanted;
  const reference = formatTimestamp(parsed.origin, target);
  if (o.units !== undefined && name !== undefined) units = `${name} since ${reference}`;
  const encoded = divide(times, parsed.origin, parsed.micros);
  if (!encoded.integral) {
    const needed = coarsestUnit(times, parsed.origin);
    const problem = `times are not whole in ${JSON.stringify(units)}; ${needed} would be exact`;
    if (o.kind === "integer") {
      const plain = calendar.dtype === "datetime64";
      units = `${needed} since ${plain ? reference : microText(parsed.origin, target)}`;
      warn("time-encoding", `${problem} and are used (encode as floats to keep the units)`);
      return { ...divide(times, parsed.origin, UNIT_MICROS[needed]), units };
    }
    if (o.kind === undefined) {
      warn("time-encoding", `${problem}; floats are written instead of integers`);
    }
  }
  return { ...encoded, units };
}

/**
 * Encode durations in a unit.
 *
 * @param units a unit of fixed length (default: the coarsest that is exact).
 */
export function encodeTimedeltas(
  deltas: Float64Array,
  o: { readonly units?: string | undefined; readonly kind?: EncodedKind } = {},
): EncodedTimes {
  const units = o.units === undefined ? inferTimedeltaUnits(deltas) : parseDurationUnits(o.units);
  const encoded = divide(deltas, 0, UNIT_MICROS[units]);
  if (!encoded.integral && o.kind !== "float") {
    const needed = inferTimedeltaUnits(deltas);
    const problem = `durations are not whole ${units}; ${needed} would be exact`;
    if (o.kind === "integer") {
      warn("time-encoding", `${problem} and are used (encode as floats to keep the units)`);
      return { ...divide(deltas, 0, UNIT_MICROS[needed]), units: needed };
    }
    warn("time-encoding", `${problem}; floats are written instead of integers`);
  }
  return { ...encoded, units };
}

/** Distances from `origin` in units of `unit` microseconds, and whether all are whole. */
function divide(times: Float64Array, origin: number, unit: number): { values: Float64Array; integral: boolean } {
  const values = new Float64Array(times.length);
  const [whole, fraction] = [Math.floor(origin), microsOf(origin)];
  const perMs = 1000 / unit;
  let integral = true;
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    const ms = Math.floor(t) - whole;
    const micros = microsOf(t) - fraction;
    // Dividing rounds once where multiplying by the inverse would round twice.
    if (unit >= 1000) values[i] = (ms + micros / 1000) / (unit / 1000);
    else values[i] = ms * Math.round(perMs) + micros * Math.round(1 / unit);
    if (integral && !Number.isNaN(t) && !isMultiple(ms, micros, unit)) integral = false;
  }
  return { values, integral };
}

/** Only `standard` and `proleptic_gregorian` share their numbers, and only from 1582-10-15 on. */
function checkEquivalent(times: Float64Array, calendar: CalendarSystem, target: CalendarSystem): void {
  const pair = new Set([calendar.name, target.name]);
  if (!(pair.has("standard") && pair.has("proleptic_gregorian"))) {
    throw new EncodingError(`times of calendar ${calendar.name} cannot be written in calendar ${target.name}`, {
      calendar: calendar.name,
      target: target.name,
    });
  }
  const early = times.find((t) => t < GREGORIAN_START * MS_PER_DAY);
  if (early !== undefined) {
    throw new EncodingError(
      `${formatPlain(early, calendar)} of calendar ${calendar.name} cannot be written in calendar ${target.name}: ` +
        `they agree from 1582-10-15 on only; encode with calendar ${calendar.name}`,
      { calendar: calendar.name, target: target.name },
    );
  }
}
