/** Differences of neighbours along a dimension. */

import { ArgumentError, DimensionError } from "../../errors.ts";
import type { PositionIndexer } from "../../indexing/index.ts";
import { unknownName } from "../../util/suggest.ts";
import { binaryVariable, iselVariable, type Variable } from "../../variable/index.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";
import { iselPositions } from "../selecting/index.ts";

/** Options of `diff`. */
export interface DiffOptions {
  /** How many times differences are taken (default 1). */
  readonly n?: number | undefined;
  /** Whose labels stay the first time: those of the later (`"upper"`, default) or the earlier neighbour. As in xarray it is the later one from then on. */
  readonly label?: "upper" | "lower" | undefined;
}

/** Each value less the one before it along `dim`, which gets `n` shorter. */
export function diff(parts: DatasetParts, dim: string, { n = 1, label = "upper" }: DiffOptions = {}): DatasetParts {
  const size = sizesOf(parts).get(dim);
  if (size === undefined) throw new DimensionError(unknownName("dimension", dim, sizesOf(parts).keys()), { dim });
  if (!Number.isInteger(n) || n < 0) throw new ArgumentError(`n must be a whole number of 0 or more, not ${n}`, { n });
  if (label !== "upper" && label !== "lower")
    throw new ArgumentError(`label is "upper" or "lower", not ${JSON.stringify(label)}`, { label });
  let result = parts;
  for (let k = 0; k < n; k++) result = once(result, dim, Math.max(0, size - 1 - k), k === 0 ? label : "upper");
  return result;
}

function once(parts: DatasetParts, dim: string, count: number, label: "upper" | "lower"): DatasetParts {
  const part = (start: number): ReadonlyMap<string, PositionIndexer> =>
    new Map([[dim, { kind: "run", start: count > 0 ? start : 0, step: 1, count }]]);
  const [earlier, later] = [part(0), part(1)];
  const one = (v: Variable): Variable =>
    v.dims.includes(dim) ? binaryVariable("sub", iselVariable(v, later), iselVariable(v, earlier)) : v;
  return {
    ...iselPositions(parts, label === "upper" ? later : earlier),
    vars: new Map([...parts.vars].map(([name, v]) => [name, one(v)])),
  };
}
