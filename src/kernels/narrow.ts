/** 64-bit integers to exact numbers: by halves, which is ten times faster than BigInt arithmetic. */

/** Fill `out` with the values of `x`; gives the position of the first that is beyond ±2⁵³, or −1. */
export function narrowBig(x: BigInt64Array | BigUint64Array, out: Float64Array): number {
  // Typed arrays are little-endian wherever JavaScript runs.
  const words = new Uint32Array(x.buffer, x.byteOffset, 2 * x.length);
  const signed = x instanceof BigInt64Array;
  let first = -1;
  for (let i = x.length - 1; i >= 0; i--) {
    const high = signed ? words[2 * i + 1]! | 0 : words[2 * i + 1]!;
    const v = high * 4294967296 + words[2 * i]!;
    out[i] = v;
    if (v > Number.MAX_SAFE_INTEGER || v < Number.MIN_SAFE_INTEGER) first = i;
  }
  return first;
}
