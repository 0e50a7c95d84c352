/** Differences, derivatives, integrals, ranks, interpolation and fits, as methods of DataArray. */
import type { MeanOf } from "../dtypes/type-level.ts";
import type { DType } from "../dtypes/types.ts";
import type { DataArray, Dataset } from "../model.ts";
import {
  cumulativeIntegrate,
  type DifferentiateOptions,
  type DiffOptions,
  diff,
  differentiate,
  type IntegrateOptions,
  integrate,
} from "../ops/calculus/index.ts";
import { dot, type PolyfitOptions, polyfit } from "../ops/fit/index.ts";
import { type InterpOptions, interpArray, interpLike } from "../ops/interp/index.ts";
import { type ArrayParts, PARTS, toDatasetParts } from "../ops/parts.ts";
import { type RankOptions, rankOp } from "../ops/reduce/index.ts";
import { WRAP, WRAP_DATASET } from "./base.ts";
import { DataArrayReductions } from "./reductions.ts";
import type { AnyIndexer, OneOrMany, Selected } from "./types.ts";

/** DataArray's methods along labelled axes. */
export abstract class DataArrayFitting<Dims extends string, T extends DType> extends DataArrayReductions<Dims, T> {
  /** Each value less the one before it along `dim`, `n` times; labels are those of the later neighbour, or with `label: "lower"` of the earlier. */
  diff(dim: Dims, options?: DiffOptions): DataArray<Dims, T> {
    return this.via((ds) => diff(ds, dim, options));
  }

  /**
   * The derivative along a coordinate, by central differences that allow for uneven steps.
   *
   * Differences of times count in `datetimeUnit` (default microseconds).
   *
   * @example
   * ```ts
   * air.differentiate("time", { datetimeUnit: "D" }); // per day
   * ```
   */
  differentiate(coord: string, options?: DifferentiateOptions): DataArray<Dims, any> {
    return this.via((ds) => differentiate(ds, coord, options));
  }

  /** The integral along one coordinate or several by the trapezoid rule; their dimensions go, and NaN spreads. */
  integrate<const K extends string>(coord: OneOrMany<K>, options?: IntegrateOptions): DataArray<Exclude<Dims, K>, any> {
    return this.via((ds) => integrate(ds, coord, options));
  }

  /** The running integral along one coordinate or several, from 0 at the first value. */
  cumulativeIntegrate(coord: OneOrMany<string>, options?: IntegrateOptions): DataArray<Dims, any> {
    return this.via((ds) => cumulativeIntegrate(ds, coord, options));
  }

  /** Ranks along `dim` from 1, equal values sharing their mean rank, missing ones NaN; with `pct` as a share of the number of values. */
  rank(dim: Dims, options?: RankOptions): DataArray<Dims, "float64"> {
    return this[WRAP](rankOp<ArrayParts>(this[PARTS], dim, options));
  }

  /**
   * Values at other places of the coordinates: lists along a dimension, one value (the dimension goes), or
   * arrays with dimensions of their own, which are points.
   *
   * `method` is `linear` (default), `nearest`, `zero`, `slinear`, `quadratic`, `cubic`, `quintic`,
   * `polynomial` (with `order`), `pchip`, `akima`, `makima`, `barycentric` or `krogh`. Beyond the ends values
   * are missing, `fillValue`, or extrapolated.
   *
   * @throws DimensionError for unknown dimensions; NotLoadedError where a coordinate is lazy.
   * @example
   * ```ts
   * air.interp({ lat: [47.5, 47.75], time: "2000-02-01T12:00" });
   * air.interp({ lon: track.get("lon"), lat: track.get("lat") }, { method: "nearest" }); // along a ship's track
   * ```
   */
  interp<const I extends { readonly [K in Dims]?: AnyIndexer | undefined }>(
    coords: I,
    options?: InterpOptions,
  ): DataArray<Selected<Dims, I>, MeanOf<T>> {
    return this[WRAP](interpArray(this[PARTS], coords, options));
  }

  /** Values at the coordinates of `other`; along labels that are no numbers or times these are looked up. */
  interpLike(other: DataArray<any, any> | Dataset<any>, options?: InterpOptions): DataArray<Dims, any> {
    return this.via((ds) => interpLike(ds, other[PARTS], options));
  }

  /**
   * The polynomial of degree `deg` along `dim` that comes nearest to the values: a dataset with
   * `polyfit_coefficients` along a new dimension `degree`, the highest first.
   *
   * Times count in nanoseconds since 1970; missing values are left out.
   *
   * @example
   * ```ts
   * const trend = air.polyfit("time", 1).get("polyfit_coefficients").sel({ degree: 1 });
   * ```
   */
  polyfit<const K extends string>(
    dim: K,
    deg: number,
    options?: PolyfitOptions,
  ): Dataset<{ polyfit_coefficients: DataArray<Exclude<Dims, K> | "degree", "float64"> }> {
    return this[WRAP_DATASET](polyfit(toDatasetParts(this[PARTS]), dim, deg, options)) as Dataset<any>;
  }

  /** The product with `other`, summed over `dim` (`"..."`: every dimension; default: those that both have). NaN spreads. */
  dot<E extends string, U extends DType>(
    other: DataArray<E, U>,
    options: { readonly dim?: OneOrMany<Dims | E> | "..." | undefined } = {},
  ): DataArray<any, any> {
    return this[WRAP](dot([this[PARTS], other[PARTS]], options.dim));
  }
}
