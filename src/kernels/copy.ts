/** Strided copy between flat arrays of one storage. Offsets and strides count elements; `slots` is 2 for complex. */
import type { AnyValues } from "../dtypes/types.ts";
import { type Bits, bitsOf, bitsPerElement } from "./bits.ts";
import { transposeTiles } from "./transpose.ts";

/** Runs shorter than this are copied element by element: `subarray` costs more. */
const RUN = 16;
/** Matrices smaller than this on either side are not worth tiles. */
const TILED = 8;

/**
 * Copy `shape` elements of `src` into `dst`. Elements of `dst` must be distinct; the order of copying
 * is free, so axes are sorted for the target, and the innermost axes are copied as runs where both
 * sides step by one, as fills where the source repeats, by tiles where the source runs along another
 * axis, else element by element.
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
  const order = targetOrder(shape, dstStride);
  const merged =
    order === undefined
      ? mergeAxes(shape, srcStride, dstStride)
      : mergeAxes(
          order.map((i) => shape[i]!),
          order.map((i) => srcStride[i]!),
          order.map((i) => dstStride[i]!),
        );
  if (merged === undefined) return;
  if (Array.isArray(src)) walk(copyList, src as unknown as Bits, srcOffset, dst as unknown as Bits, dstOffset, merged, 1);
  else if (bitsPerElement(src, slots) === 2) copyPairs(bitsOf(src), srcOffset, bitsOf(dst), dstOffset, merged);
  else copySingles(bitsOf(src), srcOffset, bitsOf(dst), dstOffset, merged);
}

/** What is left of the axes once neighbours are joined. */
export interface MergedAxes {
  counts: number[];
  from: number[];
  to: number[];
}

/** Copies `n` elements of the innermost axis, and whatever else it closes over. */
type Inner = (src: Bits, s: number, ss: number, dst: Bits, d: number, ds: number, n: number) => void;

function copyPairs(src: Bits, s: number, dst: Bits, d: number, axes: MergedAxes): void {
  const { counts, from, to } = axes;
  const last = counts.length - 1;
  for (let i = 0; i <= last; i++) {
    from[i]! *= 2;
    to[i]! *= 2;
  }
  if (from[last] === 2 && to[last] === 2) {
    from[last] = 1;
    to[last] = 1;
    counts[last]! *= 2;
    copySingles(src, 2 * s, dst, 2 * d, axes);
  } else walk(pairRun, src, 2 * s, dst, 2 * d, axes, 1);
}

function copySingles(src: Bits, s: number, dst: Bits, d: number, axes: MergedAxes): void {
  const { counts, from, to } = axes;
  const last = counts.length - 1;
  const step = from[last]!;
  const along = from.indexOf(1);
  if (to[last] === 1 && step === 1 && counts[last]! >= RUN) walk(blockRun, src, s, dst, d, axes, 1);
  else if (to[last] === 1 && step === 0) walk(fillRun, src, s, dst, d, axes, 1);
  else if (to[last] === 1 && step !== 1 && along >= 0 && counts[along]! >= TILED && counts[last]! >= TILED) {
    for (const list of [counts, from, to]) list.splice(last - 1, 0, ...list.splice(along, 1));
    const columns = counts[last - 1]!;
    const toStep = to[last - 1]!;
    walk((x, p, ss, y, q, _ds, n) => transposeTiles(x, p, ss, y, q, toStep, n, columns), src, s, dst, d, axes, 2);
  } else walk(strideRun, src, s, dst, d, axes, 1);
}

/** Call `inner` on the last axis for every position of the axes before the last `inside`. */
function walk(inner: Inner, src: Bits, srcOffset: number, dst: Bits, dstOffset: number, axes: MergedAxes, inside: number): void {
  const { counts, from, to } = axes;
  const last = counts.length - 1;
  const outer = counts.length - inside;
  const n = counts[last]!;
  const ss = from[last]!;
  const ds = to[last]!;
  const index = new Array<number>(outer).fill(0);
  let s = srcOffset;
  let d = dstOffset;
  for (;;) {
    inner(src, s, ss, dst, d, ds, n);
    let axis = outer - 1;
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

function strideRun(src: Bits, s: number, ss: number, dst: Bits, d: number, ds: number, n: number): void {
  const whole = n - (n & 3);
  let p = s;
  let q = d;
  for (let i = 0; i < whole; i += 4) {
    dst[q] = src[p]!;
    dst[q + ds] = src[p + ss]!;
    dst[q + 2 * ds] = src[p + 2 * ss]!;
    dst[q + 3 * ds] = src[p + 3 * ss]!;
    p += 4 * ss;
    q += 4 * ds;
  }
  for (let i = whole; i < n; i++, p += ss, q += ds) dst[q] = src[p]!;
}

function blockRun(src: Bits, s: number, _ss: number, dst: Bits, d: number, _ds: number, n: number): void {
  dst.set(src.subarray(s, s + n), d);
}

function fillRun(src: Bits, s: number, _ss: number, dst: Bits, d: number, _ds: number, n: number): void {
  dst.fill(src[s]!, d, d + n);
}

function pairRun(src: Bits, s: number, ss: number, dst: Bits, d: number, ds: number, n: number): void {
  for (let i = 0, p = s, q = d; i < n; i++, p += ss, q += ds) {
    dst[q] = src[p]!;
    dst[q + 1] = src[p + 1]!;
  }
}

/** A textual copy of {@link strideRun}, so that lists do not spoil the loop for typed arrays. */
function copyList(src: Bits, s: number, ss: number, dst: Bits, d: number, ds: number, n: number): void {
  for (let i = 0; i < n; i++) dst[d + i * ds] = src[s + i * ss]!;
}

/** The axes by falling steps of the target; undefined where they are so already. */
function targetOrder(shape: readonly number[], stride: readonly number[]): number[] | undefined {
  let least = Number.POSITIVE_INFINITY;
  let sorted = true;
  for (let i = 0; i < shape.length; i++) {
    if (shape[i] === 1) continue;
    const step = Math.abs(stride[i]!);
    if (step > least) sorted = false;
    least = step;
  }
  if (sorted) return undefined;
  return Array.from(shape.keys()).sort((a, b) => Math.abs(stride[b]!) - Math.abs(stride[a]!));
}

/** Drop axes of length 1 and join neighbours that both sides walk as one; undefined where nothing is to be done. */
function mergeAxes(shape: readonly number[], a: readonly number[], b: readonly number[]): MergedAxes | undefined {
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
