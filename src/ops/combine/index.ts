/**
 * Putting datasets together: merging variables, concatenating along dimensions, combining grids.
 *
 * May import `variable/`, `indexing/` and `ops/align`. Takes and returns parts, never the classes.
 *
 * @example
 * ```ts
 * concatParts([january, february], "time");
 * mergeParts([temperature, pressure], { join: "inner" });
 * ```
 */
export { type CombineAttrs, combineAttrs } from "./attrs.ts";
export { type ConcatDim, type ConcatOptions, type ConcatOver, concatParts } from "./concat.ts";
export { type MergeOptions, mergeParts } from "./merge.ts";
export { combineByCoordsParts, combineNestedParts, type NestedParts } from "./nested.ts";
export { type Compat, uniqueVariable } from "./unique.ts";
