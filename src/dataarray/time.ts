/** Times, calendars and text, as members of DataArray. */
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { PARTS } from "../ops/parts.ts";
import { type ConvertCalendarOptions, convertCalendar, interpCalendar } from "../ops/time/index.ts";
import { type DtOf, dtOf } from "./dt.ts";
import { type StrOf, strOf } from "./str.ts";
import { DataArrayWindows } from "./windows.ts";

/** DataArray's accessors `dt` and `str`, and its changes of calendar. */
export abstract class DataArrayTime<Dims extends string, T extends DType> extends DataArrayWindows<Dims, T> {
  /**
   * Parts of times and durations: `dt.month`, `dt.season`, `dt.floor("D")`, `dt.strftime("%Y")`.
   *
   * @throws DTypeError unless the array holds times or durations.
   */
  get dt(): DtOf<Dims, T> {
    return dtOf(this as unknown as DataArray<any, any>) as DtOf<Dims, T>;
  }

  /**
   * Python's methods of strings, element by element: `str.upper()`, `str.contains("[0-9]")`, `str.split("word")`.
   *
   * @throws DTypeError unless the array holds strings or bytes.
   */
  get str(): StrOf<Dims, T> {
    return strOf(this as unknown as DataArray<any, any>) as StrOf<Dims, T>;
  }

  /**
   * The array with its times in another calendar; dates that it lacks are dropped.
   *
   * @throws ArgumentError for an unknown calendar, and without `alignOn` where one of the calendars is `360_day`.
   * @example
   * ```ts
   * air.convertCalendar("noleap");
   * model.convertCalendar("standard", { alignOn: "year", missing: NaN });
   * ```
   */
  convertCalendar(calendar: string, options?: ConvertCalendarOptions): DataArray<Dims, any> {
    return this.via((ds) => convertCalendar(ds, calendar, options));
  }

  /** The array at the times of `target`, interpolated between places in the year: for monthly means and the like. */
  interpCalendar(target: DataArray<any, any>, dim?: Dims): DataArray<Dims, any> {
    return this.via((ds) => interpCalendar(ds, target[PARTS], dim));
  }
}
