/** Selecting by position on a variable. */
import { type AxisIndex, points, select } from "../array/index.ts";
import { NDArray } from "../array/ndarray.ts";
import type { Value } from "../dtypes/types.ts";
import { DimensionError } from "../errors.ts";
import type { PositionIndexer } from "../indexing/indexers.ts";
import { broadcastVariable, broadcastVariables, transposeVariable, unifiedSizes } from "./broadcast.ts";
import { Variable } from "./variable.ts";

/** Indexers by dimension; dimensions that are not named stay whole. */
export type PositionIndexers = ReadonlyMap<string, PositionIndexer>;

/**
 * The part of `variable` at the positions given; dimensions it does not have are passed over.
 *
 * Pointwise indexers (those with dimensions of their own) are broadcast together. Every dimension of
 * the result stands where it first appears when the old dimensions, each replaced by those of its
 * indexer, are read from left to right: xarray's rule. An indexer along another dimension of the
 * variable walks both together. A position of −1 is missing and gives `fill`.
 *
 * @throws DimensionError where indexers, or an indexer and a dimension of its name, differ in length.
 */
export function iselVariable(variable: Variable, indexers: PositionIndexers, fill?: Value): Variable {
  const pointwise = new Map<string, Variable>();
  for (const dim of variable.dims as readonly string[]) {
    const x = indexers.get(dim);
    if (x?.kind === "points") pointwise.set(dim, x.positions);
  }
  const plain = iselOrthogonal(variable, indexers, fill);
  if (pointwise.size === 0) return plain;
  return iselEach(plain, pointwise, fill) ?? iselPoints(plain, pointwise, fill);
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

/** Indexers of at most one dimension each, all different: every axis is taken on its own. */
function iselEach(variable: Variable, pointwise: ReadonlyMap<string, Variable>, fill?: Value): Variable | undefined {
  const dims: string[] = [];
  const index = variable.dims.map((dim: string): AxisIndex => {
    const positions = pointwise.get(dim);
    if (positions === undefined) {
      dims.push(dim);
      return null;
    }
    dims.push(...(positions.dims as string[]));
    return positions.ndim === 0 ? (positions.values as Float64Array)[0]! : (positions.values as Float64Array);
  });
  const separate = [...pointwise.values()].every((p) => p.ndim <= 1) && new Set(dims).size === dims.length;
  return separate ? variable.replace({ dims, array: select(variable.array, index, fill) }) : undefined;
}

function iselPoints(variable: Variable, pointwise: ReadonlyMap<string, Variable>, fill?: Value): Variable {
  const newDims = unifiedSizes([...pointwise.values()]);
  const joint = new Map(pointwise);
  for (const dim of variable.dims as readonly string[]) {
    if (newDims.has(dim) && !joint.has(dim)) joint.set(dim, along(dim, variable, newDims));
  }
  const indexed = (variable.dims as readonly string[]).filter((dim) => joint.has(dim));
  const kept = variable.dims.filter((dim: string) => !joint.has(dim));
  const order = [...new Set(variable.dims.flatMap((dim: string) => (joint.has(dim) ? (joint.get(dim)!.dims as string[]) : [dim])))];
  const sizes = unifiedSizes(broadcastVariables(...indexed.map((dim) => joint.get(dim)!)));
  const arrays = indexed.map((dim): NDArray => broadcastVariable(joint.get(dim)!, sizes).loaded);
  const at = variable.dims.indexOf(indexed[0]!);
  const dims = [...kept.slice(0, at), ...sizes.keys(), ...kept.slice(at)];
  const array = points(
    variable.array,
    indexed.map((dim) => variable.axis(dim)),
    arrays,
    at,
    fill,
  );
  return transposeVariable(variable.replace({ dims, array }), order);
}

/** Every position along a dimension that an indexer shares, so that both are walked together. */
function along(dim: string, variable: Variable, sizes: ReadonlyMap<string, number>): Variable {
  const n = variable.shape[variable.axis(dim)]!;
  if (sizes.get(dim) !== n) {
    throw new DimensionError(
      `an indexer along dimension ${JSON.stringify(dim)} has length ${sizes.get(dim)}, and the dimension itself ${n}`,
      { dim, sizes: [sizes.get(dim), n] },
    );
  }
  return new Variable(
    [dim],
    new NDArray(
      Float64Array.from({ length: n }, (_, i) => i),
      [n],
      "float64",
    ),
  );
}
