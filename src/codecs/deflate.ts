/** The codecs `gzip` and `zlib`. */
import { integerOption } from "./config.ts";
import type { CodecFactory, SizeBound } from "./contract.ts";
import { loadDeflate } from "./inflate.ts";

/** The most a sound compressed form of something of this size has, with room for poor encoders. */
export function compressedSize({ bytes }: SizeBound): SizeBound {
  return { bytes: bytes + Math.ceil(bytes / 8) + 65536, exact: false };
}

/** `gzip`: option `level`, 0 to 9 (default 1). */
export const gzip: CodecFactory = async (config) => {
  const level = integerOption("gzip", config, "level", -1, 9, 1);
  const deflate = await loadDeflate();
  return {
    kind: "bytes-bytes",
    encodedSize: compressedSize,
    decode: (bytes, size) => deflate.gunzip(bytes, size),
    encode: (bytes) => deflate.gzip(bytes, level),
  };
};

/** `zlib`: option `level`, −1 to 9 (default 1). */
export const zlib: CodecFactory = async (config) => {
  const level = integerOption("zlib", config, "level", -1, 9, 1);
  const deflate = await loadDeflate();
  return {
    kind: "bytes-bytes",
    encodedSize: compressedSize,
    decode: (bytes, size) => deflate.unzlib(bytes, size),
    encode: (bytes) => deflate.zlib(bytes, level),
  };
};
