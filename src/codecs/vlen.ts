/**
 * The codecs of values of variable length: a 4-byte count, then for each a 4-byte length and its bytes.
 */
import type { AnyValues } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import { sizeOf } from "../util/shape.ts";
import { checkNumeric, typeOption } from "./cast.ts";
import type { ArrayBytesCodec, ChunkSpec, CodecFactory } from "./contract.ts";
import { bytesFromValues, valuesFromBytes } from "./values.ts";

/** The most an encoded chunk of such values may have. */
const MOST_BYTES = 2 ** 30;

function vlen(
  chunk: ChunkSpec,
  read: (bytes: Uint8Array) => unknown,
  write: (value: unknown, index: number) => Uint8Array,
): ArrayBytesCodec {
  const count = sizeOf(chunk.shape);
  return {
    kind: "array-bytes",
    size: { bytes: MOST_BYTES, exact: false },
    inPlace: false,
    decode: (bytes, into) => {
      const list = (into as unknown[] | undefined) ?? [];
      decodeInto(bytes, count, list, read);
      return list as AnyValues;
    },
    encode: (values) => encodeAll(Array.from(values as readonly unknown[], write)),
  };
}

function decodeInto(bytes: Uint8Array, count: number, list: unknown[], read: (bytes: Uint8Array) => unknown): void {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const stored = bytes.length < 4 ? undefined : view.getUint32(0, true);
  if (stored !== count)
    throw new EncodingError(`the bytes hold ${stored ?? "no"} values; the chunk needs ${count}`, {
      stored,
      count,
    });
  let at = 4;
  for (let i = 0; i < count; i++) {
    const length = at + 4 <= bytes.length ? view.getUint32(at, true) : Number.POSITIVE_INFINITY;
    if (at + 4 + length > bytes.length) throw new EncodingError(`the bytes end inside value ${i} of ${count}`, { index: i });
    list[i] = read(bytes.subarray(at + 4, at + 4 + length));
    at += 4 + length;
  }
  if (at !== bytes.length) throw new EncodingError(`${bytes.length - at} bytes follow the last of ${count} values`);
}

function encodeAll(items: readonly Uint8Array[]): Uint8Array {
  let size = 4;
  for (const item of items) size += 4 + item.length;
  if (size > MOST_BYTES)
    throw new EncodingError(`the values of one chunk take ${size} bytes; possible are ${MOST_BYTES}: use smaller chunks`, { size });
  const bytes = new Uint8Array(size);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, items.length, true);
  let at = 4;
  for (const item of items) {
    view.setUint32(at, item.length, true);
    bytes.set(item, at + 4);
    at += 4 + item.length;
  }
  return bytes;
}

/** `vlen-utf8`: text. A missing value is written as the empty text. */
export const vlenUtf8: CodecFactory = (_config, chunk) => {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  const encoder = new TextEncoder();
  return vlen(
    chunk,
    (bytes) => (bytes.length === 0 ? "" : decoder.decode(bytes)),
    (value, i) => {
      if (value === null || typeof value === "string") return encoder.encode(value ?? "");
      throw new EncodingError(`value ${i} (${String(value)}) is not a string`, { index: i });
    },
  );
};

/** `vlen-bytes`: bytes as they are. */
export const vlenBytes: CodecFactory = (_config, chunk) =>
  vlen(
    chunk,
    (bytes) => bytes.slice(),
    (value, i) => {
      if (value === null) return new Uint8Array(0);
      if (value instanceof Uint8Array) return value;
      throw new EncodingError(`value ${i} (${String(value)}) is not a Uint8Array`, { index: i });
    },
  );

/** `vlen-array`: arrays of one number type, option `dtype`; each value is a typed array. */
export const vlenArray: CodecFactory = (config, chunk) => {
  const type = typeOption("vlen-array", config, "dtype");
  checkNumeric("vlen-array", type);
  return vlen(
    chunk,
    (bytes) => {
      if (bytes.length % type.size !== 0)
        throw new EncodingError(`${bytes.length} bytes are no whole number of ${type.size}-byte elements`);
      return valuesFromBytes(type, bytes.slice(), type.bigEndian);
    },
    (value) => bytesFromValues(type, value as AnyValues, type.bigEndian),
  );
};
