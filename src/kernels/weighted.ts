/**
 * Weighted totals and moments. NaN counts for nothing: its weight neither; without `skip` it makes
 * the total NaN.
 *
 * Each function adds a row of `n` values `x[at + i * xs]` with weights `w[wat + i * ws]` to a state:
 * one cell for the whole row (`Run`), or a cell per value (`Row`).
 */

/** Sums of weight times value, and of weights. */
export type TotalState = readonly [total: Float64Array, weight: Float64Array];
/**
 * Sums of weights, of weighted distances from `shift` and of their squares; `shift` is the first value
 * of a cell (NaN before), so that the squares do not drown what differs. Weights may be negative.
 */
export type MomentState = readonly [weight: Float64Array, first: Float64Array, second: Float64Array, shift: Float64Array];

/** A row into one cell. */
export function totalsRun(
  x: Float64Array,
  at: number,
  xs: number,
  w: Float64Array,
  wat: number,
  ws: number,
  n: number,
  skip: boolean,
  [total, weight]: TotalState,
  s: number,
): void {
  let t0 = 0,
    t1 = 0,
    c0 = 0,
    c1 = 0;
  let missing = false;
  let i = 0;
  for (; i + 1 < n; i += 2) {
    const v0 = x[at + i * xs]!,
      v1 = x[at + (i + 1) * xs]!;
    const u0 = w[wat + i * ws]!,
      u1 = w[wat + (i + 1) * ws]!;
    if (v0 === v0) {
      t0 += u0 * v0;
      c0 += u0;
    } else missing = true;
    if (v1 === v1) {
      t1 += u1 * v1;
      c1 += u1;
    } else missing = true;
  }
  if (i < n) {
    const v = x[at + i * xs]!,
      u = w[wat + i * ws]!;
    if (v === v) {
      t0 += u * v;
      c0 += u;
    } else missing = true;
  }
  total[s]! += missing && !skip ? Number.NaN : t0 + t1;
  weight[s]! += c0 + c1;
}

/** A row into a cell per value, `ss` apart from cell `s` on. */
export function totalsRow(
  x: Float64Array,
  at: number,
  xs: number,
  w: Float64Array,
  wat: number,
  ws: number,
  n: number,
  skip: boolean,
  [total, weight]: TotalState,
  s: number,
  ss: number,
): void {
  for (let i = 0; i < n; i++) {
    const v = x[at + i * xs]!;
    const k = s + i * ss;
    if (v === v) {
      const u = w[wat + i * ws]!;
      total[k]! += u * v;
      weight[k]! += u;
    } else if (!skip) total[k] = Number.NaN;
  }
}

/** A row into cells `ss` apart; all of it into one cell where `ss` is 0. */
export function momentsRow(
  x: Float64Array,
  at: number,
  xs: number,
  w: Float64Array,
  wat: number,
  ws: number,
  n: number,
  skip: boolean,
  [weight, first, second, shift]: MomentState,
  s: number,
  ss: number,
): void {
  for (let i = 0; i < n; i++) {
    const v = x[at + i * xs]!;
    const k = s + i * ss;
    if (v === v) {
      let base = shift[k]!;
      if (base !== base) shift[k] = base = v;
      const u = w[wat + i * ws]!;
      const d = v - base;
      weight[k]! += u;
      first[k]! += u * d;
      second[k]! += u * d * d;
    } else if (!skip) second[k] = Number.NaN;
  }
}

/** Add moments of later values to cell `s`: they are moved to its shift. */
export function joinMoments([weight, first, second, shift]: MomentState, s: number, [w, a, b, base]: MomentState): void {
  if (base[s] !== base[s]) {
    second[s]! += b[s]!;
    return;
  }
  if (shift[s] !== shift[s]) shift[s] = base[s]!;
  const d = base[s]! - shift[s]!;
  second[s]! += b[s]! + 2 * d * a[s]! + d * d * w[s]!;
  first[s]! += a[s]! + d * w[s]!;
  weight[s]! += w[s]!;
}

/** The weighted sum of squared distances from the mean; 0 where rounding alone makes it negative. */
export function centredSquares([weight, first, second]: MomentState, s: number): number {
  const total = second[s]!;
  const q = total - (first[s]! * first[s]!) / weight[s]!;
  return q < 0 && q > -1e-13 * total ? 0 : q;
}
