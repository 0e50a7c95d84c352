/** Types of Dataset's arguments and results: a record of its variables flows through calls. */
import type { ScalarKeys } from "../dataarray/types.ts";
import type { MeanOf, PromoteOf } from "../dtypes/type-level.ts";
import type { DataArray, Dataset } from "../model.ts";

/** Variables by name. */
export type Vars = { readonly [name: string]: DataArray<any, any> };
/** All dimension names of the variables; `string` for a dataset whose variables are not known. */
export type DimNames<V extends Vars> = string extends keyof V ? string : V[keyof V]["dims"][number];
/** The variables after a reduction over `K`. */
export type MapReduce<V, K> = { [N in keyof V]: V[N] extends DataArray<infer D, infer T> ? DataArray<Exclude<D, K>, MeanOf<T>> : never };
/** The variables after a selection with `I`. */
export type MapSelect<V, I> = {
  [N in keyof V]: V[N] extends DataArray<infer D, infer T> ? DataArray<Exclude<D, ScalarKeys<I>>, T> : never;
};
/** The variables after a function of each. */
export type MapUnary<V> = { [N in keyof V]: V[N] extends DataArray<infer D, any> ? DataArray<D, any> : never };
/** The variables after arithmetic with `O`. */
export type MapBinary<V, O> =
  O extends Dataset<infer W>
    ? {
        [N in keyof V & keyof W]: V[N] extends DataArray<infer D, infer T>
          ? W[N] extends DataArray<infer E, infer U>
            ? DataArray<D | E, PromoteOf<T, U>>
            : never
          : never;
      }
    : O extends DataArray<infer E, any>
      ? { [N in keyof V]: V[N] extends DataArray<infer D, any> ? DataArray<D | E, any> : never }
      : MapUnary<V>;
