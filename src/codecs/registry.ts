/** The table of codecs: every name of Zarr v2 and v3 to the module that has its factory. */
import { UnsupportedError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import type { CodecFactory } from "./contract.ts";

type Load = () => Promise<CodecFactory>;

const crc32c: Load = async () => (await import("./checksums.ts")).crc32c;
const delta: Load = async () => (await import("./delta.ts")).delta;
const packbits: Load = async () => (await import("./packbits.ts")).packbits;
const bitround: Load = async () => (await import("./bitround.ts")).bitround;

const table = new Map<string, Load>([
  ["adler32", async () => (await import("./checksums.ts")).adler32],
  ["astype", async () => (await import("./cast.ts")).astype],
  ["base64", async () => (await import("./base64.ts")).base64],
  ["bitround", bitround],
  ["blosc", async () => (await import("./blosc.ts")).blosc],
  ["bytes", async () => (await import("./bytes.ts")).bytes],
  ["bz2", async () => (await import("./bz2.ts")).bz2],
  ["cast_value", async () => (await import("./cast-value.ts")).castValue],
  ["categorize", async () => (await import("./categorize.ts")).categorize],
  ["crc32", async () => (await import("./checksums.ts")).crc32],
  ["crc32c", crc32c],
  ["delta", delta],
  ["fixedscaleoffset", async () => (await import("./linear.ts")).fixedScaleOffset],
  ["fletcher32", async () => (await import("./checksums.ts")).fletcher32],
  ["gzip", async () => (await import("./deflate.ts")).gzip],
  ["jenkins_lookup3", async () => (await import("./checksums.ts")).lookup3],
  ["json2", async () => (await import("./json2.ts")).json2],
  ["lz4", async () => (await import("./lz4-codec.ts")).lz4],
  ["lzma", async () => (await import("./xz.ts")).lzma],
  ["packbits", packbits],
  ["pickle", async () => refusePickle],
  ["quantize", async () => (await import("./cast.ts")).quantize],
  ["scale_offset", async () => (await import("./linear.ts")).scaleOffset],
  ["sharding_indexed", async () => (await import("./sharding.ts")).sharding],
  ["shuffle", async () => (await import("./shuffle.ts")).shuffle],
  ["transpose", async () => (await import("./transpose.ts")).transpose],
  ["vlen-array", async () => (await import("./vlen.ts")).vlenArray],
  ["vlen-bytes", async () => (await import("./vlen.ts")).vlenBytes],
  ["vlen-utf8", async () => (await import("./vlen.ts")).vlenUtf8],
  ["zlib", async () => (await import("./deflate.ts")).zlib],
  ["zstd", async () => (await import("./zstd.ts")).zstd],
]);

/**
 * Make a codec known under a name, in place of one that is there.
 *
 * @example
 * ```ts
 * registerCodec("rot13", async () => () => ({ kind: "bytes-bytes", encodedSize: (n) => n, decode, encode }));
 * ```
 */
export function registerCodec(name: string, load: () => Promise<CodecFactory>): void {
  table.set(name, load);
}

/** The factory of a codec. Throws UnsupportedError naming it and the known ones. */
export async function loadCodec(name: string): Promise<CodecFactory> {
  const load = table.get(name);
  if (load !== undefined) return load();
  throw new UnsupportedError(`${unknownName("codec", name, table.keys())}; registerCodec adds others`, { codec: name });
}

const refusePickle: CodecFactory = () => {
  throw new UnsupportedError(
    'the codec "pickle" is refused: decoding it means running code out of the data; write the array again with vlen-utf8 or json2',
    { codec: "pickle" },
  );
};
