/** Polynomials that come nearest to the values along a dimension. */

import { castBlock } from "../../array/cast.ts";
import { asArray } from "../../array/create.ts";
import { binary, leastSquares, NDArray, select, transpose } from "../../array/index.ts";
import { flatValues } from "../../array/ndarray.ts";
import { ArgumentError, CoordinateError } from "../../errors.ts";
import { LabelIndex } from "../../indexing/index.ts";
import { solverFor } from "../../kernels/least-squares.ts";
import { warn } from "../../options.ts";
import { unknownName } from "../../util/suggest.ts";
import { binaryVariable, loadedArray, Variable } from "../../variable/index.ts";
import { isTimeLike, numbersOf } from "../calculus/index.ts";
import { type DatasetParts, sizesOf, THIS_ARRAY } from "../parts.ts";

/** Options of `polyfit`. */
export interface PolyfitOptions {
  /** Leave missing values out (default); else one makes the fit of its line missing. */
  readonly skipna?: boolean | undefined;
  /** Singular values below this share of the largest count as zero (default: the number of values times 2⁻⁵²). */
  readonly rcond?: number | undefined;
  /** Weights of the values: a list, or the name of a coordinate. */
  readonly w?: ArrayLike<number> | string | undefined;
  /** Give the rank and singular values of the scaled matrix, and the squared residuals. */
  readonly full?: boolean | undefined;
  /** Give the covariance of the coefficients, scaled by the residuals or `"unscaled"`. */
  readonly cov?: boolean | "unscaled" | undefined;
}

/** Nanoseconds in a millisecond: times are counted in these since 1970, as in xarray. */
const NANOSECONDS = 1e6;

/**
 * The coefficients of the polynomial of degree `deg` that fits each variable best along `dim`: variables
 * `<name>_polyfit_coefficients` along a new dimension `degree`, the highest first.
 *
 * Times count in nanoseconds since 1970.
 *
 * @throws ArgumentError for a degree or weights that do not fit; NotLoadedError where the coordinate is lazy.
 */
export function polyfit(parts: DatasetParts, dim: string, deg: number, options: PolyfitOptions = {}): DatasetParts {
  const { skipna = true, full = false, cov = false } = options;
  if (!Number.isInteger(deg) || deg < 0) throw new ArgumentError(`a polynomial has a degree of 0 or more, not ${deg}`, { deg });
  const p = deg + 1;
  const design = designMatrix(parts, dim, p, options);
  const { x, along, matrix, scale, weights } = design;
  const n = x.length;
  const rcond = options.rcond ?? n * Number.EPSILON;
  const solver = solverFor(matrix, n, p, Math.max(n, p) * Number.EPSILON);
  if (!full && solver.rank < p)
    warn(
      "rank-deficient",
      `the polynomial of degree ${deg} along ${JSON.stringify(dim)} is poorly conditioned: ${solver.rank} of ${p} coefficients can be told apart`,
    );
  const vars = new Map<string, Variable>();
  if (full) {
    vars.set(`${dim}_matrix_rank`, new Variable([], new NDArray(Float64Array.of(solver.rank), [], "int64")));
    vars.set(`${dim}_singular_values`, new Variable(["degree"], new NDArray(solver.singular, [p], "float64")));
  }
  const present = new Set<string>();
  for (const [key, v] of parts.vars) {
    if (!v.dims.includes(along)) continue;
    const prefix = key === THIS_ARRAY ? "" : `${key}_`;
    const axis = v.axis(along);
    const others = v.dims.filter((d) => d !== along) as string[];
    for (const d of others) present.add(d);
    const solved = transpose(leastSquares(v.array, axis, matrix, p, { rcond, skipna, weights }), [
      axis,
      ...v.dims.flatMap((_, i) => (i === axis ? [] : [i])),
    ]);
    const coefficients = select(solved, [{ start: 0, step: 1, count: p }]);
    const scales = new NDArray(scale, [p, ...others.map(() => 1)], "float64");
    vars.set(`${prefix}polyfit_coefficients`, new Variable(["degree", ...others], binary("div", coefficients, scales)));
    const residuals = new Variable(others, select(solved, [p]));
    if (full || cov === true) vars.set(`${prefix}polyfit_residuals`, residuals);
    if (cov !== false)
      vars.set(`${prefix}polyfit_covariance`, covariance(solver.normal, scale, cov === "unscaled" ? undefined : residuals, n));
  }
  const degree = new Variable(
    ["degree"],
    new NDArray(
      Float64Array.from({ length: p }, (_, i) => deg - i),
      [p],
      "int64",
    ),
  );
  const kept = [...parts.coords].filter(([name]) => present.has(name));
  const indexes = [...parts.indexes].filter(([name]) => present.has(name));
  return {
    ...parts,
    vars,
    coords: new Map([["degree", degree], ...kept]),
    indexes: new Map([["degree", LabelIndex.of("degree", degree)], ...indexes]),
  };
}

interface Design {
  readonly x: Float64Array;
  /** The dimension of the coordinate. */
  readonly along: string;
  /** Powers of `x`, the highest first, weighted and scaled to length 1, end to end. */
  readonly matrix: Float64Array;
  readonly scale: Float64Array;
  readonly weights: Float64Array | undefined;
}

function designMatrix(parts: DatasetParts, dim: string, p: number, { w }: PolyfitOptions): Design {
  const coordinate = parts.coords.get(dim);
  if (coordinate === undefined && !sizesOf(parts).has(dim))
    throw new CoordinateError(unknownName("coordinate", dim, parts.coords.keys()), { name: dim });
  if (coordinate !== undefined && coordinate.ndim !== 1)
    throw new CoordinateError(
      `coordinate ${JSON.stringify(dim)} has dimensions (${coordinate.dims.join(", ")}); one along a single dimension is needed`,
      { name: dim, dims: coordinate.dims },
    );
  const raw = coordinate ? numbersOf(coordinate, dim) : Float64Array.from({ length: sizesOf(parts).get(dim)! }, (_, i) => i);
  const x = coordinate && isTimeLike(coordinate) ? raw.map((t) => t * NANOSECONDS) : raw;
  const n = x.length;
  const weights = w === undefined ? undefined : weightsFor(parts, w, n, dim);
  const matrix = new Float64Array(n * p);
  const scale = new Float64Array(p);
  for (let t = 0; t < n; t++) {
    let power = weights?.[t] ?? 1;
    for (let k = p - 1; k >= 0; k--, power *= x[t]!) {
      matrix[k * n + t] = power;
      scale[k]! += power * power;
    }
  }
  for (let k = 0; k < p; k++) {
    scale[k] = Math.sqrt(scale[k]!);
    for (let t = 0; t < n; t++) matrix[k * n + t]! /= scale[k]!;
  }
  return { x, along: coordinate ? (coordinate.dims[0] as string) : dim, matrix, scale, weights };
}

function weightsFor(parts: DatasetParts, w: ArrayLike<number> | string, n: number, dim: string): Float64Array {
  const named = typeof w === "string" ? parts.coords.get(w) : undefined;
  if (typeof w === "string" && named === undefined)
    throw new CoordinateError(unknownName("coordinate", w, parts.coords.keys()), { name: w });
  const array = named ? loadedArray(named.array, `weights ${JSON.stringify(w)}`) : asArray(w);
  if (array.ndim !== 1 || array.size !== n)
    throw new ArgumentError(`there are ${array.size} weights for ${n} values along ${JSON.stringify(dim)}`, {
      weights: array.shape,
      size: n,
    });
  return flatValues(castBlock(array, "float64")) as Float64Array;
}

/** The covariance of the coefficients, times the variance of the residuals where there are any given. */
function covariance(normal: Float64Array, scale: Float64Array, residuals: Variable | undefined, n: number): Variable {
  const p = scale.length;
  const base = new Variable(
    ["cov_i", "cov_j"],
    new NDArray(
      normal.map((c, i) => c / (scale[Math.floor(i / p)]! * scale[i % p]!)),
      [p, p],
      "float64",
    ),
  );
  if (residuals === undefined) return base;
  if (n <= p)
    throw new ArgumentError(
      `the covariance of ${p} coefficients cannot be scaled by the residuals of ${n} values: more are needed, or cov "unscaled"`,
      { values: n, coefficients: p },
    );
  return binaryVariable(
    "mul",
    base,
    binaryVariable("div", residuals, new Variable([], new NDArray(Float64Array.of(n - p), [], "float64"))),
  );
}
