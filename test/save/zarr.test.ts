/** Zarr written here: comes back, appends, regions, and is read by Python's zarr and xarray where those are there. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { Dataset, openDataset, openZarr, setOptions, slice } from "../../src/index.ts";
import { type DatasetDigest, DIGEST_PY, digest } from "../support/digest.ts";
import { tagOf } from "../support/errors.ts";
import { hasPython, runPython } from "../support/python.ts";

const fixtures = fileURLToPath(new URL("../open/fixtures/", import.meta.url));
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "graticule-zarr-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));
beforeEach(() => {
  setOptions({ onWarning: () => {} });
});

const valuesOf = (d: DatasetDigest): Record<string, unknown> =>
  Object.fromEntries(Object.entries(d.variables).map(([name, v]) => [name, [v.dims, v.dtype, v.coord, v.head, v.sha256]]));
const inPython = (path: string): DatasetDigest =>
  runPython(`${DIGEST_PY}\nprint(json.dumps(digest(xr.open_zarr(sys.argv[1]).load()), ensure_ascii=False))`, path) as DatasetDigest;

async function everything(): Promise<Dataset<any>> {
  const ds = await openDataset(`${fixtures}netcdf4.nc`);
  const loaded = await ds.compute();
  await ds.close();
  return loaded as Dataset<any>;
}

const series = (from: number, n: number): Dataset<any> =>
  new Dataset(
    { t: [["time", "x"], Array.from({ length: n }, (_, i) => [from + i, -(from + i)])] } as never,
    { coords: { time: Array.from({ length: n }, (_, i) => new Date(Date.UTC(2000, 0, 1 + from + i))), x: [1, 2] } } as never,
  );

const column = (ds: Dataset<any>): number[] => Array.from(ds.get("t").isel({ x: 0 }).values as Float64Array);

describe("a new store", () => {
  test.each([2, 3] as const)("Zarr %i comes back", async (zarrFormat) => {
    const ds = await everything();
    const path = join(folder, `all-${zarrFormat}.zarr`);
    await ds.toZarr(path, { zarrFormat });
    await using back = await openZarr(path);
    expect(valuesOf(digest(await back.compute()))).toEqual(valuesOf(digest(ds)));
    if (hasPython) expect(inPython(path)).toEqual(digest(await back.compute()));
  });

  test("in memory, lazily, in chunks and shards", async () => {
    await using lazy = await openDataset(`${fixtures}netcdf4.nc`, { chunks: { time: 2 } });
    const store = new Map<string, Uint8Array>();
    await lazy.toZarr(store, { shards: { time: 4 } });
    await using back = await openZarr(store);
    expect(valuesOf(digest(await back.compute()))).toEqual(valuesOf(digest((await lazy.compute()) as Dataset<any>)));
    expect(back.get("t").chunks?.[0]).toEqual([2, 2]);
  });

  test.each(["zarr2.zip", "zarr3-sharded.zip", "zarr3-consolidated.zip", "netcdf4-zlib.nc", "netcdf3.nc"])(
    "from %s as it is, in both formats and netCDF",
    async (name) => {
      await using lazy = await openDataset(fixtures + name);
      const before = valuesOf(digest((await lazy.compute()) as Dataset<any>));
      for (const zarrFormat of [2, 3] as const) {
        const store = new Map<string, Uint8Array>();
        await lazy.toZarr(store, { zarrFormat });
        expect(valuesOf(digest((await (await openZarr(store)).compute()) as Dataset<any>))).toEqual(before);
      }
      for (const format of ["NETCDF4", "NETCDF3_64BIT"] as const) {
        await using back = await openDataset(await lazy.toNetcdf(undefined, { format }));
        expect(valuesOf(digest((await back.compute()) as Dataset<any>))).toEqual(before);
      }
    },
  );

  test("into a group, beside what is there", async () => {
    const store = new Map<string, Uint8Array>();
    await series(0, 2).toZarr(store);
    await series(5, 2).toZarr(store, { group: "more" });
    expect(column((await (await openZarr(store)).compute()) as Dataset<any>)).toEqual([0, 1]);
    expect(column((await (await openZarr(store, { group: "more" })).compute()) as Dataset<any>)).toEqual([5, 6]);
  });

  test("nothing is overwritten unasked", async () => {
    const store = new Map<string, Uint8Array>();
    await series(0, 2).toZarr(store);
    expect(await tagOf(() => series(5, 2).toZarr(store))).toMatch(/^StoreError/);
    expect(column((await (await openZarr(store)).compute()) as Dataset<any>)).toEqual([0, 1]);
    await series(5, 3).toZarr(store, { mode: "w" });
    expect(column((await (await openZarr(store)).compute()) as Dataset<any>)).toEqual([5, 6, 7]);
  });

  test("what fails while it is written cannot be taken for a dataset", async () => {
    const store = new Map<string, Uint8Array>();
    const bad = new Dataset({ t: [["x"], [1, 40000]] } as never).chunk({ x: 1 });
    expect(await tagOf(() => bad.toZarr(store, { encoding: { t: { dtype: "int16" } } }))).toMatch(/^EncodingError: .*40000/);
    const after = await tagOf(async () => {
      const ds = await openZarr(store);
      if (ds.has("t")) await ds.compute();
    });
    expect(after === "no error" ? [...(await openZarr(store)).keys()] : []).toEqual([]);
  });
});

describe("what is there grows", () => {
  test.each([1, 2, 3, 7])("appended, in chunks of %i", async (chunk) => {
    const store = new Map<string, Uint8Array>();
    await series(0, 4).toZarr(store, {
      encoding: { t: { chunks: [chunk, 1] }, time: { chunks: [chunk], units: "hours since 1999-01-01" } },
    });
    await series(4, 3).toZarr(store, { appendDim: "time" });
    await using back = await openZarr(store);
    expect(column((await back.compute()) as Dataset<any>)).toEqual([0, 1, 2, 3, 4, 5, 6]);
    expect(back.get("time").encoding.units).toMatch(/^hours since 1999-01-01/);
    expect(back.get("time").values).toEqual((series(0, 7) as any).get("time").values);
  });

  test("appended from lazy data, to a directory, as Python reads it", async () => {
    const path = join(folder, "append.zarr");
    await series(0, 4).toZarr(path, { encoding: { t: { chunks: [3, 2] } } });
    await series(4, 5).chunk({ time: 2 }).toZarr(path, { appendDim: "time" });
    await using back = await openZarr(path);
    const loaded = (await back.compute()) as Dataset<any>;
    expect(column(loaded)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    if (hasPython) expect(inPython(path)).toEqual(digest(loaded));
  });

  test("other variables are added, and those of the same name overwritten", async () => {
    const store = new Map<string, Uint8Array>();
    await series(0, 3).toZarr(store);
    await new Dataset({ u: [["x"], [7, 8]] } as never).toZarr(store, { mode: "a" });
    await series(10, 3).toZarr(store, { mode: "a" });
    const back = (await (await openZarr(store)).compute()) as Dataset<any>;
    expect([...back.keys()].sort()).toEqual(["t", "u"]);
    expect(column(back)).toEqual([10, 11, 12]);
  });

  test("sizes that differ are refused", async () => {
    const store = new Map<string, Uint8Array>();
    await series(0, 3).toZarr(store);
    expect(await tagOf(() => series(0, 4).toZarr(store, { mode: "a" }))).toMatch(/^DimensionError: .*length 4 along "time".*3.*appendDim/);
    expect(await tagOf(() => series(0, 4).toZarr(store, { appendDim: "tmie" }))).toMatch(/^DimensionError: .*"tmie"; did you mean "time"/);
  });
});

describe("regions", () => {
  const written = async (chunk: number): Promise<Map<string, Uint8Array>> => {
    const store = new Map<string, Uint8Array>();
    await series(0, 6).toZarr(store, { encoding: { t: { chunks: [chunk, 2] }, time: { chunks: [chunk] } } });
    return store;
  };

  test("by position", async () => {
    const store = await written(2);
    const part = series(2, 2);
    await part
      .assign({ t: part.get("t").add(100) } as never)
      .dropVars("x")
      .toZarr(store, { region: { time: slice(2, 4) } });
    expect(column((await (await openZarr(store)).compute()) as Dataset<any>)).toEqual([0, 1, 102, 103, 4, 5]);
  });

  test("by label", async () => {
    const store = await written(1);
    const part = series(3, 2);
    await part.assign({ t: part.get("t").mul(0) } as never).toZarr(store, { region: "auto" });
    expect(column((await (await openZarr(store)).compute()) as Dataset<any>)).toEqual([0, 1, 2, 0, 0, 5]);
    expect(await tagOf(() => series(30, 2).toZarr(store, { region: "auto" }))).toMatch(/^ArgumentError: .*no run/);
  });

  test("within chunks only where that is said to be safe", async () => {
    const store = await written(4);
    const part = series(1, 4)
      .mul(0)
      .assignCoords({ time: series(1, 4).get("time") } as never)
      .dropVars("x");
    expect(await tagOf(() => part.toZarr(store, { region: { time: slice(1, 5) } }))).toMatch(/^EncodingError: .*ends within chunks/);
    await part.toZarr(store, { region: { time: slice(1, 5) }, safeChunks: false });
    expect(column((await (await openZarr(store)).compute()) as Dataset<any>)).toEqual([0, 0, 0, 0, 0, 5]);
  });

  test("that do not fit are refused", async () => {
    const store = await written(2);
    expect(
      await tagOf(() =>
        series(0, 3)
          .dropVars("x")
          .toZarr(store, { region: { time: slice(0, 2) } }),
      ),
    ).toMatch(/^DimensionError: .*holds 2 of 6, and the dataset has 3/);
    expect(await tagOf(() => series(0, 2).toZarr(store, { region: { time: slice(0, 2) } }))).toMatch(
      /^ArgumentError: .*leave out "x" with dropVars/,
    );
    expect(await tagOf(() => series(0, 2).toZarr(new Map(), { mode: "r+" }))).toMatch(/^ArgumentError: .*nothing/);
    expect(await tagOf(() => series(0, 2).toZarr(store, { mode: "w", region: { time: slice(0, 2) } }))).toMatch(/^ArgumentError: .*"w"/);
  });
});

test("a store is not replaced by data that are still to be read from it", async () => {
  const entries = new Map<string, Uint8Array>();
  const ds = new Dataset({ v: [["x"], [1, 2, 3]] }, { coords: { x: [10, 20, 30] } });
  await ds.toZarr(entries);
  const lazy = await openDataset(entries);
  await expect(lazy.get("v").add(1).rename("v").toDataset().toZarr(entries, { mode: "w" })).rejects.toThrow(
    /"v" is read from.*load\(\) it first/,
  );
  expect(Array.from((await (await openDataset(entries)).get("v").load()).values)).toEqual([1, 2, 3]);
  const loaded = await lazy.get("v").add(1).rename("v").toDataset().load();
  await loaded.toZarr(entries, { mode: "w" });
  expect(Array.from((await (await openDataset(entries)).get("v").load()).values)).toEqual([2, 3, 4]);
});
