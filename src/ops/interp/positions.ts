/** From places to positions: the neighbours of each place, and how much the later one counts. */
import { nearestPoint } from "../../kernels/interpolate.ts";
import type { Target } from "./targets.ts";

/** What the methods that look at neighbours only need to know of each place. */
export interface Neighbours {
  /** Positions along the dimension before and after each place, -1 outside. */
  readonly lo: Float64Array;
  readonly hi: Float64Array;
  /** The weight of `hi`, from 0 to 1 between the points. */
  readonly weight: Float64Array;
}

/**
 * The neighbours of each place; beyond the ends none, or with `extrapolate` those of the end piece. A place
 * that is a point is the `"start"` or the `"end"` of its piece.
 */
export function neighbours({ x, order, q }: Target, extrapolate: boolean, exact: "start" | "end"): Neighbours {
  const [lo, hi, weight] = [new Float64Array(q.length).fill(-1), new Float64Array(q.length).fill(-1), new Float64Array(q.length)];
  const last = x.length - 1;
  const at = (i: number): number => order?.[i] ?? i;
  for (let j = 0; j < q.length; j++) {
    const place = q[j]!;
    if (last < 0 || !(extrapolate ? place === place : place >= x[0]! && place <= x[last]!)) continue;
    const piece = before(x, place);
    const i = Math.max(0, Math.min(exact === "end" && place === x[piece] ? piece - 1 : piece, last - 1));
    const after = Math.min(i + 1, last);
    lo[j] = at(i);
    hi[j] = at(after);
    weight[j] = place === x[i] ? 0 : (place - x[i]!) / (x[after]! - x[i]!);
  }
  return { lo, hi, weight };
}

/** The position that each place takes its value from, -1 outside. */
export function takenPositions({ x, order, q }: Target, method: "nearest" | "zero", extrapolate: boolean): Float64Array {
  const last = x.length - 1;
  return q.map((place) => {
    if (last < 0 || !(extrapolate ? place === place : place >= x[0]! && place <= x[last]!)) return -1;
    const i = method === "nearest" ? nearestPoint(x, x.length, place) : before(x, place);
    return order?.[i] ?? i;
  });
}

/** The position of the label nearest each place, as an index finds it: however far, and halfway the later one. */
export function nearestLabels({ x, order, q }: Target): Float64Array {
  const last = x.length - 1;
  return q.map((place) => {
    if (last < 0 || place !== place) return -1;
    const i = before(x, place);
    const nearest = i < last && place - x[i]! >= x[i + 1]! - place ? i + 1 : i;
    return order?.[nearest] ?? nearest;
  });
}

/** Index of the last of `x` not after `place`, 0 where all are. */
function before(x: Float64Array, place: number): number {
  let lo = 0,
    hi = x.length;
  while (hi - lo > 1) {
    const mid = (lo + hi) >> 1;
    if (x[mid]! <= place) lo = mid;
    else hi = mid;
  }
  return lo;
}
