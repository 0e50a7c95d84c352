/** Changed copies: the only way to put values into an array. */
import { slotsPerElement } from "../dtypes/traits.ts";
import { DimensionError, DTypeError, IndexingError } from "../errors.ts";
import { copyTables, type TakeAxis } from "../kernels/take.ts";
import { copyFlat, NDArray } from "./ndarray.ts";
import { type AxisIndex, FILL, hasFill, pickCount, pickOf, positionsOf } from "./pick.ts";
import { broadcastTo } from "./select.ts";

/**
 * A fresh copy of `a` with what `index` selects (as in `select`) replaced by `value`, which
 * broadcasts to it. Where positions repeat, the last one wins.
 *
 * @throws IndexingError where a position is outside; DTypeError where dtypes differ (cast first).
 * @example
 * ```ts
 * assign(a, [null, 0], full([], 1.5, a.dtype)); // column 0 becomes 1.5
 * ```
 */
export function assign<T extends NDArray["dtype"]>(a: NDArray<T>, index: readonly AxisIndex[], value: NDArray): NDArray<T> {
  if (value.dtype !== a.dtype)
    throw new DTypeError(`cannot put ${value.dtype} values into a ${a.dtype} array: cast them first`, { dtypes: [a.dtype, value.dtype] });
  if (index.length > a.shape.length)
    throw new DimensionError(`${index.length} indexes for an array of ${a.shape.length} dimensions`, {
      index: index.length,
      ndim: a.shape.length,
    });
  const picks = a.shape.map((n, i) => pickOf(index[i] ?? null, n, i));
  if (picks.some(hasFill)) throw new IndexingError(`cannot assign at position ${FILL}`, { position: FILL });
  const kept = Array.from(a.shape.keys()).filter((i) => typeof index[i] !== "number");
  const values = broadcastTo(
    value,
    kept.map((i) => pickCount(picks[i]!)),
  ) as NDArray;
  const out = new NDArray(copyFlat(a), a.shape, a.dtype);
  let offset = 0;
  const axes: TakeAxis[] = [];
  for (let i = 0, k = 0; i < picks.length; i++) {
    const pick = picks[i]!;
    const step = out.stride[i]!;
    const src = typeof index[i] === "number" ? 0 : values.stride[k++]!;
    if (pick.length === 3 && Array.isArray(pick) && pick[1] !== 0) {
      offset += pick[0]! * step;
      axes.push({ count: pick[2]!, src, dst: pick[1]! * step });
    } else axes.push({ count: pickCount(pick), src, dst: Float64Array.from(positionsOf(pick), (p) => p * step) });
  }
  copyTables(values.data, values.offset, out.data, offset, axes, slotsPerElement(a.dtype));
  return out;
}
