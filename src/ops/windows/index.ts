/**
 * Windows on parts: moving ones (`rolling`, `cumulative`), fading ones (`rollingExp`), and blocks
 * (`coarsen`).
 *
 * A window is asked for by dimension and checked once (`rollingOf`, `coarsenOf`, `exponentialOf`); what
 * comes out is plain data that the reductions take. May import `variable/`, `indexing/` and the ops
 * of selecting. Takes and returns parts, never the classes.
 *
 * @example
 * ```ts
 * rollingReduce("mean", air, rollingOf(air, { time: 7 }, { center: true }));
 * coarsenReduce("max", air, coarsenOf(air, { lat: 2, lon: 2 }, { boundary: "trim" }));
 * ```
 */
export {
  type BlockFunction,
  type BlockReduction,
  type Boundary,
  type Coarsen,
  type CoarsenOptions,
  type CoarsenReduceOptions,
  coarsenConstruct,
  coarsenOf,
  coarsenReduce,
} from "./coarsen.ts";
export { type Exponential, type ExponentialType, exponentialOf, exponentialReduce, type RollingExpOptions } from "./exponential.ts";
export {
  type ConstructOptions,
  cumulativeOf,
  eachWindowed,
  type Rolling,
  type RollingOptions,
  type RollingReduceOptions,
  rollingConstruct,
  rollingOf,
  rollingReduce,
  type Window,
  whereEnough,
  windowsOf,
} from "./rolling.ts";
export type { PerDim, WindowSizes } from "./spec.ts";
