/**
 * Making arrays and datasets out of what users have.
 *
 * May import `variable/`, `indexing/` and the other operations on parts below it.
 *
 * @example
 * ```ts
 * buildArray([1, 2, 3], { dims: "x", coords: { x: [10, 20, 30] } });
 * ```
 */
export { buildArray, checkCoords, type DataArrayOptions } from "./array.ts";
export { buildCoords, type CoordsInput, defaultIndex, isDimensionCoord } from "./coords.ts";
export { buildDataset, type DatasetOptions } from "./dataset.ts";
export { arrayData, arrayParts, asVariable, type VariableInput, type VariableTuple } from "./variable.ts";
