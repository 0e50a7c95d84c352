/** Calculus beyond xarray's recorded cases: properties that hold for any numbers. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { DataArray } from "../../../src/index.ts";

const steps = fc.array(fc.double({ min: 0.1, max: 10, noNaN: true }), { minLength: 3, maxLength: 12 });
const rising = (gaps: readonly number[]): number[] => gaps.map((_, i) => gaps.slice(0, i).reduce((a, b) => a + b, 0));

test("the derivative of a parabola is exact inside, and at the ends with edgeOrder 2", () => {
  fc.assert(
    fc.property(steps, fc.double({ min: -5, max: 5, noNaN: true }), (gaps, c) => {
      const x = rising(gaps);
      const da = new DataArray(
        x.map((t) => c * t * t - t),
        { dims: ["x"], coords: { x } },
      );
      const slope = da.differentiate("x", { edgeOrder: 2 }).values as Float64Array;
      x.forEach((t, i) => expect(Math.abs(slope[i]! - (2 * c * t - 1))).toBeLessThan(1e-7 * (1 + Math.abs(c) * x[x.length - 1]!)));
    }),
    { numRuns: 50 },
  );
});

test("the integral of a line is exact, and the end of the running one", () => {
  fc.assert(
    fc.property(steps, (gaps) => {
      const x = rising(gaps);
      const da = new DataArray([x.map((t) => 2 * t + 1), x.map(() => 3)], { dims: ["s", "x"], coords: { x } });
      const whole = da.integrate("x").values as Float64Array;
      const running = da.cumulativeIntegrate("x").isel({ x: -1 }).values as Float64Array;
      const end = x[x.length - 1]!;
      expect(whole[0]! / (end * end + end)).toBeCloseTo(1, 10);
      expect(whole[1]! / (3 * end)).toBeCloseTo(1, 10);
      running.forEach((v, i) => expect(v / whole[i]!).toBeCloseTo(1, 10));
    }),
    { numRuns: 50 },
  );
});

test("differences undo running sums, lazily too", async () => {
  const da = new DataArray(
    [
      [1, 4, 2, 8, 5],
      [3, 1, 4, 1, 5],
    ],
    { dims: ["y", "x"], coords: { x: [0, 1, 2, 3, 4] } },
  );
  expect(da.cumsum("x").diff("x").toArray()).toEqual([
    [4, 2, 8, 5],
    [1, 4, 1, 5],
  ]);
  const lazy = da.chunk({ x: 2 });
  for (const op of [
    (a: typeof da) => a.diff("x", { n: 2 }),
    (a: typeof da) => a.differentiate("x"),
    (a: typeof da) => a.integrate("x"),
    (a: typeof da) => a.cumulativeIntegrate("x"),
  ]) {
    expect((await op(lazy).compute()).toArray()).toEqual(op(da).toArray());
  }
});

test("what has no derivative is refused", () => {
  const da = new DataArray([1, 2], { dims: ["x"], coords: { s: ["x", ["a", "b"]] } });
  expect(() => da.differentiate("x", { edgeOrder: 2 })).toThrow(/needs 3 values/);
  expect(() => da.differentiate("s")).toThrow(/numbers or times are needed/);
  expect(() => da.integrate("q")).toThrow(/unknown dimension or coordinate "q"/);
  expect(() => da.differentiate("x", { datetimeUnit: "hour" as never })).toThrow(/unknown unit of time/);
  expect(() => da.diff("x", { n: -1 })).toThrow(/whole number of 0 or more/);
});
