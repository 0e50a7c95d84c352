/** The order and number of dimensions: transpose, expand, squeeze's opposite, stack and unstack. */
import { asArray } from "../../array/create.ts";
import { CoordinateError, DimensionError } from "../../errors.ts";
import { unknownName } from "../../util/suggest.ts";
import { expandEllipsis, transposeVariable } from "../../variable/broadcast.ts";
import { addDim } from "../../variable/reshape.ts";
import { Variable } from "../../variable/variable.ts";
import { defaultIndex } from "../create/coords.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";

/** What to do about dimensions that are not there. */
export type Missing = "raise" | "ignore";

/** Options of a transpose, which come after the names of dimensions. */
export interface TransposeOptions {
  /** What to do about names that are not there (default `"raise"`). */
  readonly missingDims?: Missing | undefined;
}

/** The arguments of a transpose: names, and options at the end. */
export function transposeArguments(given: readonly (string | TransposeOptions)[]): {
  readonly names: readonly string[];
  readonly missingDims: Missing;
} {
  const options = given.find((x) => typeof x === "object") as TransposeOptions | undefined;
  return { names: given.filter((x) => typeof x === "string"), missingDims: options?.missingDims ?? "raise" };
}

/** Every variable with its dimensions in the order `dims`; none reverses them, `"..."` stands for the rest. */
export function transpose(parts: DatasetParts, dims: readonly string[], missing: Missing = "raise"): DatasetParts {
  const all = [...sizesOf(parts).keys()];
  for (const dim of dims) {
    if (dim !== "..." && missing === "raise" && !all.includes(dim))
      throw new DimensionError(unknownName("dimension", dim, all), { dim, dims: all });
  }
  if (dims.length > 0) expandEllipsis(dims, all, missing);
  // "..." stands for the rest of a variable in the order that it has, not in that of the dataset.
  const one = (v: Variable): Variable => transposeVariable(v, expandEllipsis(dims, v.dims, "ignore"));
  const each = (map: ReadonlyMap<string, Variable>): Map<string, Variable> =>
    new Map([...map].map(([name, v]) => [name, v.ndim < 2 ? v : one(v)]));
  return { ...parts, vars: each(parts.vars), coords: each(parts.coords) };
}

/** New dimensions by name: their length, or the labels along them. */
export type NewDims = string | readonly string[] | { readonly [dim: string]: number | ArrayLike<unknown> | readonly unknown[] };

/** Options of `expandDims`. */
export interface ExpandDimsOptions {
  /** Where the new dimensions come (default first); one position for each. */
  readonly axis?: number | readonly number[] | undefined;
}

/**
 * Add dimensions to every data variable. A scalar coordinate named like a new dimension becomes its label.
 *
 * @throws DimensionError where the dimension is there already.
 */
export function expandDims(parts: DatasetParts, dims: NewDims, options: ExpandDimsOptions = {}): DatasetParts {
  const wanted = newDims(dims);
  const axes = axesOf(options.axis, wanted.length);
  const sizes = sizesOf(parts);
  const coords = new Map(parts.coords);
  const indexes = new Map(parts.indexes);
  const lengths = new Map<string, number>();
  for (const [dim, given] of wanted) {
    if (sizes.has(dim))
      throw new DimensionError(`dimension ${JSON.stringify(dim)} is already there (${[...sizes.keys()].join(", ")})`, { dim });
    const scalar = coords.get(dim);
    if (scalar === undefined && parts.vars.has(dim))
      throw new CoordinateError(`${JSON.stringify(dim)} is a data variable: make it a coordinate first with setCoords`, { name: dim });
    const labels = typeof given === "number" ? undefined : new Variable([dim], asArray(given));
    const coord = labels ?? (scalar ? addDim(scalar, dim, given as number) : undefined);
    lengths.set(dim, labels ? labels.size : (given as number));
    if (!coord) continue;
    coords.set(dim, coord);
    const index = defaultIndex(dim, coord);
    if (index) indexes.set(dim, index);
  }
  const vars = new Map([...parts.vars].map(([name, v]) => [name, expandVariable(v, lengths, axes)]));
  return { ...parts, vars, coords, indexes };
}

function newDims(dims: NewDims): readonly (readonly [string, number | ArrayLike<unknown>])[] {
  if (typeof dims === "string") return [[dims, 1]];
  if (Array.isArray(dims)) return (dims as readonly string[]).map((dim) => [dim, 1]);
  return Object.entries(dims as Record<string, number | ArrayLike<unknown>>);
}

function axesOf(axis: number | readonly number[] | undefined, n: number): readonly number[] {
  const axes = axis === undefined ? Array.from({ length: n }, (_, i) => i) : typeof axis === "number" ? [axis] : axis;
  if (axes.length !== n) throw new DimensionError(`${axes.length} axes for ${n} new dimensions`, { axes, n });
  return axes;
}

function expandVariable(v: Variable, lengths: ReadonlyMap<string, number>, axes: readonly number[]): Variable {
  const rank = v.ndim + lengths.size;
  const placed = [...lengths]
    .map(([dim, n], i) => ({ dim, n, axis: axes[i]! < 0 ? axes[i]! + rank : axes[i]! }))
    .sort((a, b) => a.axis - b.axis);
  for (const { axis, dim } of placed) {
    if (!(axis >= 0 && axis < rank))
      throw new DimensionError(`axis ${axis} for ${JSON.stringify(dim)} is outside the ${rank} dimensions of the result`, { axis });
  }
  return placed.reduce((out, { dim, n, axis }) => addDim(out, dim, n, axis), v);
}
