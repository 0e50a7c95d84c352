/**
 * Weighted statistics on parts: values and weights meet by label and by dimension name, and are
 * reduced together in one pass.
 *
 * May import `variable/`, `ops/align`, `ops/arithmetic` and `ops/reduce`. Takes and returns parts,
 * never the classes.
 *
 * @example
 * ```ts
 * weightedOp("mean", air, checkedWeights(area), ["lat", "lon"]);
 * ```
 */
export { checkedWeights, type WeightedOptions, weightedOp, weightedQuantileOp } from "./weighted.ts";
