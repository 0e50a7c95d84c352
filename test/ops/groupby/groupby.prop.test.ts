/** Groups against the plainest way to take them, in memory and in chunks. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataArray } from "../../../src/index.ts";

const value = fc.oneof({ weight: 4, arbitrary: fc.integer({ min: -50, max: 50 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
const cases = fc.tuple(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 4 })).chain(([n, columns]) =>
  fc.record({
    n: fc.constant(n),
    columns: fc.constant(columns),
    data: fc.array(value, { minLength: n * columns, maxLength: n * columns }),
    labels: fc
      .array(fc.oneof({ weight: 5, arbitrary: fc.integer({ min: 0, max: 3 }) }, { weight: 1, arbitrary: fc.constant(Number.NaN) }), {
        minLength: n,
        maxLength: n,
      })
      .filter((labels) => labels.some((label) => !Number.isNaN(label))),
    chunks: fc.integer({ min: 1, max: 5 }),
  }),
);

const PLAIN: Readonly<Record<string, (valid: readonly number[]) => number>> = {
  sum: (v) => v.reduce((a, b) => a + b, 0),
  mean: (v) => v.reduce((a, b) => a + b, 0) / v.length,
  min: (v) => (v.length === 0 ? Number.NaN : Math.min(...v)),
  max: (v) => (v.length === 0 ? Number.NaN : Math.max(...v)),
  count: (v) => v.length,
  first: (v) => v[0] ?? Number.NaN,
  last: (v) => v.at(-1) ?? Number.NaN,
};

describe("grouped reductions", () => {
  test.each(Object.keys(PLAIN))("%s", async (name) => {
    await fc.assert(
      fc.asyncProperty(cases, async ({ n, columns, data, labels, chunks }) => {
        const array = new DataArray(Float64Array.from(data), {
          shape: [n, columns],
          dims: ["t", "x"],
          coords: { k: [["t"], labels] },
        } as never);
        const groups = [...new Set(labels.filter((label) => !Number.isNaN(label)))].sort((a, b) => a - b);
        const expected = groups.flatMap((group) =>
          Array.from({ length: columns }, (_, x) =>
            PLAIN[name]!(
              Array.from({ length: n }, (_, t) => (labels[t] === group ? data[t * columns + x]! : Number.NaN)).filter(
                (v) => !Number.isNaN(v),
              ),
            ),
          ),
        );
        const out = (array.groupby("k") as any)[name]();
        expect([...out.get("k").values]).toEqual(groups);
        expect([...out.values].map(clean)).toEqual(expected.map(clean));
        const held = array.chunk({ t: chunks, x: 1 }).assignCoords({ k: array.get("k") } as never);
        expect([...(await (held.groupby("k") as any)[name]().compute()).values].map(clean)).toEqual(expected.map(clean));
      }),
      { numRuns: 40 },
    );
  });

  test("taking away the group's mean twice takes away nothing more", () => {
    fc.assert(
      fc.property(cases, ({ n, columns, data, labels }) => {
        const array = new DataArray(Float64Array.from(data), {
          shape: [n, columns],
          dims: ["t", "x"],
          coords: { k: [["t"], labels] },
        } as never);
        const once = array.groupby("k").sub(array.groupby("k").mean()) as DataArray;
        const twice = once.groupby("k").sub(once.groupby("k").mean()) as DataArray;
        const [a, b] = [once.values as Float64Array, twice.values as Float64Array];
        a.forEach((v, i) => (Number.isNaN(v) ? expect(b[i]).toBeNaN() : expect(b[i]).toBeCloseTo(v, 9)));
      }),
      { numRuns: 40 },
    );
  });
});

const clean = (v: number): number => (Number.isNaN(v) ? v : Math.round(v * 1e9) / 1e9 + 0);
