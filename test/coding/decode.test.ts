/** What the conformance cases do not say: types of attributes, 64-bit fill values, texts, references that are wrong. */
import { describe, expect, test } from "vitest";
import { NDArray, toLazy, wholeGrid } from "../../src/array/index.ts";
import { decodeVariables, encodeVariables } from "../../src/coding/index.ts";
import { compute } from "../../src/compute/index.ts";
import type { DType } from "../../src/dtypes/types.ts";
import { isGraticuleError } from "../../src/index.ts";
import { Variable } from "../../src/variable/index.ts";
import { expectWarning } from "../support/index.ts";

const vector = (data: unknown, dtype: DType, attrs: object = {}, dims = ["x"]): Variable => {
  const n = (data as { length: number }).length;
  return new Variable(dims, new NDArray(data as never, dims.length === 1 ? [n] : [n / 2, 2], dtype), { attrs: attrs as never });
};
const decoded = (v: Variable, types: Record<string, DType> = {}, options = {}): Variable =>
  decodeVariables({ variables: new Map([["v", v]]), attrs: {}, attrTypes: new Map([["v", types]]) }, options).variables.get("v")!;

describe("dtypes of packed values", () => {
  const cases: readonly (readonly [DType, DType | undefined, DType | undefined, DType])[] = [
    ["int16", "float32", undefined, "float32"],
    ["int16", "float64", undefined, "float64"],
    ["int16", "float32", "float32", "float32"],
    ["int16", "float32", "float64", "float64"],
    ["int16", undefined, "float32", "float64"],
    ["int32", "float32", "float32", "float64"],
    ["float32", "float32", "float32", "float32"],
  ];
  test.each(cases)("%s with scale %s and offset %s is %s", (dtype, scale, offset, result) => {
    const attrs = { ...(scale ? { scale_factor: 0.5 } : {}), ...(offset ? { add_offset: 1 } : {}) };
    const types = { ...(scale ? { scale_factor: scale } : {}), ...(offset ? { add_offset: offset } : {}) };
    const data = dtype === "int16" ? Int16Array.of(1, 2) : dtype === "int32" ? Int32Array.of(1, 2) : Float32Array.of(1, 2);
    expect(decoded(vector(data, dtype, attrs), types).dtype).toBe(result);
  });

  test("attributes may be arrays of one value", () => {
    const one = new NDArray(Float32Array.of(0.5), [], "float32");
    const v = decoded(vector(Int16Array.of(1, 2), "int16", { scale_factor: one }));
    expect([v.dtype, Array.from(v.values as Float32Array), v.encoding.scale_factor]).toEqual(["float32", [0.5, 1], 0.5]);
  });
});

describe("fill values", () => {
  test("of 64-bit integers are exact", () => {
    const v = vector(BigInt64Array.of(2n ** 62n, 2n ** 62n + 1n, 5n), "bigint64", { _FillValue: 2n ** 62n });
    expect(Array.from(decoded(v).values as Float64Array)).toEqual([Number.NaN, 2 ** 62, 5]);
  });

  test("of times may be the least integer", () => {
    const v = vector(BigInt64Array.of(-(2n ** 63n), 86400n * 10n ** 9n), "bigint64", { units: "nanoseconds since 1970-01-01" });
    const out = decoded(v);
    expect([out.dtype, Array.from(out.values as Float64Array)]).toEqual(["datetime64", [Number.NaN, 86400000]]);
  });

  test("of text make it missing", () => {
    expect(decoded(vector(["a", "none"], "string", { _FillValue: "none" })).values).toEqual(["a", null]);
  });

  test("that integers cannot be are dropped", async () => {
    const v = await expectWarning("fill-value", () => decoded(vector(Int16Array.of(1, 2), "int16", { _FillValue: Number.NaN })));
    expect([v.dtype, v.encoding._FillValue]).toEqual(["int16", undefined]);
  });

  test("of single precision are compared in it", () => {
    expect(Array.from(decoded(vector(Float32Array.of(1, 1e20), "float32", { _FillValue: 1e20 })).values as Float32Array)).toEqual([
      1,
      Number.NaN,
    ]);
  });
});

describe("times", () => {
  test("before the Gregorian calendar keep theirs", () => {
    const v = vector(Float64Array.of(0, 1), "float64", { units: "days since 1500-01-01" });
    expect(decoded(v).dtype).toBe("datetime64[standard]");
    expect(decoded(vector(Float64Array.of(0, 1), "float64", { units: "days since 1600-01-01" })).dtype).toBe("datetime64");
  });

  test("that go back before it unseen are refused, not misread", async () => {
    const ends = new NDArray(Float64Array.of(40000, 40000), [2], "float64");
    const v = vector(Float64Array.of(40000, 0, 40000), "float64", { units: "days since 1500-01-01" });
    expect(decoded(v).dtype).toBe("datetime64[standard]");
    const lazy = v.replace({ array: toLazy(v.loaded, wholeGrid([3])) });
    const out = decodeVariables({ variables: new Map([["v", lazy]]), attrs: {}, ends: new Map([["v", ends]]) }).variables.get("v")!;
    expect(out.dtype).toBe("datetime64");
    await expect(compute([out.array])).rejects.toThrow(/before 1582-10-15.*useCftime/);
  });

  test("errors name the variable and the units", () => {
    try {
      decoded(vector(Int32Array.of(1), "int32", { units: "days since 2000-01-01", calendar: "lunar" }));
      expect.unreachable();
    } catch (error) {
      expect(isGraticuleError(error, "EncodingError") && error.message).toMatch(/"v".*lunar/);
    }
  });

  test("durations by their dtype alone", () => {
    const v = vector(Int32Array.of(1, 2), "int32", { units: "hours", dtype: "timedelta64[ns]" });
    expect([decoded(v).dtype, decoded(v, {}, { decodeTimes: false }).dtype, decoded(v, {}, { decodeTimedelta: false }).dtype]).toEqual([
      "timedelta64",
      "int32",
      "int32",
    ]);
  });
});

describe("text", () => {
  test("that is not in its encoding is refused", () => {
    const v = vector([Uint8Array.of(0xff, 0xfe), Uint8Array.of(65)], "bytes", { _Encoding: "utf-8" });
    expect(() => decoded(v)).toThrow(/255, 254.*no utf-8/);
  });
});

describe("references", () => {
  test("to what is not there warn", async () => {
    const v = vector(Float64Array.of(1), "float64", { bounds: "nope" });
    const out = await expectWarning("missing-reference", () => decoded(v, {}, { decodeCoords: "all" }));
    expect(out.encoding.bounds).toBeUndefined();
  });
});

describe("encoding", () => {
  const encoded = (v: Variable): Variable => encodeVariables(new Map([["v", v]])).get("v")!.variable;

  test("rounds half to even, as NumPy", () => {
    const v = vector(Float64Array.of(0.5, 1.5, 2.5, -0.5), "float64").replace({ encoding: { dtype: "int8" } });
    expect(Array.from(encoded(v).values as Int8Array)).toEqual([0, 2, 2, 0]);
  });

  test("keeps signless bytes signless", () => {
    const stored = vector(Int8Array.of(-1, 5, -128), "int8", { _Unsigned: "true" });
    const again = encoded(decoded(stored));
    expect([again.dtype, Array.from(again.values as Int8Array), again.attrs._Unsigned]).toEqual(["int8", [-1, 5, -128], "true"]);
  });

  test("times without a fill value are integers, or floats where some are missing", () => {
    const times = (...t: number[]): Variable => encoded(vector(Float64Array.from(t), "datetime64"));
    expect(times(0, 86400000).dtype).toBe("int64");
    expect([times(0, Number.NaN).dtype, times(0, Number.NaN).attrs._FillValue]).toEqual(["float64", Number.NaN]);
  });

  test("null asks for no fill value", () => {
    expect(encoded(vector(Float64Array.of(1), "float64").replace({ encoding: { _FillValue: null } })).attrs).toEqual({});
  });
});
