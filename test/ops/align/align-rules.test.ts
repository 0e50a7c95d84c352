import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NDArray } from "../../../src/array/ndarray.ts";
import type { DType } from "../../../src/dtypes/types.ts";
import { type Index, LabelIndex } from "../../../src/indexing/index.ts";
import { align, broadcast, broadcastLike } from "../../../src/ops/align/index.ts";
import type { ArrayParts } from "../../../src/ops/parts.ts";
import { Variable } from "../../../src/variable/variable.ts";

const floats = (list: readonly number[], dtype: DType = "float64"): NDArray =>
  new NDArray(Float64Array.from(list) as never, [list.length], dtype);

/** An array along x whose values are ten times its labels. */
function line(labels: readonly number[], dtype: DType = "float64"): ArrayParts {
  const x = new Variable(["x"], floats(labels, dtype), { attrs: { units: "m" } });
  const index: Index = LabelIndex.of("x", x);
  return {
    variable: new Variable(["x"], floats(labels.map((l) => 10 * l))),
    coords: new Map([["x", x]]),
    indexes: new Map([["x", index]]),
    name: "line",
  };
}
const xs = (a: ArrayParts): number[] => Array.from(a.coords.get("x")!.values as Float64Array);
const data = (a: ArrayParts): number[] => Array.from(a.variable.values as Float64Array);

describe("align", () => {
  it("gives equal objects back as they are", () => {
    const [a, b] = [line([1, 2, 3]), line([1, 2, 3])];
    for (const join of ["exact", "inner", "outer", "left", "right"] as const) expect(align([a, a], { join })[1]).toBe(a);
    expect(align([a, b], { join: "exact" })[0]).toBe(a);
    expect(data(align([a, b])[1])).toEqual(data(b));
  });
  it("says where labels differ, and by how much", () => {
    expect(() => align([line([1, 2, 3]), line([1, 2, 3.5])], { join: "exact" })).toThrow(
      /labels of "x" are not equal: labels first differ at 2: 3 and 3.5 \(1 of 3 differ, by at most 0.5\)\. Choose .* join .* tolerance/,
    );
    const day = 86_400_000;
    expect(() => align([line([0, day], "datetime64"), line([0, day + 1000], "datetime64")], { join: "exact" })).toThrow(
      /1970-01-02T00:00:00 and 1970-01-02T00:00:01 \(1 of 2 differ, by at most .*00:00:01/,
    );
    expect(() => align([line([1, 2]), line([1])], { join: "exact" })).toThrow(/there are 2 labels and 1; 1 only in the first, such as 2/);
  });
  it("takes labels within tolerance as equal, under the first object's labels", () => {
    const [a, b] = [line([1, 2, 3]), line([1.001, 2, 2.999])];
    const [p, q] = align([a, b], { join: "exact", tolerance: 0.01 });
    expect(p).toBe(a);
    expect(xs(q)).toEqual([1, 2, 3]);
    expect(data(q)).toEqual(data(b));
    expect(q.coords.get("x")!.attrs).toEqual({ units: "m" });
    expect(() => align([a, b], { join: "exact", tolerance: 1e-4 })).toThrow(/not equal/);
    expect(align([a, line([3.001, 9])], { join: "inner", tolerance: 0.01 }).map((o) => xs(o))).toEqual([[3], [3]]);
  });
  it("refuses a join that is none, and sizes that cannot match", () => {
    expect(() => align([line([1])], { join: "middle" as never })).toThrow(/unknown join "middle"/);
    const bare: ArrayParts = { variable: new Variable(["x"], floats([1, 2])), coords: new Map(), indexes: new Map(), name: undefined };
    expect(() => align([line([1, 2, 3]), bare])).toThrow(/size 2 without labels in one object and 3 labels in another/);
    expect(() => align([line([1, 1]), line([1, 2])], { join: "outer" })).toThrow(/labels repeat.*dropDuplicates\("x"\)/);
  });
  it("takes labels that are given, and leaves excluded dimensions alone", () => {
    const [p, q] = align([line([1, 2, 3]), line([2, 3])], { indexes: { x: [3, 9] } });
    expect([xs(p), data(p), data(q)]).toEqual([
      [3, 9],
      [30, Number.NaN],
      [30, Number.NaN],
    ]);
    const [a, b] = [line([1, 2]), line([5])];
    expect(align([a, b], { join: "exact", exclude: "x" })).toEqual([a, b]);
  });
  it("is symmetric up to order", () => {
    const labels = fc.uniqueArray(fc.integer({ min: 0, max: 12 }), { maxLength: 9 });
    fc.assert(
      fc.property(labels, labels, fc.constantFrom("inner", "outer"), (a, b, join) => {
        const [p, q] = align([line(a), line(b)], { join: join as "inner" });
        const [r, s] = align([line(b), line(a)], { join: join as "inner" });
        expect(xs(p)).toEqual(xs(q));
        const both = (o: ArrayParts, other: ArrayParts): string[] =>
          xs(o)
            .map((x, i) => `${x}:${data(o)[i]}:${data(other)[i]}`)
            .sort();
        expect(both(p, q)).toEqual(both(s, r));
        data(p).forEach((v, i) => expect(Number.isNaN(v) ? !a.includes(xs(p)[i]!) : v === 10 * xs(p)[i]!).toBe(true));
      }),
    );
  });
});

describe("broadcast", () => {
  const y: ArrayParts = { variable: new Variable(["y"], floats([7, 8])), coords: new Map(), indexes: new Map(), name: "y" };
  it("puts dimensions in order of first appearance and shares memory", () => {
    const a = line([1, 2, 3]);
    const [p, q] = broadcast([a, y]);
    expect([p.variable.dims, q.variable.dims]).toEqual([
      ["x", "y"],
      ["x", "y"],
    ]);
    expect(data(p)).toEqual([10, 10, 20, 20, 30, 30]);
    expect(data(q)).toEqual([7, 8, 7, 8, 7, 8]);
    expect([...q.coords.keys()]).toEqual(["x"]);
    expect((p.variable.array as NDArray).data).toBe((a.variable.array as NDArray).data);
  });
  it("like another puts that one's dimensions first; excluded dimensions stay last", () => {
    expect(broadcastLike(y, line([1, 2])).variable.dims).toEqual(["x", "y"]);
    expect(broadcast([line([1, 2]), y], { exclude: "y" })[1].variable.dims).toEqual(["x", "y"]);
    expect(broadcast([line([1, 2]), y], { exclude: "y" })[0].variable.dims).toEqual(["x"]);
  });
});
