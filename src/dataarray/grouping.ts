/** Groups of labels, bins and spans of time, as methods. */
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { BinGrouper, type BinOptions, type Bins, type Grouper, groupParts, toGroupInput } from "../ops/groupby/index.ts";
import { PARTS } from "../ops/parts.ts";
import { type ResampleOpOptions, resampleParts } from "../ops/resample/index.ts";
import { DataArrayFitting } from "./fitting.ts";
import { DataArrayGroupBy } from "./groupby.ts";
import { DataArrayResample } from "./resample.ts";
import type { TimeComponent } from "./types.ts";

/** The dimension that a group's name becomes: `month` for `"time.month"`. */
export type GroupName<G extends string> = G extends `${string}.${infer C}` ? C : G;
/** The dimension that is grouped by a name, where the type says so. */
export type GroupDim<G extends string, D extends string> = G extends `${infer V}.${string}`
  ? V extends D
    ? V
    : never
  : G extends D
    ? G
    : never;
/** A dimension, a part of its times, or a coordinate whose dimensions the type does not know. */
export type GroupKeyName<D extends string, G extends string> = G extends `${string}.${infer C}`
  ? C extends TimeComponent
    ? G
    : `${D}.${TimeComponent}`
  : G;
/** An array in groups by a name. */
export type GroupedByName<D extends string, T extends DType, G extends string> = [GroupDim<G, D>] extends [never]
  ? DataArrayGroupBy<any, T, any, any>
  : DataArrayGroupBy<D, T, GroupDim<G, D>, GroupName<G>>;

/** DataArray's ways into groups. */
export abstract class DataArrayGrouping<Dims extends string, T extends DType> extends DataArrayFitting<Dims, T> {
  /**
   * Groups by a coordinate, a part of times (`"time.month"`), an array of labels, several names, or groupers
   * by name.
   *
   * @throws CoordinateError for a name that is not there; NotLoadedError where what is grouped by is lazy.
   * @example
   * ```ts
   * air.groupby("time.season").mean();
   * air.groupby({ lat: new groupers.BinGrouper({ bins: [-90, 0, 90] }), time: new groupers.SeasonGrouper({ seasons: ["DJF", "JJA"] }) }).mean();
   * ```
   */
  groupby<const G extends string>(group: GroupKeyName<Dims, G> & G): GroupedByName<Dims, T, G>;
  groupby<E extends string>(group: DataArray<E, any>): DataArrayGroupBy<Dims, T, E, any>;
  groupby(group: readonly string[] | { readonly [name: string]: Grouper }): DataArrayGroupBy<any, T, any, any, true>;
  groupby(group: unknown): unknown {
    return new DataArrayGroupBy(this, groupParts(this[PARTS], toGroupInput(group)));
  }

  /**
   * Groups by bins of a coordinate, given by their edges or their number, along a dimension `<name>_bins`
   * whose labels are texts such as `(0, 10]`, or `labels`.
   *
   * @throws ArgumentError where edges do not rise, or no value is in a bin.
   */
  groupbyBins(group: string | DataArray<any, any>, bins: Bins, options: BinOptions = {}): DataArrayGroupBy<any, T, any, any, true> {
    return new DataArrayGroupBy(this, groupParts(this[PARTS], toGroupInput(group), undefined, new BinGrouper({ bins, ...options })));
  }

  /**
   * Spans of time along one dimension, by a frequency such as `"MS"`, `"10D"`, `"QS-DEC"`, or by a grouper.
   *
   * @throws DTypeError where the labels are no times; ArgumentError for a frequency that is none.
   * @example
   * ```ts
   * air.resample({ time: "MS" }).mean();
   * air.resample({ time: "12h" }, { offset: "6h", closed: "right" }).sum();
   * ```
   */
  resample<const I extends { readonly [K in Dims]?: string | Grouper | undefined }>(
    spec: I,
    options?: ResampleOpOptions,
  ): DataArrayResample<Dims, T, Extract<keyof I, Dims>> {
    return new DataArrayResample(this, resampleParts(this[PARTS], spec, options));
  }
}
