/** Changes of calendar, as methods of Dataset. */
import { WRAP_DATASET } from "../dataarray/base.ts";
import type { DataArray, Dataset } from "../model.ts";
import { PARTS } from "../ops/parts.ts";
import { type ConvertCalendarOptions, convertCalendar, interpCalendar } from "../ops/time/index.ts";
import type { DimNames, MapUnary, Vars } from "./types.ts";
import { DatasetWindows } from "./windows.ts";

/** Dataset's changes of calendar. */
export abstract class DatasetTime<V extends Vars> extends DatasetWindows<V> {
  /** The dataset with its times in another calendar; dates that it lacks are dropped. See {@link DataArray.convertCalendar}. */
  convertCalendar(calendar: string, options?: ConvertCalendarOptions): Dataset<V> {
    return this[WRAP_DATASET](convertCalendar(this[PARTS], calendar, options));
  }

  /** The dataset at the times of `target`, interpolated between places in the year. See {@link DataArray.interpCalendar}. */
  interpCalendar(target: DataArray<any, any>, dim?: DimNames<V>): Dataset<MapUnary<V>> {
    return this[WRAP_DATASET](interpCalendar(this[PARTS], target[PARTS], dim));
  }
}
