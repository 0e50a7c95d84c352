import { expect, test } from "vitest";
import { memoryStore, parseReferences, referenceStore } from "../../src/stores/index.ts";

const text = (bytes: unknown) => new TextDecoder().decode(bytes as Uint8Array);

test("version 0: text, base64, JSON, whole files and parts", () => {
  const refs = parseReferences({
    ".zgroup": '{"zarr_format": 2}',
    "a/.zattrs": { units: "{{K}}" },
    "a/0": "base64:AAEC",
    "a/1": ["x.nc"],
    "a/2": ["x.nc", 8, 16],
  });
  expect(text(refs.get("/.zgroup"))).toBe('{"zarr_format": 2}');
  expect(text(refs.get("/a/.zattrs"))).toBe('{"units":"{{K}}"}');
  expect(refs.get("/a/0")).toEqual(Uint8Array.of(0, 1, 2));
  expect(refs.get("/a/1")).toEqual({ url: "x.nc" });
  expect(refs.get("/a/2")).toEqual({ url: "x.nc", offset: 8, length: 16 });
});

test("version 1: the example of the specification", () => {
  const refs = parseReferences(
    JSON.stringify({
      version: 1,
      templates: { u: "server.domain/path", f: "{{c}}" },
      gen: [
        {
          key: "gen_key{{i}}",
          url: "http://{{u}}_{{i}}",
          offset: "{{(i + 1) * 1000}}",
          length: "1000",
          dimensions: { i: { stop: 5 } },
        },
      ],
      refs: {
        key0: "data",
        key1: ["http://target_url", 10000, 100],
        key2: ["http://{{u}}", 10000, 100],
        key3: ["http://{{f(c='text')}}", 10000, 100],
      },
    }),
  );
  expect(refs.get("/gen_key4")).toEqual({ url: "http://server.domain/path_4", offset: 5000, length: 1000 });
  expect([...refs.keys()].filter((key) => key.startsWith("/gen"))).toHaveLength(5);
  expect(refs.get("/key2")).toEqual({ url: "http://server.domain/path", offset: 10000, length: 100 });
  expect(refs.get("/key3")).toEqual({ url: "http://text", offset: 10000, length: 100 });
});

test.each<[string, unknown, string]>([
  ["no JSON", "{", "no JSON"],
  ["a list", [], "no JSON object"],
  ["a version", { version: 2, refs: {} }, "version 2 is not known"],
  ["refs", { version: 1, refs: [] }, '"refs" is no object'],
  ["a number", { a: 3 }, 'the value of "a" is 3'],
  ["two entries", { a: ["x", 1] }, "[url, offset, length]"],
  ["a negative offset", { a: ["x", -1, 5] }, "offset -1"],
  ["a huge length", { a: ["x", 0, 1e300] }, "length 1e+300"],
  ["a fraction", { a: ["x", 0.5, 5] }, "offset 0.5"],
  ["a key that leaves", { "../../a": "x" }, "is no key"],
  ["bad base64", { a: "base64:*" }, "is not base64"],
  ["an unknown template", { version: 1, templates: { u: "" }, refs: { a: ["{{v}}"] } }, '"v", which is no template'],
  ["a template of itself", { version: 1, templates: { u: "{{u}}" }, refs: { a: ["{{u}}"] } }, "uses itself"],
  [
    "a template that grows",
    {
      version: 1,
      templates: {
        a: "{{b}}{{b}}".repeat(99),
        b: "{{c}}{{c}}".repeat(99),
        c: "{{d}}".repeat(99),
        d: "x".repeat(9999),
      },
      refs: { k: ["{{a}}"] },
    },
    "longer than",
  ],
  [
    "templates of templates of nothing",
    {
      version: 1,
      templates: Object.fromEntries(Array.from({ length: 15 }, (_, i) => [`t${i}`, i === 14 ? "" : `{{t${i + 1}}}`.repeat(9)])),
      refs: { k: ["{{t0}}"] },
    },
    "more than 10000 names",
  ],
  [
    "more dimensions than arrays have",
    {
      version: 1,
      refs: {},
      gen: [{ key: "k", url: "x", dimensions: Object.fromEntries(Array.from({ length: 9999 }, (_, i) => [`d${i}`, [1]])) }],
    },
    "9999 dimensions",
  ],
  [
    "what is nested without end",
    { version: 1, refs: { k: JSON.parse(`${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`) } },
    "nested too deeply",
  ],
  ["code", { version: 1, templates: { u: "x" }, refs: { a: ["{{u.__class__}}"] } }, "cannot be read"],
  [
    "too much",
    {
      version: 1,
      refs: {},
      gen: [{ key: "{{i}}{{j}}", url: "x", dimensions: { i: { stop: 1e6 }, j: { stop: 1e6 } } }],
    },
    "more than 5000000 keys",
  ],
  [
    "an endless range",
    { version: 1, refs: {}, gen: [{ key: "{{i}}", url: "x", dimensions: { i: { stop: 1e15 } } }] },
    "at most 5000000 values",
  ],
])("refused: %s", (_, document, message) => {
  expect(() => parseReferences(document)).toThrow(message);
});

test("ranges without a number make no keys, however long the others are", () => {
  const long = { stop: 4_000_000 };
  expect(parseReferences({ version: 1, refs: {}, gen: [{ key: "k", url: "x", dimensions: { a: long, b: long, c: [] } }] }).size).toBe(0);
});

test("prototype names are keys like others", () => {
  const refs = parseReferences('{"__proto__": "a", "constructor": "b"}');
  expect(text(refs.get("/__proto__"))).toBe("a");
  expect(refs.has("/toString")).toBe(false);
});

test("a target that is missing or too short throws, and is opened once", async () => {
  const opened: string[] = [];
  const files = memoryStore(new Map([["/x", new Uint8Array(10)]]));
  const store = referenceStore({ a: ["x", 0, 5], b: ["x", 8, 5], c: ["y", 0, 1], d: ["y"] }, (url) => {
    opened.push(url);
    return { store: files, key: `/${url}` };
  });
  expect((await store.get("/a"))!.length).toBe(5);
  await expect(store.get("/b")).rejects.toThrow("has only 2 of the 5 bytes");
  await expect(store.get("/c")).rejects.toThrow("is not there");
  await expect(store.get("/d")).rejects.toThrow("/d refers to y, which is not there");
  expect(await store.get("/e")).toBeUndefined();
  expect(opened).toEqual(["x", "y"]);
});
