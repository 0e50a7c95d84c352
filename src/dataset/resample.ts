/** A dataset in spans of time: what `resample` gives. */
import type { UpsampleOptions } from "../dataarray/resample.ts";
import type { Dataset } from "../model.ts";
import { reduceGroups } from "../ops/groupby/index.ts";
import { type InterpolateKind, interpolateSeries, type UpsampleMethod, upsample } from "../ops/resample/index.ts";
import { DatasetGroupBy } from "./groupby.ts";
import type { Vars } from "./types.ts";

/** A dataset in spans of time along `R`. See {@link DataArrayResample}. */
export class DatasetResample<V extends Vars, R extends string> extends DatasetGroupBy<V, R, R> {
  private filled(method: UpsampleMethod, options: UpsampleOptions = {}): Dataset<any> {
    return this.wrap(upsample(this.grouping, method, options.tolerance));
  }

  /** The values at the new times, missing where there are none. */
  asfreq(): Dataset<V> {
    return this.wrap(reduceGroups("mean", this.grouping, this.grouping.dims));
  }

  /** The last value before each new time. */
  ffill(options?: UpsampleOptions): Dataset<V> {
    return this.filled("ffill", options);
  }

  /** The same as `ffill`. */
  pad(options?: UpsampleOptions): Dataset<V> {
    return this.filled("ffill", options);
  }

  /** The next value after each new time. */
  bfill(options?: UpsampleOptions): Dataset<V> {
    return this.filled("bfill", options);
  }

  /** The same as `bfill`. */
  backfill(options?: UpsampleOptions): Dataset<V> {
    return this.filled("bfill", options);
  }

  /** The nearest value to each new time. */
  nearest(options?: UpsampleOptions): Dataset<V> {
    return this.filled("nearest", options);
  }

  /** Values interpolated at the new times, missing outside of the old ones. */
  interpolate(kind: InterpolateKind = "linear"): Dataset<V> {
    return this.wrap(interpolateSeries(this.grouping, kind));
  }
}
