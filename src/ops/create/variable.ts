/** Variables from what users write: `[dims, data, attrs?, encoding?]`, arrays, values, other arrays. */
import { asArray } from "../../array/create.ts";
import { LazyArray } from "../../array/lazy.ts";
import type { NDArray } from "../../array/ndarray.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import type { Attrs, Encoding } from "../../variable/attrs.ts";
import { Variable } from "../../variable/variable.ts";
import { type ArrayParts, hasParts, isDatasetParts, PARTS } from "../parts.ts";

/** `[dims, data, attrs?, encoding?]`; one dimension may be named without a list. */
export type VariableTuple = readonly [dims: string | readonly string[], data: unknown, attrs?: Attrs, encoding?: Encoding];
/** What stands for a variable: a tuple, a Variable, a DataArray, a 1-D array of the dimension's own name, or a value. */
export type VariableInput =
  | VariableTuple
  | Variable
  | { readonly [PARTS]: ArrayParts }
  | ArrayLike<unknown>
  | NDArray
  | string
  | number
  | bigint
  | boolean
  | Date
  | null;

/** The array behind `data`: lazy ones and those in memory as they are. */
export function arrayData(data: unknown, shape?: readonly number[]): NDArray | LazyArray {
  if (data instanceof LazyArray) return data;
  if (data instanceof Variable) return data.array;
  const parts = arrayParts(data);
  return parts ? parts.variable.array : asArray(data, { shape });
}

/** The parts of a DataArray; undefined for anything else. */
export function arrayParts(x: unknown): ArrayParts | undefined {
  if (!hasParts(x)) return undefined;
  const parts = x[PARTS];
  if (isDatasetParts(parts))
    throw new ArgumentError("a Dataset cannot stand where an array is wanted: take one of its variables with get(name)", {});
  return parts;
}

function isTuple(x: unknown): x is VariableTuple {
  if (!Array.isArray(x) || x.length < 2 || x.length > 4) return false;
  const [dims, data, attrs] = x;
  const names = typeof dims === "string" || (Array.isArray(dims) && dims.every((dim) => typeof dim === "string"));
  if (!names) return false;
  // `["a", "b"]` is two labels; `["x", [1, 2]]` and `[[], 5]` are a dimension and its data.
  return (
    typeof dims !== "string" ||
    (typeof data === "object" && data !== null && !(data instanceof Date)) ||
    (typeof attrs === "object" && attrs !== null)
  );
}

/** `input` as a variable called `name`. */
export function asVariable(name: string, input: VariableInput): Variable {
  if (input instanceof Variable) return input;
  const parts = arrayParts(input);
  if (parts) return parts.variable;
  if (isTuple(input)) {
    const [dims, data, attrs, encoding] = input;
    return new Variable(typeof dims === "string" ? [dims] : dims, arrayData(data), { attrs, encoding });
  }
  const array = asArray(input);
  if (array.ndim === 0) return new Variable([], array);
  if (array.ndim === 1) return new Variable([name], array);
  throw new DimensionError(`${JSON.stringify(name)} has ${array.ndim} dimensions and no names for them: write [dims, data]`, {
    name,
    shape: array.shape,
  });
}
