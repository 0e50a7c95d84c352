import { describe, expect, it } from "vitest";
import {
  argsort,
  asArray,
  cumulative,
  fillAlong,
  flatValues,
  isin,
  type NDArray,
  type QuantileMethod,
  quantile,
  type RollingName,
  rank,
  rolling,
  rollingExp,
  searchsorted,
  sortAxis,
  tensordot,
  transpose,
} from "../../src/array/index.ts";
import { arrayOf, expectClose, fixture, numbers } from "./fixture.ts";

const { moving } = fixture;
const line = arrayOf(moving.x, "float64", moving.shape);
/** The same values with the axis of time last in memory. */
const turned = transpose(arrayOf(numbers(transpose(line, [1, 0])), "float64", [...moving.shape].reverse()), [1, 0]);

describe("moving windows agree with xarray", () => {
  it.each([...new Set(moving.cases.map(({ fn }) => fn))])("%s", (name) => {
    for (const { fn, window, center, least, r } of moving.cases) {
      if (fn !== name) continue;
      const options = { window, center, minCount: least ?? window };
      for (const a of [line, turned])
        expectClose(numbers(rolling(fn as RollingName, a, 0, options)), r, 1e-10, `${fn} ${JSON.stringify(options)}`);
    }
  });

  it("let an infinity go with its window", () => {
    const a = asArray([1, Number.POSITIVE_INFINITY, 2, 3, 4]);
    expect(numbers(rolling("sum", a, 0, { window: 2 }))).toEqual([Number.NaN, Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 5, 7]);
  });

  it("do not drift", () => {
    const a = asArray(Float64Array.from({ length: 2000 }, (_, i) => (i === 3 ? 1e16 : 0.1)));
    expect(numbers(rolling("mean", a, 0, { window: 5 })).at(-1)).toBeCloseTo(0.1, 15);
  });

  it("count positions from the first place of a whole window, as bottleneck", () => {
    expect(numbers(rolling("argmin", asArray([3, 1, 2, 5]), 0, { window: 3, minCount: 1 }))).toEqual([2, 2, 1, 0]);
  });
});

describe("scans agree with xarray", () => {
  it("cumulate", () => {
    expectClose(numbers(cumulative("sum", line, 0)), moving.cum.sum!, 1e-11, "cumsum");
    expectClose(numbers(cumulative("prod", turned, 0)), moving.cum.prod!, 1e-11, "cumprod");
    expectClose(numbers(cumulative("sum", line, 0, { skipna: false })), moving.cum.sumNan!, 1e-11, "cumsum without skipna");
  });

  it("fill", () => {
    expectClose(numbers(fillAlong(line, 0, "forward")), moving.fill.forward!, 0, "ffill");
    expectClose(numbers(fillAlong(turned, 0, "backward", 2)), moving.fill.backward2!, 0, "bfill");
  });

  it("forget exponentially", () => {
    const alpha = 2 / (5 + 1);
    expectClose(numbers(rollingExp("mean", line, 0, { alpha })), moving.exp.mean!, 1e-11, "exp mean");
    expectClose(numbers(rollingExp("sum", line, 0, { alpha })), moving.exp.sum!, 1e-11, "exp sum");
  });

  it("keep groups apart", () => {
    const groups = { codes: Int32Array.of(0, 1, 0, -1, 1), count: 2 };
    expect(numbers(cumulative("sum", asArray([1, 2, 3, 4, 5]), 0, { groups }))).toEqual([1, 2, 4, Number.NaN, 7]);
    expect(numbers(fillAlong(asArray([1, 2, Number.NaN, Number.NaN, Number.NaN]), 0, "forward", undefined, groups))).toEqual([
      1,
      2,
      1,
      Number.NaN,
      2,
    ]);
  });
});

describe("order", () => {
  it("ranks as xarray", () => {
    expectClose(numbers(rank(line, 0)), moving.rank.plain!, 0, "rank");
    expectClose(numbers(rank(turned, 0, { pct: true })), moving.rank.pct!, 1e-11, "rank pct");
  });

  it("sorts with missing values last, stably", () => {
    const a = asArray([3, Number.NaN, 1, 3, -0, 0]);
    expect(numbers(sortAxis(a, 0))).toEqual([-0, 0, 1, 3, 3, Number.NaN]);
    expect(numbers(argsort(a, 0))).toEqual([4, 5, 2, 0, 3, 1]);
    const long = asArray(Float64Array.from({ length: 999 }, (_, i) => (i * 7919) % 100));
    const index = numbers(argsort(long, 0));
    const values = numbers(long);
    for (let i = 1; i < 999; i++) {
      const [p, q] = [index[i - 1]!, index[i]!];
      expect(values[p]! < values[q]! || (values[p] === values[q] && p < q)).toBe(true);
    }
  });

  it("sorts strings along any axis", () => {
    const a = asArray([
      ["b", "x"],
      ["a", null],
      ["c", "a"],
    ]);
    expect(flatValues(sortAxis(a, 0) as NDArray)).toEqual(["a", "a", "b", "x", "c", null]);
    expect(numbers(argsort(a, 1))).toEqual([0, 1, 0, 1, 1, 0]);
  });

  it("finds places in a sorted array", () => {
    const sorted = asArray([1, 2, 2, 5]);
    const values = asArray([0, 2, 3, 9, Number.NaN]);
    expect(numbers(searchsorted(sorted, values))).toEqual([0, 1, 3, 4, 4]);
    expect(numbers(searchsorted(sorted, values, "right"))).toEqual([0, 3, 3, 4, 4]);
  });

  it("knows members", () => {
    expect(numbers(isin(asArray([1, 2, Number.NaN]), asArray([2, Number.NaN])))).toEqual([0, 1, 0]);
    expect(numbers(isin(asArray(["a", null, "b"]), asArray(["b", null])))).toEqual([0, 0, 1]);
  });
});

describe("quantiles agree with NumPy", () => {
  const q = Float64Array.from(fixture.quantiles.q);
  it.each([...new Set(fixture.quantiles.cases.map(({ method }) => method))])("%s", (name) => {
    for (const { x, method, r } of fixture.quantiles.cases) {
      if (method !== name) continue;
      expectClose(
        numbers(quantile(arrayOf(x, "float64"), q, [0], { method: method as QuantileMethod })),
        r,
        1e-11,
        `${method} of ${x.length}`,
      );
    }
  });

  it("pass over NaN, over several axes", () => {
    const { x, shape, r } = fixture.quantiles.nan;
    const got = quantile(arrayOf(x, "float64", shape), q, [0, 2]);
    expect(got.shape).toEqual([q.length, shape[1]]);
    expectClose(numbers(got), r, 1e-11, "nanquantile");
  });

  it("select from long lines as from short ones", () => {
    const values = Float64Array.from({ length: 5001 }, (_, i) => (i * 7919) % 5003);
    const sorted = values.slice().sort();
    const got = numbers(quantile(asArray(values), Float64Array.of(0, 0.25, 0.5, 0.9, 1), [0]));
    expect(got).toEqual([sorted[0], sorted[1250], sorted[2500], sorted[4500], sorted[5000]]);
    const many = asArray(new Float64Array(3000).fill(4));
    expect(numbers(quantile(many, Float64Array.of(0.3), [0]))).toEqual([4]);
  });

  it("refuse what is no part", () => {
    expect(() => quantile(line, Float64Array.of(1.5), [0])).toThrow(/between 0 and 1, not 1.5/);
    expect(() => quantile(line, q, [0], { method: "liner" as "linear" })).toThrow(/unknown quantile method "liner"; did you mean "linear"/);
  });
});

describe("products", () => {
  it("multiply matrices", () => {
    const a = arrayOf([1, 2, 3, 4, 5, 6], "float64", [2, 3]);
    const b = arrayOf([1, 0, 2, 1, 0, 3], "int16", [3, 2]);
    expect(numbers(tensordot(a, b, [1], [0]))).toEqual([5, 11, 14, 23]);
    expect(numbers(tensordot(a, a, [0, 1], [0, 1]))).toEqual([91]);
    expect(() => tensordot(a, a, [1], [0])).toThrow(/lengths 3 and 2 meet in a product/);
  });
});
