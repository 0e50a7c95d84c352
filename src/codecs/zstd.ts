/**
 * The codec `zstd`: by Node's zlib where it has Zstandard (22.15 and later), else decoding in WASM
 * (zstddec) and encoding by the small encoder here.
 */
import { EncodingError } from "../errors.ts";
import { bytesOf } from "../util/bytes.ts";
import { hasNode } from "../util/runtime.ts";
import { integerOption } from "./config.ts";
import type { CodecFactory, SizeBound } from "./contract.ts";
import { compressedSize } from "./deflate.ts";
import { zstdEncode } from "./zstd-encode.ts";

/** Zstandard as plain functions. The decoder gives at most `size.bytes` bytes, or throws. */
export interface Zstd {
  decode(bytes: Uint8Array, size: SizeBound): Uint8Array;
  encode(bytes: Uint8Array, level: number, checksum: boolean): Uint8Array;
}

/** The parts of `node:zlib` that are newer than the types this is checked with. */
interface NativeZstd {
  zstdDecompressSync?(bytes: Uint8Array, options: object): Uint8Array;
  zstdCompressSync?(bytes: Uint8Array, options: object): Uint8Array;
  constants: Record<string, number>;
}

let loaded: Promise<Zstd> | undefined;

/** The fastest Zstandard there is here. */
export function loadZstd(): Promise<Zstd> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Zstd> {
  if (hasNode()) {
    const zlib = (await import("node:zlib")) as unknown as NativeZstd;
    if (zlib.zstdDecompressSync && zlib.zstdCompressSync) return nativeZstd(zlib as Required<NativeZstd>);
  }
  return portableZstd();
}

function nativeZstd(zlib: Required<NativeZstd>): Zstd {
  const { ZSTD_c_compressionLevel: levelKey, ZSTD_c_checksumFlag: checksumKey } = zlib.constants;
  return {
    decode: (bytes, { bytes: most, exact }) => {
      const chunkSize = exact ? Math.max(64, most + 1) : undefined;
      return bytesOf(
        zlib.zstdDecompressSync(bytes, {
          maxOutputLength: Math.max(1, most),
          ...(chunkSize && { chunkSize }),
        }),
      );
    },
    encode: (bytes, level, checksum) =>
      bytesOf(
        zlib.zstdCompressSync(bytes, {
          pledgedSrcSize: bytes.length,
          params: { [levelKey!]: level, [checksumKey!]: checksum ? 1 : 0 },
        }),
      ),
  };
}

/** WASM memory is given out up to this: source and result of one chunk. */
const MOST_WASM = 2 ** 30;

/** Zstandard without Node. */
export async function portableZstd(): Promise<Zstd> {
  const { ZSTDDecoder } = await import("zstddec");
  const decoder = new ZSTDDecoder();
  await decoder.init();
  /** The decoder gives nothing both for damaged bytes and for too little room. */
  const attempt = (bytes: Uint8Array, room: number): Uint8Array | undefined => {
    if (bytes.length + room > MOST_WASM)
      throw new EncodingError(`${bytes.length} bytes and room for ${room} are more than the ${MOST_WASM} Zstandard has here`);
    const result = decoder.decode(bytes, Math.max(1, room));
    return result.length > 0 ? result : undefined;
  };
  return {
    decode: (bytes, { bytes: most, exact }) => {
      const stated = contentSize(bytes);
      if (stated !== undefined && (exact ? stated !== most : stated > most)) {
        throw new EncodingError(`the frame says ${stated} bytes; ${exact ? "" : "at most "}${most} are needed`, { stated, needed: most });
      }
      if (stated === 0 || most === 0) return new Uint8Array(0);
      let room = exact ? most : (stated ?? Math.min(most, 16 * bytes.length + 65536));
      for (;;) {
        const result = attempt(bytes, room);
        if (result !== undefined) return result;
        if (exact || stated !== undefined || room >= most)
          throw new EncodingError(`the frame is damaged, or holds more than ${most} bytes`);
        room = Math.min(most, room * 8);
      }
    },
    encode: (bytes) => zstdEncode(bytes),
  };
}

/** The content size in a frame's header (RFC 8878, 3.1.1.1), where it is one sound frame that has it. */
function contentSize(bytes: Uint8Array): number | undefined {
  if (bytes.length < 6) throw new EncodingError("the bytes are too few for a Zstandard frame");
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = view.getUint32(0, true);
  if ((magic & 0xfffffff0) >>> 0 === 0x184d2a50) return undefined;
  if (magic !== 0xfd2fb528) throw new EncodingError("the bytes are no Zstandard frame");
  const descriptor = bytes[4]!;
  const single = (descriptor >> 5) & 1;
  const dictionary = [0, 1, 2, 4][descriptor & 3]!;
  if (dictionary !== 0) throw new EncodingError("the frame needs a dictionary, which Zarr has none of");
  const at = 5 + (single ? 0 : 1);
  const width = [single, 2, 4, 8][descriptor >> 6]!;
  if (width === 0 || at + width > bytes.length) return undefined;
  if (width === 1) return bytes[at]!;
  if (width === 2) return view.getUint16(at, true) + 256;
  return width === 4 ? view.getUint32(at, true) : Number(view.getBigUint64(at, true));
}

/** `zstd`: options `level` (default 1; 0 is the encoder's own), `checksum`. */
export const zstd: CodecFactory = async (config) => {
  const level = integerOption("zstd", config, "level", -131072, 22, 1);
  const engine = await loadZstd();
  return {
    kind: "bytes-bytes",
    encodedSize: compressedSize,
    decode: (bytes, size) => engine.decode(bytes, size),
    encode: (bytes) => engine.encode(bytes, level, config.checksum === true),
  };
};
