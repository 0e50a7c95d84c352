/** Sums of products over dimensions, and cross products. */
import { cast, contract, reduce, stack } from "../../array/index.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import { getOptions } from "../../options.ts";
import { unknownName } from "../../util/suggest.ts";
import { binaryVariable, iselVariable, keptAttrs, transposeVariable, unifiedSizes, Variable } from "../../variable/index.ts";
import { align } from "../align/index.ts";
import { mergeCoords } from "../merge-coords.ts";
import { type ArrayParts, viaDataset } from "../parts.ts";
import { coordsWithout } from "../reduce/index.ts";
import { pad } from "../reshape/index.ts";

/**
 * The product of all arrays, summed over `dims` (`"..."`: all; default: those that more than one array has).
 * NaN spreads.
 *
 * @throws AlignmentError where labels differ, unless the option `arithmeticJoin` allows it.
 */
export function dot(arrays: readonly ArrayParts[], dims?: string | readonly string[]): ArrayParts {
  if (arrays.length === 0) throw new ArgumentError("dot needs at least one array", {});
  const aligned = align(arrays, { join: getOptions().arithmeticJoin === "exact" ? "exact" : "inner" }) as readonly ArrayParts[];
  const variables = aligned.map((array) => array.variable);
  const all = [...unifiedSizes(variables).keys()];
  const summed = summedDims(variables, all, dims);
  const kept = all.filter((dim) => !summed.has(dim));
  const labels = (v: { readonly dims: readonly string[] }): number[] => v.dims.map((dim) => all.indexOf(dim));
  let product: { dims: readonly string[]; array: Variable["array"] } = variables[0]!;
  for (let k = 1; k < variables.length; k++) {
    const next = variables[k]!;
    // A dimension is summed over with the last array that has it.
    const dims = all.filter(
      (dim) =>
        (product.dims.includes(dim) || next.dims.includes(dim)) &&
        (!summed.has(dim) || variables.slice(k + 1).some((later) => later.dims.includes(dim))),
    );
    product = { dims, array: contract(product.array, next.array, { a: labels(product), b: labels(next), out: labels({ dims }) }) };
  }
  const left = product.dims.flatMap((dim, i) => (summed.has(dim) ? [i] : []));
  const array = left.length === 0 ? product.array : cast(reduce("sum", product.array, left, { skipna: false }), product.array.dtype);
  const variable = transposeVariable(
    new Variable(
      product.dims.filter((dim) => !summed.has(dim)),
      array,
      { attrs: keptAttrs(variables[0]!.attrs) },
    ),
    kept,
  );
  return { variable, name: aligned[0]!.name, ...coordsWithout(mergeCoords(aligned), summed) };
}

function summedDims(
  variables: readonly Variable[],
  all: readonly string[],
  dims: string | readonly string[] | undefined,
): ReadonlySet<string> {
  if (dims === undefined) return new Set(all.filter((dim) => variables.filter((v) => v.dims.includes(dim)).length > 1));
  const named = typeof dims === "string" ? [dims] : dims;
  if (named.includes("...")) return new Set(all);
  for (const dim of named) if (!all.includes(dim)) throw new DimensionError(unknownName("dimension", dim, all), { dim, dims: all });
  return new Set(named);
}

/**
 * The cross product of vectors along `dim`, which has two or three components; of two components each the
 * one perpendicular to them is left. Where one side has fewer, zeros stand for those that it lacks.
 */
export function cross(a: ArrayParts, b: ArrayParts, dim: string): ArrayParts {
  const [x, y] = align(sameComponents(a, b, dim), { join: "exact" }) as readonly [ArrayParts, ArrayParts];
  const n = x.variable.sizes[dim];
  const part = (v: Variable, at: number): Variable => iselVariable(v, new Map([[dim, { kind: "at", at }]]));
  const minor = (i: number, j: number): Variable =>
    binaryVariable(
      "sub",
      binaryVariable("mul", part(x.variable, i), part(y.variable, j)),
      binaryVariable("mul", part(x.variable, j), part(y.variable, i)),
    );
  const coords = mergeCoords([x, y]);
  const attrs = keptAttrs(x.variable.attrs);
  if (n !== 3) return { variable: minor(0, 1).replace({ attrs }), name: x.name, ...coordsWithout(coords, new Set([dim])) };
  const all = [...unifiedSizes([x.variable, y.variable]).keys()];
  const parts = [minor(1, 2), minor(2, 0), minor(0, 1)];
  const variable = new Variable(
    [dim, ...parts[0]!.dims],
    stack(
      parts.map((v) => v.array),
      0,
    ),
    { attrs },
  );
  return { variable: transposeVariable(variable, all), name: x.name, ...coords };
}

/** Both with the same number of components along `dim`: by label where both have labels, else by zeros at the end. */
function sameComponents(a: ArrayParts, b: ArrayParts, dim: string): readonly [ArrayParts, ArrayParts] {
  const [n, m] = [a, b].map(({ variable }) => variable.shape[variable.axis(dim)]!) as [number, number];
  for (const size of [n, m])
    if (size < 1 || size > 3)
      throw new DimensionError(`a cross product has 2 or 3 components; dimension ${JSON.stringify(dim)} has ${size}`, { dim, size });
  if (n === m) {
    if (n === 1)
      throw new DimensionError(`a cross product has 2 or 3 components; dimension ${JSON.stringify(dim)} has 1`, { dim, size: 1 });
    return [a, b];
  }
  if (a.indexes.has(dim) && b.indexes.has(dim)) {
    const others = [...unifiedSizes([a.variable, b.variable].map((v) => iselVariable(v, new Map([[dim, { kind: "at", at: 0 }]])))).keys()];
    return align([a, b], { join: "outer", fillValue: 0, exclude: others }) as unknown as readonly [ArrayParts, ArrayParts];
  }
  if (Math.min(n, m) !== 2)
    throw new DimensionError(
      `without labels dimension ${JSON.stringify(dim)} must have 2 or 3 components on both sides, not ${n} and ${m}`,
      { dim, sizes: [n, m] },
    );
  const longer = (array: ArrayParts): ArrayParts => viaDataset(array, (ds) => pad(ds, { [dim]: [0, 1] }, { constantValues: 0 }));
  return n < m ? [longer(a), b] : [a, longer(b)];
}
