/** The coordinates of a DataArray or Dataset, seen as a read-only map from name to DataArray. */
import type { DType } from "../dtypes/types.ts";
import type { Index } from "../indexing/contract.ts";
import type { DataArray, Dataset } from "../model.ts";
import { type DatasetParts, PARTS, sizesOf } from "../ops/parts.ts";
import type { Variable } from "../variable/variable.ts";

/**
 * Coordinates by name, in order.
 *
 * @example
 * ```ts
 * for (const [name, coord] of da.coords) console.log(name, coord.dims);
 * da.coords.get("lat").values;
 * ```
 */
export class Coordinates implements Iterable<readonly [string, DataArray<any, any>]> {
  readonly [PARTS]: DatasetParts;
  readonly #array: (name: string) => DataArray<any, any>;
  readonly #dataset: (parts: DatasetParts) => Dataset;

  constructor(parts: DatasetParts, array: (name: string) => DataArray<any, any>, dataset: (parts: DatasetParts) => Dataset) {
    this[PARTS] = { ...parts, vars: new Map() };
    this.#array = array;
    this.#dataset = dataset;
  }

  /** The number of coordinates. */
  get size(): number {
    return this[PARTS].coords.size;
  }

  /** The coordinate `name`; throws CoordinateError with a suggestion where there is none. */
  get(name: string): DataArray<any, any> {
    return this.#array(name);
  }

  has(name: string): boolean {
    return this[PARTS].coords.has(name);
  }

  keys(): IterableIterator<string> {
    return this[PARTS].coords.keys();
  }

  *values(): Generator<DataArray<any, any>> {
    for (const name of this.keys()) yield this.get(name);
  }

  *entries(): Generator<readonly [string, DataArray<any, any>]> {
    for (const name of this.keys()) yield [name, this.get(name)];
  }

  [Symbol.iterator](): Generator<readonly [string, DataArray<any, any>]> {
    return this.entries();
  }

  /** The dimensions that coordinates have. */
  get dims(): readonly string[] {
    return [...sizesOf(this[PARTS]).keys()];
  }

  /** The lengths of the dimensions that coordinates have. */
  get sizes(): { readonly [dim: string]: number } {
    return Object.fromEntries(sizesOf(this[PARTS]));
  }

  get dtypes(): { readonly [name: string]: DType } {
    return Object.fromEntries([...this[PARTS].coords].map(([name, v]) => [name, v.dtype]));
  }

  /** The coordinates without their own coordinates. */
  get variables(): ReadonlyMap<string, Variable> {
    return this[PARTS].coords;
  }

  get indexes(): ReadonlyMap<string, Index> {
    return this[PARTS].indexes;
  }

  get xindexes(): ReadonlyMap<string, Index> {
    return this[PARTS].indexes;
  }

  /** A dataset of these coordinates and no data. */
  toDataset(): Dataset {
    return this.#dataset(this[PARTS]);
  }
}
