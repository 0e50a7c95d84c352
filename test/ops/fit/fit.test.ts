/** Fits beyond xarray's recorded cases. Expected values are NumPy's `polyfit` and plain arithmetic. */
import { expect, test } from "vitest";
import { corr, cov, cross, DataArray, Dataset, dot, polyval } from "../../../src/index.ts";

const { NaN: nan } = Number;
const close = (got: ArrayLike<number>, expected: readonly number[], digits = 9): void => {
  expect(got.length).toBe(expected.length);
  expected.forEach((v, i) => (Number.isNaN(v) ? expect(got[i]).toBeNaN() : expect(got[i]).toBeCloseTo(v, digits)));
};

test("a polynomial is found again, through gaps too, and lines without values stay missing", () => {
  const x = [0, 1, 2, 3, 4, 5];
  const line = x.map((t) => 2 * t * t - 3 * t + 1);
  const gaps = line.map((v, i) => (i === 1 || i === 4 ? nan : v));
  const da = new DataArray([line, gaps, x.map(() => nan)], { dims: ["s", "x"], coords: { x } });
  const found = da.polyfit("x", 2).get("polyfit_coefficients");
  expect(found.dims).toEqual(["degree", "s"]);
  close(found.sel({ degree: 2 }).values as Float64Array, [2, 2, nan]);
  close(found.sel({ degree: 1 }).values as Float64Array, [-3, -3, nan]);
  close(found.sel({ degree: 0 }).values as Float64Array, [1, 1, nan]);
  close(da.polyfit("x", 2, { skipna: false }).get("polyfit_coefficients").sel({ degree: 0 }).values as Float64Array, [1, nan, nan]);
  const back = polyval(da.get("x"), found.isel({ s: 1 }));
  close(back.values, line);
});

test("a lazy fit is the fit of the values", async () => {
  const da = new DataArray(
    Array.from({ length: 4 }, (_, i) => Array.from({ length: 9 }, (_, t) => Math.sin(i + t * 1.3))),
    { dims: ["s", "x"] },
  );
  const fit = await da.chunk({ s: 2, x: 4 }).polyfit("x", 3).compute();
  close(
    fit.get("polyfit_coefficients").values as Float64Array,
    [...(da.polyfit("x", 3).get("polyfit_coefficients").values as Float64Array)],
    12,
  );
});

test("weights, degrees and coordinates that do not fit are refused", () => {
  const da = new DataArray([1, 2, 3], { dims: ["x"], coords: { x: [0, 1, 2], w: ["x", [1, 2, 1]] } });
  expect(() => da.polyfit("x", -1)).toThrow(/degree of 0 or more/);
  expect(() => da.polyfit("x", 1, { w: [1, 2] })).toThrow(/2 weights for 3 values/);
  expect(() => da.polyfit("x", 1, { w: "ww" })).toThrow(/unknown coordinate "ww"/);
  expect(() => da.polyfit("x", 2, { cov: true })).toThrow(/more are needed/);
  expect(() => polyval(da, new DataArray([1, 2], { dims: ["degree"] }))).toThrow(/need a dimension "degree" with a coordinate/);
});

test("dot sums over chains of arrays, and refuses dimensions that are not there", () => {
  const a = new DataArray(
    [
      [1, 2],
      [3, 4],
    ],
    { dims: ["i", "j"] },
  );
  const b = new DataArray(
    [
      [5, 6],
      [7, 8],
    ],
    { dims: ["j", "k"] },
  );
  const c = new DataArray([1, 10], { dims: ["k"] });
  expect([...dot([a, b]).values]).toEqual([19, 22, 43, 50]);
  expect([...dot([a, b, c]).values]).toEqual([239, 543]);
  expect(dot([a, b, c], { dim: "..." }).item()).toBe(782);
  expect(() => dot([a, b], { dim: "q" })).toThrow(/unknown dimension "q"/);
  expect(() => dot([a, new DataArray([1, 2, 3], { dims: ["i"] })])).toThrow(/sizes 2 and 3/);
});

test("correlation of lines that rise and fall together is one, and pairs with a gap are left out", () => {
  const a = new DataArray([1, 2, 3, nan, 5], { dims: ["x"] });
  const b = new DataArray([10, 20, nan, 7, 50], { dims: ["x"] });
  expect(corr(a, b).item()).toBeCloseTo(1, 12);
  expect(cov(a, b, { ddof: 0 }).item()).toBeCloseTo(28.888888888888889, 12);
  expect(corr(a, b.neg()).item()).toBeCloseTo(-1, 12);
});

test("a cross product pads missing components, and refuses what has none", () => {
  const u = new DataArray([1, 2, 3], { dims: ["c"] });
  const v = new DataArray([4, 5], { dims: ["c"] });
  expect([...cross(u, v, { dim: "c" }).values]).toEqual([-15, 12, -3]);
  expect(() => cross(u, new DataArray([1], { dims: ["c"] }), { dim: "c" })).toThrow(/2 or 3 components/);
});

test("a dataset is fitted variable by variable; those without the dimension are left out", () => {
  const ds = new Dataset({ a: [["x"], [1, 3, 5]], b: [["y"], [1, 2]] }, { coords: { x: [0, 1, 2] } });
  expect([...ds.polyfit("x", 1).keys()]).toEqual(["a_polyfit_coefficients"]);
});
