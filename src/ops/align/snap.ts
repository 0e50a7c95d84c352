/** Taking labels that are nearly those of another index to be those. */
import { flatValues } from "../../array/ndarray.ts";
import type { Index } from "../../indexing/contract.ts";
import { LabelIndex, labelsFor } from "../../indexing/index.ts";

/** `index` with every label that is within `tolerance` of one of `reference` replaced by it; other kinds of index as they are. */
export function snapIndex(index: Index, reference: Index, tolerance: number | string): Index {
  if (!(index instanceof LabelIndex) || !(reference instanceof LabelIndex) || index.equals(reference)) return index;
  const nearest = reference.positionsOf(index, { method: "nearest", tolerance });
  if (nearest.every((at) => at < 0)) return index;
  const target = flatValues(reference.labels) as ArrayLike<unknown>;
  const own = flatValues(index.labels) as ArrayLike<unknown>;
  const labels = Array.from(nearest, (at, i) => (at < 0 ? own[i] : target[at]));
  return new LabelIndex(index.name, index.dim, labelsFor(labels, reference.labels.dtype), index);
}
