/**
 * Opening and closing the circle: datasets from whatever users have, and the CF functions.
 *
 * The composition root of reading. `resolve.ts` finds the engine for a target, `read-group.ts` makes a
 * dataset of an open group: one wave of reads for what must be known (`wave.ts`), then `coding/`, then
 * coordinates and indexes (`assemble.ts`). Backends, stores and the planner load on demand. May import
 * everything below layer 9.
 *
 * @example
 * ```ts
 * await using ds = await openDataset("air.nc", { chunks: { time: 100 } });
 * const many = await openMfdataset("data/*.nc");
 * ```
 */
export { decodeCf, encodeCf } from "./cf.ts";
export { type AnyBackend, type BackendLoader, registerBackend } from "./engines.ts";
export { loadDataarray, loadDataset, type OpenDatasetOptions, openDataarray, openDataset, openGroups, openZarr } from "./open-dataset.ts";
export { type OpenMfdatasetOptions, openMfdataset, type Targets } from "./open-mfdataset.ts";
export type { Target } from "./resolve.ts";
export { saveMfdataset } from "./save-mfdataset.ts";
export type { Schema, VariableSchema, VarsOf } from "./schema.ts";
