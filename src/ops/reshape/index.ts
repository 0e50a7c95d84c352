/**
 * Changing form: names, order and number of dimensions, coordinates, positions. Values stay, or move.
 *
 * May import `variable/`, `indexing/`, `ops/selecting`, `ops/align` and `ops/create`. Written for datasets;
 * `viaDataset` lends it to arrays.
 *
 * @example
 * ```ts
 * viaDataset(air, (ds) => transpose(ds, ["lon", "..."]));
 * ```
 */
export { assignCoords, dropDims, type DropOptions, dropVars, resetCoords, type ResetCoordsOptions, setCoords } from "./coords.ts";
export { expandDims, type ExpandDimsOptions, type NewDims, transpose, transposeArguments, type TransposeOptions } from "./dims.ts";
export { type Names, rename, type RenameWhat, swapDims } from "./rename.ts";
export { pad, type PadOpOptions, type PadWidths, roll, shift, type ShiftOptions, type Shifts, sortby, type SortOptions } from "./shift.ts";
export { stack, type StackOptions, unstack, type UnstackOptions } from "./stack.ts";
export { arrayToDataset, datasetToArray, withData } from "./to-dataset.ts";
