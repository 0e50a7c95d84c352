/** What goes wrong says what, which value, and what was possible; nothing fails in silence. */
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { compute, concat, DataArray, Dataset, type ErrorTag, merge, openDataset, setOptions, slice } from "../../src/index.ts";
import { expectWarning } from "../support/warnings.ts";
import { airDataset, airVariables, arrayDocument, type Case, check, problem, zarrMap } from "./support.ts";

const ds = airDataset();
const air = ds.get("air") as DataArray<any, any>;
const map = zarrMap(airVariables());
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "graticule-errors-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const a = new DataArray([1, 2, 3], { dims: "x", coords: { x: [10, 20, 30] }, name: "a" }) as DataArray<any, any>;
const unsorted = new DataArray([1, 2, 3], { dims: "x", coords: { x: [3, 1, 2] } }) as DataArray<any, any>;
const repeated = new DataArray([1, 2, 3], { dims: "x", coords: { x: [1, 2, 1] } }) as DataArray<any, any>;

describe("names, labels and shapes", () => {
  const cases: readonly Case[] = [
    [
      "an unknown dimension of a reduction",
      () => air.mean("tmie"),
      "DimensionError",
      /unknown dimension "tmie"; did you mean "time"\? \(time, lat, lon\)/,
    ],
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
    [
      "data that do not fill their shape",
      () => new DataArray(new Float64Array(5), { shape: [2, 3], dims: ["x", "y"] }),
      "DimensionError",
      /5.*(2, 3).*6/,
    ],
    ["rows of different lengths", () => new DataArray([[1, 2], [3]], { dims: ["x", "y"] }), "DimensionError", /1.*2|2.*1/],
    ["too few names of dimensions", () => new DataArray([[1, 2]], { dims: ["x"] }), "DimensionError", /x/],
    ["a repeated dimension", () => new DataArray([[1, 2]], { dims: ["x", "x"] }), "DimensionError", /"x"/],
    [
      "a coordinate of another length",
      () => new DataArray([1, 2], { dims: "x", coords: { x: [1, 2, 3] } }),
      "DimensionError",
      /"?x"?.*(2|3)/,
    ],
    [
      "variables of different lengths",
      () => new Dataset({ a: [["x"], [1, 2]], b: [["x"], [1, 2, 3]] } as never),
      "DimensionError",
      /"?x"?.*2.*3|3.*2/,
    ],
    [
      "arithmetic of different lengths without labels",
      () => air.dropVars("time").add(air.dropVars("time").isel({ time: slice(5) })),
      "AlignmentError",
      /"time".*40.*5|"time".*5.*40/,
    ],
    ["labels that differ a little", () => a.add(a.assignCoords({ x: [10, 20.000001, 30] })), "AlignmentError", /"x".*20.*tolerance/],
    ["labels that differ altogether", () => a.sub(a.assignCoords({ x: [1, 2, 3] })), "AlignmentError", /"x".*(10|1).*join/],
    [
      "datasets that disagree",
      () => merge([new Dataset({ v: [["x"], [1]] } as never), new Dataset({ v: [["x"], [2]] } as never)], { compat: "equals" } as never),
      "MergeError",
      /"v"/,
    ],
    ["nothing to concatenate", () => concat([], "x"), "ArgumentError", /concat/],
    [
      "pieces of different shape",
      () => concat([new DataArray([[1, 2]], { dims: ["x", "y"] }), new DataArray([[1, 2, 3]], { dims: ["x", "y"] })], "x"),
      "AlignmentError",
      /"y".*2.*3/,
    ],
    ["an unknown dtype", () => air.astype("flaot32" as never), "DTypeError", /"flaot32"; did you mean "float32"/],
    ["letters where numbers are", () => new DataArray(["a"], { dims: "x" }).add(1), "DTypeError", /string/],
    ["a value that is no integer of its dtype", () => new DataArray([300], { dims: "x", dtype: "int8" }), "DTypeError", /300.*int8/],
    ["an unknown unit of frequency", () => air.resample({ time: "3Q7" }), "ArgumentError", /"3Q7"/],
    ["resampling what is not a time", () => a.resample({ x: "D" }), "DTypeError", /"x" is float64/],
    ["a window of no length", () => a.rolling({ x: 0 }), "ArgumentError", /0/],
    ["a quantile that is none", () => a.quantile(1.5), "ArgumentError", /1\.5/],
    ["item of many", () => a.item(), "DimensionError", /3/],
    ["JavaScript's operators", () => (a as unknown as number) + 1, "ArgumentError", /\.add/],
    ["a reduction over what is no name", () => air.mean(0 as never), "ArgumentError", /0 is no dimension.*time, lat, lon/],
    ["a selection without a dimension", () => air.sel(60 as never), "ArgumentError", /\{ dimension: 60 \}/],
    ["bounds without names", () => air.clip(0 as never), "ArgumentError", /clip\(\{ min, max \}\)/],
    ["no name at all", () => ds.get(undefined as never), "CoordinateError", /undefined.*air/],
    ["several results that are no list", () => compute(air as never), "ArgumentError", /compute\(\[a, b\]/],
    ["an option of a value that is none", () => setOptions({ memory: "2GB" as never }), "ArgumentError", /"2GB"/],
    ["a join for all that is none", () => setOptions({ arithmeticJoin: "iner" as never }), "ArgumentError", /"iner"; did you mean "inner"/],
    ["an option that is none", () => setOptions({ memroy: 1 } as never), "ArgumentError", /"memroy"; did you mean "memory"/],
    ["a join that is none", () => a.add(a, { join: "iner" as never }), "ArgumentError", /"iner"; did you mean "inner"/],
  ];
  test.each(cases)("%s", check);

  test("values of lazy data say what to await", async () => {
    const lazy = (await openDataset(map)).get("air");
    for (const work of [
      () => lazy.values,
      () => lazy.data,
      () => lazy.mean().item(),
      () => lazy.toArray(),
      () => [...(lazy.isel({ time: 0, lat: 0 }) as DataArray<any, any>)].map((x) => x.item()),
      () => lazy.equals(lazy.add(1)),
      () => Number(lazy.mean()),
    ]) {
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
const oneArray = (changes: object): Map<string, Uint8Array> =>
  new Map([
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
    expect(await problem(() => openDataset(join(folder, "plain")))).toEqual({
      tag: "BackendError",
      message: expect.stringMatching(/plain.*(zarr\.json|\.zgroup)|no Zarr/),
    });
    expect(await problem(() => openDataset(join(folder, "nothing.nc")))).toEqual({
      tag: "StoreError",
      message: expect.stringMatching(/nothing\.nc is not there/),
    });
    expect(await problem(() => openDataset("" as never))).not.toEqual({ tag: "none", message: "no error" });
    expect((await problem(() => openDataset(undefined as never))).tag).toBe("ArgumentError");
    expect((await problem(() => openDataset(42 as never))).tag).toBe("ArgumentError");
    expect(await problem(() => openDataset(map, { engine: "zar" } as never))).toEqual({
      tag: expect.stringMatching(/ArgumentError|BackendError/),
      message: expect.stringMatching(/"zar"; did you mean "zarr"/),
    });
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
    [
      "a chunk of nothing",
      async () => (await openDataset(changed(chunk, new Uint8Array(0)))).compute(),
      "EncodingError",
      /air\/c\/1\/0\/1/,
    ],
    [
      "a chunk of rubbish for its codec",
      async () =>
        (
          await openDataset(
            new Map([
              ...oneArray({
                codecs: [
                  { name: "bytes", configuration: { endian: "little" } },
                  { name: "gzip", configuration: { level: 1 } },
                ],
              }),
              ["/v/c/0", text("no gzip at all")],
            ]),
          )
        ).compute(),
      "EncodingError",
      /v\/c\/0.*gzip|gzip.*v\/c\/0/,
    ],
    [
      "an unknown codec",
      async () =>
        (
          await openDataset(
            oneArray({
              codecs: [
                { name: "bytes", configuration: { endian: "little" } },
                { name: "gzipp", configuration: {} },
              ],
            }),
          )
        ).compute(),
      "UnsupportedError",
      /\/v.*unknown codec "gzipp".*did you mean "gzip"/i,
    ],
    ["a negative shape", () => openDataset(oneArray({ shape: [-4] })), "BackendError", /-4/],
    [
      "chunks of no length",
      () => openDataset(oneArray({ chunk_grid: { name: "regular", configuration: { chunk_shape: [0] } } })),
      "BackendError",
      /0/,
    ],
    [
      "another version of the format",
      () => openDataset(changed("/zarr.json", text({ zarr_format: 7, node_type: "group" }))),
      "BackendError",
      /7/,
    ],
    [
      "a unit of time that is none",
      () => openDataset(oneArray({ attributes: { units: "fortnights since 2000-01-01" } })),
      "EncodingError",
      /fortnights/,
    ],
    [
      "a schema that does not hold",
      () => openDataset(map, { schema: { air: { dims: ["time", "level"], dtype: "float32" } } } as never),
      "BackendError",
      /air.*level|level.*air/,
    ],
    ["a group that is not there", () => openDataset(map, { group: "ocean" }), "BackendError", /ocean/],
  ];
  test.each(cases)("%s", check);

  test("an unknown dtype leaves its variable out, and says so", async () => {
    const opened = await expectWarning("skipped-variable", () => openDataset(oneArray({ data_type: "float99" })));
    expect([...opened.keys()]).toEqual([]);
  });
});
