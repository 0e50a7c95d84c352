/** Shape and dtype of an array that may not exist yet, and arithmetic on shapes. */
import type { DType } from "../dtypes/types.ts";

export { cStrides, sizeOf } from "../util/shape.ts";

/** Lengths along each axis. */
export type Shape = readonly number[];

/** What is known of every array before its values. */
export interface Meta {
  readonly shape: Shape;
  readonly dtype: DType;
}

/** Whether two shapes are equal. */
export function sameShape(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}
