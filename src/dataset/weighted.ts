/** Weighted statistics of a Dataset. */
import type { OneOrMany, ReductionOptions } from "../dataarray/types.ts";
import { Weighted } from "../dataarray/weighted.ts";
import type { KeepAttrs } from "../dataarray/window-reductions.ts";
import type { Dataset } from "../model.ts";
import type { DatasetParts } from "../ops/parts.ts";
import type { DimNames, MapReduce, Vars } from "./types.ts";

/** Weighted statistics of every variable of a Dataset. See {@link DataArrayWeighted}. */
export class DatasetWeighted<V extends Vars> extends Weighted<DatasetParts> {
  /** Weighted sum. */
  sum<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.reduce("sum", dim, options);
  }

  /** Weighted mean, missing where the weights add up to 0. */
  mean<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.reduce("mean", dim, options);
  }

  /** Weighted variance. */
  var<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.reduce("var", dim, options);
  }

  /** Weighted standard deviation. */
  std<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.reduce("std", dim, options);
  }

  /** Sum of the weights of values that are there, missing where it is 0. */
  sumOfWeights<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | KeepAttrs,
    options?: KeepAttrs,
  ): Dataset<MapReduce<V, K>> {
    return this.reduce("weights", dim, options);
  }

  /** Weighted sum of squared distances from the weighted mean. */
  sumOfSquares<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.reduce("squares", dim, options);
  }

  /** Weighted quantiles along a new first dimension `quantile`. See {@link DataArrayWeighted.quantile}. */
  quantile<const K extends DimNames<V> = DimNames<V>>(
    q: number | readonly number[],
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<any> {
    return this.quantiles(q, dim, options);
  }
}
