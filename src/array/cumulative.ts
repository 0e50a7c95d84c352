/** Running sums and products. */
import { canBeMissing, kindOf } from "../dtypes/traits.ts";
import { DTypeError } from "../errors.ts";
import { apply } from "./apply.ts";
import type { AnyArray } from "./lazy.ts";
import type { Op } from "./op.ts";
import { checkAxis } from "./operand.ts";
import { REDUCTIONS } from "./reduction.ts";
import { type ScanParams, type Stepper, scanOp } from "./scan.ts";

/** Codes of groups along the scanned axis; each group runs on its own. */
export interface ScanGroups {
  readonly codes: Int32Array;
  readonly count: number;
}

interface CumulativeParams extends ScanParams {
  readonly fn: "sum" | "prod";
  readonly skip: boolean;
}

const running: Stepper<CumulativeParams> = {
  name: "cumulative",
  dtype(input, { fn }) {
    if (kindOf(input) === "c" || kindOf(input) === "U" || kindOf(input) === "S")
      throw new DTypeError(`a running ${fn} is not defined for ${input}`, { dtype: input });
    return REDUCTIONS[fn].dtype(input);
  },
  begin: ({ fn }) => [fn === "sum" ? 0 : 1],
  line(src, at, n, dst, to, [total], base, codes, first, { fn, skip }) {
    if (codes === undefined) {
      let s = total![base]!;
      for (let i = 0; i < n; i++) {
        const v = src[at + i]!;
        if (v === v || !skip) s = fn === "sum" ? s + v : s * v;
        dst[to + i] = s;
      }
      total![base] = s;
      return;
    }
    for (let i = 0; i < n; i++) {
      const g = codes[first + i]!;
      const v = src[at + i]!;
      if (g < 0) dst[to + i] = Number.NaN;
      else {
        if (v === v || !skip) total![base + g] = fn === "sum" ? total![base + g]! + v : total![base + g]! * v;
        dst[to + i] = total![base + g]!;
      }
    }
  },
};

/** Running sums and products. */
export const cumulativeOp: Op<CumulativeParams> = scanOp(running);

/**
 * Running sum or product along `axis`; with `skipna` (the default) NaN adds nothing, else it stays to
 * the end. Integers widen to 64 bits. With `groups` each group runs on its own.
 */
export function cumulative(
  name: "sum" | "prod",
  a: AnyArray,
  axis: number,
  options: { skipna?: boolean | undefined; groups?: ScanGroups | undefined } = {},
): AnyArray {
  checkAxis(a, axis);
  const { groups } = options;
  const params = { fn: name, axis, reverse: false, groups: groups?.count ?? 1, skip: (options.skipna ?? true) && canBeMissing(a.dtype) };
  return apply(cumulativeOp, [a], { params, blobs: groups ? [groups.codes] : [], label: `cum${name}` });
}
