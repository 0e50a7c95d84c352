/** The labels that two indexes have in common, or have together. */
import type { NDArray } from "../array/ndarray.ts";
import { promote } from "../dtypes/promote.ts";
import type { DType } from "../dtypes/types.ts";
import { IndexingError } from "../errors.ts";
import { comparable, type Key, type Keys, labelsOf, mergeSorted, sortedUnique } from "./label-keys.ts";
import type { Lookup } from "./label-lookup.ts";

/** One side of a join. */
export interface JoinSide {
  readonly lookup: Lookup;
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
  if (how === "inner") return labelsOf(comparable(a.dtype, b.dtype) ? common(a.lookup, b.lookup) : [], joined(a.dtype, b.dtype) ?? a.dtype);
  if (b.lookup.keys.length === 0) return labelsOf(a.lookup.keys, a.dtype);
  if (a.lookup.keys.length === 0) return labelsOf(b.lookup.keys, b.dtype);
  const dtype = joined(a.dtype, b.dtype);
  if (dtype === undefined)
    throw new IndexingError(`labels of dtype ${a.dtype} and ${b.dtype} cannot be joined`, { dtypes: [a.dtype, b.dtype] });
  return labelsOf(either(a.lookup, b.lookup), dtype);
}

function joined(a: DType, b: DType): DType | undefined {
  return a === b ? a : comparable(a, b) ? promote(a, b) : undefined;
}

function either(a: Lookup, b: Lookup): Keys {
  if (!(a.keys instanceof Float64Array && b.keys instanceof Float64Array)) return sortedUnique([...a.keys, ...b.keys]);
  if (a.order.increasing && b.order.increasing) return mergeSorted(a.keys, b.keys);
  const all = new Float64Array(a.keys.length + b.keys.length);
  all.set(a.keys);
  all.set(b.keys, a.keys.length);
  return sortedUnique(all);
}

function common(a: Lookup, b: Lookup): Keys {
  if (a.unique && b.unique) {
    const at = b.positions(a.keys);
    return a.keys instanceof Float64Array ? a.keys.filter((_, i) => at[i]! >= 0) : a.keys.filter((_, i) => at[i]! >= 0);
  }
  const other = new Set<Key>(b.keys);
  const seen = new Set<Key>();
  const keep = (key: Key): boolean => other.has(key) && !seen.has(key) && seen.add(key) !== undefined;
  return a.keys instanceof Float64Array ? a.keys.filter(keep) : a.keys.filter(keep);
}
