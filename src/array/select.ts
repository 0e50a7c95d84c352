/** Selecting along axes, and rearranging them: everything that is a view. */
import type { Value } from "../dtypes/types.ts";
import { DimensionError } from "../errors.ts";
import type { AnyArray } from "./lazy.ts";
import type { Shape } from "./meta.ts";
import type { NDArray } from "./ndarray.ts";
import { type AxisIndex, type Pick, pickOf, wholePick } from "./pick.ts";
import { type OutAxis, view } from "./view.ts";

/**
 * Part of an array, chosen along each axis on its own: `null` takes all, a number drops the axis, a
 * run is a view, positions take (-1 is `fill`, by default the missing value). Axes beyond the end of
 * `index` are whole.
 *
 * @throws IndexingError where a position is outside; DTypeError where -1 meets a dtype that cannot hold `fill`.
 * @example
 * ```ts
 * select(a, [0, { start: 10, step: -2, count: 3 }, Int32Array.of(4, 4, -1)], 0);
 * ```
 */
export function select(a: AnyArray, index: readonly AxisIndex[], fill?: Value | NDArray): AnyArray {
  if (index.length > a.shape.length)
    throw new DimensionError(`${index.length} indexes for an array of ${a.shape.length} dimensions`, {
      index: index.length,
      ndim: a.shape.length,
    });
  const out: OutAxis[] = [];
  const picks = a.shape.map((n, i): Pick => {
    const chosen = index[i] ?? null;
    if (typeof chosen !== "number") out.push({ axis: i });
    return pickOf(chosen, n, i);
  });
  return view(a, picks, out, fill);
}

const wholes = (shape: Shape): Pick[] => shape.map(wholePick);
const axisOf = (axis: number): OutAxis => ({ axis });

/** The axes of `a` in another order: axis `i` of the result is axis `permutation[i]` of `a`. */
export function transpose(a: AnyArray, permutation: readonly number[]): AnyArray {
  const rank = a.shape.length;
  if (permutation.length !== rank || new Set(permutation).size !== rank) {
    throw new DimensionError(`(${permutation.join(", ")}) is not an order of ${rank} axes`, { permutation, ndim: rank });
  }
  for (const axis of permutation) checkAxis(axis, rank);
  return view(a, wholes(a.shape), permutation.map(axisOf));
}

/** New axes of length 1, at these axes of the result. */
export function expandDims(a: AnyArray, axes: readonly number[]): AnyArray {
  const rank = a.shape.length + axes.length;
  const fresh = new Set(axes);
  if (fresh.size !== axes.length) throw new DimensionError(`new axes repeat: (${axes.join(", ")})`, { axes });
  for (const axis of axes) checkAxis(axis, rank);
  let next = 0;
  const out = Array.from({ length: rank }, (_, i): OutAxis => (fresh.has(i) ? { repeat: 1 } : { axis: next++ }));
  return view(a, wholes(a.shape), out);
}

/** Without these axes, which must have length 1 (default: all that have). */
export function squeeze(a: AnyArray, axes?: readonly number[]): AnyArray {
  const dropped = new Set(axes ?? Array.from(a.shape.keys()).filter((i) => a.shape[i] === 1));
  for (const axis of dropped) {
    checkAxis(axis, a.shape.length);
    if (a.shape[axis] !== 1)
      throw new DimensionError(`cannot drop axis ${axis}: it has length ${a.shape[axis]}, not 1`, { axis, length: a.shape[axis] });
  }
  return view(
    a,
    wholes(a.shape),
    Array.from(a.shape.keys())
      .filter((i) => !dropped.has(i))
      .map(axisOf),
  );
}

/** Repeated to `shape`, as NumPy does: axes align at the end, and length 1 becomes any length. */
export function broadcastTo(a: AnyArray, shape: Shape): AnyArray {
  const lead = shape.length - a.shape.length;
  const out = shape.map((n, j): OutAxis => {
    const own = j < lead ? undefined : a.shape[j - lead];
    if (lead < 0 || (own !== undefined && own !== n && own !== 1))
      throw new DimensionError(`cannot broadcast shape (${a.shape.join(", ")}) to (${shape.join(", ")})`, { from: a.shape, to: shape });
    return own === n ? { axis: j - lead } : { repeat: n };
  });
  return view(a, wholes(a.shape), out);
}

/** In reverse order along `axis`. */
export function flip(a: AnyArray, axis: number): AnyArray {
  checkAxis(axis, a.shape.length);
  const n = a.shape[axis]!;
  return alongAxis(a, axis, n > 0 ? [n - 1, -1, n] : []);
}

/** Shifted by `n` places along `axis`; what falls off one end comes in at the other. */
export function roll(a: AnyArray, axis: number, n: number): AnyArray {
  checkAxis(axis, a.shape.length);
  const length = a.shape[axis]!;
  const by = length === 0 ? 0 : ((n % length) + length) % length;
  return by === 0 ? a : alongAxis(a, axis, [length - by, 1, by, 0, 1, length - by]);
}

/** `a` through one axis's pick, the other axes whole. */
export function alongAxis(a: AnyArray, axis: number, pick: Pick, fill?: Value | NDArray): AnyArray {
  const picks = wholes(a.shape);
  picks[axis] = pick;
  return view(a, picks, Array.from(a.shape.keys(), axisOf), fill);
}

/** Throws DimensionError unless `axis` is one of `rank` axes. */
export function checkAxis(axis: number, rank: number): void {
  if (!Number.isInteger(axis) || axis < 0 || axis >= rank)
    throw new DimensionError(`there is no axis ${axis} among ${rank}`, { axis, ndim: rank });
}
