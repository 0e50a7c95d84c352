/** Missing values: what stands for one in each dtype, and which dtype has room for one. */
import { canBeMissing, kindOf, TRAITS } from "./traits.ts";
import type { DType, Value } from "./types.ts";

/** The missing value of `dtype`: NaN for numbers and times, `null` for strings and bytes. Integers and bools have none: see {@link promoteForMissing}. */
export function missingValue(dtype: DType): Value {
  const kind = kindOf(dtype);
  if (kind === "U" || kind === "S") return null;
  return kind === "c" ? { re: Number.NaN, im: Number.NaN } : Number.NaN;
}

/**
 * The dtype with room for missing values, by xarray's rule: integers of 16 bits and fewer become
 * float32, larger ones and bools float64, the rest can hold them already.
 */
export function promoteForMissing(dtype: DType): DType {
  if (canBeMissing(dtype)) return dtype;
  return kindOf(dtype) !== "b" && TRAITS[dtype].itemsize <= 2 ? "float32" : "float64";
}
