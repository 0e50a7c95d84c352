/**
 * Zarr v2 and v3: groups and arrays of chunks under keys.
 *
 * Read and written by code of our own over any store: metadata are parsed exactly and checked before
 * anything relies on them, chunks are located by arithmetic, parts of shards by their index. Writing
 * puts chunks before the metadata that speak of them. May import `array/`, `codecs/`, `stores/`,
 * `dtypes/` and what is beside it in `backends/`.
 *
 * ```ts
 * const root = await openZarr("https://example.org/air.zarr");
 * const air = fromSource(root.variables.get("air")!.data as Source);
 * ```
 */
export { openZarr, type ZarrOpenOptions, zarrBackend } from "./read.ts";
export { createZarr, type ZarrCreateOptions } from "./write.ts";
