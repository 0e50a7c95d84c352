/** Groups of labels, bins and spans of time, as methods of Dataset. */
import type { GroupDim, GroupKeyName, GroupName } from "../dataarray/grouping.ts";
import type { DataArray } from "../model.ts";
import { BinGrouper, type BinOptions, type Bins, type Grouper, groupParts, toGroupInput } from "../ops/groupby/index.ts";
import { PARTS } from "../ops/parts.ts";
import { type ResampleOpOptions, resampleParts } from "../ops/resample/index.ts";
import { DatasetFitting } from "./fitting.ts";
import { DatasetGroupBy } from "./groupby.ts";
import { DatasetResample } from "./resample.ts";
import type { DimNames, Vars } from "./types.ts";

/** A dataset in groups by a name. */
export type DatasetGroupedByName<V extends Vars, G extends string> = [GroupDim<G, DimNames<V>>] extends [never]
  ? DatasetGroupBy<any, any, any>
  : DatasetGroupBy<V, GroupDim<G, DimNames<V>>, GroupName<G>>;

/** Dataset's ways into groups. */
export abstract class DatasetGrouping<V extends Vars> extends DatasetFitting<V> {
  /** Groups by a coordinate, a variable, a part of times (`"time.month"`), an array of labels, several names, or groupers by name. See {@link DataArray.groupby}. */
  groupby<const G extends string>(group: GroupKeyName<DimNames<V>, G> & G): DatasetGroupedByName<V, G>;
  groupby<E extends string>(group: DataArray<E, any>): DatasetGroupBy<V, E, any>;
  groupby(group: readonly string[] | { readonly [name: string]: Grouper }): DatasetGroupBy<any, any, any>;
  groupby(group: unknown): unknown {
    return new DatasetGroupBy(this, groupParts(this[PARTS], toGroupInput(group)));
  }

  /** Groups by bins of a coordinate or variable. See {@link DataArray.groupbyBins}. */
  groupbyBins(group: string | DataArray<any, any>, bins: Bins, options: BinOptions = {}): DatasetGroupBy<any, any, any> {
    return new DatasetGroupBy(this, groupParts(this[PARTS], toGroupInput(group), undefined, new BinGrouper({ bins, ...options })));
  }

  /** Spans of time along one dimension. See {@link DataArray.resample}. */
  resample<const I extends { readonly [K in DimNames<V>]?: string | Grouper | undefined }>(
    spec: I,
    options?: ResampleOpOptions,
  ): DatasetResample<V, Extract<keyof I, DimNames<V>>> {
    return new DatasetResample(this, resampleParts(this[PARTS], spec, options));
  }
}
