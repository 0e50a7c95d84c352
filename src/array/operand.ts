/** Arrays as kernels want them: flat numbers with strides, in a dtype. */
import { roundHalf } from "../dtypes/half.ts";
import { traits } from "../dtypes/traits.ts";
import type { DType, NumberArray } from "../dtypes/types.ts";
import { DimensionError, DTypeError } from "../errors.ts";
import type { Finish, Operand, Target } from "../kernels/elementwise.ts";
import type { NumericStorage } from "../kernels/kernel-types.ts";
import { broadcastStride } from "./broadcasting.ts";
import type { Meta, Shape } from "./meta.ts";
import type { NDArray } from "./ndarray.ts";

/** Whether elements of `dtype` are plain numbers, one slot each: all but strings, bytes, complex and BigInts. */
export function isNumeric(dtype: DType): boolean {
  return NUMERIC.has(traits(dtype).storage);
}

const NUMERIC: ReadonlySet<string> = new Set<NumericStorage>(["f64", "f32", "i32", "u32", "i16", "u16", "i8", "u8"]);

/** An array of a numeric dtype as an operand over `shape`. */
export function operand(a: NDArray, shape: Shape = a.shape): Operand {
  return {
    data: a.data as NumberArray,
    storage: traits(a.dtype).storage as NumericStorage,
    stride: broadcastStride(a, shape),
    offset: a.offset,
  };
}

/** A fresh array of a numeric dtype as a target. */
export function target(a: NDArray): Target {
  return { data: a.data as NumberArray, storage: traits(a.dtype).storage as NumericStorage };
}

/** The pass that makes fresh numbers values of `dtype`: half precision, whole microseconds, integers that are exact. */
export function finishFor(dtype: DType): Finish | undefined {
  if (dtype === "float16") return roundHalves;
  if (dtype === "int64" || dtype === "uint64") return dtype === "int64" ? exactIntegers : exactCounts;
  const { kind } = traits(dtype);
  return kind === "M" || kind === "m" ? wholeMicroseconds : undefined;
}

const roundHalves: Finish = (out, at, n) => {
  for (let i = at; i < at + n; i++) out[i] = roundHalf(out[i]!);
};

const exactIntegers: Finish = (out, at, n) => {
  for (let i = at; i < at + n; i++) {
    const v = out[i]!;
    if (!(Math.abs(v) <= Number.MAX_SAFE_INTEGER)) throw notExact(v, "int64");
    out[i] = v + 0;
  }
};

const exactCounts: Finish = (out, at, n) => {
  for (let i = at; i < at + n; i++) {
    const v = out[i]!;
    if (!(v >= 0 && v <= Number.MAX_SAFE_INTEGER)) throw notExact(v, "uint64");
    out[i] = v + 0;
  }
};

/** The error of an integer that its dtype cannot hold exactly. */
export function notExact(value: number, dtype: DType): DTypeError {
  const why =
    value !== value || Math.abs(value) === Number.POSITIVE_INFINITY
      ? "integers have no NaN or infinity"
      : value < 0
        ? "it holds no negative numbers"
        : "integers are exact below 2**53; use bigint64 or float64";
  return new DTypeError(`${value} does not fit ${dtype}: ${why}`, { value, dtype });
}

const wholeMicroseconds: Finish = (out, at, n) => {
  for (let i = at; i < at + n; i++) {
    const v = out[i]!;
    if (v !== Math.trunc(v)) out[i] = Math.round(v * 1000) / 1000;
  }
};

/** Throws DimensionError where `a` has no axis `axis`. */
export function checkAxis(a: Meta, axis: number): void {
  if (!Number.isInteger(axis) || axis < 0 || axis >= a.shape.length) {
    throw new DimensionError(`axis ${axis} is not one of the ${a.shape.length} axes of shape (${a.shape.join(", ")})`, {
      axis,
      shape: a.shape,
    });
  }
}
