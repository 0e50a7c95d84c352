/**
 * Interpolation onto other coordinates, along one dimension or several, on a grid or at points.
 *
 * Coordinates must be in memory; variables may be lazy. May import `variable/`, `indexing/` and the
 * operations that select. Takes and returns parts, never the classes.
 *
 * @example
 * ```ts
 * interp(parts, { lat: [47.5, 47.75] }, { method: "cubic" });
 * ```
 */
export { type InterpOptions, interp, interpArray, interpLike } from "./interp.ts";
export { type Target, targetFor } from "./targets.ts";
export { type InterpMethod, interpVariable } from "./variable.ts";
