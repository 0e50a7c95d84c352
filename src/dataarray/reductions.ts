/** Reductions over dimensions, as methods of DataArray. */

import type { ReduceName } from "../array/index.ts";
import type { MeanOf, SumOf } from "../dtypes/type-level.ts";
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { type ArrayParts, PARTS } from "../ops/parts.ts";
import {
  argExtreme,
  argExtremes,
  cumulativeOp,
  type Dims as DimNames,
  type ExtremeOptions,
  type IdxOptions,
  idxExtreme,
  medianOp,
  type QuantileOptions,
  quantileOp,
  type ReduceOpOptions,
  reduceOp,
} from "../ops/reduce/index.ts";
import { WRAP } from "./base.ts";
import { DataArrayMissing } from "./missing.ts";
import type { OneOrMany, ReductionOptions } from "./types.ts";

/**
 * DataArray's reductions. They take one dimension, several, or all (`"..."` or none), then options;
 * options may come first where all dimensions are meant.
 */
export abstract class DataArrayReductions<Dims extends string, T extends DType> extends DataArrayMissing<Dims, T> {
  #reduce(name: ReduceName, dim: unknown, options?: ReduceOpOptions): DataArray<any, any> {
    const [dims, rest] = splitOptions(dim, options);
    return this[WRAP](reduceOp<ArrayParts>(name, this[PARTS], dims, rest));
  }

  /** Sum. Integers sum exactly; floats in float64. With `minCount`, fewer valid values give a missing one. */
  sum<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | (ReductionOptions & { readonly minCount?: number | undefined }),
    options?: ReductionOptions & { readonly minCount?: number | undefined },
  ): DataArray<Exclude<Dims, K>, SumOf<T>> {
    return this.#reduce("sum", dim, options);
  }

  /** Product. With `minCount`, fewer valid values give a missing one. */
  prod<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | (ReductionOptions & { readonly minCount?: number | undefined }),
    options?: ReductionOptions & { readonly minCount?: number | undefined },
  ): DataArray<Exclude<Dims, K>, SumOf<T>> {
    return this.#reduce("prod", dim, options);
  }

  /**
   * Arithmetic mean.
   *
   * @example
   * ```ts
   * air.mean("time"); // DataArray<"lat" | "lon">
   * air.mean(["lat", "lon"], { skipna: false });
   * ```
   */
  mean<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims, K>, MeanOf<T>> {
    return this.#reduce("mean", dim, options);
  }

  /** Standard deviation. `ddof` (default 0) is taken from the count. */
  std<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | (ReductionOptions & { readonly ddof?: number | undefined }),
    options?: ReductionOptions & { readonly ddof?: number | undefined },
  ): DataArray<Exclude<Dims, K>, MeanOf<T>> {
    return this.#reduce("std", dim, options);
  }

  /** Variance. `ddof` (default 0) is taken from the count. */
  var<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | (ReductionOptions & { readonly ddof?: number | undefined }),
    options?: ReductionOptions & { readonly ddof?: number | undefined },
  ): DataArray<Exclude<Dims, K>, MeanOf<T>> {
    return this.#reduce("var", dim, options);
  }

  /** Least value. */
  min<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims, K>, T> {
    return this.#reduce("min", dim, options);
  }

  /** Greatest value. */
  max<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims, K>, T> {
    return this.#reduce("max", dim, options);
  }

  /** Median. */
  median<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims, K>, MeanOf<T>> {
    const [dims, rest] = splitOptions(dim, options);
    return this[WRAP](medianOp<ArrayParts>(this[PARTS], dims, rest));
  }

  /** Number of values that are there. */
  count<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims, K>, "int64"> {
    return this.#reduce("count", dim, options);
  }

  /** Whether any value is true. */
  any<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims, K>, "bool"> {
    return this.#reduce("any", dim, options);
  }

  /** Whether all values are true. */
  all<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims, K>, "bool"> {
    return this.#reduce("all", dim, options);
  }

  /** First value along `dim` that is there (with `skipna: false`, the first one whatever it is). */
  first<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims, K>, T> {
    return this.#reduce("first", dim, options);
  }

  /** Last value along `dim` that is there (with `skipna: false`, the last one whatever it is). */
  last<const K extends Dims = Dims>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims, K>, T> {
    return this.#reduce("last", dim, options);
  }

  /**
   * Quantiles with `q` between 0 and 1: a list of them gives a new first dimension `quantile`.
   *
   * `method` is one of NumPy's (default `"linear"`).
   */
  quantile<const Q extends number | readonly number[], const K extends Dims = Dims>(
    q: Q,
    dim?: OneOrMany<K> | "...",
    options?: QuantileOptions,
  ): DataArray<Exclude<Dims, K> | (Q extends number ? never : "quantile"), MeanOf<T>> {
    return this[WRAP](quantileOp<ArrayParts>(this[PARTS], q, dim, options));
  }

  /** Running sum along `dim` (along every dimension in turn where none is named); missing values count as 0. */
  cumsum(dim?: OneOrMany<Dims> | "...", options?: ReductionOptions): DataArray<Dims, SumOf<T>> {
    return this[WRAP](cumulativeOp<ArrayParts>("sum", this[PARTS], dim, options));
  }

  /** Running product along `dim`; missing values count as 1. */
  cumprod(dim?: OneOrMany<Dims> | "...", options?: ReductionOptions): DataArray<Dims, SumOf<T>> {
    return this[WRAP](cumulativeOp<ArrayParts>("prod", this[PARTS], dim, options));
  }

  /**
   * Position of the least value along `dim`, of the flattened values where none is named; for a list or `"..."`
   * one array for each dimension.
   *
   * @throws ArgumentError where a slice has no value at all and missing ones are passed over.
   */
  argmin<const K extends Dims>(dim?: K, options?: ExtremeOptions): DataArray<Exclude<Dims, K>, "int64">;
  argmin(dims: readonly Dims[] | "...", options?: ExtremeOptions): { readonly [dim: string]: DataArray<any, "int64"> };
  argmin(dim?: string | readonly string[], options?: ExtremeOptions): unknown {
    return this.#positions("argmin", dim, options);
  }

  /** Position of the greatest value. See {@link argmin}. */
  argmax<const K extends Dims>(dim?: K, options?: ExtremeOptions): DataArray<Exclude<Dims, K>, "int64">;
  argmax(dims: readonly Dims[] | "...", options?: ExtremeOptions): { readonly [dim: string]: DataArray<any, "int64"> };
  argmax(dim?: string | readonly string[], options?: ExtremeOptions): unknown {
    return this.#positions("argmax", dim, options);
  }

  #positions(which: "argmin" | "argmax", dim: string | readonly string[] | undefined, options?: ExtremeOptions): unknown {
    if (dim === undefined || (typeof dim === "string" && dim !== "..."))
      return this[WRAP](argExtreme<ArrayParts>(which, this[PARTS], dim, options));
    const each = argExtremes(which, this[PARTS], dim as readonly string[] | "...", options);
    return Object.fromEntries(Object.entries(each).map(([name, parts]) => [name, this[WRAP](parts)]));
  }

  /** Label of the least value along `dim`, missing where all values are. */
  idxmin<const K extends Dims = Dims>(dim?: K, options?: IdxOptions): DataArray<Exclude<Dims, K>, any> {
    return this[WRAP](idxExtreme<ArrayParts>("argmin", this[PARTS], dim, options));
  }

  /** Label of the greatest value along `dim`, missing where all values are. */
  idxmax<const K extends Dims = Dims>(dim?: K, options?: IdxOptions): DataArray<Exclude<Dims, K>, any> {
    return this[WRAP](idxExtreme<ArrayParts>("argmax", this[PARTS], dim, options));
  }
}

/** Options may stand where dimensions do. */
export function splitOptions<O extends object>(dim: unknown, options: O | undefined): [DimNames, O | undefined] {
  return typeof dim === "object" && dim !== null && !Array.isArray(dim) ? [undefined, dim as O] : [dim as DimNames, options];
}
