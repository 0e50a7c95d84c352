/** Ranks along a dimension. */
import { rank as rankArray } from "../../array/index.ts";
import { keptAttrs } from "../../variable/compute.ts";
import type { Variable } from "../../variable/variable.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts } from "../parts.ts";
import { reducedDims } from "./reduce.ts";

/** Options of `rank`. */
export interface RankOptions {
  /** Divide by the number of values, so that ranks lie above 0 and not above 1. */
  readonly pct?: boolean | undefined;
  readonly keepAttrs?: boolean | undefined;
}

/** Ranks along `dim` from 1, equal values sharing their mean rank, missing ones NaN; a dataset's variables without `dim` are left out. */
export function rankOp<P extends ArrayParts | DatasetParts>(parts: P, dim: string, { pct, keepAttrs }: RankOptions = {}): P {
  reducedDims(parts, dim);
  const one = (v: Variable): Variable =>
    v.replace({ array: rankArray(v.array, v.axis(dim), { pct }), attrs: keptAttrs(v.attrs, keepAttrs) });
  if (!isDatasetParts(parts)) return { ...parts, variable: one((parts as ArrayParts).variable) };
  const vars = [...parts.vars].filter(([, v]) => v.dims.includes(dim)).map(([name, v]): [string, Variable] => [name, one(v)]);
  return { ...parts, vars: new Map(vars), attrs: keptAttrs(parts.attrs, keepAttrs) };
}
