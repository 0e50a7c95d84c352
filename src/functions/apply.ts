/** Free functions that apply users' functions: to plain arrays under labelled ones, and to labelled blocks. */
import { arrayFromParts, type DataArray, type Dataset, datasetFromParts } from "../model.ts";
import { type ApplyUfuncOptions, type ArrayFunction, applyUfunc as applyParts, mapBlocks as mapParts } from "../ops/apply/index.ts";
import { toOperand } from "../ops/operand.ts";
import { type ArrayParts, type DatasetParts, fromDatasetParts, isDatasetParts, PARTS, THIS_ARRAY, toDatasetParts } from "../ops/parts.ts";
import { wrapParts } from "./compute.ts";

/**
 * Apply a function of plain arrays (NDArrays) to labelled ones: aligned by label and broadcast by name, with
 * core dimensions last. With `vectorize` the function sees single values and core arrays.
 *
 * On lazy arguments it runs block by block when the result is computed; `outputDtypes` and `outputSizes` then
 * say what it makes. With several `outputCoreDims` the result is a list.
 *
 * @throws DimensionError where a core dimension is missing or the function breaks its promise.
 * @example
 * ```ts
 * const range = applyUfunc((t) => Math.max(...t.data) - Math.min(...t.data), [air], { inputCoreDims: [["time"]], vectorize: true });
 * ```
 */
export function applyUfunc(fn: ArrayFunction, args: readonly unknown[], options: ApplyUfuncOptions = {}): any {
  const results = applyParts(fn, args.map(toOperand), options).map(wrapParts);
  return (options.outputCoreDims?.length ?? 1) === 1 ? results[0] : results;
}

/** Options of {@link mapBlocks}. */
export interface MapBlocksOptions {
  /** Further arguments of the function. */
  readonly args?: readonly unknown[] | undefined;
  /** What the result looks like: dimensions, dtypes, coordinates (default: like the input). */
  readonly template?: DataArray<any, any> | Dataset<any> | undefined;
}

/**
 * Apply a function of DataArrays or Datasets to each block of a lazy one, with the labels that belong to the
 * block; data in memory is one block.
 *
 * @example
 * ```ts
 * mapBlocks((block) => block.sub(block.mean("lon")), air);
 * ```
 */
export function mapBlocks<O extends DataArray<any, any> | Dataset<any>>(
  fn: (block: O, ...args: any[]) => DataArray<any, any> | Dataset<any>,
  object: O,
  options: MapBlocksOptions = {},
): any {
  const args = options.args ?? [];
  if (!object.isLazy) return fn(object, ...args);
  const parts = object[PARTS] as ArrayParts | DatasetParts;
  const template = options.template?.[PARTS] ?? parts;
  const results = mapParts(
    asDataset(parts),
    (block) => {
      const own = isDatasetParts(parts) ? datasetFromParts(block) : arrayFromParts(fromDatasetParts(block, parts.name));
      return asDataset(fn(own as unknown as O, ...args)[PARTS]);
    },
    asDataset(template),
  );
  if (results.vars.has(THIS_ARRAY)) return arrayFromParts(fromDatasetParts(results, isDatasetParts(template) ? undefined : template.name));
  return datasetFromParts(results);
}

const asDataset = (parts: ArrayParts | DatasetParts): DatasetParts => (isDatasetParts(parts) ? parts : toDatasetParts(parts));
