/** IEEE half precision to and from single: by a table one way, by bits the other. */

let table: Float32Array | undefined;

/** All 65,536 halves as single precision. */
function halves(): Float32Array {
  if (table) return table;
  const bits = new Uint32Array(65536);
  for (let h = 0; h < 65536; h++) {
    const sign = (h & 0x8000) << 16;
    let exponent = (h >>> 10) & 31;
    let mantissa = h & 1023;
    if (exponent === 31) exponent = 255;
    else if (exponent !== 0) exponent += 112;
    else if (mantissa !== 0) {
      // A subnormal half is a normal single: shift the leading one out.
      const shift = Math.clz32(mantissa) - 21;
      mantissa = (mantissa << shift) & 1023;
      exponent = 113 - shift;
    }
    bits[h] = sign | (exponent << 23) | (mantissa << 13);
  }
  table = new Float32Array(bits.buffer);
  return table;
}

/** Decode halves. */
export function halfToFloat(source: Uint16Array, target: Float32Array): void {
  const known = halves();
  for (let i = 0; i < source.length; i++) target[i] = known[source[i]!]!;
}

/** Encode to the nearest half, ties to even; what is too large becomes infinite. */
export function floatToHalf(source: Float32Array, target: Uint16Array): void {
  const bits = new Uint32Array(source.buffer, source.byteOffset, source.length);
  for (let i = 0; i < source.length; i++) {
    const x = bits[i]!;
    const sign = (x >>> 16) & 0x8000;
    const size = x & 0x7fffffff;
    let half: number;
    if (size > 0x7f800000) half = 0x7e00 | ((size >>> 13) & 0x1ff);
    else if (size >= 0x477ff000) half = 0x7c00;
    else if (size >= 0x38800000) half = (size - 0x38000000 + 0xfff + ((size >>> 13) & 1)) >>> 13;
    else if (size <= 0x33000000) half = 0;
    else {
      const shift = 126 - (size >>> 23);
      const mantissa = (size & 0x7fffff) | 0x800000;
      const kept = mantissa >>> shift;
      const rest = mantissa & ((1 << shift) - 1);
      const tie = 1 << (shift - 1);
      half = kept + (rest > tie || (rest === tie && (kept & 1) === 1) ? 1 : 0);
    }
    target[i] = sign | half;
  }
}
