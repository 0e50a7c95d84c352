/** Reads the fixtures that scripts/fixtures/codecs.py makes. */
import { readFileSync } from "node:fs";
import type { ChunkBlock } from "../../src/codecs/index.ts";
import {
  allocateValues,
  type ChunkSpec,
  type CodecSpec,
  decodeBase64,
  type ElementType,
  parseV2Type,
  parseV3Type,
  v2CodecSpecs,
  v3CodecSpecs,
  valuesFromBytes,
} from "../../src/codecs/index.ts";
import { copyStrided } from "../../src/codecs/strided.ts";
import { entriesPerElement } from "../../src/codecs/values.ts";
import type { AnyValues } from "../../src/dtypes/types.ts";
import { cStrides, sizeOf } from "../../src/util/shape.ts";

interface StoredValues {
  readonly b64?: string;
  readonly list?: readonly unknown[];
}
interface StoredArray extends StoredValues {
  readonly shape: readonly number[];
  readonly dtype: unknown;
}
interface StoredCase {
  readonly name: string;
  readonly array: string;
  readonly encoded: string;
  readonly order?: string;
  readonly filters?: unknown;
  readonly compressor?: unknown;
  readonly codecs?: unknown;
  readonly data_type?: unknown;
  readonly expect?: StoredValues;
}

/** One encoded chunk, what decodes it, and what it holds. */
export interface CodecCase {
  readonly name: string;
  readonly specs: readonly CodecSpec[];
  readonly chunk: ChunkSpec;
  readonly encoded: Uint8Array;
  readonly expected: AnyValues;
}

function parse(): CodecCase[] {
  const text = readFileSync(new URL("./fixtures/codecs.json", import.meta.url), "utf8");
  const { arrays, cases } = JSON.parse(text) as { arrays: Record<string, StoredArray>; cases: StoredCase[] };
  return cases.map((entry) => {
    const array = arrays[entry.array]!;
    const type = entry.codecs ? parseV3Type(entry.data_type) : parseV2Type(array.dtype);
    const specs = entry.codecs ? v3CodecSpecs(entry.codecs) : v2CodecSpecs(entry, array.shape.length, type);
    const { shape } = array;
    return {
      name: entry.name,
      specs,
      chunk: { shape, type, fill: 0 },
      encoded: decodeBase64(entry.encoded),
      expected: expectedValues(entry.expect ?? array, type),
    };
  });
}

function expectedValues(stored: StoredValues, type: ElementType): AnyValues {
  if (stored.list) {
    return stored.list.map((item) => {
      if (Array.isArray(item)) return Int32Array.from(item as number[]);
      if (typeof item !== "object" || item === null) return item;
      return "b64" in item ? decodeBase64((item as { b64: string }).b64) : Number((item as { number: string }).number);
    }) as unknown as AnyValues;
  }
  // Halves are stored as single precision.
  const kept = type.kind === "float" && type.size === 2 ? { ...type, size: 4 } : type;
  return valuesFromBytes(kept, decodeBase64(stored.b64!), false);
}

/** The values of a decoded chunk in C order. */
export function ordered(block: ChunkBlock, chunk: ChunkSpec): AnyValues {
  const count = sizeOf(chunk.shape);
  const data = allocateValues(chunk.type, count);
  copyStrided(
    chunk.shape,
    { data: block.data, offset: 0, stride: block.stride },
    { data, offset: 0, stride: cStrides(chunk.shape) },
    entriesPerElement(chunk.type),
  );
  return data;
}

export const codecCases: readonly CodecCase[] = parse();
