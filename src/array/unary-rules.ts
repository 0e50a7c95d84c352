/** Which functions of one array exist for which dtypes, in which dtype they are computed, and what comes out. */
import { floatFor } from "../dtypes/promote.ts";
import { kindOf, traits } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import { COMPLEX_PART, COMPLEX_UNARY } from "../kernels/complex.ts";
import type { TestKernelName, UnaryKernelName } from "../kernels/generated/names.ts";
import { unknownName } from "../util/suggest.ts";

/**
 * What kind of rule a function follows: computed in floats, keeping the dtype, rounding (integers
 * stay as they are), a question with a bool for an answer, parts of complex numbers, bits.
 */
type Family = "float" | "keep" | "round" | "missing" | "test" | "logical" | "part" | "bits";

/** The functions of one array. */
export type UnaryName =
  | "neg"
  | "positive"
  | "abs"
  | "fabs"
  | "sign"
  | "square"
  | "reciprocal"
  | "sqrt"
  | "cbrt"
  | "exp"
  | "exp2"
  | "expm1"
  | "log"
  | "log2"
  | "log10"
  | "log1p"
  | "sin"
  | "cos"
  | "tan"
  | "asin"
  | "acos"
  | "atan"
  | "sinh"
  | "cosh"
  | "tanh"
  | "asinh"
  | "acosh"
  | "atanh"
  | "radians"
  | "degrees"
  | "floor"
  | "ceil"
  | "trunc"
  | "rint"
  | "spacing"
  | "isnan"
  | "isinf"
  | "isfinite"
  | "signbit"
  | "isnull"
  | "notnull"
  | "not"
  | "invert"
  | "bitwiseCount"
  | "real"
  | "imag"
  | "conj"
  | "angle"
  | "isreal"
  | "iscomplex";

const FAMILIES: Readonly<Record<UnaryName, Family>> = {
  neg: "keep",
  positive: "keep",
  abs: "keep",
  sign: "keep",
  square: "keep",
  reciprocal: "keep",
  fabs: "float",
  sqrt: "float",
  cbrt: "float",
  exp: "float",
  exp2: "float",
  expm1: "float",
  log: "float",
  log2: "float",
  log10: "float",
  log1p: "float",
  sin: "float",
  cos: "float",
  tan: "float",
  asin: "float",
  acos: "float",
  atan: "float",
  sinh: "float",
  cosh: "float",
  tanh: "float",
  asinh: "float",
  acosh: "float",
  atanh: "float",
  radians: "float",
  degrees: "float",
  rint: "float",
  spacing: "float",
  floor: "round",
  ceil: "round",
  trunc: "round",
  isnan: "test",
  isinf: "test",
  isfinite: "test",
  signbit: "test",
  isnull: "missing",
  notnull: "missing",
  not: "logical",
  invert: "bits",
  bitwiseCount: "bits",
  real: "part",
  imag: "part",
  conj: "part",
  angle: "part",
  isreal: "part",
  iscomplex: "part",
};
/** Their names. */
export const UNARY_NAMES: readonly UnaryName[] = Object.keys(FAMILIES) as UnaryName[];

/** How to compute one function of one dtype. */
export interface UnaryRule {
  /** `same`: the array itself; `fill`: the same answer everywhere; the rest say how values are handled. */
  readonly path: "number" | "complex" | "big" | "null" | "same" | "fill";
  readonly kernel: UnaryKernelName | TestKernelName;
  /** What the operand becomes first. */
  readonly input: DType;
  readonly out: DType;
  readonly test: boolean;
  /** The answer of `fill`. */
  readonly answer?: 0 | 1;
}

/** The rule of `name` for a dtype; throws DTypeError where there is none. */
export function unaryRule(name: UnaryName, dtype: DType): UnaryRule {
  const family: Family | undefined = FAMILIES[name];
  if (family === undefined) throw new ArgumentError(unknownName("function", name, UNARY_NAMES), { name });
  const { kind } = traits(dtype);
  if (family === "missing") return missingRule(name === "isnull", dtype);
  if (kind === "U" || kind === "S") throw unsupported(name, dtype);
  const rule = ruleOf(name, family, dtype);
  if (rule.path !== "number") return rule;
  if (kindOf(rule.input) === "c") {
    if (!(rule.kernel in COMPLEX_UNARY) && !(rule.kernel in COMPLEX_PART)) throw unsupported(name, dtype);
    return { ...rule, path: "complex" };
  }
  return rule.input === "bigint64" || rule.input === "biguint64" ? { ...rule, path: "big" } : rule;
}

function numbers(kernel: UnaryKernelName | TestKernelName, input: DType, out: DType, test = false): UnaryRule {
  return { path: "number", kernel, input, out, test };
}

function same(dtype: DType): UnaryRule {
  return { path: "same", kernel: "abs", input: dtype, out: dtype, test: false };
}

function filled(dtype: DType, out: DType, answer: 0 | 1): UnaryRule {
  return { path: "fill", kernel: "zero", input: dtype, out, test: false, answer };
}

function ruleOf(name: UnaryName, family: Family, dtype: DType): UnaryRule {
  const kind = kindOf(dtype);
  const whole = kind === "i" || kind === "u" || kind === "b";
  const time = kind === "M" || kind === "m";
  switch (family) {
    case "float": {
      if (time) throw unsupported(name, dtype);
      const float = name === "fabs" && kind === "c" ? undefined : floatFor(dtype);
      if (float === undefined) throw unsupported(name, dtype);
      return numbers(
        name === "fabs" ? "abs" : name === "spacing" && float === "float16" ? "spacingHalf" : (name as UnaryKernelName),
        float,
        float,
      );
    }
    case "keep":
      return keepRule(name, dtype);
    case "round":
      if (time || kind === "c") throw unsupported(name, dtype);
      return whole ? same(dtype) : numbers(name as UnaryKernelName, dtype, dtype);
    case "test":
      if (kind === "c") return name === "signbit" ? fail(name, dtype) : numbers(name as TestKernelName, dtype, "bool", true);
      if (whole && name !== "signbit") return filled(dtype, "bool", name === "isfinite" ? 1 : 0);
      if (time && name === "signbit") throw unsupported(name, dtype);
      return numbers(name as TestKernelName, dtype === "bigint64" || dtype === "biguint64" ? "float64" : dtype, "bool", true);
    case "logical":
      if (time) throw unsupported(name, dtype);
      return numbers("zero", dtype.startsWith("big") ? "float64" : dtype, "bool", true);
    case "bits":
      if (!whole) throw unsupported(name, dtype, "; it takes integers and bools");
      if (name === "bitwiseCount") return numbers("bitwiseCount", dtype.startsWith("big") ? "int64" : dtype, "uint8");
      return kind === "b" ? numbers("zero", dtype, dtype, true) : numbers("invert", dtype, dtype);
    case "part":
      return partRule(name, dtype);
    case "missing":
      return missingRule(name === "isnull", dtype);
  }
}

function keepRule(name: UnaryName, dtype: DType): UnaryRule {
  const kind = kindOf(dtype);
  if (kind === "M" || (kind === "m" && name !== "neg" && name !== "positive" && name !== "abs" && name !== "sign"))
    throw unsupported(name, dtype);
  if (name === "positive") return kind === "b" ? fail(name, dtype) : same(dtype);
  if (kind === "b") {
    if (name === "abs") return same(dtype);
    if (name === "neg") throw unsupported(name, dtype, "; use not");
    if (name === "sign") throw unsupported(name, dtype);
    return numbers(name === "reciprocal" ? "intReciprocal" : (name as UnaryKernelName), "int8", "int8");
  }
  if (kind === "c" && name === "abs") return numbers("abs", dtype, dtype === "complex64" ? "float32" : "float64");
  const whole = kind === "i" || kind === "u";
  if (whole && name === "reciprocal") return numbers("intReciprocal", dtype, dtype);
  return numbers(name === "square" && whole && traits(dtype).itemsize === 4 ? "intSquare" : (name as UnaryKernelName), dtype, dtype);
}

function partRule(name: UnaryName, dtype: DType): UnaryRule {
  const kind = kindOf(dtype);
  if (kind === "M" || kind === "m") throw unsupported(name, dtype);
  const real = dtype === "complex64" ? "float32" : "float64";
  if (name === "isreal" || name === "iscomplex") {
    if (kind !== "c") return filled(dtype, "bool", name === "isreal" ? 1 : 0);
    return {
      path: "complex",
      kernel: (name === "isreal" ? "isreal" : "iscomplex") as TestKernelName,
      input: dtype,
      out: "bool",
      test: true,
    };
  }
  if (kind === "c")
    return { path: "complex", kernel: name as UnaryKernelName, input: dtype, out: name === "conj" ? dtype : real, test: false };
  if (name === "imag") return filled(dtype, dtype, 0);
  if (name === "angle") return kind === "b" ? numbers("angle", "float64", "float64") : numbers("angle", floatFor(dtype), floatFor(dtype));
  return name === "conj" && kind === "b" ? numbers("abs", "int8", "int8") : same(dtype);
}

function missingRule(asked: boolean, dtype: DType): UnaryRule {
  const { kind, storage } = traits(dtype);
  if (storage === "str" || storage === "bytes")
    return { path: "null", kernel: asked ? "isnan" : "notnan", input: dtype, out: "bool", test: true };
  if (kind === "b" || kind === "i" || kind === "u") return filled(dtype, "bool", asked ? 0 : 1);
  return { ...numbers(asked ? "isnan" : "notnan", dtype, "bool", true), path: kind === "c" ? "complex" : "number" };
}

function unsupported(name: string, dtype: DType, hint = ""): DTypeError {
  return new DTypeError(`${name} is not defined for ${dtype}${hint}`, { name, dtype });
}

function fail(name: string, dtype: DType): never {
  throw unsupported(name, dtype);
}
