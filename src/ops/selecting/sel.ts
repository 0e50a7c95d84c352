/** Selecting by label. */

import { ArgumentError, CoordinateError, DimensionError, IndexingError } from "../../errors.ts";
import type { Index, SelectOptions, SelectResult } from "../../indexing/contract.ts";
import { indexerVariable, LabelIndex, type PositionIndexer, toPositions } from "../../indexing/index.ts";
import { warn } from "../../options.ts";
import { checkOptions, type OptionKeys } from "../../util/options.ts";
import { unknownName } from "../../util/suggest.ts";
import { renameVariableDims } from "../../variable/index.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, sizesOf, viaDataset } from "../parts.ts";
import { broughtCoords, checkedIndexers, type Indexers, type IselOptions, iselPositions } from "./isel.ts";
import { unwrapped } from "./unwrap.ts";

/** Options of `sel`. */
export interface SelOptions extends SelectOptions, IselOptions {}

const KNOWN: OptionKeys<SelOptions> = { method: true, tolerance: true, drop: true, missingDims: true };

/**
 * The part of every variable at the labels given, by coordinate (or level of a multi-index).
 *
 * A coordinate without index serves too if it lies along one dimension. Labels of a dimension without
 * coordinate are positions. Slices include both ends; date strings
 * coarser than the coordinate select all that they name; `method` and `tolerance` allow inexact labels.
 *
 * @throws IndexingError for labels that are not there, DimensionError for unknown names,
 * CoordinateError for a coordinate of several dimensions or none.
 * @example
 * ```ts
 * sel(parts, { time: "2000-02", lat: slice(60, 20), lon: 7.5 });
 * ```
 */
export function sel(parts: DatasetParts, labels: Indexers, options: SelOptions = {}): DatasetParts {
  checkOptions("sel", options, KNOWN);
  const { method, tolerance } = options;
  const given = Object.entries(checkedIndexers(labels)).map(([name, label]) => [name, unwrapped(label)] as const);
  const results = queryIndexes(parts, given, { method, tolerance }, options.missingDims);
  const positions = new Map<string, PositionIndexer>();
  for (const { indexers } of results) {
    for (const [dim, indexer] of indexers) {
      if (positions.has(dim))
        throw new IndexingError(`labels of two indexes both select along dimension ${JSON.stringify(dim)}; make them one with setIndex`, {
          dim,
        });
      positions.set(dim, indexer);
    }
  }
  const carried = given.flatMap(([, label]) => {
    const brought = broughtCoords(label);
    return brought ? [withoutNames(brought, positions)] : [];
  });
  const selected = iselPositions(parts, positions, { drop: options.drop, carried });
  return results.reduce((result, changes) => overwrite(result, changes, options.drop ?? false), selected);
}

/** Select by labels in the order of an array's dimensions, `null` for a whole one, or by one record of names. */
export function loc(array: ArrayParts, labels: readonly unknown[], options: SelOptions = {}): ArrayParts {
  return viaDataset(array, (dataset) => sel(dataset, byName(array, labels), options));
}

function byName(array: ArrayParts, labels: readonly unknown[]): Indexers {
  const [first] = labels;
  if (
    labels.length === 1 &&
    typeof first === "object" &&
    first !== null &&
    Object.getPrototypeOf(first) === Object.prototype &&
    !("variable" in first)
  )
    return first as Indexers;
  const { dims } = array.variable;
  if (labels.length > dims.length)
    throw new IndexingError(`${labels.length} labels for an array of ${dims.length} dimensions (${dims.join(", ")})`, { dims });
  return Object.fromEntries(labels.flatMap((label, i) => (label === null || label === undefined ? [] : [[dims[i], label]])));
}

/** What every index makes of the labels given to it. */
function queryIndexes(
  parts: DatasetParts,
  labels: readonly (readonly [string, unknown])[],
  options: SelectOptions,
  missing: IselOptions["missingDims"] = "raise",
): SelectResult[] {
  const byIndex = new Map<Index, Map<string, unknown>>();
  const results: SelectResult[] = [];
  const sizes = sizesOf(parts);
  for (const [name, label] of labels) {
    const index = parts.indexes.get(name) ?? passingIndex(parts, name);
    if (index) {
      const group = byIndex.get(index);
      if (group) group.set(name, label);
      else byIndex.set(index, new Map([[name, label]]));
    } else if (!sizes.has(name)) {
      const message = unknownName("dimension or coordinate", name, new Set([...sizes.keys(), ...parts.indexes.keys()]));
      if (missing === "raise") throw new DimensionError(message, { dim: name });
      if (missing === "warn") warn("missing-dims", message);
    } else if (options.method !== undefined || options.tolerance !== undefined) {
      throw new ArgumentError(`dimension ${JSON.stringify(name)} has no coordinate, so method and tolerance mean nothing for it`, {
        dim: name,
      });
    } else {
      const variable = indexerVariable(label);
      results.push({ indexers: new Map([[name, toPositions(variable ?? label, name, sizes.get(name)!)]]) });
    }
  }
  for (const [index, group] of byIndex) results.push(index.sel(group, options));
  return results;
}

/** An index made for one selection, of a coordinate along one dimension that has none. */
function passingIndex(parts: DatasetParts, name: string): Index | undefined {
  const variable = parts.coords.get(name);
  if (variable === undefined) return undefined;
  if (variable.ndim === 1) return LabelIndex.of(name, variable);
  throw new CoordinateError(
    `coordinate ${JSON.stringify(name)} has dimensions (${variable.dims.join(", ")}): only one along a single dimension can be selected by`,
    { name, dims: variable.dims },
  );
}

/** The coordinates of a label array without those that the selection itself answers. */
function withoutNames({ coords, indexes }: CoordParts, names: ReadonlyMap<string, unknown>): CoordParts {
  const keep = ([name]: readonly [string, unknown]): boolean => !names.has(name);
  return { coords: new Map([...coords].filter(keep)), indexes: new Map([...indexes].filter(keep)) };
}

/** Replace the coordinates and indexes that a selection changed beyond taking positions. */
function overwrite(parts: DatasetParts, changes: SelectResult, drop: boolean): DatasetParts {
  const { renameDims, dropCoords = [] } = changes;
  if (!changes.coords && !changes.indexes && !renameDims && dropCoords.length === 0) return parts;
  const coords = new Map(parts.coords);
  const indexes = new Map(parts.indexes);
  for (const name of dropCoords) {
    coords.delete(name);
    indexes.delete(name);
  }
  for (const [name, variable] of changes.coords ?? []) {
    indexes.delete(name);
    if (drop && variable.ndim === 0) coords.delete(name);
    else coords.set(name, variable);
  }
  for (const [name, index] of changes.indexes ?? []) indexes.set(name, index);
  if (!renameDims) return { ...parts, coords, indexes };
  const renamed = (variables: DatasetParts["vars"]): DatasetParts["vars"] =>
    new Map([...variables].map(([name, variable]) => [name, renameVariableDims(variable, renameDims)]));
  return { ...parts, vars: renamed(parts.vars), coords: renamed(coords), indexes };
}
