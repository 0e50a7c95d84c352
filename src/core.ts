/**
 * graticule/core: arrays and variables without labels, for those who count bytes.
 *
 * `NDArray`, lazy arrays and `Variable` with the functions on them; no coordinates, no classes on top.
 *
 * @module
 */

export type { AsArrayOptions } from "./array/create.ts";
export type { ChunkGrid } from "./array/grid.ts";
export {
  asArray,
  type BinaryName,
  binary,
  broadcastTo,
  cast,
  concat,
  expandDims,
  full,
  LazyArray,
  NDArray,
  pad,
  type ReduceName,
  reduce,
  reshape,
  select,
  squeeze,
  transpose,
  type UnaryName,
  unary,
  where,
} from "./array/index.ts";
export type { AnyArray } from "./array/lazy.ts";
export type { Meta, Shape } from "./array/meta.ts";
export type { PadOptions } from "./array/pad.ts";
export type { AxisIndex } from "./array/pick.ts";
export type { QuantileOptions } from "./array/quantile.ts";
export type { ReduceOptions } from "./array/reduce.ts";
export type { Complex, DType, Value, ValueOf, ValuesOf } from "./dtypes/index.ts";
export * from "./errors.ts";
export type { PositionIndexer } from "./indexing/indexers.ts";
export { getOptions, type JoinMode, type Options, setOptions } from "./options.ts";
export * from "./variable/index.ts";
