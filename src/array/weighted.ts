/** Weighted sums, means and variances in one pass over the values. */
import { promote } from "../dtypes/promote.ts";
import { canBeMissing, kindOf, traits } from "../dtypes/traits.ts";
import type { DType, NumberArray } from "../dtypes/types.ts";
import { DimensionError, DTypeError } from "../errors.ts";
import { TO_F64 } from "../kernels/generated/convert.ts";
import type { ConvertKernel, NumericStorage } from "../kernels/kernel-types.ts";
import { scratchF64 } from "../kernels/scratch.ts";
import { centredSquares, joinMoments, type MomentState, momentsRow, type TotalState, totalsRow, totalsRun } from "../kernels/weighted.ts";
import { apply } from "./apply.ts";
import { type Box, boxShape } from "./box.ts";
import { broadcastShapes } from "./broadcasting.ts";
import { castBlock } from "./cast.ts";
import type { AnyArray } from "./lazy.ts";
import { cStrides } from "./meta.ts";
import { empty, type NDArray } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Fold, Op } from "./op.ts";
import { finishFor, isNumeric } from "./operand.ts";
import { keptAxes, type ReduceAxes, reducedBox, reducedGrid, reducedShape } from "./reduce-walk.ts";
import { broadcastTo } from "./select.ts";

/** The weighted reductions; `weights` is the sum of the weights of values that are there, missing where it is 0. */
export type WeightedName = "sum" | "mean" | "weights" | "squares" | "var" | "std";

interface WeightedParams extends ReduceAxes {
  readonly fn: WeightedName;
  readonly skip: boolean;
}

type Call = OpCall<WeightedParams>;

const hasMoments = (fn: WeightedName): boolean => fn === "squares" || fn === "var" || fn === "std";

function weightedDType(fn: WeightedName, x: DType, w: DType): DType {
  for (const dtype of [x, w])
    if (!"fiub".includes(kindOf(dtype)) || !isNumeric(dtype))
      throw new DTypeError(`weighted ${fn} is not defined for ${x} with weights of ${w}`, { x, weights: w });
  const dtype = fn === "weights" ? w : promote(x, w);
  if (kindOf(dtype) === "f") return dtype;
  return fn !== "sum" ? "float64" : kindOf(dtype) === "u" ? "uint64" : "int64";
}

/** The region of the weights beside region `at` of the values. */
function besideBox(call: Call, at: Box): Box {
  const box = at.slice();
  call.inputs[1]!.shape.forEach((n, i) => {
    if (n === 1) box.set([0, 1], 2 * i);
  });
  return box;
}

const statesOf = (state: readonly NDArray[]): Float64Array[] => state.map((s) => s.data as Float64Array);

const fold: Fold<WeightedParams> = {
  keeps: (call) => keptAxes(call.inputs[0]!.shape.length, call.params),
  state: (call, kept) =>
    Array.from({ length: hasMoments(call.params.fn) ? 4 : 2 }, () => ({ shape: boxShape(kept), dtype: "float64" as const })),
  init(call, state) {
    if (hasMoments(call.params.fn)) (state[3]!.data as Float64Array).fill(Number.NaN);
  },
  update(call, state, [x, w]) {
    accumulate(call.params, x!, castBlock(w!, "float64"), statesOf(state));
  },
  region: (call, at) => besideBox(call, at),
  merge(call, state, later) {
    const [mine, theirs] = [statesOf(state), statesOf(later)];
    const n = mine[0]!.length;
    if (hasMoments(call.params.fn))
      for (let s = 0; s < n; s++) joinMoments(mine as unknown as MomentState, s, theirs as unknown as MomentState);
    else
      mine.forEach((quantity, k) => {
        for (let s = 0; s < n; s++) quantity[s]! += theirs[k]![s]!;
      });
  },
  finish(call, state, context) {
    const { dtype } = call.outputs[0]!;
    const out = context.alloc(state[0]!.shape, dtype);
    const data = out.data as NumberArray;
    const finished = FINISH[call.params.fn];
    const states = statesOf(state);
    for (let s = 0; s < data.length; s++) data[s] = finished(states, s, call.params.skip);
    finishFor(dtype)?.(data, 0, data.length);
    return [out];
  },
};

type Finished = (state: readonly Float64Array[], s: number, skip: boolean) => number;

const squares: Finished = (state, s, skip) => {
  // Without weight there is no mean to be distant from.
  if (state[0]![s] === 0) return skip ? 0 : Number.NaN;
  return centredSquares(state as unknown as MomentState, s);
};
const variance: Finished = (state, s, skip) => (state[0]![s] === 0 ? Number.NaN : squares(state, s, skip) / state[0]![s]!);

const FINISH: Readonly<Record<WeightedName, Finished>> = {
  sum: ([total], s) => total![s]!,
  mean: ([total, weight], s) => (weight![s] === 0 ? Number.NaN : total![s]! / weight![s]!),
  weights: ([, weight], s) => (weight![s] === 0 ? Number.NaN : weight![s]!),
  squares,
  var: variance,
  std: (state, s, skip) => Math.sqrt(variance(state, s, skip)),
};

/** Values are taken into float64 scratch in pieces of this many. */
const PIECE = 4096;

/** One axis of the walk: its length, and steps in values, weights and state. */
type Axis = readonly [n: number, x: number, w: number, s: number];

/** Axes with the longest steps in memory first, neighbours that are one line joined. */
function walkAxes(params: WeightedParams, x: NDArray, w: NDArray): Axis[] {
  const compact = cStrides(reducedShape(x.shape, params));
  let k = 0;
  const all = x.shape.map(
    (n, i): Axis => [n, x.stride[i]!, w.shape[i] === 1 ? 0 : w.stride[i]!, params.axes.includes(i) ? 0 : compact[k++]!],
  );
  const axes = all.filter(([n]) => n !== 1).sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]));
  const joined: Axis[] = [];
  for (const axis of axes) {
    const last = joined.at(-1);
    if (last && [1, 2, 3].every((j) => last[j] === axis[j]! * axis[0]))
      joined[joined.length - 1] = [last[0] * axis[0], axis[1], axis[2], axis[3]];
    else joined.push(axis);
  }
  return joined.length > 0 ? joined : [[1, 1, 0, 0]];
}

function accumulate(params: WeightedParams, x: NDArray, w: NDArray, states: readonly Float64Array[]): void {
  if (x.size === 0) return;
  const axes = walkAxes(params, x, w);
  const [n, xs, ws, ss] = axes.pop()!;
  const row = rowAdder(params, x, xs, w.data as Float64Array, ws, states, ss);
  const index = new Array<number>(axes.length).fill(0);
  let a = x.offset,
    b = w.offset,
    s = 0;
  for (;;) {
    for (let i = 0; i < n; i += PIECE) row(a + i * xs, b + i * ws, Math.min(PIECE, n - i), s + i * ss);
    let k = axes.length - 1;
    for (; k >= 0; k--) {
      const [m, xStep, wStep, sStep] = axes[k]!;
      a += xStep;
      b += wStep;
      s += sStep;
      if (++index[k]! < m) break;
      a -= xStep * m;
      b -= wStep * m;
      s -= sStep * m;
      index[k] = 0;
    }
    if (k < 0) return;
  }
}

type AddRow = (at: number, wat: number, n: number, s: number) => void;

function rowAdder(
  { fn, skip }: WeightedParams,
  x: NDArray,
  xs: number,
  w: Float64Array,
  ws: number,
  states: readonly Float64Array[],
  ss: number,
): AddRow {
  const add: (src: Float64Array, at: number, step: number, wat: number, n: number, s: number) => void = hasMoments(fn)
    ? (src, at, step, wat, n, s) => momentsRow(src, at, step, w, wat, ws, n, skip, states as unknown as MomentState, s, ss)
    : ss === 0
      ? (src, at, step, wat, n, s) => totalsRun(src, at, step, w, wat, ws, n, skip, states as unknown as TotalState, s)
      : (src, at, step, wat, n, s) => totalsRow(src, at, step, w, wat, ws, n, skip, states as unknown as TotalState, s, ss);
  if (x.data instanceof Float64Array) {
    const src = x.data;
    return (at, wat, n, s) => add(src, at, xs, wat, n, s);
  }
  const load = TO_F64[traits(x.dtype).storage as NumericStorage] as ConvertKernel<NumberArray, Float64Array>;
  const data = x.data as NumberArray;
  const piece = scratchF64(6, PIECE);
  return (at, wat, n, s) => {
    load(data, at, xs, piece, 0, 1, n);
    add(piece, 0, 1, wat, n, s);
  };
}

/** The operation of {@link weightedReduce}: input 0 the values, of the full shape; input 1 the weights, of length 1 where they repeat. */
export const weightedOp: Op<WeightedParams> = {
  name: "weighted",
  kind: "aggregate",
  infer: ([x, w], p) => [{ shape: reducedShape(x!.shape, p), dtype: weightedDType(p.fn, x!.dtype, w!.dtype) }],
  grid: (call, [grid]) => [reducedGrid(call, grid!)],
  demand: (call, _out, at, input) => [input === 0 ? reducedBox(call, at) : besideBox(call, reducedBox(call, at))],
  run(call, context) {
    const at = context.at[0]!;
    const box = reducedBox(call, at);
    const state = fold.state(call, at).map((meta) => empty(meta.shape, meta.dtype));
    fold.init(call, state);
    fold.update(call, state, [context.read(0, box), context.read(1, besideBox(call, box))], box);
    return fold.finish(call, state, context);
  },
  fold,
};

/**
 * A weighted reduction of `x` over `axes`; `w` has as many axes, of length 1 where weights repeat.
 *
 * Missing values count for nothing with `skipna` (the default where the dtype has them), nor do their
 * weights. A total weight of 0 gives NaN, in `sum` and `squares` 0. Sums of integers are 64 bits wide.
 *
 * @throws DTypeError for what is not a number; DimensionError where shapes do not meet.
 */
export function weightedReduce(
  name: WeightedName,
  x: AnyArray,
  w: AnyArray,
  axes: readonly number[],
  options: { readonly skipna?: boolean | undefined } = {},
): AnyArray {
  if (x.shape.length !== w.shape.length)
    throw new DimensionError(`weights have ${w.shape.length} axes, and values ${x.shape.length}`, { x: x.shape, weights: w.shape });
  const shape = broadcastShapes([x.shape, w.shape]);
  const params: WeightedParams = {
    fn: name,
    axes: [...axes].sort((a, b) => a - b),
    group: null,
    skip: (options.skipna ?? true) && canBeMissing(x.dtype),
  };
  return apply(weightedOp, [broadcastTo(x, shape), w], { params, label: `weighted ${name}` });
}
