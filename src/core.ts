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
export type { Complex, DType, Value, ValueOf, ValuesOf } from "./dtypes/index.ts";
