import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { flatValues, NDArray } from "../../src/array/ndarray.ts";
import { allocate } from "../../src/dtypes/traits.ts";
import type { DType } from "../../src/dtypes/types.ts";
import { isGraticuleError } from "../../src/errors.ts";
import {
  describeDifference,
  LabelIndex,
  labelsFor,
  MultiIndex,
  type PositionIndexer,
  slice,
  toPositions,
} from "../../src/indexing/index.ts";
import { iselVariable } from "../../src/variable/isel.ts";
import { Variable } from "../../src/variable/variable.ts";

const fixture = JSON.parse(readFileSync(new URL("./fixtures/indexing.json", import.meta.url), "utf8"));

function labels({ dtype, data }: { dtype: string; data: readonly unknown[] }): NDArray {
  const out = allocate(dtype as DType, data.length);
  data.forEach((v, i) => ((out as unknown[])[i] = v ?? (dtype === "string" ? null : Number.NaN)));
  return new NDArray(out as never, [data.length], dtype as DType);
}
const indexOf = (a: { dtype: string; data: readonly unknown[] }): LabelIndex => new LabelIndex("x", "x", labels(a));

/** Positions as a list, a single one as a number, as pandas gives them. */
function listed(indexer: PositionIndexer): number | number[] {
  if (indexer.kind === "at") return indexer.at;
  if (indexer.kind === "take") return Array.from(indexer.positions);
  if (indexer.kind === "points") return Array.from(indexer.positions.values as Float64Array);
  return Array.from({ length: indexer.count }, (_, i) => indexer.start + i * indexer.step);
}

/** A result, or `"error"` where the library refuses with an IndexingError. */
function attempt<T>(call: () => T): T | "error" {
  try {
    return call();
  } catch (error) {
    if (isGraticuleError(error, "IndexingError")) return "error";
    throw error;
  }
}
const sel = (index: LabelIndex, label: unknown, options = {}): number | number[] | "error" =>
  attempt(() => listed(index.sel(new Map([["x", label]]), options).indexers.get("x")!));

describe.each(fixture.lookups as any[])("look-ups as pandas: $name", (c) => {
  const index = indexOf(c.index);
  const targets = indexOf({ dtype: c.index.dtype === "int64" ? "float64" : c.index.dtype, data: c.targets });

  it("knows its order", () => {
    expect([index.isUnique, index.isIncreasing, index.isDecreasing]).toEqual([c.unique, c.increasing, c.decreasing]);
  });

  it.each(["exact", "ffill", "bfill", "nearest", "within 0.3"].filter((how) => c[how]))("%s", (how) => {
    const options =
      how === "exact" ? {} : how === "within 0.3" ? { method: "nearest" as const, tolerance: 0.3 } : { method: how as "ffill" };
    expect(attempt(() => Array.from(index.positionsOf(targets, options)))).toEqual(c[how]);
  });

  it("finds single labels", () => {
    expect(c.targets.map((t: unknown) => sel(index, t))).toEqual(c.locations);
  });

  it("slices between labels, whatever their order", () => {
    for (const {
      bounds: [a, b],
      step,
      positions,
    } of c.slices) {
      // pandas gives nothing for bounds against the index, or in reverse positions of an unsorted one; here they are turned around.
      const backwards = a !== null && b !== null && a !== b && (c.decreasing ? a < b : a > b) !== (step === -1);
      if (backwards && index.lookup.monotonic) expect(sel(index, slice(a, b, step))).toEqual(sel(index, slice(b, a, step)));
      else if (index.lookup.monotonic || positions === "error")
        expect({ a, b, step, at: sel(index, slice(a, b, step)) }).toEqual({ a, b, step, at: positions });
    }
  });
});

describe.each(fixture.times as any[])("date strings as pandas: $name", (c) => {
  const index = indexOf(c.index);
  it("single", () => {
    expect(c.locations.map(([label]: [string]) => [label, sel(index, label)])).toEqual(
      c.locations.map(([label, at]: [string, unknown]) => [
        label,
        Array.isArray(at) && c.name === "backwards" && at.length === 0 ? "error" : at,
      ]),
    );
  });
  it("slices", () => {
    for (const {
      bounds: [a, b],
      positions,
    } of c.slices)
      expect(sel(index, slice(a, b))).toEqual(positions);
  });
});

describe("joins as xarray", () => {
  it.each(fixture.joins as any[])("$a.data and $b.data", ({ a, b, inner, outer }) => {
    const [x, y] = [indexOf(a), indexOf(b)];
    if (x.equals(y)) return;
    expect(Array.from(flatValues(x.join(y, "inner").labels) as Float64Array)).toEqual(inner);
    expect(Array.from(flatValues(x.join(y, "outer").labels) as Float64Array)).toEqual(outer);
  });
});

describe("rows of multi-indexes as pandas", () => {
  const multi = (rows: readonly [string, number][]): MultiIndex =>
    MultiIndex.of(
      "z",
      new Map([
        ["k", new Variable(["z"], labels({ dtype: "string", data: rows.map((r) => r[0]) }))],
        ["n", new Variable(["z"], labels({ dtype: "int64", data: rows.map((r) => r[1]) }))],
      ]),
    );
  const rowsOf = (index: MultiIndex): unknown[] => {
    const [k, n] = [index.levelLabels(0), index.levelLabels(1)].map((level) => flatValues(level) as ArrayLike<unknown>);
    return Array.from({ length: index.size }, (_, i) => [k![i], n![i]]);
  };
  it.each(fixture.rows as any[])("$a against $b", ({ a, b, positions, inner, outer }) => {
    const [x, y] = [multi(a), multi(b)];
    expect(Array.from(x.positionsOf(y, {}))).toEqual(positions);
    expect(rowsOf(x.join(y, "inner"))).toEqual(inner);
    expect(rowsOf(x.join(y, "outer"))).toEqual(outer);
    expect(x.equals(multi(a))).toBe(true);
    expect(x.equals(y)).toBe(JSON.stringify(a) === JSON.stringify(b));
    expect(rowsOf(MultiIndex.concat([x, y]))).toEqual([...a, ...b]);
    expect(rowsOf(x.compact())).toEqual(a);
    expect(rowsOf(x.roll(new Map([["z", 2]])))).toEqual([...a.slice(-2), ...a.slice(0, -2)]);
    const [k, n] = a[0];
    expect(x.sel(new Map([["z", [k, n]]]), {}).indexers.get("z")).toEqual({ kind: "at", at: 0 });
    expect(listed(x.sel(new Map<string, unknown>([["z", a.slice(0, 2)]]), {}).indexers.get("z")!)).toEqual([0, 1]);
  });
  it("joins products whose levels are not sorted in the order of labels", () => {
    const product = (y: number[], x: number[]): MultiIndex =>
      MultiIndex.product(
        "z",
        new Map(
          [
            ["y", y],
            ["x", x],
          ].map(([name, list]) => [name as string, new Variable([name as string], labels({ dtype: "int64", data: list as number[] }))]),
        ),
      );
    expect(rowsOf(product([30, 10], [1, 2]).join(product([20], [1]), "outer"))).toEqual([
      [10, 1],
      [10, 2],
      [20, 1],
      [30, 1],
      [30, 2],
    ]);
    expect(rowsOf(product([30, 10], [1, 2]).join(product([30, 10], [2, 1]), "outer"))).toEqual([
      [10, 1],
      [10, 2],
      [30, 1],
      [30, 2],
    ]);
    expect(rowsOf(product([30, 10], [1, 2]).join(product([10, 30], [1]), "inner"))).toEqual([
      [30, 1],
      [10, 1],
    ]);
  });
  it("refuses levels named as the dimension, and distances", () => {
    const x = multi([
      ["p", 1],
      ["q", 2],
    ]);
    expect(() => x.rename(new Map([["k", "z"]]), new Map())).toThrow(/name of the dimension/);
    expect(() => x.sel(new Map([["k", "p"]]), { method: "nearest" })).toThrow(/no distances/);
    expect(() =>
      x.sel(
        new Map<string, unknown>([
          ["k", "p"],
          ["n", 2],
        ]),
        {},
      ),
    ).toThrow(/no row .* k = "p", n = 2/);
    expect(flatValues(x.labels)).toEqual(["('p', 1)", "('q', 2)"]);
  });
});

describe("selecting positions of variables as xarray", () => {
  const sizes = [3, 4, 2, 3];
  const v = new Variable(
    ["a", "b", "c", "d"],
    new NDArray(
      Float64Array.from({ length: 72 }, (_, i) => i),
      sizes,
      "float64",
    ),
  );
  it.each(fixture.pointwise as any[])("$indexers", ({ indexers, dims, shape, data }) => {
    const made = new Map(
      Object.entries<any>(indexers).map(([dim, i]) => {
        const own = Array.isArray(i) && Array.isArray(i[0]);
        const at = own && i[0].length === 0 ? new NDArray(Float64Array.of(i[1]), [], "float64") : undefined;
        const values = own ? [i[1]].flat(3) : [];
        const n = own && i[0].length === 2 ? [i[1].length, i[1][0].length] : [values.length];
        const indexer = own ? new Variable(i[0], at ?? new NDArray(Float64Array.from(values), n, "float64")) : i;
        return [dim, toPositions(indexer, dim, sizes["abcd".indexOf(dim)]!)];
      }),
    );
    const out = iselVariable(v, made);
    expect([out.dims, out.shape, Array.from(out.values as Float64Array)]).toEqual([dims, shape, data]);
  });
});

describe("labels", () => {
  const lat32 = new LabelIndex("lat", "lat", new NDArray(Float32Array.of(0.1, 0.2, 0.3), [3], "float32"));
  it("of float32 coordinates are rounded to float32", () => {
    expect(lat32.sel(new Map([["lat", 0.2]]), {}).indexers.get("lat")).toEqual({ kind: "at", at: 1 });
    expect(lat32.sel(new Map([["lat", [0.3, 0.1]]]), {}).indexers.get("lat")).toEqual({ kind: "take", positions: Float64Array.of(2, 0) });
  });
  it("of times are strings, dates and milliseconds; of other calendars their own dates", () => {
    const day = 86_400_000;
    const time = new LabelIndex("x", "x", new NDArray(Float64Array.of(0, day, 2 * day), [3], "datetime64"));
    for (const label of ["1970-01-02", new Date(day), day]) expect(sel(time, label)).toBe(1);
    const feb30 = new LabelIndex("x", "x", labelsFor(["2000-02-29", "2000-02-30", "2000-03-01"], "datetime64[360_day]"));
    expect(sel(feb30, slice("2000-02-30", "2000-03"))).toEqual([1, 2]);
    expect(sel(feb30, "2000-02-30")).toEqual([1]);
    expect(() => time.sel(new Map([["x", "1970-02-30"]]), {})).toThrow(/no such date/);
  });
  it("are missing with a message that says what would help", () => {
    const x = indexOf({ dtype: "float64", data: [1, 2] });
    expect(() => x.sel(new Map([["x", 1.5]]), {})).toThrow(
      'label 1.5 not found in coordinate "x" (2 labels of dtype float64); method: "nearest" takes the closest',
    );
    expect(() => x.sel(new Map([["x", "1"]]), {})).toThrow(/label "1" not found/);
    expect(() => x.sel(new Map([["x", 1]]), { tolerance: 1 })).toThrow(/tolerance needs a method/);
    const unsorted = indexOf({ dtype: "float64", data: [3, 1, 2] });
    expect(() => unsorted.sel(new Map([["x", slice(1.5, 3)]]), {})).toThrow(/sort first with sortby\("x"\)/);
    expect(() => unsorted.sel(new Map([["x", 1.5]]), { method: "nearest" })).toThrow(/sort it first with sortby\("x"\)/);
  });
  it("that differ are told with place and distance", () => {
    const a = indexOf({ dtype: "float64", data: [1, 2, 3] });
    expect(describeDifference(a, indexOf({ dtype: "float64", data: [1, 2.5, 3.25] }))).toBe(
      "labels first differ at 1: 2 and 2.5 (2 of 3 differ, by at most 0.5)",
    );
    expect(describeDifference(a, indexOf({ dtype: "float64", data: [1, 2] }))).toBe(
      "there are 3 labels and 2; 1 only in the first, such as 3",
    );
  });
});

describe("positions", () => {
  it.each([
    [99, /position 99 is out of range for dimension "x" of length 5/],
    [-6, /position -6 is out of range/],
    [1.5, /not a whole number/],
    [[0, 7], /position 7 is out of range/],
    [[true, false], /mask of length 2 does not fit dimension "x" of length 5/],
    [["a"], /"a" at 0 is no position/],
    ["a", /"a" is no position/],
    [slice("a", "b"), /use sel for labels/],
    [slice(0, 5, 0), /step .* other than 0/],
    [new NDArray(new Float64Array(4), [2, 2], "float64"), /needs dimension names/],
  ])("refuses %j", (indexer, message) => {
    expect(() => toPositions(indexer, "x", 5)).toThrow(message as RegExp);
  });
  it("takes Python's slices", () => {
    const cases: [Parameters<typeof slice>[0], unknown, number | null, number[]][] = [
      [null, null, -1, [4, 3, 2, 1, 0]],
      [-2, null, null, [3, 4]],
      [10, null, null, []],
      [3, 0, -2, [3, 1]],
      [null, -10, -1, [4, 3, 2, 1, 0]],
      [-100, 2, null, [0, 1]],
      [1, 1, null, []],
    ];
    for (const [start, stop, step, at] of cases) expect(listed(toPositions(slice(start, stop, step), "x", 5))).toEqual(at);
  });
});
