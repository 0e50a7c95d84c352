/** Values of polynomials whose coefficients lie along a dimension. */
import { binary, cast, full, scalarOperand } from "../../array/index.ts";
import { flatValues } from "../../array/ndarray.ts";
import { CoordinateError } from "../../errors.ts";
import type { Variable } from "../../variable/index.ts";
import { binaryOp, mapVariables } from "../arithmetic/index.ts";
import { isTimeLike } from "../calculus/index.ts";
import { type ArrayParts, type DatasetParts, fromDatasetParts, isDatasetParts, toDatasetParts } from "../parts.ts";
import { iselPositions } from "../selecting/index.ts";

type Labelled = ArrayParts | DatasetParts;

/**
 * The polynomials with `coeffs` (along `degreeDim`, whose labels are whole degrees in any order; those not
 * there are zero) at `coord`. Times count in nanoseconds since 1970, as in `polyfit`.
 *
 * @throws CoordinateError where `degreeDim` has no labels, or labels that are no degrees.
 */
export function polyval(coord: Labelled, coeffs: Labelled, degreeDim = "degree"): Labelled {
  const labels = coeffs.indexes.get(degreeDim) && coeffs.coords.get(degreeDim);
  if (!labels)
    throw new CoordinateError(`the coefficients need a dimension ${JSON.stringify(degreeDim)} with a coordinate: the degree of each`, {
      dim: degreeDim,
    });
  const degrees = Array.from(flatValues(cast(labels.loaded, "float64") as typeof labels.loaded) as Float64Array);
  const odd = degrees.find((degree) => !(Number.isInteger(degree) && degree >= 0 && degree <= MOST));
  if (odd !== undefined)
    throw new CoordinateError(`coordinate ${JSON.stringify(degreeDim)} holds ${odd}, which is no degree of a polynomial`, {
      dim: degreeDim,
      value: odd,
    });
  const x = mapVariables(coord, numeric);
  const zeros = mapVariables(x, (v) => v.replace({ array: full(v.shape, 0, v.dtype) }));
  const first = binaryOp("add", zeros, coefficient(coeffs, degreeDim, degrees.indexOf(Math.max(...degrees))));
  let result = first;
  for (let degree = Math.max(...degrees) - 1; degree >= 0; degree--) {
    result = binaryOp("mul", result, x);
    const at = degrees.indexOf(degree);
    if (at >= 0) result = binaryOp("add", result, coefficient(coeffs, degreeDim, at));
  }
  return isDatasetParts(result) ? { ...result, attrs: (first as DatasetParts).attrs } : { ...result, name: (first as ArrayParts).name };
}

/** The highest degree that is no mistake. */
const MOST = 1000;

/** The coefficient at one position along the degrees, without that coordinate. */
function coefficient(coeffs: Labelled, dim: string, at: number): Labelled {
  const position = new Map([[dim, { kind: "at" as const, at }]]);
  if (isDatasetParts(coeffs)) return iselPositions(coeffs, position, { drop: true });
  return fromDatasetParts(iselPositions(toDatasetParts(coeffs), position, { drop: true }), coeffs.name);
}

function numeric(v: Variable): Variable {
  return isTimeLike(v) ? v.replace({ array: binary("mul", cast(v.array, "float64"), scalarOperand(1e6, "float64")) }) : v;
}
