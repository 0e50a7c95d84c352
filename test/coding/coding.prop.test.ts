/** Decoding undoes encoding, for any values and encodings that fit them, in memory and lazily. */
import fc from "fast-check";
import { beforeEach, expect, test } from "vitest";
import { inMemory, NDArray, regularAxis, toLazy } from "../../src/array/index.ts";
import { decodeVariables, encodeVariables } from "../../src/coding/index.ts";
import { compute } from "../../src/compute/index.ts";
import type { DType } from "../../src/dtypes/types.ts";
import { setOptions } from "../../src/index.ts";
import { Variable } from "../../src/variable/index.ts";

beforeEach(() => {
  setOptions({ onWarning: () => {} });
});

const roundTrip = async (v: Variable, chunk: number | undefined): Promise<{ dtype: DType; values: unknown[] }> => {
  const encoded = encodeVariables(new Map([["v", v]])).get("v")!;
  let stored = encoded.variable;
  if (chunk !== undefined)
    stored = stored.replace({
      array: toLazy(
        stored.loaded,
        stored.shape.map((n, i) => regularAxis(n, i === 0 ? chunk : Math.max(1, n))),
      ),
    });
  const ends =
    inMemory(stored.array) || stored.size === 0
      ? undefined
      : new Map([["v", new NDArray((encoded.variable.values as Float64Array).slice(0, 1), [1], stored.dtype)]]);
  const back = decodeVariables({
    variables: new Map([["v", stored]]),
    attrs: {},
    attrTypes: new Map([["v", encoded.attrTypes]]),
    ends,
  }).variables.get("v")!;
  const [values] = await compute([back.array]);
  return { dtype: back.dtype, values: Array.from(new Variable(back.dims, values!).values as ArrayLike<unknown>) };
};
const chunks = fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined });
const vector = (data: unknown, dtype: DType, encoding: object = {}): Variable =>
  new Variable(["x"], new NDArray(data as never, [(data as { length: number }).length], dtype), { encoding: encoding as never });

test("packed integers", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.option(fc.integer({ min: -32000, max: 32000 })), { minLength: 1 }),
      fc.constantFrom(0.5, 0.25, 2, 1),
      fc.constantFrom(0, 100, -7.5),
      chunks,
      async (ints, scale, offset, chunk) => {
        const values = ints.map((i) => (i === null ? Number.NaN : i * scale + offset));
        const out = await roundTrip(
          vector(Float64Array.from(values), "float64", { dtype: "int16", scale_factor: scale, add_offset: offset, _FillValue: -32768 }),
          chunk,
        );
        expect(out).toEqual({ dtype: "float64", values });
      },
    ),
    { numRuns: 60 },
  ));

test("times of every calendar, to the microsecond", () =>
  fc.assert(
    fc.asyncProperty(
      fc.constantFrom<DType>("datetime64", "datetime64[noleap]", "datetime64[360_day]", "datetime64[julian]", "datetime64[all_leap]"),
      fc.array(fc.integer({ min: -1e15, max: 1e15 }), { minLength: 1 }),
      chunks,
      async (dtype, micros, chunk) => {
        const values = micros.map((us) => us / 1000);
        expect(await roundTrip(vector(Float64Array.from(values), dtype), chunk)).toEqual({ dtype, values });
      },
    ),
    { numRuns: 60 },
  ));

test("durations and booleans", () =>
  fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: -1e14, max: 1e14 }), { minLength: 1 }), chunks, async (ms, chunk) => {
      expect(await roundTrip(vector(Float64Array.from(ms), "timedelta64"), chunk)).toEqual({
        dtype: "timedelta64",
        values: ms.map((v) => v + 0),
      });
      const bools = ms.map((v) => (v > 0 ? 1 : 0));
      expect(await roundTrip(vector(Uint8Array.from(bools), "bool"), chunk)).toEqual({ dtype: "bool", values: bools });
    }),
    { numRuns: 40 },
  ));

test("text as characters", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(
        fc.string({ unit: "grapheme" }).filter((s) => !s.includes("\0")),
        { minLength: 1 },
      ),
      chunks,
      async (texts, chunk) => {
        expect(await roundTrip(vector(texts, "string", { dtype: "S1" }), chunk)).toEqual({ dtype: "string", values: texts });
      },
    ),
    { numRuns: 40 },
  ));
