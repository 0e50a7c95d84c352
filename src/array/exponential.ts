/** Exponentially weighted means, sums and variances along an axis. */
import { kindOf } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import { apply } from "./apply.ts";
import type { AnyArray } from "./lazy.ts";
import type { Op } from "./op.ts";
import { checkAxis } from "./operand.ts";
import { type ScanParams, type Stepper, scanOp } from "./scan.ts";

/** The statistics of exponential windows. */
export type ExponentialName = "mean" | "sum" | "std" | "var";

interface ExponentialParams extends ScanParams {
  readonly fn: ExponentialName;
  readonly alpha: number;
  readonly minWeight: number;
}

/**
 * The carry holds, each fading by `1 - alpha` per step (squared weights by its square): the sum, the
 * number of values, their squared weights, the weight, the mean and the squared deviations from it.
 * Deviations are updated from the mean (West's form of Welford's step), so that a variance does not
 * drown in the mean's square.
 */
const exponential: Stepper<ExponentialParams> = {
  name: "rollingExp",
  dtype(input, { fn }): DType {
    if (!"fiub".includes(kindOf(input))) throw new DTypeError(`an exponential ${fn} is not defined for ${input}`, { dtype: input });
    return kindOf(input) === "f" ? input : "float64";
  },
  begin: () => [0, 0, 0, 0, 0, 0],
  line(src, at, n, dst, to, [sum, count, squares, weight, average, deviation], base, _codes, _first, { fn, alpha, minWeight }) {
    const decay = 1 - alpha;
    let s = sum![base]!,
      c = count![base]!,
      c2 = squares![base]!,
      w = weight![base]!,
      m = average![base]!,
      q = deviation![base]!;
    for (let i = 0; i < n; i++) {
      const v = src[at + i]!;
      s *= decay;
      c *= decay;
      c2 *= decay * decay;
      w *= decay;
      q *= decay;
      if (v === v) {
        s += v;
        c += 1;
        c2 += 1;
        w += alpha;
        const d = v - m;
        m += d / c;
        q += d * (v - m);
      }
      if (c === 0 || w < minWeight) dst[to + i] = Number.NaN;
      else if (fn === "sum") dst[to + i] = s;
      else if (fn === "mean") dst[to + i] = s / c;
      else {
        const bias = 1 - c2 / (c * c);
        const variance = bias > 0 ? q / c / bias : Number.NaN;
        dst[to + i] = fn === "std" ? Math.sqrt(variance) : variance;
      }
    }
    sum![base] = s;
    count![base] = c;
    squares![base] = c2;
    weight![base] = w;
    average![base] = m;
    deviation![base] = q;
  },
};

/** Exponentially weighted statistics. */
export const rollingExpOp: Op<ExponentialParams> = scanOp(exponential);

const NAMES: readonly ExponentialName[] = ["mean", "sum", "std", "var"];

/**
 * An exponentially weighted statistic along `axis`: each step back counts `1 - alpha` times as much.
 * NaN is passed over; where the weights seen amount to less than `minWeight` (default 0) the result
 * is NaN, and so is the variance of a single value, which is corrected for its bias.
 */
export function rollingExp(
  name: ExponentialName,
  a: AnyArray,
  axis: number,
  options: { alpha: number; minWeight?: number | undefined },
): AnyArray {
  if (!NAMES.includes(name)) throw new ArgumentError(unknownName("exponential statistic", name, NAMES), { name });
  checkAxis(a, axis);
  const { alpha, minWeight = 0 } = options;
  if (!(alpha > 0 && alpha <= 1)) throw new ArgumentError(`alpha must lie above 0 and not above 1, not ${alpha}`, { alpha });
  return apply(rollingExpOp, [a], { params: { fn: name, axis, reverse: false, groups: 1, alpha, minWeight }, label: `rollingExp ${name}` });
}
