/** Selecting by position on a variable. */
import { type AxisIndex, points, select } from "../array/index.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Value } from "../dtypes/types.ts";
import type { PositionIndexer } from "../indexing/indexers.ts";
import { broadcastVariables } from "./broadcast.ts";
import { Variable } from "./variable.ts";

/** Indexers by dimension; dimensions that are not named stay whole. */
export type PositionIndexers = ReadonlyMap<string, PositionIndexer>;

/**
 * The part of `variable` at the positions given; dimensions it does not have are passed over.
 *
 * Pointwise indexers (those with dimensions of their own) are broadcast together, and their
 * dimensions come where NumPy puts them: at the first indexed axis if the indexed axes are
 * neighbours, else first. A position of −1 is missing and gives `fill`.
 */
export function iselVariable(variable: Variable, indexers: PositionIndexers, fill?: Value): Variable {
  const pointwise = [...indexers].filter(([dim, x]) => x.kind === "points" && variable.dims.includes(dim));
  const plain = iselOrthogonal(variable, indexers, fill);
  return pointwise.length === 0 ? plain : iselPoints(plain, pointwise.map(([dim, x]) => [dim, (x as { positions: Variable }).positions]), fill);
}

function iselOrthogonal(variable: Variable, indexers: PositionIndexers, fill?: Value): Variable {
  let changed = false;
  const dims: string[] = [];
  const index = variable.dims.map((dim: string): AxisIndex => {
    const x = indexers.get(dim);
    if (x === undefined || x.kind === "points") {
      dims.push(dim);
      return null;
    }
    changed = true;
    if (x.kind === "at") return x.at;
    dims.push(dim);
    return x.kind === "take" ? x.positions : { start: x.start, step: x.step, count: x.count };
  });
  return changed ? variable.replace({ dims, array: select(variable.array, index, fill) }) : variable;
}

function iselPoints(variable: Variable, indexers: readonly (readonly [string, Variable])[], fill?: Value): Variable {
  const axes = indexers.map(([dim]) => variable.axis(dim));
  const positions = broadcastVariables(...indexers.map(([, p]) => p));
  const newDims = positions[0]!.dims as readonly string[];
  const sorted = [...axes].sort((a, b) => a - b);
  const adjacent = sorted.every((axis, i) => i === 0 || axis === sorted[i - 1]! + 1);
  const at = adjacent ? sorted[0]! : 0;
  const kept = variable.dims.filter((_, i) => !axes.includes(i));
  // A dimension that is both indexed pointwise and kept elsewhere would appear twice: xarray forbids it by construction.
  const dims = [...kept.slice(0, at), ...newDims, ...kept.slice(at)];
  const arrays = positions.map((p): NDArray => p.loaded);
  return variable.replace({ dims, array: points(variable.array, axes, arrays, at, fill) });
}

