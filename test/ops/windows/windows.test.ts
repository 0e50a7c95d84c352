/** What windows do beyond the recorded answers of xarray: functions of one's own, iteration, views, refusals. */
import { describe, expect, test } from "vitest";
import { DataArray, Dataset, isGraticuleError } from "../../../src/index.ts";

const s = new DataArray([3, 1, Number.NaN, 1, 5, 9], {
  dims: ["x"],
  coords: { x: [10, 20, 30, 40, 50, 60] },
  name: "s",
  attrs: { units: "m" },
});
const ds = new Dataset({ s, n: [["y"], [1, 2]] }, { attrs: { title: "t" } });

const tagOf = (fn: () => unknown): string => {
  try {
    fn();
  } catch (error) {
    return isGraticuleError(error) ? `${error.tag}: ${error.message}` : String(error);
  }
  return "nothing";
};

describe("rolling", () => {
  test("iterates over labels and windows; short ones are missing", () => {
    const seen = [...s.rolling({ x: 2 }, { minPeriods: 2 })].map(([label, window]) => [label.item(), [...window.values]]);
    expect(seen).toEqual([
      [10, [Number.NaN]],
      [20, [3, 1]],
      [30, [Number.NaN, Number.NaN]],
      [40, [Number.NaN, Number.NaN]],
      [50, [1, 5]],
      [60, [5, 9]],
    ]);
    const centred = [...s.rolling({ x: 3 }, { center: true, minPeriods: 1 })].map(([, window]) => window.size);
    expect(centred).toEqual([2, 3, 3, 3, 3, 2]);
    const numbered = [...new DataArray([1, 2], { dims: ["t"] }).rolling({ t: 1 })].map(([label]) => label.item());
    expect(numbered).toEqual([0, 1]);
  });

  test("reduces by a function of one's own, of arrays and datasets", async () => {
    const range = (w: DataArray, dims: readonly string[]): DataArray => w.max(dims as string[]).sub(w.min(dims as string[])) as DataArray;
    expect([...s.rolling({ x: 2 }, { minPeriods: 1 }).reduce(range).values]).toEqual([0, 2, 0, 0, 4, 4]);
    const reduced = ds.rolling({ x: 2 }).reduce(range);
    expect([...reduced.get("s").values]).toEqual([Number.NaN, 2, Number.NaN, Number.NaN, 4, 4]);
    expect([...reduced.get("n").values]).toEqual([1, 2]);
    const lazy = s.chunk({ x: 2 }).rolling({ x: 2 }).reduce(range);
    expect(lazy.isLazy).toBe(true);
    expect([...(await lazy.compute()).values]).toEqual([Number.NaN, 2, Number.NaN, Number.NaN, 4, 4]);
    expect(lazy.name).toBe("s");
    expect([...lazy.get("x").values]).toEqual([10, 20, 30, 40, 50, 60]);
  });

  test("construct copies nothing but the padding", () => {
    const long = new DataArray(new Float64Array(1000), { shape: [1000], dims: ["t"] });
    const windows = long.rolling({ t: 365 }).construct("day");
    expect(windows.shape).toEqual([1000, 365]);
    expect(windows.data.data.length).toBe(1000 + 364);
  });

  test("takes the first of equal extremes, counted from the window's first place", () => {
    const ties = new DataArray([2, 1, 1, 1, 0], { dims: ["x"] });
    expect([...ties.rolling({ x: 3 }, { minPeriods: 1 }).argmin().values]).toEqual([2, 2, 1, 0, 2]);
    expect([...ties.rolling({ x: 3 }, { minPeriods: 1 }).argmax().values]).toEqual([2, 1, 0, 0, 0]);
  });

  test("an infinity leaves with its window", () => {
    const a = new DataArray([1, Number.POSITIVE_INFINITY, 2, 3], { dims: ["x"] });
    expect([...a.rolling({ x: 2 }).sum().values]).toEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 5]);
  });

  test("dates have extremes and counts, but no sum", () => {
    const t = new DataArray(
      ["2000-01-01", "2000-01-03", "2000-01-02"].map((d) => new Date(d)),
      { dims: ["x"] },
    );
    const day = 86_400_000;
    const start = Date.UTC(2000, 0, 1);
    expect([...t.rolling({ x: 2 }).max().values]).toEqual([Number.NaN, start + 2 * day, start + 2 * day]);
    expect([...t.rolling({ x: 2 }).count().values]).toEqual([Number.NaN, 2, 2]);
    expect(tagOf(() => t.rolling({ x: 2 }).sum())).toBe("DTypeError: rolling sum is not defined for datetime64");
  });

  test("growing windows stream, and agree with windows as long as the dimension", async () => {
    for (const name of ["sum", "mean", "count", "prod", "max", "min", "std"] as const) {
      const wanted = [...s.rolling({ x: 7 }, { minPeriods: 1 })[name]().values];
      const growing = await s.chunk({ x: 2 }).cumulative("x")[name]().compute();
      wanted.forEach((v, i) => (Number.isNaN(v) ? expect(growing.values[i]).toBeNaN() : expect(growing.values[i]).toBeCloseTo(v, 12)));
    }
    expect([...s.cumulative("x").sum().values]).toEqual([3, 4, 4, 5, 10, 19]);
  });

  test("says what it is", () => {
    expect(String(s.rolling({ x: 3 }, { center: true }))).toBe("DataArrayRolling [x->3(center)]");
    expect(String(ds.rolling({ x: 3, y: 2 }))).toBe("DatasetRolling [x->3,y->2]");
    expect(String(s.coarsen({ x: 3 }))).toBe("DataArrayCoarsen [x->3]");
  });

  test("refuses what makes no sense, saying why", () => {
    const any = s as any;
    expect(tagOf(() => any.rolling({ xx: 3 }))).toContain('DimensionError: unknown dimension "xx"; did you mean "x"?');
    expect(tagOf(() => any.rolling({ x: 2.5 }))).toBe('ArgumentError: the window along "x" must be a whole number of 1 or more, not 2.5');
    expect(tagOf(() => any.rolling({}))).toContain("ArgumentError");
    expect(tagOf(() => any.rolling({ x: 2 }, { minPeriods: -1 }))).toBe(
      "ArgumentError: minPeriods must be a whole number of 1 or more, not -1",
    );
    expect(tagOf(() => any.rolling({ x: 2 }).construct("w", { stride: 0 }))).toContain('the stride along "x"');
    expect(tagOf(() => any.rolling({ x: 2 }).construct({ y: "w" }))).toContain('"y" has no window');
    expect(tagOf(() => any.rolling({ x: 2 }).construct("x"))).toContain('DimensionError: dimension "x" is named twice');
    const grid = new DataArray(
      [
        [1, 2],
        [3, 4],
      ],
      { dims: ["y", "x"] },
    );
    expect(tagOf(() => grid.rolling({ x: 2, y: 2 }).construct("w"))).toContain("2 dimensions need");
    expect(tagOf(() => grid.rolling({ x: 2, y: 2 }).argmin())).toContain("UnsupportedError");
    expect(tagOf(() => [...grid.rolling({ x: 2, y: 2 })])).toContain("UnsupportedError");
    expect(tagOf(() => any.rollingExp({ x: 0.5 }))).toBe("ArgumentError: span must be 1 or more, not 0.5");
    expect(tagOf(() => any.rollingExp({ x: 2 }, { windowType: "spam" }))).toContain('did you mean "span"?');
  });
});

describe("rollingExp", () => {
  test("the variance of values far from 0 keeps its digits", () => {
    const far = new DataArray([1e9, 1e9 + 1, 1e9 + 2, 1e9 + 4], { dims: ["x"] });
    const near = new DataArray([0, 1, 2, 4], { dims: ["x"] });
    const [a, b] = [far, near].map((x) => x.rollingExp({ x: 3 }).var().values as Float64Array);
    expect(a![0]).toBeNaN();
    for (let i = 1; i < 4; i++) expect(a![i]).toBeCloseTo(b![i]!, 6);
  });
});

describe("coarsen", () => {
  const grid = new DataArray(
    [
      [1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10],
    ],
    {
      dims: ["y", "x"],
      coords: { x: [0, 1, 2, 3, 4], area: [["x"], [1, 2, 3, 4, 5]], y: ["a", "b"] },
    },
  );

  test("coordinates are reduced by name or by a function; only those of dimensions by a common one", () => {
    const first = (blocks: DataArray, dims: readonly string[]): DataArray =>
      blocks.isel(Object.fromEntries(dims.map((dim) => [dim, 0]))) as DataArray;
    const a = grid.coarsen({ x: 2 }, { boundary: "trim", coordFunc: first }).sum();
    expect([...a.get("x").values]).toEqual([0, 2]);
    expect([...a.get("area").values]).toEqual([1.5, 3.5]);
    const b = grid.coarsen({ x: 2 }, { boundary: "trim", coordFunc: { area: "sum" } }).sum();
    expect([...b.get("x").values]).toEqual([0.5, 2.5]);
    expect([...b.get("area").values]).toEqual([3, 7]);
    expect(b.sel({ x: 2.5 }).values).toEqual(Float64Array.of(7, 17));
  });

  test("reduces by a function of one's own", () => {
    const spread = (blocks: DataArray, dims: readonly string[]): DataArray =>
      blocks.max(dims as string[]).sub(blocks.min(dims as string[])) as DataArray;
    expect([...grid.dropVars("y").coarsen({ x: 2, y: 2 }, { boundary: "trim" }).reduce(spread).values]).toEqual([6, 6]);
    expect([...grid.toDataset({ name: "g" }).coarsen({ x: 5 }).reduce(spread).get("g").values]).toEqual([4, 4]);
  });

  test("refuses what makes no sense, saying why", () => {
    const any = grid as any;
    expect(tagOf(() => any.coarsen({ x: 2 }).sum())).toContain('dimension "x" of length 5 does not fall into blocks of 2');
    expect(tagOf(() => any.coarsen({ x: 2 }, { boundary: "trin" }))).toContain('did you mean "trim"?');
    expect(tagOf(() => any.coarsen({ x: 2 }, { side: "top" }))).toContain("ArgumentError");
    expect(tagOf(() => any.coarsen({ x: 2 }, { coordFunc: "means" }))).toContain('did you mean "mean"?');
    expect(tagOf(() => any.coarsen({ y: 2 }).mean())).toContain("DTypeError");
    expect(tagOf(() => any.coarsen({ x: 5 }).construct({ x: ["a"] }))).toContain("needs the names [blocks, inside]");
    expect(tagOf(() => any.coarsen({ x: 5 }).construct({ x: ["a", "b"], y: ["c", "d"] }))).toContain('"y" has no window');
  });
});
