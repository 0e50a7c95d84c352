/** CF conventions for datasets that are already there. */
import type { DecodeOptions } from "../coding/index.ts";
import { type Dataset, datasetFromParts } from "../model.ts";
import { PARTS } from "../ops/parts.ts";

/**
 * A dataset with its CF conventions decoded: fill values, packing, times, characters, coordinates.
 *
 * Lazy variables stay lazy, but for those that label a dimension; of times in calendar `standard` the
 * first and last values are read.
 *
 * @throws EncodingError for units, calendars and attributes that cannot be read, naming the variable.
 * @example
 * ```ts
 * const raw = new Dataset({ t: [["x"], Int16Array.of(1, -9), { scale_factor: 0.5, _FillValue: -9 }] });
 * (await decodeCf(raw)).get("t").values; // 0.5, NaN
 * ```
 */
export async function decodeCf(ds: Dataset<any>, options: DecodeOptions = {}): Promise<Dataset<any>> {
  const { decodeParts } = await import("./cf-parts.ts");
  return datasetFromParts(await decodeParts(ds[PARTS], options));
}

/**
 * A dataset as a file stores it: times as numbers, packing and fill values as its encodings ask,
 * booleans as integers. The inverse of {@link decodeCf}, but for attributes `coordinates`.
 *
 * Lazy times of up to two million elements are read, to choose their units.
 *
 * @throws EncodingError for encodings that contradict each other or the values.
 */
export async function encodeCf(ds: Dataset<any>): Promise<Dataset<any>> {
  const { encodeParts } = await import("./cf-parts.ts");
  return datasetFromParts(await encodeParts(ds[PARTS]));
}
