/**
 * graticule: labelled, lazy N-dimensional arrays over Zarr, NetCDF and HDF5.
 *
 * @example
 * ```ts
 * import * as gr from "graticule";
 * const ds = await gr.openDataset("air.zarr");
 * const monthly = await ds.get("air").groupby("time.month").mean().compute();
 * ```
 * @module
 */
export { getOptions, setOptions, type JoinMode, type Options } from "./options.ts";
export {
  AlignmentError, ArgumentError, BackendError, CoordinateError, DTypeError, DimensionError, EncodingError, GraticuleError, IndexingError,
  isGraticuleError, MemoryLimitError, MergeError, NotLoadedError, StoreError, UnsupportedError, type ErrorTag,
} from "./errors.ts";
export { DataArray, Dataset } from "./model.ts";
export { Coordinates } from "./dataarray/coordinates.ts";
export type { DatetimeAccessor, TimedeltaAccessor } from "./dataarray/dt.ts";
export type { StringAccessor } from "./dataarray/str.ts";
export type { DataArrayCoarsen } from "./dataarray/coarsen.ts";
export type { DataArrayRolling } from "./dataarray/rolling.ts";
export type { DataArrayWeighted } from "./dataarray/weighted.ts";
export type { RollingExp } from "./dataarray/window-reductions.ts";
export type { DatasetCoarsen } from "./dataset/coarsen.ts";
export type { DatasetRolling } from "./dataset/rolling.ts";
export type { DatasetWeighted } from "./dataset/weighted.ts";
export { Variable, type Attrs, type AttrValue, type Encoding } from "./variable/index.ts";
export { NDArray } from "./array/ndarray.ts";
export { slice, type Slice } from "./indexing/indexers.ts";
export {
  align, applyUfunc, arange, broadcast, cftimeRange, combineByCoords, combineNested, compute, concat, corr, type CorrOptions, cov, cross, dateRange,
  dateRangeLike, dot, full, fullLike, groupers, inferFreq, linspace, mapBlocks, type MapBlocksOptions, merge, ones, onesLike, type OverDims, polyval,
  ufuncs, where, zeros, zerosLike,
} from "./functions/index.ts";
export {
  decodeCf, encodeCf, loadDataarray, loadDataset, openDataarray, openDataset, type OpenDatasetOptions, openGroups, openMfdataset,
  type OpenMfdatasetOptions, openZarr, registerBackend, saveMfdataset, type Schema, type Target, type Targets, type VariableSchema, type VarsOf,
} from "./open/index.ts";
export type * from "./types.ts";
