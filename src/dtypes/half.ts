/** Half precision (IEEE 754 binary16) on a machine that has none: values live in float32, rounded. */

/** The half-precision number nearest to `x`, ties to even; beyond 65520 it is infinite. */
export function roundHalf(x: number): number {
  const size = Math.abs(x);
  if (!(size < 65520))
    return size === Number.POSITIVE_INFINITY || size !== size ? x : x > 0 ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY;
  if (size < 2 ** -14) {
    // Subnormal: multiples of 2**-24. Adding a number whose last bit is that rounds there, ties to even.
    const near = size + 2 ** 28 - 2 ** 28;
    return x < 0 || Object.is(x, -0) ? -near : near;
  }
  // float64 keeps 42 more bits than half; Veltkamp's splitting rounds them off, ties to even.
  const c = x * (2 ** 42 + 1);
  return c - (c - x);
}
