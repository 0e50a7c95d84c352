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

export { NDArray } from "./array/ndarray.ts";
export type { DataArrayCoarsen } from "./dataarray/coarsen.ts";
export { Coordinates } from "./dataarray/coordinates.ts";
export type { DatetimeAccessor, TimedeltaAccessor } from "./dataarray/dt.ts";
export type { DataArrayRolling } from "./dataarray/rolling.ts";
export type { StringAccessor } from "./dataarray/str.ts";
export type { DataArrayWeighted } from "./dataarray/weighted.ts";
export type { RollingExp } from "./dataarray/window-reductions.ts";
export type { DatasetCoarsen } from "./dataset/coarsen.ts";
export type { DatasetRolling } from "./dataset/rolling.ts";
export type { DatasetWeighted } from "./dataset/weighted.ts";
export {
  AlignmentError,
  ArgumentError,
  BackendError,
  CoordinateError,
  DimensionError,
  DTypeError,
  EncodingError,
  type ErrorTag,
  GraticuleError,
  IndexingError,
  isGraticuleError,
  MemoryLimitError,
  MergeError,
  NotLoadedError,
  StoreError,
  UnsupportedError,
} from "./errors.ts";
export {
  align,
  applyUfunc,
  arange,
  broadcast,
  type CorrOptions,
  cftimeRange,
  combineByCoords,
  combineNested,
  compute,
  concat,
  corr,
  cov,
  cross,
  dateRange,
  dateRangeLike,
  dot,
  full,
  fullLike,
  groupers,
  inferFreq,
  linspace,
  type MapBlocksOptions,
  mapBlocks,
  merge,
  type OverDims,
  ones,
  onesLike,
  polyval,
  ufuncs,
  where,
  zeros,
  zerosLike,
} from "./functions/index.ts";
export { type Slice, slice } from "./indexing/indexers.ts";
export { DataArray, Dataset } from "./model.ts";
export {
  decodeCf,
  encodeCf,
  loadDataarray,
  loadDataset,
  type OpenDatasetOptions,
  type OpenMfdatasetOptions,
  openDataarray,
  openDataset,
  openGroups,
  openMfdataset,
  openZarr,
  registerBackend,
  type Schema,
  saveMfdataset,
  type Target,
  type Targets,
  type VariableSchema,
  type VarsOf,
} from "./open/index.ts";
export { getOptions, type JoinMode, type Options, setOptions } from "./options.ts";
export type * from "./types.ts";
export { type Attrs, type AttrValue, type Encoding, Variable } from "./variable/index.ts";
