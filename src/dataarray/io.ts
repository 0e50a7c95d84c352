/** Loading, chunking, comparing and conversion, as methods. */
import type { ComputeOptions } from "../compute/index.ts";
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { sameParts } from "../ops/compare/index.ts";
import { arrayToDict, type DictOptions, type VariableDict } from "../ops/convert/dict.ts";
import {
  blocksOf,
  type ChunksInput,
  chunk,
  computeParts,
  explainParts,
  loadParts,
  persistParts,
  unloadParts,
} from "../ops/loading/index.ts";
import { PARTS } from "../ops/parts.ts";
import type { ToNetcdfOptions, ToZarrOptions, ZarrTarget } from "../save/index.ts";
import { WRAP } from "./base.ts";
import { DataArrayTime } from "./time.ts";

/** DataArray's ways from lazy to values, and out. */
export abstract class DataArrayIo<Dims extends string, T extends DType> extends DataArrayTime<Dims, T> {
  /**
   * A copy with its values in memory. `compute([a, b])` of the root does several in one pass.
   *
   * @throws MemoryLimitError where the result does not fit; StoreError or EncodingError where reading fails.
   * @example
   * ```ts
   * const mean = await air.mean("time").compute({ progress: true });
   * ```
   */
  async compute(options: ComputeOptions = {}): Promise<DataArray<Dims, T>> {
    const [parts] = await computeParts([this[PARTS]], options);
    return this[WRAP](parts!);
  }

  /** Load the values in place, for everybody who shares them: the dataset that this array came from sees them too. */
  async load(options: ComputeOptions = {}): Promise<DataArray<Dims, T>> {
    return this[WRAP](await loadParts(this[PARTS], options));
  }

  /** The same with its values computed and kept behind the lazy array; this object stays as it is. `unload` gives them back. */
  async persist(options: ComputeOptions = {}): Promise<DataArray<Dims, T>> {
    return this[WRAP](await persistParts(this[PARTS], options));
  }

  /**
   * What computing would do, as text: stages, tasks, bytes read, peak memory, and why.
   *
   * @throws MemoryLimitError where it does not fit the budget.
   */
  async explain(options: { readonly memory?: number | undefined } = {}): Promise<string> {
    return explainParts(this[PARTS], options);
  }

  /**
   * The values block by block, as arrays in memory with their coordinates. Blocks are unions of whole chunks, small
   * neighbours together; the next one is computed while one is used.
   *
   * @example
   * ```ts
   * for await (const block of air.chunk({ time: 100 }).blocks()) console.log(block.sizes);
   * ```
   */
  async *blocks(options: ComputeOptions = {}): AsyncGenerator<DataArray<Dims, T>, void, undefined> {
    for await (const parts of blocksOf(this[PARTS], options)) yield this[WRAP](parts);
  }

  /** Forget loaded values; the array is lazy again. */
  unload(): void {
    unloadParts(this[PARTS]);
  }

  /**
   * Cut into chunks: lazy from now on, where it was in memory.
   *
   * @example
   * ```ts
   * air.chunk({ time: 100, lat: -1 });
   * ```
   */
  chunk(chunks?: ChunksInput): DataArray<Dims, T> {
    return this[WRAP](chunk(this[PARTS], chunks));
  }

  /** Whether dims, coordinates and values are equal, missing values in the same places. Needs values in memory. */
  equals(other: DataArray<any, any>): boolean {
    return sameParts(this[PARTS], other[PARTS], "equals");
  }

  /** Whether it is equal in name and attributes too. Needs values in memory. */
  identical(other: DataArray<any, any>): boolean {
    return sameParts(this[PARTS], other[PARTS], "identical");
  }

  /** Whether both are equal once broadcast against each other. Needs values in memory. */
  broadcastEquals(other: DataArray<any, any>): boolean {
    return sameParts(this[PARTS], other[PARTS], "broadcastEquals");
  }

  /** Dims, attributes, coordinates, name and values (unless `data: false`) as a plain object, as xarray's `to_dict`. */
  toDict(options: DictOptions = {}): VariableDict {
    return arrayToDict(this[PARTS], options);
  }

  /**
   * Write to Zarr as a dataset of one variable; see Dataset's method. `openDataarray` gives it back, without a name where it has none.
   *
   * @example
   * ```ts
   * await air.mean("time").toZarr("mean.zarr", { progress: true });
   * ```
   */
  async toZarr(target: ZarrTarget, options: ToZarrOptions = {}): Promise<void> {
    const { savedDataset, writeZarr } = await import("../save/index.ts");
    await writeZarr(savedDataset(this[PARTS]), target, options);
  }

  /** Write a netCDF file of one variable, or give its bytes; see Dataset's method. `openDataarray` gives it back. */
  toNetcdf(target: string | URL, options?: ToNetcdfOptions): Promise<undefined>;
  toNetcdf(target?: undefined, options?: ToNetcdfOptions): Promise<Uint8Array>;
  async toNetcdf(target?: string | URL, options: ToNetcdfOptions = {}): Promise<Uint8Array | undefined> {
    const { savedDataset, writeNetcdf } = await import("../save/index.ts");
    return (await writeNetcdf([{ parts: savedDataset(this[PARTS]), target }], options))[0];
  }
}
