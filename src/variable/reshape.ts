/** Changing the dimensions of a variable and keeping its values. */
import { broadcastTo, expandDims, reshape, squeeze } from "../array/index.ts";
import { DimensionError } from "../errors.ts";
import { sizeOf } from "../util/shape.ts";
import { transposeVariable } from "./broadcast.ts";
import type { Variable } from "./variable.ts";

/** Dimensions renamed; names that are not there are passed over. */
export function renameVariableDims(variable: Variable, names: ReadonlyMap<string, string>): Variable {
  if (!variable.dims.some((dim) => names.has(dim))) return variable;
  return variable.replace({ dims: variable.dims.map((dim: string) => names.get(dim) ?? dim) });
}

/** A new dimension of length `n` (default 1) at `axis` (default first), every slice the same. */
export function addDim(variable: Variable, dim: string, n = 1, axis = 0): Variable {
  if (variable.dims.includes(dim))
    throw new DimensionError(`dimension ${JSON.stringify(dim)} is already there (${variable.dims.join(", ")})`, { dim });
  const dims = [...variable.dims.slice(0, axis), dim, ...variable.dims.slice(axis)];
  const array = expandDims(variable.array, [axis]);
  const shape = dims.map((d, i) => (d === dim ? n : array.shape[i]!));
  return variable.replace({ dims, array: n === 1 ? array : broadcastTo(array, shape) });
}

/** Dimensions of length 1 dropped. */
export function squeezeVariable(variable: Variable, dims: readonly string[]): Variable {
  const axes = dims.map((dim) => variable.axis(dim));
  for (const axis of axes) {
    if (variable.shape[axis] !== 1) {
      throw new DimensionError(
        `cannot squeeze dimension ${JSON.stringify(variable.dims[axis])} of length ${variable.shape[axis]}: only length 1 can go`,
        { dim: variable.dims[axis] },
      );
    }
  }
  return variable.replace({ dims: variable.dims.filter((_, i) => !axes.includes(i)), array: squeeze(variable.array, axes) });
}

/** Several dimensions as one, last, in C order of `dims`. */
export function stackVariable(variable: Variable, dims: readonly string[], into: string): Variable {
  const others = variable.dims.filter((dim: string) => !dims.includes(dim));
  const ordered = transposeVariable(variable, [...others, ...dims]);
  const kept = ordered.shape.slice(0, others.length);
  const n = sizeOf(ordered.shape.slice(others.length));
  return ordered.replace({ dims: [...others, into], array: reshape(ordered.array, [...kept, n]) });
}

/** One dimension as several, last, in C order: the inverse of {@link stackVariable}. */
export function unstackVariable(variable: Variable, dim: string, into: ReadonlyMap<string, number>): Variable {
  const others = variable.dims.filter((d: string) => d !== dim);
  const ordered = transposeVariable(variable, [...others, dim]);
  const n = ordered.shape[others.length]!;
  const sizes = [...into.values()];
  if (sizeOf(sizes) !== n) {
    throw new DimensionError(
      `cannot unstack ${JSON.stringify(dim)} of length ${n} into ${[...into].map(([d, k]) => `${d}: ${k}`).join(", ")}`,
      { dim },
    );
  }
  return ordered.replace({
    dims: [...others, ...into.keys()],
    array: reshape(ordered.array, [...ordered.shape.slice(0, others.length), ...sizes]),
  });
}
