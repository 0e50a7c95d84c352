/**
 * The codec `blosc`: containers of c-blosc 1 (its README_CHUNK_FORMAT). A 16-byte header, offsets of
 * blocks, and blocks of one stream or of one per byte of the element, each with its size in front.
 */
import { EncodingError } from "../errors.ts";
import { bitUnshuffle } from "./bitshuffle.ts";
import { encodeBlosc, loadCompressor } from "./blosc-encode.ts";
import { bloscLzDecode } from "./blosclz.ts";
import { badOption, integerOption } from "./config.ts";
import type { CodecConfig, CodecFactory, SizeBound } from "./contract.ts";
import { compressedSize } from "./deflate.ts";
import { loadDeflate } from "./inflate.ts";
import { lz4Decode } from "./lz4.ts";
import { unshuffle } from "./shuffle.ts";
import { snappyDecode } from "./snappy.ts";
import { loadZstd } from "./zstd.ts";

const HEADER = 16;
/** Flags of the header's third byte. */
const BYTE_SHUFFLE = 1;
const STORED = 2;
const BIT_SHUFFLE = 4;
const ONE_STREAM = 16;
/** A block is split into streams for elements of up to so many bytes, with at least so many elements. */
const MOST_SPLITS = 16;
const LEAST_SPLIT = 128;

/** Fills all of `target` from one stream. */
type StreamDecoder = (source: Uint8Array, target: Uint8Array) => void;

/** Compressors by the number in the header's flags. */
const formats = ["blosclz", "lz4", "snappy", "zlib", "zstd"] as const;
type Format = (typeof formats)[number];
/** Names of compressors to the format they write. */
const formatOf: Readonly<Record<string, Format>> = {
  blosclz: "blosclz",
  lz4: "lz4",
  lz4hc: "lz4",
  snappy: "snappy",
  zlib: "zlib",
  zstd: "zstd",
};

/** Those that need code of their own; `zstd` is loaded only where the options name it. */
async function loadDecoders(format: Format): Promise<Partial<Record<Format, StreamDecoder>>> {
  const filling =
    (decode: (bytes: Uint8Array, size: SizeBound) => Uint8Array): StreamDecoder =>
    (source, target) => {
      const result = decode(source, { bytes: target.length, exact: true });
      if (result.length !== target.length) throw new EncodingError(`a block gave ${result.length} bytes where ${target.length} are needed`);
      target.set(result);
    };
  const decoders: Partial<Record<Format, StreamDecoder>> = {
    blosclz: bloscLzDecode,
    lz4: lz4Decode,
    snappy: snappyDecode,
  };
  decoders.zlib = filling((await loadDeflate()).unzlib);
  if (format === "zstd") decoders.zstd = filling((await loadZstd()).decode);
  return decoders;
}

/** `blosc`: options `cname`, `clevel`, `shuffle`, `typesize`, `blocksize`. */
export const blosc: CodecFactory = async (config, { type }) => {
  const cname = config.cname ?? "lz4";
  const format = typeof cname === "string" && Object.hasOwn(formatOf, cname) ? formatOf[cname]! : undefined;
  if (format === undefined) throw badOption("blosc", "cname", cname, Object.keys(formatOf).join(", "));
  const level = integerOption("blosc", config, "clevel", 0, 9, 5);
  const blockSize = integerOption("blosc", config, "blocksize", 0, 2 ** 31 - 1, 0);
  const typeSize = integerOption("blosc", config, "typesize", 0, 2 ** 24, Math.max(1, type.size)) || 1;
  const shuffle = shuffleOption(config, typeSize);
  const decoders = await loadDecoders(format);
  const compress = await loadCompressor(cname as string);
  return {
    kind: "bytes-bytes",
    encodedSize: compressedSize,
    decode: (bytes, size, out) => decodeBlosc(bytes, size, decoders, out),
    encode: (bytes) => encodeBlosc(bytes, { compress, level, shuffle, typeSize: typeSize > 255 ? 1 : typeSize, blockSize }),
  };
};

/** 0 none, 1 bytes, 2 bits; −1 and nothing choose by the size of elements. */
function shuffleOption(config: CodecConfig, typeSize: number): 0 | 1 | 2 {
  const { shuffle = 1 } = config;
  const known: Readonly<Record<string, 0 | 1 | 2>> = {
    0: 0,
    1: 1,
    2: 2,
    "-1": typeSize === 1 ? 2 : 1,
    noshuffle: 0,
    shuffle: 1,
    bitshuffle: 2,
  };
  const found = known[String(shuffle)];
  if (found === undefined) throw badOption("blosc", "shuffle", shuffle, '-1, 0, 1, 2, "noshuffle", "shuffle" or "bitshuffle"');
  return found;
}

function decodeBlosc(bytes: Uint8Array, size: SizeBound, decoders: Partial<Record<Format, StreamDecoder>>, out?: Uint8Array): Uint8Array {
  if (bytes.length < HEADER) throw new EncodingError(`${bytes.length} bytes are too few for a blosc header`);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const version = bytes[0]!;
  const flags = bytes[2]!;
  const typeSize = bytes[3]!;
  const total = view.getUint32(4, true);
  const blockSize = view.getUint32(8, true);
  const stored = view.getUint32(12, true);
  if (version < 1 || version > 2)
    throw new EncodingError(`a blosc container of version ${version} is not known; versions 1 and 2 are`, {
      version,
    });
  if (stored !== bytes.length)
    throw new EncodingError(`the blosc header says ${stored} bytes and there are ${bytes.length}`, {
      stored,
    });
  if (total > size.bytes || (size.exact && total !== size.bytes)) {
    throw new EncodingError(`the blosc header says ${total} decoded bytes; the chunk needs ${size.bytes}`, {
      total,
      needed: size.bytes,
    });
  }
  if (total === 0) return new Uint8Array(0);
  const target = out?.length === total ? out : new Uint8Array(total);
  if (flags & STORED) {
    if (bytes.length !== HEADER + total) throw new EncodingError(`a stored blosc container of ${total} bytes has ${bytes.length - HEADER}`);
    target.set(bytes.subarray(HEADER));
    return target;
  }
  const blocks = Math.ceil(total / blockSize);
  if (blockSize === 0 || typeSize === 0 || blockSize > total || HEADER + 4 * blocks > bytes.length)
    throw new EncodingError("the blosc header is damaged", { blockSize, typeSize });
  const decode = decoders[formats[flags >> 5]!];
  if (decode === undefined) {
    const format = formats[flags >> 5];
    throw new EncodingError(
      format
        ? `the chunk is compressed with ${format}, and the options of blosc name another compressor`
        : `blosc compressor ${flags >> 5} is not known`,
    );
  }
  const shuffles = (flags & BYTE_SHUFFLE && typeSize > 1) || flags & BIT_SHUFFLE;
  const scratch = shuffles ? new Uint8Array(blockSize) : undefined;
  for (let i = 0; i < blocks; i++) {
    const at = i * blockSize;
    const block = target.subarray(at, Math.min(total, at + blockSize));
    const whole = block.length === blockSize;
    const split = !(flags & ONE_STREAM) && whole && typeSize <= MOST_SPLITS && Math.floor(blockSize / typeSize) >= LEAST_SPLIT;
    const raw = scratch ? scratch.subarray(0, block.length) : block;
    decodeStreams(bytes, view, view.getUint32(HEADER + 4 * i, true), raw, split ? typeSize : 1, decode);
    if (scratch) putInOrder(raw, block, flags, typeSize);
  }
  return target;
}

/** Decode the streams of one block; a stream as long as its result is stored as it is. */
function decodeStreams(bytes: Uint8Array, view: DataView, start: number, target: Uint8Array, streams: number, decode: StreamDecoder): void {
  const length = Math.floor(target.length / streams);
  let at = start;
  for (let i = 0; i < streams; i++) {
    const size = at + 4 <= bytes.length ? view.getUint32(at, true) : Number.POSITIVE_INFINITY;
    at += 4;
    if (at + size > bytes.length) throw new EncodingError("a blosc block lies outside of the container");
    const source = bytes.subarray(at, at + size);
    const part = target.subarray(i * length, (i + 1) * length);
    if (size === length) part.set(source);
    else decode(source, part);
    at += size;
  }
}

function putInOrder(raw: Uint8Array, block: Uint8Array, flags: number, typeSize: number): void {
  if (flags & BYTE_SHUFFLE) unshuffle(raw, block, typeSize);
  // Bits are shuffled only where whole elements come in eights.
  else if (raw.length >= typeSize && Math.floor(raw.length / typeSize) % 8 === 0) bitUnshuffle(raw, block, typeSize);
  else block.set(raw);
}
