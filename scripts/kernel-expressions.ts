/** What each elementwise kernel computes, as an expression of `x` (and `y`). */

/** Helpers of `src/kernels/scalar-math.ts` that expressions may call. */
export const HELPERS: readonly string[] = [
  "rint", "modulo", "floorDivide", "intFloorDivide", "intModulo", "power", "wrappedPower", "copysign", "hypot", "logAddExp", "logAddExp2",
  "nextAfter", "nextAfterSingle", "spacing", "spacingSingle", "heaviside", "gcd", "lcm", "ldexp", "sign", "bitCount", "bitwise", "shiftLeft",
  "shiftRight",
];

/** Two numbers to one. Names that begin with `int` are the integer forms of operations that differ. */
export const BINARY: Readonly<Record<string, string>> = {
  add: "x + y",
  sub: "x - y",
  mul: "x * y",
  div: "x / y",
  floordiv: "floorDivide(x, y)",
  mod: "modulo(x, y)",
  fmod: "x % y",
  pow: "power(x, y)",
  minimum: "x <= y || x !== x ? x : y",
  maximum: "x >= y || x !== x ? x : y",
  fmin: "x <= y || y !== y ? x : y",
  fmax: "x >= y || y !== y ? x : y",
  atan2: "Math.atan2(x, y)",
  hypot: "hypot(x, y)",
  copysign: "copysign(x, y)",
  logaddexp: "logAddExp(x, y)",
  logaddexp2: "logAddExp2(x, y)",
  nextafter: "nextAfter(x, y)",
  heaviside: "heaviside(x, y)",
  ldexp: "ldexp(x, y)",
  intMul: "Math.imul(x, y)",
  intFloordiv: "intFloorDivide(x, y)",
  intMod: "intModulo(x, y)",
  intFmod: "y === 0 ? 0 : x % y",
  intPow: "wrappedPower(x, y)",
  gcd: "gcd(x, y)",
  lcm: "lcm(x, y)",
  and: 'bitwise("and", x, y)',
  or: 'bitwise("or", x, y)',
  xor: 'bitwise("xor", x, y)',
  leftShift: "shiftLeft(x, y)",
  rightShift: "shiftRight(x, y)",
};

/** Two numbers to a bool. */
export const COMPARE: Readonly<Record<string, string>> = {
  eq: "x === y",
  ne: "x !== y",
  lt: "x < y",
  le: "x <= y",
  gt: "x > y",
  ge: "x >= y",
  logicalAnd: "x !== 0 && y !== 0",
  logicalOr: "x !== 0 || y !== 0",
  logicalXor: "(x !== 0) !== (y !== 0)",
};

/** One number to one. */
export const UNARY: Readonly<Record<string, string>> = {
  neg: "-x",
  abs: "Math.abs(x)",
  sqrt: "Math.sqrt(x)",
  cbrt: "Math.cbrt(x)",
  square: "x * x",
  reciprocal: "1 / x",
  exp: "Math.exp(x)",
  exp2: "2 ** x",
  expm1: "Math.expm1(x)",
  log: "Math.log(x)",
  log2: "Math.log2(x)",
  log10: "Math.log10(x)",
  log1p: "Math.log1p(x)",
  sin: "Math.sin(x)",
  cos: "Math.cos(x)",
  tan: "Math.tan(x)",
  asin: "Math.asin(x)",
  acos: "Math.acos(x)",
  atan: "Math.atan(x)",
  sinh: "Math.sinh(x)",
  cosh: "Math.cosh(x)",
  tanh: "Math.tanh(x)",
  asinh: "Math.asinh(x)",
  acosh: "Math.acosh(x)",
  atanh: "Math.atanh(x)",
  floor: "Math.floor(x)",
  ceil: "Math.ceil(x)",
  trunc: "Math.trunc(x)",
  rint: "rint(x)",
  sign: "sign(x)",
  radians: "x * (Math.PI / 180)",
  degrees: "x * (180 / Math.PI)",
  angle: "x < 0 ? Math.PI : x === x ? 0 : x",
  spacing: "spacing(x)",
  invert: "-x - 1",
  bitwiseCount: "bitCount(x)",
  intReciprocal: "x === 0 ? 0 : Math.trunc(1 / x)",
};

/** One number to a bool. */
export const TESTS: Readonly<Record<string, string>> = {
  isnan: "x !== x",
  notnan: "x === x",
  isinf: "x === Infinity || x === -Infinity",
  isfinite: "x - x === 0",
  signbit: "x < 0 || (x === 0 && 1 / x < 0)",
  zero: "x === 0",
  nonzero: "x !== 0",
};
