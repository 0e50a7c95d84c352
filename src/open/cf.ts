/** CF conventions for datasets that are already there. */
import { droppedNames, type DecodeOptions, decodeVariables, encodeVariables, valuesWanted, CF_TRAITS } from "../coding/index.ts";
import { type Dataset, datasetFromParts } from "../model.ts";
import { loadVariables } from "../ops/loading/index.ts";
import { PARTS } from "../ops/parts.ts";
import type { Variable } from "../variable/index.ts";
import { assemble } from "./assemble.ts";
import { openingWave } from "./wave.ts";

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
  const parts = ds[PARTS];
  const dropped = droppedNames(options);
  const all = new Map([...parts.vars, ...parts.coords].filter(([name]) => !dropped.has(name)));
  const wave = await openingWave(all, parts.attrs, options);
  const decoded = decodeVariables({ ...wave, attrs: parts.attrs }, options);
  return datasetFromParts(assemble(decoded, { encoding: parts.encoding, close: parts.close, coordNames: parts.coords.keys() }));
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
  const parts = ds[PARTS];
  const all = new Map([...parts.vars, ...parts.coords]);
  const loaded = await loadVariables(all, valuesWanted(all, CF_TRAITS));
  const variables = new Map<string, Variable>([...encodeVariables(loaded)].map(([name, { variable }]) => [name, variable]));
  return datasetFromParts(assemble({ variables, attrs: parts.attrs, coordNames: new Set() }, { encoding: parts.encoding, close: parts.close, coordNames: parts.coords.keys() }));
}
