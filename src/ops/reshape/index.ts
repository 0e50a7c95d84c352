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
export { assignCoords, type DropOptions, dropDims, dropVars, type ResetCoordsOptions, resetCoords, setCoords } from "./coords.ts";
export { type ExpandDimsOptions, expandDims, type NewDims, type TransposeOptions, transpose, transposeArguments } from "./dims.ts";
export { type Names, type RenameWhat, rename, swapDims } from "./rename.ts";
export { type PadOpOptions, type PadWidths, pad, roll, type ShiftOptions, type Shifts, type SortOptions, shift, sortby } from "./shift.ts";
export { type StackOptions, stack, type UnstackOptions, unstack } from "./stack.ts";
export { arrayToDataset, datasetToArray, withData } from "./to-dataset.ts";
