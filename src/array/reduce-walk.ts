/** How a block of the input meets the state of a reduction: strides, positions, groups. */
import { allocate } from "../dtypes/traits.ts";
import type { NumberArray } from "../dtypes/types.ts";
import { copyStrided } from "../kernels/copy.ts";
import { type Reducer, type ReduceWalk, walkReduction } from "../kernels/reduce.ts";
import { type Box, wholeBox } from "./box.ts";
import { type ChunkGrid, wholeGrid } from "./grid.ts";
import { cStrides, type Meta, type Shape, sizeOf } from "./meta.ts";
import { NDArray } from "./ndarray.ts";

/** Groups along one axis: a code per position (-1: in no group), below `count`. */
export interface Groups {
  readonly axis: number;
  readonly codes: Int32Array;
  readonly count: number;
}

/** Which axes a reduction takes away, and which it replaces by groups. */
export interface ReduceAxes {
  /** Rising. Does not hold the grouped axis. */
  readonly axes: readonly number[];
  readonly group: { readonly axis: number; readonly count: number } | null;
}

/** The shape of the result: reduced axes gone, the grouped one as long as there are groups. */
export function reducedShape(shape: Shape, { axes, group }: ReduceAxes): number[] {
  return shape.map((n, i) => (group?.axis === i ? group.count : n)).filter((_, i) => !axes.includes(i));
}

/** For each axis of the result the axis of the input that it is, or null for groups. */
export function keptAxes(rank: number, { axes, group }: ReduceAxes): (number | null)[] {
  const kept: (number | null)[] = [];
  for (let i = 0; i < rank; i++) if (!axes.includes(i)) kept.push(group?.axis === i ? null : i);
  return kept;
}

/** What of a call says which axes stay. */
interface ReduceMetas {
  readonly inputs: readonly Meta[];
  readonly outputs: readonly Meta[];
  readonly params: ReduceAxes;
}

/** The region of the input behind region `at` of the output: reduced and grouped axes whole. */
export function reducedBox({ inputs, params }: ReduceMetas, at: Box): Box {
  const { shape } = inputs[0]!;
  const box = wholeBox(shape);
  keptAxes(shape.length, params).forEach((axis, i) => {
    if (axis !== null) box.set(at.subarray(2 * i, 2 * i + 2), 2 * axis);
  });
  return box;
}

/** The grid of the output: kept axes as the input is cut, groups whole. */
export function reducedGrid({ inputs, outputs, params }: ReduceMetas, grid: ChunkGrid): ChunkGrid {
  const whole = wholeGrid(outputs[0]!.shape);
  return keptAxes(inputs[0]!.shape.length, params).map((axis, i) => (axis === null ? whole[i]! : grid[axis]!));
}

/** All groups are made at once: a view of those in region `at`. */
export function wantedGroups({ inputs, params }: ReduceMetas, out: NDArray, at: Box): NDArray {
  const place = keptAxes(inputs[0]!.shape.length, params).indexOf(null);
  if (place < 0) return out;
  const [lo, hi] = [at[2 * place]!, at[2 * place + 1]!];
  if (lo === 0 && hi === out.shape[place]) return out;
  return new NDArray(
    out.data,
    out.shape.map((n, i) => (i === place ? hi - lo : n)),
    out.dtype,
    out.stride,
    out.offset + lo * out.stride[place]!,
  );
}

/** Strides of the position along each axis: C order over the reduced axes (or along the grouped one) of the whole input. */
function positionStrides(shape: Shape, { axes, group }: ReduceAxes): number[] {
  const strides = new Array<number>(shape.length).fill(0);
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (!axes.includes(i) && group?.axis !== i) continue;
    strides[i] = step;
    step *= shape[i]!;
  }
  return strides;
}

/**
 * Hand every element of `block`, which covers region `at` of an input of shape `whole`, to `reducer`.
 * The state is C-ordered over the kept part of the region; groups are whole.
 */
export function reduceBlock(
  block: NDArray,
  at: Box,
  whole: Shape,
  axes: ReduceAxes,
  codes: Int32Array | undefined,
  reducer: Reducer,
): void {
  const { group } = axes;
  const rank = whole.length;
  const stateShape = reducedShape(block.shape, axes);
  const compact = cStrides(stateShape);
  const stateStride = new Array<number>(rank).fill(0);
  for (let i = 0, k = 0; i < rank; i++) if (!axes.axes.includes(i)) stateStride[i] = compact[k++]!;
  const posStride = positionStrides(whole, axes);
  let pos = 0;
  for (let i = 0; i < rank; i++) pos += posStride[i]! * at[2 * i]!;
  const walk: ReduceWalk = {
    shape: block.shape,
    stride: block.stride,
    offset: block.offset,
    stateStride,
    stateOffset: 0,
    reduced: whole.map((_, i) => axes.axes.includes(i)),
    posStride,
    pos,
  };
  if (group === null || codes === undefined) walkReduction(block.data as NumberArray, walk, reducer);
  else eachGroupRun(groupOutermost(block, group.axis), walk, group.axis, codes, at[2 * group.axis]!, reducer);
}

/** Groups are taken row by row, so the grouped axis must not be the one that memory runs along. */
function groupOutermost(block: NDArray, axis: number): NDArray {
  const step = Math.abs(block.stride[axis]!);
  const inner = block.shape.some((n, i) => i !== axis && n > 1 && Math.abs(block.stride[i]!) > step && block.stride[i] !== 0);
  if (!inner || block.shape[axis]! <= 1) return block;
  const order = [axis, ...block.shape.keys()].filter((i, k) => k === 0 || i !== axis);
  const packed = cStrides(order.map((i) => block.shape[i]!));
  const stride = new Array<number>(block.shape.length);
  order.forEach((i, k) => {
    stride[i] = packed[k]!;
  });
  const data = allocate(block.dtype, sizeOf(block.shape));
  copyStrided(
    block.data,
    order.map((i) => block.shape[i]!),
    order.map((i) => block.stride[i]!),
    block.offset,
    data,
    packed,
    0,
  );
  return new NDArray(data, block.shape, block.dtype, stride, 0);
}

/** Neighbours of one group are one reduction into that group's state. */
function eachGroupRun(block: NDArray, walk: ReduceWalk, axis: number, codes: Int32Array, first: number, reducer: Reducer): void {
  const n = block.shape[axis]!;
  const shape = [...walk.shape];
  const reduced = walk.reduced.map((r, i) => r || i === axis);
  const stateStride = walk.stateStride.map((s, i) => (i === axis ? 0 : s));
  for (let i = 0; i < n; ) {
    const code = codes[first + i]!;
    let j = i + 1;
    while (j < n && codes[first + j] === code) j++;
    if (code >= 0) {
      shape[axis] = j - i;
      walkReduction(
        block.data as NumberArray,
        {
          ...walk,
          shape,
          reduced,
          stateStride,
          stride: block.stride,
          offset: block.offset + i * block.stride[axis]!,
          stateOffset: code * walk.stateStride[axis]!,
          pos: walk.pos + i * walk.posStride[axis]!,
        },
        reducer,
      );
    }
    i = j;
  }
}

/** How many values each element of the result can have seen, given the whole input. */
export function groupTotals(whole: Shape, stateShape: Shape, axes: ReduceAxes, codes: Int32Array | undefined): (s: number) => number {
  let others = 1;
  for (const axis of axes.axes) others *= whole[axis]!;
  const { group } = axes;
  if (group === null || codes === undefined) return () => others;
  const members = new Float64Array(group.count);
  // Indexed: there may be a million codes, and iterators are slow over typed arrays.
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) members[codes[i]!]!++;
  const place = group.axis - axes.axes.filter((i) => i < group.axis).length;
  const inner = sizeOf(stateShape.slice(place + 1));
  return (s) => members[Math.floor(s / inner) % group.count]! * others;
}
