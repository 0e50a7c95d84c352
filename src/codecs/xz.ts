/** The codec `lzma` (decoding only): the xz container with its checks, `.lzma` files, and raw filter chains. */
import { EncodingError, UnsupportedError } from "../errors.ts";
import { badOption, integerOption } from "./config.ts";
import type { CodecConfig, CodecFactory, SizeBound } from "./contract.ts";
import { crc32Of } from "./crc.ts";
import { crc64Of } from "./crc64.ts";
import { compressedSize } from "./deflate.ts";
import { BoundedOutput, LzmaDecoder, lzma2Decode } from "./lzma.ts";

const LZMA2 = 0x21;
const LZMA1 = 2 ** 62;
const DELTA = 3;

/** `lzma`: options `format` (1 xz, 2 `.lzma`, 3 raw, 0 by the bytes) and, for raw, `filters`. */
export const lzma: CodecFactory = (config) => {
  const format = integerOption("lzma", config, "format", 0, 3, 1);
  const filters = format === 3 ? rawFilters(config) : [];
  return {
    kind: "bytes-bytes",
    encodedSize: compressedSize,
    decode: (bytes, size) => {
      const out = new BoundedOutput(size.bytes, size.exact);
      if (format === 3) decodeRaw(bytes, filters, out, size);
      else if (format === 1 || (format === 0 && bytes[0] === 0xfd)) decodeXz(bytes, out);
      else decodeAlone(bytes, out);
      return out.bytes.subarray(0, out.length);
    },
    encode: () => {
      throw new UnsupportedError('"lzma" can be read but not written; write with zstd, gzip or blosc', {
        codec: "lzma",
      });
    },
  };
};

interface RawFilter {
  readonly id: number;
  readonly dist?: number;
  readonly lc?: number;
  readonly lp?: number;
  readonly pb?: number;
}

function rawFilters(config: CodecConfig): RawFilter[] {
  const filters = config.filters as readonly RawFilter[] | undefined;
  const last = Array.isArray(filters) ? filters.at(-1)?.id : undefined;
  if (last === LZMA2 || last === LZMA1) {
    if (filters!.slice(0, -1).every((filter) => filter?.id === DELTA)) return [...filters!];
  }
  throw badOption("lzma", "filters", config.filters, "delta filters (3), then LZMA2 (33) or LZMA1");
}

function decodeRaw(bytes: Uint8Array, filters: readonly RawFilter[], out: BoundedOutput, size: SizeBound): void {
  const { id, lc = 3, lp = 0, pb = 2 } = filters[filters.length - 1]!;
  if (id === LZMA2) lzma2Decode(bytes, 0, out);
  else {
    const decoder = new LzmaDecoder(out);
    decoder.setProperties(lc, lp, pb);
    decoder.resetState();
    decoder.run(bytes, 0, size.exact ? size.bytes : undefined);
  }
  for (let i = filters.length - 2; i >= 0; i--) undoDelta(out.bytes.subarray(0, out.length), filters[i]!.dist ?? 1);
}

/** A `.lzma` file: properties, dictionary size, content size (or −1 for an end marker). */
function decodeAlone(bytes: Uint8Array, out: BoundedOutput): void {
  if (bytes.length < 18) throw new EncodingError("the bytes are too few for an LZMA file");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size = view.getBigUint64(5, true);
  const until = size === 2n ** 64n - 1n ? undefined : Number(size);
  if (until !== undefined && until > out.most) throw new EncodingError(`the header says ${until} bytes; at most ${out.most} are needed`);
  const decoder = new LzmaDecoder(out);
  decoder.setPropertyByte(bytes[0]!);
  decoder.resetState();
  decoder.run(bytes, 13, until);
}

function undoDelta(bytes: Uint8Array, distance: number): void {
  for (let i = distance; i < bytes.length; i++) bytes[i] = bytes[i]! + bytes[i - distance]!;
}

/** Checks by their number in the stream's flags: their size, and the function that makes them. */
const checks: Readonly<
  Record<number, { size: number; name: string; verify?: (bytes: Uint8Array, view: DataView, at: number) => boolean }>
> = {
  0: { size: 0, name: "none", verify: () => true },
  1: { size: 4, name: "CRC32", verify: (bytes, view, at) => view.getUint32(at, true) === crc32Of(bytes) },
  4: { size: 8, name: "CRC64", verify: (bytes, view, at) => view.getBigUint64(at, true) === crc64Of(bytes) },
  10: { size: 32, name: "SHA-256" },
};

/** Streams of the .xz format 1.1.0, one after the other. */
function decodeXz(bytes: Uint8Array, out: BoundedOutput): void {
  let at = 0;
  do {
    at = decodeStream(bytes, at, out);
    while (at < bytes.length && bytes[at] === 0) at++;
  } while (at < bytes.length);
}

function decodeStream(bytes: Uint8Array, start: number, out: BoundedOutput): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0];
  if (start + 32 > bytes.length || magic.some((byte, i) => bytes[start + i] !== byte))
    throw new EncodingError("the bytes are no xz stream");
  if (view.getUint32(start + 8, true) !== crc32Of(bytes.subarray(start + 6, start + 8))) throw damaged("header");
  const check = checks[bytes[start + 7]!];
  if (check === undefined) throw damaged("header");
  if (check.verify === undefined)
    throw new UnsupportedError(`xz streams checked with ${check.name} are not decoded; CRC32 and CRC64 are`, {
      check: check.name,
    });
  let at = start + 12;
  const sizes: number[] = [];
  while (bytes[at] !== 0) {
    const first = out.length;
    const { filters, end } = blockHeader(bytes, view, at);
    const dataEnd = lzma2Decode(bytes, end, out);
    const block = out.bytes.subarray(first, out.length);
    for (const distance of filters) undoDelta(block, distance);
    sizes.push(dataEnd - at + check.size, block.length);
    at = dataEnd;
    while ((at - start) & 3) if (bytes[at++] !== 0) throw damaged("block");
    if (at + check.size > bytes.length) throw damaged("block");
    if (!check.verify(block, view, at)) throw new EncodingError(`the ${check.name} of an xz block differs, so it is damaged`);
    at += check.size;
  }
  return streamEnd(bytes, view, at, start, sizes);
}

/** The filters of a block: delta distances in the order to undo them (LZMA2 is always the last filter). */
function blockHeader(bytes: Uint8Array, view: DataView, at: number): { filters: number[]; end: number } {
  const size = (bytes[at] ?? 0) * 4 + 4;
  const end = at + size;
  if (end > bytes.length || view.getUint32(end - 4, true) !== crc32Of(bytes.subarray(at, end - 4))) throw damaged("block header");
  const flags = bytes[at + 1]!;
  const cursor = { at: at + 2 };
  if (flags & 64) number(bytes, cursor);
  if (flags & 128) number(bytes, cursor);
  const filters: number[] = [];
  const count = (flags & 3) + 1;
  for (let i = 0; i < count; i++) {
    const id = number(bytes, cursor);
    const length = number(bytes, cursor);
    if (i === count - 1 ? id !== LZMA2 : id !== DELTA)
      throw new UnsupportedError(`xz filter ${id} is not decoded; LZMA2 and delta are`, { filter: id });
    if (id === DELTA) filters.unshift(bytes[cursor.at]! + 1);
    cursor.at += length;
  }
  return { filters, end };
}

/** Verify index and footer; gives the end of the stream. */
function streamEnd(bytes: Uint8Array, view: DataView, start: number, stream: number, sizes: readonly number[]): number {
  const cursor = { at: start + 1 };
  const stored = Array.from({ length: 1 + sizes.length }, () => number(bytes, cursor));
  if (stored[0] !== sizes.length / 2 || sizes.some((size, i) => stored[i + 1] !== size)) throw damaged("index");
  while ((cursor.at - start) & 3) cursor.at++;
  const { at } = cursor;
  if (at + 16 > bytes.length || view.getUint32(at, true) !== crc32Of(bytes.subarray(start, at))) throw damaged("index");
  const footer = at + 4;
  const sound =
    view.getUint32(footer, true) === crc32Of(bytes.subarray(footer + 4, footer + 10)) &&
    bytes[footer + 9] === bytes[stream + 7] &&
    bytes[footer + 10] === 0x59 &&
    bytes[footer + 11] === 0x5a;
  if (!sound) throw damaged("footer");
  return footer + 12;
}

/** A number of seven bits a byte, lowest first. */
function number(bytes: Uint8Array, cursor: { at: number }): number {
  let value = 0;
  for (let i = 0; i < 9; i++) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) throw damaged("header");
    value += (byte & 127) * 2 ** (7 * i);
    if (byte < 128) return value;
  }
  throw damaged("header");
}

function damaged(part: string): EncodingError {
  return new EncodingError(`the ${part} of the xz stream is damaged`);
}
