/** Interpolation beyond xarray's recorded cases. */
import { expect, test } from "vitest";
import { asArray } from "../../../src/array/create.ts";
import { DataArray, Dataset, Variable } from "../../../src/index.ts";

const plane = new DataArray(
  Array.from({ length: 5 }, (_, i) => Array.from({ length: 6 }, (_, j) => 2 * i + 3 * j + i * j)),
  { dims: ["y", "x"], coords: { y: [0, 1, 2, 3, 4], x: [0, 1, 2, 3, 4, 5] } },
);
const f = (y: number, x: number): number => 2 * y + 3 * x + x * y;

test("a bilinear field is reproduced at points and on grids, by every smooth method", () => {
  const [ys, xs] = [
    [0.5, 3.25, 2],
    [4.5, 0.1, 3.3],
  ];
  const at = { y: new DataArray(ys, { dims: ["p"] }), x: new DataArray(xs, { dims: ["p"] }) };
  for (const method of ["linear", "slinear", "cubic", "quadratic", "pchip", "akima"] as const) {
    const points = plane.interp(at, { method });
    expect(points.dims).toEqual(["p"]);
    (points.values as Float64Array).forEach((v, i) => expect(v).toBeCloseTo(f(ys[i]!, xs[i]!), 9));
    const grid = plane.interp({ y: ys, x: xs }, { method });
    expect(grid.at({ y: 1, x: 2 })).toBeCloseTo(f(3.25, 3.3), 9);
  }
});

test("places along a dimension that the variable has walk along with it", () => {
  const along = plane.interp({ x: new DataArray([0, 1.5, 2, 0.5, 5], { dims: ["y"], coords: { y: [0, 1, 2, 3, 4] } }) });
  expect(along.dims).toEqual(["y"]);
  expect([...(along.values as Float64Array)]).toEqual([f(0, 0), f(1, 1.5), f(2, 2), f(3, 0.5), f(4, 5)]);
});

test("the order of a coordinate does not matter", () => {
  const shuffled = plane.isel({ x: [3, 0, 5, 1, 4, 2], y: [4, 3, 2, 1, 0] });
  for (const method of ["linear", "nearest", "cubic"] as const) {
    const [a, b] = [plane, shuffled].map((da) => da.interp({ x: [0.2, 4.4], y: 1.7 }, { method }));
    (a!.values as Float64Array).forEach((v, i) => expect((b!.values as Float64Array)[i]).toBeCloseTo(v, 12));
  }
});

test("lazy points read only the blocks they need and give the same", async () => {
  const at = { y: new DataArray([0.5, 3.25], { dims: ["p"] }), x: new DataArray([4.5, 0.1], { dims: ["p"] }) };
  const lazy = plane.chunk({ y: 2, x: 3 });
  for (const method of ["linear", "nearest", "cubic"] as const) {
    const got = await lazy.interp(at, { method }).compute();
    expect([...(got.values as Float64Array)]).toEqual([...(plane.interp(at, { method }).values as Float64Array)]);
  }
});

test("times are interpolated between times, as values and as coordinates", () => {
  const ds = new Dataset({ when: [["x"], [new Date(0), new Date(1000)]], kind: [["x"], ["a", "b"]] }, { coords: { x: [0, 1] } });
  const got = ds.interp({ x: [0.25, 0.5] });
  expect([...(got.get("when").values as Float64Array)]).toEqual([250, 500]);
  expect([...(got.get("kind").values as string[])]).toEqual(["a", "b"]);
});

test("a dimension without coordinate counts from 0", () => {
  expect([...(new DataArray([0, 10, 20], { dims: ["x"] }).interp({ x: [0.5, 1.25] }).values as Float64Array)]).toEqual([5, 12.5]);
});

test("duplicate labels, other dtypes and unknown dimensions are refused", () => {
  const twice = plane.isel({ x: [0, 0, 1, 2, 3] });
  expect(() => twice.interp({ x: [0.5] }, { method: "cubic" })).toThrow(/has 0 twice/);
  expect(() => new DataArray(["a", "b"], { dims: ["x"] }).interp({ x: [0.5] })).toThrow(/only numbers/);
  expect(() => plane.interp({ z: [1] } as never)).toThrow(/unknown dimension "z"/);
  const series = new DataArray([1, 2], { dims: ["time"], coords: { time: [new Date(0), new Date(1000)] } });
  expect(() => series.interp({ time: new Variable(["time"], asArray([0.5])) })).toThrow(/cannot be interpolated at float64/);
});
