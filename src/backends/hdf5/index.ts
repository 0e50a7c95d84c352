/**
 * HDF5 and netCDF-4 files, through h5wasm, which is loaded when the first file is opened.
 *
 * Reading is lazy from any place: local files as they are, everything else by blocks on demand.
 * Dimensions, unlimited lengths, hidden attributes and fill values are as the netCDF library has
 * them. Writing makes netCDF-4 files that the netCDF library, h5netcdf and xarray open.
 * May import `array/`, `codecs/`, `stores/`, `dtypes/` and what is beside it in `backends/`.
 *
 * ```ts
 * const root = await openHdf5("air.nc");
 * const air = fromSource(root.variables.get("air")!.data as Source);
 * ```
 */
export { hdf5Backend, isHdf5, openHdf5 } from "./read.ts";
export { createNetcdf4 } from "./write.ts";
