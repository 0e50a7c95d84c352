import { describe, expect, test } from "vitest";
import { DataArray, Dataset } from "../../src/index.ts";
import { assertAllclose, assertChunksEqual, assertEqual, assertIdentical } from "../../src/testing/index.ts";

const a = new DataArray([1, 2, Number.NaN], { dims: "x", coords: { x: [1, 2, 3] }, name: "a", attrs: { units: "m" } });

describe("assertions", () => {
  test("pass for objects that are the same", () => {
    assertEqual(a, a.assignAttrs({ other: 1 }));
    assertIdentical(a, a.copy());
    assertAllclose(a, a.add(1e-9));
    assertChunksEqual(a.chunk({ x: 2 }), a.chunk({ x: 2 }));
    assertEqual(new Dataset({ a }), new Dataset({ a }));
  });

  test("say where objects differ, and show both", () => {
    expect(() => assertIdentical(a, a.assignAttrs({ units: "cm" }))).toThrow(/not identical[\s\S]*units: +cm/);
    expect(() => assertAllclose(a, a.add(1))).toThrow(/"a" differs at position 0: 1 and 2/);
    expect(() => assertEqual(a, a.isel({ x: [0, 1] }))).toThrow(/not equal/);
    expect(() => assertEqual(a, new Dataset({ a }))).toThrow(/not equal/);
    expect(() => assertChunksEqual(a.chunk({ x: 2 }), a.chunk({ x: 3 }))).toThrow(/\[2,1\]/);
  });
});
