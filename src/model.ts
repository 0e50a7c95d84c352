/**
 * The two leaf classes. They live together because each needs the other; everything they do is in the
 * theme classes of `dataarray/` and `dataset/`, which wrap `ops/`.
 */
import { DataArrayIo, WRAP, WRAP_DATASET } from "./dataarray/index.ts";
import { DatasetIo, type Vars } from "./dataset/index.ts";
import type { DType } from "./dtypes/types.ts";
import { arrayFromDict, type DatasetDict, datasetFromDict, type VariableDict } from "./ops/convert/index.ts";
import { buildArray, type DataArrayOptions } from "./ops/create/array.ts";
import { buildDataset, type DatasetOptions, type VariableInput } from "./ops/create/dataset.ts";
import type { ArrayParts, DatasetParts } from "./ops/parts.ts";

/** Marks parts that come from an operation, which need no checking. */
const FROM_PARTS: unique symbol = Symbol("graticule.fromParts");

/**
 * A labelled N-dimensional array: named dimensions, coordinates, attributes, a name.
 *
 * `Dims` is the union of its dimension names, so that a misspelt one does not compile; `T` is its dtype.
 *
 * @example
 * ```ts
 * const t = new DataArray([[1, 2], [3, 4]], { dims: ["lat", "lon"], coords: { lat: [10, 20] }, name: "t" });
 * t.sel({ lat: 20 }).mean("lon").item(); // 3.5
 * ```
 */
export class DataArray<Dims extends string = any, T extends DType = any> extends DataArrayIo<Dims, T> {
  /**
   * @param data nested arrays, a typed array (with `shape`), a scijs ndarray, a scalar, or another DataArray.
   * @throws DimensionError where names, shape and coordinates do not fit; DTypeError for values that cannot be elements.
   */
  constructor(data: unknown, options?: DataArrayOptions<Dims, T>);
  constructor(data: unknown, options: DataArrayOptions<Dims, T> | typeof FROM_PARTS = {}) {
    super(options === FROM_PARTS ? (data as ArrayParts) : buildArray(data, options));
  }

  /**
   * The array that {@link DataArray.toDict} wrote down.
   *
   * @throws ArgumentError for a variable without `dims` or `data`; DTypeError for an unknown `dtype`.
   * @example
   * ```ts
   * DataArray.fromDict({ dims: ["x"], data: [1, 2], attrs: { units: "K" }, coords: { x: { dims: ["x"], data: [10, 20] } } });
   * ```
   */
  static fromDict(dict: VariableDict): DataArray {
    return arrayFromParts(arrayFromDict(dict));
  }

  [WRAP](parts: ArrayParts): DataArray<any, any> {
    return arrayFromParts(parts);
  }
  [WRAP_DATASET](parts: DatasetParts): Dataset<any> {
    return datasetFromParts(parts);
  }
}

/**
 * Several arrays over shared dimensions and coordinates.
 *
 * `V` is the record of its variables' types.
 *
 * @example
 * ```ts
 * const ds = new Dataset({ t: [["x"], [1, 2, 3], { units: "K" }] }, { coords: { x: [10, 20, 30] } });
 * ds.get("t").sel({ x: 20 }).item(); // 2
 * ```
 */
export class Dataset<V extends Vars = Record<string, DataArray>> extends DatasetIo<V> {
  /**
   * @param vars DataArrays, Variables, `[dims, data, attrs?, encoding?]`, or plain arrays for 1-D variables named as their dimension.
   * @throws DimensionError where sizes disagree; MergeError where coordinates do.
   */
  constructor(vars?: { readonly [K in keyof V]: V[K] | VariableInput }, options?: DatasetOptions);
  constructor(vars: unknown = {}, options: DatasetOptions | typeof FROM_PARTS = {}) {
    super(options === FROM_PARTS ? (vars as DatasetParts) : buildDataset(vars as Record<string, VariableInput>, options));
  }

  /**
   * The dataset that {@link Dataset.toDict} wrote down.
   *
   * @throws ArgumentError for a variable without `dims` or `data`; DTypeError for an unknown `dtype`.
   * @example
   * ```ts
   * Dataset.fromDict({ data_vars: { t: { dims: ["x"], data: [1, 2] } } }).get("t").values; // Float64Array [1, 2]
   * ```
   */
  static fromDict(dict: DatasetDict): Dataset {
    return datasetFromParts(datasetFromDict(dict));
  }

  [WRAP](parts: ArrayParts): DataArray<any, any> {
    return arrayFromParts(parts);
  }
  [WRAP_DATASET](parts: DatasetParts): Dataset<any> {
    return datasetFromParts(parts);
  }
}

/** A DataArray of parts that an operation made. */
export function arrayFromParts(parts: ArrayParts): DataArray<any, any> {
  return new (DataArray as unknown as new (parts: ArrayParts, from: symbol) => DataArray)(parts, FROM_PARTS);
}

/** A Dataset of parts that an operation made. */
export function datasetFromParts(parts: DatasetParts): Dataset<any> {
  return new (Dataset as unknown as new (parts: DatasetParts, from: symbol) => Dataset)(parts, FROM_PARTS);
}
