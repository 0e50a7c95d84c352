/** Metadata and chunks that are damaged or mean harm give an error that names them, and never a large allocation. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gridCount } from "../../../src/array/grid.ts";
import type { Source } from "../../../src/array/source.ts";
import { openZarr } from "../../../src/backends/zarr/index.ts";
import { parseJson, writeJson } from "../../../src/backends/zarr/json.ts";
import { isGraticuleError } from "../../../src/errors.ts";
import { setOptions } from "../../../src/options.ts";
import { memoryStore } from "../../../src/stores/memory.ts";
import { expectWarning } from "../../support/warnings.ts";
import { readBox } from "../raw.ts";
import { storeEntries, valuesOf } from "./support.ts";

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

const arrayV3 = {
  zarr_format: 3,
  node_type: "array",
  shape: [4],
  data_type: "int32",
  chunk_grid: { name: "regular", configuration: { chunk_shape: [2] } },
  chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
  fill_value: 0,
  codecs: [{ name: "bytes", configuration: { endian: "little" } }],
  attributes: {},
  dimension_names: ["x"],
};
const arrayV2 = { zarr_format: 2, shape: [4], chunks: [2], dtype: "<i4", fill_value: 0, order: "C", filters: null, compressor: null };
const group = { zarr_format: 3, node_type: "group", attributes: {} };

function storeV3(change: object): ReturnType<typeof memoryStore> {
  return memoryStore(
    new Map([
      ["/zarr.json", bytes(group)],
      ["/a/zarr.json", bytes({ ...arrayV3, ...change })],
    ]),
  );
}
function storeV2(change: object, attrs: object = { _ARRAY_DIMENSIONS: ["x"] }): ReturnType<typeof memoryStore> {
  return memoryStore(
    new Map([
      ["/.zgroup", bytes({ zarr_format: 2 })],
      ["/a/.zarray", bytes({ ...arrayV2, ...change })],
      ["/a/.zattrs", bytes(attrs)],
    ]),
  );
}

describe("metadata that make no sense", () => {
  test.each<[string, object]>([
    ["negative shape", { shape: [-1] }],
    ["fractional shape", { shape: [1.5] }],
    ["shape beyond integers", { shape: [2 ** 60] }],
    ["no list", { shape: "4" }],
    ["no shape", { shape: undefined }],
    [
      "more chunks than numbers",
      { shape: [2 ** 50, 2 ** 50], chunk_grid: { name: "regular", configuration: { chunk_shape: [1, 1] } }, dimension_names: ["x", "y"] },
    ],
    [
      "too many axes",
      { shape: new Array(100).fill(1), chunk_grid: { name: "regular", configuration: { chunk_shape: new Array(100).fill(1) } } },
    ],
    ["empty chunks", { chunk_grid: { name: "regular", configuration: { chunk_shape: [0] } } }],
    ["chunks of another rank", { chunk_grid: { name: "regular", configuration: { chunk_shape: [2, 2] } } }],
    ["no chunk grid", { chunk_grid: null }],
    ["a separator", { chunk_key_encoding: { name: "default", configuration: { separator: "%" } } }],
    ["no codecs", { codecs: "bytes" }],
    ["a fill value of another type", { fill_value: "x" }],
    ["a fill value out of range", { fill_value: 2 ** 40 }],
    ["attributes", { attributes: [] }],
    ["no dimensions", { dimension_names: undefined }],
    ["null dimensions", { dimension_names: [null] }],
    ["too many dimensions", { dimension_names: ["x", "y"] }],
    ["node type", { node_type: "thing" }],
    ["format", { zarr_format: 2 }],
    [
      "shards that chunks do not fill",
      {
        codecs: [{ name: "sharding_indexed", configuration: { chunk_shape: [3], codecs: [], index_codecs: [] } }],
        chunk_grid: { name: "regular", configuration: { chunk_shape: [4] } },
      },
    ],
    ["huge elements", { data_type: { name: "fixed_length_utf32", configuration: { length_bytes: 2 ** 40 } } }],
  ])("v3: %s", async (_name, change) => {
    await expect(openZarr(storeV3(change))).rejects.toMatchObject({ tag: "BackendError" });
  });

  test.each<[string, object, object?]>([
    ["shape", { shape: [-4] }],
    ["chunks", { chunks: [0] }],
    ["chunks of another rank", { chunks: [2, 2] }],
    ["order", { order: "A" }],
    ["separator", { dimension_separator: "x" }],
    ["filters", { filters: {} }],
    ["compressor", { compressor: { level: 1 } }],
    ["fill value", { fill_value: 0.5 }],
    ["format", { zarr_format: 3 }],
    ["no dimensions", {}, {}],
    ["wrong dimensions", {}, { _ARRAY_DIMENSIONS: ["x", "y"] }],
  ])("v2: %s", async (_name, change, attrs) => {
    await expect(openZarr(storeV2(change, attrs))).rejects.toMatchObject({ tag: "BackendError" });
  });

  test.each<[string, object]>([
    ["storage transformers", { storage_transformers: [{ name: "x" }] }],
    ["an extension that must be understood", { extension: { name: "x" } }],
    ["another chunk grid", { chunk_grid: { name: "rectilinear", configuration: {} } }],
    ["another type", { data_type: "int7" }],
    ["another key encoding", { chunk_key_encoding: { name: "suffix" } }],
  ])("arrays beyond us are left out with a warning: %s", async (_name, change) => {
    await expectWarning("skipped-variable", async () => {
      expect([...(await openZarr(storeV3(change))).variables.keys()]).toEqual([]);
    });
  });

  test("what need not be understood is passed over", async () => {
    expect([...(await openZarr(storeV3({ extension: { name: "x", must_understand: false } }))).variables.keys()]).toEqual(["a"]);
  });

  test("dimensions of two lengths", async () => {
    const store = storeV3({});
    await store.set("/b/zarr.json", bytes({ ...arrayV3, shape: [5] }));
    await expect(openZarr(store)).rejects.toThrow(/dimension "x" has length 4 and, in the array \/b .*, 5/);
  });

  test("paths that lead out of the store, and names with a meaning in JavaScript", async () => {
    const consolidated = (metadata: object) =>
      memoryStore(
        new Map([["/zarr.json", bytes({ ...group, consolidated_metadata: { kind: "inline", must_understand: false, metadata } })]]),
      );
    await expect(openZarr(consolidated({ "../a": arrayV3 }))).rejects.toMatchObject({ tag: "BackendError" });
    const text = `{"zarr_format":3,"node_type":"group","attributes":{"__proto__":{"polluted":1}},"consolidated_metadata":{"kind":"inline","metadata":{"__proto__":${JSON.stringify(arrayV3)}}}}`;
    const root = await openZarr(memoryStore(new Map([["/zarr.json", bytes(text)]])));
    expect([...root.variables.keys()]).toEqual(["__proto__"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
    expect(Object.keys(root.attrs)).toEqual(["__proto__"]);
  });

  test("no JSON, JSON that ends, JSON that never ends", async () => {
    for (const text of [
      "",
      "{",
      "[1,2",
      '{"a":1,}',
      '{"a" 1}',
      "nul",
      '"\\x"',
      "{}}",
      "01",
      "1.",
      "\u0001",
      '"a\nb"',
      "-",
      "[".repeat(1e5),
      "9".repeat(1e4),
    ]) {
      await expect(openZarr(memoryStore(new Map([["/zarr.json", bytes(text)]]))), text.slice(0, 20)).rejects.toMatchObject({
        tag: "BackendError",
      });
    }
    await expect(openZarr(memoryStore(new Map([["/zarr.json", Uint8Array.of(0xff, 0xfe)]])))).rejects.toThrow(/UTF-8/);
  });

  test("anything in any place is an error of ours or a sound array", async () => {
    const places = [
      "shape",
      "data_type",
      "chunk_grid",
      "chunk_key_encoding",
      "fill_value",
      "codecs",
      "attributes",
      "dimension_names",
      "storage_transformers",
    ];
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...places), fc.jsonValue(), fc.boolean(), async (place, value, two) => {
        const store = two
          ? storeV2({
              [place === "data_type" ? "dtype" : place === "chunk_grid" ? "chunks" : place === "codecs" ? "compressor" : place]: value,
            })
          : storeV3({ [place]: value });
        const restore = setOptions({ onWarning: () => undefined });
        try {
          const root = await openZarr(store);
          for (const { data } of root.variables.values()) {
            const source = data as Source;
            expect(gridCount(source.grid)).toBeLessThanOrEqual(Number.MAX_SAFE_INTEGER);
            if (source.meta.shape.every((n) => n <= 4))
              await readBox(source, Float64Array.from(source.meta.shape.flatMap((n) => [0, Math.min(n, 1)])));
          }
        } catch (error) {
          if (!isGraticuleError(error)) throw error;
        } finally {
          restore();
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe("chunks that are damaged", () => {
  test("a chunk of absurd size is refused before it is allocated", async () => {
    const store = storeV3({ shape: [2 ** 40], chunk_grid: { name: "regular", configuration: { chunk_shape: [2 ** 40] } } });
    await store.set("/a/c/0", new Uint8Array(8));
    const source = (await openZarr(store)).variables.get("a")!.data as Source;
    await expect(
      (async () => {
        await source.prepare!([], {});
        source.decode!(source.locate!([Float64Array.of(0, 1)])[0]!, [new Uint8Array(8)]);
      })(),
    ).rejects.toMatchObject({ tag: "EncodingError" });
  });

  test.each(["codecs-v2", "codecs-v3"])("every truncated chunk of %s is an error that names it", async (fixture) => {
    const entries = storeEntries(fixture);
    const names = [...(await openZarr(memoryStore(entries))).variables.keys()];
    for (const name of names) {
      const key = [...entries.keys()].find((k) => k.startsWith(`/${name}/`) && /\d$/.test(k))!;
      const damaged = new Map(entries).set(key, entries.get(key)!.subarray(0, entries.get(key)!.length - 3));
      await expect(valuesOf(await openZarr(memoryStore(damaged)), name), name).rejects.toMatchObject({
        tag: "EncodingError",
        message: expect.stringContaining(key),
      });
    }
  });

  test("a shard whose index lies", async () => {
    const entries = storeEntries("codecs-v3");
    const key = "/shards/c/0/0";
    for (const change of [
      (view: DataView, at: number) => view.setBigUint64(at, 2n ** 62n, true),
      (view: DataView, at: number) => view.setBigUint64(at + 8, 2n ** 40n, true),
    ]) {
      const shard = entries.get(key)!.slice();
      change(new DataView(shard.buffer), shard.length - 4 - 64);
      await expect(valuesOf(await openZarr(memoryStore(new Map(entries).set(key, shard))), "shards")).rejects.toMatchObject({
        tag: "EncodingError",
        message: expect.stringContaining(key),
      });
    }
  });

  test("an unknown codec is named when values are read, not before", async () => {
    const root = await openZarr(storeV3({ codecs: [{ name: "bytes", configuration: { endian: "little" } }, { name: "zstdd" }] }));
    await expect(valuesOf(root, "a")).rejects.toMatchObject({ tag: "UnsupportedError", message: expect.stringContaining("zstdd") });
  });
});

describe("JSON", () => {
  test("is exact where JavaScript's is not", () => {
    expect(
      parseJson(
        '{"a": 9223372036854775807, "b": -18446744073709551615, "c": NaN, "d": [-Infinity, Infinity], "e": 1e3, "f": -0, "g": "\\u00e9\\n\\ud834\\udd1e"}',
        "t",
      ),
    ).toEqual({
      a: 9223372036854775807n,
      b: -18446744073709551615n,
      c: Number.NaN,
      d: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
      e: 1000,
      f: -0,
      g: "é\n𝄞",
    });
  });

  test("agrees with JSON.parse, and is read as it was written", () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const plain = (text: string): unknown =>
          JSON.parse(JSON.stringify(parseJson(text, "t"), (_key, v: unknown) => (typeof v === "bigint" ? Number(v) : v)));
        expect(plain(JSON.stringify(value))).toEqual(JSON.parse(JSON.stringify(value)));
        expect(parseJson(writeJson(value as never), "t")).toEqual(value);
      }),
    );
  });
});
