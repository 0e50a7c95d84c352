/** Broadcasting by dimension name: axes of one name meet, missing ones are added, nothing is copied. */
import { broadcastTo, expandDims, transpose } from "../array/index.ts";
import { DimensionError } from "../errors.ts";
import type { Variable } from "./variable.ts";

/** All dimensions of several variables, in order of first appearance, with their lengths. */
export function unifiedSizes(variables: readonly Variable[]): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const variable of variables) {
    for (let i = 0; i < variable.dims.length; i++) {
      const dim = variable.dims[i] as string;
      const n = variable.shape[i]!;
      const known = sizes.get(dim);
      if (known !== undefined && known !== n) {
        throw new DimensionError(`dimension ${JSON.stringify(dim)} has length ${known} on one side and ${n} on the other`, {
          dim,
          sizes: [known, n],
        });
      }
      sizes.set(dim, n);
    }
  }
  return sizes;
}

/** `variable` with exactly the dimensions `dims`, in that order; those it lacks get length 1. */
export function onDims(variable: Variable, dims: readonly string[]): Variable {
  if (variable.dims.length === dims.length && variable.dims.every((dim, i) => dim === dims[i])) return variable;
  const present = dims.filter((dim) => variable.dims.includes(dim));
  const ordered = transposeVariable(variable, present);
  if (present.length === dims.length) return ordered;
  const added = dims.flatMap((dim, i) => (variable.dims.includes(dim) ? [] : [i]));
  return variable.replace({ dims, array: expandDims(ordered.array, added) });
}

/** `variable` seen with all of `sizes`, repeating along the dimensions it lacks. */
export function broadcastVariable(variable: Variable, sizes: ReadonlyMap<string, number>): Variable {
  const aligned = onDims(variable, [...sizes.keys()]);
  const shape = [...sizes.values()];
  return aligned.shape.every((n, i) => n === shape[i]) ? aligned : aligned.replace({ array: broadcastTo(aligned.array, shape) });
}

/** Several variables, each with the dimensions of all. */
export function broadcastVariables(...variables: readonly Variable[]): Variable[] {
  const sizes = unifiedSizes(variables);
  return variables.map((v) => broadcastVariable(v, sizes));
}

/** `dims` with `"..."` filled in by the dimensions not named; throws DimensionError for a wrong set. */
export function expandEllipsis(dims: readonly string[], all: readonly string[], missing: "raise" | "ignore" = "raise"): string[] {
  if (dims.length === 0) return [...all].reverse();
  const named = dims.filter((dim) => dim !== "..." && (missing === "raise" || all.includes(dim)));
  const rest = all.filter((dim) => !named.includes(dim));
  const out = dims.includes("...") ? dims.flatMap((dim) => (dim === "..." ? rest : named.includes(dim) ? [dim] : [])) : named;
  if (out.length !== all.length || out.some((dim) => !all.includes(dim)) || new Set(out).size !== out.length) {
    throw new DimensionError(`(${dims.join(", ")}) is not an order of the dimensions (${all.join(", ")})`, { dims, all });
  }
  return out;
}

/** `variable` with its dimensions in the order `dims`, each named once. */
export function transposeVariable(variable: Variable, dims: readonly string[]): Variable {
  const perm = dims.map((dim) => variable.axis(dim));
  if (perm.every((axis, i) => axis === i)) return variable;
  return variable.replace({ dims, array: transpose(variable.array, perm) });
}
