/**
 * Fits and products along labelled axes: polynomials, covariance and correlation, dot and cross products.
 *
 * Coordinates must be in memory; variables may be lazy. May import `variable/`, `indexing/` and the
 * operations that align, combine and reduce. Takes and returns parts, never the classes.
 *
 * @example
 * ```ts
 * polyfit(parts, "time", 1, { skipna: true });
 * dot([u, v], "x");
 * ```
 */
export { type CovarianceOptions, correlation, covariance } from "./covariance.ts";
export { type PolyfitOptions, polyfit } from "./polyfit.ts";
export { polyval } from "./polyval.ts";
export { cross, dot } from "./products.ts";
