/**
 * Free functions: what makes arrays, puts several together, or computes on several at once.
 *
 * They unwrap their arguments to parts, call the same `ops/` as the methods do, and wrap the results.
 * Layer 8: may import everything below; `index.ts` of the root exports all of it.
 *
 * @example
 * ```ts
 * const all = concat([january, february], "time");
 * const [low, high] = await compute(all.min(), all.max());
 * ```
 */
export { applyUfunc, type MapBlocksOptions, mapBlocks } from "./apply.ts";
export { align, broadcast, combineByCoords, combineNested, concat, merge } from "./combine.ts";
export { compute, where } from "./compute.ts";
export {
  arange,
  cftimeRange,
  dateRange,
  dateRangeLike,
  full,
  fullLike,
  inferFreq,
  linspace,
  ones,
  onesLike,
  zeros,
  zerosLike,
} from "./create.ts";
export { type CorrOptions, corr, cov, cross, dot, type OverDims, polyval } from "./fit.ts";
export * as groupers from "./groupers.ts";
export * as ufuncs from "./ufuncs.ts";
