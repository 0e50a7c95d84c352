/**
 * The contract of an index: from labels to positions.
 *
 * A {@link Index} belongs to one or several coordinates along one or several dimensions; it answers
 * selections by label, and knows how to follow its coordinates through selecting, joining and renaming.
 */
import type { NDArray } from "../array/ndarray.ts";
import type { Variable } from "../variable/variable.ts";
import type { PositionIndexer } from "./indexers.ts";

/** How an inexact label finds its position. `pad` and `backfill` are pandas' names of `ffill` and `bfill`. */
export type SelectMethod = "nearest" | "ffill" | "bfill" | "pad" | "backfill";

/** Options of a selection by label. */
export interface SelectOptions {
  readonly method?: SelectMethod | undefined;
  /** Greatest distance of an inexact match, in units of the labels (a timedelta string for times); a list has one per label. */
  readonly tolerance?: number | string | ArrayLike<number> | readonly string[] | undefined;
}

/** What a selection by label comes to: positions per dimension, and coordinates that change. */
export interface SelectResult {
  readonly indexers: ReadonlyMap<string, PositionIndexer>;
  /** Coordinates that the selection replaces (the remaining levels of a multi-index). */
  readonly coords?: ReadonlyMap<string, Variable>;
  readonly indexes?: ReadonlyMap<string, Index>;
  readonly dropCoords?: readonly string[];
  readonly renameDims?: ReadonlyMap<string, string>;
}

/** An index over one or several coordinates. */
export interface Index {
  /** `"label"`, `"multi"`, or a name of its own. */
  readonly kind: string;
  /** The coordinates that the index stands for, in order. */
  readonly names: readonly string[];
  /** The dimensions along which it runs. */
  readonly dims: readonly string[];
  /** The number of labels. */
  readonly size: number;
  /** The labels, for a one-dimensional index: what plain joins and groupings work on. */
  readonly labels: NDArray;
  /** The coordinate variables as the index holds them. */
  variables(): ReadonlyMap<string, Variable>;
  sel(labels: ReadonlyMap<string, unknown>, options: SelectOptions): SelectResult;
  /** The index after a selection by position; undefined where nothing indexable is left. */
  isel(indexers: ReadonlyMap<string, PositionIndexer>): Index | undefined;
  equals(other: Index): boolean;
  /** The index of all labels that `how` keeps. */
  join(other: Index, how: "inner" | "outer"): Index;
  /** For each label of `target` the position here, −1 where it is missing. */
  positionsOf(target: Index, options: SelectOptions): Float64Array;
  rename(names: ReadonlyMap<string, string>, dims: ReadonlyMap<string, string>): Index;
  roll(shifts: ReadonlyMap<string, number>): Index;
}
