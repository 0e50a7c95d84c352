/** Integrals along coordinates by the trapezoid rule. */
import { binary, cast, contract, cumulative, NDArray, pad, reduce, select } from "../../array/index.ts";
import type { AnyArray } from "../../array/lazy.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { Variable } from "../../variable/index.ts";
import type { DatasetParts } from "../parts.ts";
import { coordsWithout } from "../reduce/index.ts";
import { type DatetimeUnit, numbersAlong } from "./coordinate.ts";
import { asNumbers } from "./gradient.ts";

/** Options of `integrate` and `cumulativeIntegrate`. */
export interface IntegrateOptions {
  /** What times are counted in (default: microseconds; seconds in calendars of their own). */
  readonly datetimeUnit?: DatetimeUnit | undefined;
}

/** The integral of every data variable along one coordinate or several, whose dimensions go; NaN spreads. */
export function integrate(parts: DatasetParts, names: string | readonly string[], options: IntegrateOptions = {}): DatasetParts {
  return (typeof names === "string" ? [names] : names).reduce((result, name) => integrateOne(result, name, options, trapezoid), parts);
}

/** The running integral, from 0 at the first value; dimensions stay. */
export function cumulativeIntegrate(parts: DatasetParts, names: string | readonly string[], options: IntegrateOptions = {}): DatasetParts {
  return (typeof names === "string" ? [names] : names).reduce((result, name) => integrateOne(result, name, options, running), parts);
}

type Rule = (a: AnyArray, axis: number, x: Float64Array) => AnyArray;

function integrateOne(parts: DatasetParts, name: string, { datetimeUnit }: IntegrateOptions, rule: Rule): DatasetParts {
  const { dim, x, unit } = numbersAlong(parts, name, datetimeUnit);
  const one = (v: Variable): Variable => {
    if (!v.dims.includes(dim)) return v;
    const numbers = asNumbers(v, unit);
    // Neighbours are added: small integers must not wrap.
    const array = rule("iub".includes(kindOf(v.dtype)) ? cast(numbers, "float64") : numbers, v.axis(dim), x);
    return new Variable(array.shape.length < v.ndim ? v.dims.filter((d) => d !== dim) : v.dims, array);
  };
  const vars = new Map([...parts.vars].map(([key, v]) => [key, one(v)]));
  return rule === running ? { ...parts, vars } : { ...parts, vars, ...coordsWithout(parts, new Set([dim])) };
}

/** One product with the weights of the rule: half the distance between the neighbours of each value. */
const trapezoid: Rule = (a, axis, x) => {
  const n = x.length;
  // A single value has no area, whatever it is: also where it is missing.
  if (n < 2) return reduce("sum", cast(select(a, slab(a, axis, 0, 0)), "float64"), [axis]);
  const weights = Float64Array.from(x, (_, i) => (x[Math.min(i + 1, n - 1)]! - x[Math.max(i - 1, 0)]!) / 2);
  const labels = a.shape.map((_, i) => i);
  return contract(a, new NDArray(weights, [n], "float64"), { a: labels, b: [axis], out: labels.filter((i) => i !== axis) });
};

const running: Rule = (a, axis, x) => {
  const n = x.length;
  const half = Float64Array.from({ length: Math.max(0, n - 1) }, (_, i) => (x[i + 1]! - x[i]!) / 2);
  const sums = binary("add", select(a, slab(a, axis, 1, n - 1)), select(a, slab(a, axis, 0, n - 1)));
  const shape = a.shape.map((_, i) => (i === axis ? half.length : 1));
  const areas = binary("mul", sums, new NDArray(half, shape, "float64"));
  const widths = a.shape.map((_, i): [number, number] => (i === axis ? [Math.min(1, n), 0] : [0, 0]));
  return cumulative("sum", pad(areas, widths, { mode: "constant" }, 0), axis, { skipna: false });
};

function slab(a: AnyArray, axis: number, start: number, count: number): ({ start: number; step: number; count: number } | null)[] {
  return a.shape.map((_, i) => (i === axis ? { start: count > 0 ? start : 0, step: 1, count: Math.max(0, count) } : null));
}
