/** Rolling windows of a DataArray. */

import { arange } from "../array/index.ts";
import type { MeanOf, MissingOf } from "../dtypes/type-level.ts";
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { type ArrayParts, PARTS, viaDataset } from "../ops/parts.ts";
import { isel } from "../ops/selecting/index.ts";
import { type ConstructOptions, rollingConstruct, whereEnough, windowsOf } from "../ops/windows/index.ts";
import { Variable } from "../variable/variable.ts";
import { type KeepAttrs, RollingReductions } from "./window-reductions.ts";

/** The name of the dimension inside windows along `dim` that functions see. */
const inside = (dim: string): string => `${dim}_window`;

/**
 * Rolling windows of a DataArray: what {@link DataArray.rolling} and {@link DataArray.cumulative} give.
 *
 * Iterating gives `[label, window]` for each position of a single dimension.
 */
export class DataArrayRolling<Dims extends string, T extends DType> extends RollingReductions<ArrayParts, DataArray<Dims, MeanOf<T>>> {
  /**
   * The windows as new last dimensions, one for each dimension that has windows: a view, not a copy.
   *
   * @example
   * ```ts
   * const days = air.rolling({ time: 7 }).construct("day"); // DataArray<"time" | "lat" | "lon" | "day">
   * ```
   */
  construct<const W extends string>(
    windowDim: W | { readonly [K in Dims]?: W | undefined },
    options?: ConstructOptions,
  ): DataArray<Dims | W, MissingOf<T>> {
    return this.wrap(rollingConstruct(this.parts, this.spec, windowDim as string, options)) as DataArray<any, any>;
  }

  /**
   * Reduce every window by a function of one's own: it is given the windows, whose new last dimensions are
   * named in `dims`, and reduces those.
   *
   * @example
   * ```ts
   * air.rolling({ time: 7 }).reduce((windows, dims) => windows.quantile(0.9, dims));
   * ```
   */
  reduce<U extends DType = DType>(
    fn: (windows: DataArray<any, any>, dims: readonly string[]) => DataArray<any, U>,
    options?: KeepAttrs,
  ): DataArray<Dims, U> {
    const dims = this.spec.windows.map(({ dim }) => [dim, inside(dim)] as const);
    const windows = this.wrap(rollingConstruct(this.parts, this.spec, Object.fromEntries(dims), options));
    const reduced = fn(
      windows,
      dims.map(([, name]) => name),
    )[PARTS];
    return this.wrap({
      ...reduced,
      name: this.parts.name,
      variable: whereEnough(reduced.variable, this.parts.variable, this.spec),
    }) as DataArray<any, any>;
  }

  /** Each position's label (or number) and window. */
  *[Symbol.iterator](): Generator<readonly [label: DataArray<any, any>, window: DataArray<Dims, MissingOf<T>>]> {
    const { dim } = this.spec.windows[0]!;
    const labels = this.labelsAlong(dim);
    for (const { at, window } of windowsOf(this.parts, this.spec)) {
      const label = viaDataset(labels, (ds) => isel(ds, { [dim]: at }));
      yield [this.wrap(label) as DataArray<any, any>, this.wrap(window) as DataArray<any, any>];
    }
  }

  private labelsAlong(dim: string): ArrayParts {
    const { variable, coords, indexes } = this.parts;
    const own = coords.get(dim);
    const n = variable.shape[variable.axis(dim)]!;
    const index = indexes.get(dim);
    if (own === undefined) return { variable: new Variable([dim], arange(n)), name: dim, coords: new Map(), indexes: new Map() };
    return { variable: own, name: dim, coords: new Map([[dim, own]]), indexes: new Map(index ? [[dim, index]] : []) };
  }
}
