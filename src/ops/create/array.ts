/** A new array from data, dimension names and coordinates. */

import { asArray } from "../../array/create.ts";
import { cast } from "../../array/index.ts";
import type { AnyArray, LazyArray } from "../../array/lazy.ts";
import type { NDArray } from "../../array/ndarray.ts";
import { kindOf } from "../../dtypes/traits.ts";
import type { DType } from "../../dtypes/types.ts";
import { CoordinateError, DimensionError, DTypeError } from "../../errors.ts";
import { checkOptions, type OptionKeys } from "../../util/options.ts";
import { sizeOf } from "../../util/shape.ts";
import type { Attrs, Encoding } from "../../variable/attrs.ts";
import { Variable } from "../../variable/variable.ts";
import type { ArrayParts, CoordParts } from "../parts.ts";
import { buildCoords, type CoordsInput } from "./coords.ts";
import { arrayData, arrayParts } from "./variable.ts";

/** What a DataArray is made with beside its data. */
export interface DataArrayOptions<Dims extends string = string, T extends DType = DType> {
  /** Names of the dimensions (default: those of the data, else `dim_0`, `dim_1`, …). */
  readonly dims?: Dims | readonly Dims[] | undefined;
  readonly coords?: CoordsInput | undefined;
  readonly attrs?: Attrs | undefined;
  readonly name?: string | undefined;
  readonly encoding?: Encoding | undefined;
  /** The shape of flat data. */
  readonly shape?: readonly number[] | undefined;
  /** The dtype of the values (default: that of the data; float64 for numbers). */
  readonly dtype?: T | undefined;
}

const KNOWN: OptionKeys<DataArrayOptions> = {
  dims: true,
  coords: true,
  attrs: true,
  name: true,
  encoding: true,
  shape: true,
  dtype: true,
};

/** The parts of a new array. */
export function buildArray(data: unknown, options: DataArrayOptions<any, any> = {}): ArrayParts {
  checkOptions("DataArray", options, KNOWN);
  const given = arrayParts(data);
  const coords = options.coords
    ? buildCoords(options.coords)
    : { coords: given?.coords ?? new Map(), indexes: given?.indexes ?? new Map() };
  const dims = typeof options.dims === "string" ? [options.dims] : options.dims;
  const array = dataOf(data, options, dims, coords);
  const own = dims ?? given?.variable.dims ?? (data instanceof Variable ? data.dims : array.shape.map((_, i) => `dim_${i}`));
  const variable = new Variable<string>(own, array, {
    attrs: options.attrs ?? given?.variable.attrs ?? (data instanceof Variable ? data.attrs : undefined),
    encoding: options.encoding ?? given?.variable.encoding,
  });
  checkCoords(variable, coords);
  return { variable, name: options.name ?? given?.name, ...coords };
}

function dataOf(
  data: unknown,
  { shape, dtype }: DataArrayOptions,
  dims: readonly string[] | undefined,
  { coords }: CoordParts,
): NDArray | LazyArray {
  const plain = !arrayParts(data) && !(data instanceof Variable) && (typeof data !== "object" || data === null || data instanceof Date);
  if (plain && dims && dims.length > 0 && shape === undefined) return repeated(data, dtype, dims, coords);
  const array = dtype !== undefined && ArrayBuffer.isView(data) ? asArray(data, { shape, dtype }) : arrayData(data, shape);
  if (dtype === undefined || dtype === array.dtype) return array;
  const made = cast(array, dtype);
  if (Array.isArray(data)) checkFits(array, made, dtype);
  return made as NDArray | LazyArray;
}

/** Throws where an integer that was written down is not what became of it: casts wrap, as NumPy's, but its arrays of numbers do not. */
function checkFits(array: AnyArray, made: AnyArray, dtype: DType): void {
  const kind = kindOf(dtype);
  if ((kind !== "i" && kind !== "u") || dtype.startsWith("big") || "port" in array || "port" in made || !ArrayBuffer.isView(array.data))
    return;
  for (let i = 0; i < array.data.length; i++) {
    const value = (array.data as Float64Array)[i]!;
    if (Math.trunc(value) !== (made.data as Float64Array)[i])
      throw new DTypeError(`${value} is no ${dtype}; choose a dtype that holds it, or convert with astype, which wraps`, { value, dtype });
  }
}

/** A scalar with dimensions is repeated over the lengths that the coordinates give. */
function repeated(value: unknown, dtype: DType | undefined, dims: readonly string[], coords: ReadonlyMap<string, Variable>): NDArray {
  const shape = dims.map((dim) => {
    for (const v of coords.values()) {
      const axis = v.dims.indexOf(dim);
      if (axis >= 0) return v.shape[axis]!;
    }
    throw new DimensionError(
      `a single value over dimension ${JSON.stringify(dim)} needs a coordinate or a shape that says how long it is`,
      { dim },
    );
  });
  const one = asArray(value, { dtype });
  return asArray(
    Array.from({ length: sizeOf(shape) }, () => value),
    { shape, dtype: one.dtype },
  );
}

/** Throws where a coordinate has dimensions or lengths that the array has not. */
export function checkCoords(variable: Variable, { coords }: Pick<CoordParts, "coords">): void {
  for (const [name, coord] of coords) {
    coord.dims.forEach((dim: string, i: number) => {
      const axis = variable.dims.indexOf(dim);
      if (axis < 0) {
        throw new CoordinateError(
          `coordinate ${JSON.stringify(name)} has dimension ${JSON.stringify(dim)}, which the array (${variable.dims.join(", ")}) has not`,
          { name, dim },
        );
      }
      if (coord.shape[i] !== variable.shape[axis]) {
        throw new DimensionError(
          `coordinate ${JSON.stringify(name)} has length ${coord.shape[i]} along ${JSON.stringify(dim)}, the array ${variable.shape[axis]}`,
          { name, dim },
        );
      }
    });
  }
}
