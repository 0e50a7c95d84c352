/** Selecting, reindexing and what indexes are made of, as methods. */
import type { DType } from "../dtypes/types.ts";
import type { Index } from "../indexing/contract.ts";
import type { DataArray } from "../model.ts";
import { toOperand } from "../ops/operand.ts";
import { type DatasetParts, hasParts, PARTS, toDatasetParts, viaDataset } from "../ops/parts.ts";
import { assignRegion } from "../ops/selecting/assign.ts";
import {
  type DropDuplicatesOptions,
  dropDuplicates,
  dropIndexes,
  dropIsel,
  dropSel,
  getIndex,
  head,
  type IselOptions,
  isel,
  loc,
  type ReindexOptions,
  reindex,
  reindexLike,
  reorderLevels,
  resetIndex,
  type SelOptions,
  sel,
  setIndex,
  setXindex,
  squeeze,
  tail,
  thin,
} from "../ops/selecting/index.ts";
import { DataArrayBase, WRAP } from "./base.ts";
import type { AnyIndexer, OneOrMany, Selected } from "./types.ts";

/** Numbers of positions by dimension, or one number for every dimension. */
export type Counts<Dims extends string> = number | { readonly [K in Dims]?: number | undefined };

/** DataArray's selections: by position, by label, by the labels of others. */
export abstract class DataArrayIndexing<Dims extends string, T extends DType> extends DataArrayBase<Dims, T> {
  /** Apply an operation that is written for datasets. */
  protected via(op: (dataset: DatasetParts) => DatasetParts): DataArray<any, any> {
    return this[WRAP](viaDataset(this[PARTS], op));
  }

  protected slab(i: number): DataArray<any, T> {
    return this.via((ds) => isel(ds, { [this.dims[0]!]: i }));
  }

  /**
   * Select by position: integers (negative ones count from the end) drop their dimension; slices, lists and
   * boolean masks keep it; arrays with dimensions of their own select pointwise.
   *
   * @throws DimensionError for an unknown dimension; IndexingError for a position out of range.
   * @example
   * ```ts
   * da.isel({ time: 0, lat: slice(null, null, -1), lon: [0, 2] });
   * ```
   */
  isel<const I extends { readonly [K in Dims]?: AnyIndexer | undefined }>(
    indexers: I,
    options?: IselOptions,
  ): DataArray<Selected<Dims, I>, T> {
    return this.via((ds) => isel(ds, indexers, options));
  }

  /**
   * Select by label: a label drops its dimension; slices include both ends and work in either direction of
   * the coordinate; a partial date selects the span it names.
   *
   * @throws IndexingError where a label is not found, or a slice meets labels that are not sorted.
   * @example
   * ```ts
   * da.sel({ time: "2013-05", lat: slice(60, 20), lon: 200 }, { method: "nearest" });
   * ```
   */
  sel<const I extends { readonly [K in Dims]?: AnyIndexer | undefined }>(labels: I, options?: SelOptions): DataArray<Selected<Dims, I>, T>;
  sel(labels: { readonly [name: string]: AnyIndexer | undefined }, options?: SelOptions): DataArray<any, T>;
  sel(labels: { readonly [name: string]: AnyIndexer | undefined }, options?: SelOptions): DataArray<any, T> {
    return this.via((ds) => sel(ds, labels, options));
  }

  /** Select by label along the dimensions in their order, or by name: xarray's `loc[…]`. */
  loc(...labels: readonly unknown[]): DataArray<any, T> {
    return this[WRAP](loc(this[PARTS], labels));
  }

  /** The first values along each dimension named (default 5). */
  head(counts?: Counts<Dims>): DataArray<Dims, T> {
    return this.via((ds) => head(ds, counts));
  }

  /** The last values along each dimension named (default 5). */
  tail(counts?: Counts<Dims>): DataArray<Dims, T> {
    return this.via((ds) => tail(ds, counts));
  }

  /** Every n-th value along each dimension named. */
  thin(steps: Counts<Dims>): DataArray<Dims, T> {
    return this.via((ds) => thin(ds, steps));
  }

  /** Without dimensions of length 1: all of them, or these. */
  squeeze<const K extends Dims = Dims>(
    dims?: OneOrMany<K>,
    options: { readonly drop?: boolean | undefined } = {},
  ): DataArray<Exclude<Dims, K>, T> {
    return this.via((ds) => squeeze(ds, dims, options));
  }

  /** Without the positions of these labels. */
  dropSel(
    labels: { readonly [K in Dims]?: unknown },
    options: { readonly errors?: "raise" | "ignore" | undefined } = {},
  ): DataArray<Dims, T> {
    return this.via((ds) => dropSel(ds, labels, options));
  }

  /** Without these positions. */
  dropIsel(positions: { readonly [K in Dims]?: number | readonly number[] | undefined }): DataArray<Dims, T> {
    return this.via((ds) => dropIsel(ds, positions));
  }

  /** Without repeated labels along these dimensions (`"..."`: all). */
  dropDuplicates(dims: OneOrMany<Dims> | "...", options?: DropDuplicatesOptions): DataArray<Dims, T> {
    return this.via((ds) => dropDuplicates(ds, dims, options));
  }

  /**
   * Conform to new labels: values of labels that are there, `fillValue` (default: missing) elsewhere.
   *
   * @example
   * ```ts
   * da.reindex({ lat: [10, 15, 20] }, { method: "nearest", tolerance: 1 });
   * ```
   */
  reindex(labels: { readonly [K in Dims]?: unknown }, options?: ReindexOptions): DataArray<Dims, any> {
    return this.via((ds) => reindex(ds, labels, options));
  }

  /** Conform to the labels of another object. */
  reindexLike(other: { readonly [PARTS]: unknown }, options?: ReindexOptions): DataArray<Dims, any> {
    const parts = hasParts(other) ? other[PARTS] : (toOperand(other) as never);
    return this.via((ds) => reindexLike(ds, parts, options));
  }

  /** The index of a dimension; positions where it has none. */
  getIndex(name: Dims): Index {
    return getIndex(toDatasetParts(this[PARTS]), name);
  }

  /** Make coordinates the index of a dimension; several become the levels of a multi-index. */
  setIndex(
    indexes: { readonly [dim: string]: string | readonly string[] },
    options: { readonly append?: boolean | undefined } = {},
  ): DataArray<any, T> {
    return this.via((ds) => setIndex(ds, indexes, options));
  }

  /** Turn indexes, or levels of them, back into plain coordinates. */
  resetIndex(names: OneOrMany<string>, options: { readonly drop?: boolean | undefined } = {}): DataArray<any, T> {
    return this.via((ds) => resetIndex(ds, names, options));
  }

  /** Give coordinates an index. */
  setXindex(names: OneOrMany<string>): DataArray<Dims, T> {
    return this.via((ds) => setXindex(ds, names));
  }

  /** Take indexes away and keep their coordinates. */
  dropIndexes(names: OneOrMany<string>, options: { readonly errors?: "raise" | "ignore" | undefined } = {}): DataArray<Dims, T> {
    return this.via((ds) => dropIndexes(ds, names, options));
  }

  /** Another order of the levels of multi-indexes. */
  reorderLevels(orders: { readonly [dim: string]: readonly string[] }): DataArray<Dims, T> {
    return this.via((ds) => reorderLevels(ds, orders));
  }

  /**
   * A copy with the values at `labels` (by label, as in `sel`) replaced: there is no assignment.
   *
   * @throws NotLoadedError on lazy data.
   * @example
   * ```ts
   * da.set({ lat: 20 }, 0);
   * ```
   */
  set(labels: { readonly [K in Dims]?: AnyIndexer | undefined }, value: unknown): DataArray<Dims, T> {
    return this[WRAP](assignRegion(this[PARTS], labels, toOperand(value), "labels"));
  }

  /** A copy with the values at positions replaced, as in `isel`. */
  iset(positions: { readonly [K in Dims]?: AnyIndexer | undefined }, value: unknown): DataArray<Dims, T> {
    return this[WRAP](assignRegion(this[PARTS], positions, toOperand(value), "positions"));
  }
}
