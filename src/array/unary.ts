/** Functions of one array, element by element. */
import { kindOf, traits } from "../dtypes/traits.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import { bigUnary } from "../kernels/big.ts";
import { complexUnary } from "../kernels/complex.ts";
import { unaryLoop } from "../kernels/elementwise.ts";
import { NOT_BOOL } from "../kernels/generated/bools.ts";
import { TEST_F32, UNARY_F32 } from "../kernels/generated/elementwise-f32.ts";
import { TEST_F64, UNARY_F64 } from "../kernels/generated/elementwise-f64.ts";
import type { TestKernelName, UnaryKernelName } from "../kernels/generated/names.ts";
import { eachRun } from "../kernels/runs.ts";
import { rint } from "../kernels/scalar-math.ts";
import { apply } from "./apply.ts";
import { broadcasting } from "./broadcasting.ts";
import { castBlock } from "./cast.ts";
import type { AnyArray } from "./lazy.ts";
import type { NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";
import { finishFor, operand, target } from "./operand.ts";
import { type UnaryName, type UnaryRule, unaryRule } from "./unary-rules.ts";

/** One function of one array. */
export const unaryOp: Op<{ readonly fn: UnaryName }> = {
  name: "unary",
  kind: "map",
  infer: ([a], { fn }) => [{ shape: a!.shape, dtype: unaryRule(fn, a!.dtype).out }],
  ...broadcasting,
  run: (call, context) => {
    const a = context.read(0, context.at[0]!);
    const rule = unaryRule(call.params.fn, a.dtype);
    if (rule.path === "same") return [a];
    const out = context.alloc(a.shape, rule.out);
    runUnary(rule, a, out);
    return [out];
  },
};

/**
 * `name(a)`, element by element.
 *
 * Dtypes follow NumPy 2: functions with values between integers compute bytes in float16, 16-bit
 * integers in float32 and the rest in float64; `abs`, `neg`, `sign`, `square`, `floor` keep integers.
 * `isnull` is true of NaN, NaT and missing strings; `not` is true of zero; `invert` flips bits, or bools.
 *
 * @throws DTypeError where the function is not defined for the dtype.
 * @example
 * ```ts
 * unary("sqrt", asArray([4, 9])); // [2, 3]
 * ```
 */
export function unary(name: UnaryName, a: AnyArray): AnyArray {
  const rule = unaryRule(name, a.dtype);
  return rule.path === "same" ? a : apply(unaryOp, [a], { params: { fn: name }, label: name });
}

function runUnary(rule: UnaryRule, a: NDArray, out: NDArray): void {
  const { shape } = out;
  const { path, kernel } = rule;
  if (path === "fill") {
    if (rule.answer) (out.data as Uint8Array).fill(1);
    return;
  }
  if (path === "null") {
    markNulls(a, kernel === "isnan", out.data as Uint8Array);
    return;
  }
  const x = path === "number" && kindOf(rule.input) !== "c" && !a.dtype.startsWith("big") ? a : castBlock(a, rule.input);
  const compute = traits(rule.input).storage === "f32" ? "f32" : "f64";
  if (path === "complex") complexUnary(kernel, x, shape, out.data);
  else if (path === "big") bigUnary(kernel, x, shape, out.data);
  else if (kernel === "zero" && a.dtype === "bool") unaryLoop(NOT_BOOL, "u8", operand(x), shape, target(out), "u8");
  else if (rule.test)
    unaryLoop((compute === "f32" ? TEST_F32 : TEST_F64)[kernel as TestKernelName], compute, operand(x), shape, target(out), "u8");
  else
    unaryLoop(
      (compute === "f32" ? UNARY_F32 : UNARY_F64)[kernel as UnaryKernelName],
      compute,
      operand(x),
      shape,
      target(out),
      compute,
      finishFor(rule.out),
    );
}

function markNulls(a: NDArray, asked: boolean, out: Uint8Array): void {
  const data = a.data as readonly unknown[];
  let o = 0;
  eachRun(a.shape, [a.stride], [a.offset], (at, n, steps) => {
    for (let i = 0; i < n; i++) out[o++] = (data[at[0]! + i * steps[0]!] === null) === asked ? 1 : 0;
  });
}

/** Numbers rounded to a decimal place. */
export const roundOp: Op<{ readonly decimals: number }> = {
  name: "round",
  kind: "map",
  infer: ([a]) => [{ shape: a!.shape, dtype: a!.dtype }],
  ...broadcasting,
  run: (call, context) => {
    const a = context.read(0, context.at[0]!);
    const out = context.alloc(a.shape, a.dtype);
    const { decimals } = call.params;
    const scale = 10 ** Math.abs(decimals);
    const kernel = (x: ArrayLike<number>, at: number, step: number, result: Float64Array, o: number, n: number): void => {
      for (let i = 0; i < n; i++) {
        const v = x[at + i * step]!;
        result[o + i] = decimals >= 0 ? rint(v * scale) / scale : rint(v / scale) * scale;
      }
    };
    unaryLoop(kernel, "f64", operand(a), a.shape, target(out), "f64", finishFor(a.dtype));
    return [out];
  },
};

/**
 * `a` rounded to `decimals` places (negative: before the point), ties to even; integers stay integers.
 *
 * @throws DTypeError where `a` does not hold real numbers.
 */
export function round(a: AnyArray, decimals = 0): AnyArray {
  const kind = kindOf(a.dtype);
  if (!Number.isInteger(decimals)) throw new ArgumentError(`decimals must be a whole number, not ${decimals}`, { decimals });
  if (!"fiub".includes(kind) || a.dtype.startsWith("big")) throw new DTypeError(`round is not defined for ${a.dtype}`, { dtype: a.dtype });
  if (kind !== "f" && decimals >= 0) return a;
  return apply(roundOp, [a], { params: { decimals }, label: "round" });
}
