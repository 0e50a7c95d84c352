/** Reductions: over axes or into groups along one, at once or streamed block by block. */
import { canBeMissing, kindOf, traits } from "../dtypes/traits.ts";
import type { DType, NumberArray } from "../dtypes/types.ts";
import { ArgumentError, DimensionError } from "../errors.ts";
import type { NumericStorage } from "../kernels/kernel-types.ts";
import { type Reducer, throughF64 } from "../kernels/reduce.ts";
import { unknownName } from "../util/suggest.ts";
import { apply } from "./apply.ts";
import { type Box, boxShape } from "./box.ts";
import { castBlock } from "./cast.ts";
import type { AnyArray } from "./lazy.ts";
import type { Meta } from "./meta.ts";
import { empty, NDArray } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Fold, Op } from "./op.ts";
import { finishFor, isNumeric } from "./operand.ts";
import { reducesValues, reduceValuesOp } from "./reduce-values.ts";
import {
  type Groups,
  groupTotals,
  keptAxes,
  type ReduceAxes,
  reduceBlock,
  reducedBox,
  reducedGrid,
  reducedShape,
  wantedGroups,
} from "./reduce-walk.ts";
import { REDUCTIONS, type ReduceName, type Reduction, type ReductionParams, reductionFor, type States } from "./reduction.ts";

/** Options of {@link reduce}. */
export interface ReduceOptions {
  /** Pass over NaN, NaT and missing strings (default `true`). Integers and bools have none. */
  readonly skipna?: boolean | undefined;
  /** What is taken from the count in `std` and `var` (default 0). */
  readonly ddof?: number | undefined;
  /** The least number of values that makes a `sum` or `prod` (fewer: NaN); only with `skipna`. */
  readonly minCount?: number | undefined;
  /** Reduce into groups along one axis, which stays in its place with one element per group. */
  readonly groups?: Groups | undefined;
}

/** What a reduction node carries. */
export interface ReduceParams extends ReductionParams, ReduceAxes {}

type ReduceCall = OpCall<ReduceParams>;

const codesOf = (call: Pick<ReduceCall, "blobs">): Int32Array | undefined => call.blobs[0] as Int32Array | undefined;
const reductionOf = (call: ReduceCall): Reduction => reductionFor(call.params.fn, call.inputs[0]!.dtype);

/** The dtype that values are reduced in: bools for any and all, float64 for what has no kernels. */
function inputDType(fn: ReduceName, dtype: DType): DType {
  if (fn === "any" || fn === "all") return "bool";
  return isNumeric(dtype) ? dtype : "float64";
}

function reducerFor(call: ReduceCall, dtype: DType, state: States): Reducer {
  const storage = traits(dtype).storage as NumericStorage;
  const reducer = reductionOf(call).reducer(storage === "f32", state, call.params);
  return storage === "f32" || storage === "f64" ? reducer : throughF64(storage, reducer);
}

/** Real and imaginary parts have a state each. */
const parts = (dtype: DType): 1 | 2 => (kindOf(dtype) === "c" ? 2 : 1);
const statesOf = (state: readonly NDArray[]): Float64Array[] => state.map((s) => s.data as Float64Array);

const fold: Fold<ReduceParams> = {
  keeps: (call) => keptAxes(call.inputs[0]!.shape.length, call.params),
  state(call, kept) {
    const shape = boxShape(kept);
    const n = reductionOf(call).init(call.params).length * parts(call.inputs[0]!.dtype);
    return Array.from({ length: n }, (): Meta => ({ shape, dtype: "float64" }));
  },
  init(call, state) {
    const first = reductionOf(call).init(call.params);
    state.forEach((s, i) => (s.data as Float64Array).fill(first[i % first.length]!));
  },
  update(call, state, [block], at) {
    const { params } = call;
    const states = statesOf(state);
    const whole = call.inputs[0]!.shape;
    if (parts(block!.dtype) === 2) {
      const single = block!.dtype === "complex64";
      const half = states.length / 2;
      for (const part of [0, 1]) {
        const real = new NDArray<DType>(
          block!.data,
          block!.shape,
          single ? "float32" : "float64",
          block!.stride.map((s) => 2 * s),
          2 * block!.offset + part,
        );
        const reducer = reducerFor(call, real.dtype, states.slice(part * half, (part + 1) * half));
        reduceBlock(real, at, whole, params, codesOf(call), reducer);
      }
      return;
    }
    const input = castBlock(block!, inputDType(params.fn, block!.dtype));
    reduceBlock(input, at, whole, params, codesOf(call), reducerFor(call, input.dtype, states));
  },
  merge(call, state, later) {
    const n = parts(call.inputs[0]!.dtype);
    const [mine, theirs] = [statesOf(state), statesOf(later)];
    const per = mine.length / n;
    for (let k = 0; k < n; k++)
      reductionOf(call).merge(mine.slice(k * per, (k + 1) * per), theirs.slice(k * per, (k + 1) * per), call.params);
  },
  finish(call, state, context) {
    const { dtype } = call.outputs[0]!;
    const shape = state[0]!.shape;
    const out = context.alloc(shape, dtype);
    const totals = groupTotals(call.inputs[0]!.shape, shape, call.params, codesOf(call));
    const states = statesOf(state);
    const reduction = reductionOf(call);
    if (parts(call.inputs[0]!.dtype) === 2) finishComplex(reduction, states, totals, out, call.params);
    else finishReal(reduction, states, totals, out, call.params);
    return [out];
  },
};

function finishReal(reduction: Reduction, states: States, totals: (s: number) => number, out: NDArray, p: ReductionParams): void {
  if (!isNumeric(out.dtype)) {
    const plain = empty(out.shape, "float64");
    reduction.finish(states, totals, plain.data, p, "float64");
    const cast = castBlock(plain, out.dtype);
    for (let i = 0; i < out.size; i++) (out.data as unknown[])[i] = cast.data[i];
    return;
  }
  const data = out.data as NumberArray;
  reduction.finish(states, totals, data, p, out.dtype);
  if (out.dtype !== "int64" && out.dtype !== "uint64") finishFor(out.dtype)?.(data, 0, out.size);
}

/** Sums and means have two parts; the variance of complex numbers is the sum of those of the parts. */
function finishComplex(reduction: Reduction, states: States, totals: (s: number) => number, out: NDArray, p: ReductionParams): void {
  const half = states.length / 2;
  const part = [0, 1].map((k) => {
    const result = new Float64Array(out.size);
    reduction.finish(states.slice(k * half, (k + 1) * half), totals, result, p, "float64");
    return result;
  });
  const data = out.data as Float64Array;
  const pairs = kindOf(out.dtype) === "c";
  for (let i = 0; i < out.size; i++) {
    const [re, im] = [part[0]![i]!, part[1]![i]!];
    if (pairs) {
      data[2 * i] = re;
      data[2 * i + 1] = im;
    } else data[i] = p.fn === "std" ? Math.hypot(re, im) : p.fn === "count" ? re : re + im;
  }
}

/** Reductions of numbers. */
export const reduceOp: Op<ReduceParams> = {
  name: "reduce",
  kind: "aggregate",
  infer: ([a], p) => [{ shape: reducedShape(a!.shape, p), dtype: reductionFor(p.fn, a!.dtype).dtype(a!.dtype) }],
  grid: (call, [grid]) => [reducedGrid(call, grid!)],
  demand: (call, _out, at) => [reducedBox(call, at)],
  run(call, context) {
    const at = context.at[0]!;
    const box = reducedBox(call, at);
    const state = fold.state(call, stateBox(call, at)).map((meta) => empty(meta.shape, meta.dtype));
    fold.init(call, state);
    fold.update(call, state, [context.read(0, box)], box);
    const [out] = fold.finish(call, state, context);
    return [wantedGroups(call, out!, at)];
  },
  fold,
};

/** The region of the state behind region `at` of the output: groups whole. */
function stateBox(call: ReduceCall, at: Box): Box {
  const box = at.slice();
  const place = fold.keeps(call).indexOf(null);
  if (place >= 0) box.set([0, call.params.group!.count], 2 * place);
  return box;
}

/**
 * Reduce `a` over `axes` (all at once), or into groups along one axis.
 *
 * Sums of float32 accumulate in float64; sums of integers are int64 or uint64 and exact, or throw;
 * means of integers are float64. `argmin` and `argmax` give positions in C order over `axes`; without
 * a value they throw. `min`, `max`, `first` and `last` of no values are NaN, or throw for integers.
 *
 * @throws DTypeError where the reduction is not defined for the dtype; DimensionError for a wrong axis.
 * @example
 * ```ts
 * reduce("mean", asArray([[1, 2], [3, 5]]), [0]); // [2, 3.5]
 * ```
 */
export function reduce(name: ReduceName, a: AnyArray, axes: readonly number[], options: ReduceOptions = {}): AnyArray {
  if (!Object.hasOwn(REDUCTIONS, name)) throw new ArgumentError(unknownName("reduction", name, Object.keys(REDUCTIONS)), { name });
  const { groups } = options;
  const params: ReduceParams = {
    fn: name,
    axes: [...new Set(axes)].filter((axis) => axis !== groups?.axis).sort((x, y) => x - y),
    group: groups ? { axis: groups.axis, count: groups.count } : null,
    skip: (options.skipna ?? true) && canBeMissing(a.dtype),
    ddof: options.ddof ?? 0,
    minCount: options.minCount ?? null,
  };
  checkAxes(a, params, groups);
  const op = reducesValues(name, a.dtype) ? reduceValuesOp : reduceOp;
  return apply(op, [a], { params, blobs: groups ? [groups.codes] : [], label: name });
}

function checkAxes(a: AnyArray, params: ReduceParams, groups: Groups | undefined): void {
  for (const axis of [...params.axes, ...(groups ? [groups.axis] : [])]) {
    if (!Number.isInteger(axis) || axis < 0 || axis >= a.shape.length)
      throw new DimensionError(`axis ${axis} is not one of the ${a.shape.length} axes`, { axis });
  }
  if (groups && groups.codes.length !== a.shape[groups.axis]) {
    throw new DimensionError(`${groups.codes.length} group codes for ${a.shape[groups.axis]} positions`, { codes: groups.codes.length });
  }
  const codes = groups?.codes ?? [];
  for (let i = 0; i < codes.length; i++)
    if (codes[i]! >= groups!.count)
      throw new ArgumentError(`group code ${codes[i]} is not below the ${groups!.count} groups`, { code: codes[i] });
  if (
    ["min", "max", "argmin", "argmax"].includes(params.fn) &&
    params.axes.some((axis) => a.shape[axis] === 0) &&
    !reducedShape(a.shape, params).includes(0)
  ) {
    throw new ArgumentError(`${params.fn} of an axis of length 0 has no value`, { name: params.fn });
  }
}
