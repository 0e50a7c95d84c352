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
export { argExtreme, argExtremes, type Extreme, type ExtremeOptions, idxExtreme, type IdxOptions } from "./extremes.ts";
export { rankOp, type RankOptions } from "./rank.ts";
export {
  coordsWithout, cumulativeOp, type Dims, medianOp, quantileOp, type QuantileOptions, reducedDims, reduceOp, type ReduceOpOptions, reduceWith,
  type VariableReduction,
} from "./reduce.ts";
