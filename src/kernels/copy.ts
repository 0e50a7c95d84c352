/** Strided copy between flat arrays of one storage. Offsets and strides count elements; `slots` is 2 for complex. */
import type { AnyValues } from "../dtypes/types.ts";

/**
 * Copy `shape` elements of `src` into `dst`. The innermost axis is copied as a run where both sides
 * step by one, as a fill where the source repeats, else element by element.
 */
export function copyStrided(
  src: AnyValues,
  shape: readonly number[],
  srcStride: readonly number[],
  srcOffset: number,
  dst: AnyValues,
  dstStride: readonly number[],
  dstOffset: number,
  slots: 1 | 2 = 1,
): void {
  const merged = mergeAxes(shape, srcStride, dstStride);
  if (merged === undefined) return;
  const { counts, from, to } = merged;
  const last = counts.length - 1;
  const n = counts[last]!;
  const ss = from[last]!;
  const ds = to[last]!;
  const index = new Array<number>(last).fill(0);
  let s = srcOffset;
  let d = dstOffset;
  for (;;) {
    if (slots === 2) copyPairs(src as Float64Array, s, ss, dst as Float64Array, d, ds, n);
    else if (ss === 1 && ds === 1 && n >= 16 && !Array.isArray(src)) (dst as Float64Array).set((src as Float64Array).subarray(s, s + n), d);
    else if (ss === 0 && ds === 1) (dst as Float64Array).fill((src as Float64Array)[s]!, d, d + n);
    else copyRun(src as Float64Array, s, ss, dst as Float64Array, d, ds, n);
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      s += from[axis]!;
      d += to[axis]!;
      if (++index[axis]! < counts[axis]!) break;
      s -= from[axis]! * counts[axis]!;
      d -= to[axis]! * counts[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

function copyRun(src: Float64Array, s: number, ss: number, dst: Float64Array, d: number, ds: number, n: number): void {
  for (let i = 0; i < n; i++) dst[d + i * ds] = src[s + i * ss]!;
}

function copyPairs(src: Float64Array, s: number, ss: number, dst: Float64Array, d: number, ds: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const p = 2 * (s + i * ss);
    const q = 2 * (d + i * ds);
    dst[q] = src[p]!;
    dst[q + 1] = src[p + 1]!;
  }
}

/** Drop axes of length 1 and join neighbours that both sides walk as one; undefined where nothing is to be done. */
export function mergeAxes(
  shape: readonly number[],
  a: readonly number[],
  b: readonly number[],
): { counts: number[]; from: number[]; to: number[] } | undefined {
  const counts: number[] = [];
  const from: number[] = [];
  const to: number[] = [];
  for (let i = 0; i < shape.length; i++) {
    const n = shape[i]!;
    if (n === 0) return undefined;
    if (n === 1) continue;
    const k = counts.length - 1;
    if (k >= 0 && from[k] === a[i]! * n && to[k] === b[i]! * n) {
      counts[k]! *= n;
      from[k] = a[i]!;
      to[k] = b[i]!;
    } else {
      counts.push(n);
      from.push(a[i]!);
      to.push(b[i]!);
    }
  }
  if (counts.length === 0) {
    counts.push(1);
    from.push(1);
    to.push(1);
  }
  return { counts, from, to };
}
