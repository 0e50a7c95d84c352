/**
 * Variables: arrays with named dimensions, and the functions on them.
 *
 * A variable knows neither coordinates nor labels. Functions take and return variables and turn names
 * into axes; the work is done by `array/`. May import `array/` and below; never `indexing/` values.
 *
 * @example
 * ```ts
 * const v = new Variable(["time", "x"], asArray([[1, 2], [3, 4]]));
 * reduceVariable("mean", v, "time").values; // Float64Array [2, 3]
 * ```
 */
export type { Attrs, AttrValue, Encoding } from "./attrs.ts";
export { broadcastVariable, broadcastVariables, expandEllipsis, onDims, transposeVariable, unifiedSizes } from "./broadcast.ts";
export { equalVariables, identicalVariables, sameNode } from "./compare.ts";
export {
  binaryVariable,
  commonAttrs,
  concatVariables,
  cumulativeVariable,
  keptAttrs,
  meet,
  quantileVariable,
  reduceVariable,
  sameAttr,
  scalarVariable,
  unaryVariable,
  whereVariable,
} from "./compute.ts";
export { iselVariable, type PositionIndexers } from "./isel.ts";
export { addDim, renameVariableDims, squeezeVariable, stackVariable, unstackVariable } from "./reshape.ts";
export { loadedArray, Variable, type VariableOptions } from "./variable.ts";
