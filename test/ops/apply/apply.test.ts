/** Users' functions on labelled arrays. */
import { expect, test } from "vitest";
import { applyUfunc, DataArray, Dataset, mapBlocks, type NDArray } from "../../../src/index.ts";

const air = new DataArray(
  [
    [1, 2, 3],
    [4, 5, 9],
  ],
  { dims: ["y", "x"], coords: { y: [10, 20], x: [0, 1, 2] }, name: "air", attrs: { units: "K" } },
);
const range = (line: NDArray): number => {
  const values = Array.from({ length: line.shape[0]! }, (_, i) => (line.data as Float64Array)[line.offset + i * line.stride[0]!]!);
  return Math.max(...values) - Math.min(...values);
};

test("a function of lines makes one value of each, eagerly and lazily", async () => {
  const options = { inputCoreDims: [["x"]], vectorize: true, outputDtypes: ["float64"] } as const;
  const eager = applyUfunc(range, [air], options);
  expect(eager.dims).toEqual(["y"]);
  expect([...eager.values]).toEqual([2, 5]);
  expect(eager.name).toBe("air");
  expect(eager.attrs).toEqual({ units: "K" });
  expect([...eager.coords.keys()]).toEqual(["y"]);
  const lazy = applyUfunc(range, [air.chunk({ y: 1, x: 2 })], options);
  expect(lazy.isLazy).toBe(true);
  expect([...(await lazy.compute()).values]).toEqual([2, 5]);
});

test("arguments broadcast by name, and plain values join them", () => {
  const w = new DataArray([1, 10, 100], { dims: ["x"], coords: { x: [0, 1, 2] } });
  const got = applyUfunc((a: number, b: number, c: number) => a * b + c, [air, w, 1000], { vectorize: true });
  expect(got.toArray()).toEqual([
    [1001, 1020, 1300],
    [1004, 1050, 1900],
  ]);
});

test("several results, new dimensions", () => {
  const [low, pair] = applyUfunc((line: NDArray) => [range(line), [range(line), 7]], [air], {
    inputCoreDims: [["x"]],
    outputCoreDims: [[], ["two"]],
    vectorize: true,
  });
  expect([...low.values]).toEqual([2, 5]);
  expect(pair.dims).toEqual(["y", "two"]);
  expect(pair.toArray()).toEqual([
    [2, 7],
    [5, 7],
  ]);
});

test("each variable of a dataset is computed on its own; a join decides about odd ones", () => {
  const double = (a: NDArray): Float64Array => (a.data as Float64Array).map((v) => 2 * v);
  const ds = new Dataset({ a: [["x"], [1, 2]], b: [["x"], [3, 4]] });
  expect([...applyUfunc(double, [ds]).get("b").values]).toEqual([6, 8]);
  const add = (a: number, b: number): number => a + b;
  expect(() => applyUfunc(add, [ds, ds.get(["a"])], { vectorize: true })).toThrow(/not every dataset has variable "b"/);
  expect([...applyUfunc(add, [ds, ds.get(["a"])], { vectorize: true, datasetJoin: "inner" }).keys()]).toEqual(["a"]);
});

test("broken promises are named", () => {
  expect(() => applyUfunc((a: NDArray) => a, [air], { inputCoreDims: [["z"]] })).toThrow(/argument 0 lacks core dimension/);
  expect(() => applyUfunc(() => [1, 2, 3, 4], [air])).toThrow(/gave shape \(4\), where \(2, 3\) was promised/);
  expect(() => applyUfunc((a: NDArray) => a, [air], { outputCoreDims: [[], []] })).toThrow(/list of 2 results/);
  expect(() => applyUfunc((a: NDArray) => a, [1, 2])).toThrow(/at least one DataArray/);
  expect(() => applyUfunc((a: NDArray) => a, [air.chunk({ y: 1 })], { outputCoreDims: [["new"]] })).toThrow(/outputSizes/);
});

test("blocks come with their own labels", async () => {
  const seen: number[][] = [];
  const lazy = mapBlocks(
    (block) => {
      seen.push(Array.from(block.get("x").values as Float64Array));
      return block.add(block.get("x"));
    },
    air.chunk({ x: 2 }),
  );
  expect(lazy.name).toBe("air");
  expect((await lazy.compute()).toArray()).toEqual([
    [1, 3, 5],
    [4, 6, 11],
  ]);
  expect(seen.flat().every((x) => [0, 1, 2].includes(x))).toBe(true);
  const mean = mapBlocks((block) => block.mean("x"), air.chunk({ x: 2, y: 1 }), { template: air.mean("x") });
  expect([...(await mean.compute()).values]).toEqual([2, 6]);
});
