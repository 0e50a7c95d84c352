/** Operations of two arrays, element by element, with NumPy's broadcasting and dtypes. */
import { kindOf, traits } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError } from "../errors.ts";
import { bigBinary } from "../kernels/big.ts";
import { complexBinary } from "../kernels/complex.ts";
import { binaryLoop, type ComputeStorage } from "../kernels/elementwise.ts";
import { BINARY_BOOL } from "../kernels/generated/bools.ts";
import { BINARY_F32, COMPARE_F32 } from "../kernels/generated/elementwise-f32.ts";
import { BINARY_F64, COMPARE_F64 } from "../kernels/generated/elementwise-f64.ts";
import type { BinaryKernelName, CompareKernelName } from "../kernels/generated/names.ts";
import { eachRun } from "../kernels/runs.ts";
import { textBinary } from "../kernels/text.ts";
import { apply } from "./apply.ts";
import { type BinaryName, type BinaryRule, binaryRule } from "./binary-rules.ts";
import { boxShape } from "./box.ts";
import { broadcasting, broadcastShapes, broadcastStride } from "./broadcasting.ts";
import { castBlock } from "./cast.ts";
import type { AnyArray } from "./lazy.ts";
import type { NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";
import { finishFor, isNumeric, operand, target } from "./operand.ts";

/** One operation of two arrays. */
export const binaryOp: Op<{ readonly fn: BinaryName }> = {
  name: "binary",
  kind: "map",
  infer: ([a, b], { fn }) => [{ shape: broadcastShapes([a!.shape, b!.shape]), dtype: binaryRule(fn, a!.dtype, b!.dtype).out }],
  ...broadcasting,
  run: (call, context) => {
    const [a, b] = [0, 1].map((i) => context.read(i, broadcasting.demand(call, 0, context.at[0]!, i)[0]!));
    const rule = binaryRule(call.params.fn, a!.dtype, b!.dtype);
    const out = context.alloc(boxShape(context.at[0]!), rule.out);
    runBinary(call.params.fn, rule, a!, b!, out);
    return [out];
  },
};

/**
 * `a (name) b`, element by element.
 *
 * Axes are aligned at the last one and lengths of 1 stretch. Dtypes follow NumPy 2: integers of up to
 * 32 bits wrap, 64-bit results beyond ±2⁵³ throw DTypeError, integer division by zero gives 0,
 * division of integers float64. Dates minus dates are timedeltas.
 *
 * @throws DimensionError where shapes do not broadcast; DTypeError where dtypes do not go together.
 * @example
 * ```ts
 * binary("add", asArray([1, 2, 3]), asArray([[10], [20]])); // shape [2, 3]
 * ```
 */
export function binary(name: BinaryName, a: AnyArray, b: AnyArray): AnyArray {
  return apply(binaryOp, [a, b], { params: { fn: name }, label: name });
}

function runBinary(fn: BinaryName, rule: BinaryRule, a: NDArray, b: NDArray, out: NDArray): void {
  const { shape } = out;
  if (rule.path === "unequal") {
    if (fn === "ne") (out.data as Uint8Array).fill(1);
    return;
  }
  if (rule.path !== "number") {
    const x = castBlock(a, rule.left);
    const y = castBlock(b, rule.right);
    const run = { complex: complexBinary, big: bigBinary, text: textBinary }[rule.path];
    if (rule.path === "big" && fn === "pow") checkPowers(y, y.shape);
    run(
      rule.kernel,
      { data: x.data, stride: broadcastStride(x, shape), offset: x.offset },
      { data: y.data, stride: broadcastStride(y, shape), offset: y.offset },
      shape,
      out.data,
    );
    return;
  }
  const x = isNumeric(a.dtype) ? a : castBlock(a, rule.left);
  const y = isNumeric(b.dtype) ? b : castBlock(b, rule.right);
  if (fn === "pow" && kindOf(rule.out) === "i") checkPowers(y, y.shape);
  if (rule.left === "bool" && a.dtype === "bool" && b.dtype === "bool" && rule.kernel in BINARY_BOOL) {
    // Bytes of 0 and 1 need no conversion, and logical functions are bitwise ones.
    binaryLoop(BINARY_BOOL[rule.kernel as keyof typeof BINARY_BOOL], "u8", operand(x, shape), operand(y, shape), shape, target(out), "u8");
    return;
  }
  const compute = computeStorage(rule.left, rule.right);
  if (rule.test)
    binaryLoop(
      (compute === "f32" ? COMPARE_F32 : COMPARE_F64)[rule.kernel as CompareKernelName],
      compute,
      operand(x, shape),
      operand(y, shape),
      shape,
      target(out),
      "u8",
    );
  else
    binaryLoop(
      (compute === "f32" ? BINARY_F32 : BINARY_F64)[rule.kernel as BinaryKernelName],
      compute,
      operand(x, shape),
      operand(y, shape),
      shape,
      target(out),
      compute,
      finishFor(rule.out),
    );
}

/** Where to compute: half and single precision in float32, the rest in float64. */
function computeStorage(left: DType, right: DType): ComputeStorage {
  return traits(left).storage === "f32" && traits(right).storage === "f32" ? "f32" : "f64";
}

/** NumPy's refusal: an integer to a negative power is no integer. */
function checkPowers(b: NDArray, shape: readonly number[]): void {
  const data = b.data as Float64Array;
  eachRun(shape, [b.stride], [b.offset], (at, n, steps) => {
    for (let i = 0, p = at[0]!; i < n; i++, p += steps[0]!) {
      if (data[p]! < 0)
        throw new ArgumentError(`integers to negative powers (${data[p]}) are no integers; cast one operand to float64`, {
          power: String(data[p]),
        });
    }
  });
}
