/**
 * Interpolating B-splines of any degree with not-a-knot ends, as scipy's `make_interp_spline`.
 *
 * The collocation matrix of B-splines is banded and totally positive, so that elimination without
 * pivots is stable (de Boor, "A Practical Guide to Splines", XIII). It is factored once and solved for
 * each line.
 */

/** A spline space over fixed points. */
export interface SplineSpace {
  readonly degree: number;
  /** Knots, with those at both ends repeated `degree + 1` times. */
  readonly knots: Float64Array;
  /** The factored collocation matrix: row `i` holds columns `i - degree` to `i + degree`. */
  readonly band: Float64Array;
  readonly size: number;
}

/** The spline space of `degree` over `n > degree` rising points. */
export function splineSpace(x: Float64Array, n: number, degree: number): SplineSpace {
  const knots = notAKnot(x, n, degree);
  const width = 2 * degree + 1;
  const band = new Float64Array(n * width);
  const basis = new Float64Array(degree + 1);
  for (let i = 0; i < n; i++) {
    const first = basisAt(knots, n, degree, x[i]!, basis);
    for (let k = 0; k <= degree; k++) band[i * width + first + k - i + degree] = basis[k]!;
  }
  for (let i = 0; i < n; i++) {
    const pivot = band[i * width + degree]!;
    for (let r = i + 1; r <= Math.min(n - 1, i + degree); r++) {
      const at = r * width + i - r + degree;
      const f = band[at]! / pivot;
      band[at] = f;
      if (f === 0) continue;
      for (let c = 1; c <= degree && i + c < n; c++) band[at + c]! -= f * band[i * width + degree + c]!;
    }
  }
  return { degree, knots, band, size: n };
}

/** The coefficients of the spline through `y[at…]`, into `c`. */
export function splineCoefficients({ degree, band, size }: SplineSpace, y: Float64Array, at: number, c: Float64Array): void {
  const width = 2 * degree + 1;
  for (let i = 0; i < size; i++) {
    let sum = y[at + i]!;
    for (let k = Math.max(0, i - degree); k < i; k++) sum -= band[i * width + k - i + degree]! * c[k]!;
    c[i] = sum;
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = c[i]!;
    for (let k = i + 1; k <= Math.min(size - 1, i + degree); k++) sum -= band[i * width + k - i + degree]! * c[k]!;
    c[i] = sum / band[i * width + degree]!;
  }
}

/** The `degree + 1` basis functions that are not zero at `q` (beyond the ends those of the end piece), and the index of the first. */
export function basisAt(knots: Float64Array, n: number, degree: number, q: number, basis: Float64Array): number {
  let lo = degree,
    hi = n;
  while (hi - lo > 1) {
    const mid = (lo + hi) >> 1;
    if (knots[mid]! <= q) lo = mid;
    else hi = mid;
  }
  basis.fill(0);
  basis[0] = 1;
  for (let d = 1; d <= degree; d++) {
    let carried = 0;
    for (let r = 0; r < d; r++) {
      const right = knots[lo + r + 1]!;
      const left = knots[lo + r + 1 - d]!;
      const part = basis[r]! / (right - left);
      basis[r] = carried + (right - q) * part;
      carried = (q - left) * part;
    }
    basis[d] = carried;
  }
  return lo - degree;
}

/** Knots for which the first and last inner pieces are one polynomial with their neighbours. */
function notAKnot(x: Float64Array, n: number, degree: number): Float64Array {
  const knots = new Float64Array(n + degree + 1);
  const inner = n - degree - 1;
  const skip = (degree + 1) >> 1;
  for (let i = 0; i <= degree; i++) {
    knots[i] = x[0]!;
    knots[n + i] = x[n - 1]!;
  }
  for (let i = 0; i < inner; i++) knots[degree + 1 + i] = degree % 2 === 1 ? x[skip + i]! : (x[skip + i]! + x[skip + i + 1]!) / 2;
  return knots;
}
