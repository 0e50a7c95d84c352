/**
 * Least and greatest values and their positions.
 *
 * With `skip`, NaN is passed over and a state of NaN means that nothing was seen; without, NaN wins
 * and the state begins at an infinity. The copy for float32 is generated.
 */
type In = Float64Array;

/** Lower `best[s]` to the least of a run of `n` elements. */
export function minRun(x: In, at: number, step: number, n: number, skip: boolean, best: Float64Array, s: number): void {
  let a = Infinity,
    b = Infinity,
    c = Infinity,
    d = Infinity;
  let bad = 0;
  let k = 3;
  let i = at;
  for (; k < n; k += 4, i += 4 * step) {
    const p = x[i]!,
      q = x[i + step]!,
      r = x[i + 2 * step]!,
      t = x[i + 3 * step]!;
    if (p < a) a = p;
    if (q < b) b = q;
    if (r < c) c = r;
    if (t < d) d = t;
    if (!skip) bad += p + q + (r + t);
  }
  for (k -= 3; k < n; k++, i += step) {
    const p = x[i]!;
    if (p < a) a = p;
    if (!skip) bad += p;
  }
  if (b < a) a = b;
  if (d < c) c = d;
  if (c < a) a = c;
  if (a === Infinity || bad !== bad) {
    const absent = absentIn(x, at, step, n);
    if (!skip && absent > 0) a = NaN;
    else if (absent === n) return;
  }
  const before = best[s]!;
  if (a < before || (skip ? before !== before : a !== a)) best[s] = a;
}

/** Raise `best[s]` to the greatest of a run of `n` elements. */
export function maxRun(x: In, at: number, step: number, n: number, skip: boolean, best: Float64Array, s: number): void {
  let a = -Infinity,
    b = -Infinity,
    c = -Infinity,
    d = -Infinity;
  let bad = 0;
  let k = 3;
  let i = at;
  for (; k < n; k += 4, i += 4 * step) {
    const p = x[i]!,
      q = x[i + step]!,
      r = x[i + 2 * step]!,
      t = x[i + 3 * step]!;
    if (p > a) a = p;
    if (q > b) b = q;
    if (r > c) c = r;
    if (t > d) d = t;
    if (!skip) bad += p + q + (r + t);
  }
  for (k -= 3; k < n; k++, i += step) {
    const p = x[i]!;
    if (p > a) a = p;
    if (!skip) bad += p;
  }
  if (b > a) a = b;
  if (d > c) c = d;
  if (c > a) a = c;
  if (a === -Infinity || bad !== bad) {
    const absent = absentIn(x, at, step, n);
    if (!skip && absent > 0) a = NaN;
    else if (absent === n) return;
  }
  const before = best[s]!;
  if (a > before || (skip ? before !== before : a !== a)) best[s] = a;
}

function absentIn(x: In, at: number, step: number, n: number): number {
  let absent = 0;
  for (let j = 0, p = at; j < n; j++, p += step) if (x[p]! !== x[p]!) absent++;
  return absent;
}

/** Lower `best[s + i·ss]` to the least of `m` rows of `n` elements, column by column. */
export function minRows(
  x: In,
  at: number,
  step: number,
  n: number,
  rowStep: number,
  m: number,
  skip: boolean,
  best: Float64Array,
  s: number,
  ss: number,
): void {
  for (let r = 0; r < m; r++) {
    const p = at + r * rowStep;
    if (skip) {
      for (let i = 0; i < n; i++) {
        const a = x[p + i * step]!;
        const b = best[s + i * ss]!;
        if (a < b || b !== b) best[s + i * ss] = a;
      }
    } else {
      for (let i = 0; i < n; i++) {
        const a = x[p + i * step]!;
        if (a < best[s + i * ss]! || a !== a) best[s + i * ss] = a;
      }
    }
  }
}

/** Raise `best[s + i·ss]` to the greatest of `m` rows of `n` elements, column by column. */
export function maxRows(
  x: In,
  at: number,
  step: number,
  n: number,
  rowStep: number,
  m: number,
  skip: boolean,
  best: Float64Array,
  s: number,
  ss: number,
): void {
  for (let r = 0; r < m; r++) {
    const p = at + r * rowStep;
    if (skip) {
      for (let i = 0; i < n; i++) {
        const a = x[p + i * step]!;
        const b = best[s + i * ss]!;
        if (a > b || b !== b) best[s + i * ss] = a;
      }
    } else {
      for (let i = 0; i < n; i++) {
        const a = x[p + i * step]!;
        if (a > best[s + i * ss]! || a !== a) best[s + i * ss] = a;
      }
    }
  }
}

/**
 * Move `best[s]` and its position `where[s]` (-1: none yet) to the least of `sense · x` in a run of
 * `n` elements at positions `pos + i·posStep`. Equal values keep the lesser position.
 */
export function argRun(
  x: In,
  at: number,
  step: number,
  n: number,
  skip: boolean,
  sense: number,
  pos: number,
  posStep: number,
  best: Float64Array,
  where: Float64Array,
  s: number,
): void {
  let b = best[s]!;
  let w = where[s]!;
  for (let i = 0; i < n; i++) {
    const a = sense * x[at + i * step]!;
    if (a >= b && w >= 0 && (a > b || pos + i * posStep > w)) continue;
    if (a !== a && (skip || (b !== b && w >= 0 && w < pos + i * posStep))) continue;
    if (b !== b && w >= 0 && a === a) continue;
    b = a;
    w = pos + i * posStep;
  }
  best[s] = b;
  where[s] = w;
}

/** {@link argRun} for `m` rows of `n` columns: row `r` is at position `pos + r·posStep` in every column. */
export function argRows(
  x: In,
  at: number,
  step: number,
  n: number,
  rowStep: number,
  m: number,
  skip: boolean,
  sense: number,
  pos: number,
  posStep: number,
  best: Float64Array,
  where: Float64Array,
  s: number,
  ss: number,
): void {
  for (let r = 0; r < m; r++) {
    const here = pos + r * posStep;
    const p = at + r * rowStep;
    for (let i = 0; i < n; i++) {
      const a = sense * x[p + i * step]!;
      const j = s + i * ss;
      const w = where[j]!;
      const b = best[j]!;
      if (a >= b && w >= 0 && (a > b || here > w)) continue;
      if (a !== a && (skip || (b !== b && w >= 0 && w < here))) continue;
      if (b !== b && w >= 0 && a === a) continue;
      best[j] = a;
      where[j] = here;
    }
  }
}
