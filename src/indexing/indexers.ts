/** What one dimension can be indexed by: by position, and by label. */
import type { NDArray } from "../array/ndarray.ts";
import type { Variable } from "../variable/variable.ts";

/** A slice: `null` is an open end. By label both ends are included, by position the stop is not. */
export class Slice<A = unknown, B = unknown> {
  readonly start: A | null;
  readonly stop: B | null;
  readonly step: number | null;
  constructor(start: A | null, stop: B | null, step: number | null) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }
}

/**
 * A slice for `isel` (positions, stop left out) and `sel` (labels, both ends included).
 *
 * @example
 * ```ts
 * da.isel({ time: slice(0, 10) });
 * da.isel({ time: slice(null, null, -1) }); // backwards
 * da.sel({ time: slice("2000-01", "2000-03"), lat: slice(60, 20) });
 * ```
 */
export function slice<B>(stop: B | null): Slice<never, B>;
export function slice<A, B>(start: A | null, stop: B | null, step?: number | null): Slice<A, B>;
export function slice(...args: readonly unknown[]): Slice<any, any> {
  return args.length === 1 ? new Slice(null, args[0], null) : new Slice(args[0], args[1], (args[2] as number | undefined) ?? null);
}

/** A single label or value. */
export type Scalar = string | number | bigint | boolean | Date;

/** A position indexer after checking: one position, a run, positions along the dimension, or positions of their own dimensions. */
export type PositionIndexer =
  | { readonly kind: "at"; readonly at: number }
  | { readonly kind: "run"; readonly start: number; readonly step: number; readonly count: number }
  | { readonly kind: "take"; readonly positions: Float64Array }
  | { readonly kind: "points"; readonly positions: Variable };

/** An array that can index: values with dimensions of their own, such as a DataArray or Variable. */
export interface ArrayIndexer {
  readonly dims: readonly string[];
}

/** What users may give for one dimension; a scalar drops the dimension. */
export type Indexer = Scalar | Slice | readonly Scalar[] | ArrayLike<number> | readonly boolean[] | NDArray | ArrayIndexer | null;
