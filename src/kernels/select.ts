/**
 * Order statistics without sorting: quickselect whose pivot is the expected neighbour of the wanted
 * rank in a small sorted sample, and whose partition has no branch on the data.
 */

const SAMPLE = 41;
const SMALL = 24;
const sample = new Float64Array(SAMPLE);

/** Sort `a[lo..hi]` (both included) by insertion: for short stretches. */
function insertionSort(a: Float64Array, lo: number, hi: number): void {
  for (let i = lo + 1; i <= hi; i++) {
    const v = a[i]!;
    let j = i - 1;
    for (; j >= lo && a[j]! > v; j--) a[j + 1] = a[j]!;
    a[j + 1] = v;
  }
}

/** A value near rank `k` of `a[lo..hi]`, leaning to the middle so that the larger part falls away. */
function pivot(a: Float64Array, lo: number, hi: number, k: number): number {
  const n = hi - lo + 1;
  const size = n > 1000 ? SAMPLE : n > 160 ? 17 : 3;
  const step = Math.floor(n / size);
  for (let i = 0; i < size; i++) sample[i] = a[lo + i * step]!;
  insertionSort(sample, 0, size - 1);
  const lean = size === SAMPLE ? 5 : size === 17 ? 2 : 0;
  const rank = size === 3 ? 1 : Math.floor(((k - lo) / n) * size) + ((k - lo) * 2 < n ? lean : -lean);
  return sample[Math.max(0, Math.min(size - 1, rank))]!;
}

/**
 * The value of rank `k` in `a[lo..hi]` (both included, no NaN), which is put there; smaller ones end
 * up before it and larger ones after it.
 */
export function select(a: Float64Array, lo: number, hi: number, k: number): number {
  while (hi - lo > SMALL) {
    const p = pivot(a, lo, hi, k);
    let i = lo;
    for (let j = lo; j <= hi; j++) {
      const v = a[j]!;
      a[j] = a[i]!;
      a[i] = v;
      i += v < p ? 1 : 0;
    }
    if (k < i) {
      hi = i - 1;
      continue;
    }
    // Values equal to the pivot, of which there is one at least, come next.
    lo = i;
    for (let j = i; j <= hi; j++) {
      const v = a[j]!;
      a[j] = a[i]!;
      a[i] = v;
      i += v <= p ? 1 : 0;
    }
    if (k < i) return p;
    lo = i;
  }
  insertionSort(a, lo, hi);
  return a[k]!;
}
