/**
 * Time without arrays: the CF calendars, text, units, frequencies and conversion.
 *
 * A time is a number: milliseconds since 1970-01-01T00:00 in its own calendar, with microseconds as
 * fractions rounded to 0.001, and NaN for not-a-time. A calendar is a data object, so every function
 * here serves all of them by one code path. Durations are milliseconds.
 *
 * May import: errors, options, util, and the types of dtypes.
 *
 * ```ts
 * const noleap = calendarOf("noleap");
 * const times = dateRange({ start: "2000", periods: 24, freq: "MS" }, noleap);
 * component(times, "month", noleap); // 1, 2, 3, …
 * ```
 */
export * from "./calendars.ts";
export * from "./cf-decode.ts";
export * from "./cf-encode.ts";
export {
  isTimeUnits,
  parseDurationUnits,
  parseTimeUnits,
  type TimeUnits,
  UNIT_MICROS,
  type UnitName,
  unitName,
} from "./cf-units.ts";
export * from "./components.ts";
export * from "./convert.ts";
export { civilFromDays, DateCursor } from "./cursor.ts";
export * from "./date-range.ts";
export { fieldsOf, timeFromCivil, type TimeFields } from "./fields.ts";
export * from "./format.ts";
export * from "./infer-freq.ts";
export {
  addOffset,
  addOffsets,
  onOffset,
  rollback,
  rollforward,
  shift,
} from "./offset-math.ts";
export * from "./offsets.ts";
export * from "./parse.ts";
export { momentBefore, roundToMicrosecond, timeSpan } from "./precision.ts";
export * from "./resample-bins.ts";
export * from "./rounding.ts";
export * from "./seasons.ts";
export * from "./timedelta.ts";
