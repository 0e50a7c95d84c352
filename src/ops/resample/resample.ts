/** Groups by time, and series on a finer grid of times. */

import { kindOf } from "../../dtypes/traits.ts";
import { ArgumentError, CoordinateError, DTypeError } from "../../errors.ts";
import { unknownName } from "../../util/suggest.ts";
import { type Grouper, type Grouping, groupParts } from "../groupby/index.ts";
import { type InterpOptions, interp } from "../interp/index.ts";
import type { ArrayParts, DatasetParts } from "../parts.ts";
import { type ReindexOptions, reindex } from "../selecting/index.ts";
import { TimeResampler, type TimeResamplerOptions } from "./groupers.ts";

/** One dimension, and its new frequency or a grouper. */
export type ResampleSpec = { readonly [dim: string]: string | Grouper | undefined };
/** Options of `resample`. */
export type ResampleOpOptions = Omit<TimeResamplerOptions, "freq">;

/**
 * `parts` in spans of time.
 *
 * @throws CoordinateError for a dimension without labels, DTypeError where they are no times,
 * ArgumentError for a frequency that is none.
 */
export function resampleParts(parts: ArrayParts | DatasetParts, spec: ResampleSpec, options: ResampleOpOptions = {}): Grouping {
  const entries = Object.entries(spec).filter((entry): entry is [string, string | Grouper] => entry[1] !== undefined);
  if (entries.length !== 1)
    throw new ArgumentError(`resample takes one dimension, such as { time: "MS" }, not ${entries.length}`, {
      dims: entries.map(([dim]) => dim),
    });
  const [dim, how] = entries[0]!;
  const times = parts.coords.get(dim);
  if (!times) throw new CoordinateError(unknownName("coordinate", dim, parts.coords.keys()), { name: dim });
  if (kindOf(times.dtype) !== "M")
    throw new DTypeError(`resample needs times; ${JSON.stringify(dim)} is ${times.dtype}`, { name: dim, dtype: times.dtype });
  const grouper = typeof how === "string" ? new TimeResampler({ freq: how, ...options }) : how;
  return groupParts(parts, { [dim]: grouper }, dim);
}

/** How values come to new times: from the nearest, the one before or the one after. */
export type UpsampleMethod = "nearest" | "ffill" | "bfill";

/** The series at the labels of its spans, by position of labels: coordinates along it are left out. */
export function upsample(grouping: Grouping, method: UpsampleMethod, tolerance?: ReindexOptions["tolerance"]): DatasetParts {
  const { keys, resampled } = grouping;
  const labels = keys[0]!.labels!.loaded;
  return reindex(bareSeries(grouping), { [resampled!]: labels }, { method, tolerance });
}

/** How values between times are found. */
export type InterpolateKind = NonNullable<InterpOptions["method"]>;

/** The series at the labels of its spans, between its own times; missing outside of them. */
export function interpolateSeries(grouping: Grouping, kind: InterpolateKind): DatasetParts {
  const { keys, resampled } = grouping;
  return interp(bareSeries(grouping), { [resampled!]: keys[0]!.labels!.loaded }, { method: kind });
}

/** What is resampled without the coordinates along its dimension, its own labels excepted. */
function bareSeries({ original, resampled }: Grouping): DatasetParts {
  const coords = new Map([...original.coords].filter(([name, v]) => name === resampled || !v.dims.includes(resampled!)));
  return { ...original, coords, indexes: new Map([...original.indexes].filter(([name]) => coords.has(name))) };
}
