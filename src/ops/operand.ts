/** Operands: what stands beside an array in arithmetic: another array, a dataset, or a plain value. */
import { asArray } from "../array/create.ts";
import { scalarOperand } from "../array/index.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Complex, DType } from "../dtypes/types.ts";
import { ArgumentError } from "../errors.ts";
import { Variable } from "../variable/variable.ts";
import { type ArrayParts, type DatasetParts, hasParts, PARTS } from "./parts.ts";

/** A single value; JavaScript numbers are weak: an integer takes the dtype of the array beside it. */
export type ScalarOperand = number | bigint | boolean | string | Date | Complex | null;
/** What operations take beside their first operand. */
export type Operand = ArrayParts | DatasetParts | Variable | NDArray | ScalarOperand;

/** What users give as an operand, as operations take it. */
export function toOperand(x: unknown): Operand {
  if (hasParts(x)) return x[PARTS];
  if (x instanceof Variable || x instanceof NDArray) return x;
  if (x === null || x instanceof Date || ["number", "bigint", "boolean", "string"].includes(typeof x)) return x as ScalarOperand;
  if (typeof x === "object" && "re" in x && "im" in x) return x as Complex;
  if (ArrayBuffer.isView(x) || Array.isArray(x)) return asArray(x);
  throw new ArgumentError(
    `cannot compute with ${String(x).slice(0, 60)} (${typeof x}); possible are a DataArray, a Dataset, a Variable, a number, string, boolean, Date or { re, im }`,
    { type: typeof x },
  );
}

/** Whether an operand is a single value. */
export function isScalarOperand(x: Operand): x is ScalarOperand {
  return x === null || typeof x !== "object" || x instanceof Date || "re" in x;
}

/** An operand without coordinates as a variable beside `other`: values get its dtype where they are weak, arrays its last dimensions. */
export function operandVariable(
  x: Variable | NDArray | ScalarOperand,
  other: { readonly dtype: DType; readonly dims: readonly string[] },
): Variable {
  if (x instanceof Variable) return x;
  if (x instanceof NDArray) {
    if (x.ndim > other.dims.length) {
      throw new ArgumentError(
        `an array of shape (${x.shape.join(", ")}) has more dimensions than (${other.dims.join(", ")}): give it names with new DataArray(…)`,
        { shape: x.shape },
      );
    }
    return new Variable(other.dims.slice(other.dims.length - x.ndim), x);
  }
  return new Variable([], scalarOperand(x, other.dtype));
}
