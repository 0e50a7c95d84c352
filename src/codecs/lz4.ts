/**
 * LZ4 blocks in and out (the format of lz4_Block_format.md): a token, literals, a 2-byte distance, a match.
 */
import { EncodingError } from "../errors.ts";

/** Decode one block into all of `target`. Throws EncodingError when it does not fill it exactly. */
export function lz4Decode(source: Uint8Array, target: Uint8Array): void {
  const end = source.length;
  const size = target.length;
  let s = 0;
  let t = 0;
  while (s < end) {
    const token = source[s++]!;
    let length = token >>> 4;
    if (length === 15) {
      let more = 255;
      while (more === 255 && s < end) {
        more = source[s++]!;
        length += more;
      }
    }
    if (length > 0) {
      if (s + length > end || t + length > size) throw damaged(t, size);
      if (length > 64) {
        target.set(source.subarray(s, s + length), t);
        s += length;
        t += length;
      } else for (const stop = t + length; t < stop; ) target[t++] = source[s++]!;
    }
    if (s === end) break;
    const distance = source[s]! | (source[s + 1]! << 8);
    s += 2;
    length = token & 15;
    if (length === 15) {
      let more = 255;
      while (more === 255 && s < end) {
        more = source[s++]!;
        length += more;
      }
    }
    length += 4;
    if (s > end || distance === 0 || distance > t || t + length > size) throw damaged(t, size);
    if (length > 48) {
      copyMatch(target, t, distance, length);
      t += length;
    } else for (let from = t - distance, stop = t + length; t < stop; ) target[t++] = target[from++]!;
  }
  if (t !== size) throw damaged(t, size);
}

/** Repeat `length` bytes from `distance` back; they may overlap. */
export function copyMatch(target: Uint8Array, at: number, distance: number, length: number): void {
  if (length > 48 && distance >= length) target.copyWithin(at, at - distance, at - distance + length);
  else if (length > 48 && distance === 1) target.fill(target[at - 1]!, at, at + length);
  else for (let i = at, end = at + length, from = at - distance; i < end; i++, from++) target[i] = target[from]!;
}

function damaged(at: number, size: number): EncodingError {
  return new EncodingError(`the LZ4 block is damaged: it goes wrong after ${at} of ${size} bytes`, {
    at,
    size,
  });
}

const HASH_BITS = 14;
let hashTable: Int32Array | undefined;

/** The most bytes a block of `size` bytes can take. */
export function lz4Bound(size: number): number {
  return size + Math.floor(size / 255) + 16;
}

/**
 * Encode one block into `target` from `start` (with {@link lz4Bound} bytes of room); gives the end.
 *
 * Greedy matching over a hash table of the last positions, with growing steps through data that does
 * not repeat.
 */
export function lz4Encode(source: Uint8Array, target: Uint8Array, start: number): number {
  hashTable ??= new Int32Array(1 << HASH_BITS);
  const table = hashTable;
  table.fill(-1);
  const size = source.length;
  // The format: the last five bytes are literals, and no match begins in the last twelve.
  const lastStart = size - 12;
  const lastMatch = size - 5;
  let t = start;
  let anchor = 0;
  let misses = 0;
  let s = 0;
  while (s < lastStart) {
    const word = source[s]! | (source[s + 1]! << 8) | (source[s + 2]! << 16) | (source[s + 3]! << 24);
    const hash = Math.imul(word, -1640531535) >>> (32 - HASH_BITS);
    const candidate = table[hash]!;
    table[hash] = s;
    if (
      candidate < 0 ||
      s - candidate > 65535 ||
      source[candidate] !== source[s] ||
      source[candidate + 1] !== source[s + 1] ||
      source[candidate + 2] !== source[s + 2] ||
      source[candidate + 3] !== source[s + 3]
    ) {
      s += 1 + (misses++ >> 6);
      continue;
    }
    misses = 0;
    let length = 4;
    while (s + length < lastMatch && source[candidate + length] === source[s + length]) length++;
    t = putSequence(source, anchor, s, target, t, length - 4);
    const distance = s - candidate;
    target[t] = distance & 255;
    target[t + 1] = distance >> 8;
    t = putLength(target, t + 2, length - 4);
    s += length;
    anchor = s;
  }
  return putSequence(source, anchor, size, target, t, 0);
}

/** Write a token and its literals. */
function putSequence(source: Uint8Array, from: number, to: number, target: Uint8Array, at: number, match: number): number {
  const literals = to - from;
  target[at] = (Math.min(literals, 15) << 4) | Math.min(match, 15);
  const next = putLength(target, at + 1, literals);
  if (literals > 32) target.set(source.subarray(from, to), next);
  else for (let i = 0; i < literals; i++) target[next + i] = source[from + i]!;
  return next + literals;
}

/** Write what of a length is beyond the token's 15. */
function putLength(target: Uint8Array, at: number, length: number): number {
  if (length < 15) return at;
  let left = length - 15;
  let t = at;
  for (; left >= 255; left -= 255) target[t++] = 255;
  target[t++] = left;
  return t;
}
