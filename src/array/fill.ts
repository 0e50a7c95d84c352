/** Filling missing values from the nearest value before or after them. */
import { canBeMissing, kindOf } from "../dtypes/traits.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import { apply } from "./apply.ts";
import type { ScanGroups } from "./cumulative.ts";
import type { AnyArray } from "./lazy.ts";
import type { Op } from "./op.ts";
import { checkAxis } from "./operand.ts";
import { type ScanParams, type Stepper, scanOp } from "./scan.ts";

interface FillParams extends ScanParams {
  /** At most so many in a row; null: all. */
  readonly limit: number | null;
}

const filling: Stepper<FillParams> = {
  name: "fillAlong",
  dtype: (input) => input,
  // The last value, and how many were filled since.
  begin: () => [Number.NaN, 0],
  line(src, at, n, dst, to, [last, since], base, codes, first, { reverse, limit }) {
    const most = limit ?? Number.POSITIVE_INFINITY;
    for (let k = 0; k < n; k++) {
      const i = reverse ? n - 1 - k : k;
      const v = src[at + i]!;
      const g = codes === undefined ? 0 : codes[first + i]!;
      dst[to + i] = v;
      if (g < 0) continue;
      const s = base + g;
      if (v === v) {
        last![s] = v;
        since![s] = 0;
      } else if (since![s]! < most) {
        dst[to + i] = last![s]!;
        since![s] = since![s]! + 1;
      }
    }
  },
};

/** Filling along an axis. */
export const fillOp: Op<FillParams> = scanOp(filling);

/**
 * Missing values along `axis` replaced by the last value before them (`forward`) or the next after
 * them (`backward`), at most `limit` in a row; with `groups` only from their own group. Integers
 * and bools have nothing to fill.
 *
 * @throws DTypeError for strings, bytes and complex numbers.
 */
export function fillAlong(
  a: AnyArray,
  axis: number,
  direction: "forward" | "backward",
  limit?: number | undefined,
  groups?: ScanGroups | undefined,
): AnyArray {
  checkAxis(a, axis);
  if (!canBeMissing(a.dtype)) return a;
  if ("USc".includes(kindOf(a.dtype))) throw new DTypeError(`filling along an axis is not defined for ${a.dtype}`, { dtype: a.dtype });
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0))
    throw new ArgumentError(`limit must be a whole number above 0, not ${limit}`, { limit });
  const params = { axis, reverse: direction === "backward", groups: groups?.count ?? 1, limit: limit ?? null };
  return apply(fillOp, [a], { params, blobs: groups ? [groups.codes] : [], label: direction === "forward" ? "ffill" : "bfill" });
}
