import { describe, expect, it } from "vitest";
import { asArray, cast, decodeScaled, encodeScaled, flatValues, mapBlocks, type NDArray } from "../../src/array/index.ts";
import { arrayOf, numbers } from "../kernels/fixture.ts";

describe("cast", () => {
  it("cuts fractions, wraps small integers and takes NaN as true", () => {
    expect(numbers(cast(asArray([1.9, -1.9, 300]), "uint8"))).toEqual([1, 255, 44]);
    expect(numbers(cast(asArray([0, -0, Number.NaN]), "bool"))).toEqual([0, 0, 1]);
    expect(numbers(cast(asArray([1.9, -1.9]), "int64"))).toEqual([1, -1]);
  });

  it("refuses what integers cannot hold", () => {
    expect(() => cast(asArray([1, Number.NaN]), "int32")).toThrow(/NaN does not fit int32: integers have no NaN/);
    expect(() => cast(asArray([1e300]), "int64")).toThrow(/1e\+300 does not fit int64/);
    expect(() => cast(asArray([-1]), "uint64")).toThrow(/-1 does not fit uint64/);
  });

  it("rounds to half precision as NumPy", () => {
    // np.array([0.1, 65519, 65520, 1e-8, 2**-24 * 1.5, 2049]).astype("f2")
    expect(numbers(cast(asArray([0.1, 65519, 65520, 1e-8, 2 ** -24 * 1.5, 2049]), "float16"))).toEqual([
      0.0999755859375,
      65504,
      Number.POSITIVE_INFINITY,
      0,
      2 ** -23,
      2048,
    ]);
  });

  it("goes through text and back", () => {
    expect(flatValues(cast(asArray([1, 2.5, Number.NaN, Number.POSITIVE_INFINITY]), "string") as NDArray)).toEqual([
      "1.0",
      "2.5",
      "nan",
      "inf",
    ]);
    expect(numbers(cast(asArray(["1", " -2.5e3", "nan"]), "float64"))).toEqual([1, -2500, Number.NaN]);
    expect(() => cast(asArray(["1x"]), "int32")).toThrow(/"1x" is no number, as int32 needs/);
    const time = cast(asArray(["2000-02-30"]), "datetime64[360_day]");
    expect(flatValues(cast(time, "string") as NDArray)).toEqual(["2000-02-30T00:00:00"]);
    expect(flatValues(cast(cast(asArray(["é", null]), "bytes"), "string") as NDArray)).toEqual(["é", null]);
  });

  it("keeps BigInts exact, or says so", () => {
    expect(numbers(cast(asArray(BigInt64Array.of(5n)), "int64"))).toEqual([5]);
    expect(() => cast(asArray(BigInt64Array.of(2n ** 60n)), "int64")).toThrow(/1152921504606846976 does not fit int64 exactly/);
  });

  it("does not change the calendar of dates", () => {
    expect(() => cast(arrayOf([0], "datetime64"), "datetime64[noleap]")).toThrow(
      /cannot cast datetime64 to datetime64\[noleap\]; use convertCalendar/,
    );
  });
});

describe("packing", () => {
  const raw = arrayOf([-32768, 0, 100, 7], "int16");
  const options = { fills: [-32768, 7], scale: 0.1, offset: 20 };

  it("unpacks in single precision as xarray does, step by step", () => {
    // (np.array([0, 100], "i2").astype("f4") * np.float64(0.1)).astype("f4") + 20
    const got = decodeScaled(raw, { ...options, dtype: "float32" });
    expect([got.dtype, ...numbers(got)]).toEqual(["float32", Number.NaN, 20, 30, Number.NaN]);
  });

  it("compares 64-bit fill values before they become floats", () => {
    const big = asArray(BigInt64Array.of(-(2n ** 63n), -(2n ** 63n) + 1n, 4n));
    expect(numbers(decodeScaled(big, { fills: [-(2n ** 63n)], dtype: "float64" }))).toEqual([Number.NaN, -(2 ** 63), 4]);
  });

  it("packs to the nearest even number and back", () => {
    const values = asArray([20.05, 20.25, Number.NaN, 30]);
    const packed = encodeScaled(values, { fills: [-1], scale: 0.1, offset: 20, dtype: "int16" });
    expect(numbers(packed)).toEqual([1, 2, -1, 100]);
  });

  it("refuses values that do not fit, and missing ones without a fill value", () => {
    expect(() => encodeScaled(asArray([1e9]), { dtype: "int16" })).toThrow(
      /cannot pack 1000000000.*does not fit int16, which holds -32768 to 32767/,
    );
    expect(() => encodeScaled(asArray([Number.NaN]), { dtype: "int16" })).toThrow(/int16 has no missing value; give a _FillValue/);
  });
});

describe("functions of blocks", () => {
  it("keep their promises", () => {
    const a = asArray([1, 2]);
    const promise = { inputs: [[0]], outputs: [{ shape: [2], dtype: "float64" as const, axes: [0] }] };
    expect(() => mapBlocks([a], { ...promise, fn: () => [asArray([1])] })).toThrow(
      /gave shape \(1\) for output 0, where \(2\) was promised/,
    );
    expect(() => mapBlocks([a], { ...promise, fn: () => [asArray(["a", "b"])] })).toThrow(
      /gave string for output 0, where float64 was promised/,
    );
    expect(() => mapBlocks([a], { ...promise, fn: () => [] })).toThrow(/gave no output 0/);
  });
});
