/** What the recorded cases of xarray do not say about resampling. */
import { describe, expect, test } from "vitest";
import { DataArray, Dataset, groupers } from "../../../src/index.ts";

const HOUR = 3_600_000;
const at = (...hours: number[]): Date[] => hours.map((h) => new Date(h * HOUR));
const series = (): DataArray<"time"> => new DataArray([0, 12, 24], { dims: ["time"], coords: { time: at(0, 12, 24) }, name: "s" });

describe("downwards", () => {
  test("times need not rise", () => {
    const mixed = new DataArray([1, 2, 4, 8], { dims: ["time"], coords: { time: at(30, 0, 25, 1) } });
    const daily = mixed.resample({ time: "D" }).sum();
    expect([...daily.values]).toEqual([10, 5]);
  });

  test("a grouper and a frequency say the same", () => {
    const a = series().resample({ time: "D" }, { closed: "right", label: "right", offset: "3h" }).sum();
    const b = series()
      .groupby({ time: new groupers.TimeResampler({ freq: "D", closed: "right", label: "right", offset: "3h" }) })
      .sum();
    expect([...a.values]).toEqual([...b.values]);
    expect([...a.get("time").values]).toEqual([...b.get("time").values]);
  });

  test("origin may be a Date", () => {
    const out = series()
      .resample({ time: "20h" }, { origin: new Date(-4 * HOUR) })
      .count();
    expect([...out.get("time").values].map((t) => Number(t) / HOUR)).toEqual([-4, 16]);
  });

  test("spans without a value are missing, and lazy series stay lazy", async () => {
    const lazy = series().chunk({ time: 1 }).resample({ time: "6h" }).sum();
    expect(lazy.isLazy).toBe(true);
    expect([...(await lazy.compute()).values]).toEqual([0, Number.NaN, 12, Number.NaN, 24]);
  });
});

describe("upwards", () => {
  test("values come from before, after, the nearest, or between", () => {
    const up = series().resample({ time: "6h" });
    expect([...up.ffill().values]).toEqual([0, 0, 12, 12, 24]);
    expect([...up.bfill().values]).toEqual([0, 12, 12, 24, 24]);
    expect([...up.interpolate().values]).toEqual([0, 6, 12, 18, 24]);
    expect([...up.asfreq().values]).toEqual([0, Number.NaN, 12, Number.NaN, 24]);
    expect([...series().resample({ time: "5h" }).nearest({ tolerance: "2h" }).values]).toEqual([0, Number.NaN, 12, Number.NaN, Number.NaN]);
  });

  test("interpolation stays lazy, along any dimension and for datasets", async () => {
    const ds = new Dataset({
      a: new DataArray(
        [
          [0, 12],
          [10, 22],
        ],
        { dims: ["x", "time"], coords: { time: at(0, 12) } },
      ),
      fixed: [["x"], [1, 2]],
    } as never);
    const lazy = ds
      .chunk({ time: 1 })
      .resample({ time: "6h" } as never)
      .interpolate("linear");
    expect(lazy.isLazy).toBe(true);
    const out = await lazy.compute();
    expect(out.get("a" as never).toArray()).toEqual([
      [0, 6, 12],
      [10, 16, 22],
    ]);
    expect([...out.get("fixed" as never).values]).toEqual([1, 2]);
  });

  test("coordinates along the dimension are left out", () => {
    const out = series()
      .assignCoords({ z: [["time"], [1, 2, 3]] } as never)
      .resample({ time: "6h" })
      .ffill();
    expect([...out.coords.keys()]).toEqual(["time"]);
  });
});

describe("errors say what was possible", () => {
  test.each([
    [() => series().resample({}), /one dimension/],
    [() => series().resample({ tiem: "D" } as never), /unknown coordinate "tiem"; did you mean "time"/],
    [() => series().resample({ time: "month" }), /month/],
    [
      () =>
        series()
          .resample({ time: "6h" })
          .interpolate("cubicc" as never),
      /cubicc/,
    ],
    [() => series().resample({ time: "D" }, { closed: "both" as never }), /closed can be left or right/],
  ])("case %#", (run, message) => {
    expect(run).toThrowError(message);
  });
});
