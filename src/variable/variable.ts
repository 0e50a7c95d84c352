/**
 * An array with named dimensions and attributes: no coordinates, no name.
 */
import { type AnyArray, inMemory } from "../array/lazy.ts";
import { flatValues, type NDArray } from "../array/ndarray.ts";
import type { DType, ValuesOf } from "../dtypes/types.ts";
import { DimensionError, NotLoadedError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import type { Attrs, Encoding } from "./attrs.ts";

/** What a {@link Variable} may be made with beside dims and data. */
export interface VariableOptions {
  readonly attrs?: Attrs | undefined;
  readonly encoding?: Encoding | undefined;
}

/**
 * Named dimensions over an array in memory or a lazy one.
 *
 * @example
 * ```ts
 * const v = new Variable(["x"], asArray([1, 2, 3]), { attrs: { units: "m" } });
 * v.sizes; // { x: 3 }
 * ```
 */
export class Variable<D extends string = any, T extends DType = DType> {
  readonly dims: readonly D[];
  readonly array: AnyArray<T>;
  readonly attrs: Attrs;
  readonly encoding: Encoding;

  constructor(dims: readonly D[], array: AnyArray<T>, options: VariableOptions = {}) {
    if (dims.length !== array.shape.length) {
      throw new DimensionError(
        `${dims.length} dimension names (${dims.join(", ")}) for an array of ${array.shape.length} dimensions, shape (${array.shape.join(", ")})`,
        { dims, shape: array.shape },
      );
    }
    const repeated = dims.find((dim, i) => dims.indexOf(dim) !== i);
    if (repeated !== undefined)
      throw new DimensionError(`dimension ${JSON.stringify(repeated)} is named twice in (${dims.join(", ")})`, { dims });
    this.dims = dims;
    this.array = array;
    this.attrs = options.attrs ?? {};
    this.encoding = options.encoding ?? {};
  }

  get shape(): readonly number[] {
    return this.array.shape;
  }
  get dtype(): T {
    return this.array.dtype;
  }
  get ndim(): number {
    return this.dims.length;
  }
  get size(): number {
    return this.array.size;
  }
  /** The length of each dimension by name, in the order of `dims`. */
  get sizes(): { readonly [K in D]: number } {
    return Object.fromEntries(this.dims.map((dim, i) => [dim, this.shape[i]!])) as { [K in D]: number };
  }

  /** The position of dimension `dim`; throws DimensionError with a suggestion where there is none. */
  axis(dim: string): number {
    const axis = this.dims.indexOf(dim as D);
    if (axis < 0) throw new DimensionError(unknownName("dimension", dim, this.dims), { dim, dims: this.dims });
    return axis;
  }

  /** The positions of `dims`, of all dimensions where none are named or `"..."` is. */
  axes(dims: string | readonly string[] | undefined): number[] {
    if (dims === undefined || dims === "...") return this.dims.map((_, i) => i);
    const names = typeof dims === "string" ? [dims] : dims;
    if (names.includes("...")) return this.dims.map((_, i) => i);
    return [...new Set(names.map((dim) => this.axis(dim)))];
  }

  /** The values in memory; throws NotLoadedError, saying what to await, where they are not. */
  get loaded(): NDArray<T> {
    return loadedArray(this.array);
  }

  /** The values as one flat C-ordered array. */
  get values(): ValuesOf<T> {
    return flatValues(this.loaded);
  }

  /** The same with another array, dims, attrs or encoding. */
  replace<E extends string = D, U extends DType = T>(changes: {
    dims?: readonly E[];
    array?: AnyArray<U>;
    attrs?: Attrs;
    encoding?: Encoding;
  }): Variable<E, U> {
    return new Variable<E, U>(
      changes.dims ?? (this.dims as readonly string[] as readonly E[]),
      changes.array ?? (this.array as AnyArray as AnyArray<U>),
      { attrs: changes.attrs ?? this.attrs, encoding: changes.encoding ?? this.encoding },
    );
  }
}

/** The values of `array` in memory; throws NotLoadedError where it is lazy and not loaded. `what` names it in the message. */
export function loadedArray<T extends DType>(array: AnyArray<T>, what = "this array"): NDArray<T> {
  const loaded = inMemory(array);
  if (loaded) return loaded;
  throw new NotLoadedError(`${what} (${array.dtype}, shape (${array.shape.join(", ")})) is lazy: await its load() or compute() first`, {
    shape: array.shape,
    dtype: array.dtype,
  });
}
