/**
 * Linear least squares by singular values, as NumPy's `lstsq`.
 *
 * One-sided Jacobi rotations (Hestenes 1958) make the columns of a matrix orthogonal: `A V = W`, whose
 * column norms are the singular values, to high relative accuracy also for columns that are nearly
 * parallel.
 */

/** A matrix made ready to solve with. */
export interface Solver {
  /** The pseudo-inverse, row by row: `columns × rows`. */
  readonly inverse: Float64Array;
  /** Singular values, the largest first. */
  readonly singular: Float64Array;
  /** How many of them count. */
  readonly rank: number;
  /** `V diag(1 / s²) Vᵀ`, the inverse of `Aᵀ A`, row by row. */
  readonly normal: Float64Array;
}

const SWEEPS = 60;

/** The solver of an `n × p` matrix given as columns end to end; singular values below `rcond` times the largest count as zero. */
export function solverFor(matrix: Float64Array, n: number, p: number, rcond: number): Solver {
  const w = matrix.slice(0, n * p);
  const v = new Float64Array(p * p);
  for (let i = 0; i < p; i++) v[i * p + i] = 1;
  for (let sweep = 0, turned = true; turned && sweep < SWEEPS; sweep++) {
    turned = false;
    for (let i = 0; i < p - 1; i++) for (let j = i + 1; j < p; j++) turned = rotate(w, n, i * n, j * n, v, p, i * p, j * p) || turned;
  }
  const norm = Float64Array.from({ length: p }, (_, i) => {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += w[i * n + t]! ** 2;
    return Math.sqrt(sum);
  });
  const singular = norm.slice().sort().reverse();
  const least = rcond * (singular[0] ?? 0);
  const inverse = new Float64Array(p * n);
  const normal = new Float64Array(p * p);
  let rank = 0;
  for (let k = 0; k < p; k++) {
    if (!(norm[k]! > least)) continue;
    rank++;
    const scale = 1 / (norm[k]! * norm[k]!);
    for (let i = 0; i < p; i++) {
      const f = v[k * p + i]! * scale;
      for (let t = 0; t < n; t++) inverse[i * n + t]! += f * w[k * n + t]!;
      for (let j = 0; j < p; j++) normal[i * p + j]! += f * v[k * p + j]!;
    }
  }
  return { inverse, singular, rank, normal };
}

/** Turns two columns at right angles to each other; whether they were not. */
function rotate(w: Float64Array, n: number, i: number, j: number, v: Float64Array, p: number, vi: number, vj: number): boolean {
  let alpha = 0,
    beta = 0,
    gamma = 0;
  for (let t = 0; t < n; t++) {
    const [a, b] = [w[i + t]!, w[j + t]!];
    alpha += a * a;
    beta += b * b;
    gamma += a * b;
  }
  if (!(Math.abs(gamma) > Number.EPSILON * Math.sqrt(alpha * beta))) return false;
  const zeta = (beta - alpha) / (2 * gamma);
  const tangent = (zeta < 0 ? -1 : 1) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
  const c = 1 / Math.sqrt(1 + tangent * tangent);
  const s = c * tangent;
  turn(w, i, j, n, c, s);
  turn(v, vi, vj, p, c, s);
  return true;
}

function turn(x: Float64Array, i: number, j: number, n: number, c: number, s: number): void {
  for (let t = 0; t < n; t++) {
    const a = x[i + t]!;
    const b = x[j + t]!;
    x[i + t] = c * a - s * b;
    x[j + t] = s * a + c * b;
  }
}

/** Solves for one line `y[at…]`: the coefficients, then the sum of squared residuals (NaN where the fit leaves none), into `out[to…]`. */
export function solveLine(
  { inverse, rank }: Solver,
  matrix: Float64Array,
  n: number,
  p: number,
  y: Float64Array,
  at: number,
  out: Float64Array,
  to: number,
): void {
  for (let k = 0; k < p; k++) {
    let sum = 0;
    for (let t = 0; t < n; t++) sum += inverse[k * n + t]! * y[at + t]!;
    out[to + k] = sum;
  }
  let residual = rank === p && n > p ? 0 : Number.NaN;
  if (residual === 0) {
    for (let t = 0; t < n; t++) {
      let r = y[at + t]!;
      for (let k = 0; k < p; k++) r -= matrix[k * n + t]! * out[to + k]!;
      residual += r * r;
    }
  }
  out[to + p] = residual;
}
