/** The coordinate that a derivative or an integral goes along, as numbers. */

import { castBlock } from "../../array/cast.ts";
import { flatValues } from "../../array/ndarray.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { ArgumentError, CoordinateError, DimensionError, DTypeError } from "../../errors.ts";
import { unknownName } from "../../util/suggest.ts";
import { loadedArray, type Variable } from "../../variable/index.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";

/** Units in which differences of times are counted. */
export type DatetimeUnit = "W" | "D" | "h" | "m" | "s" | "ms" | "us" | "ns";

const MILLISECONDS: { readonly [K in DatetimeUnit]: number } = {
  W: 604_800_000,
  D: 86_400_000,
  h: 3_600_000,
  m: 60_000,
  s: 1000,
  ms: 1,
  us: 1e-3,
  ns: 1e-6,
};

/** Milliseconds in a unit of time. */
export function millisecondsIn(unit: DatetimeUnit): number {
  const ms = MILLISECONDS[unit];
  if (ms === undefined) throw new ArgumentError(unknownName("unit of time", String(unit), Object.keys(MILLISECONDS)), { unit });
  return ms;
}

/** Whether values are times or durations. */
export function isTimeLike(v: Variable): boolean {
  return "mM".includes(kindOf(v.dtype));
}

/** Numbers along a dimension. */
export interface Along {
  readonly dim: string;
  readonly x: Float64Array;
  /** The unit that times are counted in: the one asked for, or microseconds (seconds in calendars of their own). */
  readonly unit: DatetimeUnit;
}

/**
 * The 1-D coordinate `name` (a dimension without one: its positions) as numbers; times as units since
 * the first of them.
 *
 * @throws NotLoadedError where the coordinate is lazy.
 */
export function numbersAlong(parts: DatasetParts, name: string, unit?: DatetimeUnit): Along {
  const variable = parts.coords.get(name) ?? parts.vars.get(name);
  const counted = unit ?? (variable === undefined || variable.dtype === "datetime64" || kindOf(variable.dtype) === "m" ? "us" : "s");
  const scale = millisecondsIn(counted);
  if (variable === undefined) {
    const n = sizesOf(parts).get(name);
    if (n === undefined)
      throw new DimensionError(unknownName("dimension or coordinate", name, [...sizesOf(parts).keys(), ...parts.coords.keys()]), {
        dim: name,
      });
    return { dim: name, x: Float64Array.from({ length: n }, (_, i) => i), unit: counted };
  }
  if (variable.ndim !== 1)
    throw new CoordinateError(
      `coordinate ${JSON.stringify(name)} has dimensions (${variable.dims.join(", ")}); only one along a single dimension can be followed`,
      { name, dims: variable.dims },
    );
  const x = numbersOf(variable, name);
  const [first = 0] = x;
  return { dim: variable.dims[0] as string, x: isTimeLike(variable) ? x.map((t) => (t - first) / scale) : x, unit: counted };
}

/** Values of a coordinate as float64, times as milliseconds. */
export function numbersOf(variable: Variable, name: string): Float64Array {
  if (!"fiubmM".includes(kindOf(variable.dtype)))
    throw new DTypeError(`coordinate ${JSON.stringify(name)} holds ${variable.dtype}, and numbers or times are needed`, {
      name,
      dtype: variable.dtype,
    });
  return flatValues(castBlock(loadedArray(variable.array, `coordinate ${JSON.stringify(name)}`), "float64")) as Float64Array;
}
