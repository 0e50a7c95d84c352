/** Single values beside arrays, as arrays without axes. */
import { CALENDARS } from "../calendar/calendars.ts";
import { timeFromCivil } from "../calendar/fields.ts";
import { type Scalar, scalarDType } from "../dtypes/scalar.ts";
import { traits } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { DTypeError } from "../errors.ts";
import { full } from "./full.ts";
import type { NDArray } from "./ndarray.ts";

/**
 * `value` as a 0-d array that combines with arrays of dtype `other` as NumPy's weak scalars do: whole
 * numbers and fractions take the array's precision, a fraction makes integers float64, `null` is
 * the missing value. A `Date` takes the calendar of `other`.
 *
 * @throws DTypeError where an integer dtype cannot hold the number.
 * @example
 * ```ts
 * scalarOperand(2, "float32").dtype; // "float32"
 * scalarOperand(300, "uint8"); // DTypeError: 300 does not fit uint8; it holds 0 to 255
 * ```
 */
export function scalarOperand(value: Scalar, other: DType): NDArray {
  const dtype = scalarDType(value, other);
  return full([], value instanceof Date ? timeOf(value, dtype) : value, dtype);
}

function timeOf(date: Date, dtype: DType): number {
  const name = traits(dtype).calendar!;
  if (name === "proleptic_gregorian" || Number.isNaN(date.getTime())) return date.getTime();
  const day = Date.UTC(date.getUTCFullYear(), date.getUTCMonth(), date.getUTCDate());
  const ms = timeFromCivil(CALENDARS[name], date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate(), date.getTime() - day);
  if (ms === undefined)
    throw new DTypeError(`${date.toISOString()} is no date of calendar ${name}`, { date: date.toISOString(), calendar: name });
  return ms;
}
