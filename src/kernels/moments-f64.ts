/**
 * Means and sums of squared deviations, in one pass over memory and two over each block in cache:
 * the block's own mean first, then deviations from it, then the block joins the state by Chan,
 * Golub and LeVeque's formula. As exact as two passes over everything. The copy for float32 is generated.
 */
type In = Float64Array;

const BLOCK = 4096;
const COLUMNS = 512;
const ROWS = 64;
const sum = new Float64Array(COLUMNS);
const seen = new Float64Array(COLUMNS);
const drift = new Float64Array(COLUMNS);
const squares = new Float64Array(COLUMNS);

/** Join `n` values of mean `m` and squared deviations `q` to state `s`. */
export function joinMoments(count: Float64Array, mean: Float64Array, m2: Float64Array, s: number, n: number, m: number, q: number): void {
  if (n === 0) return;
  const before = count[s]!;
  if (before === 0) {
    count[s] = n;
    mean[s] = m;
    m2[s] = q;
    return;
  }
  const delta = m - mean[s]!;
  const total = before + n;
  count[s] = total;
  mean[s] = mean[s]! + delta * (n / total);
  m2[s] = m2[s]! + q + delta * delta * ((before * n) / total);
}

/** Take a run of `n` elements into state `s`; with `skip` NaN is passed over. */
export function momentsRun(
  x: In,
  at: number,
  step: number,
  n: number,
  skip: boolean,
  count: Float64Array,
  mean: Float64Array,
  m2: Float64Array,
  s: number,
): void {
  for (let i = 0; i < n; i += BLOCK) {
    const m = Math.min(BLOCK, n - i);
    blockMoments(x, at + i * step, step, m, skip, count, mean, m2, s);
  }
}

function blockMoments(
  x: In,
  at: number,
  step: number,
  n: number,
  skip: boolean,
  count: Float64Array,
  mean: Float64Array,
  m2: Float64Array,
  s: number,
): void {
  let a = 0,
    b = 0,
    c = 0,
    d = 0,
    absent = 0;
  let k = 3;
  let i = at;
  for (; k < n; k += 4, i += 4 * step) {
    const p = x[i]!,
      q = x[i + step]!,
      r = x[i + 2 * step]!,
      t = x[i + 3 * step]!;
    if (p === p || !skip) a += p;
    else absent++;
    if (q === q || !skip) b += q;
    else absent++;
    if (r === r || !skip) c += r;
    else absent++;
    if (t === t || !skip) d += t;
    else absent++;
  }
  for (k -= 3; k < n; k++, i += step) {
    const p = x[i]!;
    if (p === p || !skip) a += p;
    else absent++;
  }
  const valid = n - absent;
  if (valid === 0) return;
  const m = (a + b + (c + d)) / valid;
  let e = 0,
    f = 0,
    g = 0,
    h = 0;
  k = 1;
  i = at;
  for (; k < n; k += 2, i += 2 * step) {
    const p = x[i]! - m,
      q = x[i + step]! - m;
    if (p === p || !skip) {
      e += p;
      g += p * p;
    }
    if (q === q || !skip) {
      f += q;
      h += q * q;
    }
  }
  if (k - 1 < n) {
    const p = x[i]! - m;
    if (p === p || !skip) {
      e += p;
      g += p * p;
    }
  }
  // What rounding left of the deviations' sum corrects both; m - m is NaN where the mean is infinite.
  const left = e + f;
  joinMoments(count, mean, m2, s, valid, m + left / valid, g + h - (left * left) / valid + (m - m));
}

/** Take `m` rows of `n` elements into states `s + i·ss`, column by column; with `skip` NaN is passed over. */
export function momentsRows(
  x: In,
  at: number,
  step: number,
  n: number,
  rowStep: number,
  m: number,
  skip: boolean,
  count: Float64Array,
  mean: Float64Array,
  m2: Float64Array,
  s: number,
  ss: number,
): void {
  for (let c = 0; c < n; c += COLUMNS) {
    const width = Math.min(COLUMNS, n - c);
    for (let r = 0; r < m; r += ROWS) {
      const height = Math.min(ROWS, m - r);
      tileMoments(x, at + c * step + r * rowStep, step, width, rowStep, height, skip);
      for (let i = 0; i < width; i++) {
        const k = seen[i]!;
        const left = drift[i]!;
        if (k > 0)
          joinMoments(count, mean, m2, s + (c + i) * ss, k, sum[i]! + left / k, squares[i]! - (left * left) / k + (sum[i]! - sum[i]!));
      }
    }
  }
}

function tileMoments(x: In, at: number, step: number, n: number, rowStep: number, m: number, skip: boolean): void {
  for (let i = 0; i < n; i++) sum[i] = drift[i] = squares[i] = 0;
  seen.fill(m, 0, n);
  // Four rows at once: a NaN among them shows in their sum, so that most elements need no test of their own.
  const fours = m - (m % 4);
  for (let r = 0; r < fours; r += 4) tileSums(x, at + r * rowStep, step, n, rowStep, skip);
  for (let r = fours; r < m; r++) {
    const p = at + r * rowStep;
    for (let i = 0; i < n; i++) {
      const a = x[p + i * step]!;
      if (a === a || !skip) sum[i] = sum[i]! + a;
      else seen[i] = seen[i]! - 1;
    }
  }
  for (let i = 0; i < n; i++) sum[i] = sum[i]! / seen[i]!;
  for (let r = 0; r < fours; r += 4) tileSquares(x, at + r * rowStep, step, n, rowStep, skip);
  for (let r = fours; r < m; r++) {
    const p = at + r * rowStep;
    for (let i = 0; i < n; i++) {
      const a = x[p + i * step]! - sum[i]!;
      if (a === a || !skip) {
        drift[i] = drift[i]! + a;
        squares[i] = squares[i]! + a * a;
      }
    }
  }
}

function tileSums(x: In, p: number, step: number, n: number, rowStep: number, skip: boolean): void {
  const q = p + rowStep,
    u = q + rowStep,
    v = u + rowStep;
  for (let i = 0; i < n; i++) {
    const k = i * step;
    const a = x[p + k]!,
      b = x[q + k]!,
      c = x[u + k]!,
      d = x[v + k]!;
    const t = a + b + (c + d);
    if (t === t || !skip) sum[i] = sum[i]! + t;
    else {
      let part = 0,
        absent = 0;
      if (a === a) part += a;
      else absent++;
      if (b === b) part += b;
      else absent++;
      if (c === c) part += c;
      else absent++;
      if (d === d) part += d;
      else absent++;
      sum[i] = sum[i]! + part;
      seen[i] = seen[i]! - absent;
    }
  }
}

function tileSquares(x: In, p: number, step: number, n: number, rowStep: number, skip: boolean): void {
  const q = p + rowStep,
    u = q + rowStep,
    v = u + rowStep;
  for (let i = 0; i < n; i++) {
    const k = i * step;
    const mean = sum[i]!;
    const a = x[p + k]! - mean,
      b = x[q + k]! - mean,
      c = x[u + k]! - mean,
      d = x[v + k]! - mean;
    const t = a + b + (c + d);
    if (t === t || !skip) {
      drift[i] = drift[i]! + t;
      squares[i] = squares[i]! + (a * a + b * b + (c * c + d * d));
    } else {
      let left = 0,
        square = 0;
      if (a === a) {
        left += a;
        square += a * a;
      }
      if (b === b) {
        left += b;
        square += b * b;
      }
      if (c === c) {
        left += c;
        square += c * c;
      }
      if (d === d) {
        left += d;
        square += d * d;
      }
      drift[i] = drift[i]! + left;
      squares[i] = squares[i]! + square;
    }
  }
}
