/** How arrays are cut: other chunks for a lazy array, chunks for one in memory. */
import { ArgumentError } from "../errors.ts";
import { apply } from "./apply.ts";
import type { BoxSet } from "./box.ts";
import { constantOp } from "./constant.ts";
import { type AxisGrid, boundedAxis, type ChunkGrid, regularAxis, sameGrid } from "./grid.ts";
import { type AnyArray, inMemory, LazyArray } from "./lazy.ts";
import type { NDArray } from "./ndarray.ts";
import type { Node } from "./node.ts";
import type { Op } from "./op.ts";

/** The new cuts: the size of regular chunks along each axis, or the number of the blob with the bounds. */
export interface RechunkParams {
  readonly axes: readonly ({ readonly size: number } | { readonly bounds: number })[];
}

/** `a` cut along `grid`; an array in memory becomes a lazy one. */
export function rechunk(a: AnyArray, grid: ChunkGrid): LazyArray {
  const array = inMemory(a);
  if (array) return toLazy(array, grid);
  const lazy = a as LazyArray;
  checkGrid(lazy.shape, grid);
  if (sameGrid(lazy.grid, grid)) return lazy;
  const { node } = lazy.port;
  if (node.op === constantOp) return toLazy(node.live as NDArray, grid);
  if (node.op === rechunkOp) return rechunk(new LazyArray(node.from[0]!), grid) as LazyArray;
  const blobs: Float64Array[] = [];
  const axes = grid.map((axis) => (axis.bounds ? { bounds: blobs.push(axis.bounds) - 1 } : { size: axis.size! }));
  return apply(rechunkOp, [lazy], { params: { axes }, blobs }) as LazyArray;
}

/** An array in memory as a lazy one, cut along `grid`: what is computed from it is computed chunk by chunk. */
export function toLazy(a: NDArray, grid: ChunkGrid): LazyArray {
  checkGrid(a.shape, grid);
  const { shape, dtype } = a;
  const node: Node<null> = {
    op: constantOp,
    from: [],
    inputs: [],
    outputs: [{ shape, dtype }],
    params: null,
    blobs: [],
    live: a,
    grids: [grid],
    reach: "json",
    label: "constant",
  };
  return new LazyArray({ node, out: 0 });
}

function checkGrid(shape: readonly number[], grid: ChunkGrid): void {
  if (grid.length !== shape.length || grid.some((axis, i) => axis.length !== shape[i])) {
    throw new ArgumentError(
      `chunks for shape (${grid.map((axis) => axis.length).join(", ")}) do not fit an array of shape (${shape.join(", ")})`,
      { shape },
    );
  }
}

/** The operation of {@link rechunk}: the same values, cut otherwise. */
export const rechunkOp: Op<RechunkParams> = {
  name: "rechunk",
  kind: "rechunk",
  infer: ([input]) => [input!],
  grid: (call) => [
    call.params.axes.map(
      (axis, i): AxisGrid =>
        "size" in axis ? regularAxis(call.inputs[0]!.shape[i]!, axis.size) : boundedAxis(call.blobs[axis.bounds] as Float64Array),
    ),
  ],
  demand: (_call, _out, at): BoxSet => [at],
  run: (_call, context) => [context.at[0] ? context.read(0, context.at[0]) : null],
};
