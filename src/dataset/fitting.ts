/** Differences, derivatives, integrals, ranks, interpolation and fits, as methods of Dataset. */
import { WRAP_DATASET } from "../dataarray/base.ts";
import type { AnyIndexer, OneOrMany } from "../dataarray/types.ts";
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
import { type PolyfitOptions, polyfit } from "../ops/fit/index.ts";
import { type InterpOptions, interp, interpLike } from "../ops/interp/index.ts";
import { type DatasetParts, PARTS } from "../ops/parts.ts";
import { type RankOptions, rankOp } from "../ops/reduce/index.ts";
import { DatasetReductions } from "./reductions.ts";
import type { DimNames, MapUnary, Vars } from "./types.ts";

/** Dataset's methods along labelled axes: every data variable that has them. */
export abstract class DatasetFitting<V extends Vars> extends DatasetReductions<V> {
  #wrap(parts: DatasetParts): Dataset<any> {
    return this[WRAP_DATASET](parts);
  }

  /** Each value less the one before it along `dim`. See {@link DataArray.diff}. */
  diff(dim: DimNames<V>, options?: DiffOptions): Dataset<V> {
    return this.#wrap(diff(this[PARTS], dim, options));
  }

  /** The derivative along a coordinate. See {@link DataArray.differentiate}. */
  differentiate(coord: string, options?: DifferentiateOptions): Dataset<MapUnary<V>> {
    return this.#wrap(differentiate(this[PARTS], coord, options));
  }

  /** The integral along one coordinate or several. See {@link DataArray.integrate}. */
  integrate(coord: OneOrMany<string>, options?: IntegrateOptions): Dataset<any> {
    return this.#wrap(integrate(this[PARTS], coord, options));
  }

  /** The running integral along one coordinate or several. */
  cumulativeIntegrate(coord: OneOrMany<string>, options?: IntegrateOptions): Dataset<MapUnary<V>> {
    return this.#wrap(cumulativeIntegrate(this[PARTS], coord, options));
  }

  /** Ranks along `dim`; variables without it are left out. See {@link DataArray.rank}. */
  rank(dim: DimNames<V>, options?: RankOptions): Dataset<any> {
    return this.#wrap(rankOp<DatasetParts>(this[PARTS], dim, options));
  }

  /** Values at other places of the coordinates; variables that are no numbers take the nearest label's. See {@link DataArray.interp}. */
  interp(coords: { readonly [dim: string]: AnyIndexer | undefined }, options?: InterpOptions): Dataset<any> {
    return this.#wrap(interp(this[PARTS], coords, options));
  }

  /** Values at the coordinates of `other`. */
  interpLike(other: DataArray<any, any> | Dataset<any>, options?: InterpOptions): Dataset<any> {
    return this.#wrap(interpLike(this[PARTS], other[PARTS], options));
  }

  /** The polynomial of degree `deg` along `dim` for each variable: `<name>_polyfit_coefficients`. See {@link DataArray.polyfit}. */
  polyfit(dim: string, deg: number, options?: PolyfitOptions): Dataset<any> {
    return this.#wrap(polyfit(this[PARTS], dim, deg, options));
  }
}
