/**
 * Concatenation along a dimension that is there or new.
 *
 * Each variable is either concatenated, or merged as one because it does not depend on the dimension;
 * {@link variablesToConcat} decides, as xarray's `data_vars` and `coords` do.
 */
import { full } from "../../array/index.ts";
import { missingValue, promoteForMissing } from "../../dtypes/index.ts";
import { ArgumentError, MergeError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { LabelIndex } from "../../indexing/label-index.ts";
import type { JoinMode } from "../../options.ts";
import { checkOptions, type OptionKeys } from "../../util/options.ts";
import { broadcastVariable } from "../../variable/broadcast.ts";
import { equalVariables } from "../../variable/compare.ts";
import { concatVariables } from "../../variable/compute.ts";
import { Variable } from "../../variable/variable.ts";
import { align } from "../align/index.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";
import { type FillValue, fillOf } from "../selecting/index.ts";
import { type CombineAttrs, combineAttrs } from "./attrs.ts";
import { type Compat, uniqueVariable } from "./unique.ts";

/** Which variables are concatenated: all, those that differ, those that have the dimension, or these beside the latter. */
export type ConcatOver = "all" | "different" | "minimal" | readonly string[];

/** Options of `concat`. */
export interface ConcatOptions {
  /** Data variables to concatenate (default: all along a new dimension, else those that have it). */
  readonly dataVars?: ConcatOver | undefined;
  /** Coordinates to concatenate (default `"minimal"`). */
  readonly coords?: ConcatOver | undefined;
  /** When variables that are not concatenated are the same (default `"override"`). */
  readonly compat?: Compat | undefined;
  /** How labels of other dimensions are brought together (default `"exact"`). */
  readonly join?: JoinMode | undefined;
  readonly fillValue?: FillValue;
  readonly combineAttrs?: CombineAttrs | undefined;
}

/** The keys of {@link ConcatOptions}. */
export const CONCAT_OPTIONS: OptionKeys<ConcatOptions> = {
  dataVars: true,
  coords: true,
  compat: true,
  join: true,
  fillValue: true,
  combineAttrs: true,
};

/** A dimension to concatenate along: its name, or a 1-D coordinate that labels it. */
export type ConcatDim = string | { readonly name: string; readonly variable: Variable };

/** `inputs` end to end along `dim`. */
export function concatParts(inputs: readonly DatasetParts[], dim: ConcatDim, options: ConcatOptions = {}): DatasetParts {
  checkOptions("concat", options, CONCAT_OPTIONS);
  if (inputs.length === 0) throw new ArgumentError("there is nothing to concatenate: give at least one array or dataset", {});
  const name = typeof dim === "string" ? dim : dim.name;
  if (options.compat === "identical")
    combineAttrs(
      inputs.map((ds) => ds.attrs),
      "identical",
    );
  const { join = "exact", compat = "override", fillValue } = options;
  const aligned = align(inputs, { join, exclude: [name], fillValue }) as readonly DatasetParts[];
  const isNew = !aligned.some((ds) => sizesOf(ds).has(name));
  const datasets = isNew ? aligned.map((ds) => scalarToDimension(ds, name)) : aligned;
  const over = variablesToConcat(datasets, name, isNew, options);
  const lengths = datasets.map((ds) => sizesOf(ds).get(name) ?? 1);
  const vars = new Map<string, Variable>();
  const coords = new Map<string, Variable>();
  const indexes = new Map<string, Index>();
  const coordNames = new Set(datasets.flatMap((ds) => [...ds.coords.keys()]));
  for (const key of allNames(datasets)) {
    const found = datasets.map((ds) => ds.vars.get(key) ?? ds.coords.get(key));
    const present = found.filter((v) => v !== undefined);
    if (coordNames.has(key) && datasets.some((ds) => ds.vars.has(key))) {
      throw new MergeError(
        `${JSON.stringify(key)} is a coordinate in one and a data variable in another: use setCoords or resetCoords first`,
        { name: key },
      );
    }
    const attrs = combineAttrs(
      present.map((v) => v.attrs),
      options.combineAttrs,
    );
    const index = over.has(key) ? concatIndex(datasets, key, name) : datasets.find((ds) => ds.indexes.has(key))?.indexes.get(key);
    if (index) indexes.set(key, index);
    const out = index
      ? index.variables().get(key)!
      : over.has(key)
        ? concatFound(key, found, name, lengths, fillValue)
        : uniqueVariable(key, present, compat)!;
    (coordNames.has(key) ? coords : vars).set(key, out.replace({ attrs }));
  }
  if (typeof dim !== "string") labelDimension(dim, lengths, coords, indexes);
  return {
    ...inputs[0]!,
    vars,
    coords,
    indexes,
    attrs: combineAttrs(
      inputs.map((ds) => ds.attrs),
      options.combineAttrs,
    ),
  };
}

function labelDimension(
  { name, variable }: Exclude<ConcatDim, string>,
  lengths: readonly number[],
  coords: Map<string, Variable>,
  indexes: Map<string, Index>,
): void {
  const n = lengths.reduce((a, b) => a + b, 0);
  if (variable.ndim !== 1 || variable.size !== n) {
    throw new MergeError(`${variable.size} labels for ${n} positions along ${JSON.stringify(name)}`, { name, sizes: [variable.size, n] });
  }
  coords.set(name, variable);
  indexes.set(name, LabelIndex.of(name, variable.replace({ dims: [name] })));
}

/** A scalar coordinate named like the new dimension becomes its label. */
function scalarToDimension(ds: DatasetParts, dim: string): DatasetParts {
  const scalar = ds.coords.get(dim);
  if (!scalar || scalar.ndim > 0) return ds;
  const label = broadcastVariable(scalar, new Map([[dim, 1]]));
  return {
    ...ds,
    coords: new Map([...ds.coords, [dim, label]]),
    indexes: new Map([...ds.indexes, [dim, LabelIndex.of(dim, label)]]),
  };
}

/** Names in the order of first appearance, data before coordinates of each. */
function allNames(datasets: readonly DatasetParts[]): Set<string> {
  return new Set([...datasets.flatMap((ds) => [...ds.coords.keys()]), ...datasets.flatMap((ds) => [...ds.vars.keys()])]);
}

function variablesToConcat(datasets: readonly DatasetParts[], dim: string, isNew: boolean, options: ConcatOptions): Set<string> {
  const { compat = "override" } = options;
  if (compat === "override" && (options.dataVars === "different" || options.coords === "different")) {
    throw new ArgumentError('"different" compares variables, which compat "override" does not: set compat to "equals" or another', {
      compat,
    });
  }
  const over = new Set<string>();
  for (const ds of datasets) for (const [name, v] of [...ds.vars, ...ds.coords]) if (v.dims.includes(dim)) over.add(name);
  const choose = (how: ConcatOver, pick: (ds: DatasetParts) => ReadonlyMap<string, Variable>): void => {
    if (how === "minimal") return;
    const names = new Set(datasets.flatMap((ds) => [...pick(ds).keys()]));
    if (Array.isArray(how)) {
      const unknown = how.find((name) => !names.has(name));
      if (unknown !== undefined)
        throw new MergeError(`${JSON.stringify(unknown)} is not among the variables (${[...names].join(", ")})`, { name: unknown });
      for (const name of how) over.add(name);
      return;
    }
    for (const name of names) {
      const all = datasets.map((ds) => pick(ds).get(name));
      const indexed = datasets.some((ds) => ds.indexes.has(name));
      if (indexed) continue;
      if (how === "all" || all.some((v) => v === undefined || !equalVariables(all[0]!, v))) over.add(name);
    }
  };
  choose(options.dataVars ?? (isNew ? "all" : "minimal"), (ds) => ds.vars);
  choose(options.coords ?? "minimal", (ds) => ds.coords);
  if (isNew && over.size === 0 && options.dataVars === "minimal") {
    throw new ArgumentError(`no variable would get the new dimension ${JSON.stringify(dim)}: set dataVars to "all" or to names`, { dim });
  }
  return over;
}

/** The index of a coordinate along `dim` in every dataset, end to end; undefined where one lacks it. */
function concatIndex(datasets: readonly DatasetParts[], name: string, dim: string): Index | undefined {
  const indexes = datasets.map((ds) => ds.indexes.get(name));
  const known = indexes.filter((index) => index instanceof LabelIndex && index.dim === dim) as LabelIndex[];
  return known.length === datasets.length ? LabelIndex.concat(known) : undefined;
}

/** Variables of one name along `dim`; where one is missing, missing values stand for it. */
function concatFound(
  name: string,
  found: readonly (Variable | undefined)[],
  dim: string,
  lengths: readonly number[],
  fillValue: ConcatOptions["fillValue"],
): Variable {
  const model = found.find((v) => v !== undefined)!;
  const withDim = found.find((v) => v?.dims.includes(dim)) ?? model;
  const dims: readonly string[] = withDim.dims.includes(dim) ? withDim.dims : [dim, ...model.dims];
  const common = new Map<string, number>();
  for (const v of found) v?.dims.forEach((d: string, i: number) => common.set(d, v.shape[i]!));
  const parts = found.map((v, i) => {
    const sizes = new Map(
      [...dims, ...[...common.keys()].filter((d) => !dims.includes(d))].map((d) => [d, d === dim ? lengths[i]! : common.get(d)!]),
    );
    return broadcastVariable(v ?? missingLike(name, model, sizes, fillValue), sizes);
  });
  return concatVariables(parts, dim).replace({ attrs: model.attrs, encoding: model.encoding });
}

function missingLike(name: string, model: Variable, sizes: ReadonlyMap<string, number>, fillValue: ConcatOptions["fillValue"]): Variable {
  const own = fillOf(fillValue, name);
  const dtype = own === undefined ? promoteForMissing(model.dtype) : model.dtype;
  return new Variable([...sizes.keys()], full([...sizes.values()], own ?? missingValue(dtype), dtype));
}
