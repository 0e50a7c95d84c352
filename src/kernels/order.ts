/** Sorting positions: a stable merge sort over typed arrays, NaN last, as NumPy orders. */

let spare: Int32Array = new Int32Array(0);

/**
 * Fill `index[0..n)` with the positions 0 … n-1 in rising order of `keys[at + position]`, equal ones in
 * their order, NaN last; gives the number of keys that are not NaN.
 */
export function sortPositions(keys: Float64Array, at: number, n: number, index: Int32Array): number {
  let m = 0;
  for (let i = 0; i < n; i++) if (keys[at + i]! === keys[at + i]!) index[m++] = i;
  for (let i = 0, k = m; i < n; i++) if (keys[at + i]! !== keys[at + i]!) index[k++] = i;
  if (spare.length < m) spare = new Int32Array(2 * m);
  const RUN = 12;
  for (let lo = 0; lo < m; lo += RUN) insertionSort(keys, at, index, lo, Math.min(m, lo + RUN));
  let from = index;
  let into = spare;
  for (let width = RUN; width < m; width *= 2) {
    for (let lo = 0; lo < m; lo += 2 * width) merge(keys, at, from, into, lo, Math.min(m, lo + width), Math.min(m, lo + 2 * width));
    [from, into] = [into, from];
  }
  if (from !== index) for (let i = 0; i < m; i++) index[i] = from[i]!;
  return m;
}

function insertionSort(keys: Float64Array, at: number, index: Int32Array, lo: number, hi: number): void {
  for (let i = lo + 1; i < hi; i++) {
    const p = index[i]!;
    const v = keys[at + p]!;
    let j = i - 1;
    for (; j >= lo && keys[at + index[j]!]! > v; j--) index[j + 1] = index[j]!;
    index[j + 1] = p;
  }
}

function merge(keys: Float64Array, at: number, from: Int32Array, into: Int32Array, lo: number, mid: number, hi: number): void {
  let i = lo;
  let j = mid;
  for (let k = lo; k < hi; k++) {
    if (i < mid && (j >= hi || keys[at + from[i]!]! <= keys[at + from[j]!]!)) into[k] = from[i++]!;
    else into[k] = from[j++]!;
  }
}

/** Ranks from 1 at `dst[to…]`, equal values sharing the mean of theirs, NaN for NaN; in parts of the count with `pct`. */
export function rankLine(src: Float64Array, at: number, n: number, index: Int32Array, dst: Float64Array, to: number, pct: boolean): void {
  const m = sortPositions(src, at, n, index);
  for (let i = 0; i < m; ) {
    let j = i + 1;
    while (j < m && src[at + index[j]!]! === src[at + index[i]!]!) j++;
    const rank = (i + 1 + j) / 2 / (pct ? m : 1);
    for (let k = i; k < j; k++) dst[to + index[k]!] = rank;
    i = j;
  }
  for (let k = m; k < n; k++) dst[to + index[k]!] = NaN;
}

/** The first (`left`) or last place at which `v` fits into rising `sorted`; NaN sorts last. */
export function searchOne(sorted: ArrayLike<number>, v: number, right: boolean): number {
  let lo = 0;
  let hi = sorted.length;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    const s = sorted[mid]!;
    const before = right ? s <= v || v !== v : s < v || (v !== v && s === s);
    if (before) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
