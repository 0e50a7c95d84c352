/** Missing values, and values chosen, bounded and rounded, as methods of DataArray. */
import { asArray } from "../array/create.ts";
import type { AnyArray } from "../array/lazy.ts";
import type { MissingOf } from "../dtypes/type-level.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError } from "../errors.ts";
import type { DataArray } from "../model.ts";
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
import { type Operand, toOperand } from "../ops/operand.ts";
import { type ArrayParts, hasParts, isDatasetParts, PARTS } from "../ops/parts.ts";
import { type WhereOptions, whereOp } from "../ops/where/index.ts";
import { type ArrayOperand, DataArrayArithmetic } from "./arithmetic.ts";
import { WRAP } from "./base.ts";

/** Bounds of `clip`; arrays are aligned exactly. */
export interface ClipBounds {
  readonly min?: ArrayOperand<any, any> | null | undefined;
  readonly max?: ArrayOperand<any, any> | null | undefined;
  readonly keepAttrs?: boolean | undefined;
}

/** DataArray's methods on missing values, and on single values that belong to no other theme. */
export abstract class DataArrayMissing<Dims extends string, T extends DType> extends DataArrayArithmetic<Dims, T> {
  /**
   * Values where `cond` holds, elsewhere missing or `other`.
   *
   * Without `other` labels in common are kept, and integers become floats; `drop` drops labels for which
   * the condition never holds. `cond` may be a function of the array.
   *
   * @example
   * ```ts
   * air.where(air.gt(273.15));
   * air.where((a) => a.get("lat").gt(0), { drop: true });
   * ```
   */
  where<E extends string = never>(
    cond: DataArray<E, any> | ((self: this) => DataArray<E, any>),
    options?: WhereOptions,
  ): DataArray<Dims | E, MissingOf<T>>;
  where<E extends string = never>(
    cond: DataArray<E, any> | ((self: this) => DataArray<E, any>),
    other: ArrayOperand<any, any>,
    options?: WhereOptions,
  ): DataArray<any, any>;
  where(cond: unknown, other?: unknown, options?: WhereOptions): DataArray<any, any> {
    const [value, rest] = whereArguments(other, options);
    return this[WRAP](whereOp<ArrayParts>(this[PARTS], toOperand(typeof cond === "function" ? cond(this) : cond), value, rest));
  }

  /** Missing values replaced by a value, or by those of an array aligned to this one. */
  fillna<E extends string = never>(value: ArrayOperand<E, any>): DataArray<Dims | E, T> {
    return this[WRAP](fillna<ArrayParts>(this[PARTS], toOperand(value)));
  }

  /** Missing values replaced by the last value before them along `dim`, at most `limit` in a row. */
  ffill(dim: Dims, options: FillOptions = {}): DataArray<Dims, T> {
    return this[WRAP](fillDirection<ArrayParts>(this[PARTS], dim, "forward", options));
  }

  /** Missing values replaced by the next value after them along `dim`, at most `limit` in a row. */
  bfill(dim: Dims, options: FillOptions = {}): DataArray<Dims, T> {
    return this[WRAP](fillDirection<ArrayParts>(this[PARTS], dim, "backward", options));
  }

  /**
   * Missing values interpolated along `dim` from the values around them.
   *
   * @throws CoordinateError where the coordinate does not rise strictly.
   * @example
   * ```ts
   * series.interpolateNa("time", { maxGap: "3D" });
   * ```
   */
  interpolateNa(dim: Dims, options?: InterpolateNaOptions): DataArray<Dims, T> {
    return this.via((ds) => interpolateNa(ds, dim, options));
  }

  /**
   * Without the positions along `dim` at which values are missing.
   *
   * @throws NotLoadedError on lazy data, whose values decide the shape.
   */
  dropna(dim: Dims, options?: Omit<DropnaOptions, "subset">): DataArray<Dims, T> {
    return this.via((ds) => dropna(ds, dim, options));
  }

  /** This array, and where it is missing or has no label the values of `other`; labels of both. */
  combineFirst<E extends string, U extends DType>(other: DataArray<E, U>): DataArray<Dims | E, any> {
    return this[WRAP](combineFirst<ArrayParts>(this[PARTS], other[PARTS]));
  }

  /** Whether each value is one of `test`: a list, or an array of any shape. */
  isin(test: ArrayLike<unknown> | DataArray<any, any>): DataArray<Dims, "bool"> {
    return this[WRAP](isin<ArrayParts>(this[PARTS], testArray(test)));
  }

  /**
   * Values raised to `min` and lowered to `max`; missing ones stay.
   *
   * @example
   * ```ts
   * rain.clip({ min: 0 });
   * ```
   */
  clip(bounds: ClipBounds): DataArray<Dims, any> {
    return this[WRAP](clip<ArrayParts>(this[PARTS], boundsOf(bounds), bounds.keepAttrs));
  }

  /** Rounded to `decimals` places (default 0; negative: before the point), ties to even. */
  round(decimals = 0): DataArray<Dims, T> {
    return this[WRAP](round<ArrayParts>(this[PARTS], decimals));
  }
}

/** `other` may be left out, and options take its place. */
export function whereArguments(other: unknown, options: WhereOptions | undefined): [Operand | undefined, WhereOptions | undefined] {
  if (other === undefined) return [undefined, options];
  const isOptions = typeof other === "object" && other !== null && Object.getPrototypeOf(other) === Object.prototype && !("re" in other);
  return isOptions ? [undefined, other as WhereOptions] : [toOperand(other), options];
}

/** Bounds as operations take them. */
export function boundsOf(bounds: { readonly min?: unknown; readonly max?: unknown }): { min?: Operand; max?: Operand } {
  if (typeof bounds !== "object" || bounds === null || hasParts(bounds))
    throw new ArgumentError("clip takes its bounds by name: clip({ min, max })", {});
  const { min, max } = bounds;
  return { ...(min === undefined ? {} : { min: toOperand(min) }), ...(max === undefined ? {} : { max: toOperand(max) }) };
}

/** The members that `isin` looks for. */
export function testArray(test: unknown): AnyArray {
  if (!hasParts(test)) return asArray(test);
  const parts = test[PARTS];
  if (isDatasetParts(parts)) throw new ArgumentError("isin looks for values of a list or an array; a dataset is neither", {});
  return parts.variable.array;
}
