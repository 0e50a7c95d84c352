/**
 * Labelled data as plain objects and back: xarray's `to_dict` and `from_dict`.
 *
 * What is written is what JSON can hold, except integers beyond 2⁵³; times are milliseconds under their
 * dtype. Takes and returns parts; may import `create/` and what is below `ops/`.
 *
 * @example
 * ```ts
 * datasetFromDict(datasetToDict(parts)); // the same variables, coordinates and attributes
 * ```
 */
export {
  arrayFromDict,
  arrayToDict,
  type DatasetDict,
  type DictOptions,
  datasetFromDict,
  datasetToDict,
  type VariableDict,
} from "./dict.ts";
