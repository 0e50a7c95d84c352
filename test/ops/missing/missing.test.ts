/** Missing values beyond xarray's recorded cases. */
import { expect, test } from "vitest";
import { DataArray, Dataset } from "../../../src/index.ts";

const { NaN: nan } = Number;
const gaps = new DataArray(
  [
    [1, nan, 3],
    [nan, nan, 6],
  ],
  { dims: ["y", "x"], coords: { x: [0, 1, 2] } },
);

test("filling lazy data is lazy, and gives the same", async () => {
  const lazy = gaps.chunk({ x: 1, y: 1 });
  for (const op of [
    (a: DataArray<"x" | "y">) => a.fillna(0),
    (a: DataArray<"x" | "y">) => a.ffill("x"),
    (a: DataArray<"x" | "y">) => a.bfill("x", { limit: 1 }),
    (a: DataArray<"x" | "y">) => a.interpolateNa("x"),
    (a: DataArray<"x" | "y">) => a.clip({ min: 2, max: 5 }),
    (a: DataArray<"x" | "y">) => a.where(a.gt(1), -1),
  ]) {
    const result = op(lazy);
    expect(result.isLazy).toBe(true);
    expect((await result.compute()).toArray()).toEqual(op(gaps).toArray());
  }
  expect(() => lazy.dropna("x")).toThrow(/load\(\) or compute\(\) first/);
});

test("a condition may be a function of the array", () => {
  expect(gaps.where((a) => a.notnull(), 0).toArray()).toEqual([
    [1, 0, 3],
    [0, 0, 6],
  ]);
});

test("strings and bools are filled and kept", () => {
  expect(new DataArray(["a", null], { dims: ["x"] }).fillna("z").toArray()).toEqual(["a", "z"]);
  expect(new DataArray([true, false], { dims: ["x"] }).fillna(true).dtype).toBe("bool");
});

test("combining keeps labels and variables of both", () => {
  const a = new Dataset({ u: [["x"], [1, nan]], s: [["x"], ["p", "q"]] }, { coords: { x: [0, 1] } });
  const b = new Dataset({ u: [["x"], [7, 8]], w: [["x"], [5, 6]] }, { coords: { x: [1, 2] } });
  const both = a.combineFirst(b);
  expect(both.get("u").toArray()).toEqual([1, 7, 8]);
  expect(both.get("w").toArray()).toEqual([nan, 5, 6]);
  expect(both.get("s").toArray()).toEqual(["p", "q", null]);
});

test("misuse is named", () => {
  expect(() => new Dataset({ u: gaps }).fillna({ v: 1 } as never)).toThrow(/unknown variable to fill "v"/);
  expect(() => gaps.ffill("z" as never)).toThrow(/unknown dimension "z"/);
  expect(() => gaps.ffill("x", { limit: 0 })).toThrow(/limit must be/);
  expect(() => gaps.interpolateNa("x", { maxGap: "3D" })).toThrow(/is a duration/);
  expect(() => gaps.isin(new Dataset({ u: gaps }) as never)).toThrow(/a dataset is neither/);
  expect(() => gaps.fillna(new Dataset({ u: gaps }) as never)).toThrow(/choose one of its variables/);
});

test("dates may be looked for as strings", () => {
  const times = new DataArray([new Date("2000-01-01T00:00:00Z"), new Date("2000-01-02T00:00:00Z")], { dims: ["t"] });
  expect(times.isin(["2000-01-02"]).toArray()).toEqual([false, true]);
});
