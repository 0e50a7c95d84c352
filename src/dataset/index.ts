/**
 * The methods of Dataset, a theme a file.
 *
 * A chain of abstract classes like DataArray's, `DatasetBase → DatasetIndexing → … → DatasetIo`, over the
 * same functions of `ops/`; the leaf is in `model.ts`. Types follow the record of variables (`Vars`).
 * Layer 7: imports values from layers 0–6 and `dataarray/`, and the classes as types only.
 *
 * @example
 * ```ts
 * isel(indexers, options) { return this[WRAP_DATASET](isel(this[PARTS], indexers, options)); }
 * ```
 */
export { DatasetIo } from "./io.ts";
export type { Vars } from "./types.ts";
