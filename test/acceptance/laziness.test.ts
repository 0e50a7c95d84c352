/** Nothing is read until it is needed, then only what is needed, and once. */
import { beforeEach, describe, expect, test } from "vitest";
import { compute, concat, type DataArray, type Dataset, full, openDataset, slice, where } from "../../src/index.ts";
import { assertAllclose, assertEqual } from "../../src/testing/index.ts";
import { serve } from "../stores/server.ts";
import { airDataset, airVariables, type CountingStore, countingStore, zarrMap } from "./support.ts";

const map = zarrMap(airVariables());
let store: CountingStore;
let ds: Dataset<any>;
let air: DataArray<any, any>;

beforeEach(async () => {
  store = countingStore(map);
  ds = await openDataset(store);
  air = ds.get("air");
});

const times = (count: number, chunks: number): readonly number[] => Array.from({ length: chunks }, () => count);

describe("without compute no chunk is read", () => {
  test("opening reads metadata and the coordinates of one dimension, once", () => {
    expect(
      store.reads
        .map(({ key }) => key)
        .filter((key) => key !== "/.zmetadata")
        .sort(),
    ).toEqual(["/lat/c/0", "/lon/c/0", "/time/c/0", "/zarr.json"]);
    // v2's consolidated metadata is asked for together with v3's: one round trip for either format.
  });

  const lazily: Readonly<Record<string, (a: DataArray<any, any>, d: Dataset<any>) => unknown>> = {
    printing: (a, d) => [String(d), String(a), String(d.coords)],
    describing: (a, d) => [
      d.sizes,
      d.dtypes,
      d.nbytes,
      a.shape,
      a.dtype,
      a.chunks,
      a.chunksizes,
      a.attrs,
      a.encoding,
      d.isLazy,
      d.info?.(),
    ],
    "a dictionary without data": (a) => a.toDict({ data: false }),
    selecting: (a) => [
      a.isel({ time: 3 }),
      a.sel({ lat: slice(50, 40), lon: 10 }),
      a.sel({ time: "2000-01-15" }),
      a.isel({ time: [3, 1, 2] }),
      a.head({ time: 2 }),
      a.thin({ lon: 3 }),
    ],
    reshaping: (a) => [
      a.transpose("lon", "..."),
      a.expandDims("member"),
      a.stack({ point: ["lat", "lon"] }),
      a.shift({ time: 1 }),
      a.roll({ lon: 3 }),
      a.pad({ lat: 1 }),
      a.sortby("lat"),
      a.isel({ lat: slice(null, null, -1) }),
    ],
    arithmetic: (a, d) => [
      a.add(1),
      a.sub(a.mean("time")),
      a.mul(d.get("wind")),
      a.sqrt(),
      a.gt(280),
      a.where(a.gt(280)),
      where(a.gt(280), a, 0),
      d.get("land").neg(),
      d.mul(2),
      a.clip({ min: 0, max: 1 }),
      a.astype("float64"),
      a.fillna(0),
      a.isnull(),
    ],
    reductions: (a, d) => [
      a.mean("time"),
      a.std(),
      d.max(),
      a.median("time"),
      a.quantile([0.1, 0.9], "time"),
      a.argmax("time"),
      a.cumsum("time"),
      a.count(),
    ],
    "groups and windows": (a, d) => [
      a.groupby("time.month").mean(),
      a.groupby("time.month").sub(a.groupby("time.month").mean()),
      a.resample({ time: "W" }).mean(),
      a.rolling({ time: 5 }).mean(),
      a.coarsen({ lat: 2, lon: 2 }).mean(),
      a.weighted(a.get("lat").radians().cos()).mean(["lat", "lon"]),
      d.groupby("time.season").mean(),
    ],
    combining: (a, d) => [
      concat([a, a], "member"),
      concat([a.isel({ time: slice(0, 10) }), a.isel({ time: slice(10, 20) })], "time"),
      d.assign({ speed: d.get("wind").mul(2) }),
      d.merge(a.rename("other").toDataset()),
    ],
    "interpolation and fits": (a) => [
      a.interp({ lat: [59, 51] }),
      a.reindex({ lat: [60, 50] }, { method: "nearest" }),
      a.polyfit("time", 1),
      a.diff("time"),
      a.differentiate("lat"),
    ],
  };
  test.each(Object.entries(lazily))("%s", (_name, work) => {
    const before = store.reads.length;
    work(air, ds);
    expect(store.reads.slice(before)).toEqual([]);
  });
});

describe("compute reads what it needs", () => {
  test("a selection reads the chunks it touches", async () => {
    await air.sel({ time: slice("2000-01-12", "2000-01-14"), lat: 60 }).compute();
    expect([...store.chunkReads().keys()].sort()).toEqual(["/air/c/1/0/0", "/air/c/1/0/1"]);
  });

  test("one value reads one chunk", async () => {
    const value = await air.isel({ time: 39, lat: -1, lon: 0 }).compute();
    expect([...store.chunkReads()]).toEqual([["/air/c/3/1/0", 1]]);
    expect(value.item()).toBe(airDataset().get("air").isel({ time: 39, lat: -1, lon: 0 }).item());
  });

  test("points read the chunks they lie in", async () => {
    await air.isel({ time: [0, 39], lat: 0, lon: 0 }).compute();
    expect([...store.chunkReads().keys()].sort()).toEqual(["/air/c/0/0/0", "/air/c/3/0/0"]);
  });

  test("a selection after arithmetic, a shift, a rolling mean and a concatenation reads no more than it needs", async () => {
    const first = { time: slice(0, 5) };
    await air.add(1).mul(2).isel(first).isel({ lat: 0, lon: 0 }).compute();
    expect([...store.chunkReads().keys()]).toEqual(["/air/c/0/0/0"]);
    await air.rolling({ time: 3 }).mean().isel({ time: 12, lat: 0, lon: 0 }).compute();
    expect([...store.chunkReads().keys()].sort()).toEqual(["/air/c/0/0/0", "/air/c/1/0/0"]);
    store.reads.length = 0;
    await concat([air, ds.get("wind")], "kind")
      .isel({ kind: 1, time: 0, lat: 0, lon: 0 })
      .compute();
    expect([...store.chunkReads().keys()]).toEqual(["/wind/c/0/0/0"]);
  });

  test("equal values come back whichever way they are read", async () => {
    assertEqual((await ds.compute()) as never, airDataset() as never);
  });
});

describe("each chunk is read once", () => {
  test("several results in one pass", async () => {
    const [mean, std, top] = await compute([air.mean("time"), air.std("time"), air.sub(air.mean()).max()]);
    expect([...store.chunkReads().values()]).toEqual(times(1, 16));
    const here = airDataset().get("air");
    assertAllclose(mean, here.mean("time"));
    assertAllclose(std, here.std("time"));
    assertAllclose(top, here.sub(here.mean()).max());
  });

  test("an array used many times in one expression", async () => {
    await air
      .mul(air)
      .add(air)
      .sub(air.shift({ time: 1 }))
      .sum()
      .compute();
    expect([...store.chunkReads().values()]).toEqual(times(1, 16));
  });

  test("a whole dataset, with what is derived from its variables", async () => {
    await ds
      .assign({
        scaled: air.mul(2),
        both: air.add(ds.get("wind")),
        warm: where(ds.get("land").gt(0), air, full([40, 10, 20], 0, { dims: ["time", "lat", "lon"] })),
      } as never)
      .compute();
    expect([...store.chunkReads().values()]).toEqual(times(1, 33));
  });

  test("written to Zarr", async () => {
    const target = new Map<string, Uint8Array>();
    await ds.assign({ scaled: air.mul(2), anomaly: air.sub(air.mean("time")) } as never).toZarr(target);
    expect([...store.chunkReads().values()]).toEqual(times(1, 33));
    const back = await (await openDataset(target)).compute();
    const here = airDataset();
    assertAllclose(back.get("anomaly"), here.get("air").sub(here.get("air").mean("time")).rename("anomaly"));
    expect(back.get("time").equals(here.get("time"))).toBe(true);
  });

  test("written to netCDF", async () => {
    await ds.assign({ scaled: air.mul(2) } as never).toNetcdf();
    expect([...store.chunkReads().values()]).toEqual(times(1, 33));
  });
});

describe("load and unload", () => {
  test("load fills the cell of everybody who shares it, and is not done twice", async () => {
    const other = ds.get("air");
    expect(other.isLazy).toBe(true);
    expect(() => other.values).toThrow(/load|compute/);
    await ds.load();
    expect([ds.isLazy, air.isLazy, other.isLazy]).toEqual([false, false, false]);
    expect(other.values).toBe(air.values);
    const before = store.reads.length;
    await ds.load();
    await air.mean("time").compute();
    expect(store.reads.length).toBe(before);
  });

  test("unload gives the values back, and they are read again when asked for", async () => {
    await air.load();
    expect(ds.get("air").isLazy).toBe(false);
    air.unload();
    expect([air.isLazy, ds.get("air").isLazy]).toEqual([true, true]);
    expect(() => air.values).toThrow(/load|compute/);
    store.reads.length = 0;
    await air.load();
    expect(store.chunkReads().size).toBe(16);
  });

  test("compute leaves the array as it was", async () => {
    const loaded = await air.compute();
    expect([air.isLazy, loaded.isLazy]).toEqual([true, false]);
  });
});

describe("shards", () => {
  test("an index and the inner chunks that are needed", async () => {
    const sharded = countingStore(zarrMap(airVariables([40, 10, 20], [20, 10, 20], [5, 5, 10])));
    const opened = await openDataset(sharded);
    const one = await opened.get("air").isel({ time: 3, lat: 2, lon: 15 }).compute();
    expect(one.item()).toBe(airDataset().get("air").isel({ time: 3, lat: 2, lon: 15 }).item());
    const reads = sharded.reads.filter(({ key }) => key.startsWith("/air/c/"));
    expect(reads.map(({ key }) => key)).toEqual(["/air/c/0/0/0", "/air/c/0/0/0"]);
    expect(
      reads.map(({ range }) =>
        range === undefined ? Number.POSITIVE_INFINITY : "suffixLength" in range ? range.suffixLength : range.length,
      ),
    ).toEqual([4 * 2 * 2 * 16, 5 * 5 * 10 * 4]);
    assertEqual((await opened.compute()) as never, airDataset() as never);
  });
});

describe("over HTTP", () => {
  test.each(["NETCDF3_64BIT", "NETCDF4"] as const)("%s is opened and sampled with few ranges", async (format) => {
    const big = airDataset([500, 40, 60]);
    const chunksizes = format === "NETCDF4" ? { chunksizes: [25, 40, 60] } : {};
    const bytes = await big.toNetcdf(undefined, { format, encoding: { air: chunksizes, wind: chunksizes } });
    const server = await serve(new Map([["/air.nc", bytes]]));
    let total = 0;
    server.fault = (request) => {
      const range = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "");
      total += range ? Math.min(bytes.length, Number(range[2]) + 1) - Number(range[1]) : 0;
      return false;
    };
    try {
      await using opened = await openDataset(`${server.url}air.nc`);
      const opening = server.requests.length;
      expect(opening).toBeLessThanOrEqual(3);
      const where = { time: 150, lat: 3, lon: 7 };
      const value = await opened.get("air").isel(where).compute();
      expect(value.item()).toBe(big.get("air").isel(where).item());
      expect(server.requests.length - opening).toBeLessThanOrEqual(3);
      expect(total).toBeLessThan(bytes.length / 3);
    } finally {
      await server.close();
    }
  });

  test("Zarr: one request for metadata, one for each coordinate and chunk", async () => {
    const server = await serve(new Map([...map].map(([key, bytes]) => [`/air.zarr${key}`, bytes])));
    try {
      const opened = await openDataset(`${server.url}air.zarr`);
      const opening = server.requests.length;
      expect(server.requests.filter((line) => !line.endsWith("/.zmetadata"))).toHaveLength(4);
      await opened.get("air").isel({ time: 0 }).compute();
      expect(
        server.requests
          .slice(opening)
          .map((line) => line.replace(/^GET \/air\.zarr/, ""))
          .sort(),
      ).toEqual(["/air/c/0/0/0", "/air/c/0/0/1", "/air/c/0/1/0", "/air/c/0/1/1"]);
    } finally {
      await server.close();
    }
  });
});
