/** A series in spans of time: what `resample` gives. */
import type { MeanOf, MissingOf } from "../dtypes/type-level.ts";
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { reduceGroups } from "../ops/groupby/index.ts";
import { type InterpolateKind, interpolateSeries, type UpsampleMethod, upsample } from "../ops/resample/index.ts";
import { DataArrayGroupBy } from "./groupby.ts";

/** How far a value may be from the time it is taken for: milliseconds, or a duration such as `"3h"`. */
export interface UpsampleOptions {
  readonly tolerance?: number | string | undefined;
}

/**
 * An array in spans of time along `R`. Downwards every reduction of groups; upwards the values at the
 * labels of the spans.
 *
 * @example
 * ```ts
 * air.resample({ time: "MS" }).mean();
 * air.resample({ time: "3h" }).interpolate("linear");
 * ```
 */
export class DataArrayResample<D extends string, T extends DType, R extends string> extends DataArrayGroupBy<D, T, R, R, true> {
  private filled(method: UpsampleMethod, options: UpsampleOptions = {}): DataArray<any, any> {
    return this.wrap(upsample(this.grouping, method, options.tolerance));
  }

  /** The values at the new times, missing where there are none. */
  asfreq(): DataArray<D, MeanOf<T>> {
    return this.wrap(reduceGroups("mean", this.grouping, this.grouping.dims));
  }

  /** The last value before each new time. */
  ffill(options?: UpsampleOptions): DataArray<D, MissingOf<T>> {
    return this.filled("ffill", options);
  }

  /** The same as `ffill`. */
  pad(options?: UpsampleOptions): DataArray<D, MissingOf<T>> {
    return this.filled("ffill", options);
  }

  /** The next value after each new time. */
  bfill(options?: UpsampleOptions): DataArray<D, MissingOf<T>> {
    return this.filled("bfill", options);
  }

  /** The same as `bfill`. */
  backfill(options?: UpsampleOptions): DataArray<D, MissingOf<T>> {
    return this.filled("bfill", options);
  }

  /** The nearest value to each new time. */
  nearest(options?: UpsampleOptions): DataArray<D, MissingOf<T>> {
    return this.filled("nearest", options);
  }

  /** Values interpolated at the new times, missing outside of the old ones. */
  interpolate(kind: InterpolateKind = "linear"): DataArray<D, MeanOf<T>> {
    return this.wrap(interpolateSeries(this.grouping, kind));
  }
}
