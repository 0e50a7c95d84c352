import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { zipSync } from "fflate";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { directoryStore, memoryStore, openRandomAccess, resolveStore, type StoreKey, type StoreTarget } from "../../src/stores/index.ts";
import { locate } from "../../src/stores/locations.ts";
import { serve, type TestServer } from "./server.ts";

const bytes = Uint8Array.from({ length: 300 }, (_, i) => i);
const zipped = zipSync({ "a/0": bytes });
const references = JSON.stringify({
  version: 1,
  templates: { t: "parts/x.bin" },
  refs: { "a/0": ["{{t}}", 10, 20], "a/1": ["parts/x.bin"] },
});
let root: string;
let server: TestServer;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "graticule-"));
  await mkdir(join(root, "parts"));
  await mkdir(join(root, "dir", "a"), { recursive: true });
  await writeFile(join(root, "parts", "x.bin"), bytes);
  await writeFile(join(root, "dir", "a", "0"), bytes);
  await writeFile(join(root, "s.zip"), zipped);
  await writeFile(join(root, "refs.json"), references);
  server = await serve(
    new Map([
      ["/s.zip", zipped],
      ["/refs.json", new TextEncoder().encode(references)],
      ["/parts/x.bin", bytes],
      ["/dir/a/0", bytes],
      ["/evil.json", new TextEncoder().encode('{"a/0": ["file:///etc/passwd"]}')],
    ]),
  );
});
afterAll(async () => {
  await server.close();
  await rm(root, { recursive: true });
});

describe("resolveStore", () => {
  const targets: [string, () => StoreTarget, Uint8Array][] = [
    ["a path", () => join(root, "dir"), bytes],
    ["a file URL", () => pathToFileURL(join(root, "dir")), bytes],
    ["an http URL", () => `${server.url}dir`, bytes],
    ["a path of a zip file", () => join(root, "s.zip"), bytes],
    ["a URL of a zip file", () => `${server.url}s.zip`, bytes],
    ["bytes of a zip file", () => zipped, bytes],
    ["a Blob of a zip file", () => new Blob([zipped as Uint8Array<ArrayBuffer>]), bytes],
    ["a path of references", () => join(root, "refs.json"), bytes.slice(10, 30)],
    ["a URL of references", () => `${server.url}refs.json`, bytes.slice(10, 30)],
    ["a Map", () => new Map([["/a/0", bytes]]), bytes],
    ["a store", () => memoryStore(new Map([["/a/0", bytes]])), bytes],
  ];
  test.each(targets)("%s", async (_, target, expected) => {
    const store = await resolveStore(target());
    expect(await store.get("/a/0")).toEqual(expected);
    expect(await store.get("/none")).toBeUndefined();
  });

  test("references in memory, with targets below `base`", async () => {
    const store = await resolveStore(JSON.parse(references), { base: root });
    expect(await store.get("/a/0")).toEqual(bytes.slice(10, 30));
    expect(await store.get("/a/1")).toEqual(bytes);
  });

  test("references from the network cannot lead to files of this machine", async () => {
    const store = await resolveStore(`${server.url}evil.json`);
    await expect(store.get("/a/0")).rejects.toThrow(/lead to the file .*passwd of this machine, which is refused/);
  });

  test("what cannot be opened says what can", async () => {
    await expect(resolveStore(3 as never)).rejects.toThrow("number is nothing to open; possible are a path");
    await expect(resolveStore(null as never)).rejects.toMatchObject({ tag: "ArgumentError" });
    await expect(resolveStore("ftp://x/y")).rejects.toThrow(/unknown scheme "ftp:".*https:/);
    await expect(resolveStore(Uint8Array.of(1, 2, 3))).rejects.toThrow("no zip file and no references");
    await expect(resolveStore(join(root, "none.zip"))).rejects.toThrow("there is no file");
    await expect(resolveStore(join(root, "none.json"))).rejects.toThrow("is not there");
  });
});

test("buckets are public URLs", async () => {
  const href = async (text: string, endpoint?: string) => ((await locate(text, endpoint)) as { url: URL }).url.href;
  expect(await href("s3://noaa-goes16/a/b c.nc")).toBe("https://noaa-goes16.s3.amazonaws.com/a/b%20c.nc");
  expect(await href("s3://with.dots/a")).toBe("https://s3.amazonaws.com/with.dots/a");
  expect(await href("s3://b/a", "http://127.0.0.1:9000/")).toBe("http://127.0.0.1:9000/b/a");
  expect(await href("gs://cmip6/CMIP6")).toBe("https://storage.googleapis.com/cmip6/CMIP6");
});

describe("directories", () => {
  test("keys cannot leave, neither by dots nor by links", async () => {
    const store = await directoryStore(join(root, "dir"));
    for (const key of ["/../s.zip", "/a/../../s.zip", "/a//0", "s.zip", "/a\\..\\x", "/./a"]) {
      await expect(store.get(key as StoreKey), key).rejects.toMatchObject({ tag: "StoreError" });
      await expect(store.set(key as StoreKey, bytes), key).rejects.toMatchObject({ tag: "StoreError" });
    }
    await symlink(root, join(root, "dir", "out"));
    await expect(store.get("/out/s.zip")).rejects.toThrow("leads out of the directory");
    await expect(store.set("/out/new", bytes)).rejects.toThrow("leads out of the directory");
    await store.close();
  });

  test("a folder is no value, and a replaced file is read anew", async () => {
    const store = await directoryStore(join(root, "new"));
    expect(await store.get("/x")).toBeUndefined();
    await store.set("/x/y", bytes);
    expect(await store.get("/x")).toBeUndefined();
    expect(await store.getRange!("/x/y", { offset: 1, length: 1 })).toEqual(Uint8Array.of(1));
    await store.set("/x/y", Uint8Array.of(5, 6));
    expect(await store.getRange!("/x/y", { offset: 1, length: 1 })).toEqual(Uint8Array.of(6));
    expect(await store.list("/x")).toEqual(["/x/y"]);
    await store.close();
  });

  test("more files than are kept open", async () => {
    const store = await directoryStore(join(root, "many"));
    const keys = Array.from({ length: 80 }, (_, i) => `/f${i}` as StoreKey);
    for (const [i, key] of keys.entries()) await store.set(key, Uint8Array.of(i, i));
    const parts = await Promise.all([...keys, ...keys].map((key) => store.getRange!(key, { offset: 1, length: 1 })));
    for (const [i, part] of parts.entries()) expect(part).toEqual(Uint8Array.of(i % 80));
    await store.close();
  });
});

describe("openRandomAccess", () => {
  test.each<[string, () => string | Blob | Uint8Array]>([
    ["a path", () => join(root, "parts", "x.bin")],
    ["a URL", () => `${server.url}parts/x.bin`],
    ["a Blob", () => new Blob([bytes])],
    ["bytes", () => bytes],
  ])("%s", async (_, target) => {
    const file = await openRandomAccess(target(), { blockSize: 64 });
    expect(file.size).toBe(300);
    expect(await file.read(50, 200)).toEqual(bytes.slice(50, 250));
    expect(await file.read(300, 0)).toEqual(new Uint8Array(0));
    await expect(file.read(290, 20)).rejects.toThrow("lie outside of");
    await expect(file.read(-1, 2)).rejects.toMatchObject({ tag: "StoreError" });
    await expect(file.read(0, 300, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      name: "AbortError",
    });
    await file.close?.();
  });

  test("no file", async () => {
    await expect(openRandomAccess(join(root, "none"))).rejects.toThrow("there is no file");
    await expect(openRandomAccess(root)).rejects.toThrow("is no file");
    await expect(openRandomAccess({} as never)).rejects.toMatchObject({ tag: "ArgumentError" });
  });
});
