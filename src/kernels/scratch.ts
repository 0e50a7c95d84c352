/** Scratch arrays of a thread, reused between calls: what a kernel leaves there nobody may keep. */

const f64: Float64Array[] = [];
const f32: Float32Array[] = [];
const u8: Uint8Array[] = [];

/** Scratch number `slot` of at least `n` float64. */
export function scratchF64(slot: number, n: number): Float64Array {
  const known = f64[slot];
  return known && known.length >= n ? known : (f64[slot] = new Float64Array(roomFor(n)));
}

/** Scratch number `slot` of at least `n` float32. */
export function scratchF32(slot: number, n: number): Float32Array {
  const known = f32[slot];
  return known && known.length >= n ? known : (f32[slot] = new Float32Array(roomFor(n)));
}

/** Scratch number `slot` of at least `n` bytes. */
export function scratchU8(slot: number, n: number): Uint8Array {
  const known = u8[slot];
  return known && known.length >= n ? known : (u8[slot] = new Uint8Array(roomFor(n)));
}

/** Room in powers of two, so that growing sizes do not allocate each time. */
function roomFor(n: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1024, n)));
}
