/** Writing blosc containers: the layout c-blosc 1.21 writes, with one stream per block. */
import { UnsupportedError } from "../errors.ts";
import { bitShuffle } from "./bitshuffle.ts";
import { loadDeflate } from "./inflate.ts";
import { lz4Bound, lz4Encode } from "./lz4.ts";
import { shuffleBytes } from "./shuffle.ts";
import { loadZstd } from "./zstd.ts";

/** Compresses one stream at a level from 1 to 9. */
export interface StreamCompressor {
  readonly format: number;
  /** The compressed bytes; they may be a view of a buffer that the next call reuses. */
  run(bytes: Uint8Array, level: number): Uint8Array;
}

/** How to write a container. */
export interface BloscOptions {
  readonly compress: StreamCompressor;
  readonly level: number;
  readonly shuffle: 0 | 1 | 2;
  readonly typeSize: number;
  readonly blockSize: number;
}

const HEADER = 16;
/** Room for one block, so that shuffling and compressing stay in the processor's cache. */
const USUAL_BLOCK = 256 * 1024;

/** The compressor of a name. Those only decoded here (snappy, blosclz) throw when they are run. */
export async function loadCompressor(name: string): Promise<StreamCompressor> {
  if (name === "lz4" || name === "lz4hc") return { format: 1, run: compressLz4() };
  if (name === "zlib") {
    const { zlib } = await loadDeflate();
    return { format: 3, run: (bytes, level) => zlib(bytes, level) };
  }
  if (name === "zstd") {
    const { encode } = await loadZstd();
    // c-blosc's own scale: twice the level, less one.
    return { format: 4, run: (bytes, level) => encode(bytes, level < 9 ? 2 * level - 1 : 22, false) };
  }
  return {
    format: 0,
    run: () => {
      throw new UnsupportedError(`blosc with "${name}" can be read but not written; write with lz4, lz4hc, zlib or zstd`, { cname: name });
    },
  };
}

function compressLz4(): (bytes: Uint8Array) => Uint8Array {
  let target = new Uint8Array(0);
  return (bytes) => {
    if (target.length < lz4Bound(bytes.length)) target = new Uint8Array(lz4Bound(bytes.length));
    return target.subarray(0, lz4Encode(bytes, target, 0));
  };
}

/** One container. Level 0, and data that does not get smaller, are stored. */
export function encodeBlosc(bytes: Uint8Array, { compress, level, shuffle, typeSize, blockSize }: BloscOptions): Uint8Array {
  const total = bytes.length;
  const size = Math.min(total, Math.max(typeSize * 8, Math.floor((blockSize || USUAL_BLOCK) / (8 * typeSize)) * 8 * typeSize));
  const blocks = size === 0 ? 0 : Math.ceil(total / size);
  const target = new Uint8Array(HEADER + total + 8 * blocks);
  const view = new DataView(target.buffer);
  // Format version 2, LZ format version 1; "one stream per block" is flag 16.
  target.set([2, 1, (compress.format << 5) | 16 | [0, 1, 4][shuffle]!, typeSize]);
  view.setUint32(4, total, true);
  view.setUint32(8, size, true);
  let at = HEADER + 4 * blocks;
  const scratch = new Uint8Array(shuffle === 0 ? 0 : size);
  for (let i = 0; i < blocks && level > 0; i++) {
    const block = bytes.subarray(i * size, Math.min(total, (i + 1) * size));
    const raw = shuffled(block, scratch, shuffle, typeSize);
    const packed = compress.run(raw, level);
    const best = packed.length < raw.length ? packed : raw;
    view.setUint32(HEADER + 4 * i, at, true);
    view.setUint32(at, best.length, true);
    target.set(best, at + 4);
    at += 4 + best.length;
  }
  if (blocks > 0 && (level === 0 || at >= HEADER + total)) {
    target[2] = (compress.format << 5) | 2;
    target.set(bytes, HEADER);
    at = HEADER + total;
  }
  view.setUint32(12, at, true);
  return target.slice(0, at);
}

function shuffled(block: Uint8Array, scratch: Uint8Array, shuffle: 0 | 1 | 2, typeSize: number): Uint8Array {
  if (shuffle === 0 || (shuffle === 1 && typeSize === 1)) return block;
  const raw = scratch.subarray(0, block.length);
  if (shuffle === 1) shuffleBytes(block, raw, typeSize);
  else if (block.length >= typeSize && Math.floor(block.length / typeSize) % 8 === 0) bitShuffle(block, raw, typeSize);
  else raw.set(block);
  return raw;
}
