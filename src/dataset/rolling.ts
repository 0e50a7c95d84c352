/** Rolling windows of a Dataset. */
import { type KeepAttrs, RollingReductions, type Wrap } from "../dataarray/window-reductions.ts";
import type { DataArray, Dataset } from "../model.ts";
import { type ArrayParts, arrayOf, type DatasetParts, PARTS } from "../ops/parts.ts";
import { type ConstructOptions, eachWindowed, type Rolling, rollingConstruct, whereEnough } from "../ops/windows/index.ts";
import type { DimNames, MapUnary, Vars } from "./types.ts";

/** Rolling windows of a Dataset's variables; those without any of the dimensions stay as they are. */
export class DatasetRolling<V extends Vars> extends RollingReductions<DatasetParts, Dataset<MapUnary<V>>> {
  private readonly wrapArray: Wrap<ArrayParts, DataArray<any, any>>;

  constructor(
    parts: DatasetParts,
    spec: Rolling,
    wrap: Wrap<DatasetParts, Dataset<any>>,
    wrapArray: Wrap<ArrayParts, DataArray<any, any>>,
  ) {
    super(parts, spec, wrap);
    this.wrapArray = wrapArray;
  }

  /** The windows as new last dimensions. See {@link DataArrayRolling.construct}. */
  construct(windowDim: string | { readonly [K in DimNames<V>]?: string | undefined }, options?: ConstructOptions): Dataset<any> {
    return this.wrap(rollingConstruct(this.parts, this.spec, windowDim as string, options));
  }

  /** Reduce every window by a function of one's own. See {@link DataArrayRolling.reduce}. */
  reduce(fn: (windows: DataArray<any, any>, dims: readonly string[]) => DataArray<any, any>, options?: KeepAttrs): Dataset<MapUnary<V>> {
    return this.wrap(
      eachWindowed(this.parts, this.spec, options?.keepAttrs, (v, own, name) => {
        const dims = own.map(({ dim }) => [dim, `${dim}_window`] as const);
        const windows = rollingConstruct(arrayOf(this.parts, name!), { ...this.spec, windows: own }, Object.fromEntries(dims), options);
        const reduced = fn(
          this.wrapArray(windows),
          dims.map(([, inside]) => inside),
        );
        return whereEnough(reduced[PARTS].variable, v, this.spec);
      }),
    );
  }
}
