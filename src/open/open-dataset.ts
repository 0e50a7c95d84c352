/** Opening one dataset, array, or every group of a file. */
import type { RawGroup } from "../backends/contract.ts";
import type { ComputeOptions } from "../compute/index.ts";
import type { Vars } from "../dataset/types.ts";
import { BackendError } from "../errors.ts";
import { arrayFromParts, type DataArray, type Dataset, datasetFromParts } from "../model.ts";
import { arrayOf, PARTS } from "../ops/parts.ts";
import { openedName } from "../save/unnamed.ts";
import { describe, openRaw, type ReachOptions, type Target } from "./resolve.ts";
import { type GroupOptions, readGroup } from "./read-group.ts";
import { checkSchema, type Schema, type VarsOf } from "./schema.ts";

/** How a dataset is opened. */
export interface OpenDatasetOptions<S extends Schema = Schema> extends GroupOptions, ReachOptions {
  /** What the dataset must hold: gives the result its types, and throws BackendError where it is otherwise. */
  readonly schema?: S | undefined;
  readonly signal?: AbortSignal | undefined;
}

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
export async function openDataset<const S extends Schema = any>(target: Target, options: OpenDatasetOptions<S> = {}): Promise<Dataset<Schema extends S ? Record<string, DataArray> : VarsOf<S>>> {
  const group = await openRaw(target, options);
  return (await datasetOf(group, options, describe(target))) as never;
}

/** The dataset of an open group; the group is closed where that fails. */
async function datasetOf(group: RawGroup, options: OpenDatasetOptions, source: string): Promise<Dataset<any>> {
  try {
    const parts = await readGroup(group, options);
    if (options.schema) checkSchema(parts, options.schema, source);
    return datasetFromParts(parts);
  } catch (error) {
    await group.close().catch(() => undefined);
    throw error;
  }
}

/**
 * Open a Zarr group lazily: {@link openDataset} with `engine: "zarr"`.
 *
 * @example
 * ```ts
 * const ds = await openZarr(new Map(entries), { group: "ocean" });
 * ```
 */
export async function openZarr<const S extends Schema = any>(target: Target, options: OpenDatasetOptions<S> = {}): Promise<Dataset<Schema extends S ? Record<string, DataArray> : VarsOf<S>>> {
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
  const ds = (await openDataset(target, options)) as Dataset<Vars>;
  const names = [...ds.keys()] as string[];
  if (names.length !== 1) {
    await ds.close();
    const shown = names.length === 0 ? "no data variable" : `${names.length} data variables (${names.slice(0, 20).join(", ")}): open it with openDataset and take one, or leave the others out with dropVariables`;
    throw new BackendError(`${describe(target)} has ${shown}`, { names });
  }
  return arrayNamed(ds, names[0]!);
}

/** A data variable; one that was saved without a name comes back without one. */
function arrayNamed(ds: Dataset<any>, name: string): DataArray {
  return arrayFromParts({ ...arrayOf(ds[PARTS], name), name: openedName(ds[PARTS], name) });
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
  const root = await openRaw(target, options);
  try {
    const groups = await everyGroup(root, options.signal);
    const datasets = await Promise.all(groups.map(async (group) => [group.path, datasetFromParts(await readGroup(group, options))] as const));
    return Object.fromEntries(datasets);
  } catch (error) {
    await root.close().catch(() => undefined);
    throw error;
  }
}

async function everyGroup(group: RawGroup, signal: AbortSignal | undefined): Promise<RawGroup[]> {
  const below = await Promise.all(group.groups.map((name) => group.group(name, { signal })));
  return [group, ...(await Promise.all(below.map((child) => everyGroup(child, signal)))).flat()];
}

/**
 * Open, load into memory, and close.
 *
 * @example
 * ```ts
 * const ds = await loadDataset("small.nc");
 * ```
 */
export async function loadDataset<const S extends Schema = any>(target: Target, options: OpenDatasetOptions<S> & Pick<ComputeOptions, "onProgress" | "progress"> = {}): Promise<Dataset<Schema extends S ? Record<string, DataArray> : VarsOf<S>>> {
  const ds = await openDataset(target, options);
  try {
    return (await ds.compute(options)) as never;
  } finally {
    await ds.close();
  }
}

/** Open an array, load it into memory, and close. */
export async function loadDataarray(target: Target, options: OpenDatasetOptions & Pick<ComputeOptions, "onProgress" | "progress"> = {}): Promise<DataArray> {
  const ds = await loadDataset(target, options);
  const names = [...ds.keys()] as string[];
  if (names.length === 1) return arrayNamed(ds, names[0]!);
  throw new BackendError(`${describe(target)} has ${names.length} data variables (${names.slice(0, 20).join(", ")}), and an array is one`, { names });
}
