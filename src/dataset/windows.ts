/** Windows and weights, as methods of Dataset. */
import { WRAP, WRAP_DATASET } from "../dataarray/base.ts";
import { type CoarsenOptions, coarsenOptions } from "../dataarray/coarsen.ts";
import type { OneOrMany } from "../dataarray/types.ts";
import { RollingExp } from "../dataarray/window-reductions.ts";
import type { RollingOptions } from "../dataarray/windows.ts";
import type { DataArray, Dataset } from "../model.ts";
import { type ArrayParts, PARTS } from "../ops/parts.ts";
import { checkedWeights } from "../ops/weighted/index.ts";
import { coarsenOf, cumulativeOf, exponentialOf, type Rolling, type RollingExpOptions, rollingOf } from "../ops/windows/index.ts";
import { DatasetCoarsen } from "./coarsen.ts";
import { DatasetGrouping } from "./grouping.ts";
import { DatasetRolling } from "./rolling.ts";
import type { DimNames, MapUnary, Vars } from "./types.ts";
import { DatasetWeighted } from "./weighted.ts";

/** Lengths of windows by dimension. */
type Sizes<V extends Vars> = { readonly [K in DimNames<V>]?: number | undefined };

/** Dataset's windows: moving, growing, fading, in blocks; and weights. */
export abstract class DatasetWindows<V extends Vars> extends DatasetGrouping<V> {
  #rolling(spec: Rolling): DatasetRolling<V> {
    return new DatasetRolling(
      this[PARTS],
      spec,
      (parts) => this[WRAP_DATASET](parts),
      (parts) => this[WRAP](parts),
    );
  }

  /** Moving windows along dimensions, to be reduced. See {@link DataArray.rolling}. */
  rolling(windows: Sizes<V>, options?: RollingOptions<DimNames<V>>): DatasetRolling<V> {
    return this.#rolling(rollingOf(this[PARTS], windows, options));
  }

  /** Windows that grow: from the first position to each. See {@link DataArray.cumulative}. */
  cumulative(dim: OneOrMany<DimNames<V>>, options?: { readonly minPeriods?: number | undefined }): DatasetRolling<V> {
    return this.#rolling(cumulativeOf(this[PARTS], dim, options?.minPeriods));
  }

  /** Exponentially weighted windows along one dimension. See {@link DataArray.rollingExp}. */
  rollingExp(window: Sizes<V>, options?: RollingExpOptions): RollingExp<Dataset<MapUnary<V>>> {
    return new RollingExp(this[PARTS], exponentialOf(this[PARTS], window, options), (parts) => this[WRAP_DATASET](parts));
  }

  /** Blocks of neighbouring positions, to be reduced. See {@link DataArray.coarsen}. */
  coarsen(windows: Sizes<V>, options: CoarsenOptions = {}): DatasetCoarsen<V> {
    const wrap = (parts: ArrayParts): DataArray<any, any> => this[WRAP](parts);
    return new DatasetCoarsen(
      this[PARTS],
      coarsenOf(this[PARTS], windows, coarsenOptions(options, wrap)),
      (parts) => this[WRAP_DATASET](parts),
      wrap,
    );
  }

  /** Weights for statistics of every variable. See {@link DataArray.weighted}. */
  weighted(weights: DataArray<any, any>): DatasetWeighted<V> {
    return new DatasetWeighted(this[PARTS], checkedWeights(weights), (parts) => this[WRAP_DATASET](parts));
  }
}
