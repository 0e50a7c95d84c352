/**
 * netCDF classic files (netCDF-3): CDF-1, CDF-2 with 64-bit offsets, CDF-5 with 64-bit sizes.
 *
 * Read and written by code of our own: the header is parsed with every count held against the file,
 * values are located as byte ranges, and a writer lays the file out before the first value comes.
 * May import `array/`, `codecs/`, `stores/`, `dtypes/` and what is beside it in `backends/`.
 *
 * ```ts
 * const root = await openNetcdf3("ichthyop.nc");
 * const lon = fromSource(root.variables.get("lon")!.data as Source);
 * ```
 */
export { classicVersion, parseHeader, readHeader } from "./header.ts";
export type { ClassicFormat } from "./layout.ts";
export { netcdf3Backend, openNetcdf3 } from "./read.ts";
export { createNetcdf3, type Netcdf3Options } from "./write.ts";
