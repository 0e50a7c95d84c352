/**
 * Times as text: ISO 8601 as NumPy prints it, cftime's form, the short form of xarray's reprs, and strftime.
 */
import { ArgumentError } from "../errors.ts";
import { type CalendarSystem, weekdayOf } from "./calendars.ts";
import { component } from "./components.ts";
import { fieldsOf, type TimeFields } from "./fields.ts";

/** The last field that {@link formatIso} prints, by NumPy's names of units. */
export type TimeUnit = "Y" | "M" | "D" | "h" | "m" | "s" | "ms" | "us" | "ns";

const pad = (n: number, width: number): string => String(n).padStart(width, "0");
/** At least four digits, the sign before them. */
const yearText = (year: number): string => (year < 0 ? `-${pad(-year, 4)}` : pad(year, 4));
const dateText = (f: TimeFields): string => `${yearText(f.year)}-${pad(f.month, 2)}-${pad(f.day, 2)}`;
const clockText = (f: TimeFields): string => `${pad(f.hour, 2)}:${pad(f.minute, 2)}:${pad(f.second, 2)}`;
/** `.123456`, or nothing for whole seconds. */
const fractionText = (f: TimeFields): string => (f.microsecond === 0 ? "" : `.${pad(f.microsecond, 6)}`);

/**
 * A time in ISO 8601 to a unit, as NumPy prints `datetime64[unit]`; NaN gives `"NaT"`.
 *
 * @example
 * ```ts
 * formatIso(0, calendarOf("standard"), "ns"); // "1970-01-01T00:00:00.000000000"
 * ```
 */
export function formatIso(ms: number, calendar: CalendarSystem, unit: TimeUnit = "s"): string {
  if (Number.isNaN(ms)) return "NaT";
  const f = fieldsOf(ms, calendar);
  switch (unit) {
    case "Y":
      return yearText(f.year);
    case "M":
      return dateText(f).slice(0, -3);
    case "D":
      return dateText(f);
    case "h":
      return `${dateText(f)}T${pad(f.hour, 2)}`;
    case "m":
      return `${dateText(f)}T${pad(f.hour, 2)}:${pad(f.minute, 2)}`;
    case "s":
      return `${dateText(f)}T${clockText(f)}`;
    case "ms":
      return `${dateText(f)}T${clockText(f)}.${pad(Math.floor(f.microsecond / 1000), 3)}`;
    case "us":
      return `${dateText(f)}T${clockText(f)}.${pad(f.microsecond, 6)}`;
    case "ns":
      return `${dateText(f)}T${clockText(f)}.${pad(f.microsecond, 6)}000`;
  }
}

/** A time as cftime and pandas print it: `2000-01-05 12:30:00`, with microseconds if there are any; NaN gives `"NaT"`. */
export function formatPlain(ms: number, calendar: CalendarSystem): string {
  if (Number.isNaN(ms)) return "NaT";
  const f = fieldsOf(ms, calendar);
  return `${dateText(f)} ${clockText(f)}${fractionText(f)}`;
}

/** A time as short as xarray's reprs show it: the date alone at midnight, else `2000-01-05T12:30:00`; NaN gives `"NaT"`. */
export function formatTimestamp(ms: number, calendar: CalendarSystem): string {
  if (Number.isNaN(ms)) return "NaT";
  const f = fieldsOf(ms, calendar);
  const clock = clockText(f) + fractionText(f);
  return clock === "00:00:00" ? dateText(f) : `${dateText(f)}T${clock}`;
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
type Directive = (f: TimeFields, weekday: number, ms: number, calendar: CalendarSystem) => string;
const iso =
  (name: "isoYear" | "isoWeek"): Directive =>
  (_f, _w, ms, calendar) =>
    pad(component(Float64Array.of(ms), name, calendar)[0]!, name === "isoWeek" ? 2 : 4);

/** What follows `%`; C locale, as Python prints it. */
const DIRECTIVES: Readonly<Record<string, Directive>> = {
  "%": () => "%",
  a: (_f, w) => WEEKDAYS[w]!.slice(0, 3),
  A: (_f, w) => WEEKDAYS[w]!,
  b: (f) => MONTHS[f.month - 1]!.slice(0, 3),
  B: (f) => MONTHS[f.month - 1]!,
  c: (f, w) =>
    `${WEEKDAYS[w]!.slice(0, 3)} ${MONTHS[f.month - 1]!.slice(0, 3)} ${String(f.day).padStart(2)} ${clockText(f)} ${yearText(f.year)}`,
  C: (f) => pad(Math.floor(f.year / 100), 2),
  d: (f) => pad(f.day, 2),
  D: (f) => `${pad(f.month, 2)}/${pad(f.day, 2)}/${yearText(f.year).slice(-2)}`,
  e: (f) => String(f.day).padStart(2),
  f: (f) => pad(f.microsecond, 6),
  F: dateText,
  G: iso("isoYear"),
  h: (f) => MONTHS[f.month - 1]!.slice(0, 3),
  H: (f) => pad(f.hour, 2),
  I: (f) => pad(f.hour % 12 || 12, 2),
  j: (f) => pad(f.dayofyear, 3),
  m: (f) => pad(f.month, 2),
  M: (f) => pad(f.minute, 2),
  p: (f) => (f.hour < 12 ? "AM" : "PM"),
  R: (f) => `${pad(f.hour, 2)}:${pad(f.minute, 2)}`,
  S: (f) => pad(f.second, 2),
  T: clockText,
  u: (_f, w) => String(w + 1),
  U: (f, w) => pad(Math.floor((f.dayofyear + 6 - ((w + 1) % 7)) / 7), 2),
  V: iso("isoWeek"),
  w: (_f, w) => String((w + 1) % 7),
  W: (f, w) => pad(Math.floor((f.dayofyear + 6 - w) / 7), 2),
  x: (f) => `${pad(f.month, 2)}/${pad(f.day, 2)}/${yearText(f.year).slice(-2)}`,
  X: clockText,
  y: (f) => yearText(f.year).slice(-2),
  Y: (f) => yearText(f.year),
  Z: () => "",
  z: () => "",
};

/**
 * A time by a format of Python's `strftime`, in the C locale; NaN gives `null`, as xarray's `dt.strftime` gives a missing value.
 *
 * @throws ArgumentError for an unknown directive.
 * @example
 * ```ts
 * strftime(0, "%d %B %Y", calendarOf("standard")); // "01 January 1970"
 * ```
 */
export function strftime(ms: number, format: string, calendar: CalendarSystem): string | null {
  if (Number.isNaN(ms)) return null;
  const fields = fieldsOf(ms, calendar);
  const weekday = weekdayOf(calendar, fields.days);
  return format.replace(/%(.?)/gs, (_all, letter: string) => {
    const directive = Object.hasOwn(DIRECTIVES, letter) ? DIRECTIVES[letter] : undefined;
    if (directive === undefined) {
      throw new ArgumentError(`unknown directive "%${letter}" in ${JSON.stringify(format)} (%${Object.keys(DIRECTIVES).join(", %")})`, {
        format,
      });
    }
    return directive(fields, weekday, ms, calendar);
  });
}
