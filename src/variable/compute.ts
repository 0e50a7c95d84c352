/** Arithmetic and reductions on variables: dimension names to axes, attributes kept or dropped. */

import { cast } from "../array/cast.ts";
import {
  type BinaryName,
  binary,
  concat,
  cumulative,
  quantile,
  type ReduceName,
  type ReduceOptions,
  reduce,
  type UnaryName,
  unary,
  where,
} from "../array/index.ts";
import type { NDArray } from "../array/ndarray.ts";
import { resultType } from "../dtypes/index.ts";
import { getOptions } from "../options.ts";
import type { Attrs } from "./attrs.ts";
import { onDims, unifiedSizes } from "./broadcast.ts";
import { Variable } from "./variable.ts";

/** Whether a result keeps attributes: the call's word, else the option in force. */
export function keptAttrs(attrs: Attrs, keepAttrs?: boolean | undefined): Attrs {
  return (keepAttrs ?? getOptions().keepAttrs) ? attrs : {};
}

/** The attributes on which all agree, as xarray's `drop_conflicts`: what arithmetic on several keeps. */
export function commonAttrs(all: readonly Attrs[]): Attrs {
  const out = new Map<string, Attrs[string]>();
  const dropped = new Set<string>();
  for (const attrs of all)
    for (const [name, value] of Object.entries(attrs)) {
      if (dropped.has(name)) continue;
      if (!out.has(name)) out.set(name, value);
      else if (!sameAttr(out.get(name)!, value)) {
        out.delete(name);
        dropped.add(name);
      }
    }
  return Object.fromEntries(out);
}

/** Whether two attribute values are the same. */
export function sameAttr(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((k) => k in b && sameAttr((a as Record<string, unknown>)[k], (b as Record<string, unknown>)[k]))
  );
}

/** Several variables brought to common dimensions by name (missing ones of length 1), and those dimensions. */
export function meet(variables: readonly Variable[]): { readonly dims: readonly string[]; readonly aligned: readonly Variable[] } {
  const first = variables[0]!.dims;
  if (variables.every((v) => v.dims.length === first.length && v.dims.every((dim, i) => dim === first[i]))) {
    unifiedSizes(variables);
    return { dims: first, aligned: variables };
  }
  const dims = [...unifiedSizes(variables).keys()];
  return { dims, aligned: variables.map((v) => onDims(v, dims)) };
}

/** `a (op) b`, broadcast by dimension name. */
export function binaryVariable(name: BinaryName, a: Variable, b: Variable, keepAttrs?: boolean): Variable {
  const { dims, aligned } = meet([a, b]);
  return new Variable(dims, binary(name, aligned[0]!.array, aligned[1]!.array), {
    attrs: keptAttrs(commonAttrs([a.attrs, b.attrs]), keepAttrs),
  });
}

/** `op(a)`, element by element. */
export function unaryVariable(name: UnaryName, a: Variable, keepAttrs?: boolean): Variable {
  return new Variable(a.dims, unary(name, a.array), { attrs: keptAttrs(a.attrs, keepAttrs) });
}

/** `a` where `cond`, else `b`, broadcast by dimension name; dimensions in the order of `order` (default: cond, a, b). */
export function whereVariable(cond: Variable, a: Variable, b: Variable, order: readonly Variable[] = [cond, a, b]): Variable {
  const dims = [...unifiedSizes(order).keys()];
  const [c, x, y] = [cond, a, b].map((v) => onDims(v, dims));
  return new Variable(dims, where(c!.array, x!.array, y!.array), { attrs: a.attrs });
}

/** Reduce over `dims` (all where none are named). */
export function reduceVariable(
  name: ReduceName,
  a: Variable,
  dims: string | readonly string[] | undefined,
  options: ReduceOptions = {},
  keepAttrs?: boolean,
): Variable {
  const axes = a.axes(dims);
  return new Variable(
    a.dims.filter((_, i) => !axes.includes(i)),
    reduce(name, a.array, axes, options),
    { attrs: keptAttrs(a.attrs, keepAttrs) },
  );
}

/** Quantiles over `dims`, along a new first dimension `quantile`. */
export function quantileVariable(
  a: Variable,
  q: Float64Array,
  dims: string | readonly string[] | undefined,
  options: Parameters<typeof quantile>[3] = {},
  keepAttrs?: boolean,
): Variable {
  const axes = a.axes(dims);
  return new Variable(["quantile", ...a.dims.filter((_, i) => !axes.includes(i))], quantile(a.array, q, axes, options), {
    attrs: keptAttrs(a.attrs, keepAttrs),
  });
}

/** Running sum or product along `dims`, one after the other. */
export function cumulativeVariable(
  name: "sum" | "prod",
  a: Variable,
  dims: string | readonly string[] | undefined,
  options: { skipna?: boolean } = {},
  keepAttrs?: boolean,
): Variable {
  const array = a.axes(dims).reduce((array, axis) => cumulative(name, array, axis, options), a.array);
  return new Variable(a.dims, array, { attrs: keptAttrs(a.attrs, keepAttrs) });
}

/** Variables of one set of dimensions end to end along `dim`; attributes and encoding of the first. */
export function concatVariables(variables: readonly Variable[], dim: string): Variable {
  const first = variables[0]!;
  const axis = first.axis(dim);
  if (variables.length === 1) return first;
  const dtype = resultType(...variables.map((v) => v.dtype));
  const arrays = variables.map((v) => cast(onDims(v, first.dims).array, dtype));
  return first.replace({ array: concat(arrays, axis) });
}

/** A 0-d variable. */
export function scalarVariable(array: NDArray): Variable {
  return new Variable([], array);
}
