/**
 * Weighted quantiles of lines that lie one after the other.
 *
 * The estimator is the weighted form of the linear one (Hyndman and Fan's type 7) with Kish's effective
 * sample size n = (Σw)² / Σw²: a quantile is the mean of the sorted values weighted by how much of the
 * interval [(h − 1) / n, h / n], h = (n − 1) q + 1, their cumulative weights cover.
 */

/** Quantiles `q` of each of `lines` equal parts of `x` with weights `w`; quantile `k` of line `i` comes to `out[k * lines + i]`. */
export function eachWeightedLine(x: Float64Array, w: Float64Array, lines: number, q: Float64Array, skip: boolean, out: Float64Array): void {
  const n = lines === 0 ? 0 : x.length / lines;
  const order = new Uint32Array(n);
  for (let line = 0; line < lines; line++) {
    const at = line * n;
    const m = usable(x, w, at, n, skip, order);
    if (m === 0) {
      for (let k = 0; k < q.length; k++) out[k * lines + line] = Number.NaN;
      continue;
    }
    const sorted = order.subarray(0, m).sort((a, b) => x[a]! - x[b]!);
    let sum = 0,
      squares = 0;
    for (let i = 0; i < m; i++) {
      const u = w[sorted[i]!]!;
      sum += u;
      squares += u * u;
    }
    const size = (sum * sum) / squares;
    for (let k = 0; k < q.length; k++) out[k * lines + line] = quantileOf(x, w, sorted, sum, size, q[k]!);
  }
}

/** The places of values that count; none where a missing one spoils the line. */
function usable(x: Float64Array, w: Float64Array, at: number, n: number, skip: boolean, order: Uint32Array): number {
  let m = 0;
  for (let i = at; i < at + n; i++) {
    if (x[i] !== x[i]) {
      if (!skip) return 0;
    } else if (w[i] !== 0) order[m++] = i;
  }
  return m;
}

function quantileOf(x: Float64Array, w: Float64Array, sorted: Uint32Array, sum: number, size: number, q: number): number {
  const h = Math.min(size, Math.max(1, (size - 1) * q + 1));
  const lo = (h - 1) / size;
  const hi = h / size;
  let result = 0,
    cumulative = 0;
  let before = Math.max(lo, Math.min(hi, 0));
  for (let i = 0; i < sorted.length; i++) {
    cumulative += w[sorted[i]!]! / sum;
    const covered = Math.max(lo, Math.min(hi, cumulative));
    if (covered !== before) result += x[sorted[i]!]! * (covered - before) * size;
    before = covered;
  }
  return result;
}
