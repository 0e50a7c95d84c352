/** Single values: their dtype beside an array (NumPy's weak scalars), and their form in a dtype. */
import { DTypeError } from "../errors.ts";
import { roundHalf } from "./half.ts";
import { missingValue, promoteForMissing } from "./missing.ts";
import { kindOf, traits } from "./traits.ts";
import type { Complex, DType, Value } from "./types.ts";

/** A value that users write beside an array. */
export type Scalar = number | bigint | boolean | string | Date | Complex | null;

/** Whether `x` is a complex number. */
export function isComplex(x: unknown): x is Complex {
  return typeof x === "object" && x !== null && "re" in x && "im" in x;
}

/**
 * The dtype of a scalar beside an array of dtype `other`.
 *
 * Numbers are weak: a whole number takes any numeric dtype (and is int64 beside bools and times), a
 * fraction takes any float and makes integers float64, a complex number takes the precision of a
 * float. JavaScript cannot tell 2.0 from 2. Bools, strings and dates have their own dtype. `null` is
 * the missing value of `other`.
 */
export function scalarDType(value: Scalar, other: DType): DType {
  const kind = kindOf(other);
  if (value === null) return promoteForMissing(other);
  if (typeof value === "boolean") return "bool";
  if (typeof value === "string") return "string";
  if (value instanceof Date) return kind === "M" ? other : "datetime64";
  if (isComplex(value)) return kind === "c" ? other : kind === "f" && other !== "float64" ? "complex64" : "complex128";
  if (typeof value === "bigint" || Number.isInteger(value)) {
    if ("iufc".includes(kind)) return other;
    return typeof value === "bigint" && !Number.isSafeInteger(Number(value)) ? "bigint64" : "int64";
  }
  return kind === "f" || kind === "c" ? other : "float64";
}

/**
 * `value` as an element of `dtype`: rounded to its precision, bools as 0 and 1.
 *
 * @throws DTypeError where an integer dtype cannot hold it, or it is of another kind.
 */
export function castValue(value: Value | Date, dtype: DType): Value {
  const { kind, range } = traits(dtype);
  if (value === null) return missingOf(dtype);
  if (kind === "U") return String(value);
  if (kind === "S") {
    if (value instanceof Uint8Array) return value;
    throw doesNotFit(value, dtype);
  }
  if (value instanceof Uint8Array || typeof value === "string") throw doesNotFit(value, dtype);
  if (kind === "c") return isComplex(value) ? value : { re: Number(value), im: 0 };
  if (isComplex(value)) throw doesNotFit(`${value.re}+${value.im}j`, dtype);
  if (kind === "b") return value ? 1 : 0;
  if (range === undefined) return roundTo(Number(value), dtype);
  if (typeof value !== "bigint" && !Number.isFinite(Number(value))) throw doesNotFit(value, dtype);
  const whole = typeof value === "bigint" ? value : BigInt(Math.trunc(Number(value)));
  if (whole < range[0] || whole > range[1]) throw doesNotFit(value, dtype, `; it holds ${range[0]} to ${range[1]}`);
  if (dtype === "bigint64" || dtype === "biguint64") return whole;
  const exact = Number(whole);
  if (!Number.isSafeInteger(exact)) throw doesNotFit(value, dtype, " exactly; integers are exact below 2**53 (use bigint64)");
  return exact;
}

function missingOf(dtype: DType): Value {
  if (promoteForMissing(dtype) !== dtype) throw doesNotFit("a missing value", dtype);
  return missingValue(dtype);
}

function roundTo(x: number, dtype: DType): number {
  if (dtype === "float32") return Math.fround(x);
  return dtype === "float16" ? roundHalf(x) : x;
}

function doesNotFit(value: unknown, dtype: DType, hint = ""): DTypeError {
  return new DTypeError(`${String(value)} does not fit ${dtype}${hint}`, { value: String(value), dtype });
}
