/**
 * File formats, a folder each: bytes ↔ raw variables, before and after CF decoding.
 *
 * A {@link Backend} opens a target into {@link RawGroup}s whose variables say where their chunks are; a
 * {@link FileWriter} takes encoded variables, one sink each. They know nothing of fill values, packing or
 * times, which are `coding/`'s. Layer 5: imports values from layers 0–3. Formats are heavy and loaded on
 * demand, so nothing here imports them: `open/` and `save/` do, by `import()`.
 *
 * @example
 * ```ts
 * const { zarrBackend } = await import("./zarr/index.ts");
 * const group = await zarrBackend.open(store, {});
 * ```
 */
export type { Backend, FileWriter, RawGroup, RawVariable } from "./contract.ts";
