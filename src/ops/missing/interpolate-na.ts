/** Missing values interpolated along a dimension. */
import { checkInterpolation, fillGaps, type Interpolation } from "../../array/index.ts";
import { parseTimedelta } from "../../calendar/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { ArgumentError, CoordinateError, DimensionError } from "../../errors.ts";
import { unknownName } from "../../util/suggest.ts";
import type { Variable } from "../../variable/index.ts";
import { numbersOf } from "../calculus/index.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";

/** Options of `interpolateNa`. */
export interface InterpolateNaOptions {
  /** How (default `"linear"`). */
  readonly method?: Interpolation["method"] | undefined;
  /** The degree of `"polynomial"`. */
  readonly order?: number | undefined;
  /** At most so many in a row are filled, counted from the front of a gap. */
  readonly limit?: number | undefined;
  /** The coordinate whose values are the distances (default: the dimension's own), or `false` for even steps. */
  readonly useCoordinate?: boolean | string | undefined;
  /** Gaps longer than this stay: a number in units of the coordinate, a duration (`"3D"`) or milliseconds along times. */
  readonly maxGap?: number | string | undefined;
  /** What stands before the first and after the last value (default: missing), or that the method goes on there. */
  readonly fillValue?: number | readonly [number, number] | "extrapolate" | undefined;
}

/**
 * Missing values along `dim` interpolated from the values around them; lines with a single value stay.
 *
 * @throws CoordinateError where the coordinate does not rise strictly.
 */
export function interpolateNa(parts: DatasetParts, dim: string, options: InterpolateNaOptions = {}): DatasetParts {
  const { method = "linear", order, limit, useCoordinate = true, fillValue } = options;
  const size = sizesOf(parts).get(dim);
  if (size === undefined) throw new DimensionError(unknownName("dimension", dim, sizesOf(parts).keys()), { dim });
  checkInterpolation({ method, order });
  const coordinate = coordinateFor(parts, dim, useCoordinate);
  const x = coordinate
    ? rising(numbersOf(coordinate.variable, coordinate.name), coordinate.name)
    : Float64Array.from({ length: size }, (_, i) => i);
  const maxGap = gapLength(options.maxGap, coordinate?.variable);
  const outside = typeof fillValue === "number" ? ([fillValue, fillValue] as const) : fillValue;
  const one = (v: Variable): Variable =>
    v.dims.includes(dim) ? v.replace({ array: fillGaps(v.array, v.axis(dim), x, { method, order, outside, limit, maxGap }) }) : v;
  return { ...parts, vars: new Map([...parts.vars].map(([name, v]) => [name, one(v)])) };
}

function coordinateFor(
  parts: DatasetParts,
  dim: string,
  use: boolean | string,
): { readonly name: string; readonly variable: Variable } | undefined {
  if (use === false) return undefined;
  const name = use === true ? dim : use;
  const variable = parts.coords.get(name);
  if (variable === undefined) {
    if (use === true) return undefined;
    throw new CoordinateError(unknownName("coordinate", name, parts.coords.keys()), { name });
  }
  if (variable.ndim !== 1 || variable.dims[0] !== dim)
    throw new CoordinateError(
      `coordinate ${JSON.stringify(name)} has dimensions (${variable.dims.join(", ")}); one along ${JSON.stringify(dim)} alone is needed`,
      { name, dims: variable.dims },
    );
  return { name, variable };
}

/** `x`, which must rise strictly. */
export function rising(x: Float64Array, name: string): Float64Array {
  for (let i = 1; i < x.length; i++) {
    if (x[i]! > x[i - 1]!) continue;
    throw new CoordinateError(
      `coordinate ${JSON.stringify(name)} must rise strictly to interpolate along it; after ${x[i - 1]} comes ${x[i]}: sort it with sortby, or drop repeated labels with dropDuplicates`,
      { name, position: i },
    );
  }
  return x;
}

function gapLength(maxGap: number | string | undefined, coordinate: Variable | undefined): number | undefined {
  if (typeof maxGap !== "string") return maxGap;
  if (coordinate && "mM".includes(kindOf(coordinate.dtype))) return parseTimedelta(maxGap);
  throw new ArgumentError(`maxGap ${JSON.stringify(maxGap)} is a duration, and distances are no times here: give a number`, { maxGap });
}
