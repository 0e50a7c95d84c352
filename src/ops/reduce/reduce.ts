/** Reductions over named dimensions: coordinates that lose a dimension go, the rest stays. */

import { asArray } from "../../array/create.ts";
import { type AxisIndex, median, type ReduceName, select } from "../../array/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import type { DType } from "../../dtypes/types.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import { LabelIndex } from "../../indexing/label-index.ts";
import { checkOptions, type OptionKeys } from "../../util/options.ts";
import { unknownName } from "../../util/suggest.ts";
import { cumulativeVariable, keptAttrs, quantileVariable, reduceVariable } from "../../variable/compute.ts";
import { Variable } from "../../variable/variable.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, isDatasetParts, sizesOf } from "../parts.ts";

/** One dimension, several, or all of them (`"..."` or nothing). */
export type Dims = string | readonly string[] | undefined;

/** Options of reductions. */
export interface ReduceOpOptions {
  /** Whether missing values are passed over (default: yes where the dtype has them). */
  readonly skipna?: boolean | undefined;
  /** Delta degrees of freedom of `std` and `var` (default 0). */
  readonly ddof?: number | undefined;
  /** Fewest valid values for a `sum` or `prod` that is not missing (default 0). */
  readonly minCount?: number | undefined;
  readonly keepAttrs?: boolean | undefined;
}

/** Reductions that make no sense for strings and other values that are not numbers. */
const NUMERIC_ONLY: ReadonlySet<string> = new Set(["sum", "prod", "mean", "std", "var", "median", "cumsum", "cumprod", "quantile"]);

/** Reductions that leave a variable as it is where it has none of the dimensions. */
const INVARIANT: ReadonlySet<string> = new Set(["sum", "prod", "mean", "min", "max", "median", "quantile"]);

/** A reduction of one variable over those of the dimensions that it has. */
export type VariableReduction = (v: Variable, dims: readonly string[]) => Variable;

const KNOWN: OptionKeys<ReduceOpOptions> = { skipna: true, ddof: true, minCount: true, keepAttrs: true };

/** Reduce with a named reduction. */
export function reduceOp<P extends ArrayParts | DatasetParts>(name: ReduceName, parts: P, dims: Dims, options: ReduceOpOptions = {}): P {
  checkOptions(name, options, KNOWN);
  const { keepAttrs, ...rest } = options;
  const reduced = reduceWith(
    parts,
    dims,
    (v, own) => reduceVariable(name, v, own, { ...rest, skipna: rest.skipna ?? skipsByDefault(name, v.dtype) }, keepAttrs),
    name,
  );
  return withKeptAttrs(reduced, keepAttrs);
}

/** A dataset without its attributes, and those of the variables that there was nothing to do about, where attributes are not kept. */
function withKeptAttrs<P extends ArrayParts | DatasetParts>(parts: P, keepAttrs: boolean | undefined): P {
  if (!isDatasetParts(parts)) return parts;
  const vars = new Map([...parts.vars].map(([name, v]) => [name, v.replace({ attrs: keptAttrs(v.attrs, keepAttrs) })]));
  return { ...parts, vars, attrs: keptAttrs(parts.attrs, keepAttrs) };
}

/** What is missing wherever one of several times is, unless it is to be passed over. */
const TIME_SPREADS: ReadonlySet<string> = new Set(["min", "max", "median", "argmin", "argmax"]);

/** Whether missing values are passed over unasked: not by the least, greatest and middle of times, as in NumPy and xarray. */
export function skipsByDefault(name: string, dtype: DType): boolean {
  return !(TIME_SPREADS.has(name) && "mM".includes(kindOf(dtype)));
}

/** Reduce with any function of a variable; `name` decides which of a dataset's variables take part. */
export function reduceWith<P extends ArrayParts | DatasetParts>(parts: P, dims: Dims, fn: VariableReduction, name = ""): P {
  const { axes } = reducedDims(parts, dims);
  const over = (v: Variable): string[] => v.dims.filter((dim: string) => axes.has(dim));
  if (!isDatasetParts(parts)) {
    const { variable } = parts as ArrayParts;
    return { ...parts, variable: fn(variable, over(variable)), ...coordsWithout(parts, axes) };
  }
  const vars = new Map<string, Variable>();
  for (const [key, v] of parts.vars) {
    const reduced = reduceMember(name, v, over(v), fn);
    if (reduced) vars.set(key, reduced);
  }
  return { ...parts, vars, ...coordsWithout(parts, axes) };
}

/** A dataset's variable reduced over its own `dims`; as it is where it has none of them, and undefined where `name` makes no sense for it. */
export function reduceMember(name: string, v: Variable, dims: readonly string[], fn: VariableReduction): Variable | undefined {
  const numeric = takesPart(name, v);
  if (dims.length === 0 && v.ndim > 0 && (!numeric || INVARIANT.has(name))) return v;
  return numeric ? fn(v, dims) : undefined;
}

/** Whether the reduction `name` makes sense for the values of a dataset's variable. */
export function takesPart(name: string, v: Variable): boolean {
  return !NUMERIC_ONLY.has(name) || isNumeric(v, name);
}

function isNumeric(v: Variable, name: string): boolean {
  const kind = kindOf(v.dtype);
  if (kind === "U" || kind === "S") return false;
  // xarray keeps times only for reductions that do not add them up.
  return kind !== "M" || name === "mean" || name === "median";
}

/** The dimensions that `dims` names, checked against those that are there. */
export function reducedDims(parts: ArrayParts | DatasetParts, dims: Dims): { readonly axes: ReadonlySet<string>; readonly all: boolean } {
  const known: readonly string[] = isDatasetParts(parts) ? [...sizesOf(parts).keys()] : parts.variable.dims;
  const named = dims === undefined ? ["..."] : typeof dims === "string" ? [dims] : dims;
  if (!Array.isArray(named))
    throw new ArgumentError(`${JSON.stringify(dims)} is no dimension; possible are names and lists of them (${known.join(", ")})`, {
      dims,
    });
  if (named.includes("...")) return { axes: new Set(known), all: true };
  for (const dim of named) {
    if (!known.includes(dim)) throw new DimensionError(unknownName("dimension", dim, known), { dim, dims: known });
  }
  return { axes: new Set(named), all: false };
}

/** The coordinates that have none of `dims`. */
export function coordsWithout(parts: CoordParts, dims: ReadonlySet<string>): CoordParts {
  const coords = new Map([...parts.coords].filter(([, v]) => !v.dims.some((dim: string) => dims.has(dim))));
  return { coords, indexes: new Map([...parts.indexes].filter(([name]) => coords.has(name))) };
}

/** The median: of datasets over those of the dimensions that each variable has. */
export function medianOp<P extends ArrayParts | DatasetParts>(
  parts: P,
  dims: Dims,
  options: Pick<ReduceOpOptions, "skipna" | "keepAttrs"> = {},
): P {
  const reduced = reduceWith(
    parts,
    dims,
    (v, own) => {
      const axes = v.axes(own);
      return new Variable(
        v.dims.filter((_, i) => !axes.includes(i)),
        median(v.array, axes, { skipna: options.skipna ?? skipsByDefault("median", v.dtype) }),
        { attrs: keptAttrs(v.attrs, options.keepAttrs) },
      );
    },
    "median",
  );
  return withKeptAttrs(reduced, options.keepAttrs);
}

/** Options of quantiles. */
export interface QuantileOptions {
  readonly method?: string | undefined;
  readonly skipna?: boolean | undefined;
  readonly keepAttrs?: boolean | undefined;
}

/** Quantiles: a new first dimension and coordinate `quantile`, a scalar one for a single q. */
export function quantileOp<P extends ArrayParts | DatasetParts>(
  parts: P,
  q: number | readonly number[],
  dims: Dims,
  options: QuantileOptions = {},
): P {
  const { keepAttrs, ...rest } = options;
  const qs = Float64Array.from(typeof q === "number" ? [q] : q);
  const reduced = withKeptAttrs(
    reduceWith(
      parts,
      dims,
      (v, own) => dropSingle(quantileVariable(v, qs, own, rest as object, keepAttrs), typeof q === "number"),
      "quantile",
    ),
    keepAttrs,
  );
  // Scalar coordinates go, as in xarray, where quantiles are made of labelled dimensions only.
  const coords = new Map([...reduced.coords].filter(([, v]) => v.ndim > 0));
  if (typeof q === "number") return { ...reduced, coords: coords.set("quantile", new Variable([], asArray(q))) };
  const coord = new Variable(["quantile"], asArray(qs));
  return {
    ...reduced,
    coords: coords.set("quantile", coord),
    indexes: new Map([...reduced.indexes, ["quantile", LabelIndex.of("quantile", coord)]]),
  };
}

function dropSingle(v: Variable, single: boolean): Variable {
  if (!single) return v;
  const first: AxisIndex[] = v.dims.map((_, i) => (i === 0 ? 0 : null));
  return v.replace({ dims: v.dims.slice(1), array: select(v.array, first) });
}

/** Running sum or product: the shape stays. */
export function cumulativeOp<P extends ArrayParts | DatasetParts>(
  name: "sum" | "prod",
  parts: P,
  dims: Dims,
  options: { skipna?: boolean | undefined; keepAttrs?: boolean | undefined } = {},
): P {
  const { axes } = reducedDims(parts, dims);
  const one = (v: Variable): Variable =>
    cumulativeVariable(
      name,
      v,
      v.dims.filter((dim: string) => axes.has(dim)),
      options as object,
      options.keepAttrs,
    );
  if (!isDatasetParts(parts)) return { ...parts, variable: one((parts as ArrayParts).variable) };
  return withKeptAttrs(
    { ...parts, vars: new Map([...parts.vars].filter(([, v]) => isNumeric(v, "cumsum")).map(([key, v]) => [key, one(v)])) },
    options.keepAttrs,
  );
}
