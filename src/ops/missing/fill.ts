/** Missing values replaced: by given ones, by neighbours, by those of another object. */
import { fillAlong } from "../../array/index.ts";
import { inMemory } from "../../array/lazy.ts";
import { canBeMissing, kindOf, promote } from "../../dtypes/index.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import type { JoinMode } from "../../options.ts";
import { unknownName } from "../../util/suggest.ts";
import { unaryVariable, type Variable, whereVariable } from "../../variable/index.ts";
import { combine, type VariableFunction } from "../arithmetic/index.ts";
import { isScalarOperand, type Operand, operandVariable } from "../operand.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts, sizesOf } from "../parts.ts";

type Labelled = ArrayParts | DatasetParts;

/** `a` with `b` where it is missing; what cannot be missing stays, in a dtype that holds both. */
const filled: VariableFunction = (a, b) => {
  // A variable that the other side lacks is filled from NaN, which makes no sense of what is no number.
  if (!"iufc".includes(kindOf(a.dtype)) && isNaNValue(b)) return a;
  if (!canBeMissing(a.dtype) && promote(a.dtype, b.dtype) === a.dtype && b.dims.every((dim) => a.dims.includes(dim))) return a;
  return whereVariable(unaryVariable("notnull", a), a, b, [a, b]);
};

function isNaNValue(v: Variable): boolean {
  return v.ndim === 0 && v.dtype === "float64" && Number.isNaN(inMemory(v.array)?.data[0]);
}

/**
 * Missing values replaced by `value`: one value, an array or dataset (aligned by label, whose labels
 * beyond those of `parts` count nothing), or for a dataset one value per variable; integers
 * beside those filled so become floats, as in xarray.
 *
 * @throws ArgumentError for values of variables that are not there.
 */
export function fillna<P extends Labelled>(parts: P, value: Operand | ReadonlyMap<string, Operand>): P {
  if (!(value instanceof Map)) return fillFrom(parts, value as Operand, "left");
  if (!isDatasetParts(parts))
    throw new ArgumentError("an array is filled with one value or array; a value for each variable is for datasets", {});
  const nothing = (v: Variable): Variable => filled(v, operandVariable(Number.NaN, v));
  const vars = new Map([...parts.vars].map(([name, v]): [string, Variable] => [name, nothing(v)]));
  let result: DatasetParts = parts;
  for (const [name, own] of value as ReadonlyMap<string, Operand>) {
    const v = parts.vars.get(name);
    if (v === undefined) throw new ArgumentError(unknownName("variable to fill", name, parts.vars.keys()), { name });
    result = fillFrom({ ...result, vars: new Map([[name, v]]) }, own, "left");
    vars.set(name, result.vars.get(name)!);
  }
  return { ...(result as DatasetParts), vars } as DatasetParts as P;
}

/** `parts`, and where it is missing or has no label what `other` has; labels and variables of both. */
export function combineFirst<P extends Labelled>(parts: P, other: Labelled): P {
  return fillFrom(parts, other, "outer");
}

function fillFrom<P extends Labelled>(parts: P, other: Operand, join: JoinMode): P {
  if (!isDatasetParts(parts) && !isScalarOperand(other) && "vars" in other)
    throw new ArgumentError("an array cannot be filled from a dataset: choose one of its variables", {});
  const result = combine(filled, parts, other, { join });
  if (!isDatasetParts(result)) return { ...result, name: (parts as ArrayParts).name } as P;
  return { ...result, attrs: (parts as DatasetParts).attrs } as P;
}

/** Options of filling along a dimension. */
export interface FillOptions {
  /** At most so many in a row (default: all). */
  readonly limit?: number | undefined;
}

/** Missing values replaced by the last value before them along `dim` (`forward`) or the next one (`backward`), at most `limit` in a row. */
export function fillDirection<P extends Labelled>(
  parts: P,
  dim: string,
  direction: "forward" | "backward",
  { limit }: FillOptions = {},
): P {
  const known = isDatasetParts(parts) ? [...sizesOf(parts).keys()] : parts.variable.dims;
  if (!known.includes(dim)) throw new DimensionError(unknownName("dimension", dim, known), { dim, dims: known });
  const one = (v: Variable): Variable =>
    v.dims.includes(dim) ? v.replace({ array: fillAlong(v.array, v.axis(dim), direction, limit) }) : v;
  if (!isDatasetParts(parts)) return { ...parts, variable: one(parts.variable) };
  return { ...parts, vars: new Map([...parts.vars].map(([name, v]) => [name, one(v)])) };
}
