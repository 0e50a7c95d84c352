/** `da.dt`: parts of times and durations. */

import { calendarOfDType } from "../calendar/index.ts";
import { kindOf } from "../dtypes/traits.ts";
import type { CalendarName, DatetimeDType, DType } from "../dtypes/types.ts";
import { DTypeError } from "../errors.ts";
import type { DataArray, Dataset } from "../model.ts";
import { type ArrayParts, PARTS } from "../ops/parts.ts";
import { isocalendar, timeField } from "../ops/time/index.ts";
import { WRAP, WRAP_DATASET } from "./base.ts";

/** What `da.dt` is for a dtype: nothing unless it holds times or durations; both where the dtype is not known. */
export type DtOf<Dims extends string, T extends DType> = [DType] extends [T]
  ? DatetimeAccessor<Dims, any> & TimedeltaAccessor<Dims>
  : [T] extends [DatetimeDType]
    ? DatetimeAccessor<Dims, T>
    : [T] extends ["timedelta64"]
      ? TimedeltaAccessor<Dims>
      : never;

/** The accessor for the array's dtype; throws DTypeError where it holds neither times nor durations. */
export function dtOf(array: DataArray<any, any>): DatetimeAccessor<any, any> | TimedeltaAccessor<any> {
  const kind = kindOf(array.dtype);
  if (kind === "M") return new DatetimeAccessor(array);
  if (kind === "m") return new TimedeltaAccessor(array);
  const called = array.name === undefined ? "this array" : JSON.stringify(array.name);
  throw new DTypeError(`dt is for times and durations; ${called} is ${array.dtype}`, { dtype: array.dtype });
}

/** What times and durations have in common. */
abstract class TimeAccessor<Dims extends string, T extends DType> {
  protected readonly array: DataArray<any, any>;

  constructor(array: DataArray<any, any>) {
    this.array = array;
  }

  protected field(part: string, arg?: string): DataArray<any, any> {
    return this.array[WRAP](timeField(this.parts, part, arg));
  }

  protected get parts(): ArrayParts {
    return this.array[PARTS];
  }

  /**
   * The whole multiple of a fixed frequency at or before each time.
   *
   * @throws ArgumentError for a frequency without fixed length, such as `"MS"`.
   * @example
   * ```ts
   * times.dt.floor("6h");
   * ```
   */
  floor(freq: string): DataArray<Dims, T> {
    return this.field("floor", freq);
  }

  /** The whole multiple of a fixed frequency at or after each time. */
  ceil(freq: string): DataArray<Dims, T> {
    return this.field("ceil", freq);
  }

  /** The nearest whole multiple of a fixed frequency; of two equally near the even one. */
  round(freq: string): DataArray<Dims, T> {
    return this.field("round", freq);
  }
}

/**
 * Parts of times, in any calendar, lazily where the times are lazy.
 *
 * Counts are int64; float64 where times in memory have a NaT among them.
 *
 * @example
 * ```ts
 * air.get("time").dt.season.values; // ["DJF", …]
 * ```
 */
export class DatetimeAccessor<Dims extends string, T extends DType> extends TimeAccessor<Dims, T> {
  get year(): DataArray<Dims, "int64"> {
    return this.field("year");
  }
  /** From January = 1. */
  get month(): DataArray<Dims, "int64"> {
    return this.field("month");
  }
  /** Of the month, from 1. */
  get day(): DataArray<Dims, "int64"> {
    return this.field("day");
  }
  get hour(): DataArray<Dims, "int64"> {
    return this.field("hour");
  }
  get minute(): DataArray<Dims, "int64"> {
    return this.field("minute");
  }
  get second(): DataArray<Dims, "int64"> {
    return this.field("second");
  }
  /** Of the second, from 0 to 999999. */
  get microsecond(): DataArray<Dims, "int64"> {
    return this.field("microsecond");
  }
  /** Of the microsecond: always 0, for times are kept to the microsecond. */
  get nanosecond(): DataArray<Dims, "int64"> {
    return this.field("nanosecond");
  }
  /** From Monday = 0. */
  get dayOfWeek(): DataArray<Dims, "int64"> {
    return this.field("dayOfWeek");
  }
  /** From Monday = 0. */
  get dayofweek(): DataArray<Dims, "int64"> {
    return this.field("dayofweek");
  }
  /** From Monday = 0. */
  get weekday(): DataArray<Dims, "int64"> {
    return this.field("weekday");
  }
  /** From 1. */
  get dayOfYear(): DataArray<Dims, "int64"> {
    return this.field("dayOfYear");
  }
  /** From 1. */
  get dayofyear(): DataArray<Dims, "int64"> {
    return this.field("dayofyear");
  }
  /** From 1. */
  get quarter(): DataArray<Dims, "int64"> {
    return this.field("quarter");
  }
  get daysInMonth(): DataArray<Dims, "int64"> {
    return this.field("daysInMonth");
  }
  get daysinmonth(): DataArray<Dims, "int64"> {
    return this.field("daysinmonth");
  }
  get daysInYear(): DataArray<Dims, "int64"> {
    return this.field("daysInYear");
  }
  /** `DJF`, `MAM`, `JJA` or `SON`; `nan` where the time is missing. */
  get season(): DataArray<Dims, "string"> {
    return this.field("season");
  }
  /** The duration since midnight. */
  get time(): DataArray<Dims, "timedelta64"> {
    return this.field("time");
  }
  /** Midnight of the day. */
  get date(): DataArray<Dims, T> {
    return this.field("date");
  }
  get isMonthStart(): DataArray<Dims, "bool"> {
    return this.field("isMonthStart");
  }
  get isMonthEnd(): DataArray<Dims, "bool"> {
    return this.field("isMonthEnd");
  }
  get isQuarterStart(): DataArray<Dims, "bool"> {
    return this.field("isQuarterStart");
  }
  get isQuarterEnd(): DataArray<Dims, "bool"> {
    return this.field("isQuarterEnd");
  }
  get isYearStart(): DataArray<Dims, "bool"> {
    return this.field("isYearStart");
  }
  get isYearEnd(): DataArray<Dims, "bool"> {
    return this.field("isYearEnd");
  }
  get isLeapYear(): DataArray<Dims, "bool"> {
    return this.field("isLeapYear");
  }
  /** The year with the part of it that has passed: 2000-07-02 is 2000.5. */
  get decimalYear(): DataArray<Dims, "float64"> {
    return this.field("decimalYear");
  }
  /** The calendar's CF name. */
  get calendar(): CalendarName {
    return calendarOfDType(this.array.dtype as DatetimeDType).name;
  }

  /** ISO 8601's `year`, `week` and `weekday` (Monday = 1). */
  // Not typed variable by variable: an array whose type holds a dataset of arrays has no end for the compiler.
  isocalendar(): Dataset<any> {
    return this.array[WRAP_DATASET](isocalendar(this.parts));
  }

  /**
   * Text by a format of Python's `strftime` in the C locale; missing where the time is.
   *
   * @throws ArgumentError for an unknown directive.
   * @example
   * ```ts
   * air.get("time").dt.strftime("%d %B %Y");
   * ```
   */
  strftime(format: string): DataArray<Dims, "string"> {
    return this.field("strftime", format);
  }
}

/** Parts of durations: `days + seconds + microseconds`, of which only days are negative. */
export class TimedeltaAccessor<Dims extends string> extends TimeAccessor<Dims, "timedelta64"> {
  /** Whole days, rounded down. */
  get days(): DataArray<Dims, "int64"> {
    return this.field("days");
  }
  /** Of the day, from 0 to 86399. */
  get seconds(): DataArray<Dims, "int64"> {
    return this.field("seconds");
  }
  /** Of the second, from 0 to 999999. */
  get microseconds(): DataArray<Dims, "int64"> {
    return this.field("microseconds");
  }
  /** Of the microsecond: always 0, for durations are kept to the microsecond. */
  get nanoseconds(): DataArray<Dims, "int64"> {
    return this.field("nanoseconds");
  }

  /** The whole duration in seconds. */
  totalSeconds(): DataArray<Dims, "float64"> {
    return this.field("totalSeconds");
  }
}
