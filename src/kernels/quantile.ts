/** Quantiles of a line by NumPy's thirteen methods (Hyndman and Fan's nine and four more). */
import { rint } from "./scalar-math.ts";
import { select } from "./select.ts";

/** The methods by NumPy's names. */
export type QuantileMethod =
  | "inverted_cdf"
  | "averaged_inverted_cdf"
  | "closest_observation"
  | "interpolated_inverted_cdf"
  | "hazen"
  | "weibull"
  | "linear"
  | "median_unbiased"
  | "normal_unbiased"
  | "lower"
  | "higher"
  | "midpoint"
  | "nearest";

/** Where quantile `q` of `n` sorted values lies: between ranks, by a part of the way. */
interface Method {
  /** A rank from 0, with a fraction. */
  rank(n: number, q: number): number;
  /** How far to go from the rank below to that above, given the fraction. */
  part(fraction: number): number;
}

const straight = (fraction: number): number => fraction;
/** Ranks (n + 1 - α - β)·q + α - 1, as Hyndman and Fan write methods 4 to 9. */
const placed = (alpha: number, beta: number): Method => ({ rank: (n, q) => n * q + (alpha + q * (1 - alpha - beta)) - 1, part: straight });
const exact = (rank: (n: number, q: number) => number): Method => ({ rank, part: () => 0 });

/** Every method. */
export const METHODS: Readonly<Record<QuantileMethod, Method>> = {
  inverted_cdf: exact((n, q) => Math.max(0, Math.ceil(n * q - 1))),
  averaged_inverted_cdf: { rank: (n, q) => n * q - 1, part: (fraction) => (fraction === 0 ? 0.5 : 1) },
  closest_observation: exact((n, q) => {
    const at = n * q - 1 - 0.5;
    const below = Math.floor(at);
    // Ranks halfway go to the even one, counted from 1.
    return Math.max(0, at - below === 0 && below % 2 === 1 ? below : below + 1);
  }),
  interpolated_inverted_cdf: placed(0, 1),
  hazen: placed(0.5, 0.5),
  weibull: placed(0, 0),
  linear: { rank: (n, q) => (n - 1) * q, part: straight },
  median_unbiased: placed(1 / 3, 1 / 3),
  normal_unbiased: placed(3 / 8, 3 / 8),
  lower: exact((n, q) => Math.floor((n - 1) * q)),
  higher: exact((n, q) => Math.ceil((n - 1) * q)),
  midpoint: { rank: (n, q) => (Math.floor((n - 1) * q) + Math.ceil((n - 1) * q)) / 2, part: (fraction) => (fraction === 0 ? 0 : 0.5) },
  nearest: exact((n, q) => rint((n - 1) * q)),
};

/**
 * Write quantiles `q` of `values[0..n)`, which holds no NaN and is reordered, at `dst[to + i·step]`.
 * `order` lists the indices of `q` from the least to the greatest.
 */
export function quantilesOf(
  values: Float64Array,
  n: number,
  q: Float64Array,
  order: ArrayLike<number>,
  method: Method,
  dst: Float64Array,
  to: number,
  step: number,
): void {
  let lo = 0;
  for (let i = 0; i < order.length; i++) {
    const which = order[i]!;
    if (n === 0) {
      dst[to + which * step] = NaN;
      continue;
    }
    const rank = method.rank(n, q[which]!);
    const below = Math.max(0, Math.min(n - 1, Math.floor(rank)));
    const above = rank < 0 ? 0 : Math.min(n - 1, below + 1);
    // Ranks rise, so each search goes on to the right of the last.
    const a = select(values, lo, n - 1, below);
    lo = below;
    const part = rank < 0 || rank >= n - 1 ? 0 : method.part(rank - Math.floor(rank));
    dst[to + which * step] = part === 0 || above === below ? a : between(a, leastOf(values, above, n), part);
  }
}

/** What comes next after rank `from - 1`: the least of the rest. */
function leastOf(values: Float64Array, from: number, n: number): number {
  let least = values[from]!;
  for (let i = from + 1; i < n; i++) if (values[i]! < least) least = values[i]!;
  return least;
}

/** Interpolation that is exact at both ends and never leaves them. */
function between(a: number, b: number, part: number): number {
  if (a === b) return a;
  const d = b - a;
  return part >= 0.5 ? b - d * (1 - part) : a + d * part;
}
