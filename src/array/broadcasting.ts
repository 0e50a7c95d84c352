/** NumPy's broadcasting for operations that work element by element: shapes, strides, demand, chunk grids. */
import { DimensionError } from "../errors.ts";
import type { Box, BoxSet } from "./box.ts";
import { type AxisGrid, type ChunkGrid, regularAxis } from "./grid.ts";
import type { Meta, Shape } from "./meta.ts";
import type { NDArray } from "./ndarray.ts";

/** The shape that all `shapes` broadcast to: aligned at the last axis, lengths of 1 stretch. */
export function broadcastShapes(shapes: readonly Shape[]): number[] {
  const rank = Math.max(0, ...shapes.map((shape) => shape.length));
  const out = new Array<number>(rank).fill(1);
  for (const shape of shapes)
    for (let i = 0; i < shape.length; i++) {
      const axis = rank - shape.length + i;
      const n = shape[i]!;
      if (n === 1 || n === out[axis]) continue;
      if (out[axis] !== 1)
        throw new DimensionError(
          `shapes ${shapes.map((s) => `(${s.join(", ")})`).join(" and ")} do not broadcast: lengths ${out[axis]} and ${n} meet`,
          { shapes },
        );
      out[axis] = n;
    }
  return out;
}

/** The strides with which `a` is walked over `shape`: 0 where it repeats. */
export function broadcastStride(a: NDArray, shape: Shape): readonly number[] {
  const missing = shape.length - a.shape.length;
  if (missing === 0 && a.shape.every((n, i) => n === shape[i])) return a.stride;
  return shape.map((_, i) => (i < missing || a.shape[i - missing] === 1 ? 0 : a.stride[i - missing]!));
}

/** The part of an input of shape `shape` that region `at` of the broadcast result needs. */
export function broadcastBox(at: Box, shape: Shape): Box {
  const missing = at.length / 2 - shape.length;
  const box = new Float64Array(2 * shape.length);
  for (let i = 0; i < shape.length; i++) {
    const one = shape[i] === 1;
    box[2 * i] = one ? 0 : at[2 * (i + missing)]!;
    box[2 * i + 1] = one ? 1 : at[2 * (i + missing) + 1]!;
  }
  return box;
}

/** The grid of a broadcast result: along each axis that of the input which cuts it finest. */
export function broadcastGrid(shape: Shape, inputs: readonly Meta[], grids: readonly ChunkGrid[]): ChunkGrid {
  return shape.map((n, axis) => {
    let best: AxisGrid = regularAxis(n, Math.max(1, n));
    for (let k = 0; k < inputs.length; k++) {
      const i = axis - (shape.length - inputs[k]!.shape.length);
      if (i >= 0 && inputs[k]!.shape[i] === n && grids[k]![i]!.n > best.n) best = grids[k]![i]!;
    }
    return best;
  });
}

/** `grid` and `demand` of every operation whose inputs broadcast to its one output. */
export const broadcasting = {
  grid: (
    call: { readonly inputs: readonly Meta[]; readonly outputs: readonly Meta[] },
    grids: readonly ChunkGrid[],
  ): readonly ChunkGrid[] => [broadcastGrid(call.outputs[0]!.shape, call.inputs, grids)],
  demand: (call: { readonly inputs: readonly Meta[] }, _out: number, at: Box, input: number): BoxSet => [
    broadcastBox(at, call.inputs[input]!.shape),
  ],
};
