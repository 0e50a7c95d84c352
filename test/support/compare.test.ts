/** The comparison itself: what it lets pass, and what it says. */
import { describe, expect, test } from "vitest";
import { differences, type FixtureObject } from "./index.ts";

const coord = { dims: ["x"], dtype: "float64", shape: [2], data: [0, 1], attrs: {} } as const;
const array = (changes: object = {}): FixtureObject => ({
  type: "DataArray",
  name: "a",
  dims: ["x"],
  dtype: "float64",
  shape: [2],
  data: [1, "NaN"],
  attrs: { units: "m" },
  coords: { x: coord },
  indexes: ["x"],
  ...changes,
});

describe("differences", () => {
  test("finds none between equal objects, NaN included", () => {
    expect(differences(array(), array())).toEqual([]);
  });

  test("forgives rounding in the last digits of float64, not more", () => {
    expect(differences(array({ data: [1 + 1e-13, "NaN"] }), array())).toEqual([]);
    expect(differences(array({ data: [1 + 1e-11, "NaN"] }), array())).toHaveLength(1);
    expect(differences(array({ data: [1 + 1e-11, "NaN"] }), array(), { tolerance: 1e-10 })).toEqual([]);
  });

  test("measures rounding against the largest value of the array", () => {
    expect(differences(array({ data: [1e6, 1e-10] }), array({ data: [1e6, 0] }))).toEqual([]);
  });

  test("forgives nothing in integers, strings and bools", () => {
    expect(differences(array({ dtype: "int64", data: [1, 3] }), array({ dtype: "int64", data: [1, 2] }))).toHaveLength(1);
    expect(differences(array({ dtype: "string", data: ["a", null] }), array({ dtype: "string", data: ["a", ""] }))).toHaveLength(1);
    expect(differences(array({ dtype: "bool", data: [1, 0] }), array({ dtype: "bool", data: [1, 1] }))).toHaveLength(1);
  });

  test("compares times to the microsecond", () => {
    expect(differences(array({ dtype: "datetime64", data: [1e12, 0.0009] }), array({ dtype: "datetime64", data: [1e12, 0] }))).toEqual([]);
    expect(differences(array({ dtype: "datetime64", data: [1e12, 0.01] }), array({ dtype: "datetime64", data: [1e12, 0] }))).toHaveLength(
      1,
    );
  });

  test("does not take a value for NaN", () => {
    expect(differences(array({ data: [1, 2] }), array())[0]).toContain('[1] 2 ≠ "NaN"');
  });

  test("compares labels of bins by their numbers", () => {
    const expected = array({ dtype: "interval", data: ["(0.0, 2.5]", null] });
    expect(differences(array({ dtype: "string", data: ["(0, 2.5]", null] }), expected)).toEqual([]);
    expect(differences(array({ dtype: "string", data: ["[0, 2.5)", null] }), expected)).toHaveLength(1);
  });

  test("names what is missing and what should not be there", () => {
    expect(differences(array({ coords: { y: coord } }), array())).toEqual(["coords.y should not be there", "coords.x is missing"]);
    expect(differences(array({ name: null }), array())).toEqual(['name null, should be "a"']);
    expect(differences(array({ indexes: [] }), array())).toEqual(["indexes: none, should be x"]);
    expect(differences(array({ attrs: {} }), array())).toEqual(['values.attrs: {}, should be {"units":"m"}']);
    expect(differences(array({ dtype: "float32" }), array())).toEqual(["values: dtype float32, should be float64"]);
    expect(differences(array({ shape: [1, 2] }), array())).toEqual(["values: shape (1,2), should be (2)"]);
  });

  test("does not care about the order of keys, levels and indexes", () => {
    const a = array({ attrs: { a: 1, b: [2, 3] }, indexes: [{ name: "z", levels: ["p", "q"] }, "x"] });
    const b = array({ attrs: { b: [2, 3], a: 1 }, indexes: ["x", { name: "q", levels: ["z", "p"] }] });
    expect(differences(a, b)).toEqual([]);
  });

  test("compares text to the letter", () => {
    expect(differences({ type: "json", value: "a b" }, { type: "text", value: "a  b" })).toHaveLength(1);
    expect(differences({ type: "json", value: "a b" }, { type: "text", value: "a b" })).toEqual([]);
  });
});
