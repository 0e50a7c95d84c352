/**
 * Operations on labelled data, a folder a theme: names become axes, coordinates are kept or dropped.
 *
 * They take and return parts ({@link ArrayParts}, {@link DatasetParts}), which are plain data, and never
 * see the classes; what is about structure is written once for datasets and lent to arrays by
 * `viaDataset`. They never ask whether data is lazy. Layer 6: imports values from layers 0–5 and from
 * other themes, without circles. Callers import the theme they need.
 *
 * @example
 * ```ts
 * const monthly = reduceGroups("mean", groupParts(parts, "time.month"), undefined);
 * ```
 */
export type { Operand, ScalarOperand } from "./operand.ts";
export type { ArrayParts, CoordParts, DatasetParts } from "./parts.ts";
