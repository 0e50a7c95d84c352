/** Weighted statistics of a DataArray, and what those of a Dataset have in common with them. */
import type { WeightedName } from "../array/index.ts";
import type { DataArray } from "../model.ts";
import type { ArrayParts, DatasetParts } from "../ops/parts.ts";
import type { Dims as DimNames } from "../ops/reduce/index.ts";
import { type WeightedOptions, weightedOp, weightedQuantileOp } from "../ops/weighted/index.ts";
import { splitOptions } from "./reductions.ts";
import type { OneOrMany, ReductionOptions } from "./types.ts";
import type { KeepAttrs, Wrap } from "./window-reductions.ts";

/** Values and weights that wait for a statistic. */
export abstract class Weighted<P extends ArrayParts | DatasetParts> {
  protected readonly parts: P;
  protected readonly weights: ArrayParts;
  protected readonly wrap: Wrap<P, any>;

  constructor(parts: P, weights: ArrayParts, wrap: Wrap<P, any>) {
    this.parts = parts;
    this.weights = weights;
    this.wrap = wrap;
  }

  protected reduce(name: WeightedName, dim: unknown, options?: WeightedOptions): any {
    const [dims, rest] = splitOptions(dim, options);
    return this.wrap(weightedOp(name, this.parts, this.weights, dims, rest));
  }

  protected quantiles(q: number | readonly number[], dim: unknown, options?: WeightedOptions): any {
    const [dims, rest] = splitOptions(dim, options);
    return this.wrap(weightedQuantileOp(this.parts, this.weights, q, dims as DimNames, rest));
  }

  /** What it is, as `DataArrayWeighted with weights along dimensions: lat, lon`. */
  toString(): string {
    return `${this.constructor.name} with weights along dimensions: ${this.weights.variable.dims.join(", ")}`;
  }
}

/**
 * Weighted statistics of a DataArray: what {@link DataArray.weighted} gives. They take dimensions of the
 * values and of the weights (all by default); missing values count for nothing.
 */
export class DataArrayWeighted<Dims extends string, E extends string> extends Weighted<ArrayParts> {
  /** Weighted sum. */
  sum<const K extends Dims | E = Dims | E>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims | E, K>, any> {
    return this.reduce("sum", dim, options);
  }

  /** Weighted mean, missing where the weights add up to 0. */
  mean<const K extends Dims | E = Dims | E>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims | E, K>, any> {
    return this.reduce("mean", dim, options);
  }

  /** Weighted variance: the weighted mean of squared distances from the weighted mean. */
  var<const K extends Dims | E = Dims | E>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims | E, K>, any> {
    return this.reduce("var", dim, options);
  }

  /** Weighted standard deviation. */
  std<const K extends Dims | E = Dims | E>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims | E, K>, any> {
    return this.reduce("std", dim, options);
  }

  /** Sum of the weights of values that are there, missing where it is 0. */
  sumOfWeights<const K extends Dims | E = Dims | E>(
    dim?: OneOrMany<K> | "..." | KeepAttrs,
    options?: KeepAttrs,
  ): DataArray<Exclude<Dims | E, K>, any> {
    return this.reduce("weights", dim, options);
  }

  /** Weighted sum of squared distances from the weighted mean. */
  sumOfSquares<const K extends Dims | E = Dims | E>(
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims | E, K>, any> {
    return this.reduce("squares", dim, options);
  }

  /**
   * Weighted quantiles with `q` between 0 and 1, along a new first dimension `quantile`; dimensions of length 1
   * go, as in xarray.
   */
  quantile<const Q extends number | readonly number[], const K extends Dims | E = Dims | E>(
    q: Q,
    dim?: OneOrMany<K> | "..." | ReductionOptions,
    options?: ReductionOptions,
  ): DataArray<Exclude<Dims | E, K> | (Q extends number ? never : "quantile"), "float64"> {
    return this.quantiles(q, dim, options);
  }
}
