/** Missing values, and values chosen, bounded and rounded, as methods of Dataset. */
import { WRAP_DATASET } from "../dataarray/base.ts";
import { boundsOf, type ClipBounds, testArray, whereArguments } from "../dataarray/missing.ts";
import type { DataArray, Dataset } from "../model.ts";
import {
  clip,
  combineFirst,
  type DropnaOptions,
  dropna,
  type FillOptions,
  fillDirection,
  fillna,
  type InterpolateNaOptions,
  interpolateNa,
  isin,
  round,
} from "../ops/missing/index.ts";
import { isScalarOperand, type Operand, type ScalarOperand, toOperand } from "../ops/operand.ts";
import { type DatasetParts, hasParts, PARTS } from "../ops/parts.ts";
import { type WhereOptions, whereOp } from "../ops/where/index.ts";
import { DatasetArithmetic, type DatasetOperand } from "./arithmetic.ts";
import type { DimNames, MapUnary, Vars } from "./types.ts";

type Bound = DatasetOperand | null | undefined;

/** Dataset's methods on missing values: every data variable on its own. */
export abstract class DatasetMissing<V extends Vars> extends DatasetArithmetic<V> {
  #wrap(parts: DatasetParts): Dataset<any> {
    return this[WRAP_DATASET](parts);
  }

  /** Values where `cond` holds, elsewhere missing or `other`. See {@link DataArray.where}. */
  where(
    cond: DataArray<any, any> | Dataset<any> | ((self: this) => DataArray<any, any> | Dataset<any>),
    options?: WhereOptions,
  ): Dataset<MapUnary<V>>;
  where(
    cond: DataArray<any, any> | Dataset<any> | ((self: this) => DataArray<any, any> | Dataset<any>),
    other: DatasetOperand,
    options?: WhereOptions,
  ): Dataset<any>;
  where(cond: unknown, other?: unknown, options?: WhereOptions): Dataset<any> {
    const [value, rest] = whereArguments(other, options);
    return this.#wrap(whereOp<DatasetParts>(this[PARTS], toOperand(typeof cond === "function" ? cond(this) : cond), value, rest));
  }

  /** Missing values replaced: by one value, by an array or dataset, or by a value for each variable named. */
  fillna(value: DatasetOperand | { readonly [K in keyof V]?: ScalarOperand | DataArray<any, any> | undefined }): Dataset<V> {
    return this.#wrap(fillna<DatasetParts>(this[PARTS], fillValues(value)));
  }

  /** Missing values replaced by the last value before them along `dim`. See {@link DataArray.ffill}. */
  ffill(dim: DimNames<V>, options: FillOptions = {}): Dataset<V> {
    return this.#wrap(fillDirection<DatasetParts>(this[PARTS], dim, "forward", options));
  }

  /** Missing values replaced by the next value after them along `dim`. */
  bfill(dim: DimNames<V>, options: FillOptions = {}): Dataset<V> {
    return this.#wrap(fillDirection<DatasetParts>(this[PARTS], dim, "backward", options));
  }

  /** Missing values interpolated along `dim`. See {@link DataArray.interpolateNa}. */
  interpolateNa(dim: DimNames<V>, options?: InterpolateNaOptions): Dataset<V> {
    return this.#wrap(interpolateNa(this[PARTS], dim, options));
  }

  /** Without the positions along `dim` at which any variable (of `subset`) is missing. See {@link DataArray.dropna}. */
  dropna(dim: DimNames<V>, options?: DropnaOptions): Dataset<V> {
    return this.#wrap(dropna(this[PARTS], dim, options));
  }

  /** This dataset, and where it is missing, has no label or no variable those of `other`. */
  combineFirst(other: Dataset<any>): Dataset<any> {
    return this.#wrap(combineFirst<DatasetParts>(this[PARTS], other[PARTS]));
  }

  /** Whether each value is one of `test`. */
  isin(test: ArrayLike<unknown> | DataArray<any, any>): Dataset<any> {
    return this.#wrap(isin<DatasetParts>(this[PARTS], testArray(test)));
  }

  /** Values raised to `min` and lowered to `max`; missing ones stay. */
  clip(bounds: Omit<ClipBounds, "min" | "max"> & { readonly min?: Bound; readonly max?: Bound }): Dataset<MapUnary<V>> {
    return this.#wrap(clip<DatasetParts>(this[PARTS], boundsOf(bounds), bounds.keepAttrs));
  }

  /** Rounded to `decimals` places (default 0), ties to even. */
  round(decimals = 0): Dataset<V> {
    return this.#wrap(round<DatasetParts>(this[PARTS], decimals));
  }
}

function fillValues(value: unknown): Operand | ReadonlyMap<string, Operand> {
  const isRecord =
    typeof value === "object" &&
    value !== null &&
    !hasParts(value) &&
    Object.getPrototypeOf(value) === Object.prototype &&
    !isScalarOperand(value as Operand);
  return isRecord ? new Map(Object.entries(value as object).map(([name, own]) => [name, toOperand(own)])) : toOperand(value);
}
