/** Derivatives along a coordinate, by central differences of second order on uneven steps. */
import { binary } from "../../array/elementwise.ts";
import { blend, cast, scalarOperand, type Taps } from "../../array/index.ts";
import { ArgumentError } from "../../errors.ts";
import { Variable } from "../../variable/index.ts";
import type { DatasetParts } from "../parts.ts";
import { type DatetimeUnit, isTimeLike, millisecondsIn, numbersAlong } from "./coordinate.ts";

/** Options of `differentiate`. */
export interface DifferentiateOptions {
  /** Order of the differences at both ends (default 1). */
  readonly edgeOrder?: 1 | 2 | undefined;
  /** What times are counted in (default: microseconds; seconds in calendars of their own). */
  readonly datetimeUnit?: DatetimeUnit | undefined;
}

/**
 * The derivative of every data variable along coordinate `name`; variables without its dimension stay.
 *
 * @throws ArgumentError where there are fewer values than `edgeOrder` needs.
 */
export function differentiate(parts: DatasetParts, name: string, options: DifferentiateOptions = {}): DatasetParts {
  const { edgeOrder = 1, datetimeUnit } = options;
  if (edgeOrder !== 1 && edgeOrder !== 2) throw new ArgumentError(`edgeOrder is 1 or 2, not ${String(edgeOrder)}`, { edgeOrder });
  const { dim, x, unit } = numbersAlong(parts, name, datetimeUnit);
  let taps: Taps | undefined;
  const one = (v: Variable): Variable => {
    if (!v.dims.includes(dim)) return v;
    taps ??= stencil(x, edgeOrder, dim);
    return new Variable(v.dims, blend(asNumbers(v, unit), v.axis(dim), taps));
  };
  return { ...parts, vars: new Map([...parts.vars].map(([key, v]) => [key, one(v)])) };
}

/** Values of `v`, times in `unit`. */
export function asNumbers(v: Variable, unit: DatetimeUnit): Variable["array"] {
  return isTimeLike(v) ? binary("div", cast(v.array, "float64"), scalarOperand(millisecondsIn(unit), "float64")) : v.array;
}

/**
 * The weights of neighbours in the derivative at each of `x`. On even steps the middle one has none, so
 * that a missing value reaches its neighbours only.
 */
function stencil(x: Float64Array, edgeOrder: 1 | 2, dim: string): Taps {
  const n = x.length;
  if (n < edgeOrder + 1)
    throw new ArgumentError(
      `a derivative with edgeOrder ${edgeOrder} needs ${edgeOrder + 1} values along ${JSON.stringify(dim)}; there are ${n}`,
      { dim, size: n, edgeOrder },
    );
  const step = Float64Array.from({ length: n - 1 }, (_, i) => x[i + 1]! - x[i]!);
  const positions = new Float64Array(3 * n);
  const weights = new Float64Array(3 * n);
  for (let i = 0; i < n; i++) {
    const atEnd = i === 0 || i === n - 1;
    const first = Math.min(Math.max(i - 1, 0), Math.max(0, n - 3));
    if (atEnd && edgeOrder === 1) {
      const lo = i === 0 ? 0 : n - 2;
      // The third term names a place that counts anyway.
      positions.set([lo, lo + 1, lo], 3 * i);
      weights.set([-1 / step[lo]!, 1 / step[lo]!, 0], 3 * i);
    } else {
      positions.set([first, first + 1, first + 2], 3 * i);
      weights.set(parabola(step[first]!, step[first + 1]!, i - first), 3 * i);
    }
  }
  return { width: 3, positions, weights, skipZero: step.every((s) => s === step[0]) };
}

/** The derivative at point `at` (0, 1, 2) of the parabola through three points with steps `h` and `k` between them. */
function parabola(h: number, k: number, at: number): readonly number[] {
  if (at === 1) return [-k / (h * (h + k)), (k - h) / (h * k), h / (k * (h + k))];
  if (at === 0) return [-(2 * h + k) / (h * (h + k)), (h + k) / (h * k), -h / (k * (h + k))];
  return [k / (h * (h + k)), -(h + k) / (h * k), (2 * k + h) / (k * (h + k))];
}
