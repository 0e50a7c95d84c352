/** Single values and nested arrays out of an array in memory. */
import { kindOf } from "../dtypes/traits.ts";
import type { Value } from "../dtypes/types.ts";
import { IndexingError, MemoryLimitError } from "../errors.ts";
import type { NDArray } from "./ndarray.ts";

/** The value at a position along every axis. */
export function itemAt(a: NDArray, index: readonly number[]): Value {
  let at = a.offset;
  for (let i = 0; i < a.shape.length; i++) {
    const k = index[i]!;
    if (!(k >= 0 && k < a.shape[i]!))
      throw new IndexingError(`position ${k} is out of range for axis ${i} of length ${a.shape[i]}`, { index: k, axis: i });
    at += k * a.stride[i]!;
  }
  return valueAt(a, at);
}

/** The value at an element offset of the buffer. */
export function valueAt(a: NDArray, at: number): Value {
  const kind = kindOf(a.dtype);
  if (kind === "b") return (a.data as Uint8Array)[at] !== 0;
  if (kind === "c") return { re: (a.data as Float64Array)[2 * at]!, im: (a.data as Float64Array)[2 * at + 1]! };
  return (a.data as ArrayLike<Value>)[at]!;
}

/** Nested arrays of more values than this fill the heap of a JavaScript engine, which ends the process. */
const MOST_NESTED = 2 ** 27;

/**
 * The values as nested arrays; the value itself for a 0-d array.
 *
 * @throws MemoryLimitError above 2²⁷ values.
 */
export function nestedValues(a: NDArray): unknown {
  if (a.size > MOST_NESTED)
    throw new MemoryLimitError(
      `${a.size} values are too many for nested arrays, which hold at most ${MOST_NESTED}; select less, or use the flat values`,
      { size: a.size },
    );
  const nest = (axis: number, at: number): unknown => {
    if (axis === a.shape.length) return valueAt(a, at);
    return Array.from({ length: a.shape[axis]! }, (_, i) => nest(axis + 1, at + i * a.stride[axis]!));
  };
  return nest(0, a.offset);
}

/** Every value in C order. */
export function* eachValue(a: NDArray): Generator<Value> {
  const index = a.shape.map(() => 0);
  if (a.size === 0) return;
  for (;;) {
    yield itemAt(a, index);
    let axis = index.length - 1;
    for (; axis >= 0; axis--) {
      if (++index[axis]! < a.shape[axis]!) break;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}
