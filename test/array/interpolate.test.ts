/** Interpolation along an axis, against SciPy (scripts/fixtures/interpolation.py). */
import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import {
  asArray,
  blend,
  fillGaps,
  flatValues,
  type Interpolation,
  interpolate,
  type NDArray,
  select,
  transpose,
} from "../../src/array/index.ts";

interface Line {
  readonly method: Interpolation["method"];
  readonly order: number | null;
  readonly x: number[];
  readonly y: number[];
  readonly q: number[];
  readonly expected: (number | null)[];
}
const { cases } = JSON.parse(readFileSync(new URL("../fixtures/interpolation.json", import.meta.url), "utf8")) as { cases: Line[] };
const values = (a: unknown): number[] => Array.from(flatValues(a as NDArray) as Float64Array);

describe("methods", () => {
  for (const { method, order, x, y, q, expected } of cases) {
    test(`${method} through ${x.length} points agrees with SciPy, beyond the ends too`, () => {
      const a = asArray([y, y.map((v) => -v)]);
      const got = values(
        interpolate(a, 1, Float64Array.from(x), Float64Array.from(q), { method, order: order ?? undefined, outside: "extrapolate" }),
      );
      const scale = Math.max(...expected.map((v) => Math.abs(v ?? 0)));
      expected.forEach((v, i) => {
        expect(Math.abs(got[i]! - v!), `at ${q[i]}`).toBeLessThan(1e-10 * scale);
        expect(Math.abs(got[q.length + i]! + v!), `negative at ${q[i]}`).toBeLessThan(1e-10 * scale);
      });
    });
  }
});

test("the first axis is interpolated like the last", () => {
  const a = asArray([
    [1, 10],
    [2, 20],
    [4, 40],
    [8, 80],
  ]);
  const got = interpolate(a, 0, Float64Array.of(0, 1, 2, 3), Float64Array.of(0.5, 2.5), { method: "cubic" });
  const [first, second] = [values(got)[0]!, values(got)[1]!];
  expect(second).toBeCloseTo(10 * first, 12);
});

test("places beyond the ends are missing, or what is asked for", () => {
  const a = asArray([1, 2, 3]);
  const x = Float64Array.of(0, 1, 2);
  expect(values(interpolate(a, 0, x, Float64Array.of(-1, 1, 3), { method: "linear" }))).toEqual([Number.NaN, 2, Number.NaN]);
  expect(values(interpolate(a, 0, x, Float64Array.of(-1, 1, 3), { method: "linear", outside: [-9, 9] }))).toEqual([-9, 2, 9]);
});

test("too few points, no order and unknown methods are refused", () => {
  const [a, x, q] = [asArray([1, 2, 3]), Float64Array.of(0, 1, 2), Float64Array.of(0.5)];
  expect(() => interpolate(a, 0, x, q, { method: "cubic" })).toThrow(/needs 4 points; there are 3/);
  expect(() => interpolate(a, 0, x, q, { method: "polynomial" })).toThrow(/needs an order/);
  expect(() => interpolate(a, 0, x, q, { method: "liner" as never })).toThrow(/did you mean "linear"/);
  expect(() => interpolate(asArray(["a", "b", "c"]), 0, x, q, { method: "linear" })).toThrow(/cannot be interpolated/);
});

describe("gaps", () => {
  const { NaN: nan } = Number;
  const x = Float64Array.of(0, 1, 2, 4, 8, 9);
  test("are filled up to a limit, or not at all where they are long", () => {
    const a = asArray([0, nan, nan, nan, 8, nan]);
    expect(values(fillGaps(a, 0, x, { method: "linear" }))).toEqual([0, 1, 2, 4, 8, nan]);
    expect(values(fillGaps(a, 0, x, { method: "linear", limit: 2 }))).toEqual([0, 1, 2, nan, 8, nan]);
    expect(values(fillGaps(a, 0, x, { method: "linear", maxGap: 7.5 }))).toEqual([0, nan, nan, nan, 8, nan]);
    expect(values(fillGaps(a, 0, x, { method: "nearest", outside: "extrapolate", maxGap: 1 }))).toEqual([0, nan, nan, nan, 8, 8]);
  });
  test("of a line with one value or none stay", () => {
    expect(values(fillGaps(asArray([nan, nan, 3, nan, nan, nan]), 0, x, { method: "linear" }))).toEqual([nan, nan, 3, nan, nan, nan]);
    expect(values(fillGaps(asArray([1, nan, 3, nan, nan, nan]), 0, x, { method: "cubic" }))).toEqual([1, nan, 3, nan, nan, nan]);
  });
  test("integers have none", () => {
    const a = asArray(Int32Array.of(1, 2, 3, 4, 5, 6));
    expect(fillGaps(a, 0, x, { method: "linear" })).toBe(a);
  });
});

describe("blend", () => {
  test("sums a few elements, and fills where there is none", () => {
    const a = asArray([
      [1, 2],
      [3, 4],
      [5, 6],
    ]);
    const taps = { width: 2, positions: Float64Array.of(0, 1, -1, -1, 2, 0), weights: Float64Array.of(0.5, 0.5, 0, 0, 1, 0), fill: 9 };
    expect(values(blend(a, 0, taps))).toEqual([2, 3, 9, 9, 5, 6]);
  });
  test("rows, lines and parts of other arrays give the same", () => {
    const a = asArray(
      Float64Array.from({ length: 60 }, (_, i) => Math.sin(i)),
      { shape: [3, 4, 5] },
    );
    const taps = { width: 2, positions: Float64Array.of(3, 1, -1, -1, 0, 2), weights: Float64Array.of(0.25, 0.75, 0, 0, 2, -1), fill: 7 };
    const rows = values(blend(a, 1, taps));
    expect(values(transpose(blend(transpose(a, [0, 2, 1]), 2, taps), [0, 2, 1]))).toEqual(rows);
    const part = select(a, [null, { start: 3, step: -1, count: 4 }, null]);
    const flipped = taps.positions.map((p) => (p < 0 ? p : 3 - p));
    expect(values(blend(part, 1, { ...taps, positions: flipped }))).toEqual(rows);
    expect(rows[0]).toBeCloseTo(0.25 * Math.sin(15) + 0.75 * Math.sin(5), 14);
  });
  test("a position that is not there is refused", () => {
    expect(() => blend(asArray([1, 2]), 0, { width: 1, positions: Float64Array.of(2), weights: Float64Array.of(1) })).toThrow(
      /position 2 is not on axis 0/,
    );
  });
});
