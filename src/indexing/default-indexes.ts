/** The indexes that coordinates have unless told otherwise. */
import type { Variable } from "../variable/variable.ts";
import type { Index } from "./contract.ts";
import { LabelIndex } from "./label-index.ts";

/** A {@link LabelIndex} for every coordinate that is named as its only dimension. */
export function defaultIndexes(coords: ReadonlyMap<string, Variable>): Map<string, Index> {
  const indexes = new Map<string, Index>();
  for (const [name, variable] of coords) {
    if (variable.ndim === 1 && variable.dims[0] === name) indexes.set(name, LabelIndex.of(name, variable));
  }
  return indexes;
}

/** The different indexes among `indexes`, each once. */
export function distinctIndexes(indexes: ReadonlyMap<string, Index>): Index[] {
  return [...new Set(indexes.values())];
}
