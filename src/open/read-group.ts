/** A raw group as a dataset: sources made lazy, what must be known read in one wave, conventions decoded. */
import { fromSource } from "../array/index.ts";
import { NDArray } from "../array/ndarray.ts";
import type { AttrTypes, RawGroup, RawVariable } from "../backends/contract.ts";
import { type DecodeOptions, decodeVariables, droppedNames } from "../coding/index.ts";
import type { DType } from "../dtypes/types.ts";
import { type ChunksInput, chunk } from "../ops/loading/index.ts";
import { type DatasetParts, sizesOf } from "../ops/parts.ts";
import { Variable } from "../variable/index.ts";
import { assemble } from "./assemble.ts";
import { openingWave } from "./wave.ts";

/** How a group becomes a dataset. */
export interface GroupOptions extends DecodeOptions {
  /** False leaves everything as stored: no fill values, times, strings or coordinates are decoded (default true). */
  readonly decodeCf?: boolean | undefined;
  /** How lazy variables are cut (default: as they are stored). Dimensions that are not there are passed over. */
  readonly chunks?: ChunksInput | undefined;
  readonly signal?: AbortSignal | undefined;
}

const RAW: DecodeOptions = {
  concatCharacters: false,
  maskAndScale: false,
  decodeTimes: false,
  decodeTimedelta: false,
  decodeCoords: false,
};

/** The dataset of a group. Closing it closes the group. */
export async function readGroup(group: RawGroup, options: GroupOptions = {}): Promise<DatasetParts> {
  const decode: DecodeOptions = options.decodeCf === false ? { ...options, ...RAW } : options;
  const dropped = droppedNames(decode);
  const raw = new Map([...group.variables].filter(([name]) => !dropped.has(name)).map(([name, v]) => [name, lazyVariable(v)] as const));
  const wave = await openingWave(raw, group.attrs, decode, options.signal);
  const attrTypes = new Map([...group.variables].map(([name, v]) => [name, v.attrTypes] as const));
  const decoded = decodeVariables({ ...wave, attrs: group.attrs, attrTypes }, decode);
  const encoding = encodingOf(group);
  const parts = assemble(decoded, { encoding, close: () => group.close() });
  return options.chunks === undefined || options.chunks === null ? parts : chunked(parts, options.chunks);
}

function lazyVariable({ dims, attrs, attrTypes, encoding, data }: RawVariable): Variable {
  const array = data instanceof NDArray ? data : fromSource(data);
  const types = tellingTypes(attrs, attrTypes);
  return new Variable(dims, array, { attrs, encoding: types ? { ...encoding, attr_types: types } : encoding });
}

/** Types of attributes that their values alone do not say: whole numbers are int64 and others float64 by default. */
function tellingTypes(attrs: RawVariable["attrs"], types: AttrTypes): AttrTypes | undefined {
  const told = Object.entries(types).filter(([key, type]: [string, DType]) => {
    const value = attrs[key];
    const whole = (Array.isArray(value) ? (value as readonly unknown[]) : [value]).every(
      (v) => typeof v === "bigint" || Number.isInteger(v),
    );
    return type !== (whole ? "int64" : "float64");
  });
  return told.length > 0 ? Object.fromEntries(told) : undefined;
}

function encodingOf(group: RawGroup): Record<string, unknown> {
  const unlimited = [...group.dims].filter(([, dim]) => dim.unlimited).map(([name]) => name);
  const source = [...group.variables.values()].map((v) => v.encoding.source).find((s) => typeof s === "string");
  const types = tellingTypes(group.attrs, group.attrTypes);
  return {
    ...(source === undefined ? {} : { source }),
    ...(unlimited.length > 0 ? { unlimited_dims: unlimited } : {}),
    ...(types ? { attr_types: types } : {}),
  };
}

/** Data variables cut as asked; coordinates that are lazy keep their chunks. */
function chunked(parts: DatasetParts, chunks: ChunksInput): DatasetParts {
  if (typeof chunks !== "object" || chunks === null || Array.isArray(chunks)) return chunk(parts, chunks);
  const known = sizesOf(parts);
  return chunk(parts, Object.fromEntries(Object.entries(chunks).filter(([dim]) => known.has(dim))));
}
