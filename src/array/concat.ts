/** Joining arrays end to end. */

import { slotsPerElement } from "../dtypes/traits.ts";
import { DimensionError, DTypeError } from "../errors.ts";
import { copyStrided } from "../kernels/copy.ts";
import { apply } from "./apply.ts";
import { type Box, type BoxSet, boxShape } from "./box.ts";
import { type AxisGrid, boundedAxis, chunkStart } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import { cStrides, sizeOf } from "./meta.ts";
import type { OpCall } from "./node.ts";
import type { Op } from "./op.ts";
import { lastAtMost } from "./pick.ts";
import { checkAxis, expandDims } from "./select.ts";

/** The axis of a concatenation; where each input begins is blob 0 (one more entry: the end). */
export interface ConcatParams {
  readonly axis: number;
}

/**
 * Arrays of one dtype end to end along `axis`; the other axes must agree. Thousands are fine.
 *
 * @throws DimensionError where shapes differ; DTypeError where dtypes do (promote first).
 */
export function concat(arrays: readonly AnyArray[], axis: number): AnyArray {
  const [first] = arrays;
  if (first === undefined) throw new DimensionError("nothing to concatenate: give at least one array");
  checkAxis(axis, first.shape.length);
  if (arrays.length === 1) return first;
  const starts = new Float64Array(arrays.length + 1);
  arrays.forEach((a, i) => {
    starts[i + 1] = starts[i]! + (a.shape[axis] ?? 0);
  });
  return apply(concatOp, arrays, { params: { axis }, blobs: [starts] });
}

/** Arrays of one shape and dtype side by side along a new axis. */
export function stack(arrays: readonly AnyArray[], axis: number): AnyArray {
  return concat(
    arrays.map((a) => expandDims(a, [axis])),
    axis,
  );
}

const startsOf = (call: OpCall<ConcatParams>): Float64Array => call.blobs[0] as Float64Array;

/** The operation of {@link concat}. */
export const concatOp: Op<ConcatParams> = {
  name: "concat",
  kind: "concat",
  infer(inputs, { axis }, { blobs }) {
    const { shape, dtype } = inputs[0]!;
    inputs.forEach((input, i) => {
      if (input.dtype !== dtype)
        throw new DTypeError(`cannot concatenate ${dtype} with ${input.dtype} (array ${i}): cast to one dtype first`, {
          dtypes: [dtype, input.dtype],
          index: i,
        });
      if (input.shape.length !== shape.length || input.shape.some((n, k) => k !== axis && n !== shape[k])) {
        throw new DimensionError(
          `cannot concatenate along axis ${axis}: array ${i} has shape (${input.shape.join(", ")}), the first (${shape.join(", ")})`,
          { axis, index: i },
        );
      }
    });
    return [{ shape: shape.map((n, k) => (k === axis ? (blobs[0]![inputs.length] as number) : n)), dtype }];
  },
  grid(call, inputs) {
    const { axis } = call.params;
    const starts = startsOf(call);
    return [
      inputs[0]!.map((own, k) =>
        k === axis
          ? joinedAxis(
              inputs.map((grid) => grid[axis]!),
              starts,
            )
          : own,
      ),
    ];
  },
  demand(call, _out, at, input): BoxSet {
    const part = partOf(call, at, input);
    return part && sizeOf(boxShape(part)) > 0 ? [part] : [];
  },
  touches: (call, _out, at) => touched(call, at),
  run(call, context) {
    const at = context.at[0];
    if (!at) return [null];
    const { dtype } = call.outputs[0]!;
    const shape = boxShape(at);
    const [first, end] = sizeOf(shape) === 0 ? [0, 0] : touched(call, at);
    if (end - first === 1) return [context.read(first, partOf(call, at, first)!)];
    const out = context.alloc(shape, dtype);
    const stride = cStrides(shape);
    const { axis } = call.params;
    const starts = startsOf(call);
    for (let i = first; i < end; i++) {
      const part = partOf(call, at, i);
      if (!part) continue;
      const block = context.read(i, part);
      const offset = (starts[i]! + part[2 * axis]! - at[2 * axis]!) * stride[axis]!;
      copyStrided(block.data, block.shape, block.stride, block.offset, out.data, stride, offset, slotsPerElement(dtype));
    }
    return [out];
  },
};

/** The first input that a region reaches, and the one after the last. */
function touched(call: OpCall<ConcatParams>, at: Box): [number, number] {
  const { axis } = call.params;
  const starts = startsOf(call);
  const lo = at[2 * axis]!;
  const hi = at[2 * axis + 1]!;
  return lo < hi ? [lastAtMost(starts, lo), lastAtMost(starts, hi - 1) + 1] : [0, 0];
}

/** The region of one input that is in region `at` of the whole; undefined where it has none. */
function partOf(call: OpCall<ConcatParams>, at: Box, input: number): Box | undefined {
  const { axis } = call.params;
  const starts = startsOf(call);
  const lo = Math.max(at[2 * axis]!, starts[input]!);
  const hi = Math.min(at[2 * axis + 1]!, starts[input + 1]!);
  if (lo >= hi) return undefined;
  const part = at.slice();
  part[2 * axis] = lo - starts[input]!;
  part[2 * axis + 1] = hi - starts[input]!;
  return part;
}

function joinedAxis(axes: readonly AxisGrid[], starts: Float64Array): AxisGrid {
  let n = 0;
  for (const axis of axes) n += axis.n;
  const bounds = new Float64Array(n + 1);
  let k = 1;
  axes.forEach((axis, i) => {
    for (let c = 1; c <= axis.n; c++) bounds[k++] = starts[i]! + chunkStart(axis, c);
  });
  return boundedAxis(bounds);
}
