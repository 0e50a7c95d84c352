import { describe, expect, it } from "vitest";
import type { AnyArray } from "../../src/array/index.ts";
import { asArray, binary, flatValues, median, NDArray, type ReduceName, reduce, transpose } from "../../src/array/index.ts";
import { arrayOf, expectClose, fixture, numbers, type ReductionCase, toleranceOf } from "./fixture.ts";

const inputs = fixture.reductions.inputs.map(({ x, dtype, shape }) => arrayOf(x, dtype, shape));

function run({ fn, axes, options }: ReductionCase, a: AnyArray): AnyArray {
  const { skipna, ddof, min_count: minCount } = options as { skipna?: boolean; ddof?: number; min_count?: number };
  return fn === "median" ? median(a, axes, { skipna }) : reduce(fn as ReduceName, a, axes, { skipna, ddof, minCount });
}

describe("reductions agree with xarray", () => {
  const names = [...new Set(fixture.reductions.cases.map(({ fn }) => fn))];
  it.each(names)("%s", (name) => {
    for (const c of fixture.reductions.cases) {
      if (c.fn !== name) continue;
      const input = inputs[c.input]!;
      const label = `${name} of input ${c.input} (${input.dtype}) over ${c.axes} with ${JSON.stringify(c.options)}`;
      if (c.r === null) {
        expect(() => run(c, input), label).toThrow(/All-NaN slice encountered/);
        continue;
      }
      const want = Array.isArray(c.r) ? c.r : [c.r];
      // float16 has its own sums here: accumulated in float64 and rounded once, where NumPy rounds at each step.
      const loose = input.dtype === "float16" ? 4e-3 : toleranceOf(c.dtype);
      const got = run(c, input);
      if (!(input.dtype === "float16" && name === "prod")) expect(got.dtype, label).toBe(c.dtype);
      if (input.dtype === "float16" && name === "prod") continue;
      expectClose(numbers(got), want, loose, label);
      // The same elements behind other strides give the same.
      const turned = transpose(copyOf(transpose(input, reversed(input))), reversed(input));
      expectClose(numbers(run(c, turned)), want, loose, `${label}, transposed in memory`);
    }
  });
});

const reversed = (a: AnyArray): number[] => a.shape.map((_, i) => a.shape.length - 1 - i);
function copyOf(a: AnyArray): NDArray {
  return new NDArray(flatValues(a as NDArray).slice() as Float64Array, a.shape, a.dtype as "float64");
}

describe("groups", () => {
  const a = asArray([
    [1, 2, 3, 4],
    [5, Number.NaN, 7, 8],
  ]);
  const groups = { axis: 1, codes: Int32Array.of(1, 0, 1, -1), count: 3 };

  it("reduce into a row per group, in place of the axis; nobody's positions are left out", () => {
    const sums = reduce("sum", a, [], { groups });
    expect(sums.shape).toEqual([2, 3]);
    expect(numbers(sums)).toEqual([2, 4, 0, 0, 12, 0]);
    expect(numbers(reduce("mean", a, [0], { groups }))).toEqual([2, 4, Number.NaN]);
    expect(numbers(reduce("max", a, [], { groups }))).toEqual([2, 3, Number.NaN, Number.NaN, 7, Number.NaN]);
    expect(numbers(reduce("count", a, [], { groups }))).toEqual([1, 2, 0, 0, 2, 0]);
    expect(numbers(reduce("first", a, [], { groups }))).toEqual([2, 1, Number.NaN, Number.NaN, 5, Number.NaN]);
    expect(numbers(reduce("std", a, [], { groups }))).toEqual([0, 1, Number.NaN, Number.NaN, 1, Number.NaN]);
  });

  it("have medians", () => {
    expect(numbers(median(a, [], { groups }))).toEqual([2, 2, Number.NaN, Number.NaN, 6, Number.NaN]);
  });

  it("refuse codes that do not fit", () => {
    expect(() => reduce("sum", a, [], { groups: { axis: 1, codes: Int32Array.of(0, 0), count: 1 } })).toThrow(
      /2 group codes for 4 positions/,
    );
    expect(() => reduce("sum", a, [], { groups: { axis: 1, codes: Int32Array.of(0, 0, 0, 9), count: 1 } })).toThrow(
      /code 9 is not below the 1 groups/,
    );
  });
});

describe("what has no value", () => {
  const none = new NDArray(new Float64Array(0), [0, 2], "float64");
  it("sums to 0, averages to NaN and has no extreme", () => {
    expect(numbers(reduce("sum", none, [0]))).toEqual([0, 0]);
    expect(numbers(reduce("prod", none, [0]))).toEqual([1, 1]);
    expect(numbers(reduce("mean", none, [0]))).toEqual([Number.NaN, Number.NaN]);
    expect(() => reduce("min", none, [0])).toThrow(/min of an axis of length 0 has no value/);
    expect(reduce("min", none, [1]).shape).toEqual([0]);
    expect(numbers(reduce("all", none, [0]))).toEqual([1, 1]);
    expect(numbers(reduce("any", none, [0]))).toEqual([0, 0]);
  });

  it("is an infinity among infinities", () => {
    const a = asArray([Number.POSITIVE_INFINITY, Number.NaN, Number.POSITIVE_INFINITY]);
    expect(numbers(reduce("min", a, [0]))).toEqual([Number.POSITIVE_INFINITY]);
    expect(numbers(reduce("max", binary("sub", a, a), [0]))).toEqual([Number.NaN]);
    expect(numbers(reduce("std", a, [0]))).toEqual([Number.NaN]);
  });
});

describe("times, strings, BigInts, complex numbers", () => {
  it("have means and differences, but no sum of dates", () => {
    const times = arrayOf([0, 3_600_000, "NaN"], "datetime64");
    expect([reduce("mean", times, [0]).dtype, ...numbers(reduce("mean", times, [0]))]).toEqual(["datetime64", 1_800_000]);
    expect(numbers(reduce("max", times, [0]))).toEqual([3_600_000]);
    expect(numbers(reduce("min", times, [0], { skipna: false }))).toEqual([Number.NaN]);
    expect(() => reduce("sum", times, [0])).toThrow(/sum is not defined for datetime64; dates have a mean/);
    const deltas = arrayOf([1000, 3000], "timedelta64");
    expect(numbers(reduce("sum", deltas, [0]))).toEqual([4000]);
    expect(numbers(reduce("std", deltas, [0]))).toEqual([1000]);
  });

  it("keep the precision of means of late dates", () => {
    const late = arrayOf(
      Array.from({ length: 10_001 }, (_, i) => 4e12 + i),
      "datetime64",
    );
    expect(numbers(reduce("mean", late, [0]))).toEqual([4e12 + 5000]);
  });

  it("order strings and count those that are there", () => {
    const a = asArray([
      ["b", null],
      ["a", "c"],
    ]);
    expect(flatValues(reduce("min", a, [0]) as NDArray)).toEqual(["a", "c"]);
    expect(flatValues(reduce("last", a, [1]) as NDArray)).toEqual(["b", "c"]);
    expect(numbers(reduce("count", a, [0, 1]))).toEqual([3]);
    expect(numbers(reduce("argmax", a, [0, 1]))).toEqual([3]);
    expect(() => reduce("sum", a, [0])).toThrow(/sum is not defined for string/);
  });

  it("sum BigInts exactly", () => {
    const a = asArray(BigInt64Array.of(2n ** 60n, 1n, 2n ** 60n));
    expect(flatValues(reduce("sum", a, [0]) as NDArray)[0]).toBe(2n ** 61n + 1n);
    expect(numbers(reduce("mean", a, [0]))).toEqual([2 ** 61 / 3]);
  });

  it("sum complex numbers by parts", () => {
    const a = arrayOf([1, 2, 3, 4, 5, -1], "complex128");
    expect(numbers(reduce("sum", a, [0]))).toEqual([9, 5]);
    expect(numbers(reduce("mean", a, [0]))).toEqual([3, 5 / 3]);
    expect(numbers(reduce("var", a, [0]))[0]).toBeCloseTo(8 / 3 + 38 / 9, 12);
  });
});

describe("precision", () => {
  it("sums a million float32 as if in float64", () => {
    const values = Float32Array.from({ length: 1_000_000 }, (_, i) => Math.fround(0.1 + (i % 7)));
    let exact = 0;
    for (const v of values) exact += v;
    expect(numbers(reduce("mean", asArray(values), [0]))[0]).toBe(Math.fround(exact / 1e6));
  });

  it("finds small deviations around a large mean", () => {
    const values = Float64Array.from({ length: 100_000 }, (_, i) => 1e9 + (i % 2));
    expect(numbers(reduce("var", asArray(values), [0]))[0]).toBeCloseTo(0.25, 12);
    expect(numbers(reduce("var", asArray(values, { shape: [50_000, 2] }), [0]))).toEqual([0, 0]);
  });

  it("refuses sums of 64-bit integers that are not exact", () => {
    const a = arrayOf([2 ** 53 - 1, 2], "int64");
    expect(() => reduce("sum", a, [0])).toThrow(/does not fit int64/);
  });
});
