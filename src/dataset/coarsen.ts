/** Blocks of neighbouring positions of a Dataset. */
import { type BlocksFunction, ofVariable } from "../dataarray/coarsen.ts";
import { CoarsenReductions, type KeepAttrs, type Wrap } from "../dataarray/window-reductions.ts";
import type { DataArray, Dataset } from "../model.ts";
import type { ArrayParts, DatasetParts } from "../ops/parts.ts";
import { type Coarsen, coarsenConstruct, coarsenReduce } from "../ops/windows/index.ts";
import type { DimNames, MapUnary, Vars } from "./types.ts";

/** Blocks of a Dataset's variables; those without any of the dimensions stay as they are. */
export class DatasetCoarsen<V extends Vars> extends CoarsenReductions<
  DatasetParts,
  {
    readonly same: Dataset<V>;
    readonly average: Dataset<MapUnary<V>>;
    readonly total: Dataset<MapUnary<V>>;
    readonly count: Dataset<MapUnary<V>>;
    readonly truth: Dataset<MapUnary<V>>;
  }
> {
  private readonly wrapArray: Wrap<ArrayParts, DataArray<any, any>>;

  constructor(
    parts: DatasetParts,
    spec: Coarsen,
    wrap: Wrap<DatasetParts, Dataset<any>>,
    wrapArray: Wrap<ArrayParts, DataArray<any, any>>,
  ) {
    super(parts, spec, wrap);
    this.wrapArray = wrapArray;
  }

  /** Every dimension as two: which block, and where in it. See {@link DataArrayCoarsen.construct}. */
  construct(windowDim: { readonly [K in DimNames<V>]?: readonly [string, string] | undefined }, options?: KeepAttrs): Dataset<any> {
    return this.wrap(
      coarsenConstruct(
        this.parts,
        this.spec,
        windowDim as Readonly<Record<string, readonly [string, string] | undefined>>,
        options?.keepAttrs,
      ),
    );
  }

  /** Reduce every block by a function of one's own. See {@link DataArrayCoarsen.reduce}. */
  reduce(fn: BlocksFunction, options?: KeepAttrs): Dataset<MapUnary<V>> {
    return this.wrap(coarsenReduce(ofVariable(fn, this.wrapArray), this.parts, this.spec, options));
  }
}
