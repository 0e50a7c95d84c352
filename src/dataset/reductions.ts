/** Reductions over dimensions, as methods of Dataset. */
import type { ReduceName } from "../array/index.ts";
import { WRAP_DATASET } from "../dataarray/base.ts";
import { splitOptions } from "../dataarray/reductions.ts";
import type { OneOrMany, ReductionOptions } from "../dataarray/types.ts";
import type { Dataset } from "../model.ts";
import { type DatasetParts, PARTS } from "../ops/parts.ts";
import {
  argExtreme,
  cumulativeOp,
  type ExtremeOptions,
  type IdxOptions,
  idxExtreme,
  medianOp,
  type QuantileOptions,
  quantileOp,
  type ReduceOpOptions,
  reduceOp,
} from "../ops/reduce/index.ts";
import { DatasetMissing } from "./missing.ts";
import type { DimNames, MapReduce, Vars } from "./types.ts";

/** Dataset's reductions: of every data variable over those of the dimensions that it has; variables that are not numbers are left out where they make no sense. */
export abstract class DatasetReductions<V extends Vars> extends DatasetMissing<V> {
  #reduce(name: ReduceName, dim: unknown, options?: ReduceOpOptions): Dataset<any> {
    const [dims, rest] = splitOptions(dim, options);
    return this[WRAP_DATASET](reduceOp<DatasetParts>(name, this[PARTS], dims, rest));
  }

  /** Sum. Integers sum exactly; floats in float64. See {@link DataArray.sum}. */
  sum<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | (ReductionOptions & { readonly minCount?: number | undefined }),
    options?: ReductionOptions & { readonly minCount?: number | undefined },
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("sum", dim, options);
  }

  /** Product. See {@link DataArray.prod}. */
  prod<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | (ReductionOptions & { readonly minCount?: number | undefined }),
    options?: ReductionOptions & { readonly minCount?: number | undefined },
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("prod", dim, options);
  }

  /** Arithmetic mean. See {@link DataArray.mean}. */
  mean<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("mean", dim, options);
  }

  /** Standard deviation. See {@link DataArray.std}. */
  std<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | (ReductionOptions & { readonly ddof?: number | undefined }),
    options?: ReductionOptions & { readonly ddof?: number | undefined },
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("std", dim, options);
  }

  /** Variance. See {@link DataArray.var}. */
  var<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | (ReductionOptions & { readonly ddof?: number | undefined }),
    options?: ReductionOptions & { readonly ddof?: number | undefined },
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("var", dim, options);
  }

  /** Least value. See {@link DataArray.min}. */
  min<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("min", dim, options);
  }

  /** Greatest value. See {@link DataArray.max}. */
  max<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("max", dim, options);
  }

  /** Median. See {@link DataArray.median}. */
  median<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    const [dims, rest] = splitOptions(dim, options);
    return this[WRAP_DATASET](medianOp<DatasetParts>(this[PARTS], dims, rest));
  }

  /** Number of values that are there. See {@link DataArray.count}. */
  count<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("count", dim, options);
  }

  /** Whether any value is true. See {@link DataArray.any}. */
  any<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("any", dim, options);
  }

  /** Whether all values are true. See {@link DataArray.all}. */
  all<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("all", dim, options);
  }

  /** First value along `dim` that is there. See {@link DataArray.first}. */
  first<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("first", dim, options);
  }

  /** Last value along `dim` that is there. See {@link DataArray.last}. */
  last<const K extends DimNames<V> = DimNames<V>>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): Dataset<MapReduce<V, K>> {
    return this.#reduce("last", dim, options);
  }

  /** Quantiles with `q` between 0 and 1. See {@link DataArray.quantile}. */
  quantile<const K extends DimNames<V> = DimNames<V>>(
    q: number | readonly number[],
    dim?: OneOrMany<K> | "...",
    options?: QuantileOptions,
  ): Dataset<any> {
    return this[WRAP_DATASET](quantileOp<DatasetParts>(this[PARTS], q, dim, options));
  }

  /** Running sum. See {@link DataArray.cumsum}. */
  cumsum(dim?: OneOrMany<DimNames<V>> | "...", options?: ReductionOptions): Dataset<V> {
    return this[WRAP_DATASET](cumulativeOp<DatasetParts>("sum", this[PARTS], dim, options)) as Dataset<any>;
  }

  /** Running product. See {@link DataArray.cumprod}. */
  cumprod(dim?: OneOrMany<DimNames<V>> | "...", options?: ReductionOptions): Dataset<V> {
    return this[WRAP_DATASET](cumulativeOp<DatasetParts>("prod", this[PARTS], dim, options)) as Dataset<any>;
  }

  /** Position of the least value along `dim`. See {@link DataArray.argmin}. */
  argmin<const K extends DimNames<V> = DimNames<V>>(dim?: K, options?: ExtremeOptions): Dataset<any> {
    return this[WRAP_DATASET](argExtreme<DatasetParts>("argmin", this[PARTS], dim, options));
  }

  /** Position of the greatest value along `dim`. */
  argmax<const K extends DimNames<V> = DimNames<V>>(dim?: K, options?: ExtremeOptions): Dataset<any> {
    return this[WRAP_DATASET](argExtreme<DatasetParts>("argmax", this[PARTS], dim, options));
  }

  /** Label of the least value along `dim`. See {@link DataArray.idxmin}. */
  idxmin<const K extends DimNames<V> = DimNames<V>>(dim?: K, options?: IdxOptions): Dataset<any> {
    return this[WRAP_DATASET](idxExtreme<DatasetParts>("argmin", this[PARTS], dim, options));
  }

  /** Label of the greatest value along `dim`. */
  idxmax<const K extends DimNames<V> = DimNames<V>>(dim?: K, options?: IdxOptions): Dataset<any> {
    return this[WRAP_DATASET](idxExtreme<DatasetParts>("argmax", this[PARTS], dim, options));
  }
}
