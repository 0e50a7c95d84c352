/** Selecting, reindexing and what indexes are made of, for every variable, as methods. */
import { WRAP_DATASET } from "../dataarray/base.ts";
import type { Counts } from "../dataarray/indexing.ts";
import type { AnyIndexer, OneOrMany } from "../dataarray/types.ts";
import type { Index } from "../indexing/contract.ts";
import type { Dataset } from "../model.ts";
import { toOperand } from "../ops/operand.ts";
import { hasParts, PARTS } from "../ops/parts.ts";
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
import { DatasetBase } from "./base.ts";
import type { DimNames, MapSelect, Vars } from "./types.ts";

/** Dataset's selections; each variable takes part along the dimensions that it has. */
export abstract class DatasetIndexing<V extends Vars> extends DatasetBase<V> {
  /** Select by position. See {@link DataArray.isel}. */
  isel<const I extends { readonly [K in DimNames<V>]?: AnyIndexer | undefined }>(
    indexers: I,
    options?: IselOptions,
  ): Dataset<MapSelect<V, I>> {
    return this[WRAP_DATASET](isel(this[PARTS], indexers, options));
  }

  /** Select by label. See {@link DataArray.sel}. */
  sel<const I extends { readonly [K in DimNames<V>]?: AnyIndexer | undefined }>(labels: I, options?: SelOptions): Dataset<MapSelect<V, I>>;
  sel(labels: { readonly [name: string]: AnyIndexer | undefined }, options?: SelOptions): Dataset<any>;
  sel(labels: { readonly [name: string]: AnyIndexer | undefined }, options?: SelOptions): Dataset<any> {
    return this[WRAP_DATASET](sel(this[PARTS], labels, options));
  }

  /** Select by label: xarray's `loc[{…}]`. */
  loc(labels: { readonly [name: string]: AnyIndexer | undefined }): Dataset<any> {
    return this[WRAP_DATASET](sel(this[PARTS], labels));
  }

  /** The first values along each dimension named (default 5). */
  head(counts?: Counts<DimNames<V>>): Dataset<V> {
    return this[WRAP_DATASET](head(this[PARTS], counts));
  }

  /** The last values along each dimension named (default 5). */
  tail(counts?: Counts<DimNames<V>>): Dataset<V> {
    return this[WRAP_DATASET](tail(this[PARTS], counts));
  }

  /** Every n-th value along each dimension named. */
  thin(steps: Counts<DimNames<V>>): Dataset<V> {
    return this[WRAP_DATASET](thin(this[PARTS], steps));
  }

  /** Without dimensions of length 1: all of them, or these. */
  squeeze(dims?: OneOrMany<DimNames<V>>, options: { readonly drop?: boolean | undefined } = {}): Dataset<any> {
    return this[WRAP_DATASET](squeeze(this[PARTS], dims, options));
  }

  /** Without the positions of these labels. */
  dropSel(
    labels: { readonly [K in DimNames<V>]?: unknown },
    options: { readonly errors?: "raise" | "ignore" | undefined } = {},
  ): Dataset<V> {
    return this[WRAP_DATASET](dropSel(this[PARTS], labels, options));
  }

  /** Without these positions. */
  dropIsel(positions: { readonly [K in DimNames<V>]?: number | readonly number[] | undefined }): Dataset<V> {
    return this[WRAP_DATASET](dropIsel(this[PARTS], positions));
  }

  /** Without repeated labels along these dimensions (`"..."`: all). */
  dropDuplicates(dims: OneOrMany<DimNames<V>> | "...", options?: DropDuplicatesOptions): Dataset<V> {
    return this[WRAP_DATASET](dropDuplicates(this[PARTS], dims, options));
  }

  /** Conform to new labels. See {@link DataArray.reindex}. */
  reindex(labels: { readonly [K in DimNames<V>]?: unknown }, options?: ReindexOptions): Dataset<any> {
    return this[WRAP_DATASET](reindex(this[PARTS], labels, options));
  }

  /** Conform to the labels of another object. */
  reindexLike(other: { readonly [PARTS]: unknown }, options?: ReindexOptions): Dataset<any> {
    const parts = hasParts(other) ? other[PARTS] : (toOperand(other) as never);
    return this[WRAP_DATASET](reindexLike(this[PARTS], parts, options));
  }

  /** The index of a dimension; positions where it has none. */
  getIndex(name: DimNames<V>): Index {
    return getIndex(this[PARTS], name);
  }

  /** Make coordinates the index of a dimension; several become the levels of a multi-index. */
  setIndex(
    indexes: { readonly [dim: string]: string | readonly string[] },
    options: { readonly append?: boolean | undefined } = {},
  ): Dataset<any> {
    return this[WRAP_DATASET](setIndex(this[PARTS], indexes, options));
  }

  /** Turn indexes, or levels of them, back into plain coordinates. */
  resetIndex(names: OneOrMany<string>, options: { readonly drop?: boolean | undefined } = {}): Dataset<any> {
    return this[WRAP_DATASET](resetIndex(this[PARTS], names, options));
  }

  /** Give coordinates an index. */
  setXindex(names: OneOrMany<string>): Dataset<V> {
    return this[WRAP_DATASET](setXindex(this[PARTS], names));
  }

  /** Take indexes away and keep their coordinates. */
  dropIndexes(names: OneOrMany<string>, options: { readonly errors?: "raise" | "ignore" | undefined } = {}): Dataset<V> {
    return this[WRAP_DATASET](dropIndexes(this[PARTS], names, options));
  }

  /** Another order of the levels of multi-indexes. */
  reorderLevels(orders: { readonly [dim: string]: readonly string[] }): Dataset<V> {
    return this[WRAP_DATASET](reorderLevels(this[PARTS], orders));
  }
}
