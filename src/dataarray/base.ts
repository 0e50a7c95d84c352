/**
 * What every DataArray has: its parts, seen from outside.
 *
 * The theme classes of this folder form a chain, `DataArrayBase → DataArrayIndexing → … → DataArray`;
 * their methods are one to three lines that wrap functions of `ops/`. The leaf is in `model.ts`.
 */

import { itemAt, nestedValues } from "../array/items.ts";
import type { AnyArray } from "../array/lazy.ts";
import { flatValues, type NDArray } from "../array/ndarray.ts";
import { kindOf, TRAITS } from "../dtypes/traits.ts";
import type { DType, ValueOf, ValuesOf } from "../dtypes/types.ts";
import { ArgumentError, CoordinateError, DimensionError, DTypeError } from "../errors.ts";
import { arrayHtml, arrayRepr, elementOf, JUPYTER_DISPLAY, type MimeBundle } from "../formatting/index.ts";
import type { Index } from "../indexing/contract.ts";
import type { DataArray, Dataset } from "../model.ts";
import { type ArrayParts, arrayOf, type DatasetParts, PARTS, toDatasetParts } from "../ops/parts.ts";
import { ownValue } from "../util/records.ts";
import { unknownName } from "../util/suggest.ts";
import type { Attrs, Encoding } from "../variable/attrs.ts";
import { loadedArray, type Variable } from "../variable/variable.ts";
import { Coordinates } from "./coordinates.ts";
import type { ScijsNdarray } from "./types.ts";

/** Makes a DataArray of the leaf class from parts. */
export const WRAP: unique symbol = Symbol.for("graticule.wrap") as never;
/** Makes a Dataset of the leaf class from parts. */
export const WRAP_DATASET: unique symbol = Symbol.for("graticule.wrapDataset") as never;

/** What DataArray is built on. `Dims` is the union of its dimension names, `T` its dtype. */
export abstract class DataArrayBase<Dims extends string, T extends DType> {
  readonly [PARTS]: ArrayParts;

  constructor(parts: ArrayParts) {
    this[PARTS] = parts;
  }

  abstract [WRAP](parts: ArrayParts): DataArray<any, any>;
  abstract [WRAP_DATASET](parts: DatasetParts): Dataset;

  /** The dimensions, the slowest first. */
  get dims(): readonly Dims[] {
    return this[PARTS].variable.dims as readonly Dims[];
  }

  /** The length of each dimension, in the order of `dims`. */
  get shape(): readonly number[] {
    return this[PARTS].variable.shape;
  }

  /** The length of each dimension, by name. */
  get sizes(): { readonly [K in Dims]: number } {
    return this[PARTS].variable.sizes as { readonly [K in Dims]: number };
  }

  get dtype(): T {
    return this[PARTS].variable.dtype as T;
  }

  /** The number of dimensions. */
  get ndim(): number {
    return this.shape.length;
  }

  /** The number of values. */
  get size(): number {
    return this[PARTS].variable.size;
  }

  /** Bytes of the values as NumPy counts them. */
  get nbytes(): number {
    return this.size * TRAITS[this.dtype as DType].itemsize;
  }

  get name(): string | undefined {
    return this[PARTS].name;
  }

  get attrs(): Attrs {
    return this[PARTS].variable.attrs;
  }

  /** How the array was stored; a wish for the next write, never obeyed blindly. */
  get encoding(): Encoding {
    return this[PARTS].variable.encoding;
  }

  /** Dimensions, array and attributes without coordinates. */
  get variable(): Variable<Dims, T> {
    return this[PARTS].variable as Variable<Dims, T>;
  }

  /** The coordinates, as a read-only map from name to DataArray. */
  get coords(): Coordinates {
    return new Coordinates(
      toDatasetParts(this[PARTS]),
      (name) => this.get(name),
      (parts) => this[WRAP_DATASET](parts),
    );
  }

  /** The indexes by coordinate name. */
  get indexes(): ReadonlyMap<string, Index> {
    return this[PARTS].indexes;
  }

  /** The same as `indexes`: xarray's name for those that need not be pandas'. */
  get xindexes(): ReadonlyMap<string, Index> {
    return this[PARTS].indexes;
  }

  /** Whether the values are still to be read or computed. */
  get isLazy(): boolean {
    const { array } = this[PARTS].variable;
    return "port" in array && array.resident === undefined;
  }

  /** The sizes of the chunks along each axis; undefined for an array in memory. */
  get chunks(): readonly (readonly number[])[] | undefined {
    const { array } = this[PARTS].variable;
    return "port" in array ? array.chunks : undefined;
  }

  /** The sizes of the chunks by dimension; empty for an array in memory. */
  get chunksizes(): { readonly [K in Dims]?: readonly number[] } {
    const chunks = this.chunks;
    return (chunks ? Object.fromEntries(this.dims.map((dim, i) => [dim, chunks[i]!])) : {}) as { [K in Dims]?: readonly number[] };
  }

  /**
   * The values, flat and in C order: a typed array (`(string | null)[]` for strings). The same object each
   * time, and read-only by contract.
   *
   * @throws NotLoadedError on lazy data: `await load()` or `compute()` first.
   */
  get values(): ValuesOf<T> {
    return flatValues(this.data);
  }

  /**
   * The array in memory: `{ data, shape, stride, offset, dtype }`.
   *
   * @throws NotLoadedError on lazy data.
   */
  get data(): NDArray<T> {
    const { variable, name } = this[PARTS];
    return loadedArray(variable.array as AnyArray<T>, name === undefined ? "this array" : JSON.stringify(name));
  }

  /**
   * The values as a scijs `ndarray`, without a copy.
   *
   * A promise, because that package is loaded when it is asked for: it makes its views with `new Function`, which
   * pages with a content security policy refuse.
   *
   * @throws NotLoadedError on lazy data; DTypeError for complex numbers and strings of bytes.
   * @example
   * ```ts
   * const nd = await da.toNdarray();
   * nd.get(0, 1);
   * ```
   */
  async toNdarray(): Promise<ScijsNdarray<ValuesOf<T>>> {
    const { data, shape, stride, offset, dtype } = this.data;
    if ("cS".includes(kindOf(dtype)))
      throw new DTypeError(`an ndarray has one number or string for each element, which ${dtype} has not`, { dtype });
    const { default: ndarray } = await import("ndarray");
    return ndarray(data as Float64Array, [...shape], [...stride], offset) as unknown as ScijsNdarray<ValuesOf<T>>;
  }

  /** The values as nested arrays of JavaScript values. */
  toArray(): unknown {
    return nestedValues(this.data);
  }

  /**
   * The only value of an array that has one.
   *
   * @throws DimensionError where there are more; NotLoadedError on lazy data.
   */
  item(): ValueOf<T> {
    if (this.size !== 1)
      throw new DimensionError(`item() needs one value; there are ${this.size}, shape (${this.shape.join(", ")})`, { shape: this.shape });
    return itemAt(
      this.data,
      this.shape.map(() => 0),
    ) as ValueOf<T>;
  }

  /** One value by position along every dimension: for hot loops. */
  at(position: { readonly [K in Dims]: number }): ValueOf<T> {
    const index = this.dims.map((dim, i) => {
      const at = ownValue(position as Record<string, number>, dim);
      if (at === undefined)
        throw new DimensionError(`at() needs a position along every dimension; ${JSON.stringify(dim)} is missing`, { dim });
      return at < 0 ? at + this.shape[i]! : at;
    });
    return itemAt(this.data, index) as ValueOf<T>;
  }

  /** The coordinate `name` as a DataArray; a dimension without one gives its positions. */
  get(name: string): DataArray<any, any> {
    const parts = this[PARTS];
    if (!parts.coords.has(name)) {
      throw new CoordinateError(unknownName("coordinate", name, parts.coords.keys()), { name });
    }
    return this[WRAP](arrayOf(toDatasetParts(parts), name));
  }

  /** The position of a dimension among `dims`. */
  getAxisNum(dim: Dims): number {
    return this[PARTS].variable.axis(dim);
  }

  /** The text repr, as xarray prints it; lazy data is described, not read. */
  toString(): string {
    return arrayRepr(this[PARTS]);
  }

  /** What Node's `console.log` shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** The HTML repr: one self-contained element without scripts; lazy data is described, not read. */
  toHtml(): string {
    return arrayHtml(this[PARTS]);
  }

  /** The HTML repr as an element of the page, for Observable and the like. */
  toElement(): Element {
    return elementOf(this.toHtml());
  }

  /** What Jupyter shows. */
  [JUPYTER_DISPLAY](): MimeBundle {
    return { "text/plain": this.toString(), "text/html": this.toHtml() };
  }

  /** `fn(this, ...args)`: for chains of one's own functions. */
  pipe<R, A extends readonly unknown[]>(fn: (self: this, ...args: A) => R, ...args: A): R {
    return fn(this, ...args);
  }

  /** The slices along the first dimension. */
  *[Symbol.iterator](): Generator<DataArray<Exclude<Dims, never>, T>> {
    if (this.ndim === 0) throw new DimensionError("an array without dimensions cannot be iterated over; item() gives its value", {});
    for (let i = 0; i < this.shape[0]!; i++) yield this.slab(i);
  }

  protected abstract slab(i: number): DataArray<any, T>;

  /** A 0-d array of numbers is its value where JavaScript wants a number; anything else says which method to use. */
  [Symbol.toPrimitive](hint: string): number | string | bigint {
    if (hint === "string") return String(this.toString());
    if (this.size === 1 && this.ndim === 0) {
      const value: unknown = this.item();
      if (typeof value === "number" || typeof value === "bigint" || typeof value === "string") return value;
      if (typeof value === "boolean") return Number(value);
    }
    throw new ArgumentError(
      `JavaScript's operators do not work on arrays of ${this.ndim} dimensions: use methods such as .add(…), .sub(…), .gt(…)`,
      { shape: this.shape },
    );
  }
}
