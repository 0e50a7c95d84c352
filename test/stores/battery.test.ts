/** One battery over every store and wrapper. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { zipSync } from "fflate";
import { afterAll, describe, expect, test } from "vitest";
import {
  bytesAccess,
  directoryStore,
  getExact,
  getRange,
  httpStore,
  listFolder,
  memoryStore,
  prefixed,
  readOnly,
  referenceStore,
  requireWritable,
  type Store,
  type StoreKey,
  type WritableStore,
  withCache,
  withCoalescing,
  withConcurrency,
  withRetry,
  zipStore,
} from "../../src/stores/index.ts";
import { serve } from "./server.ts";

const small = Uint8Array.from({ length: 100 }, (_, i) => i);
const files: Record<string, Uint8Array> = {
  "/zarr.json": new TextEncoder().encode("{}"),
  "/a/b/c/0": small,
  "/a/b/c/1": new Uint8Array(70_000).fill(3),
  "/a/ü #?.txt": Uint8Array.of(1, 2, 3),
  "/empty": new Uint8Array(0),
};
const entries = () => new Map(Object.entries(files));
const cleanups: (() => unknown)[] = [];
afterAll(async () => {
  for (const cleanup of cleanups) await cleanup();
});

async function directory(): Promise<WritableStore> {
  const path = await mkdtemp(join(tmpdir(), "graticule-"));
  const store = await directoryStore(path);
  cleanups.push(
    () => store.close(),
    () => rm(path, { recursive: true }),
  );
  for (const [key, value] of Object.entries(files)) await store.set(key as StoreKey, value);
  return store;
}

async function http(): Promise<Store> {
  const server = await serve(entries());
  cleanups.push(() => server.close());
  return httpStore(server.url);
}

async function zip(level: 0 | 6): Promise<Store> {
  const named = Object.fromEntries(Object.entries(files).map(([key, value]) => [key.slice(1), value]));
  return zipStore(bytesAccess(zipSync(named, { level })));
}

async function references(): Promise<Store> {
  const blob = new Uint8Array(200_000);
  const refs: Record<string, unknown> = {};
  let at = 17;
  for (const [key, value] of Object.entries(files)) {
    blob.set(value, at);
    refs[key.slice(1)] = value.length < 10 ? `base64:${btoa(String.fromCharCode(...value))}` : ["{{u}}.bin", at, value.length];
    at += value.length + 5;
  }
  const target = memoryStore(new Map([["/data.bin", blob]]));
  return referenceStore({ version: 1, templates: { u: "data" }, refs }, (url) => ({
    store: target,
    key: `/${url}`,
  }));
}

const stores: Record<string, () => Store | Promise<Store>> = {
  memory: () => memoryStore(entries()),
  directory,
  http,
  "zip, stored": () => zip(0),
  "zip, deflated": () => zip(6),
  references,
  prefixed: async () => {
    const inner = memoryStore();
    for (const [key, value] of Object.entries(files)) await inner.set(`/deep/er${key}` as StoreKey, value);
    return prefixed(inner, "deep/er");
  },
  "every wrapper": async () => withCache(withCoalescing(withRetry(withConcurrency(await directory(), 2))), 1 << 20),
  "read-only": () => readOnly(memoryStore(entries())),
};

describe.each(Object.entries(stores))("%s", (_, make) => {
  test("gives values, and undefined for missing keys", async () => {
    const store = await make();
    for (const [key, value] of Object.entries(files)) expect(await store.get(key as StoreKey)).toEqual(value);
    expect(await store.get("/a/b/none")).toBeUndefined();
    expect(await getRange(store, "/none", { offset: 0, length: 5 })).toBeUndefined();
    expect(await getRange(store, "/none", { suffixLength: 5 })).toBeUndefined();
  });

  test("gives exactly the range, cut at the end", async () => {
    const store = await make();
    const key = "/a/b/c/0";
    expect(await getRange(store, key, { offset: 10, length: 5 })).toEqual(small.slice(10, 15));
    expect(await getRange(store, key, { offset: 90, length: 50 })).toEqual(small.slice(90));
    expect(await getRange(store, key, { offset: 100, length: 5 })).toEqual(new Uint8Array(0));
    expect(await getRange(store, key, { offset: 5, length: 0 })).toEqual(new Uint8Array(0));
    expect(await getRange(store, key, { suffixLength: 7 })).toEqual(small.slice(93));
    expect(await getRange(store, key, { suffixLength: 700 })).toEqual(small);
    await expect(getExact(store, key, { offset: 90, length: 50 })).rejects.toThrow("/a/b/c/0");
    await expect(getRange(store, key, { offset: -1, length: 5 })).rejects.toMatchObject({
      tag: "ArgumentError",
    });
  });

  test("lists keys and folders right below", async () => {
    const store = await make();
    if (!store.list) return;
    expect(await listFolder(store, "/")).toEqual(["/a/", "/empty", "/zarr.json"]);
    expect(await listFolder(store, "/a")).toEqual(["/a/b/", "/a/ü #?.txt"]);
    expect(await listFolder(store, "/a/b/c/")).toEqual(["/a/b/c/0", "/a/b/c/1"]);
    expect(await listFolder(store, "/none")).toEqual([]);
  });

  test("an abort passes through", async () => {
    const store = await make();
    const signal = AbortSignal.abort();
    await expect(store.get("/a/b/c/1", { signal })).rejects.toMatchObject({ name: "AbortError" });
    await expect(getRange(store, "/a/b/c/1", { offset: 0, length: 3 }, { signal })).rejects.toMatchObject({
      name: "AbortError",
    });
  });
});

test("writes are seen, and replace what was read before", async () => {
  for (const name of ["memory", "directory", "prefixed", "every wrapper"]) {
    const store = requireWritable(await stores[name]!());
    expect(await getRange(store, "/a/b/c/0", { offset: 0, length: 2 })).toEqual(small.slice(0, 2));
    await store.set("/a/b/c/0", Uint8Array.of(9, 8, 7));
    expect(await getRange(store, "/a/b/c/0", { offset: 0, length: 2 })).toEqual(Uint8Array.of(9, 8));
    await store.delete!("/a/b/c/0");
    await store.delete!("/never");
    expect(await store.get("/a/b/c/0")).toBeUndefined();
  }
});

test("a store that cannot be written says so", async () => {
  const store = readOnly(memoryStore());
  await expect((store as WritableStore).set("/a", small)).rejects.toThrow(
    /^\/a cannot be written: the store memory:\d+ is opened read-only$/,
  );
  expect(() => requireWritable(httpStore("http://127.0.0.1:1/"))).toThrow("can only be read");
});
