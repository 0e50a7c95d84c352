/**
 * The methods of DataArray, a theme a file, and what methods of DataArray and Dataset share.
 *
 * The themes are a chain of abstract classes, `DataArrayBase → DataArrayIndexing → … → DataArrayIo`, whose
 * methods are one to three lines that wrap functions of `ops/` on parts; the leaf is in `model.ts`. Beside
 * them stand what methods give back: groups, windows, accessors. Layer 7: imports values from layers 0–6,
 * and the classes as types only.
 *
 * @example
 * ```ts
 * mean(dim, options) { return this[WRAP](reduceOp("mean", this[PARTS], dim, options)); }
 * ```
 */
export { WRAP, WRAP_DATASET } from "./base.ts";
export { DataArrayIo } from "./io.ts";
