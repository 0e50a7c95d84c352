/** What the recorded cases of xarray do not say about groups: laziness, iteration, own groupers, errors. */
import { describe, expect, test } from "vitest";
import { DataArray, Dataset, groupers, slice } from "../../../src/index.ts";

const DAY = 86_400_000;
const times = Array.from({ length: 60 }, (_, i) => new Date(Date.UTC(2001, 0, 1) + i * 12 * DAY));
const series = (): DataArray<"time" | "x"> =>
  new DataArray(
    times.map((_, i) => [i, i * i]),
    { dims: ["time", "x"], coords: { time: times, x: [10, 20] }, name: "series" },
  );
const letters = (): DataArray<"n"> =>
  new DataArray([1, 2, 3, 4, 5], {
    dims: ["n"],
    coords: { letter: [["n"], ["b", "a", "b", "a", "c"]], value: [["n"], [1, Number.NaN, 2, 1, 2]] } as never,
  });

describe("lazy groups", () => {
  test("reductions, anomalies and resampling of lazy data read nothing until computed", async () => {
    const x = series();
    const lazy = x.chunk({ time: 7 });
    const climatology = lazy.groupby("time.month").mean();
    const anomaly = lazy.groupby("time.month").sub(climatology);
    expect([climatology.isLazy, anomaly.isLazy, lazy.resample({ time: "MS" }).mean().isLazy]).toEqual([true, true, true]);
    const eager = x.groupby("time.month").sub(x.groupby("time.month").mean());
    expect((await anomaly.compute()).values).toEqual(eager.values);
  });

  test("quantiles, running sums, two dimensions and several keys stay lazy too", async () => {
    const x = series().assignCoords({ cell: [["time", "x"], times.map((_, i) => [i % 3, i % 2])] } as never);
    const lazy = x.chunk({ time: 11, x: 1 });
    const held = lazy.assignCoords({ cell: x.get("cell") } as never);
    const pairs: [DataArray, DataArray][] = [
      [lazy.groupby("time.season").quantile([0.1, 0.9]), x.groupby("time.season").quantile([0.1, 0.9])],
      [lazy.groupby("time.season").cumsum(), x.groupby("time.season").cumsum()],
      [held.groupby("cell").mean(), x.groupby("cell").mean()],
      [held.groupby(["time.year", "time.month"]).sum(), x.groupby(["time.year", "time.month"]).sum()],
    ];
    for (const [mine, eager] of pairs) {
      expect(mine.isLazy).toBe(true);
      expect(mine.dims).toEqual(eager.dims);
      expect((await mine.compute()).values).toEqual(eager.values);
    }
  });

  test("labels that are lazy must be loaded, and the error names them", () => {
    const lazy = letters().assignCoords({ letter: letters().get("letter").chunk({ n: 2 }) } as never);
    expect(() => lazy.groupby("letter")).toThrowError(/"letter".*load\(\)/);
  });

  test("a million groups of a lazy array are one operation", () => {
    const n = 1000;
    const long = new DataArray(
      Float64Array.from({ length: n }, (_, i) => i),
      { dims: ["n"], coords: { k: [["n"], Array.from({ length: n }, (_, i) => i % 500)] } as never },
    );
    const sums = long.groupby("k").sum();
    expect(sums.shape).toEqual([500]);
    expect(sums.sel({ k: 3 }).item()).toBe(3 + 503);
  });
});

describe("groups one by one", () => {
  test("iteration gives labels in order, with their members", () => {
    const seen = Array.from(letters().groupby("letter"), ([label, part]) => [label, part.toArray()]);
    expect(seen).toEqual([
      ["a", [2, 4]],
      ["b", [1, 3]],
      ["c", [5]],
    ]);
  });

  test("several keys give lists of labels, and only combinations that are there", () => {
    const gb = letters().groupby(["letter", "value"]);
    expect(Array.from(gb, ([label]) => label)).toEqual([
      ["a", 1],
      ["b", 1],
      ["b", 2],
      ["c", 2],
    ]);
    expect(gb.length).toBe(6);
  });

  test("get finds the group of a label and says which there are", () => {
    const gb = letters().groupby("letter");
    expect(gb.get("b").values).toEqual(Float64Array.of(1, 3));
    expect(() => gb.get("z")).toThrowError(/no group "z"; there are "a", "b", "c"/);
  });

  test("sizes are those of the first group", () => {
    expect(letters().groupby("letter").sizes).toEqual({ n: 2 });
    expect([...letters().groupby("letter").groups.values()].map((p) => [...p])).toEqual([[1, 3], [0, 2], [4]]);
  });

  test("map over a dataset may give arrays", () => {
    const ds = new Dataset({ a: letters() });
    const sums = ds.groupby("letter").map((group) => group.get("a").sum());
    expect(sums.dims).toEqual(["letter"]);
    expect(sums.values).toEqual(Float64Array.of(6, 4, 5));
  });

  test("a function of one's own reduces the values of every group", () => {
    const spread = series()
      .isel({ x: 0 })
      .groupby("time.year")
      .reduce((values, axes) => {
        expect(axes).toEqual([0]);
        return values.shape[0]!;
      }, "time");
    expect(spread.dims).toEqual(["year"]);
    expect([...spread.values]).toEqual([31, 29]);
  });
});

test("groups as text say what they are of", () => {
  expect(String(letters().groupby("letter"))).toMatch(/along \(n\), 3 groups>\n {4}letter: 3 groups with labels a, b, c/);
});

describe("groupers", () => {
  test("seasons may overlap: a time counts in both", () => {
    const x = series().isel({ x: 0 });
    const both = x.groupby({ time: new groupers.SeasonGrouper({ seasons: ["DJFM", "MAMJ"] }) }).count();
    const month = x.groupby("time.month").count();
    const of = (months: readonly number[]): number => months.reduce((n, m) => n + Number(month.sel({ month: m }).item()), 0);
    expect([...both.values]).toEqual([of([12, 1, 2, 3]), of([3, 4, 5, 6])]);
    expect(() => x.groupby({ time: new groupers.SeasonGrouper({ seasons: ["DJFM", "MAMJ"] }) }).cumsum()).toThrowError(/do not overlap/);
  });

  test("one's own grouper needs factorize alone", () => {
    const halves: groupers.Grouper = {
      factorize: ({ variable }) => ({
        name: "half",
        count: 2,
        codes: [Int32Array.from({ length: variable.size }, (_, i) => (i < variable.size / 2 ? 0 : 1))],
        labels: undefined,
      }),
    };
    const out = letters().groupby({ n: halves }).sum();
    expect([out.dims, [...out.values]]).toEqual([["half"], [6, 9]]);
  });

  test("bins of times have dates as edges and labels", () => {
    const x = series().isel({ x: 0 });
    const binned = x.groupbyBins("time", ["2001-01-01", "2002-01-01", "2003-01-01"], { right: false }).count();
    expect(binned.get("time_bins").values).toEqual(["[2001-01-01, 2002-01-01)", "[2002-01-01, 2003-01-01)"]);
    expect([...binned.values]).toEqual([31, 29]);
  });

  test("equal edges can be taken once", () => {
    const out = letters().groupbyBins("value", [0, 0, 1, 2], { duplicates: "drop" }).sum();
    expect(out.get("value_bins").values).toEqual(["(0, 1]", "(1, 2]"]);
    expect([...out.values]).toEqual([5, 8]);
  });

  test("dates and times of day group as well", () => {
    const hourly = new DataArray([1, 2, 3, 4], { dims: ["time"], coords: { time: [0, 6, 24, 30].map((h) => new Date(h * 3_600_000)) } });
    expect([...hourly.groupby("time.date").sum().values]).toEqual([3, 7]);
    expect([...hourly.groupby("time.time").sum().values]).toEqual([4, 6]);
  });
});

describe("rows in no group", () => {
  test("a missing label is in none: reductions and arithmetic leave it out", () => {
    const gb = letters().groupby("value");
    expect([...gb.sum().values]).toEqual([5, 8]);
    expect(gb.sub(gb.mean()).sizes).toEqual({ n: 4 });
    expect([...gb.cumsum().values]).toEqual([1, 3, 5, 8]);
  });

  test("integers of groups without a member become floats, others stay", () => {
    const ints = new DataArray(Int32Array.of(1, 2, 3), { dims: ["k"], coords: { k: [1, 2, 4] } });
    expect(ints.groupbyBins("k", [0, 2, 4]).max().dtype).toBe("int32");
    const gaps = ints.groupbyBins("k", [0, 2, 3, 4]).max();
    expect([gaps.dtype, [...gaps.values]]).toEqual(["float64", [2, Number.NaN, 3]]);
  });
});

describe("shuffleToChunks", () => {
  test("members of a group come next to each other, in one chunk", () => {
    const shuffled = letters()
      .chunk({ n: 2 })
      .assignCoords({ letter: letters().get("letter") } as never)
      .groupby("letter")
      .shuffleToChunks();
    expect(shuffled.chunks).toEqual([[2, 2, 1]]);
    expect([...letters().groupby("letter").shuffleToChunks().values]).toEqual([2, 4, 1, 3, 5]);
  });
});

describe("errors say what was possible", () => {
  const x = series();
  test.each([
    [() => x.groupby("tmie.month" as never), /unknown coordinate or dimension "tmie"; did you mean "time"/],
    [() => x.groupby("time.mnth" as never), /unknown time component "mnth"; did you mean "month"/],
    [() => x.groupby({ time: "MS" } as never), /takes a grouper for "time"/],
    [() => x.groupby(7 as never), /cannot group by 7/],
    [() => x.groupby("time.month").mean("tiem" as never), /unknown dimension "tiem"; did you mean "time"/],
    [() => x.groupby("time.month").sub(x.mean("x")), /not that of the groups, "month"/],
    [() => x.groupby("time.month").sub(1 as never), /takes a DataArray or Dataset/],
    [() => x.groupby(new DataArray([1, 2, 3], { dims: ["time"] })), /time.*60.*3|3.*60/],
    [() => x.groupbyBins("x", [5, 1]), /edges of bins must rise; 1 follows 5/],
    [() => x.groupbyBins("x", 0), /cannot make 0 bins/],
    [() => x.isel({ time: slice(0) }).groupby("time.month"), /which is empty/],
  ])("case %#", (run, message) => {
    expect(run).toThrowError(message);
  });
});
