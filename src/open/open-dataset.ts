/** Opening one dataset, array, or every group of a file. What does it loads when it is first used. */
import type { ComputeOptions } from "../compute/index.ts";
import { arrayFromParts, type DataArray, type Dataset, datasetFromParts } from "../model.ts";
import { PARTS } from "../ops/parts.ts";
import { checkOptions, type OptionKeys } from "../util/options.ts";
import type { GroupOptions } from "./read-group.ts";
import type { ReachOptions, Target } from "./resolve.ts";
import type { Schema, VarsOf } from "./schema.ts";

/** How a dataset is opened. */
export interface OpenDatasetOptions<S extends Schema = Schema> extends GroupOptions, ReachOptions {
  /** What the dataset must hold: gives the result its types, and throws BackendError where it is otherwise. */
  readonly schema?: S | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** The keys of {@link OpenDatasetOptions}. */
export const OPEN_OPTIONS: OptionKeys<OpenDatasetOptions> = {
  schema: true,
  signal: true,
  decodeCf: true,
  chunks: true,
  group: true,
  engine: true,
  storageOptions: true,
  concatCharacters: true,
  maskAndScale: true,
  decodeTimes: true,
  decodeTimedelta: true,
  useCftime: true,
  decodeCoords: true,
  dropVariables: true,
  int64: true,
};

/**
 * Open a dataset lazily: metadata, and the coordinates of one dimension, are read at once and together;
 * everything else when it is computed.
 *
 * The target is a path, a URL (`http(s):`, `s3:`, `gs:`, `file:`), a File or Blob, bytes, a store, a Map
 * of keys to bytes, or kerchunk references; its format (Zarr v2 and v3, netCDF-4 and HDF5, netCDF-3) is
 * told by what it is, or by `engine`.
 *
 * @throws StoreError where the target is not there or not allowed to be read; BackendError where it is of
 *   no format that is known, or damaged; EncodingError for metadata that cannot be decoded.
 * @example
 * ```ts
 * await using ds = await openDataset("https://example.org/air.zarr");
 * const mean = await ds.get("air").mean("time").compute();
 * ```
 */
export async function openDataset<const S extends Schema = any>(
  target: Target,
  options: OpenDatasetOptions<S> = {},
): Promise<Dataset<Schema extends S ? Record<string, DataArray> : VarsOf<S>>> {
  checkOptions("openDataset", options as OpenDatasetOptions, OPEN_OPTIONS);
  const { openParts } = await import("./open-parts.ts");
  return datasetFromParts(await openParts(target, options)) as never;
}

/**
 * Open a Zarr group lazily: {@link openDataset} with `engine: "zarr"`.
 *
 * @example
 * ```ts
 * const ds = await openZarr(new Map(entries), { group: "ocean" });
 * ```
 */
export async function openZarr<const S extends Schema = any>(
  target: Target,
  options: OpenDatasetOptions<S> = {},
): Promise<Dataset<Schema extends S ? Record<string, DataArray> : VarsOf<S>>> {
  return openDataset(target, { ...options, engine: "zarr" });
}

/**
 * Open a dataset of one data variable as that variable.
 *
 * @throws BackendError where there is none, or several.
 * @example
 * ```ts
 * const air = await openDataarray("air.nc");
 * ```
 */
export async function openDataarray(target: Target, options: OpenDatasetOptions = {}): Promise<DataArray> {
  const { onlyArray, openParts } = await import("./open-parts.ts");
  const parts = await openParts(target, options);
  try {
    return arrayFromParts(onlyArray(parts, target));
  } catch (error) {
    await parts.close?.();
    throw error;
  }
}

/**
 * Open every group of a file or hierarchy, by absolute path. Coordinates are not inherited.
 *
 * @example
 * ```ts
 * const groups = await openGroups("nested.nc");
 * groups["/ocean"]!.get("temperature");
 * ```
 */
export async function openGroups(target: Target, options: OpenDatasetOptions = {}): Promise<Record<string, Dataset<any>>> {
  const { openGroupParts } = await import("./open-parts.ts");
  const groups = await openGroupParts(target, options);
  return Object.fromEntries(groups.map(([path, parts]) => [path, datasetFromParts(parts)]));
}

/**
 * Open, load into memory, and close.
 *
 * @example
 * ```ts
 * const ds = await loadDataset("small.nc");
 * ```
 */
export async function loadDataset<const S extends Schema = any>(
  target: Target,
  options: OpenDatasetOptions<S> & Pick<ComputeOptions, "onProgress" | "progress"> = {},
): Promise<Dataset<Schema extends S ? Record<string, DataArray> : VarsOf<S>>> {
  const { onProgress, progress, ...open } = options;
  const ds = await openDataset(target, open as OpenDatasetOptions<S>);
  try {
    return (await ds.compute({ onProgress, progress, signal: options.signal })) as never;
  } finally {
    await ds.close();
  }
}

/** Open an array, load it into memory, and close. */
export async function loadDataarray(
  target: Target,
  options: OpenDatasetOptions & Pick<ComputeOptions, "onProgress" | "progress"> = {},
): Promise<DataArray> {
  const { onlyArray } = await import("./open-parts.ts");
  const ds = await loadDataset(target, options);
  return arrayFromParts(onlyArray(ds[PARTS], target));
}
