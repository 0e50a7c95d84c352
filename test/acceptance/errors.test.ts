/** What goes wrong says what, which value, and what was possible; nothing fails in silence. */
import { type ChildProcess, spawn } from "node:child_process";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { concat, DataArray, Dataset, type ErrorTag, full, isGraticuleError, merge, openDataset, setOptions, slice } from "../../src/index.ts";
import { expectWarning } from "../support/warnings.ts";
import { serve, type TestServer } from "../stores/server.ts";
import { airDataset, airVariables, arrayDocument, zarrMap } from "./support.ts";

const root = resolve(import.meta.dirname, "../..");
const ds = airDataset();
const air = ds.get("air") as DataArray<any, any>;
const map = zarrMap(airVariables());
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "graticule-errors-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The error of a call, as its tag and message; anything that is no error of this library is thrown on. */
async function problem(work: () => unknown): Promise<{ tag: ErrorTag | "none"; message: string }> {
  try {
    await work();
  } catch (error) {
    if (!isGraticuleError(error)) throw error;
    return { tag: error.tag, message: error.message };
  }
  return { tag: "none", message: "no error" };
}

type Case = readonly [what: string, work: () => unknown, tag: ErrorTag, message: RegExp];

const check = async (_what: string, work: () => unknown, tag: ErrorTag, message: RegExp): Promise<void> => {
  const found = await problem(work);
  expect(found).toEqual({ tag, message: expect.stringMatching(message) });
  expect(found.message.length).toBeLessThan(600);
};

const a = new DataArray([1, 2, 3], { dims: "x", coords: { x: [10, 20, 30] }, name: "a" }) as DataArray<any, any>;
const unsorted = new DataArray([1, 2, 3], { dims: "x", coords: { x: [3, 1, 2] } }) as DataArray<any, any>;
const repeated = new DataArray([1, 2, 3], { dims: "x", coords: { x: [1, 2, 1] } }) as DataArray<any, any>;

describe("names, labels and shapes", () => {
  const cases: readonly Case[] = [
    ["an unknown dimension of a reduction", () => air.mean("tmie"), "DimensionError", /unknown dimension "tmie"; did you mean "time"\? \(time, lat, lon\)/],
    ["of a selection by position", () => air.isel({ tiem: 0 }), "DimensionError", /"tiem"; did you mean "time"/],
    ["of a selection by label", () => air.sel({ lot: 0 }), "DimensionError", /"lot"; did you mean/],
    ["of a transposition", () => air.transpose("lat", "level", "..."), "DimensionError", /"level".*time, lat, lon/],
    ["of a rolling window", () => air.rolling({ tim: 3 }), "DimensionError", /"tim"; did you mean "time"/],
    ["of chunks", () => air.chunk({ tme: 3 }), "DimensionError", /"tme"; did you mean "time"/],
    ["an unknown variable", () => ds.get("airr" as never), "CoordinateError", /"airr"; did you mean "air"/],
    ["an unknown coordinate", () => air.get("lattitude"), "CoordinateError", /"lattitude".*lat/],
    ["an unknown variable to drop", () => ds.dropVars("wnid"), "CoordinateError", /"wnid"; did you mean "wind"/],
    ["an unknown variable to rename", () => ds.rename({ wnd: "w" }), "CoordinateError", /"wnd"; did you mean "wind"/],
    ["an unknown group", () => air.groupby("time.mnth" as never), "ArgumentError", /"mnth"; did you mean "month"/],
    ["a label that is not there", () => air.sel({ lat: 61 }), "IndexingError", /61.*lat/],
    ["a label far from all", () => air.sel({ lat: 90 }, { method: "nearest", tolerance: 1 }), "IndexingError", /90/],
    ["a time that is not there", () => air.sel({ time: "1999-12-31" }), "IndexingError", /1999-12-31/],
    ["a time that is none", () => air.sel({ time: "yesterday" }), "IndexingError", /yesterday/],
    ["a method that is none", () => air.sel({ lat: 60 }, { method: "closest" as never }), "ArgumentError", /"closest".*nearest/],
    ["a position out of range", () => air.isel({ time: 40 }), "IndexingError", /40.*"?time"?/],
    ["a position that is no whole number", () => air.isel({ time: 1.5 }), "IndexingError", /1\.5/],
    ["a range on labels in no order", () => unsorted.sel({ x: slice(1.5, 2) }), "IndexingError", /1\.5.*"?x"?|"?x"?.*1\.5/],
    ["a range that ends at a repeated label", () => repeated.sel({ x: slice(1, 2) }), "IndexingError", /"?x"?/],
    ["data that do not fill their shape", () => new DataArray(new Float64Array(5), { shape: [2, 3], dims: ["x", "y"] }), "DimensionError", /5.*(2, 3).*6/],
    ["rows of different lengths", () => new DataArray([[1, 2], [3]], { dims: ["x", "y"] }), "DimensionError", /1.*2|2.*1/],
    ["too few names of dimensions", () => new DataArray([[1, 2]], { dims: ["x"] }), "DimensionError", /x/],
    ["a repeated dimension", () => new DataArray([[1, 2]], { dims: ["x", "x"] }), "DimensionError", /"x"/],
    ["a coordinate of another length", () => new DataArray([1, 2], { dims: "x", coords: { x: [1, 2, 3] } }), "DimensionError", /"?x"?.*(2|3)/],
    ["variables of different lengths", () => new Dataset({ a: [["x"], [1, 2]], b: [["x"], [1, 2, 3]] } as never), "DimensionError", /"?x"?.*2.*3|3.*2/],
    ["arithmetic of different lengths without labels", () => air.dropVars("time").add(air.dropVars("time").isel({ time: slice(5) })), "AlignmentError", /"time".*40.*5|"time".*5.*40/],
    ["labels that differ a little", () => a.add(a.assignCoords({ x: [10, 20.000001, 30] })), "AlignmentError", /"x".*20.*tolerance/],
    ["labels that differ altogether", () => a.sub(a.assignCoords({ x: [1, 2, 3] })), "AlignmentError", /"x".*(10|1).*join/],
    ["datasets that disagree", () => merge([new Dataset({ v: [["x"], [1]] } as never), new Dataset({ v: [["x"], [2]] } as never)], { compat: "equals" } as never), "MergeError", /"v"/],
    ["nothing to concatenate", () => concat([], "x"), "ArgumentError", /concat/],
    ["pieces of different shape", () => concat([new DataArray([[1, 2]], { dims: ["x", "y"] }), new DataArray([[1, 2, 3]], { dims: ["x", "y"] })], "x"), "AlignmentError", /"y".*2.*3/],
    ["an unknown dtype", () => air.astype("flaot32" as never), "DTypeError", /"flaot32"; did you mean "float32"/],
    ["letters where numbers are", () => new DataArray(["a"], { dims: "x" }).add(1), "DTypeError", /string/],
    ["a value that is no integer of its dtype", () => new DataArray([300], { dims: "x", dtype: "int8" }), "DTypeError", /300.*int8/],
    ["an unknown unit of frequency", () => air.resample({ time: "3Q7" }), "ArgumentError", /"3Q7"/],
    ["resampling what is not a time", () => a.resample({ x: "D" }), "DTypeError", /"x" is float64/],
    ["a window of no length", () => a.rolling({ x: 0 }), "ArgumentError", /0/],
    ["a quantile that is none", () => a.quantile(1.5), "ArgumentError", /1\.5/],
    ["item of many", () => a.item(), "DimensionError", /3/],
    ["JavaScript's operators", () => (a as unknown as number) + 1, "ArgumentError", /\.add/],
    ["an option that is none", () => setOptions({ memroy: 1 } as never), "ArgumentError", /"memroy"; did you mean "memory"/],
    ["a join that is none", () => a.add(a, { join: "iner" as never }), "ArgumentError", /"iner"; did you mean "inner"/],
  ];
  test.each(cases)("%s", check);

  test("values of lazy data say what to await", async () => {
    const lazy = (await openDataset(map)).get("air");
    for (const work of [() => lazy.values, () => lazy.data, () => lazy.mean().item(), () => lazy.toArray(), () => [...(lazy.isel({ time: 0, lat: 0 }) as DataArray<any, any>)].map((x) => x.item()), () => lazy.equals(lazy.add(1)), () => Number(lazy.mean())]) {
      expect(await problem(work)).toEqual({ tag: "NotLoadedError", message: expect.stringMatching(/await .*(load|compute)\(/) });
    }
    expect(await problem(() => lazy.where(lazy.gt(280), { drop: true } as never))).toMatchObject({ tag: "NotLoadedError" });
  });
});

/** The map with one key changed. */
const changed = (key: string, bytes: Uint8Array | undefined): Map<string, Uint8Array> => {
  const copy = new Map(map);
  if (bytes === undefined) copy.delete(key);
  else copy.set(key, bytes);
  return copy;
};
const text = (value: unknown): Uint8Array => new TextEncoder().encode(typeof value === "string" ? value : JSON.stringify(value));

/** A store of one array whose document is changed. */
const oneArray = (changes: object): Map<string, Uint8Array> => new Map([
  ["/zarr.json", text({ zarr_format: 3, node_type: "group", attributes: {} })],
  ["/v/zarr.json", text({ ...arrayDocument({ dims: ["x"], shape: [4], chunks: [2], dtype: "float64", value: () => 0 }), ...changes })],
]);

describe("files and stores that are damaged or foreign", () => {
  const file = async (name: string, bytes: Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, bytes);
    return path;
  };
  const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13);

  const foreign: readonly (readonly [string, Uint8Array, ErrorTag, RegExp])[] = [
    ["page.nc", text("<!doctype html><html><body>Login</body></html>"), "BackendError", /page\.nc.*HTML/],
    ["picture.nc", png, "BackendError", /picture\.nc.*PNG/],
    ["empty.nc", new Uint8Array(0), "BackendError", /empty\.nc.*empty/],
    ["list.zip", text("PK\x03\x04 and no more"), "StoreError", /list\.zip|zip/],
    ["list.json", text("[1, 2"), "StoreError", /list\.json|JSON|references/],
  ];
  test.each(foreign)("%s", async (name, bytes, _tag, message) => {
    const path = await file(name, bytes);
    const found = await problem(() => openDataset(path));
    expect(["BackendError", "StoreError", "EncodingError", "UnsupportedError"]).toContain(found.tag);
    expect(found.message).toMatch(message);
  });

  test("a folder that is no store, and nothing at all", async () => {
    await mkdir(join(folder, "plain"), { recursive: true });
    await writeFile(join(folder, "plain/readme.txt"), "x");
    expect(await problem(() => openDataset(join(folder, "plain")))).toEqual({ tag: "BackendError", message: expect.stringMatching(/plain.*(zarr\.json|\.zgroup)|no Zarr/) });
    expect(await problem(() => openDataset(join(folder, "nothing.nc")))).toEqual({ tag: "StoreError", message: expect.stringMatching(/nothing\.nc is not there/) });
    expect(await problem(() => openDataset("" as never))).not.toEqual({ tag: "none", message: "no error" });
    expect((await problem(() => openDataset(undefined as never))).tag).toBe("ArgumentError");
    expect((await problem(() => openDataset(42 as never))).tag).toBe("ArgumentError");
    expect(await problem(() => openDataset(map, { engine: "zar" } as never))).toEqual({ tag: expect.stringMatching(/ArgumentError|BackendError/), message: expect.stringMatching(/"zar"; did you mean "zarr"/) });
  });

  test.each(["NETCDF4", "NETCDF3_64BIT"] as const)("a %s file cut short anywhere", async (format) => {
    const whole = await ds.toNetcdf(undefined, { format });
    for (const part of [4, 9, 40, 0.02, 0.3, 0.7, 0.98]) {
      const bytes = whole.slice(0, part < 1 ? Math.floor(part * whole.length) : part);
      const path = await file(`cut-${format}-${part}.nc`, bytes);
      const found = await problem(async () => {
        await using opened = await openDataset(path);
        await opened.compute();
      });
      expect(["BackendError", "EncodingError", "StoreError"]).toContain(found.tag);
      expect(found.message).toMatch(/cut-NETCDF|trunc|short|end|bytes/);
    }
  });

  const chunk = "/air/c/1/0/1";
  const half = map.get(chunk)!.slice(0, 100);
  const cases: readonly Case[] = [
    ["metadata that is no JSON", () => openDataset(changed("/zarr.json", text("{oops"))), "BackendError", /zarr\.json/],
    ["metadata that is a list", () => openDataset(changed("/zarr.json", text([1]))), "BackendError", /zarr\.json/],
    ["a chunk cut short", async () => (await openDataset(changed(chunk, half))).compute(), "EncodingError", /air\/c\/1\/0\/1.*100.*2000/],
    ["a chunk of nothing", async () => (await openDataset(changed(chunk, new Uint8Array(0)))).compute(), "EncodingError", /air\/c\/1\/0\/1/],
    ["a chunk of rubbish for its codec", async () => (await openDataset(new Map([...oneArray({ codecs: [{ name: "bytes", configuration: { endian: "little" } }, { name: "gzip", configuration: { level: 1 } }] }), ["/v/c/0", text("no gzip at all")]]))).compute(), "EncodingError", /v\/c\/0.*gzip|gzip.*v\/c\/0/],
    ["an unknown codec", async () => (await openDataset(oneArray({ codecs: [{ name: "bytes", configuration: { endian: "little" } }, { name: "gzipp", configuration: {} }] }))).compute(), "UnsupportedError", /\/v.*unknown codec "gzipp".*did you mean "gzip"/i],
    ["a negative shape", () => openDataset(oneArray({ shape: [-4] })), "BackendError", /-4/],
    ["chunks of no length", () => openDataset(oneArray({ chunk_grid: { name: "regular", configuration: { chunk_shape: [0] } } })), "BackendError", /0/],
    ["another version of the format", () => openDataset(changed("/zarr.json", text({ zarr_format: 7, node_type: "group" }))), "BackendError", /7/],
    ["a unit of time that is none", () => openDataset(oneArray({ attributes: { units: "fortnights since 2000-01-01" } })), "EncodingError", /fortnights/],
    ["a schema that does not hold", () => openDataset(map, { schema: { air: { dims: ["time", "level"], dtype: "float32" } } } as never), "BackendError", /air.*level|level.*air/],
    ["a group that is not there", () => openDataset(map, { group: "ocean" }), "BackendError", /ocean/],
  ];
  test.each(cases)("%s", check);

  test("an unknown dtype leaves its variable out, and says so", async () => {
    const opened = await expectWarning("skipped-variable", () => openDataset(oneArray({ data_type: "float99" })));
    expect([...opened.keys()]).toEqual([]);
  });
});

describe("servers", () => {
  let server: TestServer;
  const files = new Map([...map].map(([key, bytes]) => [`/air.zarr${key}`, bytes]));
  const quick = { storageOptions: { backoff: 1 } };
  const chunkKey = "/air.zarr/air/c/0/0/0";

  beforeEach(async () => {
    server = await serve(files);
  });
  afterEach(() => server.close());

  const isChunk = (url: string | undefined): boolean => url === chunkKey;
  const readAll = async (): Promise<unknown> => (await openDataset(`${server.url}air.zarr`, quick)).get("air").isel({ time: 0 }).compute();

  test.each([[404, "StoreError"], [403, "StoreError"]] as const)("opening what answers %d", async (status, tag) => {
    server.fault = (_request, response) => (response.writeHead(status).end("no"), true);
    const found = await problem(() => openDataset(`${server.url}air.zarr`, quick));
    expect([tag, "BackendError"]).toContain(found.tag);
    expect(found.message).toMatch(status === 404 ? /air\.zarr/ : /403.*refuses/);
    const nc = await problem(() => openDataset(`${server.url}air.nc`, quick));
    expect(nc).toEqual({ tag: "StoreError", message: expect.stringMatching(status === 404 ? /air\.nc.*(not there|404)/ : /403/) });
  });

  test("a chunk that is refused names its URL", async () => {
    server.fault = (request, response) => isChunk(request.url) && (response.writeHead(403).end("no"), true);
    expect(await problem(readAll)).toEqual({ tag: "StoreError", message: expect.stringMatching(/air\/c\/0\/0\/0 answered 403/) });
    expect(server.requests.filter((line) => line.includes(chunkKey))).toHaveLength(1);
  });

  test("a busy server is asked again, and then given up", async () => {
    let left = 2;
    server.fault = (request, response) => isChunk(request.url) && left-- > 0 && (response.writeHead(503).end("busy"), true);
    await readAll();
    expect(server.requests.filter((line) => line.includes(chunkKey))).toHaveLength(3);
    left = 100;
    expect(await problem(readAll)).toEqual({ tag: "StoreError", message: expect.stringMatching(/503/) });
    expect(server.requests.filter((line) => line.includes(chunkKey))).toHaveLength(7);
  });

  test("Retry-After is waited for", async () => {
    const at: number[] = [];
    server.fault = (request, response) => {
      if (!isChunk(request.url)) return false;
      at.push(performance.now());
      return at.length === 1 && (response.writeHead(429, { "retry-after": "1" }).end(), true);
    };
    await readAll();
    expect(at[1]! - at[0]!).toBeGreaterThanOrEqual(950);
  });

  test("a connection lost midway, and a body cut short, are asked for again", async () => {
    for (const cut of [true, false]) {
      let left = 1;
      server.fault = (request, response, bytes) => {
        if (!isChunk(request.url) || left-- <= 0) return false;
        response.writeHead(200, { "content-length": bytes!.length });
        response.write(bytes!.subarray(0, 100));
        if (cut) setTimeout(() => response.destroy(), 5);
        else setTimeout(() => request.socket.end(), 5);
        return true;
      };
      await readAll();
    }
  });

  test("a body always cut short is no zero", async () => {
    server.fault = (request, response, bytes) => isChunk(request.url) && (response.writeHead(200, { "content-length": 100 }).end(bytes!.subarray(0, 100)), true);
    expect(await problem(readAll)).toEqual({ tag: "EncodingError", message: expect.stringMatching(/air\/c\/0\/0\/0.*100.*2000/) });
  });

  test("a server that ignores Range", async () => {
    const bytes = await airDataset([400, 40, 40]).toNetcdf();
    const big = await serve(new Map([["/air.nc", bytes]]));
    big.fault = (_request, response) => (response.writeHead(200, { "content-length": bytes.length }).end(bytes), true);
    try {
      expect(await problem(() => openDataset(`${big.url}air.nc`, quick))).toEqual({ tag: "StoreError", message: expect.stringMatching(/ignores Range.*206/) });
    } finally {
      await big.close();
    }
  });

  test("nobody there", async () => {
    const { url } = server;
    await server.close();
    expect(await problem(() => openDataset(`${url}air.zarr`, { storageOptions: { backoff: 1, attempts: 2 } }))).toEqual({ tag: expect.stringMatching(/StoreError|BackendError/), message: expect.stringMatching(/could not be fetched/) });
  });

  test("an abort ends the wait at once", async () => {
    server.fault = (request) => isChunk(request.url);
    const opened = await openDataset(`${server.url}air.zarr`, quick);
    await expect(opened.compute({ signal: AbortSignal.timeout(30) })).rejects.toMatchObject({ name: "TimeoutError" });
  });

  test("a login in a URL is sent as a header, and secrets are in no message", async () => {
    const logins = new Set<string | undefined>();
    let refuse = false;
    server.fault = (request, response) => {
      logins.add(request.headers.authorization);
      return refuse && (response.writeHead(403).end(), true);
    };
    const url = `${server.url.replace("//", "//me:hunter2@")}air.zarr?token=hunter3`;
    await openDataset(url, quick);
    expect([...logins]).toEqual([`Basic ${btoa("me:hunter2")}`]);
    refuse = true;
    const found = await problem(() => openDataset(url, quick));
    expect(found).toEqual({ tag: "StoreError", message: expect.not.stringMatching(/hunter/) });
  });
});

/** Every file below a folder, with its bytes. */
async function contents(path: string): Promise<Map<string, string>> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(await Promise.all(names.sort().map(async (name) => [name, (await readFile(name)).toString("base64")] as const)));
}

describe("writing", () => {
  test("where something is already", async () => {
    const path = join(folder, "there.zarr");
    await ds.toZarr(path);
    const before = await contents(path);
    expect(await problem(() => ds.mul(2).toZarr(path))).toEqual({ tag: "StoreError", message: expect.stringMatching(/there\.zarr.*mode/) });
    expect(await problem(() => ds.mul(2).toZarr(path, { mode: "w-" }))).toMatchObject({ tag: "StoreError" });
    expect(await problem(() => ds.toZarr(path, { mode: "wb" as never }))).toEqual({ tag: "ArgumentError", message: expect.stringMatching(/"wb".*"?w/) });
    expect(await contents(path)).toEqual(before);
  });

  test("an append or a region that does not fit", async () => {
    const path = join(folder, "fit.zarr");
    await ds.toZarr(path);
    const before = await contents(path);
    expect(await problem(() => ds.isel({ lat: slice(3) }).toZarr(path, { appendDim: "time" }))).toEqual({ tag: "DimensionError", message: expect.stringMatching(/lat.*3.*10|lat.*10.*3/) });
    expect(await problem(() => ds.toZarr(path, { appendDim: "tmie" }))).toEqual({ tag: "DimensionError", message: expect.stringMatching(/"tmie"; did you mean "time"/) });
    const found = await problem(() => ds.toZarr(path, { region: { time: slice(5, 45) } as never }));
    expect(found.tag).not.toBe("none");
    expect(found.message).toMatch(/time/);
    expect(await contents(path)).toEqual(before);
  });

  test("to a path below a file, and into a folder that cannot be written", async () => {
    const file = join(folder, "a-file");
    await writeFile(file, "x");
    expect(await problem(() => ds.toZarr(join(file, "air.zarr")))).toEqual({ tag: "StoreError", message: expect.stringMatching(/a-file/) });
    expect(await problem(() => ds.toZarr(file))).toMatchObject({ tag: "StoreError", message: expect.stringMatching(/a-file/) });
    expect(await problem(() => ds.toNetcdf(join(file, "air.nc")))).toEqual({ tag: "StoreError", message: expect.stringMatching(/cannot write.*a-file/) });
    expect(await problem(() => ds.toNetcdf(join(folder, "no/such/air.nc")))).toMatchObject({ tag: "StoreError", message: expect.stringMatching(/no\/such/) });
    expect(await readFile(file, "utf8")).toBe("x");
    if (process.getuid?.() === 0) return;
    const closed = join(folder, "closed");
    await mkdir(closed);
    await chmod(closed, 0o555);
    expect(await problem(() => ds.toZarr(join(closed, "air.zarr")))).toMatchObject({ tag: "StoreError" });
    expect(await problem(() => ds.toNetcdf(join(closed, "air.nc")))).toMatchObject({ tag: "StoreError" });
  });

  test("over HTTP, which cannot be written", async () => {
    expect(await problem(() => ds.toZarr("http://127.0.0.1:9/air.zarr"))).toMatchObject({ tag: expect.stringMatching(/UnsupportedError|StoreError|ArgumentError/), message: expect.stringMatching(/write|read-only/) });
    expect(await problem(() => ds.toNetcdf("http://127.0.0.1:9/air.nc"))).toMatchObject({ tag: "StoreError", message: expect.stringMatching(/127\.0\.0\.1:9/) });
  });

  test("aborted midway: what was there stays, nothing lies about", async () => {
    const lazy = full([200, 50, 50], 1, { dims: ["time", "lat", "lon"], name: "v" }).chunk({ time: 1 }).toDataset() as Dataset<any>;
    const home = join(folder, "abort");
    await mkdir(home);
    const old = ds.get(["air"]);
    await old.toZarr(join(home, "old.zarr"));
    await old.toNetcdf(join(home, "old.nc"));
    const before = await contents(home);
    for (const write of [
      (signal: AbortSignal, onProgress: () => void) => lazy.toNetcdf(join(home, "old.nc"), { signal, onProgress }),
      (signal: AbortSignal, onProgress: () => void) => lazy.toNetcdf(join(home, "new.nc"), { signal, onProgress }),
      (signal: AbortSignal, onProgress: () => void) => lazy.toZarr(join(home, "old.zarr"), { mode: "a", signal, onProgress }),
    ]) {
      const stop = new AbortController();
      await expect(write(stop.signal, () => stop.abort(new Error("enough")))).rejects.toThrow("enough");
    }
    const after = await contents(home);
    for (const [path, bytes] of before) expect(after.get(path), path).toBe(bytes);
    expect([...after.keys()].filter((path) => !before.has(path))).toEqual([]);
    await using back = await openDataset(join(home, "old.zarr"));
    expect([...back.keys()]).toEqual(["air"]);
    expect((await back.compute()).equals(old)).toBe(true);
  });

  test("a new store aborted midway opens as nothing, or says it is incomplete", async () => {
    const path = join(folder, "aborted.zarr");
    const stop = new AbortController();
    const lazy = full([200, 50, 50], 1, { dims: ["time", "lat", "lon"], name: "v" }).chunk({ time: 1 });
    await expect(lazy.toZarr(path, { signal: stop.signal, onProgress: () => stop.abort(new Error("enough")) })).rejects.toThrow("enough");
    expect(await problem(() => openDataset(path))).toMatchObject({ tag: expect.stringMatching(/BackendError|StoreError/) });
  });

  describe("a process that is killed", () => {
    let child: ChildProcess | undefined;
    afterEach(() => child?.kill("SIGKILL"));

    /** Run code in a process of its own and kill it once it has written `signal` to its output. */
    const killed = async (code: string): Promise<void> => {
      const script = join(folder, `kill-${Math.random().toString(36).slice(2)}.mts`);
      await writeFile(script, `import * as gr from ${JSON.stringify(join(root, "src/index.ts"))};\nconst lazy = gr.full([400, 100, 100], 1, { dims: ["time", "lat", "lon"], name: "v" }).chunk({ time: 1 });\nlet calls = 0;\nconst onProgress = () => { if (++calls === 2) console.log("now"); };\n${code}\nconsole.log("done");`);
      child = spawn(process.execPath, ["--import", "tsx", script], { cwd: root, stdio: ["ignore", "pipe", "inherit"] });
      let out = "";
      const dead = new Promise<void>((done) => child!.once("exit", () => done()));
      child.stdout!.on("data", (data) => {
        out += String(data);
        if (out.includes("now")) child!.kill("SIGKILL");
      });
      await dead;
      expect(out).toContain("now");
      expect(out).not.toContain("done");
    };

    test("leaves the old file, and the old variables of a store", async () => {
      const home = join(folder, "killed");
      await mkdir(home);
      await ds.toNetcdf(join(home, "old.nc"));
      await ds.toZarr(join(home, "old.zarr"));
      await killed(`await lazy.toNetcdf(${JSON.stringify(join(home, "old.nc"))}, { onProgress });`);
      await killed(`await lazy.toZarr(${JSON.stringify(join(home, "old.zarr"))}, { mode: "a", onProgress });`);
      for (const name of ["old.nc", "old.zarr"]) {
        await using back = await openDataset(join(home, name));
        expect((await back.compute()).equals(ds), name).toBe(true);
      }
    }, 60_000);

    test("leaves a new store that says it is none, and that can be written again", async () => {
      const path = join(folder, "killed-new.zarr");
      await killed(`await lazy.toZarr(${JSON.stringify(path)}, { onProgress });`);
      expect(await problem(() => openDataset(path))).toMatchObject({ tag: expect.stringMatching(/BackendError|StoreError/), message: expect.stringMatching(/killed-new\.zarr|incomplete|zarr\.json/) });
      await ds.toZarr(path, { mode: "w" });
      await using back = await openDataset(path);
      expect((await back.compute()).equals(ds)).toBe(true);
      expect([...(await contents(path)).keys()].filter((name) => name.endsWith(".partial") || name.includes("/v/"))).toEqual([]);
    }, 60_000);
  });
});
