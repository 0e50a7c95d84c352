/** Weighted sums of a few elements along an axis: what linear interpolation, derivatives and other stencils are. */
import { kindOf } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DTypeError, IndexingError } from "../errors.ts";
import { blendRow } from "../kernels/blend.ts";
import { eachLine, type LineKernel } from "../kernels/lines.ts";
import { eachRun } from "../kernels/runs.ts";
import { apply } from "./apply.ts";
import type { Box } from "./box.ts";
import { castBlock } from "./cast.ts";
import { regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import type { NDArray } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Op } from "./op.ts";
import { checkAxis, finishFor, isNumeric, operand, target } from "./operand.ts";

/** Where the elements along the new axis come from: element `i` is the sum of `weights[width * i + k] * a[positions[width * i + k]]`. */
export interface Taps {
  /** Terms of each sum. */
  readonly width: number;
  /** Positions along the axis; a first one of -1 makes the element `fill`. */
  readonly positions: Float64Array;
  readonly weights: Float64Array;
  /** What stands at -1 (default NaN). */
  readonly fill?: number | undefined;
  /** Whether a weight of zero keeps NaN out (default), instead of spreading it as `0 * NaN` does. */
  readonly skipZero?: boolean | undefined;
  /** Give floats of any precision as float64 (default: in their own). */
  readonly double?: boolean | undefined;
}

interface BlendParams {
  readonly axis: number;
  readonly width: number;
  readonly length: number;
  /** `null` is NaN. */
  readonly fill: number | null;
  readonly skipZero: boolean;
  readonly double: boolean;
}

function blended(dtype: DType, double: boolean): DType {
  if ("USc".includes(kindOf(dtype))) throw new DTypeError(`${dtype} values have no weighted sums`, { dtype });
  return "Mm".includes(kindOf(dtype)) || (kindOf(dtype) === "f" && !double) ? dtype : "float64";
}

/** The operation of {@link blend}. Blobs: positions, weights. */
export const blendOp: Op<BlendParams> = {
  name: "blend",
  kind: "map",
  infer: ([a], { axis, length, double }) => [
    { shape: a!.shape.map((n, i) => (i === axis ? length : n)), dtype: blended(a!.dtype, double) },
  ],
  grid: ({ params: { axis, length } }, [grid]) => [
    grid!.map((own, i) => (i === axis ? regularAxis(length, Math.max(1, Math.ceil(length / Math.max(1, own.n)))) : own)),
  ],
  demand: (call, _out, at) => [sourceBox(call, at)],
  run(call, context) {
    const { axis, width, fill, skipZero } = call.params;
    const at = context.at[0]!;
    const box = sourceBox(call, at);
    const read = context.read(0, box);
    const block = isNumeric(read.dtype) ? read : castBlock(read, "float64");
    const [from, count] = [at[2 * axis]!, at[2 * axis + 1]! - at[2 * axis]!];
    const out = context.alloc(
      block.shape.map((n, i) => (i === axis ? count : n)),
      call.outputs[0]!.dtype,
    );
    const positions = call.blobs[0] as Float64Array;
    const weights = call.blobs[1] as Float64Array;
    const lo = box[2 * axis]!;
    const filling = fill ?? Number.NaN;
    const inner = rowLength(block, axis);
    if (inner > 1 && PLAIN.includes(block.dtype) && PLAIN.includes(out.dtype)) {
      const shape = block.shape.slice(0, axis);
      const [src, dst] = [block.data as Float64Array, out.data as Float64Array];
      let to = 0;
      eachRun(shape, [block.stride.slice(0, axis)], [block.offset], (starts, n, steps) => {
        for (let o = 0; o < n; o++) {
          const base = starts[0]! + o * steps[0]! - lo * block.stride[axis]!;
          for (let i = 0, p = from * width; i < count; i++, p += width, to += inner) {
            if (positions[p]! < 0) dst.fill(filling, to, to + inner);
            else blendRow(src, base, block.stride[axis]!, positions, weights, p, p + width, skipZero, dst, to, inner);
          }
        }
      });
      return [out];
    }
    const kernel: LineKernel = (src, first, _n, dst, to) => {
      const base = first - lo;
      for (let i = 0, p = from * width; i < count; i++, p += width) {
        if (positions[p]! < 0) {
          dst[to + i] = filling;
          continue;
        }
        let sum = 0;
        for (let k = p; k < p + width; k++) {
          const w = weights[k]!;
          if (w !== 0 || !skipZero) sum += w * src[base + positions[k]!]!;
        }
        dst[to + i] = sum;
      }
    };
    eachLine(operand(block), block.shape, axis, count, target(out), kernel);
    finishFor(out.dtype)?.(out.data as Float64Array, 0, out.size);
    return [out];
  },
};

/** Floats whose rows can be summed as they are stored. */
const PLAIN: readonly DType[] = ["float64", "float32"];

/** How many elements behind `axis` lie end to end; 0 where they do not. */
function rowLength(a: NDArray, axis: number): number {
  let n = 1;
  for (let i = a.shape.length - 1; i > axis; i--) {
    if (a.stride[i] !== n && a.shape[i] !== 1) return 0;
    n *= a.shape[i]!;
  }
  return n;
}

/** The hull of the positions that region `at` needs. */
function sourceBox(call: OpCall<BlendParams>, at: Box): Box {
  const { axis, width } = call.params;
  const positions = call.blobs[0] as Float64Array;
  let lo = Number.POSITIVE_INFINITY,
    hi = 0;
  for (let p = at[2 * axis]! * width; p < at[2 * axis + 1]! * width; p++) {
    const q = positions[p]!;
    if (q < 0) continue;
    if (q < lo) lo = q;
    if (q >= hi) hi = q + 1;
  }
  const box = at.slice();
  box[2 * axis] = Math.min(lo, hi);
  box[2 * axis + 1] = hi;
  return box;
}

/**
 * `a` with `axis` replaced by weighted sums of its elements. Floats keep their dtype, integers become
 * float64, times stay times (their weights should sum to 1).
 *
 * @throws IndexingError for positions that are not on the axis; DTypeError for strings and complex numbers.
 * @example
 * ```ts
 * blend(a, 0, { width: 2, positions: Float64Array.of(0, 1), weights: Float64Array.of(0.25, 0.75) });
 * ```
 */
export function blend(
  a: AnyArray,
  axis: number,
  { width, positions, weights, fill = Number.NaN, skipZero = true, double = false }: Taps,
): AnyArray {
  checkAxis(a, axis);
  if (positions.length !== weights.length || positions.length % width !== 0)
    throw new ArgumentError(`${positions.length} positions and ${weights.length} weights do not make sums of ${width} terms`, { width });
  const n = a.shape[axis]!;
  for (let i = 0; i < positions.length; i++) {
    const p = positions[i]!;
    if (!(p >= 0 && p < n) && !(p === -1 && positions[i - (i % width)] === -1))
      throw new IndexingError(`position ${p} is not on axis ${axis}, which has ${n} positions`, { position: p, axis, length: n });
  }
  const params = { axis, width, length: positions.length / width, fill: Number.isNaN(fill) ? null : fill, skipZero, double };
  return apply(blendOp, [a], { params, blobs: [positions, weights], label: "blend" });
}
