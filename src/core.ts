/**
 * graticule/core: arrays and variables without labels, for those who count bytes.
 *
 * `NDArray`, lazy arrays and `Variable` with the functions on them; no coordinates, no classes on top.
 *
 * @module
 */
export * from "./errors.ts";
export { getOptions, setOptions, type JoinMode, type Options } from "./options.ts";
export {
  asArray, binary, type BinaryName, broadcastTo, cast, concat, expandDims, full, LazyArray, NDArray, pad, reduce, type ReduceName, reshape, select, squeeze,
  transpose, unary, type UnaryName, where,
} from "./array/index.ts";
export * from "./variable/index.ts";
export type { AnyArray } from "./array/lazy.ts";
export type { AsArrayOptions } from "./array/create.ts";
export type { AxisIndex } from "./array/pick.ts";
export type { ChunkGrid } from "./array/grid.ts";
export type { Meta, Shape } from "./array/meta.ts";
export type { PadOptions } from "./array/pad.ts";
export type { QuantileOptions } from "./array/quantile.ts";
export type { ReduceOptions } from "./array/reduce.ts";
export type { Complex, DType, Value, ValueOf, ValuesOf } from "./dtypes/index.ts";
export type { PositionIndexer } from "./indexing/indexers.ts";
