import { describe, expect, it } from "vitest";
import { constantOp, constantPort } from "../../../src/array/constant.ts";
import { wholeGrid } from "../../../src/array/grid.ts";
import { LazyArray } from "../../../src/array/lazy.ts";
import { NDArray } from "../../../src/array/ndarray.ts";
import { defaultIndexes, MultiIndex, slice } from "../../../src/indexing/index.ts";
import type { DatasetParts } from "../../../src/ops/parts.ts";
import * as selecting from "../../../src/ops/selecting/index.ts";
import { Variable } from "../../../src/variable/variable.ts";
import { expectWarning } from "../../support/warnings.ts";

const range = (n: number, step = 1): NDArray =>
  new NDArray(
    Float64Array.from({ length: n }, (_, i) => i * step),
    [n],
    "float64",
  );

/** A lazy array: a node whose values nobody asked for yet. */
function lazy(array: NDArray): LazyArray {
  const { node } = constantPort(array);
  return new LazyArray({ node: { ...node, op: constantOp, grids: [wholeGrid(array.shape)] }, out: 0 });
}

function grid(
  data: NDArray | LazyArray = new NDArray(
    Float64Array.from({ length: 12 }, (_, i) => i),
    [3, 4],
    "float64",
  ),
): DatasetParts {
  const coords = new Map<string, Variable>([
    ["y", new Variable(["y"], range(3, 10))],
    ["x", new Variable(["x"], range(4))],
    ["area", new Variable(["y", "x"], data)],
  ]);
  return { vars: new Map([["v", new Variable(["y", "x"], data)]]), coords, indexes: defaultIndexes(coords), attrs: { a: 1 }, encoding: {} };
}
const values = (parts: DatasetParts, name = "v"): number[] =>
  Array.from((parts.vars.get(name) ?? parts.coords.get(name))!.values as Float64Array);

describe("isel and sel", () => {
  it("stay lazy on lazy data, and refuse lazy indexers", () => {
    const parts = grid(lazy(new NDArray(new Float64Array(12), [3, 4], "float64")));
    const part = selecting.sel(parts, { y: slice(0, 10), x: [3, 1] });
    expect([part.vars.get("v")!.array instanceof LazyArray, part.vars.get("v")!.shape]).toEqual([true, [2, 2]]);
    expect(part.coords.get("x")!.array).toBe(part.indexes.get("x")!.labels);
    expect(() => selecting.isel(parts, { x: new Variable(["p"], lazy(range(2))) })).toThrow(/indexer for dimension "x" .* is lazy: await/);
    expect(selecting.reindex(parts, { x: [1, 9] }).vars.get("v")!.array).toBeInstanceOf(LazyArray);
  });
  it("treat dimensions that are not there as told", async () => {
    expect(() => selecting.isel(grid(), { z: 0 })).toThrow(/unknown dimension "z"/);
    expect(() => selecting.sel(grid(), { xx: 0 })).toThrow(/unknown dimension or coordinate "xx"; did you mean "x"\?/);
    expect(values(selecting.isel(grid(), { z: 0, y: 0 }, { missingDims: "ignore" }))).toEqual([0, 1, 2, 3]);
    await expectWarning("missing-dims", () => selecting.sel(grid(), { z: 0 }, { missingDims: "warn" }));
  });
  it("share memory with what they select from", () => {
    const parts = grid();
    const part = selecting.isel(parts, { y: 1, x: slice(null, null, -2) });
    expect((part.vars.get("v")!.array as NDArray).data).toBe((parts.vars.get("v")!.array as NDArray).data);
    expect(values(part)).toEqual([7, 5]);
  });
  it("take several arrays' coordinates, unless they contradict one another", () => {
    const p = (labels: readonly string[], at: readonly number[]): object => {
      const coords = new Map<string, Variable>([["p", new Variable(["p"], new NDArray([...labels], [labels.length], "string"))]]);
      return {
        variable: new Variable(["p"], new NDArray(Float64Array.from(at), [at.length], "float64")),
        coords,
        indexes: defaultIndexes(coords),
        name: undefined,
      };
    };
    const both = selecting.isel(grid(), { y: p(["a", "b"], [0, 2]), x: p(["a", "b"], [3, 0]) });
    expect([values(both), both.vars.get("v")!.dims, both.coords.get("p")!.values, [...both.indexes.keys()]]).toEqual([
      [3, 8],
      ["p"],
      ["a", "b"],
      ["p"],
    ]);
    expect(() => selecting.isel(grid(), { y: p(["a", "b"], [0, 2]), x: p(["a", "c"], [3, 0]) })).toThrow(/different coordinates "p"/);
    expect(values(both, "y")).toEqual([0, 20]);
  });
});

describe("a multi-index", () => {
  const parts = (): DatasetParts => {
    const index = MultiIndex.product(
      "z",
      new Map<string, Variable>([
        ["y", new Variable(["y"], range(2, 10))],
        ["x", new Variable(["x"], range(3))],
      ]),
    );
    const coords = new Map(index.variables());
    return {
      vars: new Map([["v", new Variable(["z"], range(6))]]),
      coords,
      indexes: new Map(index.names.map((name) => [name, index])),
      attrs: {},
      encoding: {},
    };
  };
  it("takes records, rows, lists of rows, and slices", () => {
    expect(values(selecting.sel(parts(), { z: { y: 10 } }))).toEqual([3, 4, 5]);
    expect(values(selecting.sel(parts(), { z: [10, 2] }))).toEqual([5]);
    expect(
      values(
        selecting.sel(parts(), {
          z: [
            [10, 2],
            [0, 1],
          ],
        }),
      ),
    ).toEqual([5, 1]);
    expect(values(selecting.sel(parts(), { z: slice([0, 2], [10, 0]) }))).toEqual([2, 3]);
    expect(values(selecting.sel(parts(), { x: slice(1, 2) }))).toEqual([1, 2, 4, 5]);
    expect(values(selecting.sel(parts(), { y: [10], x: 1 }))).toEqual([4]);
    expect(values(selecting.sel(parts(), { z: 10 }))).toEqual([3, 4, 5]);
  });
  it("leaves the levels that are not fixed", () => {
    const one = selecting.sel(parts(), { y: 10 });
    expect([one.vars.get("v")!.dims, [...one.coords.keys()].sort(), [...one.indexes.keys()]]).toEqual([["x"], ["x", "y"], ["x"]]);
    expect([...selecting.sel(parts(), { y: 10 }, { drop: true }).coords.keys()]).toEqual(["x"]);
  });
  it("says what is wrong", () => {
    expect(() => selecting.sel(parts(), { z: [10, 2, 1] })).toThrow(/a row of 3 labels for the 2 levels \(y, x\)/);
    expect(() => selecting.sel(parts(), { z: [[10, 9]] })).toThrow(/label 9 not found in coordinate "x"/);
    expect(() => selecting.sel(parts(), { z: { w: 1 } })).toThrow(/unknown level "w"/);
    expect(() => selecting.dropIndexes(parts(), "x")).toThrow(/also stands for "z", "y"/);
    expect(() => selecting.reorderLevels(parts(), { z: ["x"] })).toThrow(/not an order of the levels/);
  });
  it("becomes plain coordinates and comes back", () => {
    const plain = selecting.resetIndex(parts(), "z");
    expect([[...plain.coords.keys()].sort(), plain.indexes.size]).toEqual([["x", "y"], 0]);
    const back = selecting.setIndex(plain, { z: ["y", "x"] });
    expect(back.indexes.get("z")!.equals(parts().indexes.get("z")!)).toBe(true);
    expect(selecting.setXindex(plain, ["y", "x"]).indexes.get("y")!.names).toEqual(["z", "y", "x"]);
  });
});
