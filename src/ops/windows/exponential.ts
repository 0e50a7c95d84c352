/** Exponentially weighted windows: each step back counts a little less. */
import { type ExponentialName, rollingExp } from "../../array/index.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import { unknownName } from "../../util/suggest.ts";
import { keptAttrs } from "../../variable/compute.ts";
import { mapVariables } from "../arithmetic/unary.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts, sizesOf } from "../parts.ts";

/** What the number of an exponential window says. */
export type ExponentialType = "span" | "com" | "halflife" | "alpha";

/** Options of exponential windows. */
export interface RollingExpOptions {
  /** Default `"span"`: alpha = 2 / (span + 1). Centre of mass: 1 / (com + 1). Half-life: 1 − 0.5^(1 / halflife). */
  readonly windowType?: ExponentialType | undefined;
  /** The least sum of weights that makes a result (default 0). */
  readonly minWeight?: number | undefined;
}

/** A checked exponential window. */
export interface Exponential {
  readonly dim: string;
  readonly alpha: number;
  readonly minWeight: number;
}

const ALPHA: Readonly<
  Record<ExponentialType, { readonly alpha: (w: number) => number; readonly valid: (w: number) => boolean; readonly rule: string }>
> = {
  span: { alpha: (w) => 2 / (w + 1), valid: (w) => w >= 1, rule: "1 or more" },
  com: { alpha: (w) => 1 / (w + 1), valid: (w) => w >= 0, rule: "0 or more" },
  halflife: { alpha: (w) => -Math.expm1(Math.log(0.5) / w), valid: (w) => w > 0, rule: "above 0" },
  alpha: { alpha: (w) => w, valid: (w) => w > 0 && w <= 1, rule: "above 0 and not above 1" },
};

/** Check what exponential window is asked for: one dimension and its number. */
export function exponentialOf(
  parts: ArrayParts | DatasetParts,
  window: Readonly<Record<string, number | undefined>>,
  options: RollingExpOptions = {},
): Exponential {
  const { windowType = "span", minWeight = 0 } = options;
  if (!Object.hasOwn(ALPHA, windowType)) throw new ArgumentError(unknownName("windowType", windowType, Object.keys(ALPHA)), { windowType });
  const entries = Object.entries(window).filter(([, w]) => w !== undefined);
  if (entries.length !== 1)
    throw new ArgumentError(`an exponential window runs along one dimension, not ${entries.length}`, { dims: entries.map(([dim]) => dim) });
  const [dim, w] = entries[0] as [string, number];
  const known = isDatasetParts(parts) ? [...sizesOf(parts).keys()] : parts.variable.dims;
  if (!known.includes(dim)) throw new DimensionError(unknownName("dimension", dim, known), { dim, dims: known });
  const { alpha, valid, rule } = ALPHA[windowType];
  if (typeof w !== "number" || !valid(w))
    throw new ArgumentError(`${windowType} must be ${rule}, not ${String(w)}`, { windowType, window: w });
  return { dim, alpha: alpha(w), minWeight };
}

/** Exponentially weighted statistics; variables without the dimension stay as they are. */
export function exponentialReduce<P extends ArrayParts | DatasetParts>(
  name: ExponentialName,
  parts: P,
  spec: Exponential,
  keepAttrs?: boolean,
): P {
  const { dim, alpha, minWeight } = spec;
  const out = mapVariables(parts, (v) =>
    v.dims.includes(dim)
      ? v.replace({ array: rollingExp(name, v.array, v.axis(dim), { alpha, minWeight }), attrs: keptAttrs(v.attrs, keepAttrs) })
      : v,
  );
  return isDatasetParts(out) ? { ...out, attrs: keptAttrs(out.attrs, keepAttrs) } : out;
}
