/**
 * Durations as text, printed and read as pandas does.
 */
import { ArgumentError } from "../errors.ts";
import { MS_PER_DAY } from "./calendars.ts";
import { roundToMicrosecond } from "./precision.ts";

/** Milliseconds of each unit of fixed length, by every name that is read. */
const UNIT_MS: Readonly<Record<string, number>> = {
  w: 7 * MS_PER_DAY,
  week: 7 * MS_PER_DAY,
  weeks: 7 * MS_PER_DAY,
  d: MS_PER_DAY,
  day: MS_PER_DAY,
  days: MS_PER_DAY,
  h: 3_600_000,
  hr: 3_600_000,
  hrs: 3_600_000,
  hour: 3_600_000,
  hours: 3_600_000,
  m: 60_000,
  min: 60_000,
  mins: 60_000,
  minute: 60_000,
  minutes: 60_000,
  s: 1000,
  sec: 1000,
  secs: 1000,
  second: 1000,
  seconds: 1000,
  ms: 1,
  milli: 1,
  millis: 1,
  millisecond: 1,
  milliseconds: 1,
  us: 1e-3,
  µs: 1e-3,
  micro: 1e-3,
  micros: 1e-3,
  microsecond: 1e-3,
  microseconds: 1e-3,
  ns: 1e-6,
  nano: 1e-6,
  nanos: 1e-6,
  nanosecond: 1e-6,
  nanoseconds: 1e-6,
};

/** Which part of a duration {@link formatTimedelta} shows. */
export type TimedeltaForm = "full" | "date" | "time";

/**
 * A duration as pandas prints it: `1 days 06:00:00`, `-1 days +23:00:00`; NaN gives `"NaT"`.
 *
 * `form` `"date"` gives `1 days` alone and `"time"` the clock alone, as xarray's reprs use for
 * durations of whole days, or shorter than a day.
 *
 * @example
 * ```ts
 * formatTimedelta(36 * 3600_000); // "1 days 12:00:00"
 * ```
 */
export function formatTimedelta(ms: number, form: TimedeltaForm = "full"): string {
  if (Number.isNaN(ms)) return "NaT";
  let days = Math.floor(ms / MS_PER_DAY);
  let micros = Math.round((ms - days * MS_PER_DAY) * 1000);
  if (micros >= MS_PER_DAY * 1000) {
    days += 1;
    micros = 0;
  }
  if (form === "date") return `${days} days`;
  const seconds = Math.floor(micros / 1_000_000);
  const two = (n: number): string => String(n).padStart(2, "0");
  const rest = micros % 1_000_000;
  const clock =
    `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}` +
    (rest === 0 ? "" : `.${String(rest).padStart(6, "0")}`);
  if (form === "time") return clock;
  return `${days} days ${days < 0 ? "+" : ""}${clock}`;
}

/** The form in which xarray's reprs show these durations: clocks when none reaches a day, days when all are whole. */
export function timedeltaForm(deltas: ArrayLike<number>): TimedeltaForm {
  let whole = true;
  let short = true;
  for (let i = 0; i < deltas.length; i++) {
    const d = deltas[i]!;
    if (Number.isNaN(d)) continue;
    if (d % MS_PER_DAY !== 0) whole = false;
    if (d < 0 || d >= MS_PER_DAY) short = false;
  }
  return short ? "time" : whole ? "date" : "full";
}

const CLOCK = /^([+-]?)(\d+):(\d{1,2})(?::(\d{1,2}(?:\.\d*)?))?$/;
const PART = /([+-]?)\s*(\d+(?:\.\d*)?|\.\d+)?\s*([a-zµ]+)/giy;
const ISO = /^([+-]?)P(?:([+-]?\d+)W)?(?:([+-]?\d+)D)?(?:T(?:([+-]?[\d.]+)H)?(?:([+-]?[\d.]+)M)?(?:([+-]?[\d.]+)S)?)?$/;

function invalid(text: string): ArgumentError {
  return new ArgumentError(
    `cannot read ${JSON.stringify(text)} as a duration; expected such as "6h", "90min", "1 days 06:00:00" or "P1DT6H"`,
    { text },
  );
}

/**
 * Read a duration, in milliseconds rounded to the microsecond; `"NaT"` gives NaN.
 *
 * Taken are numbers with units (`"1D"`, `"6h"`, `"90min"`, `"1h30min"`, `"1.5 hours"`, `"h"`), days
 * with a clock (`"1 days 06:00:00"`, `"-1 days +23:00:00"`), a clock alone and ISO 8601 durations. As
 * in pandas a leading minus negates all parts unless one has its own sign. Months and years are no
 * durations.
 *
 * @throws ArgumentError for other texts.
 * @example
 * ```ts
 * parseTimedelta("1h30min"); // 5400000
 * ```
 */
export function parseTimedelta(text: string): number {
  const trimmed = text.trim();
  if (trimmed === "NaT") return Number.NaN;
  const iso = /^[+-]?P/.test(trimmed) ? ISO.exec(trimmed) : null;
  if (iso !== null && /\d/.test(trimmed)) {
    const [, sign, ...numbers] = iso;
    const scales = [7 * MS_PER_DAY, MS_PER_DAY, 3_600_000, 60_000, 1000];
    const total = scales.reduce((sum, scale, i) => sum + Number(numbers[i] ?? 0) * scale, 0);
    if (Number.isNaN(total)) throw invalid(text);
    return roundToMicrosecond(sign === "-" ? -total : total);
  }
  let rest = trimmed;
  let total = 0;
  let sign = 1;
  let found = 0;
  PART.lastIndex = 0;
  for (let part = PART.exec(trimmed); part !== null; part = PART.exec(trimmed)) {
    const unit = unitMs(part[3]!);
    if (unit === undefined || (part[2] === undefined && trimmed.length > part[0].length)) throw invalid(text);
    if (part[1] !== "") sign = part[1] === "-" ? -1 : 1;
    total += sign * Number(part[2] ?? 1) * unit;
    rest = trimmed.slice(PART.lastIndex).trim();
    found++;
    PART.lastIndex = trimmed.length - rest.length;
  }
  if (rest !== "") {
    const clock = CLOCK.exec(rest);
    if (clock === null || Number(clock[3]) > 59 || Number(clock[4] ?? 0) >= 60) throw invalid(text);
    if (clock[1] !== "") sign = clock[1] === "-" ? -1 : 1;
    total += sign * ((Number(clock[2]) * 60 + Number(clock[3])) * 60 + Number(clock[4] ?? 0)) * 1000;
    found++;
  }
  if (found === 0) throw invalid(text);
  return roundToMicrosecond(total);
}

/** Milliseconds of a unit by its name; single letters are told apart by case as pandas does (`m` is minutes, `M` is nothing). */
function unitMs(name: string): number | undefined {
  if (name === "M") return undefined;
  const key = name.toLowerCase();
  return Object.hasOwn(UNIT_MS, key) ? UNIT_MS[key] : undefined;
}
