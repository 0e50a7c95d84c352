/** Free functions of fits and products: polyval, cov, corr, dot, cross. */
import { arrayFromParts, type DataArray, type Dataset } from "../model.ts";
import { correlation, covariance, cross as crossParts, dot as dotParts, polyval as polyvalParts } from "../ops/fit/index.ts";
import { PARTS } from "../ops/parts.ts";
import { wrapParts } from "./compute.ts";

/** Which dimensions a function sums over: one, several, or all (`"..."`). */
export type OverDims = string | readonly string[] | undefined;

/**
 * The polynomials with these coefficients, labelled by degree, at `coord`; times count in nanoseconds since
 * 1970, as in `polyfit`.
 *
 * @example
 * ```ts
 * const fit = air.polyfit("time", 1);
 * const trend = polyval(air.get("time"), fit.get("polyfit_coefficients"));
 * ```
 */
export function polyval(
  coord: DataArray<any, any> | Dataset<any>,
  coeffs: DataArray<any, any> | Dataset<any>,
  options: { readonly degreeDim?: string | undefined } = {},
): any {
  return wrapParts(polyvalParts(coord[PARTS], coeffs[PARTS], options.degreeDim));
}

/** Options of {@link cov} and {@link corr}. */
export interface CorrOptions {
  readonly dim?: OverDims;
  /** How much each value counts. */
  readonly weights?: DataArray<any, any> | undefined;
}

/** The covariance of two arrays over `dim` (default: all dimensions), where neither is missing; `ddof` (default 1) is taken from the count. */
export function cov(
  a: DataArray<any, any>,
  b: DataArray<any, any>,
  options: CorrOptions & { readonly ddof?: number | undefined } = {},
): DataArray<any, any> {
  return arrayFromParts(covariance(a[PARTS], b[PARTS], options.dim, { ddof: options.ddof, weights: options.weights?.[PARTS] }));
}

/**
 * Pearson's correlation of two arrays over `dim` (default: all dimensions), where neither is missing.
 *
 * @example
 * ```ts
 * corr(temperature, rain, { dim: "time" }); // a map of correlations
 * ```
 */
export function corr(a: DataArray<any, any>, b: DataArray<any, any>, options: CorrOptions = {}): DataArray<any, any> {
  return arrayFromParts(correlation(a[PARTS], b[PARTS], options.dim, options.weights?.[PARTS]));
}

/**
 * The product of all arrays, summed over `dim` (`"..."`: every dimension; default: those that more than one
 * array has).
 *
 * @example
 * ```ts
 * dot([weights, anomaly], { dim: ["lat", "lon"] });
 * ```
 */
export function dot(arrays: readonly DataArray<any, any>[], options: { readonly dim?: OverDims } = {}): DataArray<any, any> {
  return arrayFromParts(
    dotParts(
      arrays.map((array) => array[PARTS]),
      options.dim,
    ),
  );
}

/** The cross product of vectors of two or three components along `dim`; two of two components leave the one perpendicular to them. */
export function cross(a: DataArray<any, any>, b: DataArray<any, any>, options: { readonly dim: string }): DataArray<any, any> {
  return arrayFromParts(crossParts(a[PARTS], b[PARTS], options.dim));
}
