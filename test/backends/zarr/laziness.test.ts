/** What is read of a store: metadata when it is opened, and of values only the chunks that a region touches. */
import { expect, test } from "vitest";
import { wholeBox } from "../../../src/array/box.ts";
import { NDArray } from "../../../src/array/ndarray.ts";
import type { Source } from "../../../src/array/source.ts";
import { createZarr, openZarr } from "../../../src/backends/zarr/index.ts";
import type { Store } from "../../../src/stores/contract.ts";
import { memoryStore } from "../../../src/stores/memory.ts";
import { readBox } from "../raw.ts";
import { storeEntries } from "./support.ts";

/** A store that notes what is read of it. */
function counting(entries: Map<string, Uint8Array>, list = true): { store: Store; reads: string[] } {
  const inner = memoryStore(entries);
  const reads: string[] = [];
  const store: Store = {
    url: "counting",
    get: (key, options) => {
      reads.push(key);
      return inner.get(key, options);
    },
    getRange: async (key, range, options) => {
      const bytes = await inner.getRange!(key, range, options);
      reads.push(`${key} ${"suffixLength" in range ? `-${range.suffixLength}` : `${range.offset}+${range.length}`}`);
      return bytes;
    },
    ...(list ? { list: (prefix: `/${string}`) => inner.list(prefix) } : {}),
  };
  return { store, reads };
}

async function sharded(): Promise<Map<string, Uint8Array>> {
  const entries = new Map<string, Uint8Array>();
  const dims = new Map([
    ["y", { size: 100, unlimited: false }],
    ["x", { size: 100, unlimited: false }],
  ]);
  const encoding = { chunks: [10, 10], shards: [50, 50], compressors: null, write_empty_chunks: true };
  const writer = await createZarr(entries, {
    dims,
    attrs: {},
    variables: new Map([["a", { dims: ["y", "x"], dtype: "int32", attrs: {}, encoding }]]),
  });
  const sink = writer.sink("a");
  expect(sink.grid.map((axis) => axis.size)).toEqual([50, 50]);
  await sink.write(
    wholeBox([100, 100]),
    new NDArray(
      Int32Array.from({ length: 10_000 }, (_, i) => i + 1),
      [100, 100],
      "int32",
    ),
    {},
  );
  await writer.finish();
  return entries;
}

test("opening a consolidated store reads two documents and no values", async () => {
  const { store, reads } = counting(storeEntries("xarray-v3"), false);
  await openZarr(store);
  expect(reads.sort()).toEqual(["/.zmetadata", "/zarr.json"]);
});

test("a region reads the chunks it touches, each once", async () => {
  const { store, reads } = counting(storeEntries("layout-v3"));
  const { data } = (await openZarr(store)).variables.get("chunks1")!;
  reads.length = 0;
  const block = await readBox(data as Source, Float64Array.of(2, 4, 3, 5));
  expect(reads.sort()).toEqual(["/chunks1/c/0/0", "/chunks1/c/0/1", "/chunks1/c/1/0", "/chunks1/c/1/1"]);
  expect(block.shape).toEqual([2, 2]);
});

test("boxes that overlap share their chunks", async () => {
  const { store } = counting(storeEntries("layout-v3"));
  const source = (await openZarr(store)).variables.get("chunks1")!.data as Source;
  await source.prepare!([], {});
  const refs = source.locate!([Float64Array.of(0, 3, 0, 4), Float64Array.of(2, 4, 0, 1)]);
  expect(refs.map((ref) => ref.ranges[0]!.key)).toEqual(["/chunks1/c/0/0", "/chunks1/c/1/0"]);
});

test("of shards only the index and the touched parts are read, and the index once", async () => {
  const { store, reads } = counting(await sharded());
  const source = (await openZarr(store)).variables.get("a")!.data as Source;
  reads.length = 0;
  expect(source.grid.map((axis) => axis.size)).toEqual([10, 10]);
  const block = await readBox(source, Float64Array.of(5, 15, 55, 56));
  expect(Array.from(block.data as Int32Array)).toEqual(Array.from({ length: 10 }, (_, i) => (5 + i) * 100 + 56));
  const index = 16 * 25 + 4;
  expect(reads).toEqual([`/a/c/0/1 -${index}`, "/a/c/0/1 0+400", "/a/c/0/1 2000+400"]);
  await readBox(source, Float64Array.of(0, 1, 60, 61));
  expect(reads.slice(3)).toEqual(["/a/c/0/1 400+400"]);
});

test("parts of shards are cut out of whole shards where the index is not at hand", async () => {
  const { store, reads } = counting(await sharded());
  const source = (await openZarr(store)).variables.get("a")!.data as Source;
  await source.prepare!([], {});
  reads.length = 0;
  const [ref] = source.locate!([Float64Array.of(62, 63, 31, 32)]);
  expect(ref!.ranges).toEqual([{ key: "/a/c/1/0" }]);
  const block = source.decode!(ref!, [await store.get("/a/c/1/0")]);
  expect((block.data as Int32Array)[block.offset + 2 * block.stride[0]! + 1 * block.stride[1]!]).toBe(6232);
});

test("a missing chunk is its fill value once, seen everywhere", async () => {
  const source = (await openZarr(memoryStore(storeEntries("fills-v3")))).variables.get("f4_third")!.data as Source;
  await source.prepare!([], {});
  const block = source.decode!(source.locate!([Float64Array.of(2, 4)])[0]!, [undefined]);
  expect([block.stride, block.shape, (block.data as Float32Array).length]).toEqual([[0], [2], 1]);
});

test("many chunks are located by arithmetic alone", async () => {
  const entries = new Map<string, Uint8Array>();
  const dims = new Map([["x", { size: 1e12, unlimited: false }]]);
  const writer = await createZarr(entries, {
    dims,
    attrs: {},
    variables: new Map([["a", { dims: ["x"], dtype: "int8", attrs: {}, encoding: { chunks: [1000] } }]]),
  });
  await writer.finish();
  const { store, reads } = counting(entries);
  const source = (await openZarr(store)).variables.get("a")!.data as Source;
  reads.length = 0;
  const refs = source.locate!([Float64Array.of(5e11, 5e11 + 5e6)]);
  expect([refs.length, refs[4999]!.ranges[0]!.key, reads.length]).toEqual([5000, "/a/c/500004999", 0]);
});

test("a store that cannot list needs consolidated metadata, and says so", async () => {
  const { store } = counting(storeEntries("layout-v2"), false);
  await expect(openZarr(store)).rejects.toMatchObject({ tag: "BackendError", message: expect.stringContaining("consolidate") });
});
