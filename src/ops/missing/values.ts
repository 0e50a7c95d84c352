/** Values held between bounds, rounded, or tested for membership: names, coordinates and attributes stay. */
import { isin as isinArray, round as roundArray } from "../../array/index.ts";
import { type AnyArray, inMemory } from "../../array/lazy.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { labelsFor } from "../../indexing/index.ts";
import { binaryVariable, keptAttrs } from "../../variable/index.ts";
import { combine, mapVariables } from "../arithmetic/index.ts";
import type { Operand } from "../operand.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts } from "../parts.ts";

type Labelled = ArrayParts | DatasetParts;

/** Bounds of {@link clip}: values, or arrays aligned exactly. */
export interface Bounds {
  readonly min?: Operand | undefined;
  readonly max?: Operand | undefined;
}

/** Values below `min` raised to it, then values above `max` lowered to it; missing ones stay. */
export function clip<P extends Labelled>(parts: P, { min, max }: Bounds, keepAttrs?: boolean): P {
  const raised = min === undefined || min === null ? parts : bounded(parts, "maximum", min, keepAttrs);
  return max === undefined || max === null ? raised : bounded(raised, "minimum", max, keepAttrs);
}

function bounded<P extends Labelled>(parts: P, side: "maximum" | "minimum", bound: Operand, keepAttrs?: boolean): P {
  const result = combine((a, b) => binaryVariable(side, a, b).replace({ attrs: keptAttrs(a.attrs, keepAttrs) }), parts, bound, {
    join: "exact",
  });
  if (!isDatasetParts(result)) return { ...result, name: (parts as ArrayParts).name } as P;
  return { ...result, attrs: keptAttrs((parts as DatasetParts).attrs, keepAttrs) } as P;
}

/** Rounded to `decimals` places (negative: before the point), ties to even. */
export function round<P extends Labelled>(parts: P, decimals: number, keepAttrs?: boolean): P {
  return mapVariables(parts, (v) => v.replace({ array: roundArray(v.array, decimals), attrs: keptAttrs(v.attrs, keepAttrs) }));
}

/** Whether each value is one of `test`; missing values are members of nothing. Dates may be given as strings. */
export function isin<P extends Labelled>(parts: P, test: AnyArray): P {
  return mapVariables(parts, (v) => {
    const text = test.dtype === "string" && "mM".includes(kindOf(v.dtype)) ? inMemory(test) : undefined;
    return v.replace({ array: isinArray(v.array, text ? labelsFor(text, v.dtype) : test) });
  });
}
