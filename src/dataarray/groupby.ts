/** An array in groups: what `groupby` gives. */
import type { BinaryName, ReduceName } from "../array/index.ts";
import type { DivideOf, MeanOf, MissingOf, PromoteOf, SumOf } from "../dtypes/type-level.ts";
import type { DType } from "../dtypes/types.ts";
import type { DataArray, Dataset } from "../model.ts";
import type { ArithmeticOptions } from "../ops/arithmetic/index.ts";
import {
  type ArrayReduction,
  asGrouped,
  assembleGroups,
  cumulativeGroups,
  type Grouping,
  groupBinary,
  groupFillna,
  groupWhere,
  medianGroups,
  quantileGroups,
  reduceEach,
  reduceGroups,
} from "../ops/groupby/index.ts";
import { type ScalarOperand, toOperand } from "../ops/operand.ts";
import { type ArrayParts, type DatasetParts, fromDatasetParts, isDatasetParts, PARTS, toDatasetParts } from "../ops/parts.ts";
import type { QuantileOptions, ReduceOpOptions } from "../ops/reduce/index.ts";
import { type DataArrayBase, WRAP, WRAP_DATASET } from "./base.ts";
import { Grouped } from "./grouped.ts";
import { splitOptions } from "./reductions.ts";
import type { OneOrMany, ReductionOptions } from "./types.ts";

/** The dimensions of `D` after a reduction of groups over `K`: groups along `R` become `N` where `R` is among them. */
export type GroupedDims<D, R, N, K> = [Extract<R, K>] extends [never] ? Exclude<D, K> : Exclude<D, K> | N;
/** A dtype with room for groups without a member, where there can be some. */
export type WithGaps<T extends DType, Gaps extends boolean> = Gaps extends true ? T | MissingOf<T> : T;
/** Options of sums and products. */
export type CountOptions = ReductionOptions & { readonly minCount?: number | undefined };
/** Options of deviations. */
export type SpreadOptions = ReductionOptions & { readonly ddof?: number | undefined };
/** What a grouped reduction takes: dimensions, all of them, or its options. */
export type GroupedOver<D, O = never> = D | readonly D[] | "..." | O | undefined;
/** The dimensions that {@link GroupedOver} names: the grouped ones where it names none. */
export type DimsOver<A, D, R> = A extends "..." ? D : A extends string ? A : A extends readonly (infer K)[] ? K : R;
/** What has one value for every group. */
export type GroupOperand = DataArray<any, any> | Dataset<any>;
/** The dtype of an operand; any for a dataset. */
type DTypeOf<O> = O extends DataArray<any, infer U> ? U : any;
/** An array in groups `N` with one value for each of them: an array, or a dataset where the operand is one. */
export type Combined<D extends string, N, O, U extends DType> =
  O extends DataArray<infer E, any> ? DataArray<D | Exclude<E, N>, U> : Dataset<any>;

/**
 * An array in groups along `R`, which become the dimension `N`.
 *
 * Reductions go over the grouped dimensions where none is named, and over all for `"..."`; they stay
 * lazy. Groups that no value is in are missing in the result.
 *
 * @example
 * ```ts
 * air.groupby("time.month").mean(); // DataArray<"month" | "lat" | "lon">
 * air.groupby("time.month").sub(air.groupby("time.month").mean()); // anomalies
 * for (const [letter, part] of da.groupby("letter")) console.log(letter, part.sizes);
 * ```
 */
export class DataArrayGroupBy<
  D extends string,
  T extends DType,
  R extends string,
  N extends string,
  Gaps extends boolean = false,
> extends Grouped<DataArray<D, T>> {
  /** What is cut up. */
  protected readonly owner: DataArrayBase<any, any>;

  constructor(owner: DataArrayBase<any, any>, grouping: Grouping) {
    super(grouping);
    this.owner = owner;
  }

  protected wrap(parts: DatasetParts): DataArray<any, any> {
    return this.owner[WRAP](asGrouped(this.grouping, parts) as ArrayParts);
  }

  private reduced(name: ReduceName, dim: unknown, options?: ReduceOpOptions): DataArray<any, any> {
    const [dims, rest] = splitOptions(dim, options);
    return this.wrap(reduceGroups(name, this.grouping, dims, rest));
  }

  /** Sum of every group. See {@link DataArray.sum}. */
  sum<const A extends GroupedOver<D, CountOptions> = undefined>(
    dim?: A,
    options?: CountOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, WithGaps<SumOf<T>, Gaps>> {
    return this.reduced("sum", dim, options);
  }

  /** Product of every group. */
  prod<const A extends GroupedOver<D, CountOptions> = undefined>(
    dim?: A,
    options?: CountOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, WithGaps<SumOf<T>, Gaps>> {
    return this.reduced("prod", dim, options);
  }

  /** Arithmetic mean of every group. */
  mean<const A extends GroupedOver<D, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, MeanOf<T>> {
    return this.reduced("mean", dim, options);
  }

  /** Standard deviation of every group. */
  std<const A extends GroupedOver<D, SpreadOptions> = undefined>(
    dim?: A,
    options?: SpreadOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, MeanOf<T>> {
    return this.reduced("std", dim, options);
  }

  /** Variance of every group. */
  var<const A extends GroupedOver<D, SpreadOptions> = undefined>(
    dim?: A,
    options?: SpreadOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, MeanOf<T>> {
    return this.reduced("var", dim, options);
  }

  /** Least value of every group. */
  min<const A extends GroupedOver<D, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, WithGaps<T, Gaps>> {
    return this.reduced("min", dim, options);
  }

  /** Greatest value of every group. */
  max<const A extends GroupedOver<D, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, WithGaps<T, Gaps>> {
    return this.reduced("max", dim, options);
  }

  /** Median of every group. */
  median<const A extends GroupedOver<D, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, MeanOf<T>> {
    const [dims, rest] = splitOptions(dim, options);
    return this.wrap(medianGroups(this.grouping, dims, rest));
  }

  /** Number of values that are there in every group. */
  count<const A extends GroupedOver<D, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, WithGaps<"int64", Gaps>> {
    return this.reduced("count", dim, options);
  }

  /** Whether any value of every group is true. */
  any<const A extends GroupedOver<D, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, WithGaps<"bool", Gaps>> {
    return this.reduced("any", dim, options);
  }

  /** Whether all values of every group are true. */
  all<const A extends GroupedOver<D, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, WithGaps<"bool", Gaps>> {
    return this.reduced("all", dim, options);
  }

  /** First value of every group (by default the first that is not missing). */
  first(options?: ReductionOptions): DataArray<GroupedDims<D, R, N, R>, WithGaps<T, Gaps>> {
    return this.reduced("first", undefined, options);
  }

  /** Last value of every group (by default the last that is not missing). */
  last(options?: ReductionOptions): DataArray<GroupedDims<D, R, N, R>, WithGaps<T, Gaps>> {
    return this.reduced("last", undefined, options);
  }

  /** Quantiles of every group, with `q` between 0 and 1: a list gives a new last dimension `quantile`. */
  quantile<const Q extends number | readonly number[], const A extends GroupedOver<D> = undefined>(
    q: Q,
    dim?: A,
    options?: QuantileOptions,
  ): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>> | (Q extends number ? never : "quantile"), MeanOf<T>> {
    return this.wrap(quantileGroups(this.grouping, q, dim, options));
  }

  /** Running sum within every group; positions stay. */
  cumsum(dim?: OneOrMany<D> | "...", options?: ReductionOptions): DataArray<D, SumOf<T>> {
    return this.wrap(cumulativeGroups("sum", this.grouping, ...splitOptions(dim, options)));
  }

  /** Running product within every group; positions stay. */
  cumprod(dim?: OneOrMany<D> | "...", options?: ReductionOptions): DataArray<D, SumOf<T>> {
    return this.wrap(cumulativeGroups("prod", this.grouping, ...splitOptions(dim, options)));
  }

  /**
   * Apply a function to every group and put the results together: back in place where they keep the
   * grouped dimension, else along the dimension of the groups.
   *
   * @example
   * ```ts
   * da.groupby("time.year").map((year) => year.sub(year.mean("time")));
   * ```
   */
  map<E extends string, U extends DType>(
    fn: (group: DataArray<D, T>) => DataArray<E, U>,
  ): DataArray<[Extract<R, E>] extends [never] ? E | N : E, U> {
    const applied = Array.from(this, ([, group]) => toDatasetParts(fn(group)[PARTS]));
    return this.wrap(assembleGroups(this.grouping, applied));
  }

  /** Every group reduced by a function of one's own, of its values in memory and the axes that go. */
  reduce<const A extends GroupedOver<D> = undefined>(fn: ArrayReduction, dim?: A): DataArray<GroupedDims<D, R, N, DimsOver<A, D, R>>, any> {
    return this.wrap(reduceEach(this.grouping, fn, dim));
  }

  private combined(name: BinaryName, other: unknown, options?: ArithmeticOptions): any {
    const result = groupBinary(name, this.grouping, toOperand(other), options);
    return isDatasetParts(result) ? this.owner[WRAP_DATASET](result) : this.owner[WRAP](result);
  }

  /** `a + b`, where `b` has one value for every group. */
  add<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, PromoteOf<T, DTypeOf<O>>> {
    return this.combined("add", other, options);
  }

  /**
   * `a - b`, where `b` has one value for every group: anomalies from a climatology.
   *
   * @throws DimensionError where `other` lacks the dimension of the groups.
   */
  sub<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, PromoteOf<T, DTypeOf<O>>> {
    return this.combined("sub", other, options);
  }

  /** `a * b`, where `b` has one value for every group. */
  mul<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, PromoteOf<T, DTypeOf<O>>> {
    return this.combined("mul", other, options);
  }

  /** `a / b`, where `b` has one value for every group. */
  div<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, DivideOf<T, DTypeOf<O>>> {
    return this.combined("div", other, options);
  }

  /** `a // b`, where `b` has one value for every group. */
  floordiv<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, PromoteOf<T, DTypeOf<O>>> {
    return this.combined("floordiv", other, options);
  }

  /** `a % b`, where `b` has one value for every group. */
  mod<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, PromoteOf<T, DTypeOf<O>>> {
    return this.combined("mod", other, options);
  }

  /** `a ** b`, where `b` has one value for every group. */
  pow<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, PromoteOf<T, DTypeOf<O>>> {
    return this.combined("pow", other, options);
  }

  /** `a == b`, where `b` has one value for every group. */
  eq<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, "bool"> {
    return this.combined("eq", other, options);
  }

  /** `a != b`, where `b` has one value for every group. */
  ne<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, "bool"> {
    return this.combined("ne", other, options);
  }

  /** `a < b`, where `b` has one value for every group. */
  lt<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, "bool"> {
    return this.combined("lt", other, options);
  }

  /** `a <= b`, where `b` has one value for every group. */
  le<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, "bool"> {
    return this.combined("le", other, options);
  }

  /** `a > b`, where `b` has one value for every group. */
  gt<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, "bool"> {
    return this.combined("gt", other, options);
  }

  /** `a >= b`, where `b` has one value for every group. */
  ge<O extends GroupOperand>(other: O, options?: ArithmeticOptions): Combined<D, N, O, "bool"> {
    return this.combined("ge", other, options);
  }

  /** Missing values replaced by a value, or by that of their group. */
  fillna(value: ScalarOperand | DataArray<any, any>): DataArray<D, T> {
    return this.owner[WRAP](groupFillna(this.grouping, toOperand(value)) as ArrayParts);
  }

  /** Values where `cond` holds, else `other` (default: missing); the condition may be one for every group. */
  where(cond: DataArray<any, any>, other?: ScalarOperand): DataArray<D, MissingOf<T>> {
    return this.owner[WRAP](groupWhere(this.grouping, toOperand(cond), other) as ArrayParts);
  }

  /** The dimensions of a group. */
  get dims(): readonly string[] {
    return fromDatasetParts(this.grouping.parts, undefined).variable.dims;
  }
}
