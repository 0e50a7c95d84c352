/** Combining a grid of datasets: nested lists along named dimensions, or by their coordinates. */
import { eachValue } from "../../array/items.ts";
import { kindOf } from "../../dtypes/traits.ts";
import type { Value } from "../../dtypes/types.ts";
import { ArgumentError, MergeError } from "../../errors.ts";
import type { DatasetParts } from "../parts.ts";
import { type ConcatDim, type ConcatOptions, concatParts } from "./concat.ts";
import { mergeParts } from "./merge.ts";

/** A grid of datasets: a list of lists of … datasets. */
export type NestedParts = DatasetParts | readonly NestedParts[];

/** Concatenate (or merge, where the dimension is `null`) nested lists, one dimension for each level, the outermost first. */
export function combineNestedParts(nested: NestedParts, dims: readonly (ConcatDim | null)[], options: ConcatOptions = {}): DatasetParts {
  checkGrid(nested);
  return combineLevel(nested, dims, { combineAttrs: "drop", ...options });
}

/** Every list of one level must be as long as its sisters. */
function checkGrid(nested: NestedParts): void {
  let level: readonly NestedParts[] = [nested];
  while (level.some(Array.isArray)) {
    const lengths = new Set(level.map((entry) => (Array.isArray(entry) ? entry.length : -1)));
    if (lengths.size > 1)
      throw new ArgumentError(
        `the nested lists are not a grid: lists of one level have lengths ${[...lengths].map((n) => (n < 0 ? "none" : n)).join(" and ")}`,
        {},
      );
    level = (level as readonly (readonly NestedParts[])[]).flat();
  }
}

function combineLevel(nested: NestedParts, dims: readonly (ConcatDim | null)[], options: ConcatOptions): DatasetParts {
  if (!Array.isArray(nested)) {
    if (dims.length > 0)
      throw new ArgumentError(`${dims.length} more dimensions (${dims.map(dimName).join(", ")}) than levels of lists`, {});
    return nested as DatasetParts;
  }
  const [dim, ...inner] = dims;
  if (dim === undefined)
    throw new ArgumentError("the lists are nested deeper than there are dimensions: name one dimension for each level (null to merge)", {});
  const rows = (nested as readonly NestedParts[]).map((row) => combineLevel(row, inner, options));
  if (dim === null) return mergeParts(rows, definedOnly(options));
  return concatParts(rows, dim, options);
}

function dimName(dim: ConcatDim | null): string {
  return dim === null ? "null" : typeof dim === "string" ? dim : dim.name;
}

/**
 * Combine datasets by the values of their coordinates: those with the same variables form a grid whose
 * order the dimension coordinates give; the grids are then merged.
 *
 * @throws ArgumentError where the coordinates do not say the order, or overlap.
 */
export function combineByCoordsParts(inputs: readonly DatasetParts[], options: ConcatOptions = {}): DatasetParts {
  const groups = new Map<string, DatasetParts[]>();
  for (const ds of inputs) {
    const key = JSON.stringify([...ds.vars.keys()].sort());
    const group = groups.get(key);
    if (group) group.push(ds);
    else groups.set(key, [ds]);
  }
  const settings: ConcatOptions = { combineAttrs: "no_conflicts", ...options };
  const combined = [...groups.values()].map((group) => combineGroup(group, settings));
  return combined.length === 1 ? combined[0]! : mergeParts(combined, definedOnly(settings));
}

function definedOnly({ compat, join, fillValue, combineAttrs }: ConcatOptions): ConcatOptions {
  return Object.fromEntries(Object.entries({ compat, join, fillValue, combineAttrs }).filter(([, value]) => value !== undefined));
}

function combineGroup(group: readonly DatasetParts[], options: ConcatOptions): DatasetParts {
  if (group.length === 1) return group[0]!;
  const dims = differingDims(group);
  if (dims.length === 0) {
    throw new ArgumentError("the coordinates of the datasets are all equal, so that no order can be found: use combineNested or merge", {});
  }
  const tiles = group.map((ds) => ({ ds, at: dims.map((dim) => firstLabel(ds, dim)) }));
  const combined = stackTiles(tiles, dims, options);
  for (const dim of dims) assertMonotonic(combined, dim);
  return combined;
}

/** The dimensions whose coordinates are not the same in all datasets. */
function differingDims(group: readonly DatasetParts[]): string[] {
  const first = group[0]!;
  return [...first.indexes.keys()].filter((name) => {
    const own = first.indexes.get(name)!;
    if (own.dims[0] !== name) return false;
    const others = group.slice(1).map((ds) => ds.indexes.get(name));
    if (others.some((index) => index === undefined))
      throw new ArgumentError(`coordinate ${JSON.stringify(name)} is not in every dataset`, { name });
    if (group.some((ds) => ds.indexes.get(name)!.size === 0))
      throw new ArgumentError(`coordinate ${JSON.stringify(name)} is empty in one dataset, so that no order can be found`, { name });
    return others.some((index) => !own.equals(index!));
  });
}

function firstLabel(ds: DatasetParts, dim: string): Value {
  for (const value of eachValue(ds.indexes.get(dim)!.labels)) return value;
  return null;
}

interface Tile {
  readonly ds: DatasetParts;
  readonly at: readonly Value[];
}

function stackTiles(tiles: readonly Tile[], dims: readonly string[], options: ConcatOptions): DatasetParts {
  const [dim, ...inner] = dims;
  if (dim === undefined) {
    if (tiles.length > 1)
      throw new ArgumentError(`${tiles.length} datasets have the same place among the others: their coordinates begin alike`, {});
    return tiles[0]!.ds;
  }
  const rows = new Map<Value, Tile[]>();
  for (const tile of tiles) {
    const label = tile.at[0]!;
    const row = rows.get(label);
    if (row) row.push({ ds: tile.ds, at: tile.at.slice(1) });
    else rows.set(label, [{ ds: tile.ds, at: tile.at.slice(1) }]);
  }
  const counts = new Set([...rows.values()].map((row) => row.length));
  if (counts.size > 1)
    throw new ArgumentError(`the datasets do not fill a grid along ${JSON.stringify(dim)}: rows of ${[...counts].join(" and ")} datasets`, {
      dim,
    });
  const ordered = [...rows].sort(([a], [b]) => ((a as number) < (b as number) ? -1 : 1));
  const decreasing = isDecreasing(tiles[0]!.ds, dim);
  if (decreasing) ordered.reverse();
  return concatParts(
    ordered.map(([, row]) => stackTiles(row, inner, options)),
    dim,
    options,
  );
}

function isDecreasing(ds: DatasetParts, dim: string): boolean {
  const { labels } = ds.indexes.get(dim)!;
  if (labels.size < 2 || kindOf(labels.dtype) === "U") return false;
  const [first, second] = [...eachValue(labels)] as number[];
  return second! < first!;
}

function assertMonotonic(ds: DatasetParts, dim: string): void {
  const values = [...eachValue(ds.indexes.get(dim)!.labels)] as number[];
  const up = values.every((v, i) => i === 0 || v >= values[i - 1]!);
  const down = values.every((v, i) => i === 0 || v <= values[i - 1]!);
  if (!up && !down)
    throw new MergeError(`the combined coordinate ${JSON.stringify(dim)} neither rises nor falls throughout: the datasets overlap`, {
      dim,
    });
}
