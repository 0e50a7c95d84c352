/**
 * Loading: from lazy to values and back, and how lazy arrays are cut.
 *
 * May import `variable/`, `array/`, and `compute/` on demand only.
 *
 * @example
 * ```ts
 * const [mean, std] = await computeParts([meanParts, stdParts], { progress: true });
 * ```
 */
export { type ChunkSpec, type ChunksInput, chunk } from "./chunk.ts";
export { blocksOf, computeParts, explainParts, loadParts, persistParts, unloadParts } from "./compute.ts";
export { loadVariables } from "./variables.ts";
