/**
 * Times and durations as numbers in CF units.
 *
 * Units and calendar are those of the encoding where they fit the values, else chosen as xarray does:
 * the coarsest unit in which all steps are whole, from the first time. Lazy values whose units are not
 * given are written in microseconds, which lose nothing.
 */
import { encodeTimeArray, inMemory } from "../array/index.ts";
import { flatValues, NDArray } from "../array/ndarray.ts";
import { type CalendarSystem, calendarOf, calendarOfDType } from "../calendar/calendars.ts";
import { type EncodedKind, type EncodedTimes, encodeTimedeltas, encodeTimes } from "../calendar/cf-encode.ts";
import { kindOf } from "../dtypes/traits.ts";
import type { DatetimeDType, DType } from "../dtypes/types.ts";
import { type Draft, setAttr } from "./draft.ts";
import { storedWish } from "./stored-dtype.ts";
import { isDateUnits, isDurationUnits } from "./time-like.ts";

/** Encode times and durations; others stay. */
export function encodeTimeLike(draft: Draft): void {
  const kind = kindOf(draft.array.dtype);
  if (kind !== "M" && kind !== "m") return;
  const { units: wishedUnits, calendar: wishedCalendar } = draft.encoding;
  delete draft.encoding.units;
  delete draft.encoding.calendar;
  const source = kind === "M" ? calendarOfDType(draft.array.dtype as DatetimeDType) : undefined;
  const target = source && targetCalendar(source, wishedCalendar);
  const units = (kind === "M" ? isDateUnits(wishedUnits) : isDurationUnits(wishedUnits)) ? (wishedUnits as string) : undefined;
  if (kind === "m") setAttr(draft, "dtype", "timedelta64[ns]");
  const written = encodeValues(draft, source, target?.system, units);
  setAttr(draft, "units", written);
  if (target) setAttr(draft, "calendar", target.name);
}

/** The calendar that is written: the encoding's, under its own name, where it counts the same days. */
function targetCalendar(source: CalendarSystem, wish: unknown): { readonly system: CalendarSystem; readonly name: string } {
  if (typeof wish === "string") {
    const system = calendarOf(wish);
    const both = new Set([system.name, source.name]);
    if (system === source || (both.has("standard") && both.has("proleptic_gregorian"))) return { system, name: wish };
  }
  return { system: source, name: source.name };
}

/** Replace the draft's values by numbers; gives the units in which they count. */
function encodeValues(
  draft: Draft,
  calendar: CalendarSystem | undefined,
  target: CalendarSystem | undefined,
  units: string | undefined,
): string {
  const loaded = inMemory(draft.array);
  const packed = "scale_factor" in draft.encoding || "add_offset" in draft.encoding;
  const wish = packed ? "float64" : storedWish(draft.name, draft.encoding.dtype);
  const fill = draft.encoding._FillValue ?? draft.encoding.missing_value;
  const hasFill = (typeof fill === "number" && !Number.isNaN(fill)) || typeof fill === "bigint";
  if (loaded === undefined) {
    const written = units ?? (calendar ? "microseconds since 1970-01-01" : "microseconds");
    const to = wish === "float64" || wish === "float32" ? "float64" : "int64";
    draft.array = encodeTimeArray(draft.array, {
      name: draft.name,
      units: written,
      calendar: target?.name ?? null,
      to,
      fill: hasFill ? String(fill) : null,
    });
    return written;
  }
  const times = flatValues(loaded) as Float64Array;
  const encoded = encodeNow(times, calendar, { units, target, kind: kindOfNumbers(wish) });
  const missing = times.some((t) => t !== t);
  const whole =
    wish === undefined || kindOfNumbers(wish) === "integer" ? encoded.integral && (!missing || hasFill || wish !== undefined) : false;
  const { values } = encoded;
  // Without a fill value, not-a-time is the least int64, which xarray writes and reads as such.
  const substitute = hasFill ? Number(fill) : wish === "int64" ? -(2 ** 63) : undefined;
  if (whole && missing && substitute !== undefined)
    for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) values[i] = substitute;
  draft.array = new NDArray(values, loaded.shape, whole && !(missing && substitute === undefined) ? "int64" : "float64");
  return encoded.units;
}

function encodeNow(
  times: Float64Array,
  calendar: CalendarSystem | undefined,
  o: { units: string | undefined; target: CalendarSystem | undefined; kind: EncodedKind },
): EncodedTimes {
  return calendar ? encodeTimes(times, calendar, o) : encodeTimedeltas(times, o);
}

function kindOfNumbers(dtype: DType | "S1" | undefined): EncodedKind {
  if (dtype === undefined || dtype === "S1") return undefined;
  const kind = kindOf(dtype);
  return kind === "i" || kind === "u" ? "integer" : kind === "f" ? "float" : undefined;
}
