/** Scratch arrays of a thread, reused between calls: what a kernel leaves there nobody may keep. */

const f64: Float64Array[] = [];
const f32: Float32Array[] = [];

/** Scratch number `slot` of at least `n` float64. */
export function scratchF64(slot: number, n: number): Float64Array {
  const known = f64[slot];
  if (known && known.length >= n) return known;
  const fresh = new Float64Array(roomFor(n));
  f64[slot] = fresh;
  return fresh;
}

/** Scratch number `slot` of at least `n` float32. */
export function scratchF32(slot: number, n: number): Float32Array {
  const known = f32[slot];
  if (known && known.length >= n) return known;
  const fresh = new Float32Array(roomFor(n));
  f32[slot] = fresh;
  return fresh;
}

/** Room in powers of two, so that growing sizes do not allocate each time. */
function roomFor(n: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(1024, n)));
}
