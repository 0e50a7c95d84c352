/** Pointwise selection: one position per point along several axes at once. */
import { slotsPerElement } from "../dtypes/traits.ts";
import type { AnyValues, Value } from "../dtypes/types.ts";
import { DimensionError, IndexingError } from "../errors.ts";
import { copyTables, type TakeAxis } from "../kernels/take.ts";
import { apply } from "./apply.ts";
import { type Box, type BoxSet, boxShape } from "./box.ts";
import { clusterPoints } from "./cluster.ts";
import { fillElement } from "./full.ts";
import { type AxisGrid, largestChunk, regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import { cStrides, type Shape, sameShape, sizeOf } from "./meta.ts";
import { flatValues, type NDArray } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Op, RunContext } from "./op.ts";
import { FILL } from "./pick.ts";
import { checkAxis } from "./select.ts";

/** What a gather says: the axes that vanish, where the points' axes come in, and their lengths. Positions are blobs. */
export interface PointsParams {
  readonly axes: readonly number[];
  readonly at: number;
  readonly shape: Shape;
}

/**
 * The elements at points: point `p` takes position `positions[k][p]` along `axes[k]`. The axes
 * vanish and the points' axes come in before axis `at` of what is left; -1 along any axis is `fill`
 * (default: the missing value).
 *
 * @throws IndexingError where a position is outside; DimensionError where the shapes of positions differ.
 */
export function points(a: AnyArray, axes: readonly number[], positions: readonly NDArray[], at: number, fill?: Value | NDArray): AnyArray {
  const rank = a.shape.length;
  const [first] = positions;
  if (first === undefined || positions.length !== axes.length || new Set(axes).size !== axes.length) {
    throw new DimensionError(
      `points need one array of positions per axis and at least one axis, not ${positions.length} for axes (${axes.join(", ")})`,
      { axes },
    );
  }
  if (!Number.isInteger(at) || at < 0 || at > rank - axes.length)
    throw new DimensionError(`points cannot come in at axis ${at} of ${rank - axes.length}`, { at });
  let filled = false;
  const blobs = axes.map((axis, k) => {
    checkAxis(axis, rank);
    const list = positions[k]!;
    if (!sameShape(list.shape, first.shape))
      throw new DimensionError(
        `positions of axis ${axis} have shape (${list.shape.join(", ")}), those of axis ${axes[0]} (${first.shape.join(", ")})`,
        { axis },
      );
    const blob = toDoubles(flatValues(list));
    if (checkPositions(blob, a.shape[axis]!, axis)) filled = true;
    return blob;
  });
  const inputs = filled ? [a, fillElement(a.dtype, fill)] : [a];
  return apply(pointsOp, inputs, { params: { axes, at, shape: first.shape }, blobs });
}

function toDoubles(values: AnyValues): Float64Array {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) return Float64Array.from(values, Number);
  return new Float64Array(values as ArrayLike<number>);
}

/** Throws where a position is outside; gives whether any is fill. */
function checkPositions(positions: Float64Array, length: number, axis: number): boolean {
  let filled = false;
  for (let i = 0; i < positions.length; i++) {
    const p = positions[i]!;
    if (!(p >= FILL && p < length) || p !== Math.floor(p))
      throw new IndexingError(`position ${p} is not on axis ${axis}, which has ${length} positions`, { position: p, axis, length });
    if (p === FILL) filled = true;
  }
  return filled;
}

/** Elements of one output chunk that points may make before their axes are cut. */
const CHUNK = 2 ** 20;

/** The operation of {@link points}. */
export const pointsOp: Op<PointsParams> = {
  name: "points",
  kind: "gather",
  infer: ([input], { axes, at, shape }) => [
    {
      shape: around(
        input!.shape.filter((_, i) => !axes.includes(i)),
        shape,
        at,
      ),
      dtype: input!.dtype,
    },
  ],
  grid(call, [input]) {
    const { axes, at, shape } = call.params;
    const kept = input!.filter((_, i) => !axes.includes(i));
    let room = Math.max(1, Math.floor(CHUNK / kept.reduce((n, axis) => n * Math.max(1, largestChunk(axis)), 1)));
    const cuts = new Array<AxisGrid>(shape.length);
    for (let i = shape.length - 1; i >= 0; i--) {
      cuts[i] = regularAxis(shape[i]!, Math.max(1, Math.min(shape[i]!, room)));
      room = Math.max(1, Math.floor(room / Math.max(1, shape[i]!)));
    }
    return [around(kept, cuts, at)];
  },
  demand(call, _out, at, input): BoxSet {
    if (input === 1) return [new Float64Array(0)];
    if (sizeOf(boxShape(at)) === 0) return [];
    const kept = keptBox(call, at);
    return clusterPoints(listsAt(call, at), isFilled(call)).map((cluster) => withPoints(kept, call.params.axes, cluster.box));
  },
  run(call, context) {
    const at = context.at[0];
    return [at ? gather(call, context, at) : null];
  },
};

const isFilled = (call: OpCall<PointsParams>): boolean => call.inputs.length > 1;

function addOffsets(sum: Float64Array, positions: Float64Array, points: Int32Array | undefined, lo: number, step: number): void {
  if (points) for (let i = 0; i < sum.length; i++) sum[i]! += (positions[points[i]!]! - lo) * step;
  else for (let i = 0; i < sum.length; i++) sum[i]! += (positions[i]! - lo) * step;
}

function around<T>(kept: readonly T[], middle: readonly T[], at: number): T[] {
  return [...kept.slice(0, at), ...middle, ...kept.slice(at)];
}

/** Region `at` of the output as a region of the input, the points' axes left empty. */
function keptBox(call: OpCall<PointsParams>, at: Box): Box {
  const { axes, at: where, shape } = call.params;
  const box = new Float64Array(2 * call.inputs[0]!.shape.length);
  for (let i = 0, k = 0; i < box.length / 2; i++) {
    if (axes.includes(i)) continue;
    const j = k < where ? k : k + shape.length;
    box[2 * i] = at[2 * j]!;
    box[2 * i + 1] = at[2 * j + 1]!;
    k++;
  }
  return box;
}

/** The region of the input that a box of points needs. */
function withPoints(kept: Box, axes: readonly number[], box: Box): Box {
  const whole = kept.slice();
  for (let k = 0; k < axes.length; k++) whole.set(box.subarray(2 * k, 2 * k + 2), 2 * axes[k]!);
  return whole;
}

/** The positions of the points in region `at`, a list per axis. */
function listsAt(call: OpCall<PointsParams>, at: Box): Float64Array[] {
  const { at: where, shape } = call.params;
  const inner = at.subarray(2 * where, 2 * (where + shape.length));
  const part = boxShape(inner);
  const n = sizeOf(part);
  if (n === sizeOf(shape)) return call.blobs as Float64Array[];
  const steps = cStrides(shape);
  let start = 0;
  for (let i = 0; i < shape.length; i++) start += inner[2 * i]! * steps[i]!;
  return call.blobs.map((blob) => {
    const out = new Float64Array(n);
    copyTables(
      blob,
      start,
      out,
      0,
      part.map((count, i) => ({ count, src: steps[i]!, dst: cStrides(part)[i]! })),
    );
    return out;
  });
}

function gather(call: OpCall<PointsParams>, context: RunContext, at: Box): NDArray {
  const { axes, at: where, shape: pointShape } = call.params;
  const { dtype } = call.outputs[0]!;
  const out = context.alloc(boxShape(at), dtype);
  if (out.size === 0) return out;
  const slots = slotsPerElement(dtype);
  const lists = listsAt(call, at);
  const kept = keptBox(call, at);
  const rank = out.shape.length - pointShape.length;
  const steps = cStrides(out.shape);
  const pointStep = pointShape.length > 0 ? steps[where + pointShape.length - 1]! : 1;
  const clusters = clusterPoints(lists, isFilled(call), context.resident ? 1 : undefined);
  const taken = clusters.reduce((n, cluster) => n + cluster.count, 0);
  if (taken < lists[0]!.length) {
    const element = context.read(1, new Float64Array(0));
    copyTables(element.data, element.offset, out.data, 0, [{ count: out.size, src: 0, dst: 1 }], slots);
  }
  const keptAxes = Array.from(call.inputs[0]!.shape.keys()).filter((i) => !axes.includes(i));
  for (const cluster of clusters) {
    const block = context.read(0, withPoints(kept, axes, cluster.box));
    const src = new Float64Array(cluster.count);
    for (let k = 0; k < axes.length; k++) {
      const list = lists[k]!;
      const step = block.stride[axes[k]!]!;
      const lo = cluster.box[2 * k]!;
      addOffsets(src, list, cluster.points, lo, step);
    }
    const dst = cluster.points ? Float64Array.from(cluster.points, (p) => p * pointStep) : pointStep;
    const line: TakeAxis = { count: src.length, src, dst };
    const others = keptAxes.map(
      (axis, k): TakeAxis => ({
        count: block.shape[axis]!,
        src: block.stride[axis]!,
        dst: steps[k < where ? k : k + pointShape.length]!,
      }),
    );
    copyTables(block.data, block.offset, out.data, 0, rank === 0 ? [line] : around(others, [line], where), slots);
  }
  return out;
}
