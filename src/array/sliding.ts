/** Every window of an axis as an axis of its own: a view whose strides overlap, so nothing is copied. */
import { ArgumentError, DimensionError } from "../errors.ts";
import { apply } from "./apply.ts";
import { type Box, boxShape } from "./box.ts";
import { type AxisGrid, boundedAxis, chunkStart, regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import { NDArray } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Op } from "./op.ts";
import { checkAxis } from "./operand.ts";

/** One axis that windows move along. */
export interface SlidingAxis {
  readonly axis: number;
  /** Elements in a window. */
  readonly size: number;
  /** How many of the first elements are padding: chunks are cut as if they were not there. */
  readonly before: number;
}

interface SlidingParams {
  readonly windows: readonly SlidingAxis[];
}

/** The region of the input behind region `at`: from the first element of the first window to the last of the last. */
function spanned({ inputs, params }: OpCall<SlidingParams>, at: Box): Box {
  const rank = inputs[0]!.shape.length;
  const box = at.slice(0, 2 * rank);
  params.windows.forEach(({ axis }, k) => {
    box[2 * axis]! += at[2 * (rank + k)]!;
    box[2 * axis + 1]! += at[2 * (rank + k) + 1]! - 1;
  });
  return box;
}

function cutAsBefore(grid: AxisGrid, { size, before }: SlidingAxis): AxisGrid {
  const length = grid.length - size + 1;
  const starts = Array.from({ length: grid.n }, (_, i) => chunkStart(grid, i) - before).filter((start) => start > 0 && start < length);
  return boundedAxis(Float64Array.from([0, ...starts, length]));
}

/** The operation of {@link slidingWindows}. */
export const slidingOp: Op<SlidingParams> = {
  name: "slidingWindows",
  kind: "map",
  infer([a], { windows }) {
    const shape = [...a!.shape];
    for (const { axis, size } of windows) {
      shape[axis]! -= size - 1;
      shape.push(size);
    }
    return [{ shape, dtype: a!.dtype }];
  },
  grid(call, [input]) {
    const { windows } = call.params;
    const kept = input!.map((grid, i) => {
      const window = windows.find(({ axis }) => axis === i);
      return window ? cutAsBefore(grid, window) : grid;
    });
    return [[...kept, ...windows.map(({ size }) => regularAxis(size, size))]];
  },
  demand: (call, _out, at) => [spanned(call, at)],
  run(call, context) {
    const at = context.at[0]!;
    const block = context.read(0, spanned(call, at));
    const stride = [...block.stride, ...call.params.windows.map(({ axis }) => block.stride[axis]!)];
    return [new NDArray(block.data, boxShape(at), block.dtype, stride, block.offset)];
  },
};

/**
 * Windows of `size` along each of some axes: each of these axes loses `size - 1` elements, and its
 * windows become a new last axis, in the order of `windows`. A view; many elements share a place.
 *
 * @throws ArgumentError for a size that is no whole number of 1 or more; DimensionError where an axis is shorter than its window.
 * @example
 * ```ts
 * slidingWindows(asArray([1, 2, 3, 4]), [{ axis: 0, size: 3, before: 0 }]); // [[1, 2, 3], [2, 3, 4]]
 * ```
 */
export function slidingWindows(a: AnyArray, windows: readonly SlidingAxis[]): AnyArray {
  for (const { axis, size } of windows) {
    checkAxis(a, axis);
    if (!Number.isInteger(size) || size < 1)
      throw new ArgumentError(`a window must be a whole number of 1 or more, not ${size}`, { window: size });
    if (a.shape[axis]! < size)
      throw new DimensionError(`axis ${axis} of length ${a.shape[axis]} is shorter than its window of ${size}`, { axis, window: size });
  }
  return apply(slidingOp, [a], { params: { windows }, label: "sliding windows" });
}
