/** Complex arithmetic over interleaved pairs, element by element. */
import type { AnyValues } from "../dtypes/types.ts";
import { eachRun } from "./runs.ts";
import { hypot, rint } from "./scalar-math.ts";

/** A strided operand whose elements kernels reach by index. */
export interface Elements {
  readonly data: AnyValues;
  readonly stride: readonly number[];
  readonly offset: number;
}

/** Writes the result of a + bi and c + di at `out[o]` and `out[o + 1]`. */
type Pairwise = (a: number, b: number, c: number, d: number, out: Float64Array, o: number) => void;

const put = (out: Float64Array, o: number, re: number, im: number): void => {
  out[o] = re;
  out[o + 1] = im;
};

/** Smith's division, which does not overflow on the way. */
const divide: Pairwise = (a, b, c, d, out, o) => {
  if (Math.abs(c) >= Math.abs(d)) {
    if (c === 0 && d === 0) return put(out, o, a / Math.abs(c), b / Math.abs(c));
    const r = d / c;
    const s = 1 / (c + d * r);
    put(out, o, (a + b * r) * s, (b - a * r) * s);
  } else {
    const r = c / d;
    const s = 1 / (c * r + d);
    put(out, o, (a * r + b) * s, (b * r - a) * s);
  }
};

const multiply: Pairwise = (a, b, c, d, out, o) => put(out, o, a * c - b * d, a * d + b * c);

/** Powers: by repeated multiplication for small whole ones (as NumPy), else by logarithm. */
const raise: Pairwise = (a, b, c, d, out, o) => {
  if (c === 0 && d === 0) return put(out, o, 1, 0);
  if (a === 0 && b === 0) return c > 0 ? put(out, o, 0, 0) : put(out, o, Number.NaN, Number.NaN);
  if (d === 0 && Number.isInteger(c) && Math.abs(c) < 100) {
    let [x, y] = [1, 0];
    for (let n = Math.abs(c), p = a, q = b; n > 0; n = Math.floor(n / 2)) {
      if (n % 2 === 1) [x, y] = [x * p - y * q, x * q + y * p];
      [p, q] = [p * p - q * q, 2 * p * q];
    }
    return c < 0 ? divide(1, 0, x, y, out, o) : put(out, o, x, y);
  }
  const size = Math.log(hypot(a, b));
  const angle = Math.atan2(b, a);
  const r = Math.exp(c * size - d * angle);
  const t = d * size + c * angle;
  put(out, o, r * Math.cos(t), r * Math.sin(t));
};

/** The lesser or greater of two by {@link COMPARE}; NaN wins, or loses with `f` (`fmin`, `fmax`). */
const extreme =
  (keeps: "le" | "ge", f: boolean): Pairwise =>
  (a, b, c, d, out, o) => {
    const first = a !== a || b !== b;
    const second = c !== c || d !== d;
    const left = first || second ? (f ? second : first) : COMPARE[keeps]!(a, b, c, d);
    put(out, o, left ? a : c, left ? b : d);
  };

const ARITHMETIC: Readonly<Record<string, Pairwise>> = {
  add: (a, b, c, d, out, o) => put(out, o, a + c, b + d),
  sub: (a, b, c, d, out, o) => put(out, o, a - c, b - d),
  mul: multiply,
  div: divide,
  pow: raise,
  minimum: extreme("le", false),
  maximum: extreme("ge", false),
  fmin: extreme("le", true),
  fmax: extreme("ge", true),
};

/** NumPy orders complex numbers by real part, then imaginary part. */
const COMPARE: Readonly<Record<string, (a: number, b: number, c: number, d: number) => boolean>> = {
  eq: (a, b, c, d) => a === c && b === d,
  ne: (a, b, c, d) => a !== c || b !== d,
  lt: (a, b, c, d) => a < c || (a === c && b < d),
  le: (a, b, c, d) => a < c || (a === c && b <= d),
  gt: (a, b, c, d) => a > c || (a === c && b > d),
  ge: (a, b, c, d) => a > c || (a === c && b >= d),
  logicalAnd: (a, b, c, d) => (a !== 0 || b !== 0) && (c !== 0 || d !== 0),
  logicalOr: (a, b, c, d) => a !== 0 || b !== 0 || c !== 0 || d !== 0,
  logicalXor: (a, b, c, d) => (a !== 0 || b !== 0) !== (c !== 0 || d !== 0),
};

/** `out = a (name) b` over `shape` for complex operands of one dtype; comparisons give bytes. */
export function complexBinary(name: string, a: Elements, b: Elements, shape: readonly number[], out: AnyValues): void {
  const [x, y, result] = [a.data as Float64Array, b.data as Float64Array, out as Float64Array];
  const test = COMPARE[name];
  const combine = ARITHMETIC[name];
  let o = 0;
  eachRun(shape, [a.stride, b.stride], [a.offset, b.offset], (at, n, steps) => {
    for (let i = 0; i < n; i++) {
      const p = 2 * (at[0]! + i * steps[0]!);
      const q = 2 * (at[1]! + i * steps[1]!);
      if (test) result[o++] = test(x[p]!, x[p + 1]!, y[q]!, y[q + 1]!) ? 1 : 0;
      else {
        combine!(x[p]!, x[p + 1]!, y[q]!, y[q + 1]!, result, o);
        o += 2;
      }
    }
  });
}

/** Writes the result for a + bi at `out[o]` and `out[o + 1]`. */
type Single = (a: number, b: number, out: Float64Array, o: number) => void;

const sqrt: Single = (a, b, out, o) => {
  if (a === 0 && b === 0) return put(out, o, 0, b);
  const t = Math.sqrt((Math.abs(a) + hypot(a, b)) / 2);
  if (a >= 0) put(out, o, t, b / (2 * t));
  else put(out, o, Math.abs(b) / (2 * t), b < 0 || Object.is(b, -0) ? -t : t);
};
const exp: Single = (a, b, out, o) => {
  const r = Math.exp(a);
  put(out, o, b === 0 ? r : r * Math.cos(b), b === 0 ? b : r * Math.sin(b));
};
const log =
  (scale: number): Single =>
  (a, b, out, o) =>
    put(out, o, Math.log(hypot(a, b)) * scale, Math.atan2(b, a) * scale);
const sinh: Single = (a, b, out, o) => put(out, o, Math.sinh(a) * Math.cos(b), Math.cosh(a) * Math.sin(b));
const cosh: Single = (a, b, out, o) => put(out, o, Math.cosh(a) * Math.cos(b), Math.sinh(a) * Math.sin(b));
const tanh: Single = (a, b, out, o) => {
  const d = Math.cosh(2 * a) + Math.cos(2 * b);
  if (Math.abs(a) > 350) put(out, o, Math.sign(a), 0);
  else put(out, o, Math.sinh(2 * a) / d, Math.sin(2 * b) / d);
};
/** f(iz)/i: the circular form of a hyperbolic function. */
const turned =
  (f: Single): Single =>
  (a, b, out, o) => {
    f(-b, a, out, o);
    put(out, o, out[o + 1]!, -out[o]!);
  };

const reciprocal: Single = (a, b, out, o) => {
  if (Math.abs(a) <= Math.abs(b)) {
    const r = a / b;
    const d = b + a * r;
    put(out, o, r / d, -1 / d);
  } else {
    const r = b / a;
    const d = a + b * r;
    put(out, o, 1 / d, -r / d);
  }
};
/** Kahan's inverse sine and cosine: √(1-z) and √(1+z) keep the branch cuts in their places. */
const asin: Single = (a, b, out, o) => {
  const [p, q, r, s] = rootsAround(a, b);
  put(out, o, Math.atan2(a, p! * r! - q! * s!), Math.asinh(p! * s! - q! * r!));
};
const acos: Single = (a, b, out, o) => {
  const [p, q, r, s] = rootsAround(a, b);
  put(out, o, 2 * Math.atan2(p!, r!), Math.asinh(r! * q! - s! * p!));
};
const acosh: Single = (a, b, out, o) => {
  sqrt(a - 1, b, pair, 0);
  const [p, q] = [pair[0]!, pair[1]!];
  sqrt(a + 1, b, pair, 0);
  put(out, o, Math.asinh(p * pair[0]! + q * pair[1]!), 2 * Math.atan2(q, pair[0]!));
};
const atanh: Single = (a, b, out, o) => {
  const re = Math.log1p((4 * a) / ((1 - a) * (1 - a) + b * b)) / 4;
  put(out, o, re, -Math.atan2(-2 * b, (1 - a) * (1 + a) - b * b) / 2);
};
const pair = new Float64Array(2);

/** √(1-z) and √(1+z). */
function rootsAround(a: number, b: number): number[] {
  sqrt(1 - a, -b, pair, 0);
  const [p, q] = [pair[0]!, pair[1]!];
  sqrt(1 + a, b, pair, 0);
  return [p, q, pair[0]!, pair[1]!];
}

/** Functions of one complex number to one. */
export const COMPLEX_UNARY: Readonly<Record<string, Single>> = {
  neg: (a, b, out, o) => put(out, o, -a, -b),
  conj: (a, b, out, o) => put(out, o, a, -b),
  square: (a, b, out, o) => multiply(a, b, a, b, out, o),
  reciprocal,
  sqrt,
  exp,
  exp2: (a, b, out, o) => exp(a * Math.LN2, b * Math.LN2, out, o),
  expm1: (a, b, out, o) => {
    const s = Math.sin(b / 2);
    put(out, o, Math.expm1(a) * Math.cos(b) - 2 * s * s, Math.exp(a) * Math.sin(b));
  },
  log: log(1),
  log2: log(Math.LOG2E),
  log10: log(Math.LOG10E),
  log1p: (a, b, out, o) => put(out, o, Math.log(hypot(a + 1, b)), Math.atan2(b, a + 1)),
  sinh,
  cosh,
  tanh,
  sin: turned(sinh),
  cos: (a, b, out, o) => cosh(-b, a, out, o),
  tan: turned(tanh),
  asin,
  acos,
  acosh,
  atanh,
  asinh: turned(asin),
  atan: turned(atanh),
  rint: (a, b, out, o) => put(out, o, rint(a), rint(b)),
  sign: (a, b, out, o) => {
    const size = hypot(a, b);
    if (size === 0) put(out, o, 0, 0);
    else put(out, o, a / size, b / size);
  },
};

/** Functions of one complex number to a real one. */
export const COMPLEX_PART: Readonly<Record<string, (a: number, b: number) => number>> = {
  abs: hypot,
  real: (a) => a,
  imag: (_a, b) => b,
  angle: (a, b) => Math.atan2(b, a),
  isnan: (a, b) => (a !== a || b !== b ? 1 : 0),
  notnan: (a, b) => (a !== a || b !== b ? 0 : 1),
  isinf: (a, b) => (Math.abs(a) === Number.POSITIVE_INFINITY || Math.abs(b) === Number.POSITIVE_INFINITY ? 1 : 0),
  isfinite: (a, b) => (a - a === 0 && b - b === 0 ? 1 : 0),
  isreal: (_a, b) => (b === 0 ? 1 : 0),
  iscomplex: (_a, b) => (b !== 0 ? 1 : 0),
  zero: (a, b) => (a === 0 && b === 0 ? 1 : 0),
  nonzero: (a, b) => (a !== 0 || b !== 0 ? 1 : 0),
};

/** `out = f(a)` over `shape` for a complex operand, pairs out or single numbers. */
export function complexUnary(name: string, a: Elements, shape: readonly number[], out: AnyValues): void {
  const x = a.data as Float64Array;
  const result = out as Float64Array;
  const part = COMPLEX_PART[name];
  const whole = COMPLEX_UNARY[name];
  let o = 0;
  eachRun(shape, [a.stride], [a.offset], (at, n, steps) => {
    for (let i = 0; i < n; i++) {
      const p = 2 * (at[0]! + i * steps[0]!);
      if (part) result[o++] = part(x[p]!, x[p + 1]!);
      else {
        whole!(x[p]!, x[p + 1]!, result, o);
        o += 2;
      }
    }
  });
}
