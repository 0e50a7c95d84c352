/** Which operations of two arrays exist for which dtypes, in which dtype they are computed, and what comes out. */
import { floatFor, noCommonDType, promote } from "../dtypes/promote.ts";
import { kindOf, traits } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import type { BinaryKernelName, CompareKernelName } from "../kernels/generated/names.ts";
import { unknownName } from "../util/suggest.ts";

/** What kind of rule an operation follows. */
type Family = "arithmetic" | "divide" | "integer" | "compare" | "logical" | "bitwise" | "pick" | "float" | "ldexp";

/** The operations of two arrays. */
export type BinaryName =
  | "add"
  | "sub"
  | "mul"
  | "div"
  | "floordiv"
  | "mod"
  | "fmod"
  | "pow"
  | "floatPower"
  | "eq"
  | "ne"
  | "lt"
  | "le"
  | "gt"
  | "ge"
  | "logicalAnd"
  | "logicalOr"
  | "logicalXor"
  | "and"
  | "or"
  | "xor"
  | "leftShift"
  | "rightShift"
  | "gcd"
  | "lcm"
  | "minimum"
  | "maximum"
  | "fmin"
  | "fmax"
  | "atan2"
  | "hypot"
  | "copysign"
  | "logaddexp"
  | "logaddexp2"
  | "nextafter"
  | "heaviside"
  | "ldexp";

const FAMILIES: Readonly<Record<BinaryName, Family>> = {
  add: "arithmetic",
  sub: "arithmetic",
  mul: "arithmetic",
  div: "divide",
  floordiv: "integer",
  mod: "integer",
  fmod: "integer",
  pow: "integer",
  floatPower: "float",
  eq: "compare",
  ne: "compare",
  lt: "compare",
  le: "compare",
  gt: "compare",
  ge: "compare",
  logicalAnd: "logical",
  logicalOr: "logical",
  logicalXor: "logical",
  and: "bitwise",
  or: "bitwise",
  xor: "bitwise",
  leftShift: "bitwise",
  rightShift: "bitwise",
  gcd: "bitwise",
  lcm: "bitwise",
  minimum: "pick",
  maximum: "pick",
  fmin: "pick",
  fmax: "pick",
  atan2: "float",
  hypot: "float",
  copysign: "float",
  logaddexp: "float",
  logaddexp2: "float",
  nextafter: "float",
  heaviside: "float",
  ldexp: "ldexp",
};

/** Their names. */
export const BINARY_NAMES: readonly BinaryName[] = Object.keys(FAMILIES) as BinaryName[];

/** How to compute one operation on two dtypes. */
export interface BinaryRule {
  /** How values are handled: numbers by kernels, the rest element by element. */
  readonly path: "number" | "complex" | "big" | "text" | "unequal";
  readonly kernel: BinaryKernelName | CompareKernelName;
  /** What each operand becomes first. */
  readonly left: DType;
  readonly right: DType;
  readonly out: DType;
  /** Whether the kernel gives bools. */
  readonly test: boolean;
}

const isBig = (dtype: DType): boolean => dtype === "bigint64" || dtype === "biguint64";

/** The rule of `name` for two dtypes; throws DTypeError where there is none. */
export function binaryRule(name: BinaryName, a: DType, b: DType): BinaryRule {
  const family: Family | undefined = FAMILIES[name];
  if (family === undefined) throw new ArgumentError(unknownName("operation", name, BINARY_NAMES), { name });
  const [ka, kb] = [kindOf(a), kindOf(b)];
  if (ka === "U" || kb === "U" || ka === "S" || kb === "S") return textRule(name, family, a, b);
  if ("mM".includes(ka) || "mM".includes(kb)) return timeRule(name, family, a, b);
  return numberRule(name, family, a, b);
}

function numbers(kernel: BinaryKernelName | CompareKernelName, compute: DType, out: DType, test = false): BinaryRule {
  const path = kindOf(compute) === "c" ? "complex" : isBig(compute) ? "big" : "number";
  return { path, kernel, left: compute, right: compute, out, test };
}

function numberRule(name: BinaryName, family: Family, a: DType, b: DType): BinaryRule {
  const common = promote(a, b);
  const kind = kindOf(common);
  const whole = kind === "i" || kind === "u";
  switch (family) {
    case "logical":
      if (kind === "b") return numbers(LOGICAL[name as keyof typeof LOGICAL], "bool", "bool");
      return numbers(name as CompareKernelName, common, "bool", true);
    case "compare":
      return numbers(name as CompareKernelName, common, "bool", true);
    case "arithmetic":
      if (kind === "b") return boolArithmetic(name);
      return numbers(name === "mul" && whole && traits(common).itemsize === 4 ? "intMul" : (name as BinaryKernelName), common, common);
    case "divide":
      return kind === "f" || kind === "c" ? numbers("div", common, common) : numbers("div", "float64", "float64");
    case "integer": {
      if (kind === "f" || (kind === "c" && name === "pow")) return numbers(name as BinaryKernelName, common, common);
      if (kind === "c") throw unsupported(name, a, b);
      const out = kind === "b" ? "int8" : common;
      return numbers(integerKernel(name, out), out, out);
    }
    case "bitwise":
      if (kind === "b" && (name === "and" || name === "or" || name === "xor")) return numbers(name, "bool", "bool");
      if (kind === "b" ? name === "gcd" || name === "lcm" : !whole) throw unsupported(name, a, b, "; it takes integers");
      return bitwise(name, kind === "b" ? "int8" : common);
    case "pick":
      return numbers(name as BinaryKernelName, common, common);
    case "float": {
      if (kind === "c" && name !== "floatPower") throw unsupported(name, a, b);
      if (name === "floatPower") return numbers("pow", kind === "c" ? "complex128" : "float64", kind === "c" ? "complex128" : "float64");
      const float = promote(floatFor(a), floatFor(b));
      return numbers(name === "nextafter" && float === "float16" ? "nextafterHalf" : (name as BinaryKernelName), float, float);
    }
    case "ldexp": {
      if (!"biu".includes(kindOf(b)) || b === "uint64" || kind === "c") throw unsupported(name, a, b, "; the second is a whole number");
      const float = floatFor(a);
      return { path: "number", kernel: "ldexp", left: float, right: float, out: float, test: false };
    }
  }
}

const LOGICAL = { logicalAnd: "and", logicalOr: "or", logicalXor: "xor" } as const;

/** `+` of bools is or, `*` is and; `-` does not exist. */
function boolArithmetic(name: BinaryName): BinaryRule {
  if (name === "sub") throw new DTypeError("bools have no difference; use xor, or cast them", { name });
  return numbers(name === "add" ? "or" : "and", "bool", "bool");
}

/** Words of up to 32 bits have operators of their own. */
function bitwise(name: BinaryName, dtype: DType): BinaryRule {
  const short = traits(dtype).itemsize <= 4;
  return numbers(short && name in SHORT ? SHORT[name as keyof typeof SHORT] : (name as BinaryKernelName), dtype, dtype);
}

const SHORT = { and: "intAnd", or: "intOr", xor: "intXor" } as const;

function integerKernel(name: BinaryName, dtype: DType): BinaryKernelName {
  if (name === "floordiv") return "intFloordiv";
  if (name === "mod") return "intMod";
  if (name === "fmod") return "intFmod";
  return traits(dtype).itemsize === 8 ? "pow" : "intPow";
}

function textRule(name: BinaryName, family: Family, a: DType, b: DType): BinaryRule {
  if (a === b && (family === "compare" || (name === "add" && a === "string"))) {
    const test = family === "compare";
    return { path: "text", kernel: name as CompareKernelName, left: a, right: b, out: test ? "bool" : a, test };
  }
  if (a !== b && (name === "eq" || name === "ne")) return { path: "unequal", kernel: name, left: a, right: b, out: "bool", test: true };
  throw unsupported(name, a, b);
}

/** Dates and durations: which pairs have a meaning, and what it is. */
function timeRule(name: BinaryName, family: Family, a: DType, b: DType): BinaryRule {
  const [ka, kb] = [kindOf(a), kindOf(b)];
  const as = (kernel: BinaryKernelName | CompareKernelName, out: DType, test = false): BinaryRule => ({
    path: "number",
    kernel,
    left: ka === "m" || ka === "M" ? a : "float64",
    right: kb === "m" || kb === "M" ? b : "float64",
    out,
    test,
  });
  if (ka === "M" && kb === "M" && a !== b)
    throw noCommonDType(a, b, "dates of different calendars do not mix; convert one with convertCalendar");
  if (ka === kb) {
    if (family === "compare") return as(name as CompareKernelName, "bool", true);
    if (family === "pick") return as(name as BinaryKernelName, a);
    if (name === "sub") return as("sub", "timedelta64");
    if (ka === "m") {
      if (name === "add") return as("add", a);
      if (name === "div") return as("div", "float64");
      if (name === "floordiv") return as("intFloordiv", "int64");
      if (name === "mod" || name === "fmod") return as(name, a);
    }
  }
  if (name === "add" && ka !== kb && (ka === "M" || kb === "M") && (ka === "m" || kb === "m")) return as("add", ka === "M" ? a : b);
  if (name === "sub" && ka === "M" && kb === "m") return as("sub", a);
  if (ka === "m" && "biuf".includes(kb)) {
    if (name === "mul" || name === "div" || name === "floordiv") return as(name, a);
  }
  if (name === "mul" && kb === "m" && "biuf".includes(ka)) return as("mul", b);
  throw unsupported(name, a, b, (ka === "M" || kb === "M") && (name === "add" || name === "sub") ? "; times move by timedeltas" : "");
}

function unsupported(name: string, a: DType, b: DType, hint = ""): DTypeError {
  return new DTypeError(`${name} is not defined for ${a} and ${b}${hint}`, { name, a, b });
}
