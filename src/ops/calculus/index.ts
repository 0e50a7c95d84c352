/**
 * Calculus: differences, derivatives and integrals along dimensions and coordinates.
 *
 * Coordinates must be in memory; variables may be lazy. May import `variable/`, `indexing/` and the
 * operations that select and reduce. Takes and returns parts, never the classes.
 *
 * @example
 * ```ts
 * differentiate(parts, "time", { datetimeUnit: "h" });
 * integrate(parts, ["lat", "lon"]);
 * ```
 */
export { type Along, type DatetimeUnit, isTimeLike, numbersAlong, numbersOf } from "./coordinate.ts";
export { type DiffOptions, diff } from "./diff.ts";
export { type DifferentiateOptions, differentiate } from "./gradient.ts";
export { cumulativeIntegrate, type IntegrateOptions, integrate } from "./integrate.ts";
