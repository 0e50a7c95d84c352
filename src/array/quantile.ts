/** Quantiles over axes, or of groups along one. */
import { canBeMissing, kindOf } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DimensionError, DTypeError } from "../errors.ts";
import { eachLine, type LineKernel } from "../kernels/lines.ts";
import { METHODS, type QuantileMethod, quantilesOf } from "../kernels/quantile.ts";
import { unknownName } from "../util/suggest.ts";
import { apply } from "./apply.ts";
import { type Box, wholeBox } from "./box.ts";
import { castBlock } from "./cast.ts";
import { type ChunkGrid, wholeGrid } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import { cStrides, type Meta, sizeOf } from "./meta.ts";
import { copyFlat, empty, NDArray } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Op } from "./op.ts";
import { checkAxis, finishFor, isNumeric, operand, target } from "./operand.ts";
import { type Groups, keptAxes, type ReduceAxes, reducedShape } from "./reduce-walk.ts";
import { select } from "./select.ts";

/** Options of `quantile`. */
export interface QuantileOptions {
  /** NumPy's name of the method (default `"linear"`). */
  readonly method?: QuantileMethod | undefined;
  /** Pass over NaN (default `true`); else a NaN makes the result NaN. */
  readonly skipna?: boolean | undefined;
  /** Quantiles of groups along one axis, which keeps its place. */
  readonly groups?: Groups | undefined;
}

interface QuantileParams extends ReduceAxes {
  readonly method: QuantileMethod;
  readonly skip: boolean;
  /** Give floats their own dtype (a median), not float64. */
  readonly keep: boolean;
}

/** Methods whose results are values of the data, in their dtype. */
const DISCRETE: ReadonlySet<QuantileMethod> = new Set<QuantileMethod>([
  "inverted_cdf",
  "closest_observation",
  "lower",
  "higher",
  "nearest",
]);

function quantileDType(input: Meta, { method, keep, group, axes }: QuantileParams): DType {
  const { dtype } = input;
  const kind = kindOf(dtype);
  if (!"fiubMm".includes(kind)) throw new DTypeError(`quantiles are not defined for ${dtype}`, { dtype });
  if (kind === "M" || kind === "m") return dtype;
  const own = keep || DISCRETE.has(method);
  if (kind === "f") return own ? dtype : "float64";
  // Integers cannot tell that there was no value.
  const some = group === null && axes.every((axis) => input.shape[axis]! > 0);
  return some && !keep && own && kind !== "b" ? dtype : "float64";
}

/** Inputs: the array and `q`; the result's first axis is that of `q`. Blob: codes of groups. */
export const quantileOp: Op<QuantileParams> = {
  name: "quantile",
  kind: "map",
  infer: ([a, q], p) => [{ shape: [...q!.shape, ...reducedShape(a!.shape, p)], dtype: quantileDType(a!, p) }],
  grid: (call, [grid]) => {
    const whole = wholeGrid(call.outputs[0]!.shape);
    return [
      [
        whole[0]!,
        ...keptAxes(grid!.length, call.params).map((axis, i) => (axis === null ? whole[i + 1]! : grid![axis]!)),
      ] satisfies ChunkGrid,
    ];
  },
  demand: (call, _out, at, input) => [input === 0 ? dataBox(call, at) : wholeBox(call.inputs[1]!.shape)],
  splits: (call) => [false, ...keptAxes(call.inputs[0]!.shape.length, call.params).map((axis) => axis !== null)],
  run(call, context) {
    const at = context.at[0]!;
    const block = context.read(0, dataBox(call, at));
    const q = copyFlat(context.read(1, wholeBox(call.inputs[1]!.shape))) as Float64Array;
    const all = quantileBlock(block, q, call.params, call.blobs[0] as Int32Array | undefined, call.outputs[0]!);
    return [partOf(all, call.params, at)];
  },
};

/** The region of the data behind region `at` of the result: whole along reduced and grouped axes. */
function dataBox(call: OpCall<QuantileParams>, at: Box): Box {
  const box = wholeBox(call.inputs[0]!.shape);
  keptAxes(box.length / 2, call.params).forEach((axis, i) => {
    if (axis !== null) box.set(at.subarray(2 * i + 2, 2 * i + 4), 2 * axis);
  });
  return box;
}

/** All quantiles and groups are made at once: a view of those in region `at`. */
function partOf(all: NDArray, p: QuantileParams, at: Box): NDArray {
  const place = p.group === null ? -1 : p.group.axis - p.axes.filter((i) => i < p.group!.axis).length + 1;
  let { offset } = all;
  const shape = all.shape.map((n, i) => {
    if (i !== 0 && i !== place) return n;
    offset += at[2 * i]! * all.stride[i]!;
    return at[2 * i + 1]! - at[2 * i]!;
  });
  return new NDArray(all.data, shape, all.dtype, all.stride, offset);
}

/** The reduced axes (and the grouped one) as a single last axis: a view where strides allow, else a copy. */
function linesLast(a: NDArray, last: readonly number[]): { lines: NDArray; kept: number[] } {
  const kept = [...a.shape.keys()].filter((i) => !last.includes(i));
  const order = [...kept, ...last];
  const moved = new NDArray(
    a.data,
    order.map((i) => a.shape[i]!),
    a.dtype,
    order.map((i) => a.stride[i]!),
    a.offset,
  );
  const n = sizeOf(last.map((i) => a.shape[i]!));
  const shape = [...kept.map((i) => a.shape[i]!), n];
  let joined = true;
  for (let k = 1; k < last.length; k++) if (a.stride[last[k - 1]!] !== a.stride[last[k]!]! * a.shape[last[k]!]!) joined = false;
  const step = last.length === 0 ? 1 : a.stride[last.at(-1)!]!;
  if (joined) return { lines: new NDArray(a.data, shape, a.dtype, [...kept.map((i) => a.stride[i]!), step], a.offset), kept };
  return { lines: new NDArray(copyFlat(moved), shape, a.dtype), kept };
}

function quantileBlock(read: NDArray, q: Float64Array, p: QuantileParams, codes: Int32Array | undefined, meta: Meta): NDArray {
  const block = isNumeric(read.dtype) ? read : castBlock(read, "float64");
  const grouped = p.group !== null && codes !== undefined;
  // The grouped axis comes first among the joined ones, so that its position tells the group.
  const { lines, kept } = linesLast(block, grouped ? [p.group.axis, ...p.axes] : p.axes);
  const n = lines.shape.at(-1)!;
  const groups = grouped ? p.group.count : 1;
  const order = [...q.keys()].sort((x, y) => q[x]! - q[y]!);
  const method = METHODS[p.method];
  const values = new Float64Array(n);
  const inner = grouped ? sizeOf(p.axes.map((i) => block.shape[i]!)) : n;
  const members = grouped ? membersOf(codes, groups) : undefined;
  const kernel: LineKernel = (src, at, length, dst, to) => {
    for (let g = 0; g < groups; g++) {
      const count = members ? gatherGroup(src, at, members[g]!, inner, values) : gatherLine(src, at, length, values);
      const total = members ? members[g]!.length * inner : length;
      if (!p.skip && count < total) for (let i = 0; i < q.length; i++) dst[to + i * groups + g] = Number.NaN;
      else quantilesOf(values, count, q, order, method, dst, to + g, groups);
    }
  };
  const out = empty([...lines.shape.slice(0, -1), q.length * groups], meta.dtype);
  eachLine(operand(lines), lines.shape, kept.length, q.length * groups, target(out), kernel);
  finishFor(out.dtype)?.(out.data as Float64Array, 0, out.size);
  return named(out, kept, q.length, p);
}

/** From [kept…, q·groups] to [q, kept… with groups in their place], as a view. */
function named(out: NDArray, kept: readonly number[], count: number, p: QuantileParams): NDArray {
  const stride = cStrides(out.shape);
  const groups = p.group?.count ?? 1;
  const shape = [count];
  const strides = [groups];
  kept.forEach((axis, k) => {
    if (p.group !== null && axis > p.group.axis && !kept.slice(0, k).some((i) => i > p.group!.axis)) {
      shape.push(groups);
      strides.push(1);
    }
    shape.push(out.shape[k]!);
    strides.push(stride[k]!);
  });
  if (p.group !== null && !kept.some((i) => i > p.group!.axis)) {
    shape.push(groups);
    strides.push(1);
  }
  return new NDArray(out.data, shape, out.dtype, strides);
}

function membersOf(codes: Int32Array, count: number): Int32Array[] {
  const lists = Array.from({ length: count }, (): number[] => []);
  codes.forEach((code, i) => {
    if (code >= 0) lists[code]!.push(i);
  });
  return lists.map((list) => Int32Array.from(list));
}

/** Values that are there, packed; their number. */
function gatherLine(src: Float64Array, at: number, n: number, values: Float64Array): number {
  let m = 0;
  for (let i = 0; i < n; i++) {
    const v = src[at + i]!;
    values[m] = v;
    m += v === v ? 1 : 0;
  }
  return m;
}

function gatherGroup(src: Float64Array, at: number, members: Int32Array, inner: number, values: Float64Array): number {
  let m = 0;
  for (let k = 0; k < members.length; k++) {
    const p = at + members[k]! * inner;
    for (let i = 0; i < inner; i++) {
      const v = src[p + i]!;
      values[m] = v;
      m += v === v ? 1 : 0;
    }
  }
  return m;
}

/**
 * Quantiles `q` (0 to 1) of `a` over `axes`, along a new first axis; float64, as in xarray (times stay times).
 *
 * @throws ArgumentError for a `q` outside 0 to 1 or an unknown method; DTypeError for what has no quantiles.
 * @example
 * ```ts
 * quantile(asArray([1, 2, 3, 4]), Float64Array.of(0.5), [0]); // [2.5]
 * ```
 */
export function quantile(a: AnyArray, q: Float64Array, axes: readonly number[], options: QuantileOptions = {}): AnyArray {
  for (const x of q) if (!(x >= 0 && x <= 1)) throw new ArgumentError(`quantiles must lie between 0 and 1, not ${x}`, { q: x });
  return quantiles(a, q, axes, options, false);
}

function quantiles(a: AnyArray, q: Float64Array, axes: readonly number[], options: QuantileOptions, keep: boolean): AnyArray {
  const { method = "linear", groups } = options;
  if (!Object.hasOwn(METHODS, method)) throw new ArgumentError(unknownName("quantile method", method, Object.keys(METHODS)), { method });
  for (const axis of [...axes, ...(groups ? [groups.axis] : [])]) checkAxis(a, axis);
  if (groups && groups.codes.length !== a.shape[groups.axis])
    throw new DimensionError(`${groups.codes.length} group codes for ${a.shape[groups.axis]} positions`, { codes: groups.codes.length });
  const params: QuantileParams = {
    axes: [...new Set(axes)].filter((axis) => axis !== groups?.axis).sort((x, y) => x - y),
    group: groups ? { axis: groups.axis, count: groups.count } : null,
    method,
    keep,
    skip: (options.skipna ?? true) && canBeMissing(a.dtype),
  };
  return apply(quantileOp, [a, new NDArray(q, [q.length], "float64")], {
    params,
    blobs: groups ? [groups.codes] : [],
    label: keep ? "median" : "quantile",
  });
}

/** The median over `axes` (or of groups along one): floats keep their dtype, integers become float64. */
export function median(a: AnyArray, axes: readonly number[], options: Omit<QuantileOptions, "method"> = {}): AnyArray {
  const all = quantiles(a, Float64Array.of(0.5), axes, options, true);
  return select(
    all,
    all.shape.map((_, i) => (i === 0 ? 0 : null)),
  );
}
