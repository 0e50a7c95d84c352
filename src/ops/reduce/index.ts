/**
 * Reductions on parts: over named dimensions, of arrays and of every variable of a dataset.
 *
 * May import `variable/` and below. Takes and returns parts, never the classes.
 *
 * @example
 * ```ts
 * reduceOp("mean", air, ["lat", "lon"], { skipna: true });
 * ```
 */
export { argExtreme, argExtremes, type Extreme, type ExtremeOptions, type IdxOptions, idxExtreme } from "./extremes.ts";
export { type RankOptions, rankOp } from "./rank.ts";
export {
  coordsWithout,
  cumulativeOp,
  type Dims,
  medianOp,
  type QuantileOptions,
  quantileOp,
  type ReduceOpOptions,
  reducedDims,
  reduceOp,
  reduceWith,
  type VariableReduction,
} from "./reduce.ts";
