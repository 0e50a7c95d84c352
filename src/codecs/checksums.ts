/** The codecs that add a checksum to bytes and verify it: crc32, crc32c, adler32, fletcher32, jenkins_lookup3. */
import { EncodingError } from "../errors.ts";
import { badOption, choiceOption, integerOption } from "./config.ts";
import type { BytesBytesCodec, CodecFactory } from "./contract.ts";
import { adler32Of, crc32cOf, crc32Of, fletcher32Of, lookup3Of } from "./crc.ts";

type Place = "start" | "end";

function checksum(sum: (bytes: Uint8Array) => number, place: Place): BytesBytesCodec {
  return {
    kind: "bytes-bytes",
    encodedSize: ({ bytes, exact }) => ({ bytes: bytes + 4, exact }),
    decode: (bytes, size) => {
      if (bytes.length < 4) throw new EncodingError(`${bytes.length} bytes are too few to hold a checksum`);
      if (bytes.length - 4 > size.bytes)
        throw new EncodingError(`there are ${bytes.length - 4} bytes of data where at most ${size.bytes} are needed`);
      const data = place === "start" ? bytes.subarray(4) : bytes.subarray(0, -4);
      const at = place === "start" ? 0 : bytes.length - 4;
      const stored = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(at, true);
      const computed = sum(data);
      if (stored !== computed) {
        throw new EncodingError(`the checksum differs, so the bytes are damaged: stored ${hex(stored)}, computed ${hex(computed)}`, {
          stored,
          computed,
        });
      }
      return data;
    },
    encode: (bytes) => {
      const result = new Uint8Array(bytes.length + 4);
      result.set(bytes, place === "start" ? 4 : 0);
      new DataView(result.buffer).setUint32(place === "start" ? 0 : bytes.length, sum(bytes), true);
      return result;
    },
  };
}

function hex(value: number): string {
  return `0x${value.toString(16).padStart(8, "0")}`;
}

function placed(name: string, sum: (bytes: Uint8Array) => number, usual: Place): CodecFactory {
  return (config) => checksum(sum, choiceOption(name, config, "location", ["start", "end"], usual));
}

/** `crc32`: option `location` (default `"start"`). */
export const crc32: CodecFactory = placed("crc32", crc32Of, "start");
/** `crc32c`: option `location` (default `"end"`). */
export const crc32c: CodecFactory = placed("crc32c", crc32cOf, "end");
/** `adler32`: option `location` (default `"start"`). */
export const adler32: CodecFactory = placed("adler32", adler32Of, "start");
/** `fletcher32`, as the HDF5 filter. */
export const fletcher32: CodecFactory = () => checksum(fletcher32Of, "end");

/** `jenkins_lookup3`: options `initval`, `prefix` (bytes hashed before the data). */
export const lookup3: CodecFactory = (config) => {
  const seed = integerOption("jenkins_lookup3", config, "initval", 0, 0xffffffff, 0);
  const prefix = config.prefix ?? [];
  if (!Array.isArray(prefix)) throw badOption("jenkins_lookup3", "prefix", prefix, "a list of bytes");
  const before = Uint8Array.from(prefix as number[]);
  return checksum((bytes) => {
    if (before.length === 0) return lookup3Of(bytes, seed);
    const all = new Uint8Array(before.length + bytes.length);
    all.set(before);
    all.set(bytes, before.length);
    return lookup3Of(all, seed);
  }, "end");
};
