/** Loading, chunking, comparing and conversion, as methods. */
import type { ComputeOptions } from "../compute/index.ts";
import { WRAP_DATASET } from "../dataarray/base.ts";
import type { Dataset } from "../model.ts";
import { sameParts } from "../ops/compare/index.ts";
import { type DatasetDict, type DictOptions, datasetToDict } from "../ops/convert/dict.ts";
import { type ChunksInput, chunk, computeParts, explainParts, loadParts, persistParts, unloadParts } from "../ops/loading/index.ts";
import { PARTS } from "../ops/parts.ts";
import type { ToNetcdfOptions, ToZarrOptions, ZarrTarget } from "../save/index.ts";
import { DatasetTime } from "./time.ts";
import type { Vars } from "./types.ts";

/** Dataset's ways from lazy to values, and out. */
export abstract class DatasetIo<V extends Vars> extends DatasetTime<V> {
  /**
   * A copy with its values in memory. `compute([a, b])` of the root does several in one pass.
   *
   * @throws MemoryLimitError where the result does not fit; StoreError or EncodingError where reading fails.
   * @example
   * ```ts
   * const loaded = await ds.mean("time").compute({ progress: true });
   * ```
   */
  async compute(options: ComputeOptions = {}): Promise<Dataset<V>> {
    const [parts] = await computeParts([this[PARTS]], options);
    return this[WRAP_DATASET](parts!);
  }

  /** Load the values in place, for everybody who shares them: arrays taken from the dataset see them too. */
  async load(options: ComputeOptions = {}): Promise<Dataset<V>> {
    return this[WRAP_DATASET](await loadParts(this[PARTS], options));
  }

  /** The same with its values computed and kept behind the lazy variables; this object stays as it is. `unload` gives them back. */
  async persist(options: ComputeOptions = {}): Promise<Dataset<V>> {
    return this[WRAP_DATASET](await persistParts(this[PARTS], options));
  }

  /**
   * What computing would do, as text: stages, tasks, bytes read, peak memory, and why.
   *
   * @throws MemoryLimitError where it does not fit the budget.
   */
  async explain(options: { readonly memory?: number | undefined } = {}): Promise<string> {
    return explainParts(this[PARTS], options);
  }

  /** Forget loaded values; the dataset is lazy again. */
  unload(): void {
    unloadParts(this[PARTS]);
  }

  /**
   * Cut into chunks: lazy from now on, where it was in memory.
   *
   * @example
   * ```ts
   * ds.chunk({ time: 100, lat: -1 });
   * ```
   */
  chunk(chunks?: ChunksInput): Dataset<V> {
    return this[WRAP_DATASET](chunk(this[PARTS], chunks));
  }

  /** Whether dims, coordinates and values are equal, missing values in the same places. Needs values in memory. */
  equals(other: Dataset<any>): boolean {
    return sameParts(this[PARTS], other[PARTS], "equals");
  }

  /** Whether it is equal in attributes too. Needs values in memory. */
  identical(other: Dataset<any>): boolean {
    return sameParts(this[PARTS], other[PARTS], "identical");
  }

  /** Whether both are equal once broadcast against each other. Needs values in memory. */
  broadcastEquals(other: Dataset<any>): boolean {
    return sameParts(this[PARTS], other[PARTS], "broadcastEquals");
  }

  /** Dims, attributes, coordinates and variables with values (unless `data: false`) as a plain object, as xarray's `to_dict`. */
  toDict(options: DictOptions = {}): DatasetDict {
    return datasetToDict(this[PARTS], options);
  }

  /**
   * Write to Zarr (a directory, a Map, a store with `set`): a new store, other variables into one that is
   * there, behind its end (`appendDim`) or into a part of it (`region`). Sources are read once, chunk by chunk.
   *
   * @throws EncodingError for encodings that values do not fit, naming the value; StoreError where the
   *   store refuses, or something is there already (see `mode`).
   * @example
   * ```ts
   * await ds.toZarr("air.zarr", { encoding: { air: { chunks: [100, 25, 53] } }, progress: true });
   * await more.toZarr("air.zarr", { appendDim: "time" });
   * ```
   */
  async toZarr(target: ZarrTarget, options: ToZarrOptions = {}): Promise<void> {
    const { writeZarr } = await import("../save/to-zarr.ts");
    await writeZarr(this[PARTS], target, options);
  }

  /**
   * Write a netCDF file; without a target, gives its bytes. The file takes its place when it is complete.
   *
   * @throws EncodingError for encodings that values do not fit and for what netCDF cannot hold; StoreError
   *   where the file cannot be written.
   * @example
   * ```ts
   * await ds.toNetcdf("air.nc", { encoding: { air: { dtype: "int16", scale_factor: 0.01, _FillValue: -32767 } } });
   * const bytes = await ds.toNetcdf();
   * ```
   */
  toNetcdf(target: string | URL, options?: ToNetcdfOptions): Promise<undefined>;
  toNetcdf(target?: undefined, options?: ToNetcdfOptions): Promise<Uint8Array>;
  async toNetcdf(target?: string | URL, options: ToNetcdfOptions = {}): Promise<Uint8Array | undefined> {
    const { writeNetcdf } = await import("../save/to-netcdf.ts");
    return (await writeNetcdf([{ parts: this[PARTS], target }], options))[0];
  }

  /** Release what opening holds: files, caches. Lazy variables can no longer be read. */
  async close(): Promise<void> {
    await this[PARTS].close?.();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }
}
