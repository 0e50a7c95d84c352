/** Weighted statistics beyond the recorded answers of xarray. */
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { DataArray, Dataset } from "../../../src/index.ts";

const number = fc.integer({ min: -20, max: 20 });
const value = fc.oneof({ weight: 4, arbitrary: number }, { weight: 1, arbitrary: fc.constant(Number.NaN) });
const cases = fc.tuple(fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 4 })).chain(([t, y, x]) =>
  fc.record({
    shape: fc.constant([t, y, x]),
    data: fc.array(value, { minLength: t * y * x, maxLength: t * y * x }),
    weights: fc.array(fc.integer({ min: 0, max: 4 }), { minLength: y, maxLength: y }),
  }),
);

type Statistic = (values: readonly (readonly [v: number, w: number])[]) => number;
const total: Statistic = (all) => all.reduce((s, [v, w]) => s + v * w, 0);
const weight: Statistic = (all) => all.reduce((s, [, w]) => s + w, 0) || Number.NaN;
const mean: Statistic = (all) => total(all) / weight(all);
const squares: Statistic = (all) => (Number.isNaN(weight(all)) ? 0 : total(all.map(([v, w]) => [(v - mean(all)) ** 2, w] as const)));
const STATISTICS: Readonly<Record<string, Statistic>> = {
  sum: total,
  sumOfWeights: weight,
  mean,
  sumOfSquares: squares,
  var: (all) => squares(all) / weight(all),
  std: (all) => Math.sqrt(squares(all) / weight(all)),
};

describe("weighted", () => {
  for (const [name, plain] of Object.entries(STATISTICS)) {
    for (const over of [["y"], ["y", "x"], ["t", "y"], ["t"]]) {
      test(`${name} over ${over.join(", ")} is what each slice gives by itself`, async () => {
        await fc.assert(
          fc.asyncProperty(cases, fc.integer({ min: 1, max: 3 }), async ({ shape, data, weights }, chunk) => {
            const da: DataArray<any, any> = new DataArray(Float64Array.from(data), { shape, dims: ["t", "y", "x"] });
            const w = new DataArray(weights, { dims: ["y"] });
            const sizes = { t: shape[0]!, y: shape[1]!, x: shape[2]! };
            const cells = new Map<string, [number, number][]>();
            data.forEach((v, i) => {
              const at = { t: Math.floor(i / (sizes.y * sizes.x)), y: Math.floor(i / sizes.x) % sizes.y, x: i % sizes.x };
              const key = Object.entries(at)
                .filter(([dim]) => !over.includes(dim))
                .map(([, k]) => k)
                .join();
              if (!cells.has(key)) cells.set(key, []);
              if (!Number.isNaN(v)) cells.get(key)!.push([v, weights[at.y]!]);
            });
            const wanted = [...cells.values()].map(plain);
            const run = (a: any): any => a.weighted(w)[name](over);
            for (const values of [
              run(da).values,
              run(da.transpose("x", "y", "t")).transpose("t", "y", "x", { missingDims: "ignore" }).values,
              (await run(da.chunk({ t: chunk, y: 2, x: 1 })).compute()).values,
            ]) {
              wanted.forEach((v, i) => (Number.isNaN(v) ? expect(values[i]).toBeNaN() : expect(values[i]).toBeCloseTo(v, 8)));
            }
          }),
          { numRuns: 12 },
        );
      });
    }
  }

  test("weights may have dimensions that the values lack", () => {
    const a = new DataArray([1, 2], { dims: ["x"] });
    const w = new DataArray(
      [
        [1, 2, 3],
        [1, 1, 1],
      ],
      { dims: ["x", "k"] },
    );
    expect([...a.weighted(w).mean("x").values]).toEqual([1.5, 4 / 3, 1.25]);
    expect([...a.weighted(w).sum("k").values]).toEqual([6, 6]);
    expect(a.weighted(w).sum().item()).toBe(12);
  });

  test("negative weights whose sum passes 0 do no harm on the way", () => {
    const a = new DataArray([1, 2, 4], { dims: ["x"] });
    const w = new DataArray([1, -1, 2], { dims: ["x"] });
    // Mean (1 - 2 + 8) / 2 = 3.5, squares 6.25 - 2.25 + 0.5.
    expect(a.weighted(w).mean().item()).toBe(3.5);
    expect(a.weighted(w).sumOfSquares().item()).toBeCloseTo(4.5, 14);
  });

  test("squares of values far from 0 keep their digits", () => {
    const a = new DataArray([1e9, 1e9 + 1, 1e9 + 2], { dims: ["x"] });
    const w = new DataArray([1, 2, 1], { dims: ["x"] });
    expect(a.weighted(w).var().item()).toBe(0.5);
  });

  test("a missing value spoils its slice without skipna, and only that", () => {
    const a = new DataArray(
      [
        [1, Number.NaN],
        [2, 3],
      ],
      { dims: ["y", "x"] },
    );
    const w = new DataArray([1, 1], { dims: ["x"] });
    for (const name of ["sum", "mean", "var"] as const) {
      const values = a.weighted(w)[name]("x", { skipna: false }).values as Float64Array;
      expect(values[0]).toBeNaN();
      expect(values[1]).not.toBeNaN();
    }
  });

  test("sums of integers stay integers and are exact or refused", () => {
    const a = new DataArray(Int32Array.of(2 ** 30, 2 ** 30), { shape: [2], dims: ["x"] });
    const sum = a.weighted(new DataArray(Int32Array.of(4, 4), { shape: [2], dims: ["x"] })).sum();
    expect([sum.dtype, sum.item()]).toEqual(["int64", 2 ** 33]);
    const weights = new DataArray([1, 1], { dims: ["x"] }).astype("int64");
    expect(
      a
        .weighted(weights.mul(2 ** 21))
        .sum()
        .item(),
    ).toBe(2 ** 52);
    expect(() => a.weighted(weights.mul(2 ** 23)).sum()).toThrow(/does not fit int64/);
  });

  test("missing weights are refused at once in memory, on computing where they are lazy", async () => {
    const a = new DataArray([1, 2], { dims: ["x"] });
    const w = new DataArray([1, Number.NaN], { dims: ["x"] });
    expect(() => a.weighted(w)).toThrow(/weights cannot be missing/);
    const lazy = a.weighted(w.chunk({ x: 1 })).mean();
    await expect(lazy.compute()).rejects.toThrow(/weights cannot be missing/);
    expect(() => a.weighted(3 as never)).toThrow(/must be a DataArray/);
  });

  test("quantiles: equal weights give plain ones; out of range is refused", () => {
    const a = new DataArray([4, 1, 3, 2, Number.NaN], { dims: ["x"] });
    const even = a.weighted(new DataArray([2, 2, 2, 2, 2], { dims: ["x"] }));
    for (const q of [0, 0.2, 0.5, 0.9, 1]) expect(even.quantile(q).item()).toBeCloseTo(a.quantile(q).item() as number, 12);
    expect(even.quantile([0.5, 0.25]).dims).toEqual(["quantile"]);
    expect(() => even.quantile(1.5)).toThrow(/between 0 and 1, not 1.5/);
    expect(() => even.mean("y" as never)).toThrow(/unknown dimension "y"/);
  });

  test("every variable of a dataset is weighted", () => {
    const ds = new Dataset({ a: [["x"], [1, 3]], b: [["y"], [10, 20]] });
    const out = ds.weighted(new DataArray([1, 3], { dims: ["x"] })).sum("x");
    expect(out.get("a").item()).toBe(10);
    expect([...out.get("b").values]).toEqual([40, 80]);
    expect(String(ds.weighted(new DataArray([1, 3], { dims: ["x"] })))).toBe("DatasetWeighted with weights along dimensions: x");
  });
});
