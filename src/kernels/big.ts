/** Arithmetic of 64-bit integers kept as BigInt, element by element; results wrap as their arrays do. */
import type { AnyValues } from "../dtypes/types.ts";
import type { Elements } from "./complex.ts";
import { eachRun } from "./runs.ts";

type Two = (x: bigint, y: bigint) => bigint;

const floorDivide: Two = (x, y) => {
  if (y === 0n) return 0n;
  const q = x / y;
  return x % y !== 0n && x < 0n !== y < 0n ? q - 1n : q;
};
const gcd: Two = (x, y) => {
  let [a, b] = [x < 0n ? -x : x, y < 0n ? -y : y];
  while (b !== 0n) [a, b] = [b, a % b];
  return a;
};
/** Math.min takes no BigInts. */
const least: Two = (x, y) => {
  if (x < y) return x;
  return y;
};
const greatest: Two = (x, y) => {
  if (x > y) return x;
  return y;
};
/** Powers modulo 2**64 by squaring: exponents may be any size. */
const power: Two = (x, y) => {
  let result = 1n;
  for (let base = x, n = y; n > 0n; n >>= 1n) {
    if (n & 1n) result = BigInt.asUintN(64, result * base);
    base = BigInt.asUintN(64, base * base);
  }
  return result;
};

const ARITHMETIC: Readonly<Record<string, Two>> = {
  add: (x, y) => x + y,
  sub: (x, y) => x - y,
  mul: (x, y) => x * y,
  intFloordiv: floorDivide,
  intMod: (x, y) => (y === 0n ? 0n : x - floorDivide(x, y) * y),
  intFmod: (x, y) => (y === 0n ? 0n : x % y),
  pow: power,
  minimum: least,
  maximum: greatest,
  fmin: least,
  fmax: greatest,
  and: (x, y) => x & y,
  or: (x, y) => x | y,
  xor: (x, y) => x ^ y,
  leftShift: (x, y) => (y < 0n || y >= 64n ? 0n : x << y),
  rightShift: (x, y) => (y < 0n || y >= 64n ? (x < 0n ? -1n : 0n) : x >> y),
  gcd,
  lcm: (x, y) => (x === 0n || y === 0n ? 0n : gcd(x * y, 0n) / gcd(x, y)),
};

const COMPARE: Readonly<Record<string, (x: bigint, y: bigint) => boolean>> = {
  eq: (x, y) => x === y,
  ne: (x, y) => x !== y,
  lt: (x, y) => x < y,
  le: (x, y) => x <= y,
  gt: (x, y) => x > y,
  ge: (x, y) => x >= y,
  logicalAnd: (x, y) => x !== 0n && y !== 0n,
  logicalOr: (x, y) => x !== 0n || y !== 0n,
  logicalXor: (x, y) => (x !== 0n) !== (y !== 0n),
};

/** `out = a (name) b` over `shape` for operands of one BigInt dtype; comparisons give bytes. */
export function bigBinary(name: string, a: Elements, b: Elements, shape: readonly number[], out: AnyValues): void {
  const [x, y] = [a.data as BigInt64Array, b.data as BigInt64Array];
  const test = COMPARE[name];
  const combine = ARITHMETIC[name];
  let o = 0;
  eachRun(shape, [a.stride, b.stride], [a.offset, b.offset], (at, n, steps) => {
    for (let i = 0; i < n; i++, o++) {
      const p = x[at[0]! + i * steps[0]!]!;
      const q = y[at[1]! + i * steps[1]!]!;
      if (test) (out as Uint8Array)[o] = test(p, q) ? 1 : 0;
      else (out as BigInt64Array)[o] = combine!(p, q);
    }
  });
}

/** Functions of one BigInt. */
const BIG_UNARY: Readonly<Record<string, (x: bigint) => bigint>> = {
  neg: (x) => -x,
  abs: (x) => (x < 0n ? -x : x),
  square: (x) => x * x,
  sign: (x) => (x > 0n ? 1n : x < 0n ? -1n : 0n),
  invert: (x) => ~x,
  intReciprocal: (x) => (x === 1n || x === -1n ? x : 0n),
};

/** `out = f(a)` over `shape` for a BigInt operand. */
export function bigUnary(name: string, a: Elements, shape: readonly number[], out: AnyValues): void {
  const f = BIG_UNARY[name]!;
  let o = 0;
  eachRun(shape, [a.stride], [a.offset], (at, n, steps) => {
    for (let i = 0; i < n; i++) (out as BigInt64Array)[o++] = f((a.data as BigInt64Array)[at[0]! + i * steps[0]!]!);
  });
}
