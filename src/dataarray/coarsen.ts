/** Blocks of neighbouring positions of a DataArray. */
import type { MeanOf, SumOf } from "../dtypes/type-level.ts";
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { type ArrayParts, PARTS } from "../ops/parts.ts";
import { type BlockReduction, type CoarsenOptions as CoarsenOpOptions, coarsenConstruct, coarsenReduce } from "../ops/windows/index.ts";
import type { Variable } from "../variable/variable.ts";
import { CoarsenReductions, type KeepAttrs, type Wrap } from "./window-reductions.ts";

/** A function of blocks: it is given them with the dimensions inside them, which it reduces. */
export type BlocksFunction = (blocks: DataArray<any, any>, dims: readonly string[]) => DataArray<any, any>;

/** Options of `coarsen`. */
export interface CoarsenOptions extends Omit<CoarsenOpOptions, "coordFunc"> {
  /** How coordinates are reduced: for all dimensions, or by coordinate (default `"mean"`). */
  readonly coordFunc?: BlockReduction | BlocksFunction | Readonly<Record<string, BlockReduction | BlocksFunction | undefined>> | undefined;
}

/** Makes a function of DataArrays one of variables. */
export function ofVariable(
  fn: BlocksFunction,
  wrap: Wrap<ArrayParts, DataArray<any, any>>,
): (v: Variable, dims: readonly string[]) => Variable {
  return (variable, dims) => fn(wrap({ variable, name: undefined, coords: new Map(), indexes: new Map() }), dims)[PARTS].variable;
}

/** The options with functions of DataArrays as operations take them. */
export function coarsenOptions({ coordFunc, ...rest }: CoarsenOptions, wrap: Wrap<ArrayParts, DataArray<any, any>>): CoarsenOpOptions {
  const one = (fn: BlockReduction | BlocksFunction | undefined) => (typeof fn === "function" ? ofVariable(fn, wrap) : fn);
  return {
    ...rest,
    coordFunc:
      typeof coordFunc === "object" ? Object.fromEntries(Object.entries(coordFunc).map(([name, fn]) => [name, one(fn)])) : one(coordFunc),
  };
}

/** Blocks of a DataArray: what {@link DataArray.coarsen} gives. */
export class DataArrayCoarsen<Dims extends string, T extends DType> extends CoarsenReductions<
  ArrayParts,
  {
    readonly same: DataArray<Dims, T>;
    readonly average: DataArray<Dims, MeanOf<T>>;
    readonly total: DataArray<Dims, SumOf<T>>;
    readonly count: DataArray<Dims, "int64">;
    readonly truth: DataArray<Dims, "bool">;
  }
> {
  /**
   * Every dimension as two: which block, and where in it.
   *
   * @example
   * ```ts
   * monthly.coarsen({ time: 12 }).construct({ time: ["year", "month"] }); // DataArray<"year" | "month">
   * ```
   */
  construct<const W extends { readonly [K in Dims]?: readonly [string, string] | undefined }>(
    windowDim: W,
    options?: KeepAttrs,
  ): DataArray<Exclude<Dims, keyof W> | NonNullable<W[keyof W & Dims]>[number], T> {
    return this.wrap(coarsenConstruct(this.parts, this.spec, windowDim, options?.keepAttrs));
  }

  /** Reduce every block by a function of one's own: it is given the blocks and the dimensions inside them, which it reduces. */
  reduce<U extends DType = DType>(
    fn: (blocks: DataArray<any, any>, dims: readonly string[]) => DataArray<any, U>,
    options?: KeepAttrs,
  ): DataArray<Dims, U> {
    return this.wrap(coarsenReduce(ofVariable(fn, this.wrap), this.parts, this.spec, options));
  }
}
