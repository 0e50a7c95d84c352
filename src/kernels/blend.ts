/** Weighted sums of whole rows: what lies behind an axis is contiguous, and memory is walked in its own order. */

/** Floats of either precision. */
type Floats = Float64Array | Float32Array;

/** `out[to…] = Σ weights[k] * src[from[k]…]` over `n` contiguous elements, for taps `first` to `last`; those of weight 0 are passed over with `skipZero`. */
export function blendRow(
  src: Floats,
  base: number,
  step: number,
  positions: Float64Array,
  weights: Float64Array,
  first: number,
  last: number,
  skipZero: boolean,
  out: Floats,
  to: number,
  n: number,
): void {
  let begun = false;
  for (let k = first; k < last; k++) {
    const w = weights[k]!;
    if (w === 0 && skipZero) continue;
    const from = base + positions[k]! * step;
    if (begun) for (let j = 0; j < n; j++) out[to + j]! += w * src[from + j]!;
    else for (let j = 0; j < n; j++) out[to + j] = w * src[from + j]!;
    begun = true;
  }
  if (!begun) out.fill(0, to, to + n);
}
