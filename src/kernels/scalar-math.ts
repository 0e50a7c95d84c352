/** Functions of one or two numbers that JavaScript lacks or defines otherwise than C and NumPy. */

const LN2 = Math.LN2;
/** Adding and taking away 2**52 rounds a float64 to a whole number, ties to even. */
const WHOLE = 2 ** 52;
const pair = new Float64Array(1);
const words = new Uint32Array(pair.buffer);
const single = new Float32Array(1);
const singleBits = new Int32Array(single.buffer);

/** Nearest whole number, ties to even; keeps the sign of zero. */
export function rint(x: number): number {
  if (!(Math.abs(x) < WHOLE) || x === 0) return x;
  return x < 0 ? -(-x + WHOLE - WHOLE) : x + WHOLE - WHOLE;
}

/** Remainder with the sign of the divisor, as Python's `%`. */
export function modulo(x: number, y: number): number {
  const r = x % y;
  if (r !== 0) return r < 0 !== y < 0 && r === r ? r + y : r;
  return copysign(0, y);
}

/** Quotient rounded down, consistent with {@link modulo}; as IEEE division where `y` is 0. */
export function floorDivide(x: number, y: number): number {
  if (y === 0) return x / y;
  const r = x % y;
  if (r !== r) return Number.NaN;
  let q = (x - r) / y;
  if (r !== 0 && r < 0 !== y < 0) q -= 1;
  if (q === 0) return copysign(0, x / y);
  const down = Math.floor(q);
  return q - down > 0.5 ? down + 1 : down;
}

/** Integer quotient rounded down; 0 where `y` is 0. */
export function intFloorDivide(x: number, y: number): number {
  if (y === 0) return 0;
  const r = x % y;
  return (x - r) / y - (r !== 0 && r < 0 !== y < 0 ? 1 : 0);
}

/** Integer remainder with the sign of the divisor; 0 where `y` is 0. */
export function intModulo(x: number, y: number): number {
  if (y === 0) return 0;
  const r = x % y;
  return r !== 0 && r < 0 !== y < 0 ? r + y : r + 0;
}

/** Power as in C: 1 to any power is 1, and so is -1 to an infinite one. */
export function power(x: number, y: number): number {
  if (x === 1 || (x === -1 && (y === Number.POSITIVE_INFINITY || y === Number.NEGATIVE_INFINITY))) return 1;
  return x ** y;
}

/** `x ** y` of integers modulo 2**32, for `y` of 0 and more. */
export function wrappedPower(x: number, y: number): number {
  let result = 1;
  let base = x | 0;
  for (let n = y; n > 0; n = Math.floor(n / 2)) {
    if (n % 2 === 1) result = Math.imul(result, base);
    base = Math.imul(base, base);
  }
  return result;
}

/** `x` with the sign of `y`. */
export function copysign(x: number, y: number): number {
  const size = Math.abs(x);
  return y < 0 || (y === 0 && 1 / y < 0) ? -size : size;
}

/** √(x² + y²) without overflow. */
export function hypot(x: number, y: number): number {
  const s = x * x + y * y;
  return s < 1e300 && s > 1e-280 ? Math.sqrt(s) : Math.hypot(x, y);
}

/** log(eˣ + eʸ). */
export function logAddExp(x: number, y: number): number {
  if (x === y) return x + LN2;
  const d = x - y;
  return d > 0 ? x + Math.log1p(Math.exp(-d)) : y + Math.log1p(Math.exp(d));
}

/** log₂(2ˣ + 2ʸ). */
export function logAddExp2(x: number, y: number): number {
  if (x === y) return x + 1;
  const d = x - y;
  return d > 0 ? x + Math.log1p(2 ** -d) / LN2 : y + Math.log1p(2 ** d) / LN2;
}

/** The next float64 after `x` towards `y`. */
export function nextAfter(x: number, y: number): number {
  if (x !== x || y !== y) return Number.NaN;
  if (x === y) return y;
  if (x === 0) return y > 0 ? Number.MIN_VALUE : -Number.MIN_VALUE;
  pair[0] = x;
  if (x < y === x > 0) {
    words[0] = words[0]! + 1;
    if (words[0] === 0) words[1] = words[1]! + 1;
  } else {
    if (words[0] === 0) words[1] = words[1]! - 1;
    words[0] = words[0]! - 1;
  }
  return pair[0]!;
}

/** The next float32 after `x` towards `y`. */
export function nextAfterSingle(x: number, y: number): number {
  if (x !== x || y !== y) return Number.NaN;
  if (x === y) return y;
  if (x === 0) return y > 0 ? 2 ** -149 : -(2 ** -149);
  single[0] = x;
  singleBits[0] = singleBits[0]! + (x < y === x > 0 ? 1 : -1);
  return single[0]!;
}

/** Distance from `x` to the next float64 away from zero, with the sign of `x`. */
export function spacing(x: number): number {
  return Number.isFinite(x)
    ? nextAfter(x, x < 0 || Object.is(x, -0) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) - x
    : Number.NaN;
}

/** Distance from `x` to the next float32 away from zero, with the sign of `x`. */
export function spacingSingle(x: number): number {
  return Number.isFinite(x)
    ? nextAfterSingle(x, x < 0 || Object.is(x, -0) ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY) - x
    : Number.NaN;
}

/** The next half-precision number after `x` towards `y`. */
export function nextAfterHalf(x: number, y: number): number {
  if (x !== x || y !== y) return Number.NaN;
  if (x === y) return y;
  if (Math.abs(x) === Number.POSITIVE_INFINITY) return x > 0 ? 65504 : -65504;
  const up = y > x;
  const size = Math.abs(x);
  // Towards zero from a power of two the steps are half as long.
  const exponent = Math.max(-14, Math.floor(Math.log2(size)));
  const step = size === 2 ** exponent && exponent > -14 && up !== x > 0 ? 2 ** (exponent - 11) : 2 ** (exponent - 10);
  const next = up ? x + step : x - step;
  return Math.abs(next) > 65504 ? (next > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY) : next;
}

/** Distance from `x` up to the next half-precision number: NumPy's, without the sign it has for other floats. */
export function spacingHalf(x: number): number {
  return Number.isFinite(x) ? nextAfterHalf(x, Number.POSITIVE_INFINITY) - x : Number.NaN;
}

/** The step function: 0 below zero, 1 above, `y` at it. */
export function heaviside(x: number, y: number): number {
  return x > 0 ? 1 : x < 0 ? 0 : x === 0 ? y : Number.NaN;
}

/** Greatest common divisor, never negative. */
export function gcd(x: number, y: number): number {
  let a = Math.abs(x);
  let b = Math.abs(y);
  while (b !== 0) [a, b] = [b, a % b];
  return a;
}

/** Least common multiple, never negative. */
export function lcm(x: number, y: number): number {
  return x === 0 || y === 0 ? 0 : (Math.abs(x) / gcd(x, y)) * Math.abs(y);
}

/** `x · 2ʸ` without overflow on the way. */
export function ldexp(x: number, y: number): number {
  const n = Math.max(-2200, Math.min(2200, Math.trunc(y)));
  const half = Math.trunc(n / 3);
  return x * 2 ** half * 2 ** half * 2 ** (n - 2 * half);
}

/** -1, 0 or 1 with the sign of `x`; NaN of NaN. */
export function sign(x: number): number {
  return x > 0 ? 1 : x < 0 ? -1 : x === 0 ? 0 : x;
}

/** The number of ones among the bits of |x|. */
export function bitCount(x: number): number {
  let count = 0;
  for (let rest = Math.abs(x); rest > 0; rest = Math.floor(rest / 2 ** 32)) {
    let w = (rest % 2 ** 32) | 0;
    w -= (w >>> 1) & 0x55555555;
    w = (w & 0x33333333) + ((w >>> 2) & 0x33333333);
    count += Math.imul((w + (w >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
  }
  return count;
}

/** Bits of two integers joined word by word, for integers up to 2**53 in two's complement. */
export function bitwise(kind: "and" | "or" | "xor", x: number, y: number): number {
  const [xh, yh] = [Math.floor(x / 2 ** 32), Math.floor(y / 2 ** 32)];
  const high = kind === "and" ? xh & yh : kind === "or" ? xh | yh : xh ^ yh;
  const low = kind === "and" ? x & y : kind === "or" ? x | y : x ^ y;
  return high * 2 ** 32 + (low >>> 0);
}

/** `x · 2ʸ` of an integer, 0 where all bits leave 64. */
export function shiftLeft(x: number, y: number): number {
  return y >= 64 || y < 0 ? 0 : x * 2 ** y;
}

/** `x / 2ʸ` of an integer, rounded down. */
export function shiftRight(x: number, y: number): number {
  return y < 0 || y >= 64 ? (x < 0 ? -1 : 0) : Math.floor(x / 2 ** y);
}
