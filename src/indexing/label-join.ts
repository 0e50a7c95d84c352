/** The labels that two indexes have in common, or have together. */
import type { NDArray } from "../array/ndarray.ts";
import { promote } from "../dtypes/promote.ts";
import type { DType } from "../dtypes/types.ts";
import { IndexingError } from "../errors.ts";
import { comparable, type Key, type Keys, labelsOf, sortedUnique } from "./label-keys.ts";

/** One side of a join. */
export interface JoinSide {
  readonly keys: Keys;
  readonly dtype: DType;
}

/**
 * The labels of both sides (`inner`, in the order of `a`) or of either (`outer`, ascending), each once.
 *
 * An outer join with an empty side gives the other as it is.
 *
 * @throws IndexingError for an outer join of labels that cannot be compared.
 */
export function joinLabels(a: JoinSide, b: JoinSide, how: "inner" | "outer"): NDArray {
  if (how === "inner") return labelsOf(comparable(a.dtype, b.dtype) ? common(a.keys, b.keys) : [], joined(a.dtype, b.dtype) ?? a.dtype);
  if (b.keys.length === 0) return labelsOf(a.keys, a.dtype);
  if (a.keys.length === 0) return labelsOf(b.keys, b.dtype);
  const dtype = joined(a.dtype, b.dtype);
  if (dtype === undefined) throw new IndexingError(`labels of dtype ${a.dtype} and ${b.dtype} cannot be joined`, { dtypes: [a.dtype, b.dtype] });
  return labelsOf(sortedUnique(together(a.keys, b.keys)), dtype);
}

function joined(a: DType, b: DType): DType | undefined {
  return a === b ? a : comparable(a, b) ? promote(a, b) : undefined;
}

function together(a: Keys, b: Keys): Keys {
  if (!(a instanceof Float64Array && b instanceof Float64Array)) return [...a, ...b];
  const out = new Float64Array(a.length + b.length);
  out.set(a);
  out.set(b, a.length);
  return out;
}

function common(a: Keys, b: Keys): Keys {
  const other = new Set<Key>(b);
  const seen = new Set<Key>();
  const keep = (key: Key): boolean => other.has(key) && !seen.has(key) && seen.add(key) !== undefined;
  return a instanceof Float64Array ? a.filter(keep) : a.filter(keep);
}
