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
export {
  astronomicalYear,
  CALENDARS,
  type CalendarSystem,
  type CivilDate,
  calendarOf,
  calendarOfDType,
  daysFromCivil,
  daysInMonth,
  daysInYear,
  decodedCalendar,
  GREGORIAN_START,
  MS_PER_DAY,
  monthEnd,
  monthStart,
  weekdayOf,
  writtenYear,
} from "./calendars.ts";
export {
  type DecodedTimes,
  decodeTimedeltas,
  decodeTimes,
  type EncodedNumbers,
} from "./cf-decode.ts";
export {
  type EncodedKind,
  type EncodedTimes,
  encodeTimedeltas,
  encodeTimes,
  inferTimedeltaUnits,
  inferTimeUnits,
} from "./cf-encode.ts";
export {
  parseDurationUnits,
  parseTimeUnits,
  type TimeUnits,
  UNIT_MICROS,
  type UnitName,
  unitName,
} from "./cf-units.ts";
export {
  COMPONENT_NAMES,
  type ComponentName,
  component,
  componentName,
  decimalYear,
  fromDecimalYear,
  isFlag,
  SEASON_NAMES,
} from "./components.ts";
export { type AlignOn, type ConvertedTimes, convertTimes, dateRangeLike } from "./convert.ts";
export { civilFromDays, DateCursor } from "./cursor.ts";
export { type DateRangeOptions, dateRange, type Inclusive } from "./date-range.ts";
export { fieldsOf, type TimeFields, timeFromCivil } from "./fields.ts";
export { formatIso, formatPlain, formatTimestamp, strftime, type TimeUnit } from "./format.ts";
export { inferFreq } from "./infer-freq.ts";
export { addOffset, addOffsets, onOffset, rollback, rollforward, shift } from "./offset-math.ts";
export { type Offset, type OffsetRule, parseOffset, scaleOffset, tickMs, tickOf } from "./offsets.ts";
export { type ParsedTime, parseRange, parseTime, type Resolution, type TimeRange } from "./parse.ts";
export { momentBefore, roundToMicrosecond, timeSpan } from "./precision.ts";
export {
  type Origin,
  type ResampleBins,
  type ResampleOptions,
  resampleBins,
  type Side,
} from "./resample-bins.ts";
export { type Rounding, roundTimes } from "./rounding.ts";
export { type SeasonBins, seasonBins, seasonCodes, seasonMonths } from "./seasons.ts";
export { formatTimedelta, parseTimedelta, type TimedeltaForm, timedeltaForm } from "./timedelta.ts";
