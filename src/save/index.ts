/**
 * Saving: a dataset's variables encoded, a file or store prepared, and all values written in one pass.
 *
 * {@link writeNetcdf} and {@link writeZarr} choose what to write and how (`encodings.ts`, `chunks.ts`,
 * `region.ts`); `coding/` encodes, `backends/` write. They load backends, stores and the planner on demand. May
 * import `ops/parts`, `coding/`, `variable/`, `array/`; takes parts, never the classes.
 *
 * @example
 * ```ts
 * await writeZarr(parts, "air.zarr", { encoding: { air: { chunks: [100, 25, 53] } } });
 * const [bytes] = await writeNetcdf([{ parts }]);
 * ```
 */
export { type EncodingOption, KNOWN_ENCODINGS } from "./encodings.ts";
export type { Region } from "./region.ts";
export { type NetcdfFormat, type ToNetcdfOptions, writeNetcdf } from "./to-netcdf.ts";
export { type ToZarrOptions, writeZarr, type ZarrTarget } from "./to-zarr.ts";
export { openedName, savedDataset } from "./unnamed.ts";
