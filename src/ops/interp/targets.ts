/** Where to interpolate to: what users give for a dimension, as numbers beside those of its coordinate. */

import { castBlock } from "../../array/cast.ts";
import { asArray } from "../../array/create.ts";
import { flatValues, NDArray } from "../../array/ndarray.ts";
import { kindOf } from "../../dtypes/traits.ts";
import type { DType } from "../../dtypes/types.ts";
import { DimensionError, DTypeError } from "../../errors.ts";
import { labelsFor } from "../../indexing/index.ts";
import { unknownName } from "../../util/suggest.ts";
import { loadedArray, Variable } from "../../variable/index.ts";
import { numbersOf } from "../calculus/index.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, sizesOf } from "../parts.ts";
import { unwrapped } from "../selecting/index.ts";

/** One dimension that is interpolated along. */
export interface Target {
  readonly dim: string;
  /** Values of the coordinate, rising. */
  readonly x: Float64Array;
  /** For each of `x` its position along the dimension, where that is not the same. */
  readonly order: Float64Array | undefined;
  /** The places asked for, in memory, with dimensions of their own. */
  readonly places: Variable;
  /** The same as numbers, flat in C order. */
  readonly q: Float64Array;
  /** Coordinates that the places bring along. */
  readonly carried: CoordParts | undefined;
}

/**
 * The target for dimension `dim`.
 *
 * @throws DimensionError for an unknown dimension; DTypeError where times and numbers meet.
 */
export function targetFor(parts: DatasetParts, dim: string, given: unknown, assumeSorted = false): Target {
  const size = sizesOf(parts).get(dim);
  if (size === undefined) throw new DimensionError(unknownName("dimension", dim, sizesOf(parts).keys()), { dim });
  const coordinate = parts.coords.get(dim);
  const own = coordinate ? numbersOf(coordinate, dim) : Float64Array.from({ length: size }, (_, i) => i);
  const order = assumeSorted || isRising(own) ? undefined : sorted(own);
  const x = order ? order.map((i) => own[i]!) : own;
  const value = unwrapped(given);
  const places = placesOf(value, dim, coordinate);
  const carried = typeof value === "object" && value !== null && "coords" in value ? (value as CoordParts) : undefined;
  return { dim, x, order, places, q: flatValues(castBlock(places.loaded, "float64")) as Float64Array, carried };
}

function placesOf(value: unknown, dim: string, coordinate: Variable | undefined): Variable {
  const dtype: DType = coordinate?.dtype ?? "int64";
  if (typeof value === "object" && value !== null && "variable" in value) return checked((value as ArrayParts).variable, dim, dtype);
  if (value instanceof Variable) return checked(value, dim, dtype);
  const array = arrayFor(value, dtype);
  if (array.ndim > 1)
    throw new DimensionError(
      `places along ${JSON.stringify(dim)} with ${array.ndim} dimensions need names for them: give a DataArray or a Variable`,
      { dim, shape: array.shape },
    );
  return new Variable(array.ndim === 0 ? [] : [dim], array, { attrs: coordinate?.attrs });
}

/** Plain values, those beside times read as labels. */
function arrayFor(value: unknown, dtype: DType): NDArray {
  if (!"mM".includes(kindOf(dtype))) return asArray(value);
  if (value instanceof NDArray) return kindOf(value.dtype) === kindOf(dtype) ? value : labelsFor(value, dtype);
  const isList = Array.isArray(value) || ArrayBuffer.isView(value);
  const labels = labelsFor(isList ? (value as unknown as ArrayLike<unknown>) : [value], dtype);
  return isList ? labels : new NDArray(labels.data, [], labels.dtype, [], labels.offset);
}

function checked(v: Variable, dim: string, dtype: DType): Variable {
  const kinds = [v.dtype, dtype].map((one) => ("mM".includes(kindOf(one)) ? kindOf(one) : "number"));
  if (kinds[0] !== kinds[1] || "US".includes(kindOf(v.dtype)))
    throw new DTypeError(`coordinate ${JSON.stringify(dim)} holds ${dtype} and cannot be interpolated at ${v.dtype} values`, {
      dim,
      dtype,
      places: v.dtype,
    });
  return v.replace({ array: loadedArray(v.array, `the places along ${JSON.stringify(dim)}`) });
}

function isRising(x: Float64Array): boolean {
  for (let i = 1; i < x.length; i++) if (!(x[i]! >= x[i - 1]!)) return false;
  return true;
}

function sorted(x: Float64Array): Float64Array {
  return Float64Array.from(x.keys()).sort((a, b) => x[a]! - x[b]! || a - b);
}
