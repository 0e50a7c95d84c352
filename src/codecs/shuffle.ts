/** The byte shuffle: all first bytes of the elements, then all second ones … and the codec `shuffle`. */
import { EncodingError } from "../errors.ts";
import { integerOption } from "./config.ts";
import type { CodecFactory } from "./contract.ts";

/**
 * Put shuffled bytes in order: `source` has `width` planes; what is over after whole elements is copied.
 * Whole words are put together for widths 2, 4 and 8 where `target` is aligned.
 */
export function unshuffle(source: Uint8Array, target: Uint8Array, width: number): void {
  const n = Math.floor(source.length / width);
  const fits = target.byteOffset % 4 === 0;
  if (width === 2 && target.byteOffset % 2 === 0) unshuffle2(source, new Uint16Array(target.buffer, target.byteOffset, n), n);
  else if (width === 4 && fits) unshuffle4(source, new Uint32Array(target.buffer, target.byteOffset, n), n);
  else if (width === 8 && fits) unshuffle8(source, new Uint32Array(target.buffer, target.byteOffset, 2 * n), n);
  else for (let plane = 0; plane < width; plane++) spread(source, target, n, width, plane);
  for (let i = n * width; i < source.length; i++) target[i] = source[i]!;
}

function unshuffle2(source: Uint8Array, target: Uint16Array, n: number): void {
  for (let i = 0; i < n; i++) target[i] = source[i]! | (source[n + i]! << 8);
}

function unshuffle4(source: Uint8Array, target: Uint32Array, n: number): void {
  for (let i = 0; i < n; i++) target[i] = source[i]! | (source[n + i]! << 8) | (source[2 * n + i]! << 16) | (source[3 * n + i]! << 24);
}

function unshuffle8(source: Uint8Array, target: Uint32Array, n: number): void {
  for (let i = 0; i < n; i++) {
    target[2 * i] = source[i]! | (source[n + i]! << 8) | (source[2 * n + i]! << 16) | (source[3 * n + i]! << 24);
    target[2 * i + 1] = source[4 * n + i]! | (source[5 * n + i]! << 8) | (source[6 * n + i]! << 16) | (source[7 * n + i]! << 24);
  }
}

function spread(source: Uint8Array, target: Uint8Array, n: number, width: number, plane: number): void {
  for (let i = 0, from = plane * n, to = plane; i < n; i++, from++, to += width) target[to] = source[from]!;
}

/** The inverse of {@link unshuffle}. */
export function shuffleBytes(source: Uint8Array, target: Uint8Array, width: number): void {
  const n = Math.floor(source.length / width);
  for (let plane = 0; plane < width; plane++) {
    for (let i = 0, from = plane, to = plane * n; i < n; i++, from += width, to++) target[to] = source[from]!;
  }
  for (let i = n * width; i < source.length; i++) target[i] = source[i]!;
}

/** `shuffle`: option `elementsize` in bytes (default 4). */
export const shuffle: CodecFactory = (config) => {
  const width = integerOption("shuffle", config, "elementsize", 0, 2 ** 20, 4);
  const checked = (bytes: Uint8Array): Uint8Array => {
    if (bytes.length % width === 0) return bytes;
    throw new EncodingError(`${bytes.length} bytes are no whole number of ${width}-byte elements`, { width });
  };
  return {
    kind: "bytes-bytes",
    encodedSize: (size) => size,
    decode: (bytes, size, out) => {
      if (width <= 1) return bytes;
      const target = out?.length === bytes.length ? out : new Uint8Array(Math.min(bytes.length, size.bytes));
      if (target.length !== bytes.length) throw new EncodingError(`there are ${bytes.length} bytes; the chunk needs ${size.bytes}`);
      unshuffle(checked(bytes), target, width);
      return target;
    },
    encode: (bytes) => {
      if (width <= 1) return bytes;
      const target = new Uint8Array(bytes.length);
      shuffleBytes(checked(bytes), target, width);
      return target;
    },
  };
};
