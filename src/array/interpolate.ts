/** Interpolation along a whole axis: onto other points, and into gaps. */
import { kindOf } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import { LINE_METHODS, type LineMethod, type LineMethodRule, lineMethod } from "../kernels/interpolate.ts";
import { eachLine, type LineKernel } from "../kernels/lines.ts";
import { unknownName } from "../util/suggest.ts";
import { apply } from "./apply.ts";
import { castBlock } from "./cast.ts";
import { regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import type { Op } from "./op.ts";
import { checkAxis, finishFor, isNumeric, operand, target } from "./operand.ts";
import { boxAlong, partAlong } from "./sort.ts";

/** How values between points are found. */
export interface Interpolation {
  readonly method: LineMethod;
  /** The degree of `"polynomial"`. */
  readonly order?: number | undefined;
  /** What stands before the first and after the last point (default NaN), or that the method goes on there. */
  readonly outside?: readonly [number, number] | "extrapolate" | undefined;
}

interface InterpolateParams {
  readonly axis: number;
  readonly method: LineMethod;
  readonly order: number | null;
  /** Values before and after (`null` is NaN), or `null` to extrapolate. */
  readonly outside: readonly [number | null, number | null] | null;
}

interface FillGapsParams extends InterpolateParams {
  readonly limit: number | null;
  readonly maxGap: number | null;
}

/** Throws ArgumentError for a method that is none, or has no order where it needs one. */
export function checkInterpolation({ method, order }: Pick<Interpolation, "method" | "order">): LineMethodRule {
  if (!LINE_METHODS.includes(method))
    throw new ArgumentError(unknownName("method of interpolation", String(method), LINE_METHODS), { method });
  if (method === "polynomial" && !(Number.isInteger(order) && order! >= 0 && order! <= 9))
    throw new ArgumentError(`method "polynomial" needs an order, a whole number from 0 to 9, not ${String(order)}`, { order });
  return lineMethod(method, order);
}

function paramsOf(axis: number, rule: LineMethodRule, { method, order, outside }: Interpolation): InterpolateParams {
  const ends = outside ?? (rule.extrapolates ? "extrapolate" : [Number.NaN, Number.NaN]);
  const coded =
    ends === "extrapolate" ? null : ([ends[0], ends[1]].map((v) => (Number.isNaN(v) ? null : v)) as [number | null, number | null]);
  return { axis, method, order: order ?? null, outside: coded };
}

function checkReal(dtype: DType): void {
  if ("USc".includes(kindOf(dtype))) throw new DTypeError(`${dtype} values cannot be interpolated`, { dtype });
}

/** Onto other points. Blobs: the points, the places. */
export const interpolateOp: Op<InterpolateParams> = {
  name: "interpolate",
  kind: "map",
  infer: ([a], { axis }, { blobs }) => {
    checkReal(a!.dtype);
    return [
      { shape: a!.shape.map((n, i) => (i === axis ? blobs[1]!.length : n)), dtype: "Mm".includes(kindOf(a!.dtype)) ? a!.dtype : "float64" },
    ];
  },
  grid: (call, [grid]) => [grid!.map((own, i) => (i === call.params.axis ? wholeAxis(call.outputs[0]!.shape[i]!) : own))],
  demand: (call, _out, at) => [boxAlong(at, call.params.axis, call.inputs[0]!.shape[call.params.axis]!)],
  splits: (call) => call.outputs[0]!.shape.map((_, i) => i !== call.params.axis),
  run(call, context) {
    const { axis, method, order, outside } = call.params;
    const at = context.at[0]!;
    const read = context.read(0, boxAlong(at, axis, call.inputs[0]!.shape[axis]!));
    const block = isNumeric(read.dtype) ? read : castBlock(read, "float64");
    const [x, q] = call.blobs as readonly Float64Array[] as [Float64Array, Float64Array];
    const out = context.alloc(
      block.shape.map((n, i) => (i === axis ? q.length : n)),
      call.outputs[0]!.dtype,
    );
    const line = lineMethod(method, order ?? undefined).prepare(x, x.length, q, q.length);
    const kernel: LineKernel = (src, from, _n, dst, to) => {
      line(src, from, dst, to);
      if (outside !== null) fillOutside(x, x.length, q, q.length, outside, dst, to);
    };
    eachLine(operand(block), block.shape, axis, q.length, target(out), kernel);
    finishFor(out.dtype)?.(out.data as Float64Array, 0, out.size);
    return [partAlong(out, axis, at)];
  },
};

const wholeAxis = (n: number): ReturnType<typeof regularAxis> => regularAxis(n, Math.max(1, n));

function fillOutside(
  x: Float64Array,
  n: number,
  q: Float64Array,
  m: number,
  outside: readonly [number | null, number | null],
  out: Float64Array,
  to: number,
): void {
  const [first, last] = [x[0]!, x[n - 1]!];
  for (let j = 0; j < m; j++) {
    if (q[j]! < first) out[to + j] = outside[0] ?? Number.NaN;
    else if (q[j]! > last) out[to + j] = outside[1] ?? Number.NaN;
  }
}

/**
 * `a`, whose values along `axis` lie at the strictly rising points `x`, at the places `q`: as
 * float64, but times stay times.
 *
 * @throws ArgumentError where there are fewer points than the method needs.
 */
export function interpolate(a: AnyArray, axis: number, x: Float64Array, q: Float64Array, options: Interpolation): AnyArray {
  checkAxis(a, axis);
  const rule = checkInterpolation(options);
  if (x.length < rule.least)
    throw new ArgumentError(`method ${JSON.stringify(options.method)} needs ${rule.least} points; there are ${x.length}`, {
      method: options.method,
      points: x.length,
    });
  return apply(interpolateOp, [a], { params: paramsOf(axis, rule, options), blobs: [x, q], label: "interp" });
}

/** Into gaps. Blob: the points. */
export const fillGapsOp: Op<FillGapsParams> = {
  name: "fillGaps",
  kind: "map",
  infer: ([a]) => {
    checkReal(a!.dtype);
    return [{ shape: a!.shape, dtype: a!.dtype }];
  },
  grid: (call, [grid]) => [grid!.map((own, i) => (i === call.params.axis ? wholeAxis(own.length) : own))],
  demand: (call, _out, at) => [boxAlong(at, call.params.axis, call.inputs[0]!.shape[call.params.axis]!)],
  splits: (call) => call.outputs[0]!.shape.map((_, i) => i !== call.params.axis),
  run(call, context) {
    const { axis } = call.params;
    const at = context.at[0]!;
    const block = context.read(0, boxAlong(at, axis, call.inputs[0]!.shape[axis]!));
    const out = context.alloc(block.shape, block.dtype);
    eachLine(operand(block), block.shape, axis, block.shape[axis]!, target(out), gapKernel(call.params, call.blobs[0] as Float64Array));
    finishFor(out.dtype)?.(out.data as Float64Array, 0, out.size);
    return [partAlong(out, axis, at)];
  },
};

/** Fills the gaps of a line; lines with fewer than two values, or fewer than the method needs, stay as they are. */
function gapKernel({ method, order, outside, limit, maxGap }: FillGapsParams, x: Float64Array): LineKernel {
  const rule = lineMethod(method, order ?? undefined);
  const n = x.length;
  const [knots, values, places, found] = [new Float64Array(n), new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  return (src, at, _n, dst, to) => {
    let known = 0,
      holes = 0;
    for (let i = 0; i < n; i++) {
      const v = src[at + i]!;
      dst[to + i] = v;
      if (v === v) {
        knots[known] = x[i]!;
        values[known++] = v;
      } else places[holes++] = x[i]!;
    }
    if (holes === 0 || known < Math.max(2, rule.least)) return;
    rule.prepare(knots, known, places, holes)(values, 0, found, 0);
    if (outside !== null) fillOutside(knots, known, places, holes, outside, found, 0);
    for (let i = 0, hole = 0; i < n; ) {
      if (src[at + i] === src[at + i]) {
        i++;
        continue;
      }
      let end = i;
      while (end < n && src[at + end] !== src[at + end]) end++;
      // A gap reaches from the value before it to the one after it, or to the end of the line.
      const gap = x[Math.min(end, n - 1)]! - x[Math.max(i - 1, 0)]!;
      const count = maxGap !== null && !(gap <= maxGap) ? 0 : Math.min(end - i, limit ?? n);
      for (let k = 0; k < count; k++) dst[to + i + k] = found[hole + k]!;
      hole += end - i;
      i = end;
    }
  };
}

/** Options of {@link fillGaps}. */
export interface GapOptions extends Interpolation {
  /** At most so many in a row are filled. */
  readonly limit?: number | undefined;
  /** Gaps longer than this, in units of the points, stay. */
  readonly maxGap?: number | undefined;
}

/** `a` with missing values along `axis` interpolated from those that are there, which lie at the rising points `x`. Integers have no gaps. */
export function fillGaps(a: AnyArray, axis: number, x: Float64Array, options: GapOptions): AnyArray {
  checkAxis(a, axis);
  const rule = checkInterpolation(options);
  const { limit, maxGap } = options;
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new ArgumentError(`limit must be a whole number above 0, not ${limit}`, { limit });
  if (!"fMm".includes(kindOf(a.dtype))) {
    checkReal(a.dtype);
    return a;
  }
  const params = { ...paramsOf(axis, rule, options), limit: limit ?? null, maxGap: maxGap ?? null };
  return apply(fillGapsOp, [a], { params, blobs: [x], label: "interpolateNa" });
}
