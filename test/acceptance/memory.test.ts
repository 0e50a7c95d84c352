/** Datasets many times the memory budget stream under it; what cannot fit is refused before anything is read. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ledger } from "../../src/compute/index.ts";
import { arange, compute, type DataArray, type Dataset, isGraticuleError, openDataset, setOptions, zeros } from "../../src/index.ts";
import { assertAllclose } from "../../src/testing/index.ts";
import { airDataset, airVariables, arrayDocument, type CountingStore, countingStore, zarrMap } from "./support.ts";

const SHAPE = [4800, 40, 50] as const;
const BYTES = 4800 * 40 * 50 * 4;
const BUDGET = BYTES / 12;

const { air: stored, land: _, wind: __, ...coords } = airVariables(SHAPE, [20, 40, 50]);
const map = zarrMap({ air: stored!, ...coords });
const eager = airDataset(SHAPE).get("air");
let store: CountingStore;
let ds: Dataset<any>;
let air: DataArray<any, any>;
let restore: () => void;

beforeEach(async () => {
  store = countingStore(map);
  ds = await openDataset(store);
  air = ds.get("air");
  restore = setOptions({ memory: BUDGET });
  ledger.highWater = 0;
});
afterEach(() => {
  restore();
  expect([ledger.used, ledger.leases]).toEqual([0, 0]);
});

/** What a user does with a field: anomalies, their area-weighted mean, its trend. */
function analysis(field: DataArray<any, any>): { anomalies: DataArray<any, any>; regional: DataArray<any, any>; trend: Dataset<any> } {
  const anomalies = field.groupby("time.month").sub(field.groupby("time.month").mean()).rename("anomaly") as DataArray<any, any>;
  const regional = anomalies.weighted(anomalies.get("lat").radians().cos()).mean(["lat", "lon"]) as DataArray<any, any>;
  return { anomalies, regional, trend: regional.polyfit("time", 1) };
}

const refusal = async (work: () => unknown): Promise<Error> => {
  try {
    await work();
  } catch (error) {
    if (isGraticuleError(error, "MemoryLimitError")) return error;
    throw error;
  }
  throw new Error("nothing was refused");
};

describe("twelve times the budget", () => {
  test("anomalies, weighted means and a trend are as with everything in memory", async () => {
    const lazy = analysis(air);
    const [regional, trend] = await compute([lazy.regional, lazy.trend]);
    expect(ledger.highWater).toBeGreaterThan(0);
    expect(ledger.highWater).toBeLessThanOrEqual(BUDGET);
    const here = analysis(eager);
    assertAllclose(regional as never, here.regional as never, { atol: 1e-4 });
    assertAllclose(trend.get("polyfit_coefficients") as never, here.trend.get("polyfit_coefficients") as never, {
      rtol: 1e-3,
      atol: 1e-22,
    });
  });

  test("anomalies are written to Zarr, each chunk read at most twice", async () => {
    const target = new Map<string, Uint8Array>();
    await analysis(air).anomalies.toZarr(target);
    expect(ledger.highWater).toBeLessThanOrEqual(BUDGET);
    expect(Math.max(...store.chunkReads().values())).toBeLessThanOrEqual(2);
    restore();
    const back = await (await openDataset(target)).get("anomaly").compute();
    assertAllclose(back as never, analysis(eager).anomalies.astype(back.dtype) as never, { atol: 1e-4 });
  });

  test("and to netCDF on disk", async () => {
    const { mkdtemp, rm } = await import("node:fs/promises");
    const { tmpdir } = await import("node:os");
    const folder = await mkdtemp(`${tmpdir()}/graticule-memory-`);
    try {
      // Variables that are not chunked are written in pieces of a megabyte, of which a task here holds four.
      const memory = 1.5 * BUDGET;
      await analysis(air).anomalies.toNetcdf(`${folder}/anomaly.nc`, { memory });
      expect(ledger.highWater).toBeLessThanOrEqual(memory);
      restore();
      await using file = await openDataset(`${folder}/anomaly.nc`);
      const back = await file.get("anomaly").compute();
      assertAllclose(back as never, analysis(eager).anomalies.astype(back.dtype) as never, { atol: 1e-4 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  const reductions: Readonly<Record<string, (field: DataArray<any, any>) => DataArray<any, any>>> = {
    "mean over time": (field) => field.mean("time"),
    "standard deviation of everything": (field) => field.std(),
    "monthly means by resampling": (field) => field.resample({ time: "MS" }).mean().mean(["lat", "lon"]),
    "the mean of a rolling mean": (field) => field.rolling({ time: 7 }, { center: true }).mean().mean("time"),
    "a climatology by season, averaged": (field) => field.groupby("time.season").mean().mean(["lat", "lon"]),
    "the medians of times": (field) => field.median(["lat", "lon"]),
    "the greatest of a cumulative sum": (field) => field.astype("float64").cumsum("time").max(),
  };
  test.each(Object.entries(reductions))("%s", async (_name, reduce) => {
    const result = await reduce(air).compute();
    expect(ledger.highWater).toBeLessThanOrEqual(BUDGET);
    assertAllclose(result as never, reduce(eager) as never, { rtol: 1e-4 });
  });
});

describe("what cannot fit", () => {
  test("is refused before anything is read, with sizes and what to do", async () => {
    const before = store.reads.length;
    for (const work of [
      () => air.compute(),
      () => ds.load(),
      () => compute([air.mul(2), air.mean()]),
      () => air.sub(air.mean("time")).compute(),
    ]) {
      const { message } = await refusal(work);
      expect(message).toMatch(/\d(\.\d+)? [kMG]B/);
      expect(message).toMatch(/toZarr|blocks|memory/);
    }
    expect(store.reads.length).toBe(before);
    expect(air.isLazy).toBe(true);
  });

  test("is possible once there is memory for it", async () => {
    const loaded = await air.compute({ memory: 4 * BYTES });
    assertAllclose(loaded as never, eager as never);
  });

  test("arrays that no machine holds are described, sliced, and refused", async () => {
    const n = 2_000_000;
    const document = arrayDocument({ dims: ["a", "b"], shape: [n, n], chunks: [100, 100], dtype: "float64", value: () => 0 });
    const huge = (
      await openDataset(
        new Map([
          ["/zarr.json", new TextEncoder().encode(JSON.stringify({ zarr_format: 3, node_type: "group", attributes: {} }))],
          ["/x/zarr.json", new TextEncoder().encode(JSON.stringify(document))],
        ]),
      )
    ).get("x") as DataArray<any, any>;
    expect(String(huge)).toMatch(/\(a: 2000000, b: 2000000\)> Size: 32TB/);
    expect((await refusal(() => huge.compute())).message).toMatch(/32 TB/);
    expect((await refusal(() => huge.add(1).transpose("b", "a").load())).message).toMatch(/32 TB/);
    expect((await huge.add(1).isel({ a: 5, b: -1 }).compute()).item()).toBe(1);
  });

  test("in memory too: broadcasting two long arrays by mistake", async () => {
    const [a, b] = [zeros(300_000, { dims: "a" }), zeros(300_000, { dims: "b" })];
    for (const work of [
      () => a.add(b),
      () => a.broadcastLike(b).values,
      () => arange(1e11),
      () => a.broadcastLike(b).stack({ both: ["a", "b"] }),
      () => a.broadcastLike(b).toArray(),
    ]) {
      expect((await refusal(work)).message).toMatch(/GB.*(select less|chunk)|nested arrays/);
    }
  });
});
