/** Arrays of one value. */
import { castValue } from "../dtypes/scalar.ts";
import { allocate, parseDType, slotsPerElement } from "../dtypes/traits.ts";
import type { Complex, DType, Value } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import type { Shape } from "./meta.ts";
import { NDArray } from "./ndarray.ts";

/**
 * An array of `shape` whose every element is `value` (`null` is missing); it holds the value once.
 *
 * @throws DTypeError where `dtype` cannot hold `value`; ArgumentError where `shape` is none.
 * @example
 * ```ts
 * full([720, 1440], 0, "float32").stride; // [0, 0]
 * ```
 */
export function full<T extends DType>(shape: Shape, value: Value | Date, dtype: T): NDArray<T> {
  for (const n of shape) {
    if (!Number.isSafeInteger(n) || n < 0) throw new ArgumentError(`a shape has whole lengths of 0 or more, not ${n}`, { shape });
  }
  parseDType(dtype);
  const data = allocate(dtype, 1);
  const element = castValue(value, dtype);
  if (slotsPerElement(dtype) === 2) {
    (data as Float64Array)[0] = (element as Complex).re;
    (data as Float64Array)[1] = (element as Complex).im;
  } else (data as unknown[])[0] = element;
  return new NDArray(data, shape, dtype, new Array<number>(shape.length).fill(0));
}

/** The element that stands at places of -1: `fill` in `dtype` (default: its missing value), as an array without axes. */
export function fillElement(dtype: DType, fill: Value | NDArray | undefined): NDArray {
  if (!(fill instanceof NDArray)) return full([], fill ?? null, dtype);
  if (fill.dtype !== dtype || fill.shape.length > 0)
    throw new DTypeError(`fill for ${dtype} must be one element of it, not shape (${fill.shape.join(", ")}) of ${fill.dtype}`, {
      dtype,
      fill: fill.dtype,
    });
  return fill;
}

/** Whether two arrays of one element hold the same value, NaN equal to NaN. */
export function sameElement(a: NDArray, b: NDArray): boolean {
  if (a.dtype !== b.dtype) return false;
  const slots = slotsPerElement(a.dtype);
  for (let i = 0; i < slots; i++) if (!Object.is(a.data[a.offset * slots + i], b.data[b.offset * slots + i])) return false;
  return true;
}

/** The int64 positions 0, 1, … n − 1. */
export function arange(n: number): NDArray<"int64"> {
  const data = new Float64Array(n);
  for (let i = 0; i < n; i++) data[i] = i;
  return new NDArray(data, [n], "int64");
}
