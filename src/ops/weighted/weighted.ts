/** Weighted statistics of arrays and datasets. */
import { type AnyArray, asArray, guard, reduce, unary, type WeightedName, weightedQuantile, weightedReduce } from "../../array/index.ts";
import { canBeMissing } from "../../dtypes/traits.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import { type Index, LabelIndex } from "../../indexing/index.ts";
import { unknownName } from "../../util/suggest.ts";
import { keptAttrs, meet } from "../../variable/compute.ts";
import { Variable } from "../../variable/variable.ts";
import { combine } from "../arithmetic/index.ts";
import { type ArrayParts, type DatasetParts, hasParts, isDatasetParts, PARTS, sizesOf, viaDataset } from "../parts.ts";
import { coordsWithout, type Dims } from "../reduce/index.ts";
import { squeeze } from "../selecting/index.ts";

/** Options of weighted statistics. */
export interface WeightedOptions {
  /** Pass over missing values (default: where the dtype has them). */
  readonly skipna?: boolean | undefined;
  readonly keepAttrs?: boolean | undefined;
}

/**
 * The parts of an array of weights, none of which is missing: known at once in memory, else when
 * something is computed with them.
 *
 * @throws ArgumentError for what is no DataArray, or for weights that are missing.
 */
export function checkedWeights(weights: unknown): ArrayParts {
  const parts = hasParts(weights) ? weights[PARTS] : undefined;
  if (parts === undefined || isDatasetParts(parts)) throw new ArgumentError("weights must be a DataArray", { type: typeof weights });
  const { variable } = parts;
  if (!canBeMissing(variable.dtype)) return parts;
  const none = reduce("all", unary("notnull", variable.array), variable.axes(undefined));
  const message = "weights cannot be missing: fill them first, with weights.fillna(0)";
  return { ...parts, variable: variable.replace({ array: guard(variable.array, [none], { tag: "ArgumentError", message }) }) };
}

/** The dimensions to reduce, each of the values or the weights; undefined for all. */
function checkedDims(parts: ArrayParts | DatasetParts, weights: ArrayParts, dims: Dims): ReadonlySet<string> | undefined {
  const named = dims === undefined ? ["..."] : typeof dims === "string" ? [dims] : dims;
  if (named.includes("...")) return undefined;
  const own: readonly string[] = isDatasetParts(parts) ? [...sizesOf(parts).keys()] : parts.variable.dims;
  const known = [...new Set([...own, ...weights.variable.dims])];
  for (const dim of named) if (!known.includes(dim)) throw new DimensionError(unknownName("dimension", dim, known), { dim, dims: known });
  return new Set(named);
}

/** Align, reduce each variable with the weights, and keep the coordinates that lose no dimension. */
function reduceWeighted<P extends ArrayParts | DatasetParts>(
  parts: P,
  weights: ArrayParts,
  dims: Dims,
  fn: (x: Variable, w: Variable, over: (dim: string) => boolean) => Variable,
  keepAttrs: boolean | undefined,
): P {
  const wanted = checkedDims(parts, weights, dims);
  const over = (dim: string): boolean => wanted?.has(dim) ?? true;
  const out = combine((x, w) => fn(x, w, over).replace({ attrs: keptAttrs(x.attrs, keepAttrs) }), parts, weights, {});
  const lost = new Set([...out.coords.values()].flatMap((v) => v.dims as string[]).filter(over));
  const coords = coordsWithout(out, lost);
  if (isDatasetParts(out)) return { ...out, ...coords, attrs: keptAttrs((parts as DatasetParts).attrs, keepAttrs) } as P;
  return { ...out, ...coords, name: (parts as ArrayParts).name } as P;
}

/** Values and weights on common dimensions: the axes that `over` reduces, and the dimensions that it keeps. */
function meetOver(
  x: Variable,
  w: Variable,
  over: (dim: string) => boolean,
): { readonly kept: readonly string[]; readonly axes: readonly number[]; readonly array: AnyArray; readonly by: AnyArray } {
  const { dims, aligned } = meet([x, w]);
  return {
    kept: dims.filter((dim) => !over(dim)),
    axes: [...dims.keys()].filter((i) => over(dims[i]!)),
    array: aligned[0]!.array,
    by: aligned[1]!.array,
  };
}

/** A weighted statistic over dimensions of the values and the weights (all by default). */
export function weightedOp<P extends ArrayParts | DatasetParts>(
  name: WeightedName,
  parts: P,
  weights: ArrayParts,
  dims: Dims,
  options: WeightedOptions = {},
): P {
  return reduceWeighted(
    parts,
    weights,
    dims,
    (x, w, over) => {
      const { kept, axes, array, by } = meetOver(x, w, over);
      return new Variable(kept, weightedReduce(name, array, by, axes, { skipna: options.skipna }));
    },
    options.keepAttrs,
  );
}

/**
 * Weighted quantiles, along a new first dimension and coordinate `quantile`. As in xarray, dimensions of
 * length 1 go, that of a single quantile among them.
 */
export function weightedQuantileOp<P extends ArrayParts | DatasetParts>(
  parts: P,
  weights: ArrayParts,
  q: number | readonly number[],
  dims: Dims,
  options: WeightedOptions = {},
): P {
  const qs = Float64Array.from(typeof q === "number" ? [q] : q);
  const wrong = qs.find((x) => !(x >= 0 && x <= 1));
  if (wrong !== undefined) throw new ArgumentError(`quantiles lie between 0 and 1, not ${wrong}`, { q: wrong });
  const out = reduceWeighted(
    parts,
    weights,
    dims,
    (x, w, over) => {
      const { kept, axes, array, by } = meetOver(x, w, over);
      return new Variable(["quantile", ...kept], weightedQuantile(array, by, qs, axes, { skipna: options.skipna }));
    },
    options.keepAttrs,
  );
  const coord = new Variable(["quantile"], asArray(qs));
  const labelled = {
    ...out,
    coords: new Map([...out.coords, ["quantile", coord]]),
    indexes: new Map<string, Index>([...out.indexes, ["quantile", LabelIndex.of("quantile", coord)]]),
  };
  return (isDatasetParts(labelled) ? squeeze(labelled) : viaDataset(labelled as ArrayParts, (ds) => squeeze(ds))) as P;
}
