/** Windows and weights, as methods of DataArray. */
import type { MeanOf } from "../dtypes/type-level.ts";
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { type ArrayParts, PARTS } from "../ops/parts.ts";
import { checkedWeights } from "../ops/weighted/index.ts";
import { coarsenOf, cumulativeOf, exponentialOf, type RollingExpOptions, rollingOf } from "../ops/windows/index.ts";
import { WRAP } from "./base.ts";
import { type CoarsenOptions, coarsenOptions, DataArrayCoarsen } from "./coarsen.ts";
import { DataArrayGrouping } from "./grouping.ts";
import { DataArrayRolling } from "./rolling.ts";
import type { OneOrMany } from "./types.ts";
import { DataArrayWeighted } from "./weighted.ts";
import { RollingExp } from "./window-reductions.ts";

/** Options of `rolling`. */
export interface RollingOptions<Dims extends string = string> {
  /** Label windows by their middle (after it where the window is even) instead of their last position. */
  readonly center?: boolean | { readonly [K in Dims]?: boolean | undefined } | undefined;
  /** Fewest values that make a result (default: all of the window). */
  readonly minPeriods?: number | undefined;
}

/** DataArray's windows: moving, growing, fading, in blocks; and weights. */
export abstract class DataArrayWindows<Dims extends string, T extends DType> extends DataArrayGrouping<Dims, T> {
  /**
   * Moving windows along dimensions, to be reduced: `mean`, `max`, `construct`, …
   *
   * @example
   * ```ts
   * air.rolling({ time: 7 }, { center: true, minPeriods: 4 }).mean();
   * ```
   */
  rolling(windows: { readonly [K in Dims]?: number | undefined }, options?: RollingOptions<Dims>): DataArrayRolling<Dims, T> {
    return new DataArrayRolling(this[PARTS], rollingOf(this[PARTS], windows, options), (parts) => this[WRAP](parts));
  }

  /** Windows that grow: from the first position to each. `minPeriods` is 1 unless given. */
  cumulative(dim: OneOrMany<Dims>, options?: { readonly minPeriods?: number | undefined }): DataArrayRolling<Dims, T> {
    return new DataArrayRolling(this[PARTS], cumulativeOf(this[PARTS], dim, options?.minPeriods), (parts) => this[WRAP](parts));
  }

  /**
   * Exponentially weighted windows along one dimension.
   *
   * @example
   * ```ts
   * air.rollingExp({ time: 10 }, { windowType: "halflife" }).mean();
   * ```
   */
  rollingExp(window: { readonly [K in Dims]?: number | undefined }, options?: RollingExpOptions): RollingExp<DataArray<Dims, MeanOf<T>>> {
    return new RollingExp(this[PARTS], exponentialOf(this[PARTS], window, options), (parts) => this[WRAP](parts));
  }

  /**
   * Blocks of neighbouring positions, to be reduced: a coarser grid.
   *
   * @throws DimensionError on reducing, where blocks do not fill a dimension and `boundary` is `"exact"` (the default).
   * @example
   * ```ts
   * air.coarsen({ lat: 2, lon: 2 }, { boundary: "trim" }).mean();
   * ```
   */
  coarsen(windows: { readonly [K in Dims]?: number | undefined }, options: CoarsenOptions = {}): DataArrayCoarsen<Dims, T> {
    const wrap = (parts: ArrayParts): DataArray<any, any> => this[WRAP](parts);
    return new DataArrayCoarsen(this[PARTS], coarsenOf(this[PARTS], windows, coarsenOptions(options, wrap)), wrap);
  }

  /**
   * Weights for `mean`, `sum`, `std`, `var` and `quantile`; they meet by dimension name and label.
   *
   * @throws ArgumentError where weights are missing: when computed, if they are lazy.
   * @example
   * ```ts
   * air.weighted(air.get("lat").radians().cos()).mean(["lat", "lon"]);
   * ```
   */
  weighted<E extends string>(weights: DataArray<E, any>): DataArrayWeighted<Dims, E> {
    return new DataArrayWeighted(this[PARTS], checkedWeights(weights), (parts) => this[WRAP](parts));
  }
}
