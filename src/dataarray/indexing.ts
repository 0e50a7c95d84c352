/** Selecting and reindexing, as methods. */
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { PARTS, viaDataset } from "../ops/parts.ts";
import { isel } from "../ops/selecting/index.ts";
import { DataArrayBase, WRAP } from "./base.ts";

/** DataArray's selections. */
export abstract class DataArrayIndexing<Dims extends string, T extends DType> extends DataArrayBase<Dims, T> {
  protected slab(i: number): DataArray<any, T> {
    return this[WRAP](viaDataset(this[PARTS], (ds) => isel(ds, { [this.dims[0]!]: i })));
  }
}
