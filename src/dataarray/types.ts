/** Types of arguments and results that the theme classes share: how names of dimensions flow through calls. */
import type { Scalar, Slice } from "../indexing/indexers.ts";

/** One name or several. */
export type OneOrMany<D> = D | readonly D[];
/** The keys of an indexer object whose value is a scalar: the dimensions that disappear. */
export type ScalarKeys<I> = { [K in keyof I]: I[K] extends Scalar ? K : never }[keyof I];
/** Dimension names brought in by pointwise indexers. */
export type PointDims<I> = { [K in keyof I]: I[K] extends { readonly dims: readonly (infer E extends string)[] } ? E : never }[keyof I];
/** Dimensions that a pointwise indexer replaces. */
export type PointKeys<I> = { [K in keyof I]: I[K] extends { readonly dims: readonly string[] } ? K : never }[keyof I];
/** The dimensions after a selection. */
export type Selected<Dims extends string, I> = Exclude<Dims, ScalarKeys<I> | PointKeys<I>> | PointDims<I>;
/** What one dimension can be selected with. */
export type AnyIndexer =
  | Scalar
  | null
  | Slice<any, any>
  | readonly Scalar[]
  | readonly boolean[]
  | ArrayLike<number>
  | { readonly dims: readonly string[] };
/** Dimension names after renaming. */
export type Renamed<D extends string, M> = { [K in D]: K extends keyof M ? (M[K] extends string ? M[K] : K) : K }[D];
/** Whether `K` was left at its default, which means every dimension. */
export type Without<D extends string, K> = Exclude<D, K>;

/** The components of times that `dt` and group names know. */
export type TimeComponent =
  | "year"
  | "month"
  | "day"
  | "hour"
  | "minute"
  | "second"
  | "microsecond"
  | "nanosecond"
  | "dayofweek"
  | "weekday"
  | "dayOfWeek"
  | "dayofyear"
  | "dayOfYear"
  | "quarter"
  | "season"
  | "date"
  | "time"
  | "daysInMonth"
  | "daysinmonth"
  | "daysInYear"
  | "week"
  | "weekofyear";

/** Options of every reduction. */
export interface ReductionOptions {
  /** Pass over missing values (default: where the dtype has them). */
  readonly skipna?: boolean | undefined;
  readonly keepAttrs?: boolean | undefined;
}

/** An array of the scijs `ndarray` package over `data`, as its documentation describes it. */
export interface ScijsNdarray<D> {
  readonly data: D;
  readonly shape: number[];
  readonly stride: number[];
  readonly offset: number;
  readonly order: number[];
  readonly dimension: number;
  readonly size: number;
  readonly dtype: string;
  get(...index: number[]): any;
  set(...indexAndValue: any[]): any;
  index(...index: number[]): number;
  lo(...index: number[]): ScijsNdarray<D>;
  hi(...index: number[]): ScijsNdarray<D>;
  step(...steps: number[]): ScijsNdarray<D>;
  transpose(...axes: number[]): ScijsNdarray<D>;
  pick(...index: (number | null)[]): ScijsNdarray<D>;
}
