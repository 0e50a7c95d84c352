/**
 * Deflate streams in and out, in the gzip and zlib wrappings: by Node's zlib where there is one,
 * else by fflate with the checksums verified here (fflate does not).
 */
import { EncodingError } from "../errors.ts";
import { bytesOf } from "../util/bytes.ts";
import { hasNode } from "../util/runtime.ts";
import type { SizeBound } from "./contract.ts";
import { adler32Of, crc32Of } from "./crc.ts";

/** Deflate as plain functions. A decoder gives at most `size.bytes` bytes, or throws. */
export interface Deflate {
  gunzip(bytes: Uint8Array, size: SizeBound): Uint8Array;
  unzlib(bytes: Uint8Array, size: SizeBound): Uint8Array;
  /** A raw stream, as in zip files. */
  inflate(bytes: Uint8Array, size: SizeBound): Uint8Array;
  gzip(bytes: Uint8Array, level: number): Uint8Array;
  zlib(bytes: Uint8Array, level: number): Uint8Array;
  deflate(bytes: Uint8Array, level: number): Uint8Array;
}

let loaded: Promise<Deflate> | undefined;

/** The fastest deflate there is here. */
export function loadDeflate(): Promise<Deflate> {
  loaded ??= hasNode() ? nativeDeflate() : portableDeflate();
  return loaded;
}

async function nativeDeflate(): Promise<Deflate> {
  const zlib = await import("node:zlib");
  type Sync = (bytes: Uint8Array, options: { maxOutputLength: number; chunkSize?: number }) => Uint8Array;
  const decoder =
    (run: Sync) =>
    (bytes: Uint8Array, { bytes: most, exact }: SizeBound) => {
      // One byte more than needed, so that a sound stream fills one buffer and ends in it.
      const chunkSize = exact ? Math.max(64, most + 1) : undefined;
      return bytesOf(run(bytes, { maxOutputLength: Math.max(1, most), ...(chunkSize && { chunkSize }) }));
    };
  return {
    gunzip: decoder(zlib.gunzipSync),
    unzlib: decoder(zlib.inflateSync),
    inflate: decoder(zlib.inflateRawSync),
    gzip: (bytes, level) => bytesOf(zlib.gzipSync(bytes, { level })),
    zlib: (bytes, level) => bytesOf(zlib.deflateSync(bytes, { level })),
    deflate: (bytes, level) => bytesOf(zlib.deflateRawSync(bytes, { level })),
  };
}

/** Deflate by fflate: what browsers use. */
export async function portableDeflate(): Promise<Deflate> {
  const { Inflate, inflateSync, gzipSync, zlibSync, deflateSync } = await import("fflate");

  const inflate = (bytes: Uint8Array, { bytes: most, exact }: SizeBound): Uint8Array => {
    // One byte more than needed shows a stream that is too long.
    if (exact) return inflateSync(bytes, { out: new Uint8Array(most + 1) });
    const parts: Uint8Array[] = [];
    let total = 0;
    const stream = new Inflate((part) => {
      total += part.length;
      if (total > most) throw new EncodingError(`the stream holds more than ${most} bytes`);
      parts.push(part);
    });
    // Small pieces, so that a stream that swells is stopped early.
    for (let at = 0; at === 0 || at < bytes.length; at += 8192) {
      stream.push(bytes.subarray(at, at + 8192), at + 8192 >= bytes.length);
    }
    return joined(parts, total);
  };

  const level = (n: number) => ({ level: (n < 0 ? 6 : n) as 0 | 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8 | 9 });
  return {
    inflate,
    gunzip: (bytes, size) => {
      const result = inflate(bytes.subarray(gzipHeader(bytes), -8), size);
      const tail = new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 8, 8);
      if (tail.getUint32(4, true) !== result.length >>> 0 || tail.getUint32(0, true) !== crc32Of(result)) throw damaged("gzip");
      return result;
    },
    unzlib: (bytes, size) => {
      if (bytes.length < 6 || (bytes[0]! & 15) !== 8 || ((bytes[0]! << 8) | bytes[1]!) % 31 !== 0 || (bytes[1]! & 32) !== 0)
        throw new EncodingError("the bytes are no zlib stream");
      const result = inflate(bytes.subarray(2, -4), size);
      if (new DataView(bytes.buffer, bytes.byteOffset + bytes.length - 4, 4).getUint32(0) !== adler32Of(result)) throw damaged("zlib");
      return result;
    },
    gzip: (bytes, n) => gzipSync(bytes, { ...level(n), mtime: 0 }),
    zlib: (bytes, n) => zlibSync(bytes, level(n)),
    deflate: (bytes, n) => deflateSync(bytes, level(n)),
  };
}

function damaged(what: string): EncodingError {
  return new EncodingError(`the ${what} stream's length or checksum differs from its contents, so it is damaged`);
}

function joined(parts: readonly Uint8Array[], total: number): Uint8Array {
  const all = new Uint8Array(total);
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

/** The length of a gzip header (RFC 1952). */
function gzipHeader(bytes: Uint8Array): number {
  if (bytes.length < 18 || bytes[0] !== 31 || bytes[1] !== 139 || bytes[2] !== 8) throw new EncodingError("the bytes are no gzip stream");
  const flags = bytes[3]!;
  let at = 10;
  if (flags & 4) at += 2 + (bytes[at]! | (bytes[at + 1]! << 8));
  for (const bit of [8, 16]) {
    if (!(flags & bit)) continue;
    at = bytes.indexOf(0, at) + 1;
    if (at === 0) throw new EncodingError("the gzip header does not end");
  }
  if (flags & 2) at += 2;
  if (at + 8 > bytes.length) throw new EncodingError("the gzip header does not end");
  return at;
}
