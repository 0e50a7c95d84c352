/** Shape and dtype of an array that may not exist yet, and arithmetic on shapes. */
import type { DType } from "../dtypes/types.ts";

/** Lengths along each axis. */
export type Shape = readonly number[];

/** What is known of every array before its values. */
export interface Meta {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** The number of elements of `shape`. */
export function sizeOf(shape: Shape): number {
  let n = 1;
  for (let i = 0; i < shape.length; i++) n *= shape[i]!;
  return n;
}

/** Element strides of a C-ordered array of `shape`. */
export function cStrides(shape: Shape): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    strides[i] = step;
    step *= shape[i]!;
  }
  return strides;
}

/** Whether two shapes are equal. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}
