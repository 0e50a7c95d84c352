/** Stacking and unstacking are inverse, in memory and lazily. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataArray } from "../../../src/index.ts";

const arrays = fc
  .record({
    a: fc.integer({ min: 1, max: 4 }),
    b: fc.integer({ min: 1, max: 4 }),
    c: fc.integer({ min: 1, max: 3 }),
    seed: fc.integer({ min: 0, max: 1000 }),
  })
  .map(({ a, b, c, seed }) => {
    const labels = (n: number, step: number): number[] => Array.from({ length: n }, (_, i) => (i * step) % 7);
    const values = Float64Array.from({ length: a * b * c }, (_, i) => ((i * 7919 + seed) % 101) - 50);
    return new DataArray(values, {
      shape: [a, b, c],
      dims: ["a", "b", "c"],
      coords: { a: labels(a, 1), b: labels(b, 3), c: labels(c, 5) },
      name: "v",
    });
  });
const orders = fc.shuffledSubarray<"a" | "b" | "c">(["a", "b", "c"], { minLength: 1 });

describe("stack and unstack", () => {
  test("give back what they were given, up to the order of dimensions", () => {
    fc.assert(
      fc.property(arrays, orders, (array, dims) => {
        const back = array
          .stack({ z: dims })
          .unstack("z")
          .transpose("a", "b", "c")
          .sel({ a: array.get("a"), b: array.get("b"), c: array.get("c") });
        expect(Array.from(back.values)).toEqual(Array.from(array.values));
      }),
      { numRuns: 60 },
    );
  });

  test("are the same on chunks", async () => {
    await fc.assert(
      fc.asyncProperty(arrays, orders, async (array, dims) => {
        const eager = array.stack({ z: dims });
        const lazy = await array.chunk({ a: 2, b: 1, c: 2 }).stack({ z: dims }).compute();
        expect(lazy.equals(eager)).toBe(true);
        const again = await array.chunk({ a: 1, b: 2, c: 1 }).stack({ z: dims }).unstack("z").compute();
        expect(again.equals(eager.unstack("z"))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  test("combinations that are not there become missing", () => {
    const array = new DataArray(
      [
        [1, 2],
        [3, 4],
      ],
      { dims: ["y", "x"], coords: { y: [0, 1], x: [5, 6] } },
    );
    const part = array.stack({ z: ["y", "x"] }).isel({ z: [0, 3] });
    expect(Array.from(part.unstack("z").values)).toEqual([1, Number.NaN, Number.NaN, 4]);
    expect(Array.from(part.unstack("z", { fillValue: -1 }).values)).toEqual([1, -1, -1, 4]);
  });

  test("repeated rows cannot be unstacked", () => {
    const array = new DataArray([[1, 2]], { dims: ["y", "x"], coords: { y: [0], x: [5, 6] } });
    expect(() =>
      array
        .stack({ z: ["y", "x"] })
        .isel({ z: [0, 0] })
        .unstack("z"),
    ).toThrow(/same labels.*dropDuplicates/);
  });
});
