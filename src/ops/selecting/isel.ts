/** Selecting by position. */

import { kindOf } from "../../dtypes/traits.ts";
import { ArgumentError, DimensionError, IndexingError, MergeError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { distinctIndexes, indexerVariable, type PositionIndexer, toPositions } from "../../indexing/index.ts";
import { warn } from "../../options.ts";
import { checkOptions, type OptionKeys } from "../../util/options.ts";
import { unknownName } from "../../util/suggest.ts";
import { equalVariables, iselVariable, loadedArray, type Variable } from "../../variable/index.ts";
import { agreement } from "../merge-coords.ts";
import { type CoordParts, type DatasetParts, sizesOf } from "../parts.ts";
import { unwrapped } from "./unwrap.ts";

/** What to do about dimensions that are not there. */
export type MissingDims = "raise" | "warn" | "ignore";

/** Options of `isel`. */
export interface IselOptions {
  /** Drop coordinates that the selection makes scalar, instead of keeping them. */
  readonly drop?: boolean | undefined;
  readonly missingDims?: MissingDims | undefined;
}

const KNOWN: OptionKeys<IselOptions> = { drop: true, missingDims: true };

/** Indexers by dimension, as users give them; arrays with coordinates are given as their parts. */
export type Indexers = Readonly<Record<string, unknown>>;

/** The same indexers. Throws ArgumentError for what is none: a number would select everything in silence. */
export function checkedIndexers(indexers: Indexers): Indexers {
  if (typeof indexers === "object" && indexers !== null && !Array.isArray(indexers)) return indexers;
  throw new ArgumentError(
    `${JSON.stringify(indexers)} does not say along which dimension to select; write { dimension: ${JSON.stringify(indexers)} }`,
    { indexers },
  );
}

/**
 * The part of every variable at the positions given.
 *
 * An integer drops its dimension and leaves a scalar coordinate; lists, slices and masks keep it.
 * Arrays with dimensions of their own select pointwise and bring their coordinates along.
 *
 * @throws DimensionError for unknown dimensions, IndexingError for positions that are not there or
 * coordinates of an indexer that contradict those selected.
 * @example
 * ```ts
 * isel(parts, { time: -1, lat: slice(null, null, 2), lon: [0, 3] });
 * ```
 */
export function isel(parts: DatasetParts, indexers: Indexers, options: IselOptions = {}): DatasetParts {
  checkOptions("isel", options, KNOWN);
  const sizes = sizesOf(parts);
  const positions = new Map<string, PositionIndexer>();
  const carried: CoordParts[] = [];
  for (const dim of knownDims(Object.keys(checkedIndexers(indexers)), [...sizes.keys()], options.missingDims)) {
    const indexer = unwrapped(indexers[dim]);
    positions.set(dim, toPositions(indexer, dim, sizes.get(dim)!));
    const brought = broughtCoords(indexer);
    if (brought) carried.push(brought);
  }
  return iselPositions(parts, positions, { drop: options.drop, carried });
}

/** The names among `dims` that exist; the others are refused, warned of or passed over. */
export function knownDims(dims: readonly string[], known: readonly string[], missing: MissingDims = "raise"): string[] {
  return dims.filter((dim) => {
    if (known.includes(dim)) return true;
    const message = unknownName("dimension", dim, known);
    if (missing === "raise") throw new DimensionError(message, { dim, dims: known });
    if (missing === "warn") warn("missing-dims", message);
    return false;
  });
}

/** The coordinates that an indexer brings along: those of an array given as parts, where a boolean one is true. */
export function broughtCoords(indexer: unknown): CoordParts | undefined {
  const variable = indexerVariable(indexer);
  const parts = indexer as Partial<CoordParts>;
  if (variable === undefined || !(parts.coords instanceof Map)) return undefined;
  const coords: CoordParts = { coords: parts.coords, indexes: parts.indexes instanceof Map ? parts.indexes : new Map() };
  if (kindOf(variable.dtype) !== "b" || variable.ndim !== 1) return coords;
  const dim = variable.dims[0] as string;
  const found = toPositions({ variable }, dim, loadedArray(variable.array).size);
  const { coords: kept, indexes } = iselPositions({ vars: new Map(), attrs: {}, encoding: {}, ...coords }, new Map([[dim, found]]));
  return { coords: kept, indexes };
}

/** Options of {@link iselPositions}. */
export interface IselPositionsOptions {
  readonly drop?: boolean | undefined;
  /** Coordinates of the indexers. */
  readonly carried?: readonly CoordParts[];
}

/** {@link isel} with checked positions. */
export function iselPositions(
  parts: DatasetParts,
  positions: ReadonlyMap<string, PositionIndexer>,
  options: IselPositionsOptions = {},
): DatasetParts {
  if (positions.size === 0) return parts;
  const touched = (variable: Variable): boolean => variable.dims.some((dim: string) => positions.has(dim));
  const vars = new Map<string, Variable>();
  for (const [name, variable] of parts.vars) vars.set(name, touched(variable) ? iselVariable(variable, positions) : variable);
  const moved = movedIndexes(parts, positions);
  const coords = new Map<string, Variable>();
  const indexes = new Map<string, Index>();
  for (const [name, variable] of parts.coords) {
    const index = parts.indexes.get(name);
    const after = index && moved.get(index);
    if (after) indexes.set(name, after);
    if (!touched(variable)) {
      coords.set(name, variable);
      continue;
    }
    // An index shares its labels with its coordinate: they are selected once.
    const own = after?.variables().get(name);
    const selected = own ? variable.replace({ array: own.array }) : iselVariable(variable, positions);
    if (options.drop && selected.ndim === 0) continue;
    coords.set(name, selected);
  }
  const result = { ...parts, vars, coords, indexes };
  return options.carried?.length ? attach(result, options.carried) : result;
}

function movedIndexes(parts: CoordParts, positions: ReadonlyMap<string, PositionIndexer>): Map<Index, Index | undefined> {
  return new Map(
    distinctIndexes(parts.indexes).map((index) => [index, index.dims.some((dim) => positions.has(dim)) ? index.isel(positions) : index]),
  );
}

/** Add the coordinates of indexers that have new names; those of the dimensions selected must agree. */
export function attach(parts: DatasetParts, carried: readonly CoordParts[]): DatasetParts {
  const found = new Map<string, Variable>();
  const foundIndexes = new Map<string, Index>();
  const conflicting = new Set<string>();
  for (const { coords, indexes } of carried) {
    for (const [name, variable] of coords) {
      const known = found.get(name);
      const agreed = known === undefined ? variable : agreement(name, known, variable);
      if (agreed) found.set(name, agreed);
      else if (indexes.has(name) && foundIndexes.has(name))
        throw new MergeError(`the indexers have different coordinates ${JSON.stringify(name)}`, { name });
      else conflicting.add(name);
      const index = indexes.get(name);
      if (index && !foundIndexes.has(name)) foundIndexes.set(name, index);
    }
  }
  const coords = new Map(parts.coords);
  const indexes = new Map(parts.indexes);
  const dims = new Set([...parts.vars.values(), ...parts.coords.values()].flatMap((variable) => variable.dims as string[]));
  for (const [name, variable] of found) {
    const own = parts.coords.get(name);
    if (own !== undefined) {
      if (dims.has(name) && !equalVariables(own, variable)) {
        throw new IndexingError(
          `coordinate ${JSON.stringify(name)} of an indexer differs from the one selected: drop it from the indexer, or select by its values`,
          { name },
        );
      }
    } else if (!parts.vars.has(name) && !conflicting.has(name)) {
      coords.set(name, variable);
      const index = foundIndexes.get(name);
      if (index) indexes.set(name, index);
    }
  }
  return { ...parts, coords, indexes };
}
