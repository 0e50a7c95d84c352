/** Where the least and greatest values are: as positions, and as labels. */

import { cast } from "../../array/cast.ts";
import { full, lookup, NDArray, reduce, unary } from "../../array/index.ts";
import { canBeMissing, promoteForMissing } from "../../dtypes/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { DimensionError } from "../../errors.ts";
import { sizeOf } from "../../util/shape.ts";
import { unknownName } from "../../util/suggest.ts";
import { binaryVariable, keptAttrs, whereVariable } from "../../variable/compute.ts";
import { stackVariable } from "../../variable/reshape.ts";
import { Variable } from "../../variable/variable.ts";
import { operandVariable, type ScalarOperand } from "../operand.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts, sizesOf } from "../parts.ts";
import { coordsWithout, reduceWith, skipsByDefault } from "./reduce.ts";

/** Which extreme. */
export type Extreme = "argmin" | "argmax";

/** Options of positions and labels of extremes. */
export interface ExtremeOptions {
  readonly skipna?: boolean | undefined;
  readonly keepAttrs?: boolean | undefined;
}

function argVariable(which: Extreme, v: Variable, dims: readonly string[], options: ExtremeOptions): Variable {
  const axes = v.axes(dims.length === 0 ? undefined : dims);
  const array = reduce(which, v.array, axes, { skipna: options.skipna ?? skipsByDefault(which, v.dtype) });
  return new Variable(
    v.dims.filter((_, i) => !axes.includes(i)),
    array,
    { attrs: keptAttrs(v.attrs, options.keepAttrs) },
  );
}

/** Positions of the extreme along one dimension; of the flattened values where none is named. */
export function argExtreme<P extends ArrayParts | DatasetParts>(which: Extreme, parts: P, dim?: string, options: ExtremeOptions = {}): P {
  return reduceWith(
    parts,
    dim,
    (v, own) => (own.length === 0 && v.ndim > 0 && dim !== undefined ? v : argVariable(which, v, own, options)),
    which,
  );
}

/** The name of the flattened dimensions, which no user's name can be. */
const FLAT = "\u0000flat";

/** Positions of the extreme over several dimensions together: one array for each of them. */
export function argExtremes(
  which: Extreme,
  parts: ArrayParts,
  dims: readonly string[] | "...",
  options: ExtremeOptions = {},
): Record<string, ArrayParts> {
  const { variable } = parts;
  const names = variable.axes(dims).map((axis) => variable.dims[axis] as string);
  const flat = argVariable(which, stackVariable(variable, names, FLAT), [FLAT], options);
  const sizes = names.map((name) => variable.sizes[name] as number);
  const total = sizeOf(sizes);
  const rest = coordsWithout(parts, new Set(names));
  let below = total;
  return Object.fromEntries(
    names.map((name, i) => {
      const n = sizes[i]!;
      below /= Math.max(1, n);
      const step = below;
      const table = Float64Array.from({ length: total }, (_, p) => Math.floor(p / step) % n);
      const array = lookup(new NDArray(table, [total], "int64"), flat.array);
      return [name, { ...rest, variable: flat.replace({ array }), name: parts.name }];
    }),
  );
}

/** Options of `idxmin` and `idxmax`. */
export interface IdxOptions extends ExtremeOptions {
  /** What stands where all values are missing (default: missing). */
  readonly fillValue?: ScalarOperand | undefined;
}

/** Labels of the extreme along `dim`: values of its coordinate, missing where all values are. */
export function idxExtreme<P extends ArrayParts | DatasetParts>(
  which: Extreme,
  parts: P,
  dim: string | undefined,
  options: IdxOptions = {},
): P {
  const along = dim ?? onlyDim(parts);
  const label = parts.coords.get(along);
  if (!label) throw new DimensionError(unknownName("dimension with a coordinate", along, parts.coords.keys()), { dim: along });
  const reduced = reduceWith(parts, along, (v, own) => (own.length === 0 ? v : idxVariable(which, v, along, label, options)), which);
  return isDatasetParts(reduced) ? reduced : { ...reduced, name: along };
}

function onlyDim(parts: ArrayParts | DatasetParts): string {
  const dims = isDatasetParts(parts) ? [...sizesOf(parts).keys()] : parts.variable.dims;
  if (dims.length === 1) return dims[0] as string;
  throw new DimensionError(`name the dimension whose labels are wanted: there are ${dims.length} (${dims.join(", ")})`, { dims });
}

function idxVariable(which: Extreme, v: Variable, dim: string, label: Variable, options: IdxOptions): Variable {
  const attrs = keptAttrs(v.attrs, options.keepAttrs);
  if (!canBeMissing(v.dtype) || !(options.skipna ?? skipsByDefault(which, v.dtype))) {
    const at = argVariable(which, v, [dim], options);
    return at.replace({ array: lookup(label.array, at.array), attrs });
  }
  const missing = v.replace({ array: unary("isnull", v.array) });
  const axes = v.axes(dim);
  const none = new Variable(
    v.dims.filter((d) => d !== dim),
    reduce("all", missing.array, axes),
  );
  const any = binaryVariable("eq", none, operandVariable(false, none));
  // Rows without any value get one, so that they have a position, and lose their label again.
  const filled = whereVariable(any, v, new Variable([], full([], kindOf(v.dtype) === "U" ? "" : 0, v.dtype)), [v, any]);
  const at = argVariable(which, filled, [dim], { ...options, skipna: true });
  const dtype = options.fillValue === undefined ? promoteForMissing(label.dtype) : label.dtype;
  const found = at.replace({ array: lookup(cast(label.array, dtype), at.array) });
  return whereVariable(any, found, operandVariable(options.fillValue ?? null, found), [found]).replace({ attrs });
}
