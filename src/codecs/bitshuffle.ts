/** The bit shuffle of blosc: bit 0 of the first byte of all elements, then bit 1 … (Masui and others, 2015). */

/**
 * Put bit-shuffled bytes in order. The number of whole elements must be a multiple of eight; bytes
 * beyond whole elements are copied.
 */
export function bitUnshuffle(source: Uint8Array, target: Uint8Array, width: number): void {
  const n = Math.floor(source.length / width);
  const rows = n >> 3;
  for (let byte = 0; byte < width; byte++) {
    const plane = byte * 8 * rows;
    for (let i = 0; i < rows; i++) {
      const p = plane + i;
      const low = source[p]! | (source[p + rows]! << 8) | (source[p + 2 * rows]! << 16) | (source[p + 3 * rows]! << 24);
      const high = source[p + 4 * rows]! | (source[p + 5 * rows]! << 8) | (source[p + 6 * rows]! << 16) | (source[p + 7 * rows]! << 24);
      put8x8(low, high, target, i * 8 * width + byte, width);
    }
  }
  for (let i = n * width; i < source.length; i++) target[i] = source[i]!;
}

/** The inverse of {@link bitUnshuffle}. */
export function bitShuffle(source: Uint8Array, target: Uint8Array, width: number): void {
  const n = Math.floor(source.length / width);
  const rows = n >> 3;
  for (let byte = 0; byte < width; byte++) {
    const plane = byte * 8 * rows;
    for (let i = 0; i < rows; i++) {
      const p = i * 8 * width + byte;
      const low = source[p]! | (source[p + width]! << 8) | (source[p + 2 * width]! << 16) | (source[p + 3 * width]! << 24);
      const high = source[p + 4 * width]! | (source[p + 5 * width]! << 8) | (source[p + 6 * width]! << 16) | (source[p + 7 * width]! << 24);
      put8x8(low, high, target, plane + i, rows);
    }
  }
  for (let i = n * width; i < source.length; i++) target[i] = source[i]!;
}

/** Transpose eight bytes as an 8 × 8 matrix of bits (Hacker's Delight, 7-3) and store its rows `step` apart. */
function put8x8(low: number, high: number, target: Uint8Array, at: number, step: number): void {
  let x = low;
  let y = high;
  let t = (x ^ (x >>> 7)) & 0x00aa00aa;
  x ^= t ^ (t << 7);
  t = (y ^ (y >>> 7)) & 0x00aa00aa;
  y ^= t ^ (t << 7);
  t = (x ^ (x >>> 14)) & 0x0000cccc;
  x ^= t ^ (t << 14);
  t = (y ^ (y >>> 14)) & 0x0000cccc;
  y ^= t ^ (t << 14);
  const a = (x & 0x0f0f0f0f) | ((y << 4) & 0xf0f0f0f0);
  const b = ((x >>> 4) & 0x0f0f0f0f) | (y & 0xf0f0f0f0);
  target[at] = a;
  target[at + step] = a >>> 8;
  target[at + 2 * step] = a >>> 16;
  target[at + 3 * step] = a >>> 24;
  target[at + 4 * step] = b;
  target[at + 5 * step] = b >>> 8;
  target[at + 6 * step] = b >>> 16;
  target[at + 7 * step] = b >>> 24;
}
