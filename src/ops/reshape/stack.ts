/** Several dimensions as one with a multi-index, and back. */

import { cast } from "../../array/cast.ts";
import { arange } from "../../array/index.ts";
import { missingValue, promoteForMissing } from "../../dtypes/index.ts";
import type { Value } from "../../dtypes/types.ts";
import { DimensionError, IndexingError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { LabelIndex } from "../../indexing/label-index.ts";
import { MultiIndex } from "../../indexing/multi-index.ts";
import { unknownName } from "../../util/suggest.ts";
import { broadcastVariable } from "../../variable/broadcast.ts";
import { iselVariable } from "../../variable/isel.ts";
import { stackVariable, unstackVariable } from "../../variable/reshape.ts";
import { Variable } from "../../variable/variable.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";

/** Options of `stack`. */
export interface StackOptions {
  /** Make a multi-index of the labels (default true); without it, coordinates of the dimensions are stacked as any other. */
  readonly createIndex?: boolean | undefined;
}

/**
 * For each name, those dimensions as one of that name, last, in C order of their list; `"..."` stands for the rest.
 * Coordinates of the dimensions become the levels of a multi-index.
 */
export function stack(parts: DatasetParts, dims: { readonly [name: string]: readonly string[] }, options: StackOptions = {}): DatasetParts {
  return Object.entries(dims).reduce((out, [name, list]) => stackOnce(out, name, list, options), parts);
}

function stackOnce(parts: DatasetParts, into: string, list: readonly string[], options: StackOptions): DatasetParts {
  const sizes = sizesOf(parts);
  const rest = [...sizes.keys()].filter((dim) => !list.includes(dim));
  const dims = list.flatMap((dim) => (dim === "..." ? rest : [dim]));
  for (const dim of dims) if (!sizes.has(dim)) throw new DimensionError(unknownName("dimension", dim, sizes.keys()), { dim });
  if (sizes.has(into) && !dims.includes(into))
    throw new DimensionError(`dimension ${JSON.stringify(into)} is already there (${[...sizes.keys()].join(", ")})`, { dim: into });
  const one = (v: Variable): Variable =>
    v.dims.some((dim: string) => dims.includes(dim)) ? stackVariable(withAll(v, dims, sizes), dims, into) : v;
  const each = (map: ReadonlyMap<string, Variable>): Map<string, Variable> => new Map([...map].map(([name, v]) => [name, one(v)]));
  const indexes = new Map([...parts.indexes].filter(([, own]) => !own.dims.some((dim) => dims.includes(dim))));
  if (options.createIndex === false) return { ...parts, vars: each(parts.vars), coords: each(parts.coords), indexes };
  const index = MultiIndex.product(into, new Map(dims.map((dim) => [dim, labelsOf(parts, dim, sizes.get(dim)!)])));
  for (const name of index.names) indexes.set(name, index);
  const made = index.variables();
  const vars = new Map([...each(parts.vars)].filter(([name]) => !made.has(name)));
  return { ...parts, vars, coords: new Map([...[...each(parts.coords)].filter(([name]) => !dims.includes(name)), ...made]), indexes };
}

/** The labels along a dimension; positions where it has none. */
function labelsOf(parts: DatasetParts, dim: string, n: number): Variable {
  const index = parts.indexes.get(dim);
  if (index instanceof MultiIndex)
    throw new DimensionError(`dimension ${JSON.stringify(dim)} is stacked already: unstack it before it takes part in another`, { dim });
  return index?.variables().get(dim) ?? parts.coords.get(dim) ?? new Variable([dim], arange(n));
}

/** `v` with all of `dims`, those it lacks added at the end. */
function withAll(v: Variable, dims: readonly string[], sizes: ReadonlyMap<string, number>): Variable {
  const all = [...v.dims, ...dims.filter((dim) => !v.dims.includes(dim))] as string[];
  return broadcastVariable(v, new Map(all.map((dim) => [dim, sizes.get(dim)!])));
}

/** Options of {@link unstack}. */
export interface UnstackOptions {
  /** What stands for combinations of labels that are not there (default: missing). */
  readonly fillValue?: Value | undefined;
}

/** Multi-indexed dimensions (all, or these) as one dimension for each level. */
export function unstack(parts: DatasetParts, dims?: string | readonly string[], options: UnstackOptions = {}): DatasetParts {
  const multi = new Map([...parts.indexes.values()].filter((index) => index instanceof MultiIndex).map((index) => [index.dim, index]));
  const named = dims === undefined || dims === "..." ? [...multi.keys()] : typeof dims === "string" ? [dims] : dims;
  const sizes = sizesOf(parts);
  for (const dim of named) {
    if (!sizes.has(dim)) throw new DimensionError(unknownName("dimension", dim, sizes.keys()), { dim });
    if (!multi.has(dim))
      throw new IndexingError(`dimension ${JSON.stringify(dim)} has no multi-index to unstack; setIndex makes one`, { dim });
  }
  return named.reduce((out, dim) => unstackOnce(out, multi.get(dim)!, options.fillValue), parts);
}

function unstackOnce(parts: DatasetParts, stacked: MultiIndex, fillValue: Value | undefined): DatasetParts {
  const index = stacked.compact();
  const { dim } = index;
  const lengths = new Map(index.levels.map((level) => [level.name, level.size]));
  const { positions, gaps } = placeRows(index);
  const one = (v: Variable): Variable => {
    if (!v.dims.includes(dim)) return v;
    const dtype = gaps && fillValue === undefined ? promoteForMissing(v.dtype) : v.dtype;
    const typed = dtype === v.dtype ? v : v.replace({ array: cast(v.array, dtype) });
    const placed = iselVariable(
      typed,
      new Map([[dim, { kind: "take", positions }]]),
      gaps ? (fillValue ?? missingValue(dtype)) : undefined,
    );
    return unstackVariable(placed, dim, lengths);
  };
  const own = new Set<string>(index.names);
  const each = (map: ReadonlyMap<string, Variable>): Map<string, Variable> =>
    new Map([...map].filter(([name]) => !own.has(name)).map(([name, v]) => [name, one(v)]));
  const coords = each(parts.coords);
  const indexes = new Map<string, Index>([...parts.indexes].filter(([name]) => !own.has(name)));
  for (const level of index.levels) {
    const label = new LabelIndex(level.name, level.name, level.labels, level);
    indexes.set(level.name, label);
    for (const [name, v] of label.variables()) coords.set(name, v);
  }
  return { ...parts, vars: each(parts.vars), coords, indexes };
}

/** For each combination of level labels, in C order, the row that has it, or −1. */
function placeRows(index: MultiIndex): { readonly positions: Float64Array; readonly gaps: boolean } {
  const total = index.levels.reduce((n, level) => n * level.size, 1);
  const positions = new Float64Array(total).fill(-1);
  let placed = 0;
  for (let row = 0; row < index.size; row++) {
    let at = 0;
    // A row with a missing label has no place.
    for (let k = 0; k < index.levels.length && at >= 0; k++)
      at = index.codes[k]![row]! < 0 ? -1 : at * index.levels[k]!.size + index.codes[k]![row]!;
    if (at < 0) continue;
    if (positions[at] !== -1)
      throw new IndexingError(
        `rows ${positions[at]} and ${row} of ${JSON.stringify(index.dim)} have the same labels, so that they cannot be unstacked: drop one with dropDuplicates`,
        { dim: index.dim },
      );
    positions[at] = row;
    placed++;
  }
  return { positions, gaps: placed < total };
}
