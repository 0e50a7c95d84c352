import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import {
  buildPipeline,
  type ChunkSpec,
  parseV2Type,
  parseV3Type,
  registerCodec,
  shardRange,
  v2CodecSpecs,
  v3CodecSpecs,
} from "../../src/codecs/index.ts";
import { portableDeflate } from "../../src/codecs/inflate.ts";
import { lz4Bound, lz4Encode } from "../../src/codecs/lz4.ts";
import { portableZstd } from "../../src/codecs/zstd.ts";
import { zstdEncode } from "../../src/codecs/zstd-encode.ts";
import { codecCases } from "./fixture.ts";

const f4: ChunkSpec = { shape: [10], type: parseV2Type("<f4"), fill: 0 };
const little = { name: "bytes", configuration: { endian: "little" } };
const v3 = (codecs: unknown, chunk: ChunkSpec = f4) => buildPipeline(v3CodecSpecs(codecs), chunk);

describe("building", () => {
  test.each<[string, unknown, string]>([
    ["an unknown codec", [little, { name: "zsdt" }], 'unknown codec "zsdt"; did you mean "zstd"? (adler32'],
    ["no bytes", [{ name: "gzip" }], 'codec "gzip" (bytes-bytes) takes bytes, but no codec before it makes bytes'],
    ["nothing", [], 'have none that turns an array into bytes, such as "bytes"'],
    ["two serializers", [little, little], 'codec "bytes" (array-bytes) takes an array, but "bytes" has made bytes of it'],
    [
      "a level",
      [little, { name: "gzip", configuration: { level: 99 } }],
      'codec "gzip": option "level" is 99; it must be a whole number from -1 to 9',
    ],
    ["an order", [{ name: "transpose", configuration: { order: [1] } }, little], "must name each of the 1 axes once"],
    ["an endian", [{ name: "bytes", configuration: { endian: "middle" } }], '"little" or "big"'],
    [
      "a shard",
      [
        {
          name: "sharding_indexed",
          configuration: { chunk_shape: [3], codecs: [little], index_codecs: [little] },
        },
      ],
      "divisors of the shard's shape 10",
    ],
    [
      "an index of no fixed size",
      [
        {
          name: "sharding_indexed",
          configuration: { chunk_shape: [5], codecs: [little], index_codecs: [little, { name: "gzip" }] },
        },
      ],
      "whose size is fixed",
    ],
    ["no list", {}, '"codecs" must be a list'],
    ["no name", [3], 'an object with a "name", not 3'],
  ])("refuses %s", async (_, codecs, message) => {
    await expect((async () => v3(codecs))()).rejects.toThrow(message);
  });

  test("pickle is refused by name", async () => {
    const specs = v2CodecSpecs({ filters: [{ id: "pickle", protocol: 5 }] }, 1, parseV2Type("|O"));
    await expect(buildPipeline(specs, { shape: [1], type: parseV2Type("|O") })).rejects.toThrow("running code out of the data");
  });

  test("own codecs can be registered", async () => {
    registerCodec("test.invert", async () => () => {
      const invert = (bytes: Uint8Array) => bytes.map((b) => 255 - b);
      return { kind: "bytes-bytes", encodedSize: (size) => size, decode: invert, encode: invert };
    });
    const pipeline = await v3([little, { name: "test.invert" }]);
    const values = Float32Array.from({ length: 10 }, (_, i) => i);
    expect(pipeline.decode(pipeline.encode(values)).data).toEqual(values);
  });

  test("data types that are not known are named", () => {
    for (const dtype of ["<f3", "|X4", "<i", "", 3, null, ["a"], "<M8[lightyears]", "<U99999999999"]) {
      expect(() => parseV2Type(dtype), String(dtype)).toThrow(/data type/);
    }
    for (const dtype of [
      "float8",
      { name: "fixed_length_utf32", configuration: { length_bytes: 7 } },
      { name: "toString" },
      { name: "numpy.datetime64" },
    ]) {
      expect(() => parseV3Type(dtype)).toThrow(/data type/);
    }
    expect(parseV3Type("r24")).toMatchObject({ kind: "raw", size: 3 });
  });
});

describe("decoding", () => {
  test("another size than the chunk needs is an error with codec, key and sizes", async () => {
    const raw = await v3([little]);
    expect(() => raw.decode(new Uint8Array(39), { key: "/t/c/0" })).toThrow(
      'chunk /t/c/0: codec "bytes" gave 39 bytes where 40 are needed (a chunk of 10 of float32)',
    );
    const gzip = await v3([little, { name: "gzip" }]);
    expect(() => gzip.decode(gzipSync(new Uint8Array(39)), { key: "/t/c/0" })).toThrow(
      'chunk /t/c/0: codec "gzip" gave 39 bytes where 40 are needed',
    );
  });

  test("the wrong array to decode into or to encode", async () => {
    const pipeline = await v3([little]);
    expect(() => pipeline.decode(new Uint8Array(40), { into: new Float32Array(11) })).toThrow(
      "an array of 11 values was given for a chunk of 10",
    );
    expect(() => pipeline.decode(new Uint8Array(40), { into: new Float64Array(10) })).toThrow(
      "values of float32 are Float32Array, not Float64Array",
    );
    expect(() => pipeline.encode(new Float32Array(9))).toThrow("an array of 9 values");
  });

  test("bombs are stopped by the size of the chunk", async () => {
    const zeros = new Uint8Array(50_000_000);
    const bombs: [string, Uint8Array][] = [
      ["gzip", gzipSync(zeros)],
      ["zstd", zstdEncode(zeros)],
    ];
    for (const [name, bomb] of bombs) {
      const pipeline = await v3([little, { name }]);
      expect(() => pipeline.decode(bomb), name).toThrow(`codec "${name}" cannot decode`);
      // A codec between two others may give a little more than the chunk has, and no bomb.
      const twice = await v3([little, { name: "gzip" }, { name }]);
      expect(() => twice.decode(bomb), name).toThrow(`codec "${name}" cannot decode`);
    }
    const lz4 = new Uint8Array(4 + lz4Bound(1000));
    new DataView(lz4.buffer).setUint32(0, 0xffffffff, true);
    const end = lz4Encode(new Uint8Array(1000), lz4, 4);
    const huge = await v3([{ name: "vlen-utf8" }, { name: "numcodecs.lz4" }], {
      shape: [1],
      type: parseV3Type("string"),
    });
    expect(() => huge.decode(lz4.subarray(0, end))).toThrow("the header says 4294967295 bytes");
  });

  test("a chunk too large to hold is an error before anything is allocated", async () => {
    const pipeline = await v3([little, { name: "gzip" }], { shape: [2 ** 20, 2 ** 20], type: f4.type });
    expect(() => pipeline.decode(new Uint8Array(100))).toThrow("is too large to decode at once");
  });

  test("values go straight into the array that is given", async () => {
    for (const codecs of [
      [little],
      [{ name: "bytes", configuration: { endian: "big" } }, { name: "numcodecs.lz4" }],
      [little, { name: "blosc", configuration: { cname: "lz4", shuffle: "shuffle", typesize: 4 } }],
    ]) {
      const pipeline = await v3(codecs);
      const values = Float32Array.from({ length: 10 }, (_, i) => i / 3);
      const whole = new Float32Array(30);
      pipeline.decode(pipeline.encode(values), { into: whole.subarray(10, 20) });
      expect(whole.subarray(10, 20)).toEqual(values);
      expect(whole[9]! + whole[20]!).toBe(0);
    }
  });
});

describe("shards", () => {
  const inner = [little, { name: "gzip" }, { name: "crc32c" }];
  const config = (location: string) => ({
    chunk_shape: [2, 3],
    codecs: inner,
    index_codecs: [little, { name: "crc32c" }],
    index_location: location,
  });
  const chunk: ChunkSpec = { shape: [4, 9], type: f4.type, fill: -1 };
  const values = Float32Array.from({ length: 36 }, (_, i) => (i >= 18 && i % 9 >= 6 ? -1 : i));

  test.each(["start", "end"])("inner chunks are read alone, index at the %s", async (location) => {
    const pipeline = await v3([{ name: "sharding_indexed", configuration: config(location) }], chunk);
    const bytes = pipeline.encode(values);
    expect(pipeline.decode(bytes).data).toEqual(values);
    const shard = pipeline.shard!;
    expect(shard.grid).toEqual([2, 3]);
    const range = shard.indexRange;
    const raw = "offset" in range ? bytes.subarray(0, range.length) : bytes.subarray(-range.suffixLength);
    expect(raw.length).toBe(6 * 16 + 4);
    const index = shard.readIndex(raw, { shardSize: bytes.length });
    expect(shardRange(index, 5)).toBeUndefined();
    const { offset, length } = shardRange(index, 1)!;
    expect(shard.inner.decode(bytes.subarray(offset, offset + length)).data).toEqual(Float32Array.of(3, 4, 5, 12, 13, 14));
  });

  test("a damaged index or inner chunk names the shard", async () => {
    const pipeline = await v3([{ name: "sharding_indexed", configuration: config("end") }], chunk);
    const bytes = pipeline.encode(values);
    const damagedIndex = bytes.slice();
    damagedIndex[bytes.length - 20]! ^= 1;
    expect(() => pipeline.decode(damagedIndex, { key: "/c/0" })).toThrow(/chunk \/c\/0: codec "sharding_indexed".*the checksum differs/);
    const damagedChunk = bytes.slice();
    damagedChunk[3]! ^= 1;
    expect(() => pipeline.decode(damagedChunk, { key: "/c/0" })).toThrow(/chunk \/c\/0: .*inner 0.*the checksum differs/);
    const index = new BigUint64Array(12).fill(2n ** 64n - 1n);
    index.set([2n ** 62n, 5n]);
    const plain = await v3([{ name: "sharding_indexed", configuration: { ...config("end"), index_codecs: [little] } }], chunk);
    expect(() => plain.shard!.readIndex(new Uint8Array(index.buffer), { key: "/c/0", shardSize: 500 })).toThrow(
      "chunk /c/0: the shard's index puts inner chunk 0 at byte 4611686018427388000",
    );
  });
});

describe("codecs where there is no Node", () => {
  test("give what Node's give, and refuse what they refuse", async () => {
    const deflate = await portableDeflate();
    const zstd = await portableZstd();
    const decoders: Record<string, (bytes: Uint8Array, size: { bytes: number; exact: boolean }) => Uint8Array> = {
      gzip: deflate.gunzip,
      zlib: deflate.unzlib,
      zstd: zstd.decode,
    };
    let tried = 0;
    for (const { specs, chunk, encoded, name } of codecCases) {
      const { name: codec } = specs[specs.length - 1]!;
      const decode = decoders[codec];
      if (decode === undefined || specs.length !== 2 || specs[0]!.name !== "bytes") continue;
      tried++;
      const bytes = chunk.shape.reduce((n, k) => n * k, chunk.type.size);
      const raw = decode(encoded, { bytes, exact: true });
      expect(decode(encoded, { bytes: bytes * 50 + 100, exact: false }), name).toEqual(raw);
      expect((await buildPipeline(specs.slice(0, 1), chunk)).decode(raw).data.length, name).toBeGreaterThan(0);
      for (const size of [
        { bytes: bytes - 1, exact: true },
        { bytes: bytes - 1, exact: false },
        { bytes: bytes + 1, exact: true },
      ]) {
        const tooMuch = () => {
          if (decode(encoded, size).length !== size.bytes) throw new Error("another size");
        };
        expect(tooMuch, name).toThrow();
      }
      const damaged = encoded.slice();
      damaged[damaged.length - 6]! ^= 4;
      if (codec !== "zstd") expect(() => decode(damaged, { bytes, exact: true }), name).toThrow();
      expect(() => decode(encoded.subarray(0, -3), { bytes, exact: true }), name).toThrow();
    }
    expect(tried).toBeGreaterThan(10);
  });

  test("the two directions of deflate", async () => {
    const deflate = await portableDeflate();
    const bytes = new TextEncoder().encode("abcabcabd".repeat(50));
    const size = { bytes: bytes.length, exact: true };
    expect(deflate.gunzip(deflate.gzip(bytes, -1), size)).toEqual(bytes);
    expect(deflate.unzlib(deflate.zlib(bytes, 9), size)).toEqual(bytes);
    expect(deflate.inflate(deflate.deflate(bytes, 1), size)).toEqual(bytes);
  });
});
