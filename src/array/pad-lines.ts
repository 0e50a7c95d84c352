/** The modes of padding that compute: each line along the axis is extended by what its own values say. */
import { roundHalf } from "../dtypes/half.ts";
import { kindOf, traits } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { UnsupportedError } from "../errors.ts";
import { copyStrided } from "../kernels/copy.ts";
import { apply } from "./apply.ts";
import { type Box, type BoxSet, boxShape } from "./box.ts";
import { regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import { cStrides, sizeOf } from "./meta.ts";
import type { NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";

/** The computing modes that users name. */
export type LineMode = "linear_ramp" | "maximum" | "mean" | "median" | "minimum";

/** How one axis is extended. */
export interface PadLinesParams {
  readonly axis: number;
  readonly before: number;
  readonly after: number;
  readonly mode: LineMode | "odd_reflect" | "odd_symmetric";
  /** For `linear_ramp`: the outermost values. */
  readonly ends?: readonly [number, number];
  /** For statistics: how many elements from each edge; `null` for all. */
  readonly lengths?: readonly [number | null, number | null];
}

/** Extend `a` along one axis; throws UnsupportedError for dtypes without this arithmetic. */
export function padLines(a: AnyArray, params: PadLinesParams): AnyArray {
  const { storage } = traits(a.dtype);
  if ("cSU".includes(kindOf(a.dtype)) || storage === "i64" || storage === "u64") {
    throw new UnsupportedError(`cannot pad ${a.dtype} by ${params.mode}: cast to a float or integer dtype first`, {
      dtype: a.dtype,
      mode: params.mode,
    });
  }
  return apply(padLinesOp, [a], { params });
}

/** The operation behind {@link padLines}. */
export const padLinesOp: Op<PadLinesParams> = {
  name: "pad",
  kind: "map",
  infer: ([input], { axis, before, after }) => [
    { shape: input!.shape.map((n, i) => (i === axis ? before + n + after : n)), dtype: input!.dtype },
  ],
  grid: (call, [input]) => [
    input!.map((own, i) => (i === call.params.axis ? regularAxis(call.outputs[0]!.shape[i]!, call.outputs[0]!.shape[i]!) : own)),
  ],
  demand: (call, _out, at): BoxSet => [wholeAlong(at, call.params.axis, call.inputs[0]!.shape[call.params.axis]!)],
  splits: (call) => call.outputs[0]!.shape.map((_, i) => i !== call.params.axis),
  run(call, context) {
    const at = context.at[0];
    if (!at) return [null];
    const out = context.alloc(boxShape(at), call.outputs[0]!.dtype);
    if (out.size === 0) return [out];
    const { axis, before } = call.params;
    const n = call.inputs[0]!.shape[axis]!;
    const block = context.read(0, wholeAlong(at, axis, n));
    const lo = at[2 * axis]!;
    const hi = at[2 * axis + 1]!;
    const from = Math.max(lo - before, 0);
    const middle = Math.max(0, Math.min(hi - before, n) - from);
    copyStrided(
      block.data,
      block.shape.map((m, i) => (i === axis ? middle : m)),
      block.stride,
      block.offset + from * block.stride[axis]!,
      out.data,
      out.stride,
      Math.max(0, before - lo) * out.stride[axis]!,
    );
    extendLines(block, out, call.params, lo, hi);
    return [out];
  },
};

function wholeAlong(at: Box, axis: number, n: number): Box {
  const box = at.slice();
  box[2 * axis] = 0;
  box[2 * axis + 1] = n;
  return box;
}

/** Write the new elements of every line: those of places `lo` to `hi` that are not in the middle. */
function extendLines(block: NDArray, out: NDArray, params: PadLinesParams, lo: number, hi: number): void {
  const { axis, before } = params;
  const n = block.shape[axis]!;
  const lines = block.shape.map((m, i) => (i === axis ? 1 : m));
  const steps = cStrides(lines);
  const line = new Float64Array(n);
  const source = block.data as Float64Array;
  const target = out.data as Float64Array;
  const round = rounder(out.dtype);
  for (let k = 0; k < sizeOf(lines); k++) {
    let s = block.offset;
    let d = 0;
    for (let i = 0, rest = k; i < lines.length; i++) {
      const index = Math.floor(rest / steps[i]!);
      rest -= index * steps[i]!;
      s += index * block.stride[i]!;
      d += index * out.stride[i]!;
    }
    for (let i = 0; i < n; i++) line[i] = source[s + i * block.stride[axis]!]!;
    const value = extension(line, params);
    const step = out.stride[axis]!;
    for (let p = lo; p < Math.min(hi, before); p++) target[d + (p - lo) * step] = round(value(p - before), params.mode);
    for (let p = Math.max(lo, before + n); p < hi; p++) target[d + (p - lo) * step] = round(value(p - before), params.mode);
  }
}

/** What a line is at places before 0 and from its length on. */
function extension(
  line: Float64Array,
  { mode, before, after, ends = [0, 0], lengths = [null, null] }: PadLinesParams,
): (at: number) => number {
  const n = line.length;
  const first = line[0]!;
  const last = line[n - 1]!;
  if (mode === "linear_ramp") {
    const [lo, hi] = ends;
    const rise = (first - lo) / Math.max(1, before);
    const fall = (last - hi) / Math.max(1, after);
    return (at) => (at < 0 ? lo + (at + before) * rise : hi + (n + after - 1 - at) * fall);
  }
  if (mode === "odd_reflect" || mode === "odd_symmetric") {
    // Mirrored in both edges' values: after a whole period the line has risen by twice its span.
    const mirror = mode === "odd_reflect" ? 2 * (n - 1) : 2 * n - 1;
    const period = mode === "odd_reflect" ? mirror : mirror + 1;
    const span = 2 * (last - first);
    return (at) => {
      const turns = Math.floor(at / period);
      const phase = at - turns * period;
      return (phase < n ? line[phase]! : 2 * last - line[mirror - phase]!) + turns * span;
    };
  }
  const statistic = STATISTICS[mode];
  const left = Math.min(n, lengths[0] ?? n);
  const right = Math.min(n, lengths[1] ?? n);
  const low = statistic(left === n ? line : line.subarray(0, left));
  const high = left === n && right === n ? low : statistic(line.subarray(n - right));
  return (at) => (at < 0 ? low : high);
}

const STATISTICS: { readonly [M in Exclude<LineMode, "linear_ramp">]: (x: Float64Array) => number } = {
  maximum(x) {
    let most = x[0]!;
    for (let i = 1; i < x.length; i++) most = Math.max(most, x[i]!);
    return most;
  },
  minimum(x) {
    let least = x[0]!;
    for (let i = 1; i < x.length; i++) least = Math.min(least, x[i]!);
    return least;
  },
  mean(x) {
    let sum = 0;
    for (let i = 0; i < x.length; i++) sum += x[i]!;
    return sum / x.length;
  },
  median(x) {
    const sorted = x.slice().sort();
    // NaN sorts to the end.
    if (Number.isNaN(sorted[x.length - 1])) return Number.NaN;
    const half = x.length >> 1;
    return x.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
  },
};

/** How a dtype takes a computed value: integers round half to even, and ramps round down, as in NumPy. */
function rounder(dtype: DType): (x: number, mode: PadLinesParams["mode"]) => number {
  const kind = kindOf(dtype);
  if (kind === "b") return (x) => (x === 0 ? 0 : 1);
  if (kind === "i" || kind === "u") return (x, mode) => (mode === "linear_ramp" ? Math.floor(x) : roundHalfToEven(x));
  return dtype === "float16" ? roundHalf : (x) => x;
}

function roundHalfToEven(x: number): number {
  const down = Math.floor(x);
  const rest = x - down;
  return rest < 0.5 || (rest === 0.5 && down % 2 === 0) ? down : down + 1;
}
