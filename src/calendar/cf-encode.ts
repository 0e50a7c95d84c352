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
import { fieldsOf } from "./fields.ts";
import { formatPlain, formatTimestamp } from "./format.ts";
import { roundToMicrosecond } from "./precision.ts";

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

/** Whether a duration is a whole number of units; whole milliseconds are compared as such, which is always exact. */
function isMultiple(ms: number, micros: number): boolean {
  if (micros < 1) return true;
  if (micros >= 1000 && Number.isInteger(ms)) return ms % (micros / 1000) === 0;
  return Math.round(ms * 1000) % micros === 0;
}

/** The coarsest unit in which every step of `steps` is whole. */
function coarsestUnit(steps: Iterable<number>): UnitName {
  let at = 0;
  for (const step of steps) while (!isMultiple(step, UNIT_MICROS[UNIT_ORDER[at]!])) at++;
  return UNIT_ORDER[at]!;
}

function* differences(times: Float64Array): Generator<number> {
  let last = Number.NaN;
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    if (Number.isNaN(t)) continue;
    if (!Number.isNaN(last)) yield t - last;
    last = t;
  }
}

/**
 * The units xarray would choose: the coarsest that divides every step, since the first time.
 *
 * @example
 * ```ts
 * inferTimeUnits(Float64Array.of(0, 21600000), calendarOf("standard")); // "hours since 1970-01-01 00:00:00"
 * ```
 */
export function inferTimeUnits(times: Float64Array, calendar: CalendarSystem): string {
  const first = times.find((t) => !Number.isNaN(t)) ?? 0;
  const reference = formatPlain(first, calendar);
  // cftime's dates always carry microseconds when xarray writes them as a reference.
  const tail = calendar.dtype !== "datetime64" && fieldsOf(first, calendar).microsecond === 0 ? ".000000" : "";
  return `${coarsestUnit(differences(times))} since ${reference}${tail}`;
}

/** The units xarray would choose for durations: the coarsest that divides all. */
export function inferTimedeltaUnits(deltas: Float64Array): UnitName {
  return coarsestUnit(deltas.filter((d) => !Number.isNaN(d)));
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
  let micros = parsed.micros;
  const deltas = times.map((t) => roundToMicrosecond(t - parsed.origin));
  const reference = formatTimestamp(parsed.origin, target);
  if (o.units !== undefined && name !== undefined) units = `${name} since ${reference}`;
  const needed = coarsestUnit(deltas.filter((d) => !Number.isNaN(d)));
  if (UNIT_MICROS[needed] < micros && !wholeMultiples(deltas, micros)) {
    const problem = `times are not whole in ${JSON.stringify(units)}; ${needed} would be exact`;
    if (o.kind === "integer") {
      units = `${needed} since ${reference}`;
      micros = UNIT_MICROS[needed];
      warn("time-encoding", `${problem} and are used (encode as floats to keep the units)`);
    } else if (o.kind === undefined) {
      warn("time-encoding", `${problem}; floats are written instead of integers`);
    }
  }
  return { ...divide(deltas, micros), units };
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
  let units = o.units === undefined ? inferTimedeltaUnits(deltas) : parseDurationUnits(o.units);
  if (o.kind !== "float" && !wholeMultiples(deltas, UNIT_MICROS[units])) {
    const needed = inferTimedeltaUnits(deltas);
    const problem = `durations are not whole ${units}; ${needed} would be exact`;
    if (o.kind === "integer") {
      units = needed;
      warn("time-encoding", `${problem} and are used (encode as floats to keep the units)`);
    } else {
      warn("time-encoding", `${problem}; floats are written instead of integers`);
    }
  }
  return { ...divide(deltas, UNIT_MICROS[units]), units };
}

function wholeMultiples(deltas: Float64Array, micros: number): boolean {
  for (let i = 0; i < deltas.length; i++) {
    const d = deltas[i]!;
    if (!Number.isNaN(d) && !isMultiple(d, micros)) return false;
  }
  return true;
}

function divide(deltas: Float64Array, micros: number): { values: Float64Array; integral: boolean } {
  const values = new Float64Array(deltas.length);
  let integral = true;
  for (let i = 0; i < deltas.length; i++) {
    const d = deltas[i]!;
    // Milliseconds divide exactly where microseconds would leave the safe integers.
    const v = micros >= 1000 && Number.isInteger(d) ? d / (micros / 1000) : Math.round(d * 1000) / micros;
    const whole = micros < 1 ? Math.round(v) : v;
    values[i] = whole;
    if (!Number.isInteger(whole) && !Number.isNaN(whole)) integral = false;
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
