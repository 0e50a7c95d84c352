/** CF conventions on parts: the bodies of `decodeCf` and `encodeCf`, which load on demand. */
import { CF_TRAITS, type DecodeOptions, decodeVariables, droppedNames, encodeVariables, valuesWanted } from "../coding/index.ts";
import { loadVariables } from "../ops/loading/index.ts";
import type { DatasetParts } from "../ops/parts.ts";
import type { Variable } from "../variable/index.ts";
import { assemble } from "./assemble.ts";
import { openingWave } from "./wave.ts";

/** The parts with their conventions decoded. */
export async function decodeParts(parts: DatasetParts, options: DecodeOptions): Promise<DatasetParts> {
  const dropped = droppedNames(options);
  const all = new Map([...parts.vars, ...parts.coords].filter(([name]) => !dropped.has(name)));
  const wave = await openingWave(all, parts.attrs, options);
  const decoded = decodeVariables({ ...wave, attrs: parts.attrs }, options);
  return assemble(decoded, { encoding: parts.encoding, close: parts.close, coordNames: parts.coords.keys() });
}

/** The parts as a file stores them. */
export async function encodeParts(parts: DatasetParts): Promise<DatasetParts> {
  const all = new Map([...parts.vars, ...parts.coords]);
  const loaded = await loadVariables(all, valuesWanted(all, CF_TRAITS));
  const variables = new Map<string, Variable>([...encodeVariables(loaded)].map(([name, { variable }]) => [name, variable]));
  return assemble(
    { variables, attrs: parts.attrs, coordNames: new Set() },
    { encoding: parts.encoding, close: parts.close, coordNames: parts.coords.keys() },
  );
}
