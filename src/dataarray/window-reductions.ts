/**
 * What windows of arrays and of datasets have in common: the reductions, one line each.
 *
 * `R` is what a reduction gives: a DataArray or a Dataset.
 */
import type { ExponentialName, RollingName } from "../array/index.ts";
import type { ArrayParts, DatasetParts } from "../ops/parts.ts";
import {
  type BlockReduction,
  type Coarsen,
  type CoarsenReduceOptions,
  coarsenReduce,
  type Exponential,
  exponentialReduce,
  type Rolling,
  type RollingReduceOptions,
  rollingReduce,
} from "../ops/windows/index.ts";

/** Options of all reductions of windows. */
export interface KeepAttrs {
  /** Keep attributes (default: the option `keepAttrs`, which is true). */
  readonly keepAttrs?: boolean | undefined;
}
/** Options of variances of windows. */
export interface Ddof extends KeepAttrs {
  /** What is taken from the count (default 0). */
  readonly ddof?: number | undefined;
}

/** Makes an object of the leaf class from parts. */
export type Wrap<P, R> = (parts: P) => R;

/** Reductions of rolling windows. Missing values are passed over; windows with fewer than `minPeriods` values give a missing one. */
export abstract class RollingReductions<P extends ArrayParts | DatasetParts, R> {
  protected readonly parts: P;
  protected readonly spec: Rolling;
  protected readonly wrap: Wrap<P, R>;

  constructor(parts: P, spec: Rolling, wrap: Wrap<P, any>) {
    this.parts = parts;
    this.spec = spec;
    this.wrap = wrap;
  }

  #reduce(name: RollingName, options?: RollingReduceOptions): R {
    return this.wrap(rollingReduce(name, this.parts, this.spec, options));
  }

  /** Sum of each window. */
  sum(options?: KeepAttrs): R {
    return this.#reduce("sum", options);
  }

  /** Arithmetic mean of each window. */
  mean(options?: KeepAttrs): R {
    return this.#reduce("mean", options);
  }

  /** Standard deviation of each window. */
  std(options?: Ddof): R {
    return this.#reduce("std", options);
  }

  /** Variance of each window. */
  var(options?: Ddof): R {
    return this.#reduce("var", options);
  }

  /** Least value of each window. */
  min(options?: KeepAttrs): R {
    return this.#reduce("min", options);
  }

  /** Greatest value of each window. */
  max(options?: KeepAttrs): R {
    return this.#reduce("max", options);
  }

  /** Median of each window. */
  median(options?: KeepAttrs): R {
    return this.#reduce("median", options);
  }

  /** Number of values that are there in each window, missing where they are too few. */
  count(options?: KeepAttrs): R {
    return this.#reduce("count", options);
  }

  /** Product of each window. */
  prod(options?: KeepAttrs): R {
    return this.#reduce("prod", options);
  }

  /** Position of the least value in each window, counted from the window's first place. */
  argmin(options?: KeepAttrs): R {
    return this.#reduce("argmin", options);
  }

  /** Position of the greatest value in each window, counted from the window's first place. */
  argmax(options?: KeepAttrs): R {
    return this.#reduce("argmax", options);
  }

  /** The windows, as `DataArrayRolling [time->7(center)]`. */
  toString(): string {
    return `${this.constructor.name} [${this.spec.windows.map(({ dim, size, center }) => `${dim}->${size}${center ? "(center)" : ""}`).join(",")}]`;
  }
}

/** What the reductions of blocks give: kept dtypes, averages, totals, counts and truths. */
export interface CoarsenResults {
  readonly same: unknown;
  readonly average: unknown;
  readonly total: unknown;
  readonly count: unknown;
  readonly truth: unknown;
}

/** Options of reductions of blocks. */
export interface BlockOptions extends KeepAttrs {
  /** Pass over missing values (default: where the dtype has them). */
  readonly skipna?: boolean | undefined;
}

/** Reductions of blocks of neighbouring positions. */
export abstract class CoarsenReductions<P extends ArrayParts | DatasetParts, R extends CoarsenResults> {
  protected readonly parts: P;
  protected readonly spec: Coarsen;
  protected readonly wrap: Wrap<P, any>;

  constructor(parts: P, spec: Coarsen, wrap: Wrap<P, any>) {
    this.parts = parts;
    this.spec = spec;
    this.wrap = wrap;
  }

  #reduce(name: BlockReduction, options?: CoarsenReduceOptions): any {
    return this.wrap(coarsenReduce(name, this.parts, this.spec, options));
  }

  /** Sum of each block; with `minCount`, fewer values give a missing one. */
  sum(options?: BlockOptions & { readonly minCount?: number | undefined }): R["total"] {
    return this.#reduce("sum", options);
  }

  /** Product of each block; with `minCount`, fewer values give a missing one. */
  prod(options?: BlockOptions & { readonly minCount?: number | undefined }): R["total"] {
    return this.#reduce("prod", options);
  }

  /** Arithmetic mean of each block. */
  mean(options?: BlockOptions): R["average"] {
    return this.#reduce("mean", options);
  }

  /** Standard deviation of each block. */
  std(options?: BlockOptions & Ddof): R["average"] {
    return this.#reduce("std", options);
  }

  /** Variance of each block. */
  var(options?: BlockOptions & Ddof): R["average"] {
    return this.#reduce("var", options);
  }

  /** Least value of each block. */
  min(options?: BlockOptions): R["same"] {
    return this.#reduce("min", options);
  }

  /** Greatest value of each block. */
  max(options?: BlockOptions): R["same"] {
    return this.#reduce("max", options);
  }

  /** Median of each block. */
  median(options?: BlockOptions): R["average"] {
    return this.#reduce("median", options);
  }

  /** Number of values that are there in each block. */
  count(options?: KeepAttrs): R["count"] {
    return this.#reduce("count", options);
  }

  /** Whether any value of each block is true. */
  any(options?: KeepAttrs): R["truth"] {
    return this.#reduce("any", options);
  }

  /** Whether all values of each block are true. */
  all(options?: KeepAttrs): R["truth"] {
    return this.#reduce("all", options);
  }

  /** The blocks, as `DataArrayCoarsen [time->4,lat->2]`. */
  toString(): string {
    return `${this.constructor.name} [${this.spec.blocks.map(({ dim, size }) => `${dim}->${size}`).join(",")}]`;
  }
}

/** Exponentially weighted windows, of an array or a dataset. */
export class RollingExp<R, P extends ArrayParts | DatasetParts = any> {
  private readonly parts: P;
  private readonly spec: Exponential;
  private readonly wrap: Wrap<P, R>;

  constructor(parts: P, spec: Exponential, wrap: Wrap<P, R>) {
    this.parts = parts;
    this.spec = spec;
    this.wrap = wrap;
  }

  #reduce(name: ExponentialName, options?: KeepAttrs): R {
    return this.wrap(exponentialReduce(name, this.parts, this.spec, options?.keepAttrs));
  }

  /** Exponentially weighted mean. */
  mean(options?: KeepAttrs): R {
    return this.#reduce("mean", options);
  }

  /** Exponentially weighted sum. */
  sum(options?: KeepAttrs): R {
    return this.#reduce("sum", options);
  }

  /** Exponentially weighted standard deviation, corrected for its bias. */
  std(options?: KeepAttrs): R {
    return this.#reduce("std", options);
  }

  /** Exponentially weighted variance, corrected for its bias. */
  var(options?: KeepAttrs): R {
    return this.#reduce("var", options);
  }
}
