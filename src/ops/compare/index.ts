/**
 * Whether objects are the same. All of them need values in memory, and throw NotLoadedError otherwise.
 *
 * May import `variable/` and below.
 *
 * @example
 * ```ts
 * sameParts(a, b, "identical");
 * ```
 */

import { isGraticuleError } from "../../errors.ts";
import { broadcastVariable, unifiedSizes } from "../../variable/broadcast.ts";
import { equalVariables, identicalVariables } from "../../variable/compare.ts";
import { sameAttr } from "../../variable/compute.ts";
import type { Variable } from "../../variable/variable.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts } from "../parts.ts";

/** How alike: values and coordinates; also after broadcasting; also names and attributes. */
export type Sameness = "equals" | "broadcastEquals" | "identical";

/** Whether two objects are the same under `how`. */
export function sameParts(a: ArrayParts | DatasetParts, b: ArrayParts | DatasetParts, how: Sameness): boolean {
  const same = SAME[how];
  if (isDatasetParts(a) !== isDatasetParts(b)) return false;
  if (!sameVariables(a.coords, b.coords, same)) return false;
  if (isDatasetParts(a) && isDatasetParts(b))
    return sameVariables(a.vars, b.vars, same) && (how !== "identical" || sameAttr(a.attrs, b.attrs));
  const [x, y] = [a as ArrayParts, b as ArrayParts];
  return same(x.variable, y.variable) && (how !== "identical" || x.name === y.name);
}

const SAME: { readonly [K in Sameness]: (a: Variable, b: Variable) => boolean } = {
  equals: equalVariables,
  identical: identicalVariables,
  broadcastEquals: (a, b) => {
    try {
      const sizes = unifiedSizes([a, b]);
      return equalVariables(broadcastVariable(a, sizes), broadcastVariable(b, sizes));
    } catch (error) {
      if (isGraticuleError(error, "DimensionError")) return false;
      throw error;
    }
  },
};

function sameVariables(
  a: ReadonlyMap<string, Variable>,
  b: ReadonlyMap<string, Variable>,
  same: (a: Variable, b: Variable) => boolean,
): boolean {
  return a.size === b.size && [...a].every(([name, v]) => b.has(name) && same(v, b.get(name)!));
}
