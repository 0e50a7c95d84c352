/** What is written: read back, its documents, modes, growth, and what a write that is cut short leaves. */
import { describe, expect, test } from "vitest";
import { wholeBox } from "../../../src/array/box.ts";
import { NDArray } from "../../../src/array/ndarray.ts";
import type { FileWriter, GroupSpec, VariableSpec, ZarrWriteOptions } from "../../../src/backends/contract.ts";
import { createZarr, openZarr } from "../../../src/backends/zarr/index.ts";
import type { AnyValues, DType } from "../../../src/dtypes/types.ts";
import { type MemoryStore, memoryStore } from "../../../src/stores/memory.ts";
import { shapeOf } from "../raw.ts";
import { valuesOf } from "./support.ts";

/** A spec of variables `[shape, dtype, more]`, whose dimensions are named by axis and length. */
function specOf(
  variables: Record<string, { shape: number[]; dtype: DType; dims?: string[] } & Partial<VariableSpec>>,
  attrs = {},
): GroupSpec {
  const dims = new Map<string, { size: number; unlimited: boolean }>();
  const specs = new Map<string, VariableSpec>();
  for (const [name, { shape, dims: own, ...rest }] of Object.entries(variables)) {
    const names = own ?? shape.map((n, i) => `d${i}_${n}`);
    shape.forEach((size, i) => dims.set(names[i]!, { size, unlimited: false }));
    specs.set(name, { attrs: {}, encoding: {}, ...rest, dims: names });
  }
  return { dims, attrs, variables: specs };
}

async function write(writer: FileWriter, name: string, values: AnyValues, dtype: DType): Promise<void> {
  const sink = writer.sink(name);
  await sink.write(wholeBox(sink.meta.shape), new NDArray(values, sink.meta.shape, dtype), {});
}

const json = (store: MemoryStore, key: string): any => JSON.parse(new TextDecoder().decode(store.entries.get(key)));
const arange = (n: number, start = 0): Float64Array => Float64Array.from({ length: n }, (_, i) => start + i);
const keys = (store: MemoryStore, under = ""): string[] => [...store.entries.keys()].filter((key) => key.startsWith(under)).sort();

/** A store with one array `a` of 10 numbers in chunks of 4. */
async function tenNumbers(options: ZarrWriteOptions = {}): Promise<MemoryStore> {
  const store = memoryStore();
  const writer = await createZarr(
    store,
    specOf({ a: { shape: [10], dtype: "float64", dims: ["x"], encoding: { chunks: [4], compressors: null } } }, { v: 1 }),
    options,
  );
  await write(writer, "a", arange(10), "float64");
  await writer.finish();
  return store;
}

describe.each([2, 3] as const)("Zarr v%i", (zarrFormat) => {
  test.each<[DType, AnyValues, Record<string, unknown>]>([
    ["bool", Uint8Array.of(1, 0, 1), {}],
    ["int8", Int8Array.of(-128, 0, 127), {}],
    ["int16", Int16Array.of(-32768, 0, 1), {}],
    ["int32", Int32Array.of(-5, 0, 1), {}],
    ["bigint64", BigInt64Array.of(-(2n ** 63n), 0n, 2n ** 63n - 1n), {}],
    ["uint8", Uint8Array.of(255, 0, 1), {}],
    ["uint16", Uint16Array.of(65535, 0, 1), {}],
    ["uint32", Uint32Array.of(2 ** 32 - 1, 0, 1), {}],
    ["biguint64", BigUint64Array.of(2n ** 64n - 1n, 0n, 1n), {}],
    ["float16", Float32Array.of(0.5, Number.NaN, -65504), {}],
    ["float32", Float32Array.of(0.1, Number.NaN, -0), { endian: "big" }],
    ["float64", Float64Array.of(0.1, Number.POSITIVE_INFINITY, -0), {}],
    ["complex64", Float32Array.of(1, 2, Number.NaN, 4, 5, 6), {}],
    ["complex128", Float64Array.of(1, 2, 3, 4, 5, 6), {}],
    ["string", ["", "Zürich", "日本"], {}],
    ["string", ["", "Zür", "日本"], { dtype: "<U3" }],
    ["bytes", [Uint8Array.of(1, 2), Uint8Array.of(), Uint8Array.of(255)], { dtype: "S2" }],
    ["bytes", [Uint8Array.of(0), Uint8Array.of(65), Uint8Array.of(66)], { dtype: "S1" }],
    ["bytes", [Uint8Array.of(0, 1), Uint8Array.of(), Uint8Array.of(2, 0, 0)], {}],
  ])("gives back %s", async (dtype, values, encoding) => {
    const store = memoryStore();
    const writer = await createZarr(store, specOf({ a: { shape: [3], dtype, encoding: { chunks: [2], ...encoding } } }), { zarrFormat });
    await write(writer, "a", values, dtype);
    await writer.finish();
    const root = await openZarr(store);
    expect(await valuesOf(root, "a")).toEqual(Array.from(values as Float64Array));
  });

  test("stores int64 numbers as exact integers and refuses others", async () => {
    const store = memoryStore();
    const writer = await createZarr(store, specOf({ a: { shape: [2], dtype: "int64" } }), { zarrFormat });
    await write(writer, "a", Float64Array.of(-(2 ** 53) + 1, 7), "int64");
    await expect(write(writer, "a", Float64Array.of(0.5, 7), "int64")).rejects.toMatchObject({ tag: "EncodingError" });
    await expect(write(writer, "a", Float32Array.of(1, 2), "float32")).rejects.toThrow(/stored as int64 and a block of float32 came/);
    await writer.finish();
    expect(await valuesOf(await openZarr(store), "a")).toEqual([-(2n ** 53n) + 1n, 7n]);
  });

  test("keeps attributes exactly, floats as floats", async () => {
    const attrs = {
      n: 1,
      big: 2n ** 60n + 1n,
      x: 2.5,
      list: [1, 2.5],
      nan: Number.NaN,
      inf: [Number.NEGATIVE_INFINITY],
      text: "ü",
      none: null,
      flag: true,
      nested: { a: [{ b: 1 }] },
      __proto: "x",
    };
    const store = memoryStore();
    const writer = await createZarr(
      store,
      {
        ...specOf({
          a: {
            shape: [1],
            dtype: "float32",
            attrs: {
              ...attrs,
              whole: 3,
              arr: new NDArray(Float32Array.of(1, 2), [2], "float32"),
              one: new NDArray(Int16Array.of(7), [], "int16"),
            },
            attrTypes: { whole: "float64" },
          },
        }),
        attrs,
      },
      { zarrFormat },
    );
    await writer.finish();
    const root = await openZarr(store);
    expect(root.attrs).toEqual(attrs);
    const got = root.variables.get("a")!;
    expect(got.attrs).toEqual({ ...attrs, whole: 3, arr: [1, 2], one: 7 });
    expect(got.attrTypes).toMatchObject({ whole: "float64", arr: "float64", x: "float64" });
    expect(got.attrTypes).not.toHaveProperty("one");
  });

  test.each<[DType, unknown]>([
    ["float32", Number.NaN],
    ["float64", -9999.5],
    ["int16", -99],
    ["bigint64", -(2n ** 63n)],
    ["biguint64", 2n ** 64n - 1n],
    ["string", "none"],
  ])("keeps _FillValue of %s", async (dtype, fill) => {
    const store = memoryStore();
    const writer = await createZarr(store, specOf({ a: { shape: [2], dtype, attrs: { _FillValue: fill as number } } }), { zarrFormat });
    await writer.finish();
    const { attrs } = (await openZarr(store)).variables.get("a")!;
    expect(attrs).toEqual({ _FillValue: fill });
  });

  test("makes groups below groups, found again with and without consolidated metadata", async () => {
    const store = memoryStore();
    const leaf = specOf({ a: { shape: [2], dtype: "int32", dims: ["x"] } }, { level: 2 });
    const spec: GroupSpec = {
      dims: new Map([["x", { size: 2, unlimited: false }]]),
      attrs: { title: "t" },
      variables: new Map(),
      groups: new Map([["sub", { ...leaf, dims: new Map(), attrs: {}, groups: new Map([["deep", leaf]]) }]]),
    };
    const writer = await createZarr(store, spec, { zarrFormat });
    await write(writer, "/sub/a", Int32Array.of(1, 2), "int32");
    await write(writer, "sub/deep/a", Int32Array.of(3, 4), "int32");
    await writer.finish();
    for (const consolidated of [true, false]) {
      const root = await openZarr(store, { consolidated });
      expect([root.attrs, root.groups]).toEqual([{ title: "t" }, ["sub"]]);
      const deep = await (await root.group("sub")).group("deep");
      expect([deep.path, deep.attrs, await valuesOf(deep, "a")]).toEqual(["/sub/deep", { level: 2 }, [3, 4]]);
      expect(await valuesOf(await openZarr(store, { consolidated, group: "sub" }), "a")).toEqual([1, 2]);
    }
    await expect((await openZarr(store)).group("sbu")).rejects.toThrow(/did you mean "sub"/);
    await expect(openZarr(store, { group: "sub/deeep" })).rejects.toMatchObject({ tag: "BackendError" });
  });

  test("nothing can be read before finish, and nothing is left after abort", async () => {
    const store = memoryStore();
    const writer = await createZarr(store, specOf({ a: { shape: [2], dtype: "int32" } }), { zarrFormat });
    await write(writer, "a", Int32Array.of(1, 2), "int32");
    await expect(openZarr(store)).rejects.toThrow(/no Zarr group.*incomplete write/);
    await writer.abort();
    expect(keys(store)).toEqual([]);
    await expect(write(writer, "a", Int32Array.of(1, 2), "int32")).rejects.toThrow(/given up/);
    await expect(writer.finish()).rejects.toMatchObject({ tag: "EncodingError" });
  });

  test("what an earlier write left behind does not show", async () => {
    const store = await tenNumbers({ zarrFormat });
    for (const key of keys(store)) if (/json|\.z/.test(key)) store.entries.delete(key);
    const writer = await createZarr(store, specOf({ a: { shape: [10], dtype: "float64", dims: ["x"], encoding: { chunks: [4] } } }), {
      zarrFormat,
    });
    await writer.finish();
    expect((await valuesOf(await openZarr(store), "a")).every((v) => v === 0 || Number.isNaN(v))).toBe(true);
  });

  test("chunks of nothing but the fill value are not stored, unless asked for", async () => {
    const spec = (more: object) =>
      specOf({ a: { shape: [4], dtype: "float32", attrs: { _FillValue: -1 }, encoding: { chunks: [2], fill_value: -1, ...more } } });
    for (const [more, chunks] of [
      [{}, 1],
      [{ write_empty_chunks: true }, 2],
    ] as const) {
      const store = memoryStore();
      const writer = await createZarr(store, spec(more), { zarrFormat });
      await write(writer, "a", Float32Array.of(-1, -1, 2, -1), "float32");
      await writer.finish();
      expect(keys(store, "/a/").filter((key) => /\d$/.test(key))).toHaveLength(chunks);
      expect(await valuesOf(await openZarr(store), "a")).toEqual([-1, -1, 2, -1]);
    }
  });

  test("parts of a chunk are written one after another", async () => {
    const store = await tenNumbers({ zarrFormat });
    const writer = await createZarr(store, specOf({ a: { shape: [10], dtype: "float64", dims: ["x"] } }, { v: 1 }), {
      mode: "update",
      zarrFormat,
    });
    const sink = writer.sink("a");
    const part = (lo: number, hi: number) =>
      sink.write(Float64Array.of(lo, hi), new NDArray(arange(hi - lo, 100 + lo), [hi - lo], "float64"), {});
    await Promise.all([part(0, 1), part(1, 3), part(5, 7), part(9, 10)]);
    await writer.finish();
    expect(await valuesOf(await openZarr(store), "a")).toEqual([100, 101, 102, 3, 4, 105, 106, 7, 8, 109]);
  });

  test("arrays grow; readers see the old lengths until finish", async () => {
    const store = await tenNumbers({ zarrFormat });
    const writer = await createZarr(
      store,
      specOf({ a: { shape: [13], dtype: "float64", dims: ["x"] }, b: { shape: [13], dtype: "int8", dims: ["x"] } }, { v: 2 }),
      { mode: "update" },
    );
    await writer.sink("a").write(Float64Array.of(10, 13), new NDArray(arange(3, 10), [3], "float64"), {});
    const before = await openZarr(store);
    expect([await valuesOf(before, "a"), before.attrs]).toEqual([[...arange(10)], { v: 1 }]);
    await writer.finish();
    for (const consolidated of [true, false]) {
      const after = await openZarr(store, { consolidated });
      expect([await valuesOf(after, "a"), shapeOf(after.variables.get("b")!), after.attrs]).toEqual([[...arange(13)], [13], { v: 2 }]);
      expect(after.variables.get("a")!.encoding.chunks).toEqual([4]);
    }
  });

  test("metadata are left alone where they do not change", async () => {
    const store = await tenNumbers({ zarrFormat });
    const before = new Map([...store.entries].filter(([key]) => /json|\.z/.test(key)));
    const writer = await createZarr(store, specOf({ a: { shape: [10], dtype: "float64", dims: ["x"] } }, { v: 1 }), { mode: "update" });
    await write(writer, "a", arange(10, 5), "float64");
    await writer.finish();
    for (const [key, bytes] of before) expect(store.entries.get(key), key).toBe(bytes);
    expect(await valuesOf(await openZarr(store), "a")).toEqual([...arange(10, 5)]);
  });

  test("create refuses what is there, replace begins anew, update refuses other shapes", async () => {
    const store = await tenNumbers({ zarrFormat });
    const spec = specOf({ a: { shape: [2], dtype: "int8", dims: ["x"] } });
    await expect(createZarr(store, spec)).rejects.toMatchObject({ tag: "StoreError", message: expect.stringContaining("already") });
    await expect(createZarr(store, specOf({}))).rejects.toMatchObject({ tag: "StoreError" });
    await expect(createZarr(store, spec, { mode: "update" })).rejects.toMatchObject({
      tag: "DimensionError",
      message: expect.stringContaining("only grow"),
    });
    await expect(createZarr(store, specOf({ a: { shape: [10], dtype: "int8", dims: ["y"] } }), { mode: "update" })).rejects.toMatchObject({
      tag: "DimensionError",
    });
    await expect(createZarr(store, spec, { zarrFormat: zarrFormat === 2 ? 3 : 2 })).rejects.toMatchObject({ tag: "BackendError" });
    expect(await valuesOf(await openZarr(store), "a")).toHaveLength(10);
    const writer = await createZarr(store, spec, { mode: "replace" });
    await write(writer, "a", Int8Array.of(1, 2), "int8");
    await writer.finish();
    expect(await valuesOf(await openZarr(store), "a")).toEqual([1, 2]);
    expect(keys(store, "/a/").filter((key) => /\d$/.test(key))).toHaveLength(1);
  });

  test("a group of a store is written and replaced alone", async () => {
    const store = await tenNumbers({ zarrFormat });
    for (const mode of ["create", "replace"] as const) {
      const writer = await createZarr(store, specOf({ b: { shape: [2], dtype: "int8" } }, { mode }), { group: "/one/two", mode });
      await write(writer, "b", Int8Array.of(1, 2), "int8");
      await writer.finish();
      for (const consolidated of [true, false]) {
        const two = await openZarr(store, { group: "one/two", consolidated });
        expect([two.attrs, await valuesOf(two, "b")]).toEqual([{ mode }, [1, 2]]);
        expect(await valuesOf(await openZarr(store, { consolidated }), "a")).toHaveLength(10);
      }
    }
  });

  test("consolidated metadata are left out, and taken away, where asked", async () => {
    const store = await tenNumbers({ zarrFormat, consolidated: false });
    await expect(openZarr(store, { consolidated: true })).rejects.toThrow(/no consolidated metadata/);
    const again = await createZarr(store, specOf({ b: { shape: [1], dtype: "int8" } }, { v: 1 }), { mode: "update" });
    await again.finish();
    expect([...(await openZarr(store, { consolidated: true })).variables.keys()].sort()).toEqual(["a", "b"]);
    const third = await createZarr(store, specOf({ c: { shape: [1], dtype: "int8" } }, { v: 1 }), { mode: "update", consolidated: false });
    await third.finish();
    await expect(openZarr(store, { consolidated: true })).rejects.toThrow(/no consolidated metadata/);
    expect([...(await openZarr(store)).variables.keys()].sort()).toEqual(["a", "b", "c"]);
  });

  test("does not keep the buffers it was given", async () => {
    const store = memoryStore();
    const writer = await createZarr(store, specOf({ a: { shape: [2], dtype: "float64", encoding: { compressors: null } } }), {
      zarrFormat,
    });
    const values = Float64Array.of(1, 2);
    await write(writer, "a", values, "float64");
    values.fill(9);
    await writer.finish();
    expect(await valuesOf(await openZarr(store), "a")).toEqual([1, 2]);
  });

  test("a store that fails leaves what was there", async () => {
    const store = await tenNumbers({ zarrFormat });
    const failing = {
      ...store,
      set: async (key: `/${string}`, value: Uint8Array) => {
        if (key.startsWith("/b/") && /\d$/.test(key)) throw new Error("disk full");
        return store.set(key, value);
      },
    };
    const writer = await createZarr(failing, specOf({ b: { shape: [10], dtype: "float64", dims: ["x"] } }, { v: 1 }), { mode: "update" });
    await expect(write(writer, "b", arange(10, 1), "float64")).rejects.toThrow("disk full");
    await writer.abort();
    expect(keys(store, "/b")).toEqual([]);
    expect(await valuesOf(await openZarr(store), "a")).toEqual([...arange(10)]);
  });

  test("names, chunks and values that cannot be are refused", async () => {
    const create = (name: string, more: object) =>
      createZarr(memoryStore(), specOf({ [name]: { shape: [4], dtype: "int16", ...more } }), { zarrFormat });
    await expect(create("a/b", {})).rejects.toMatchObject({ tag: "EncodingError" });
    await expect(create("..", {})).rejects.toMatchObject({ tag: "EncodingError" });
    await expect(create("a", { encoding: { chunks: [0] } })).rejects.toMatchObject({ tag: "EncodingError" });
    await expect(create("a", { encoding: { compressors: { id: "nope" } } })).rejects.toMatchObject({ tag: "UnsupportedError" });
    await expect(create("a", { attrs: { _FillValue: 1e6 } })).rejects.toMatchObject({ tag: "EncodingError" });
    await expect(create("a", { attrs: { f: (() => 1) as never } })).rejects.toMatchObject({ tag: "EncodingError" });
    await expect(create("a", { dtype: "datetime64" })).rejects.toMatchObject({ tag: "EncodingError" });
    const writer = await create("a", {});
    expect(() => writer.sink("b")).toThrow(/unknown variable "b"/);
    await expect(
      writer.sink("a").write(Float64Array.of(2, 6), new NDArray(Int16Array.of(1, 2, 3, 4), [4], "int16"), {}),
    ).rejects.toMatchObject({ tag: "DimensionError" });
  });
});

test("the documents are those of zarr-python", async () => {
  const v3 = await tenNumbers();
  expect(json(v3, "/a/zarr.json")).toEqual({
    shape: [10],
    data_type: "float64",
    chunk_grid: { name: "regular", configuration: { chunk_shape: [4] } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    fill_value: "NaN",
    codecs: [{ name: "bytes", configuration: { endian: "little" } }],
    attributes: {},
    dimension_names: ["x"],
    zarr_format: 3,
    node_type: "array",
    storage_transformers: [],
  });
  expect(keys(v3)).toEqual(["/a/c/0", "/a/c/1", "/a/c/2", "/a/zarr.json", "/zarr.json"]);
  const v2 = await tenNumbers({ zarrFormat: 2 });
  expect(json(v2, "/a/.zarray")).toEqual({
    shape: [10],
    chunks: [4],
    dtype: "<f8",
    fill_value: null,
    order: "C",
    filters: null,
    dimension_separator: ".",
    compressor: null,
    zarr_format: 2,
  });
  expect(json(v2, "/.zmetadata").metadata["a/.zattrs"]).toEqual({ _ARRAY_DIMENSIONS: ["x"] });
});

test("codecs are taken in the form of either format", async () => {
  for (const zarrFormat of [2, 3] as const) {
    for (const compressors of [
      { id: "zlib", level: 2 },
      [{ name: "gzip", configuration: { level: 2 } }],
      { id: "blosc", cname: "zstd", shuffle: 2 },
      { name: "blosc", configuration: { cname: "lz4", shuffle: "bitshuffle" } },
    ]) {
      const store = memoryStore();
      const writer = await createZarr(
        store,
        specOf({ a: { shape: [50], dtype: "int32", encoding: { compressors, filters: [{ id: "delta", dtype: "<i4" }], chunks: [30] } } }),
        { zarrFormat },
      );
      await write(writer, "a", Int32Array.from(arange(50)), "int32");
      await writer.finish();
      const root = await openZarr(store);
      expect(await valuesOf(root, "a")).toEqual([...arange(50)]);
      // What it was read with can be written again, into either format.
      for (const other of [2, 3] as const) {
        const copy = memoryStore();
        const again = await createZarr(copy, specOf({ a: { shape: [50], dtype: "int32", encoding: root.variables.get("a")!.encoding } }), {
          zarrFormat: other,
        });
        await write(again, "a", Int32Array.from(arange(50)), "int32");
        await again.finish();
        expect(await valuesOf(await openZarr(copy), "a")).toEqual([...arange(50)]);
      }
    }
  }
});
