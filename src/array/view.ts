/**
 * The view: one node for everything that only says where elements come from.
 *
 * Every input axis is picked from; every output axis is a picked input axis or a repeat. Selecting,
 * transposing, broadcasting, rolling, reindexing and most padding are views, views of views are one
 * view, and in memory a view without fill and with one run per axis shares the buffer.
 */
import { slotsPerElement } from "../dtypes/traits.ts";
import type { TypedArray, Value } from "../dtypes/types.ts";
import { copyTables, type TakeAxis } from "../kernels/take.ts";
import { apply } from "./apply.ts";
import { type Box, type BoxSet, boxShape } from "./box.ts";
import { fillElement, sameElement } from "./full.ts";
import { type ChunkGrid, regularAxis } from "./grid.ts";
import { gridThrough } from "./image.ts";
import { type AnyArray, inMemory, LazyArray } from "./lazy.ts";
import { cStrides, sizeOf } from "./meta.ts";
import { NDArray } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Op, RunContext } from "./op.ts";
import { composePicks, FILL, hasFill, isList, isWhole, type Pick, pickCount, runsOf, slicePick, wholePick } from "./pick.ts";
import { axisPieces, boxesOf, imagesOf, type Piece } from "./pieces.ts";

/** An output axis: an axis of the input, or so many repeats. */
export type OutAxis = { readonly axis: number } | { readonly repeat: number };

/** A view as its functions see it: one pick per input axis, and the output's axes in order. */
export interface View {
  readonly picks: readonly Pick[];
  readonly out: readonly OutAxis[];
}

/** A view as JSON: `null` for a whole axis, `{ blob }` for positions in that blob. */
export interface ViewParams {
  readonly picks: readonly (readonly number[] | { readonly blob: number } | null)[];
  readonly out: readonly OutAxis[];
}

/**
 * `a` through `picks` with the axes `out`; composed with the view that `a` may be already.
 *
 * `fill` is for positions of -1 (default: missing; a dtype that has no missing value needs one).
 */
export function view(a: AnyArray, picks: readonly Pick[], out: readonly OutAxis[], fill?: Value | NDArray): AnyArray {
  if (isIdentity(picks, out, a.shape)) return a;
  const array = inMemory(a);
  // Apply would come to the same by a longer way, which small arrays feel.
  if (array && picks.every(isOneRun)) return strided(array, picks as (readonly number[])[], out);
  const filler = picks.some(hasFill) ? fillElement(a.dtype, fill) : undefined;
  if (array === undefined) {
    const fused = fuse(a as LazyArray, { picks, out }, filler);
    if (fused) return fused;
  }
  return build(a, { picks, out }, filler);
}

function build(a: AnyArray, { picks, out }: View, fill: NDArray | undefined): AnyArray {
  const blobs: TypedArray[] = [];
  const params: ViewParams = {
    picks: picks.map((pick, i) => {
      if (isWhole(pick, a.shape[i]!)) return null;
      return isList(pick) ? { blob: blobs.push(pick) - 1 } : pick;
    }),
    out,
  };
  return apply(viewOp, fill === undefined ? [a] : [a, fill], { params, blobs });
}

function isIdentity(picks: readonly Pick[], out: readonly OutAxis[], shape: readonly number[]): boolean {
  if (out.length !== shape.length) return false;
  for (let i = 0; i < out.length; i++) {
    const axis = out[i]!;
    if (!("axis" in axis) || axis.axis !== i || !isWhole(picks[i]!, shape[i]!)) return false;
  }
  return true;
}

/** The view of a view as one view of what that one sees; undefined where `a` is no view or fills differ. */
function fuse(a: LazyArray, outer: View, fill: NDArray | undefined): AnyArray | undefined {
  const { node } = a.port;
  if (node.op !== viewOp) return undefined;
  const inner = viewOf(node);
  const innerFill = node.from[1]?.node.live as NDArray | undefined;
  if (fill && innerFill && !sameElement(fill, innerFill)) return undefined;
  const picks = inner.picks.slice();
  const kept = new Array<OutAxis>(inner.out.length);
  for (let i = 0; i < inner.out.length; i++) {
    const from = inner.out[i]!;
    const pick = outer.picks[i]!;
    if ("axis" in from) {
      picks[from.axis] = composePicks(picks[from.axis]!, pick);
      kept[i] = from;
    } else {
      if (hasFill(pick)) return undefined;
      kept[i] = { repeat: pickCount(pick) };
    }
  }
  const out = outer.out.map((axis) => ("axis" in axis ? kept[axis.axis]! : axis));
  // An axis that the outer view drops must have kept one position; a dropped repeat just goes.
  const source = new LazyArray(node.from[0]!);
  if (isIdentity(picks, out, source.shape)) return source;
  return build(source, { picks, out }, picks.some(hasFill) ? (fill ?? innerFill) : undefined);
}

/** The view that a call of {@link viewOp} is. */
export function viewOf(call: OpCall<ViewParams>): View {
  const { shape } = call.inputs[0]!;
  return {
    picks: call.params.picks.map((pick, i) => {
      if (pick === null) return wholePick(shape[i]!);
      return "blob" in pick ? (call.blobs[pick.blob] as Float64Array) : pick;
    }),
    out: call.params.out,
  };
}

/** The picks of the part of a view that makes region `at` of its output. */
function picksAt({ picks, out }: View, at: Box): Pick[] {
  const cut = picks.slice();
  for (let j = 0; j < out.length; j++) {
    const axis = out[j]!;
    if ("axis" in axis) {
      const part = slicePick(picks[axis.axis]!, at[2 * j]!, at[2 * j + 1]!);
      cut[axis.axis] = isList(part) ? (runsOf(part) ?? part) : part;
    }
  }
  return cut;
}

/** The operation of views. */
export const viewOp: Op<ViewParams> = {
  name: "view",
  kind: "view",
  infer([input], params, { blobs }) {
    const shape = params.out.map((axis) => {
      if ("repeat" in axis) return axis.repeat;
      const pick = params.picks[axis.axis]!;
      if (pick === null) return input!.shape[axis.axis]!;
      return "blob" in pick ? blobs[pick.blob]!.length : pickCount(pick);
    });
    return [{ shape, dtype: input!.dtype }];
  },
  grid(call, [input]): ChunkGrid[] {
    const { picks, out } = viewOf(call);
    return [
      out.map((axis) =>
        "axis" in axis ? gridThrough(picks[axis.axis]!, input![axis.axis]!) : regularAxis(axis.repeat, Math.max(1, axis.repeat)),
      ),
    ];
  },
  demand(call, _out, at, input): BoxSet {
    if (input === 1) return [new Float64Array(0)];
    if (sizeOf(boxShape(at)) === 0) return [];
    return boxesOf(imagesOf(picksAt(viewOf(call), at)));
  },
  run(call, context) {
    const at = context.at[0];
    return [at ? runView(call, context, at) : null];
  },
};

function runView(call: OpCall<ViewParams>, context: RunContext, at: Box): NDArray {
  const { dtype } = call.outputs[0]!;
  const shape = boxShape(at);
  if (sizeOf(shape) === 0) return context.alloc(shape, dtype);
  const self = viewOf(call);
  const picks = picksAt(self, at);
  const images = imagesOf(picks, context.resident);
  if (images.some((image) => image.length === 0)) return repeated(context.read(1, new Float64Array(0)), shape);
  if (picks.every(isOneRun) && images.every((image) => image.length === 2)) {
    const [box] = boxesOf(images) as [Box];
    // A repeat is cut by the region, not by picks.
    const out = self.out.map((axis, j): OutAxis => ("axis" in axis ? axis : { repeat: shape[j]! }));
    return strided(context.read(0, box), picks as (readonly number[])[], out, box);
  }
  return assembled(context, self.out, shape, dtype, picks, images);
}

function isOneRun(pick: Pick): boolean {
  return !isList(pick) && pick.length === 3 && pick[0] !== FILL;
}

/** One element, seen as often as `shape` says. */
function repeated(element: NDArray, shape: readonly number[]): NDArray {
  return new NDArray(element.data, shape, element.dtype, new Array<number>(shape.length).fill(0), element.offset);
}

/** A view that shares the buffer; where `block` is but a part, it begins at `origin` of the input. */
function strided(block: NDArray, picks: readonly (readonly number[])[], out: readonly OutAxis[], origin?: Box): NDArray {
  let { offset } = block;
  for (let i = 0; i < picks.length; i++) offset += (picks[i]![0]! - (origin ? origin[2 * i]! : 0)) * block.stride[i]!;
  const shape = new Array<number>(out.length);
  const stride = new Array<number>(out.length);
  for (let j = 0; j < out.length; j++) {
    const axis = out[j]!;
    if ("axis" in axis) {
      const [, step, count] = picks[axis.axis] as readonly [number, number, number];
      shape[j] = count;
      stride[j] = step * block.stride[axis.axis]!;
    } else {
      shape[j] = axis.repeat;
      stride[j] = 0;
    }
  }
  return new NDArray(block.data, shape, block.dtype, stride, offset);
}

/** A fresh block, put together from what each piece of each axis takes. */
function assembled(
  context: RunContext,
  out: readonly OutAxis[],
  shape: readonly number[],
  dtype: NDArray["dtype"],
  picks: readonly Pick[],
  images: readonly (readonly number[])[],
): NDArray {
  const once = shape.map((n, j) => ("axis" in out[j]! ? n : 1));
  const block = context.alloc(once, dtype);
  const steps = cStrides(once);
  const dstStep = new Array<number>(picks.length).fill(0);
  out.forEach((axis, j) => {
    if ("axis" in axis) dstStep[axis.axis] = steps[j]!;
  });
  if (picks.some(hasFill)) {
    const element = context.read(1, new Float64Array(0));
    copyTables(element.data, element.offset, block.data, 0, [{ count: block.size, src: 0, dst: 1 }], slotsPerElement(dtype));
  }
  const boxes = boxesOf(images);
  const order = Array.from(picks.keys()).sort((a, b) => dstStep[b]! - dstStep[a]!);
  const pieces = picks.map((pick, i) => axisPieces(pick, images[i]!));
  boxes.forEach((box, k) => {
    const source = context.read(0, box);
    const mine = pieces.map((list, i) => list.filter((piece) => piece.image === imageIndex(images, k, i)));
    eachProduct(mine, (chosen) => {
      let from = source.offset;
      let to = 0;
      const axes: TakeAxis[] = chosen.map((piece, i) => {
        const step = source.stride[i]!;
        from += (piece.from - box[2 * i]!) * step;
        to += piece.to * dstStep[i]!;
        return { count: piece.count, src: scaled(piece.src, step), dst: scaled(piece.dst, dstStep[i]!) };
      });
      copyTables(
        source.data,
        from,
        block.data,
        to,
        order.map((i) => axes[i]!),
        slotsPerElement(dtype),
      );
    });
  });
  return sizeOf(once) === sizeOf(shape)
    ? new NDArray(block.data, shape, dtype)
    : new NDArray(
        block.data,
        shape,
        dtype,
        steps.map((step, j) => ("axis" in out[j]! ? step : 0)),
      );
}

/** Which interval of axis `i` box number `k` of {@link boxesOf} has. */
function imageIndex(images: readonly (readonly number[])[], k: number, i: number): number {
  let rest = k;
  for (let j = images.length - 1; j > i; j--) rest = Math.floor(rest / (images[j]!.length / 2));
  return rest % (images[i]!.length / 2);
}

function scaled(walk: number | Float64Array, step: number): number | Float64Array {
  if (typeof walk === "number") return walk * step;
  if (step === 1) return walk;
  const out = new Float64Array(walk.length);
  for (let i = 0; i < walk.length; i++) out[i] = walk[i]! * step;
  return out;
}

function eachProduct(lists: readonly (readonly Piece[])[], visit: (chosen: readonly Piece[]) => void): void {
  const chosen = new Array<Piece>(lists.length);
  const descend = (i: number): void => {
    if (i === lists.length) visit(chosen);
    else {
      for (const piece of lists[i]!) {
        chosen[i] = piece;
        descend(i + 1);
      }
    }
  };
  descend(0);
}
