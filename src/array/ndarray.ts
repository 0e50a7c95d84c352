/**
 * An array in memory: a flat buffer seen through shape, strides and an offset.
 *
 * It has the shape of a scijs `ndarray` and of a zarrita chunk. Strides and offset count elements
 * (a complex element is two slots of `data`). Arrays are immutable in meaning: views share `data`,
 * and nothing writes into an array that somebody else can see.
 */
import { allocate, slotsPerElement } from "../dtypes/traits.ts";
import type { DType, ValuesOf } from "../dtypes/types.ts";
import { DimensionError } from "../errors.ts";
import { copyStrided } from "../kernels/copy.ts";
import { cStrides, type Meta, type Shape, sizeOf } from "./meta.ts";

/** An N-dimensional array in memory. */
export class NDArray<T extends DType = DType> implements Meta {
  /** The buffer; may be longer than the array and shared with others: never write to it. */
  readonly data: ValuesOf<T>;
  readonly shape: Shape;
  /** Elements between neighbours along each axis; 0 repeats, negative runs backwards. */
  readonly stride: readonly number[];
  /** Element at which the array begins. */
  readonly offset: number;
  readonly dtype: T;

  constructor(data: ValuesOf<T>, shape: Shape, dtype: T, stride?: readonly number[], offset = 0) {
    this.data = data;
    this.shape = shape;
    this.dtype = dtype;
    this.stride = stride ?? cStrides(shape);
    this.offset = offset;
    if (stride === undefined && (offset + sizeOf(shape)) * slotsPerElement(dtype) > data.length) {
      throw new DimensionError(
        `shape (${shape.join(", ")}) needs ${sizeOf(shape)} values of ${dtype}; there are ${data.length / slotsPerElement(dtype) - offset}`,
        { shape, length: data.length },
      );
    }
  }

  /** The number of elements. */
  get size(): number {
    return sizeOf(this.shape);
  }

  /** The number of axes. */
  get ndim(): number {
    return this.shape.length;
  }

  /** Whether elements lie one after another in C order. */
  get contiguous(): boolean {
    let step = 1;
    for (let i = this.shape.length - 1; i >= 0; i--) {
      const n = this.shape[i]!;
      if (n === 0) return true;
      if (n !== 1 && this.stride[i] !== step) return false;
      step *= n;
    }
    return true;
  }
}

/** A new array of zeros (nulls for strings and bytes). */
export function empty<T extends DType>(shape: Shape, dtype: T): NDArray<T> {
  return new NDArray(allocate(dtype, sizeOf(shape)), shape, dtype);
}

/** The elements as a flat C-ordered array: the buffer itself where it is exactly that, else a copy. */
export function flatValues<T extends DType>(a: NDArray<T>): ValuesOf<T> {
  const n = a.size * slotsPerElement(a.dtype);
  if (a.contiguous) {
    if (a.offset === 0 && a.data.length === n) return a.data;
    const start = a.offset * slotsPerElement(a.dtype);
    return (Array.isArray(a.data) ? a.data.slice(start, start + n) : (a.data as Float64Array).subarray(start, start + n)) as ValuesOf<T>;
  }
  return copyFlat(a);
}

/** A fresh flat C-ordered copy of the elements. */
export function copyFlat<T extends DType>(a: NDArray<T>): ValuesOf<T> {
  const slots = slotsPerElement(a.dtype);
  // A slice is copied without being zeroed first.
  if (a.contiguous) return (a.data as Float64Array).slice(a.offset * slots, (a.offset + a.size) * slots) as ValuesOf<T>;
  const out = allocate(a.dtype, a.size);
  copyStrided(a.data, a.shape, a.stride, a.offset, out, cStrides(a.shape), 0, slots);
  return out;
}
