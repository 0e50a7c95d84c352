/** A dataset in groups: what `groupby` gives. */
import type { BinaryName, ReduceName } from "../array/index.ts";
import { WRAP, WRAP_DATASET } from "../dataarray/base.ts";
import type { CountOptions, DimsOver, GroupedDims, GroupedOver, GroupOperand, SpreadOptions } from "../dataarray/groupby.ts";
import { Grouped } from "../dataarray/grouped.ts";
import { splitOptions } from "../dataarray/reductions.ts";
import type { OneOrMany, ReductionOptions } from "../dataarray/types.ts";
import type { DataArray, Dataset } from "../model.ts";
import type { ArithmeticOptions } from "../ops/arithmetic/index.ts";
import {
  type ArrayReduction,
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
import {
  type ArrayParts,
  type DatasetParts,
  fromDatasetParts,
  type HasParts,
  isDatasetParts,
  PARTS,
  sizesOf,
  toDatasetParts,
} from "../ops/parts.ts";
import type { QuantileOptions, ReduceOpOptions } from "../ops/reduce/index.ts";
import type { DatasetBase } from "./base.ts";
import type { DimNames, Vars } from "./types.ts";

/** The variables after a reduction of groups along `R`, which become `N`, over `K`; those without `R` repeat for every group. */
export type MapGrouped<V, R, N extends string, K> = {
  [M in keyof V]: V[M] extends DataArray<infer D, any> ? DataArray<GroupedDims<D | Extract<R, string>, R, N, K>, any> : never;
};

/**
 * A dataset in groups along `R`, which become the dimension `N`, the first of every variable. Variables
 * without `R` repeat for every group. See {@link DataArrayGroupBy}.
 *
 * @example
 * ```ts
 * ds.groupby("time.month").mean();
 * ```
 */
export class DatasetGroupBy<V extends Vars, R extends string, N extends string> extends Grouped<Dataset<V>> {
  /** What is cut up. */
  protected readonly owner: DatasetBase<any>;

  constructor(owner: DatasetBase<any>, grouping: Grouping) {
    super(grouping);
    this.owner = owner;
  }

  protected wrap(parts: DatasetParts): Dataset<any> {
    return this.owner[WRAP_DATASET](parts);
  }

  private reduced(name: ReduceName, dim: unknown, options?: ReduceOpOptions): Dataset<any> {
    const [dims, rest] = splitOptions(dim, options);
    return this.wrap(reduceGroups(name, this.grouping, dims, rest));
  }

  /** Sum of every group. See {@link DataArrayGroupBy.sum}. */
  sum<const A extends GroupedOver<DimNames<V>, CountOptions> = undefined>(
    dim?: A,
    options?: CountOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.reduced("sum", dim, options);
  }

  /** Product of every group. See {@link DataArrayGroupBy.prod}. */
  prod<const A extends GroupedOver<DimNames<V>, CountOptions> = undefined>(
    dim?: A,
    options?: CountOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.reduced("prod", dim, options);
  }

  /** Arithmetic mean of every group. See {@link DataArrayGroupBy.mean}. */
  mean<const A extends GroupedOver<DimNames<V>, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.reduced("mean", dim, options);
  }

  /** Standard deviation of every group. See {@link DataArrayGroupBy.std}. */
  std<const A extends GroupedOver<DimNames<V>, SpreadOptions> = undefined>(
    dim?: A,
    options?: SpreadOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.reduced("std", dim, options);
  }

  /** Variance of every group. See {@link DataArrayGroupBy.var}. */
  var<const A extends GroupedOver<DimNames<V>, SpreadOptions> = undefined>(
    dim?: A,
    options?: SpreadOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.reduced("var", dim, options);
  }

  /** Least value of every group. See {@link DataArrayGroupBy.min}. */
  min<const A extends GroupedOver<DimNames<V>, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.reduced("min", dim, options);
  }

  /** Greatest value of every group. See {@link DataArrayGroupBy.max}. */
  max<const A extends GroupedOver<DimNames<V>, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.reduced("max", dim, options);
  }

  /** Number of values that are there of every group. See {@link DataArrayGroupBy.count}. */
  count<const A extends GroupedOver<DimNames<V>, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.reduced("count", dim, options);
  }

  /** Whether any value of every group is true. See {@link DataArrayGroupBy.any}. */
  any<const A extends GroupedOver<DimNames<V>, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.reduced("any", dim, options);
  }

  /** Whether all values are true of every group. See {@link DataArrayGroupBy.all}. */
  all<const A extends GroupedOver<DimNames<V>, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.reduced("all", dim, options);
  }

  /** First value of every group (by default the first that is not missing). */
  first(options?: ReductionOptions): Dataset<MapGrouped<V, R, N, R>> {
    return this.reduced("first", undefined, options);
  }

  /** Last value of every group (by default the last that is not missing). */
  last(options?: ReductionOptions): Dataset<MapGrouped<V, R, N, R>> {
    return this.reduced("last", undefined, options);
  }

  /** Median of every group. See {@link DataArrayGroupBy.median}. */
  median<const A extends GroupedOver<DimNames<V>, ReductionOptions> = undefined>(
    dim?: A,
    options?: ReductionOptions,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    const [dims, rest] = splitOptions(dim, options);
    return this.wrap(medianGroups(this.grouping, dims, rest));
  }

  /** Quantiles of every group. See {@link DataArrayGroupBy.quantile}. */
  quantile<const A extends GroupedOver<DimNames<V>> = undefined>(
    q: number | readonly number[],
    dim?: A,
    options?: QuantileOptions,
  ): Dataset<any> {
    return this.wrap(quantileGroups(this.grouping, q, dim, options));
  }

  /** Running sum within every group; positions stay. */
  cumsum(dim?: OneOrMany<DimNames<V>> | "...", options?: ReductionOptions): Dataset<V> {
    return this.wrap(cumulativeGroups("sum", this.grouping, ...splitOptions(dim, options)));
  }

  /** Running product within every group; positions stay. */
  cumprod(dim?: OneOrMany<DimNames<V>> | "...", options?: ReductionOptions): Dataset<V> {
    return this.wrap(cumulativeGroups("prod", this.grouping, ...splitOptions(dim, options)));
  }

  /** Apply a function to every group and put the results together. See {@link DataArrayGroupBy.map}. */
  map<W extends Vars>(fn: (group: Dataset<V>) => Dataset<W>): Dataset<any>;
  map(fn: (group: Dataset<V>) => DataArray<any, any>): DataArray<any, any>;
  map(fn: (group: Dataset<V>) => HasParts): unknown {
    const applied = Array.from(this, ([, group]) => fn(group)[PARTS]);
    const first = applied[0]!;
    if (isDatasetParts(first)) return this.wrap(assembleGroups(this.grouping, applied as DatasetParts[]));
    const joined = assembleGroups(
      this.grouping,
      applied.map((parts) => toDatasetParts(parts as ArrayParts)),
    );
    return this.owner[WRAP](fromDatasetParts(joined, first.name));
  }

  /** Every group reduced by a function of one's own, of its values in memory and the axes that go. */
  reduce<const A extends GroupedOver<DimNames<V>> = undefined>(
    fn: ArrayReduction,
    dim?: A,
  ): Dataset<MapGrouped<V, R, N, DimsOver<A, DimNames<V>, R>>> {
    return this.wrap(reduceEach(this.grouping, fn, dim));
  }

  private combined(name: BinaryName, other: unknown, options?: ArithmeticOptions): Dataset<any> {
    return this.wrap(groupBinary(name, this.grouping, toOperand(other), options) as DatasetParts);
  }

  /** `a + b`, where `b` has one value for every group. */
  add(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("add", other, options);
  }

  /** `a - b`, where `b` has one value for every group. */
  sub(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("sub", other, options);
  }

  /** `a * b`, where `b` has one value for every group. */
  mul(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("mul", other, options);
  }

  /** `a / b`, where `b` has one value for every group. */
  div(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("div", other, options);
  }

  /** `a // b`, where `b` has one value for every group. */
  floordiv(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("floordiv", other, options);
  }

  /** `a % b`, where `b` has one value for every group. */
  mod(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("mod", other, options);
  }

  /** `a ** b`, where `b` has one value for every group. */
  pow(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("pow", other, options);
  }

  /** `a == b`, where `b` has one value for every group. */
  eq(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("eq", other, options);
  }

  /** `a != b`, where `b` has one value for every group. */
  ne(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("ne", other, options);
  }

  /** `a < b`, where `b` has one value for every group. */
  lt(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("lt", other, options);
  }

  /** `a <= b`, where `b` has one value for every group. */
  le(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("le", other, options);
  }

  /** `a > b`, where `b` has one value for every group. */
  gt(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("gt", other, options);
  }

  /** `a >= b`, where `b` has one value for every group. */
  ge(other: GroupOperand, options?: ArithmeticOptions): Dataset<any> {
    return this.combined("ge", other, options);
  }

  /** Missing values replaced by a value, or by that of their group. */
  fillna(value: ScalarOperand | GroupOperand): Dataset<V> {
    return this.wrap(groupFillna(this.grouping, toOperand(value)) as DatasetParts);
  }

  /** Values where `cond` holds, else `other` (default: missing); the condition may be one for every group. */
  where(cond: GroupOperand, other?: ScalarOperand): Dataset<V> {
    return this.wrap(groupWhere(this.grouping, toOperand(cond), other) as DatasetParts);
  }

  /** The dimensions of a group. */
  get dims(): readonly string[] {
    return [...sizesOf(this.grouping.parts).keys()];
  }
}
