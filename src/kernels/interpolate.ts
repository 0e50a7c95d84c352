/**
 * Interpolation along one line: from values at rising points to values between them.
 *
 * A method is prepared once for its points (and the places asked for), then run on each line. The
 * methods are those of scipy's `interp1d`, `PchipInterpolator` (Fritsch and Butland 1984),
 * `Akima1DInterpolator` (Akima 1970; its modified form) and `BarycentricInterpolator`.
 */
import { basisAt, splineCoefficients, splineSpace } from "./spline.ts";

/** Methods of interpolation along one line. */
export type LineMethod =
  | "linear"
  | "slinear"
  | "nearest"
  | "zero"
  | "quadratic"
  | "cubic"
  | "quintic"
  | "polynomial"
  | "pchip"
  | "akima"
  | "makima"
  | "barycentric"
  | "krogh";

/** Evaluates the interpolant of `y[at…]` at the places it was prepared for. */
export type LineInterpolant = (y: Float64Array, at: number, out: Float64Array, to: number) => void;

/** Prepares a method for `n` rising points and `m` places, all of which it evaluates, beyond the ends too. */
export type PrepareLine = (x: Float64Array, n: number, q: Float64Array, m: number) => LineInterpolant;

/** One method: how it is prepared, how many points it needs, and whether it goes on beyond them unasked. */
export interface LineMethodRule {
  readonly prepare: PrepareLine;
  readonly least: number;
  readonly extrapolates?: boolean;
}

/** Index of the last of `n` rising points not after `q`, between 0 and `n - 1`. */
function pieceOf(x: Float64Array, n: number, q: number): number {
  let lo = 0,
    hi = n;
  while (hi - lo > 1) {
    const mid = (lo + hi) >> 1;
    if (x[mid]! <= q) lo = mid;
    else hi = mid;
  }
  return lo;
}

const pieces = (x: Float64Array, n: number, q: Float64Array, m: number, last: number): Int32Array =>
  Int32Array.from({ length: m }, (_, j) => Math.max(0, Math.min(last, pieceOf(x, n, q[j]!))));

const linear: PrepareLine = (x, n, q, m) => {
  const piece = pieces(x, n, q, m, n - 2);
  return (y, at, out, to) => {
    for (let j = 0; j < m; j++) {
      const i = piece[j]!;
      const y0 = y[at + i]!;
      // At a point its own value counts alone, whatever its neighbours are.
      if (q[j] === x[i]) out[to + j] = y0;
      else if (q[j] === x[i + 1]) out[to + j] = y[at + i + 1]!;
      else out[to + j] = ((y[at + i + 1]! - y0) / (x[i + 1]! - x[i]!)) * (q[j]! - x[i]!) + y0;
    }
  };
};

const taken =
  (position: (x: Float64Array, n: number, q: number) => number): PrepareLine =>
  (x, n, q, m) => {
    const from = Int32Array.from({ length: m }, (_, j) => position(x, n, q[j]!));
    return (y, at, out, to) => {
      for (let j = 0; j < m; j++) out[to + j] = Number.isNaN(q[j]!) ? Number.NaN : y[at + from[j]!]!;
    };
  };

/** The nearest point; halfway the one before. */
export function nearestPoint(x: Float64Array, n: number, q: number): number {
  const i = pieceOf(x, n, q);
  return i < n - 1 && q > x[i]! / 2 + x[i + 1]! / 2 ? i + 1 : i;
}

const spline = (degree: number): LineMethodRule => ({
  least: degree + 1,
  prepare(x, n, q, m) {
    const space = splineSpace(x, n, degree);
    const first = new Int32Array(m);
    const weights = new Float64Array(m * (degree + 1));
    for (let j = 0; j < m; j++)
      first[j] = basisAt(space.knots, n, degree, q[j]!, weights.subarray(j * (degree + 1), (j + 1) * (degree + 1)));
    const c = new Float64Array(n);
    return (y, at, out, to) => {
      splineCoefficients(space, y, at, c);
      for (let j = 0; j < m; j++) {
        let sum = 0;
        for (let k = 0; k <= degree; k++) sum += weights[j * (degree + 1) + k]! * c[first[j]! + k]!;
        out[to + j] = sum;
      }
    };
  },
});

/** Fills `d` with the slopes at the points, given the steps `h` and the slopes `s` between them. */
type Slopes = (h: Float64Array, s: Float64Array, n: number, d: Float64Array) => void;

const hermite =
  (slopes: Slopes): PrepareLine =>
  (x, n, q, m) => {
    const piece = pieces(x, n, q, m, n - 2);
    const h = Float64Array.from({ length: n - 1 }, (_, i) => x[i + 1]! - x[i]!);
    const s = new Float64Array(n - 1);
    const d = new Float64Array(n);
    return (y, at, out, to) => {
      for (let i = 0; i < n - 1; i++) s[i] = (y[at + i + 1]! - y[at + i]!) / h[i]!;
      if (n === 2) d.fill(s[0]!);
      else slopes(h, s, n, d);
      for (let j = 0; j < m; j++) {
        const i = piece[j]!;
        const t = q[j]! - x[i]!;
        const c2 = (3 * s[i]! - 2 * d[i]! - d[i + 1]!) / h[i]!;
        const c3 = (d[i]! + d[i + 1]! - 2 * s[i]!) / (h[i]! * h[i]!);
        out[to + j] = y[at + i]! + t * (d[i]! + t * (c2 + t * c3));
      }
    };
  };

const pchipSlopes: Slopes = (h, s, n, d) => {
  for (let i = 1; i < n - 1; i++) {
    const [before, after] = [s[i - 1]!, s[i]!];
    const [w1, w2] = [2 * h[i]! + h[i - 1]!, h[i]! + 2 * h[i - 1]!];
    d[i] = before * after > 0 ? (w1 + w2) / (w1 / before + w2 / after) : Number.isNaN(before + after) ? Number.NaN : 0;
  }
  d[0] = endSlope(h[0]!, h[1]!, s[0]!, s[1]!);
  d[n - 1] = endSlope(h[n - 2]!, h[n - 3]!, s[n - 2]!, s[n - 3]!);
};

/** The three-point end slope, held so that the curve stays between its points. */
function endSlope(h0: number, h1: number, s0: number, s1: number): number {
  const d = ((2 * h0 + h1) * s0 - h0 * s1) / (h0 + h1);
  if (Math.sign(d) !== Math.sign(s0)) return Number.isNaN(d) ? d : 0;
  return Math.sign(s0) !== Math.sign(s1) && Math.abs(d) > 3 * Math.abs(s0) ? 3 * s0 : d;
}

const akimaSlopes =
  (modified: boolean): Slopes =>
  (_h, s, n, d) => {
    const m = new Float64Array(n + 3);
    m.set(s.subarray(0, n - 1), 2);
    m[1] = 2 * m[2]! - m[3]!;
    m[0] = 2 * m[1]! - m[2]!;
    m[n + 1] = 2 * m[n]! - m[n - 1]!;
    m[n + 2] = 2 * m[n + 1]! - m[n]!;
    const change = (i: number): number => Math.abs(m[i + 1]! - m[i]!) + (modified ? Math.abs(m[i + 1]! + m[i]!) / 2 : 0);
    let most = 0;
    for (let i = 0; i < n; i++) most = Math.max(most, change(i) + change(i + 2));
    for (let i = 0; i < n; i++) {
      const [f1, f2] = [change(i + 2), change(i)];
      d[i] = f1 + f2 > 1e-9 * most ? (f1 * m[i + 1]! + f2 * m[i + 2]!) / (f1 + f2) : (m[i]! + m[i + 3]!) / 2;
    }
  };

/** The one polynomial through all points, in barycentric form. */
const barycentric: PrepareLine = (x, n, q, m) => {
  const scale = 4 / (x[n - 1]! - x[0]! || 4);
  const w = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    let product = 1;
    for (let k = 0; k < n; k++) if (k !== i) product *= scale * (x[i]! - x[k]!);
    w[i] = 1 / product;
  }
  return (y, at, out, to) => {
    for (let j = 0; j < m; j++) {
      let above = 0,
        below = 0,
        exact = -1;
      for (let i = 0; i < n; i++) {
        const gap = q[j]! - x[i]!;
        if (gap === 0) exact = i;
        const c = w[i]! / gap;
        above += c * y[at + i]!;
        below += c;
      }
      out[to + j] = exact < 0 ? above / below : y[at + exact]!;
    }
  };
};

const RULES: { readonly [K in Exclude<LineMethod, "polynomial">]: LineMethodRule } = {
  linear: { prepare: linear, least: 2 },
  slinear: { prepare: linear, least: 2 },
  nearest: { prepare: taken(nearestPoint), least: 1 },
  zero: { prepare: taken(pieceOf), least: 1 },
  quadratic: spline(2),
  cubic: spline(3),
  quintic: spline(5),
  pchip: { prepare: hermite(pchipSlopes), least: 2 },
  akima: { prepare: hermite(akimaSlopes(false)), least: 2 },
  makima: { prepare: hermite(akimaSlopes(true)), least: 2 },
  barycentric: { prepare: barycentric, least: 1, extrapolates: true },
  krogh: { prepare: barycentric, least: 1, extrapolates: true },
};

/** All methods. */
export const LINE_METHODS: readonly LineMethod[] = [...(Object.keys(RULES) as LineMethod[]), "polynomial"];

/** The rule of a method; `polynomial` is a spline of degree `order`. */
export function lineMethod(method: LineMethod, order: number | undefined): LineMethodRule {
  if (method !== "polynomial") return RULES[method];
  if (order === 0) return RULES.zero;
  return order === 1 ? RULES.slinear : spline(order!);
}
