/** Rolling windows against the plainest way to take them, in memory and in chunks. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataArray } from "../../../src/index.ts";

const value = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -50, max: 50 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
const grids = fc.tuple(fc.integer({ min: 1, max: 7 }), fc.integer({ min: 1, max: 9 })).chain(([rows, columns]) =>
  fc.record({
    rows: fc.constant(rows),
    columns: fc.constant(columns),
    data: fc.array(value, { minLength: rows * columns, maxLength: rows * columns }),
  }),
);
const windows = fc.record({
  y: fc.option(fc.integer({ min: 1, max: 5 }), { nil: undefined }),
  x: fc.integer({ min: 1, max: 11 }),
  center: fc.record({ x: fc.boolean(), y: fc.boolean() }),
  minPeriods: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
});
type Windows = typeof windows extends fc.Arbitrary<infer T> ? T : never;

const sum = (v: readonly number[]): number => v.reduce((a, b) => a + b, 0);
const variance = (v: readonly number[]): number => sum(v.map((x) => (x - sum(v) / v.length) ** 2)) / v.length;
const middle = (v: readonly number[]): number => {
  const s = [...v].sort((a, b) => a - b);
  return (s[Math.floor((s.length - 1) / 2)]! + s[Math.ceil((s.length - 1) / 2)]!) / 2;
};
const PLAIN: Readonly<Record<string, (valid: readonly number[]) => number>> = {
  sum,
  mean: (v) => sum(v) / v.length,
  min: (v) => Math.min(...v),
  max: (v) => Math.max(...v),
  count: (v) => v.length,
  var: variance,
  std: (v) => Math.sqrt(variance(v)),
  median: middle,
};

function reach(size: number, center: boolean): [before: number, after: number] {
  const after = center ? size - 1 - Math.floor(size / 2) : 0;
  return [size - 1 - after, after];
}

function plainly(name: string, data: readonly number[], rows: number, columns: number, w: Windows): number[] {
  const [up, down] = w.y === undefined ? [0, 0] : reach(w.y, w.center.y);
  const [left, right] = reach(w.x, w.center.x);
  const least = w.minPeriods ?? w.x * (w.y ?? 1);
  return data.map((_, i) => {
    const [r, c] = [Math.floor(i / columns), i % columns];
    const valid: number[] = [];
    for (let y = Math.max(0, r - up); y <= Math.min(rows - 1, r + down); y++)
      for (let x = Math.max(0, c - left); x <= Math.min(columns - 1, c + right); x++)
        if (!Number.isNaN(data[y * columns + x]!)) valid.push(data[y * columns + x]!);
    return valid.length < least ? Number.NaN : PLAIN[name]!(valid);
  });
}

function expectClose(actual: ArrayLike<number>, wanted: readonly number[]): void {
  expect(actual.length).toBe(wanted.length);
  wanted.forEach((v, i) => (Number.isNaN(v) ? expect(actual[i]).toBeNaN() : expect(actual[i]).toBeCloseTo(v, 9)));
}

describe("rolling windows", () => {
  for (const name of Object.keys(PLAIN)) {
    test(`${name} is what each window gives by itself`, async () => {
      await fc.assert(
        fc.asyncProperty(grids, windows, fc.integer({ min: 1, max: 4 }), async ({ rows, columns, data }, w, chunk) => {
          const da: DataArray<any, any> = new DataArray(Float64Array.from(data), { shape: [rows, columns], dims: ["y", "x"] });
          const wanted = plainly(name, data, rows, columns, w);
          const sizes = w.y === undefined ? { x: w.x } : { y: w.y, x: w.x };
          const roll = (a: any): any => a.rolling(sizes, { center: w.center, minPeriods: w.minPeriods })[name]();
          expectClose(roll(da).values, wanted);
          expectClose((await roll(da.chunk({ x: chunk, y: 2 })).compute()).values, wanted);
        }),
        { numRuns: 30 },
      );
    });
  }

  test("construct shows every window, and its reduction agrees", async () => {
    await fc.assert(
      fc.asyncProperty(grids, windows, fc.integer({ min: 1, max: 4 }), async ({ rows, columns, data }, w, chunk) => {
        const da: DataArray<any, any> = new DataArray(Float64Array.from(data), { shape: [rows, columns], dims: ["y", "x"] });
        const build = (a: any): any => a.rolling({ x: w.x }, { center: w.center }).construct("w");
        const whole = build(da);
        expect(whole.shape).toEqual([rows, columns, w.x]);
        const [left] = reach(w.x, w.center.x);
        const wanted: number[] = [];
        for (let r = 0; r < rows; r++)
          for (let c = 0; c < columns; c++)
            for (let k = 0; k < w.x; k++) {
              const at = c - left + k;
              wanted.push(at >= 0 && at < columns ? data[r * columns + at]! : Number.NaN);
            }
        expectClose(whole.values, wanted);
        expectClose((await build(da.chunk({ x: chunk, y: 1 })).compute()).values, wanted);
      }),
      { numRuns: 30 },
    );
  });
});
