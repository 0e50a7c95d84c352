/**
 * Moving windows over one line in time proportional to its length, whatever the window.
 *
 * Van Herk's and Gil and Werman's scheme: the line is cut into blocks as long as the window, with
 * running results from each block's start (`head`) and to its end (`tail`); a window is the tail of
 * one block and the head of the next. Nothing is ever subtracted, so sums do not drift and an
 * infinity leaves with the window that held it.
 */
import { joinMoments } from "./moments-f64.ts";

/** Where windows lie: output `i` looks at positions `i + lead - before … i + lead + after` of the line. */
export interface Windows {
  readonly before: number;
  readonly after: number;
  readonly lead: number;
  /** The number of outputs. */
  readonly length: number;
  /** Fewer values than this make NaN. */
  readonly minCount: number;
  readonly ddof: number;
}

/** A kernel of moving windows. */
export type WindowKernel = (src: Float64Array, at: number, n: number, dst: Float64Array, to: number, w: Windows) => void;

let head = new Float64Array(0);
let tail = new Float64Array(0);
let counts = new Float64Array(0);
let moments: readonly Float64Array[] = [];

/** Make room; the functions then keep these arrays in constants, which the compiler need not look up in every step. */
function room(n: number): void {
  if (head.length > n) return;
  head = new Float64Array(2 * n + 1);
  tail = new Float64Array(2 * n + 1);
  counts = new Float64Array(2 * n + 1);
}

/** counts[i] = how many of the first i values are there. */
function countValid(src: Float64Array, at: number, n: number): void {
  const into = counts;
  let c = 0;
  into[0] = 0;
  for (let i = 0; i < n; i++) {
    if (src[at + i]! === src[at + i]!) c++;
    into[i + 1] = c;
  }
}

/** Where the first window lies: its first and last position (cut at the ends), and where the blocks of these begin. */
interface Walk {
  l: number;
  r: number;
  /** How far `l` is into its block. */
  into: number;
  /** Where the block of `r` begins. */
  block: number;
}

/** The windows move by counting, as a remainder for each of them would cost more than all else. */
function firstWindow(n: number, size: number, w: Windows): Walk {
  const l = Math.max(0, w.lead - w.before);
  const r = Math.min(n - 1, w.lead + w.after);
  return { l, r, into: l % size, block: r - (r % size) };
}

function windowSum(src: Float64Array, at: number, n: number, dst: Float64Array, to: number, w: Windows, mean: boolean): void {
  const size = w.before + w.after + 1;
  room(n);
  const [h, t, c] = [head, tail, counts];
  let total = 0;
  c[0] = 0;
  for (let start = 0; start < n; start += size) {
    const end = Math.min(n, start + size);
    let s = 0;
    for (let i = start; i < end; i++) {
      const v = src[at + i]!;
      if (v === v) {
        s += v;
        total++;
      }
      h[i] = s;
      c[i + 1] = total;
    }
    s = 0;
    for (let i = end - 1; i >= start; i--) {
      const v = src[at + i]!;
      if (v === v) s += v;
      t[i] = s;
    }
  }
  const least = mean ? Math.max(1, w.minCount) : w.minCount;
  let { l, r, into, block } = firstWindow(n, size, w);
  for (let i = 0; i < w.length; i++) {
    const valid = c[r + 1]! - c[l]!;
    if (valid < least) dst[to + i] = Number.NaN;
    else {
      const s = into === 0 ? h[r]! : block <= l ? t[l]! : t[l]! + h[r]!;
      dst[to + i] = mean ? s / valid : s;
    }
    if (i + w.lead >= w.before) {
      l++;
      if (++into === size) into = 0;
    }
    if (r < n - 1) {
      r++;
      if (r - block === size) block = r;
    }
  }
}

/** The greatest value, or with a sense of -1 the least. */
function windowExtreme(src: Float64Array, at: number, n: number, dst: Float64Array, to: number, w: Windows, sense: number): void {
  const size = w.before + w.after + 1;
  room(n);
  const [h, t, c] = [head, tail, counts];
  let total = 0;
  c[0] = 0;
  for (let start = 0; start < n; start += size) {
    const end = Math.min(n, start + size);
    let s = Number.NEGATIVE_INFINITY;
    for (let i = start; i < end; i++) {
      const v = sense * src[at + i]!;
      if (v === v) total++;
      if (v > s) s = v;
      h[i] = s;
      c[i + 1] = total;
    }
    s = Number.NEGATIVE_INFINITY;
    for (let i = end - 1; i >= start; i--) {
      const v = sense * src[at + i]!;
      if (v > s) s = v;
      t[i] = s;
    }
  }
  let { l, r, into, block } = firstWindow(n, size, w);
  for (let i = 0; i < w.length; i++) {
    if (c[r + 1]! - c[l]! < w.minCount) dst[to + i] = Number.NaN;
    else {
      const a = into === 0 ? h[r]! : t[l]!;
      const b = block <= l ? a : h[r]!;
      dst[to + i] = sense * Math.max(a, b);
    }
    if (i + w.lead >= w.before) {
      l++;
      if (++into === size) into = 0;
    }
    if (r < n - 1) {
      r++;
      if (r - block === size) block = r;
    }
  }
}

function windowProduct(src: Float64Array, at: number, n: number, dst: Float64Array, to: number, w: Windows): void {
  const size = w.before + w.after + 1;
  room(n);
  countValid(src, at, n);
  const [h, t, c] = [head, tail, counts];
  for (let start = 0; start < n; start += size) {
    const end = Math.min(n, start + size);
    let s = 1;
    for (let i = start; i < end; i++) {
      const v = src[at + i]!;
      if (v === v) s *= v;
      h[i] = s;
    }
    s = 1;
    for (let i = end - 1; i >= start; i--) {
      const v = src[at + i]!;
      if (v === v) s *= v;
      t[i] = s;
    }
  }
  let { l, r, into, block } = firstWindow(n, size, w);
  for (let i = 0; i < w.length; i++) {
    if (c[r + 1]! - c[l]! < w.minCount) dst[to + i] = Number.NaN;
    else dst[to + i] = into === 0 ? h[r]! : block <= l ? t[l]! : t[l]! * h[r]!;
    if (i + w.lead >= w.before) {
      l++;
      if (++into === size) into = 0;
    }
    if (r < n - 1) {
      r++;
      if (r - block === size) block = r;
    }
  }
}

/** Variance: heads and tails are counts, means and squared deviations, joined as blocks are. */
function windowVariance(src: Float64Array, at: number, n: number, dst: Float64Array, to: number, w: Windows, root: boolean): void {
  const size = w.before + w.after + 1;
  if (moments.length === 0 || moments[0]!.length < n) moments = Array.from({ length: 6 }, () => new Float64Array(2 * n));
  const [hc, hm, hq, tc, tm, tq] = moments as [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];
  for (let start = 0; start < n; start += size) {
    const end = Math.min(n, start + size);
    spread(src, at, start, end, 1, hc, hm, hq);
    spread(src, at, end - 1, start - 1, -1, tc, tm, tq);
  }
  const c = state[0]!,
    m = state[1]!,
    q = state[2]!;
  let { l, r, into, block } = firstWindow(n, size, w);
  for (let i = 0; i < w.length; i++) {
    c[0] = 0;
    if (into !== 0) joinMoments(c, m, q, 0, tc[l]!, tm[l]!, tq[l]!);
    if (into === 0 || block > l) joinMoments(c, m, q, 0, hc[r]!, hm[r]!, hq[r]!);
    const valid = c[0]!;
    const v = valid < w.minCount || valid - w.ddof <= 0 ? Number.NaN : q[0]! / (valid - w.ddof);
    dst[to + i] = root ? Math.sqrt(v) : v;
    if (i + w.lead >= w.before) {
      l++;
      if (++into === size) into = 0;
    }
    if (r < n - 1) {
      r++;
      if (r - block === size) block = r;
    }
  }
}

const state = [new Float64Array(1), new Float64Array(1), new Float64Array(1)];

/** Running moments from `from` towards `until` (Welford's step), one after every element. */
function spread(
  src: Float64Array,
  at: number,
  from: number,
  until: number,
  step: number,
  count: Float64Array,
  mean: Float64Array,
  m2: Float64Array,
): void {
  let c = 0,
    m = 0,
    q = 0;
  for (let i = from; i !== until; i += step) {
    const v = src[at + i]!;
    if (v === v) {
      c++;
      const d = v - m;
      m += d / c;
      q += d * (v - m);
    }
    count[i] = c;
    mean[i] = m;
    m2[i] = q;
  }
}

/** How many values the window holds. */
function windowCount(src: Float64Array, at: number, n: number, dst: Float64Array, to: number, w: Windows): void {
  room(n);
  countValid(src, at, n);
  for (let i = 0; i < w.length; i++) {
    const p = i + w.lead;
    const valid = counts[Math.min(n, p + w.after + 1)]! - counts[Math.max(0, p - w.before)]!;
    dst[to + i] = valid < w.minCount ? NaN : valid;
  }
}

/** The median by a sorted copy of the window: each step removes one value and inserts one. */
function windowMedian(src: Float64Array, at: number, n: number, dst: Float64Array, to: number, w: Windows): void {
  room(n);
  const sorted = head;
  let m = 0;
  let next = Math.max(0, w.lead - w.before);
  for (let i = 0; i < w.length; i++) {
    const p = i + w.lead;
    for (const end = Math.min(n - 1, p + w.after); next <= end; next++) {
      const v = src[at + next]!;
      if (v !== v) continue;
      const k = lowerBound(sorted, m, v);
      sorted.copyWithin(k + 1, k, m++);
      sorted[k] = v;
    }
    const gone = p - w.before - 1;
    if (i > 0 && gone >= 0) {
      const v = src[at + gone]!;
      if (v === v) {
        const k = lowerBound(sorted, m, v);
        sorted.copyWithin(k, k + 1, m--);
      }
    }
    const middle = (m - 1) / 2;
    dst[to + i] = m === 0 || m < w.minCount ? NaN : (sorted[Math.floor(middle)]! + sorted[Math.ceil(middle)]!) / 2;
  }
}

function lowerBound(sorted: Float64Array, n: number, v: number): number {
  let lo = 0;
  let hi = n;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (sorted[mid]! < v) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/** Positions of extremes counted from the window's first place, which may lie before the line; of equal values the first. */
function windowPosition(src: Float64Array, at: number, n: number, dst: Float64Array, to: number, w: Windows, sense: number): void {
  room(n);
  const queue = head;
  countValid(src, at, n);
  let first = 0,
    last = 0,
    next = Math.max(0, w.lead - w.before);
  for (let i = 0; i < w.length; i++) {
    const p = i + w.lead;
    const r = Math.min(n - 1, p + w.after);
    const l = Math.max(0, p - w.before);
    for (; next <= r; next++) {
      const v = sense * src[at + next]!;
      if (v !== v) continue;
      while (last > first && sense * src[at + queue[last - 1]!]! > v) last--;
      queue[last++] = next;
    }
    while (last > first && queue[first]! < l) first++;
    const valid = counts[r + 1]! - counts[l]!;
    dst[to + i] = valid === 0 || valid < w.minCount ? NaN : queue[first]! - p + w.before;
  }
}

/** The kernels of moving windows by name. */
export const WINDOWS: Readonly<
  Record<"sum" | "mean" | "std" | "var" | "min" | "max" | "count" | "median" | "prod" | "argmin" | "argmax", WindowKernel>
> = {
  sum: (src, at, n, dst, to, w) => windowSum(src, at, n, dst, to, w, false),
  mean: (src, at, n, dst, to, w) => windowSum(src, at, n, dst, to, w, true),
  std: (src, at, n, dst, to, w) => windowVariance(src, at, n, dst, to, w, true),
  var: (src, at, n, dst, to, w) => windowVariance(src, at, n, dst, to, w, false),
  min: (src, at, n, dst, to, w) => windowExtreme(src, at, n, dst, to, w, -1),
  max: (src, at, n, dst, to, w) => windowExtreme(src, at, n, dst, to, w, 1),
  prod: windowProduct,
  count: windowCount,
  median: windowMedian,
  argmin: (src, at, n, dst, to, w) => windowPosition(src, at, n, dst, to, w, 1),
  argmax: (src, at, n, dst, to, w) => windowPosition(src, at, n, dst, to, w, -1),
};
