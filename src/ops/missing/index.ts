/**
 * Missing values: replacing, interpolating and dropping them; and functions of single values that
 * belong to no theme of their own (clip, round, isin).
 *
 * May import `variable/`, `indexing/`, and the operations that combine and select. Takes and returns
 * parts, never the classes.
 *
 * @example
 * ```ts
 * fillna(air, climatology); // aligned by label
 * interpolateNa(parts, "time", { method: "cubic", limit: 3 });
 * ```
 */
export { type DropnaOptions, dropna } from "./dropna.ts";
export { combineFirst, type FillOptions, fillDirection, fillna } from "./fill.ts";
export { type InterpolateNaOptions, interpolateNa } from "./interpolate-na.ts";
export { type Bounds, clip, isin, round } from "./values.ts";
