/** What each reduction of numbers keeps while it streams, and what it makes of that: one record per reduction. */
import { canBeMissing, kindOf, traits } from "../dtypes/traits.ts";
import type { DType, NumberArray } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import * as extreme64 from "../kernels/extreme-f64.ts";
import * as extreme32 from "../kernels/generated/extreme-f32.ts";
import * as moments32 from "../kernels/generated/moments-f32.ts";
import * as sum32 from "../kernels/generated/sum-f32.ts";
import * as moments64 from "../kernels/moments-f64.ts";
import type { Reducer } from "../kernels/reduce.ts";
import * as sum64 from "../kernels/sum-f64.ts";
import { notExact } from "./operand.ts";

/** The reductions. */
export type ReduceName =
  | "sum"
  | "prod"
  | "mean"
  | "std"
  | "var"
  | "min"
  | "max"
  | "count"
  | "any"
  | "all"
  | "argmin"
  | "argmax"
  | "first"
  | "last";

/** What a reduction is told. */
export interface ReductionParams {
  readonly fn: ReduceName;
  readonly skip: boolean;
  readonly ddof: number;
  readonly minCount: number | null;
}

/** The state: one float64 array per quantity. */
export type States = readonly Float64Array[];
/** How many values each state could have seen at most. */
export type Totals = (s: number) => number;

/** A reduction of numbers. */
export interface Reduction {
  /** The dtype of the result; throws where the reduction is not defined. */
  dtype(input: DType): DType;
  /** What each quantity of the state begins with. */
  init(p: ReductionParams): readonly number[];
  /** Takes pieces of input into the state; float32 and float64 input only. */
  reducer(single: boolean, state: States, p: ReductionParams): Reducer;
  /** Takes another state into this one, element by element. */
  merge(state: States, later: States, p: ReductionParams): void;
  /** Writes the results. */
  finish(state: States, totals: Totals, out: NumberArray, p: ReductionParams, dtype: DType): void;
}

const refuse = (name: string, dtype: DType, hint = ""): DTypeError =>
  new DTypeError(`${name} is not defined for ${dtype}${hint}`, { name, dtype });

/** Sums and products of integers widen to 64 bits. */
function widened(dtype: DType): DType {
  const { kind } = traits(dtype);
  if (kind === "b" || kind === "i") return dtype === "bigint64" ? dtype : "int64";
  return kind === "u" ? (dtype === "biguint64" ? dtype : "uint64") : dtype;
}

/** Means of integers are float64. */
function averaged(dtype: DType): DType {
  return "biu".includes(kindOf(dtype)) ? "float64" : dtype;
}

const addInto = (state: Float64Array, later: Float64Array): void => {
  for (let i = 0; i < state.length; i++) state[i] = state[i]! + later[i]!;
};

function checkWhole(out: NumberArray, dtype: DType): void {
  if (dtype !== "int64" && dtype !== "uint64") return;
  for (let i = 0; i < out.length; i++) if (!(Math.abs(out[i]!) <= Number.MAX_SAFE_INTEGER)) throw notExact(out[i]!, dtype);
}

type SumFunctions = readonly [typeof sum64.sumRun, typeof sum64.sumRows];

function additive(pick: (k: typeof sum64) => SumFunctions, single: boolean, [total, missing]: States, skip: boolean): Reducer {
  const [run, rows] = pick(single ? (sum32 as unknown as typeof sum64) : sum64);
  return {
    run: (x, at, step, n, s) => run(x as Float64Array, at, step, n, skip, total!, missing!, s),
    rows: (x, at, step, n, rowStep, m, s, ss) => rows(x as Float64Array, at, step, n, rowStep, m, skip, total!, missing!, s, ss),
  };
}

const sum: Reduction = {
  dtype(input) {
    if (kindOf(input) === "M") throw refuse("sum", input, "; dates have a mean, but no sum");
    return widened(input);
  },
  init: () => [0, 0],
  reducer: (single, state, p) => additive((k) => [k.sumRun, k.sumRows], single, state, p.skip),
  merge: (state, later) => state.forEach((quantity, i) => addInto(quantity, later[i]!)),
  finish([total, missing], totals, out, p, dtype) {
    for (let i = 0; i < out.length; i++) out[i] = enough(totals(i) - missing![i]!, p) ? total![i]! : Number.NaN;
    checkWhole(out, dtype);
  },
};

const enough = (valid: number, p: ReductionParams): boolean => p.minCount === null || !p.skip || valid >= p.minCount;

const prod: Reduction = {
  ...sum,
  dtype(input) {
    if ("Mmc".includes(kindOf(input))) throw refuse("prod", input);
    return widened(input);
  },
  init: () => [1, 0],
  reducer: (single, state, p) => additive((k) => [k.prodRun, k.prodRows], single, state, p.skip),
  merge([total, missing], [product, absent]) {
    for (let i = 0; i < total!.length; i++) total![i] = total![i]! * product![i]!;
    addInto(missing!, absent!);
  },
};

const mean: Reduction = {
  ...sum,
  dtype: averaged,
  finish([total, missing], totals, out) {
    for (let i = 0; i < out.length; i++) out[i] = total![i]! / (totals(i) - missing![i]!);
  },
};

function moments(single: boolean, [count, average, m2]: States, p: ReductionParams): Reducer {
  const k = single ? (moments32 as unknown as typeof moments64) : moments64;
  return {
    run: (x, at, step, n, s) => k.momentsRun(x as Float64Array, at, step, n, p.skip, count!, average!, m2!, s),
    rows: (x, at, step, n, rowStep, m, s, ss) =>
      k.momentsRows(x as Float64Array, at, step, n, rowStep, m, p.skip, count!, average!, m2!, s, ss),
  };
}

const variance: Reduction = {
  dtype(input) {
    const kind = kindOf(input);
    if (kind === "M" || kind === "m") throw refuse("var", input);
    return kind === "c" ? (input === "complex64" ? "float32" : "float64") : averaged(input);
  },
  init: () => [0, 0, 0],
  reducer: moments,
  merge([count, average, m2], [n, m, q]) {
    for (let i = 0; i < count!.length; i++) moments64.joinMoments(count!, average!, m2!, i, n![i]!, m![i]!, q![i]!);
  },
  finish([count, , m2], _totals, out, p) {
    for (let i = 0; i < out.length; i++) {
      const left = count![i]! - p.ddof;
      out[i] = left > 0 ? m2![i]! / left : p.skip ? Number.NaN : m2![i]! / 0;
    }
  },
};

const std: Reduction = {
  ...variance,
  dtype: (input) => (kindOf(input) === "m" ? input : variance.dtype(input)),
  finish(state, totals, out, p, dtype) {
    const squared = new Float64Array(out.length);
    variance.finish(state, totals, squared, p, dtype);
    for (let i = 0; i < out.length; i++) out[i] = Math.sqrt(squared[i]!);
  },
};

/** The mean of dates: their sum has no room in float64, their running mean does. */
const meanDate: Reduction = {
  ...variance,
  dtype: (input) => input,
  finish([count, average], _totals, out) {
    for (let i = 0; i < out.length; i++) out[i] = count![i]! > 0 ? average![i]! : Number.NaN;
  },
};

function extreme(name: "min" | "max"): Reduction {
  const worst = name === "min" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  const pick = (k: typeof extreme64) => (name === "min" ? ([k.minRun, k.minRows] as const) : ([k.maxRun, k.maxRows] as const));
  const reducer = (single: boolean, [best]: States, { skip }: ReductionParams): Reducer => {
    const [run, rows] = pick(single ? (extreme32 as unknown as typeof extreme64) : extreme64);
    return {
      run: (x, at, step, n, s) => run(x as Float64Array, at, step, n, skip, best!, s),
      rows: (x, at, step, n, rowStep, m, s, ss) => rows(x as Float64Array, at, step, n, rowStep, m, skip, best!, s, ss),
    };
  };
  return {
    dtype(input) {
      if (kindOf(input) === "c") throw refuse(name, input);
      return input;
    },
    init: (p) => [p.skip ? Number.NaN : worst],
    reducer,
    merge(state, later, p) {
      reducer(false, state, p).rows(later[0]!, 0, 1, later[0]!.length, 0, 1, 0, 1, 0, 0);
    },
    finish([best], totals, out, _p, dtype) {
      for (let i = 0; i < out.length; i++) {
        if (totals(i) === 0 && !canBeMissing(dtype)) throw new ArgumentError(`${name} of no values has no ${dtype}`, { name, dtype });
        out[i] = totals(i) === 0 ? Number.NaN : best![i]!;
      }
    },
  };
}

function position(name: "argmin" | "argmax"): Reduction {
  const sense = name === "argmin" ? 1 : -1;
  return {
    dtype(input) {
      if (kindOf(input) === "c") throw refuse(name, input);
      return "int64";
    },
    init: () => [0, -1],
    reducer(single, [best, where], { skip }) {
      const k = single ? (extreme32 as unknown as typeof extreme64) : extreme64;
      return {
        run: (x, at, step, n, s, pos, posStep) => k.argRun(x as Float64Array, at, step, n, skip, sense, pos, posStep, best!, where!, s),
        rows: (x, at, step, n, rowStep, m, s, ss, pos, posStep) =>
          k.argRows(x as Float64Array, at, step, n, rowStep, m, skip, sense, pos, posStep, best!, where!, s, ss),
      };
    },
    merge([best, where], [b, w], { skip }) {
      for (let i = 0; i < best!.length; i++) {
        if (w![i]! >= 0) extreme64.argRun(b!, i, 1, 1, skip, 1, w![i]!, 0, best!, where!, i);
      }
    },
    finish([, where], _totals, out) {
      for (let i = 0; i < out.length; i++) {
        if (where![i]! < 0) throw new ArgumentError(`All-NaN slice encountered: ${name} has no value to point at`, { name });
        out[i] = where![i]!;
      }
    },
  };
}

const count: Reduction = {
  dtype: () => "int64",
  init: () => [0],
  reducer(single, [missing]) {
    const k = single ? (sum32 as unknown as typeof sum64) : sum64;
    return {
      run: (x, at, step, n, s) => k.missingRun(x as Float64Array, at, step, n, missing!, s),
      rows: (x, at, step, n, rowStep, m, s, ss) => k.missingRows(x as Float64Array, at, step, n, rowStep, m, missing!, s, ss),
    };
  },
  merge: sum.merge,
  finish([missing], totals, out) {
    for (let i = 0; i < out.length; i++) out[i] = totals(i) - missing![i]!;
  },
};

/** The first (or last) value in the order of the reduced axes. */
function end(name: "first" | "last"): Reduction {
  const sense = name === "first" ? 1 : -1;
  const take = (value: number, pos: number, skip: boolean, best: Float64Array, where: Float64Array, s: number): void => {
    if (skip && value !== value) return;
    if (where[s]! >= 0 && sense * where[s]! <= sense * pos) return;
    best[s] = value;
    where[s] = pos;
  };
  return {
    dtype: (input) => input,
    init: () => [Number.NaN, -1],
    reducer: (_single, [best, where], { skip }) => ({
      run(x, at, step, n, s, pos, posStep) {
        for (let i = 0; i < n; i++) take(x[at + i * step]!, pos + i * posStep, skip, best!, where!, s);
      },
      rows(x, at, step, n, rowStep, m, s, ss, pos, posStep) {
        for (let r = 0; r < m; r++)
          for (let i = 0; i < n; i++) take(x[at + r * rowStep + i * step]!, pos + r * posStep, skip, best!, where!, s + i * ss);
      },
    }),
    merge([best, where], [b, w]) {
      for (let i = 0; i < best!.length; i++) if (w![i]! >= 0) take(b![i]!, w![i]!, false, best!, where!, i);
    },
    finish([best], totals, out, _p, dtype) {
      for (let i = 0; i < out.length; i++) {
        if (totals(i) === 0 && !canBeMissing(dtype)) throw new ArgumentError(`the ${name} of no values has no ${dtype}`, { name, dtype });
        out[i] = best![i]!;
      }
    },
  };
}

/** Bools in, a bool out: any is the greatest, all the least. */
function logical(name: "min" | "max"): Reduction {
  const base = extreme(name);
  const none = name === "min" ? 1 : 0;
  return {
    ...base,
    dtype: () => "bool",
    finish([best], totals, out) {
      for (let i = 0; i < out.length; i++) out[i] = totals(i) === 0 ? none : best![i]!;
    },
  };
}

/** Every reduction of numbers by name. */
export const REDUCTIONS: Readonly<Record<ReduceName, Reduction>> = {
  sum,
  prod,
  mean,
  std,
  var: variance,
  min: extreme("min"),
  max: extreme("max"),
  count,
  any: logical("max"),
  all: logical("min"),
  argmin: position("argmin"),
  argmax: position("argmax"),
  first: end("first"),
  last: end("last"),
};

/** The reduction of `name` for a dtype. */
export function reductionFor(name: ReduceName, dtype: DType): Reduction {
  return name === "mean" && kindOf(dtype) === "M" ? meanDate : REDUCTIONS[name];
}
