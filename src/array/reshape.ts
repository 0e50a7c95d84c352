/**
 * Reshaping in C order. Both shapes fall into groups of axes that hold the same elements; a region of
 * the result is, per group, a few intervals of its flat order, and each interval a few boxes.
 */
import { slotsPerElement } from "../dtypes/traits.ts";
import { DimensionError } from "../errors.ts";
import { copyStrided } from "../kernels/copy.ts";
import { apply } from "./apply.ts";
import { type Box, type BoxSet, boxShape, hull, mergeBoxes } from "./box.ts";
import type { AxisGrid } from "./grid.ts";
import { type AnyArray, inMemory, LazyArray } from "./lazy.ts";
import { cStrides, type Shape, sameShape, sizeOf } from "./meta.ts";
import { copyFlat, NDArray } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Op, RunContext } from "./op.ts";
import { type AxisGroup, type GroupPiece, groupAxes, groupGrid, groupPieces } from "./reshape-groups.ts";

/** The new shape. */
export interface ReshapeParams {
  readonly shape: Shape;
}

/**
 * The elements of `a` in C order as another shape of as many; shares the buffer where strides allow.
 *
 * @throws DimensionError where the number of elements differs.
 */
export function reshape(a: AnyArray, shape: Shape): AnyArray {
  if (sameShape(a.shape, shape)) return a;
  if (inMemory(a) === undefined) {
    const { node } = (a as LazyArray).port;
    // What a reshape of a reshape came from is what matters.
    if (node.op === reshapeOp) return reshape(new LazyArray(node.from[0]!), shape);
  }
  return apply(reshapeOp, [a], { params: { shape } });
}

/** The operation of {@link reshape}. */
export const reshapeOp: Op<ReshapeParams> = {
  name: "reshape",
  kind: "reshape",
  infer([input], { shape }) {
    if (sizeOf(shape) !== sizeOf(input!.shape) || shape.some((n) => !Number.isInteger(n) || n < 0)) {
      throw new DimensionError(
        `cannot reshape (${input!.shape.join(", ")}) to (${shape.join(", ")}): ${sizeOf(input!.shape)} elements against ${sizeOf(shape)}`,
        { from: input!.shape, to: shape },
      );
    }
    return [{ shape, dtype: input!.dtype }];
  },
  grid(call, [input]) {
    const { shape } = call.outputs[0]!;
    const out = new Array<AxisGrid>(shape.length);
    for (const group of groupAxes(call.inputs[0]!.shape, shape)) {
      groupGrid(input!.slice(group.from, group.fromEnd), shape.slice(group.to, group.toEnd)).forEach((axis, i) => {
        out[group.to + i] = axis;
      });
    }
    return [out];
  },
  demand(call, _out, at): BoxSet {
    if (sizeOf(boxShape(at)) === 0) return [];
    return mergeBoxes(products(call, at).map(({ box }) => box));
  },
  run(call, context) {
    const at = context.at[0];
    return [at ? runReshape(call, context, at) : null];
  },
};

/** A box of the input, and the place of its first element in the block, with the step of each of its axes there. */
interface Part {
  readonly box: Box;
  readonly offset: number;
  readonly stride: readonly number[];
}

/** Every combination of the groups' pieces. */
function products(call: OpCall<ReshapeParams>, at: Box): Part[] {
  const { shape } = call.inputs[0]!;
  const groups = groupAxes(shape, call.outputs[0]!.shape);
  const steps = cStrides(boxShape(at));
  let parts: Part[] = [{ box: new Float64Array(2 * shape.length), offset: 0, stride: new Array<number>(shape.length).fill(0) }];
  for (const group of groups) {
    const unit = group.toEnd > group.to ? steps[group.toEnd - 1]! : 1;
    const pieces = groupPieces(group, at);
    parts = parts.flatMap((part) => pieces.map((piece) => extended(part, group, piece, unit)));
  }
  return parts;
}

function extended(part: Part, group: AxisGroup, piece: GroupPiece, unit: number): Part {
  const box = part.box.slice();
  box.set(piece.box, 2 * group.from);
  const stride = part.stride.slice();
  cStrides(boxShape(piece.box)).forEach((step, i) => {
    stride[group.from + i] = step * unit;
  });
  return { box, offset: part.offset + piece.place * unit, stride };
}

function runReshape(call: OpCall<ReshapeParams>, context: RunContext, at: Box): NDArray {
  const { dtype } = call.outputs[0]!;
  const shape = boxShape(at);
  if (sizeOf(shape) === 0) return context.alloc(shape, dtype);
  const parts = products(call, at);
  if (parts.length === 1) return reshaped(context.read(0, parts[0]!.box), shape);
  const out = context.alloc(shape, dtype);
  const around = context.resident ? parts.map(({ box }) => box).reduce(hull) : undefined;
  const whole = around && context.read(0, around);
  for (const { box, offset, stride } of parts) {
    let block = whole;
    let from = 0;
    if (block) for (let i = 0; i < stride.length; i++) from += (box[2 * i]! - around![2 * i]!) * block.stride[i]!;
    else block = context.read(0, box);
    copyStrided(block.data, boxShape(box), block.stride, block.offset + from, out.data, stride, offset, slotsPerElement(dtype));
  }
  return out;
}

/** An array in memory as another shape: a view where strides allow, else a copy. */
function reshaped(a: NDArray, shape: Shape): NDArray {
  const stride = viewStrides(a, shape);
  return stride ? new NDArray(a.data, shape, a.dtype, stride, a.offset) : new NDArray(copyFlat(a), shape, a.dtype);
}

/** The strides of a reshaped view; undefined where axes that must join do not lie in one line. */
function viewStrides(a: NDArray, shape: Shape): number[] | undefined {
  const stride = new Array<number>(shape.length).fill(1);
  for (const { from, fromEnd, to, toEnd } of groupAxes(a.shape, shape)) {
    let step = 1;
    let span = 1;
    for (let i = fromEnd - 1; i >= from; i--) {
      if (a.shape[i] === 1) continue;
      if (span === 1) step = a.stride[i]!;
      else if (a.stride[i] !== step * span) return undefined;
      span *= a.shape[i]!;
    }
    let size = 1;
    for (let j = toEnd - 1; j >= to; j--) {
      stride[j] = step * size;
      size *= shape[j]!;
    }
  }
  return stride;
}
