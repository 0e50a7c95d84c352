/** Functions of one operand, element by element: names, coordinates and attributes stay. */
import type { UnaryName } from "../../array/index.ts";
import { cast } from "../../array/index.ts";
import type { DType } from "../../dtypes/types.ts";
import { keptAttrs, unaryVariable } from "../../variable/compute.ts";
import type { Variable } from "../../variable/variable.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts } from "../parts.ts";

/** Apply `fn` to an array's variable, or to each data variable of a dataset. */
export function mapVariables<P extends ArrayParts | DatasetParts>(parts: P, fn: (v: Variable, name: string | undefined) => Variable): P {
  if (isDatasetParts(parts)) return { ...parts, vars: new Map([...parts.vars].map(([name, v]) => [name, fn(v, name)])) };
  return { ...parts, variable: fn((parts as ArrayParts).variable, (parts as ArrayParts).name) };
}

/** `name(a)`. */
export function unaryOp<P extends ArrayParts | DatasetParts>(name: UnaryName, a: P, keepAttrs?: boolean): P {
  return mapVariables(a, (v) => unaryVariable(name, v, keepAttrs));
}

/** The values as another dtype. */
export function astype<P extends ArrayParts | DatasetParts>(a: P, dtype: DType, keepAttrs?: boolean): P {
  return mapVariables(a, (v) => v.replace({ array: cast(v.array, dtype), attrs: keptAttrs(v.attrs, keepAttrs) }));
}
