/** Differences, derivatives, integrals, ranks, interpolation and fits, as methods of DataArray. */
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { cumulativeIntegrate, diff, differentiate, type DifferentiateOptions, type DiffOptions, integrate, type IntegrateOptions } from "../ops/calculus/index.ts";
import { type ArrayParts, PARTS } from "../ops/parts.ts";
import { rankOp, type RankOptions } from "../ops/reduce/index.ts";
import { WRAP } from "./base.ts";
import { DataArrayReductions } from "./reductions.ts";
import type { OneOrMany } from "./types.ts";

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
}
