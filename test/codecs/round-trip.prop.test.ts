/** decode ∘ encode = identity, over types, shapes, orders and codecs. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { floatToHalf, halfToFloat } from "../../src/codecs/half.ts";
import {
  allocateValues,
  buildPipeline,
  bytesFromValues,
  parseV2Type,
  typeName,
  v3CodecSpecs,
  valuesFromBytes,
} from "../../src/codecs/index.ts";
import { lz4Bound, lz4Decode, lz4Encode } from "../../src/codecs/lz4.ts";
import { portableZstd } from "../../src/codecs/zstd.ts";
import { zstdEncode } from "../../src/codecs/zstd-encode.ts";
import { sizeOf } from "../../src/util/shape.ts";
import { ordered } from "./fixture.ts";

const types = ["|b1", "|i1", "<i2", ">i4", "<i8", ">u8", "<f2", ">f4", "<f8", "<c8", ">c16", "<M8[ns]", "|S3", "<U2", ">U3", "|V5"];
const compressors = [
  { name: "gzip" },
  { name: "numcodecs.zlib" },
  { name: "zstd" },
  { name: "numcodecs.lz4" },
  { name: "crc32c" },
  { name: "numcodecs.adler32" },
  { name: "numcodecs.fletcher32" },
  { name: "numcodecs.base64" },
  ...["lz4", "zstd", "zlib"].flatMap((cname) =>
    ["shuffle", "bitshuffle", "noshuffle"].map((shuffle) => ({
      name: "blosc",
      configuration: { cname, shuffle, clevel: 5, blocksize: 600 },
    })),
  ),
];
/** Runs of equal bytes, so that there is something to compress. */
const runs = fc.array(fc.tuple(fc.nat(255), fc.integer({ min: 1, max: 40 })), {
  minLength: 1,
  maxLength: 30,
});
function expand(list: readonly (readonly [number, number])[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let at = 0, i = 0; at < length; i++) {
    const [value, run] = list[i % list.length]!;
    bytes.fill(value ^ i, at, at + run);
    at += run;
  }
  return bytes;
}

const cases = fc.record({
  dtype: fc.constantFrom(...types),
  shape: fc.array(fc.integer({ min: 1, max: 9 }), { maxLength: 4 }),
  transposed: fc.boolean(),
  sharded: fc.boolean(),
  chain: fc.array(fc.constantFrom(...compressors), { maxLength: 3 }),
  endian: fc.constantFrom("little", "big"),
  seed: runs,
});

test("any chain gives back what it took", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ dtype, shape, transposed, sharded, chain, endian, seed }) => {
      const type = parseV2Type(dtype);
      const n = sizeOf(shape);
      const raw = expand(seed, n * type.size);
      // Booleans are 0 or 1, text is made of characters, halves have one form of not-a-number.
      if (type.kind === "bool")
        raw.forEach((b, i) => {
          raw[i] = b & 1;
        });
      if (type.kind === "ucs4")
        raw.forEach((b, i) => {
          raw[i] = (type.bigEndian ? i % 4 === 3 : i % 4 === 0) ? (b & 63) + 64 : 0;
        });
      const values = valuesFromBytes(type, raw, type.bigEndian);
      const codecs = [
        ...(transposed ? [{ name: "transpose", configuration: { order: shape.map((_, i) => (i + 1) % shape.length) } }] : []),
        { name: "bytes", configuration: { endian } },
        ...chain,
      ];
      const shard = {
        name: "sharding_indexed",
        configuration: {
          chunk_shape: shape.map((k) => (k % 2 === 0 ? k / 2 : k)),
          codecs,
          index_codecs: [{ name: "bytes", configuration: { endian: "little" } }, { name: "crc32c" }],
        },
      };
      const chunk = { shape, type, fill: null };
      const pipeline = await buildPipeline(v3CodecSpecs(sharded ? [shard] : codecs), chunk);
      const before = JSON.stringify(values, (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v));
      const encoded = pipeline.encode(values);
      const same = (a: unknown) => {
        if (Array.isArray(values)) expect(a).toEqual(values);
        else expect(bytesFromValues(type, a as Float32Array, false)).toEqual(bytesFromValues(type, values, false));
      };
      same(ordered(pipeline.decode(encoded), chunk));
      const into = allocateValues(type, n);
      pipeline.decode(encoded, { into });
      same(into);
      expect(encoded.length, typeName(type)).toBeLessThanOrEqual(pipeline.encodedSize.bytes);
      expect(JSON.stringify(values, (_, v: unknown) => (typeof v === "bigint" ? `${v}` : v))).toBe(before);
    }),
    { numRuns: 250 },
  );
});

test("every half survives, and singles round to nearest even", () => {
  const halves = Uint16Array.from({ length: 65536 }, (_, i) => i);
  const floats = new Float32Array(65536);
  halfToFloat(halves, floats);
  const back = new Uint16Array(65536);
  floatToHalf(floats, back);
  // Signalling NaNs become quiet.
  halves.forEach((h, i) => {
    expect(back[i]! & ~(Number.isNaN(floats[i]!) ? 0x200 : 0)).toBe(h & ~(Number.isNaN(floats[i]!) ? 0x200 : 0));
  });
  const between = Float32Array.of(1 + 2 ** -11, 1 + 3 * 2 ** -11, 65519.99, 65520, 2 ** -25, 1.5 * 2 ** -25, 2 ** -24, -1e10);
  const rounded = new Uint16Array(8);
  floatToHalf(between, rounded);
  expect([...rounded]).toEqual([0x3c00, 0x3c02, 0x7bff, 0x7c00, 0, 1, 1, 0xfc00]);
});

test("LZ4 and Zstandard give back any bytes", async () => {
  const zstd = await portableZstd();
  fc.assert(
    fc.property(
      fc.oneof(
        fc.tuple(runs, fc.nat(3000)).map(([list, n]) => expand(list, n)),
        fc.uint8Array({ maxLength: 3000 }),
      ),
      (bytes) => {
        const packed = new Uint8Array(lz4Bound(bytes.length));
        const end = lz4Encode(bytes, packed, 0);
        const out = new Uint8Array(bytes.length);
        lz4Decode(packed.subarray(0, end), out);
        expect(out).toEqual(bytes);
        expect(zstd.decode(zstdEncode(bytes), { bytes: bytes.length, exact: true })).toEqual(bytes);
      },
    ),
    { numRuns: 300 },
  );
});
