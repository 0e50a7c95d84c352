/** Order along an axis: sorting, sorting positions, ranks, places in a sorted array. */
import { kindOf } from "../dtypes/traits.ts";
import type { DType, TypedArray } from "../dtypes/types.ts";
import { DimensionError, DTypeError } from "../errors.ts";
import { unaryLoop } from "../kernels/elementwise.ts";
import { eachLine, type LineKernel } from "../kernels/lines.ts";
import { rankLine, searchOne, sortPositions } from "../kernels/order.ts";
import { apply } from "./apply.ts";
import type { Box } from "./box.ts";
import { type ChunkGrid, regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import { NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";
import { checkAxis, isNumeric, operand, target } from "./operand.ts";
import { ordinals, valuesAt } from "./ordinals.ts";

type OrderName = "sort" | "argsort" | "rank" | "rankPct";
interface OrderParams {
  readonly fn: OrderName;
  readonly axis: number;
}

const RESULT: { readonly [K in OrderName]: (input: DType) => DType } = {
  sort: (input) => input,
  argsort: () => "int64",
  rank: () => "float64",
  rankPct: () => "float64",
};

/** Order along one whole axis. */
export const orderOp: Op<OrderParams> = {
  name: "order",
  kind: "map",
  infer: ([a], { fn }) => {
    if (kindOf(a!.dtype) === "c") throw new DTypeError(`${fn} is not defined for ${a!.dtype}`, { dtype: a!.dtype });
    return [{ shape: a!.shape, dtype: RESULT[fn](a!.dtype) }];
  },
  grid: (_call, [grid]) => [wholeAlong(grid!, _call.params.axis)],
  demand: (call, _out, at) => [boxAlong(at, call.params.axis, call.inputs[0]!.shape[call.params.axis]!)],
  splits: (call) => call.outputs[0]!.shape.map((_, i) => i !== call.params.axis),
  run(call, context) {
    const { fn, axis } = call.params;
    const at = context.at[0]!;
    const box = boxAlong(at, axis, call.inputs[0]!.shape[axis]!);
    const read = context.read(0, box);
    const text = isNumeric(read.dtype) ? undefined : ordinals(read);
    const block = text?.codes ?? read;
    const sorted = context.alloc(block.shape, text && fn === "sort" ? "float64" : call.outputs[0]!.dtype);
    eachLine(operand(block), block.shape, axis, block.shape[axis]!, target(sorted), kernelOf(fn, block.shape[axis]!));
    const out = text && fn === "sort" ? valuesAt(text, sorted, read.dtype) : sorted;
    return [partAlong(out, axis, at)];
  },
};

function kernelOf(fn: OrderName, length: number): LineKernel {
  if (fn === "sort") {
    return (src, at, n, dst, to) => {
      const line = dst.subarray(to, to + n);
      line.set(src.subarray(at, at + n));
      line.sort();
    };
  }
  const index = new Int32Array(length);
  if (fn === "argsort") {
    return (src, at, n, dst, to) => {
      sortPositions(src, at, n, index);
      for (let i = 0; i < n; i++) dst[to + i] = index[i]!;
    };
  }
  return (src, at, n, dst, to) => rankLine(src, at, n, index, dst, to, fn === "rankPct");
}

/** `grid` with one chunk along `axis`. */
export function wholeAlong(grid: ChunkGrid, axis: number): ChunkGrid {
  return grid.map((g, i) => (i === axis ? regularAxis(g.length, Math.max(1, g.length)) : g));
}

/** `at` with the whole of `axis`. */
export function boxAlong(at: Box, axis: number, length: number): Box {
  const box = at.slice();
  box[2 * axis] = 0;
  box[2 * axis + 1] = length;
  return box;
}

/** The part of a block that is whole along `axis` which region `at` wants, as a view. */
export function partAlong(a: NDArray, axis: number, at: Box): NDArray {
  const [lo, hi] = [at[2 * axis]!, at[2 * axis + 1]!];
  if (hi - lo === a.shape[axis]) return a;
  const shape = a.shape.map((n, i) => (i === axis ? hi - lo : n));
  return new NDArray(a.data, shape, a.dtype, a.stride, a.offset + lo * a.stride[axis]!);
}

/** The values along `axis` in rising order, missing ones last. */
export function sortAxis(a: AnyArray, axis: number): AnyArray {
  checkAxis(a, axis);
  return apply(orderOp, [a], { params: { fn: "sort", axis }, label: "sort" });
}

/** The positions along `axis` that put its values in rising order, equal ones in theirs, missing ones last. */
export function argsort(a: AnyArray, axis: number): AnyArray<"int64"> {
  checkAxis(a, axis);
  return apply(orderOp, [a], { params: { fn: "argsort", axis }, label: "argsort" });
}

/** Ranks along `axis` from 1, equal values sharing their mean rank, NaN for missing values; `pct` divides by the count. */
export function rank(a: AnyArray, axis: number, options: { pct?: boolean | undefined } = {}): AnyArray<"float64"> {
  checkAxis(a, axis);
  return apply(orderOp, [a], { params: { fn: options.pct ? "rankPct" : "rank", axis }, label: "rank" });
}

/** Places of values in a sorted array. */
export const searchOp: Op<{ readonly right: boolean }> = {
  name: "searchsorted",
  kind: "map",
  infer: ([v]) => [{ shape: v!.shape, dtype: "int64" }],
  grid: (_call, [grid]) => [grid!],
  demand: (_call, _out, at) => [at],
  run(call, context) {
    const block = context.read(0, context.at[0]!);
    const out = context.alloc(block.shape, "int64");
    const sorted = call.blobs[0] as unknown as ArrayLike<number>;
    const { right } = call.params;
    const kernel = (x: ArrayLike<number>, at: number, step: number, result: Float64Array, o: number, n: number): void => {
      for (let i = 0; i < n; i++) result[o + i] = searchOne(sorted, x[at + i * step]!, right);
    };
    unaryLoop(kernel, "f64", operand(block), block.shape, target(out), "f64");
    return [out];
  },
};

/**
 * For each of `values` the place in `sorted` (rising, one axis, numbers or times) at which it fits:
 * before equal ones (`left`, the default) or after them; NaN comes last.
 */
export function searchsorted(sorted: NDArray, values: AnyArray, side: "left" | "right" = "left"): AnyArray<"int64"> {
  if (sorted.shape.length !== 1)
    throw new DimensionError(`searchsorted needs one axis of sorted values, not shape (${sorted.shape.join(", ")})`, {
      shape: sorted.shape,
    });
  if (!isNumeric(sorted.dtype) || !isNumeric(values.dtype))
    throw new DTypeError(`searchsorted is not defined for ${sorted.dtype} and ${values.dtype}`, {
      sorted: sorted.dtype,
      values: values.dtype,
    });
  const flat = Float64Array.from(
    { length: sorted.shape[0]! },
    (_, i) => (sorted.data as TypedArray as Float64Array)[sorted.offset + i * sorted.stride[0]!]!,
  );
  return apply(searchOp, [values], { params: { right: side === "right" }, blobs: [flat] });
}
