import { describe, expect, it } from "vitest";
import {
  assign,
  boxSize,
  broadcastTo,
  concat,
  constantPort,
  full,
  guard,
  LazyArray,
  mergeBoxes,
  NDArray,
  pad,
  points,
  rechunk,
  regularAxis,
  reshape,
  roll,
  select,
  stack,
  toLazy,
  transpose,
} from "../../src/array/index.ts";
import { isGraticuleError } from "../../src/errors.ts";
import { numbered } from "./arbitrary.ts";
import { boxOf, elements, evaluateBoxes, nodesOf } from "./evaluate.ts";

const cut = (a: NDArray, ...sizes: number[]): LazyArray =>
  toLazy(
    a,
    sizes.map((size, i) => regularAxis(a.shape[i]!, size)),
  );
const iota = (...shape: number[]): NDArray => numbered(shape, "float32");
const params = (a: unknown): unknown => (a as LazyArray).port.node.params;

describe("views", () => {
  it("share the buffer in memory", () => {
    const a = iota(4, 5, 6);
    for (const view of [
      select(a, [1, { start: 4, step: -2, count: 3 }]),
      transpose(a, [2, 0, 1]),
      broadcastTo(a, [3, 4, 5, 6]),
      select(a, [Int32Array.of(3, 2, 1)]),
      reshape(a, [20, 6]),
      pad(a, [
        [0, 0],
        [0, 0],
        [0, 0],
      ]),
    ])
      expect((view as NDArray).data).toBe(a.data);
    expect((select(a, [null, null, Int32Array.of(2, 2)]) as NDArray).stride).toEqual([30, 6, 0]);
  });

  it("are the array itself where they change nothing", () => {
    const a = iota(2, 3);
    const lazy = cut(a, 1, 3);
    expect(select(lazy, [null, { start: 0, step: 1, count: 3 }])).toBe(lazy);
    expect(roll(lazy, 1, 6)).toBe(lazy);
    expect(transpose(transpose(lazy, [1, 0]), [1, 0]).shape).toEqual([2, 3]);
    expect(nodesOf(transpose(transpose(lazy, [1, 0]), [1, 0]))).toEqual([]);
  });

  it("are one node of JSON however they are stacked", () => {
    const lazy = cut(iota(10, 20, 30), 5, 5, 5);
    const view = roll(
      select(transpose(select(lazy, [3, { start: 2, step: 2, count: 8 }]), [1, 0]), [{ start: 29, step: -1, count: 30 }]),
      1,
      2,
    );
    expect(nodesOf(view).length).toBe(1);
    expect(params(view)).toEqual({
      picks: [
        [3, 1, 1],
        [14, 2, 2, 2, 2, 6],
        [29, -1, 30],
      ],
      out: [{ axis: 2 }, { axis: 1 }],
    });
  });

  it("keep differing fills apart and join equal ones", () => {
    const lazy = cut(iota(4), 2);
    const shifted = (fill: number, more: number): number => nodesOf(pad(pad(lazy, [[1, 0]], {}, fill), [[1, 0]], {}, more)).length;
    expect(shifted(Number.NaN, Number.NaN)).toBe(1);
    expect(shifted(1, 2)).toBe(2);
    expect(elements(evaluateBoxes(pad(pad(lazy, [[1, 0]], {}, 1), [[1, 0]], {}, 2)))).toEqual([2, 1, 0, 0.25, 0.5, 0.75]);
  });

  it("keep long lists of positions in blobs", () => {
    const positions = Int32Array.from({ length: 500 }, (_, i) => (i * 37) % 500);
    const view = select(cut(iota(500), 50), [positions]) as LazyArray;
    expect(params(view)).toEqual({ picks: [{ blob: 0 }], out: [{ axis: 0 }] });
    positions.fill(0);
    expect(elements(evaluateBoxes(view))[1]).toBe(37 / 4);
  });

  it("see the input's chunk edges", () => {
    const lazy = cut(iota(100), 10);
    expect((select(lazy, [{ start: 25, step: 1, count: 50 }]) as LazyArray).chunks).toEqual([[5, 10, 10, 10, 10, 5]]);
    expect((select(lazy, [{ start: 0, step: 5, count: 20 }]) as LazyArray).grid).toEqual([regularAxis(20, 2)]);
    expect((select(lazy, [{ start: 34, step: -1, count: 30 }]) as LazyArray).chunks).toEqual([[5, 10, 10, 5]]);
    expect((roll(lazy, 0, 3) as LazyArray).chunks).toEqual([[3, 10, 10, 10, 10, 10, 10, 10, 10, 10, 7]]);
    const shuffled = Int32Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
    expect((select(lazy, [shuffled]) as LazyArray).chunks[0]!.every((n) => n >= 5)).toBe(true);
    expect((select(toLazy(iota(0), [regularAxis(0, 1)]), [null]) as LazyArray).chunks).toEqual([[]]);
  });

  it("read far-apart positions apart", () => {
    const view = select(cut(iota(1000), 1), [Int32Array.of(990, 3, 500, 4)]) as LazyArray;
    const boxes = view.port.node.op.demand(view.port.node, 0, Float64Array.of(0, 4), 0);
    expect(boxes.map((box) => [...box])).toEqual([
      [3, 5],
      [500, 501],
      [990, 991],
    ]);
  });

  it("refuse positions outside, bad runs, orders and shapes", () => {
    const a = iota(2, 3);
    expect(() => select(a, [2])).toThrow(/position 2 is not on axis 0, which has positions 0 to 1/);
    expect(() => select(a, [null, Float64Array.of(0.5)])).toThrow(/position 0.5/);
    expect(() => select(a, [null, { start: 2, step: 1, count: 2 }])).toThrow(/position 3/);
    expect(() => select(a, [null, { start: 0, step: 1, count: Number.NaN }])).toThrow(/NaN/);
    expect(() => select(a, [null, null, null])).toThrow(/3 indexes for an array of 2/);
    expect(() => select(numbered([2], "int8"), [Int32Array.of(-1)])).toThrow(/int8/);
    expect(() => transpose(a, [0, 0])).toThrow(/not an order/);
    expect(() => broadcastTo(a, [3, 3])).toThrow(/cannot broadcast shape \(2, 3\) to \(3, 3\)/);
    expect(() => reshape(a, [4])).toThrow(/cannot reshape \(2, 3\) to \(4\)/);
  });
});

describe("reshape", () => {
  it("keeps chunks that hold whole rows", () => {
    const lazy = cut(iota(12, 4, 5), 3, 4, 5);
    expect((reshape(lazy, [240]) as LazyArray).chunks).toEqual([[60, 60, 60, 60]]);
    expect((reshape(lazy, [12, 20]) as LazyArray).chunks).toEqual([[3, 3, 3, 3], [20]]);
    expect((reshape(lazy, [4, 3, 20]) as LazyArray).chunks).toEqual([[1, 1, 1, 1], [3], [20]]);
    expect(reshape(reshape(lazy, [240]), [12, 4, 5]) as LazyArray).toBeInstanceOf(LazyArray);
    expect(nodesOf(reshape(reshape(lazy, [240]), [12, 20])).length).toBe(1);
  });

  it("asks for an interval as few boxes", () => {
    const node = (reshape(cut(iota(10, 10), 10, 10), [100]) as LazyArray).port.node;
    const demand = (lo: number, hi: number): number[][] => node.op.demand(node, 0, Float64Array.of(lo, hi), 0).map((box) => [...box]);
    expect(demand(8, 12)).toEqual([
      [0, 1, 8, 10],
      [1, 2, 0, 2],
    ]);
    expect(demand(20, 40)).toEqual([[2, 4, 0, 10]]);
    // Three boxes that fill their hull but for a little are read as one.
    expect(demand(5, 38)).toEqual([[0, 4, 0, 10]]);
  });
});

describe("concat", () => {
  it("joins thousands, and finds its inputs without asking each", () => {
    const parts = Array.from({ length: 5000 }, (_, i) => toLazy(full([3], i, "float64"), [regularAxis(3, 3)]));
    const all = concat(parts, 0) as LazyArray;
    const { node } = all.port;
    expect(node.op.touches!(node, 0, Float64Array.of(299, 304))).toEqual([99, 102]);
    expect(elements(boxOf({ node, out: 0 }, Float64Array.of(299, 304)))).toEqual([99, 100, 100, 100, 101]);
    expect(all.grid).toEqual([regularAxis(15000, 3)]);
  });

  it("refuses shapes and dtypes that do not fit", () => {
    expect(() => concat([], 0)).toThrow(/nothing to concatenate/);
    expect(() => concat([iota(2, 3), iota(2, 4)], 0)).toThrow(/array 1 has shape \(2, 4\), the first \(2, 3\)/);
    expect(() => concat([iota(2), numbered([2], "int8")], 0)).toThrow(/float32 with int8/);
    expect(elements(stack([full([], 1, "int8"), full([], 2, "int8")], 0) as NDArray)).toEqual([1, 2]);
  });
});

describe("points", () => {
  it("read clusters, not what lies between them", () => {
    const list = (...values: number[]): NDArray => new NDArray(Int32Array.from(values), [values.length], "int32");
    const gathered = points(cut(numbered([1000, 1000], "int64"), 10, 10), [0, 1], [list(5, 900, 6, 901), list(7, 3, 8, 4)], 0) as LazyArray;
    const reads = { elements: 0 };
    expect(elements(evaluateBoxes(gathered, reads))).toEqual([5007, 900003, 6008, 901004].map((x) => x * 2 ** 33));
    expect(reads.elements).toBe(8);
  });

  it("refuse positions outside and shapes that differ", () => {
    const at = (...values: number[]): NDArray => new NDArray(Float64Array.from(values), [values.length], "float64");
    expect(() => points(iota(2, 2), [0, 1], [at(0, 2), at(0, 0)], 0)).toThrow(/position 2 is not on axis 0/);
    expect(() => points(iota(2, 2), [0, 1], [at(0, 1), at(0)], 0)).toThrow(/shape/);
    expect(() => points(iota(2, 2), [0, 0], [at(0), at(0)], 0)).toThrow(/axes \(0, 0\)/);
  });
});

describe("assign", () => {
  it("puts values into a copy", () => {
    const a = iota(2, 3);
    const out = assign(a, [null, Int32Array.of(2, 0)], new NDArray(Float32Array.of(7, 8), [2], "float32"));
    expect(elements(out)).toEqual([8, 0.25, 7, 8, 1, 7]);
    expect(elements(a)[0]).toBe(0);
    expect(elements(assign(a, [1, { start: 2, step: -2, count: 2 }], new NDArray(Float32Array.of(7, 8), [2], "float32")))).toEqual([
      0, 0.25, 0.5, 8, 1, 7,
    ]);
    expect(elements(assign(a, [null, Int32Array.of(1, 1)], new NDArray(Float32Array.of(7, 8), [2], "float32")))).toEqual([
      0, 8, 0.5, 0.75, 8, 1.25,
    ]);
    expect(elements(assign(numbered([2], "string"), [1], full([], "new", "string")))).toEqual(["s0", "new"]);
    expect(elements(assign(numbered([2], "complex64"), [], full([], { re: 9, im: 8 }, "complex64")))).toEqual([9, 8, 9, 8]);
    expect(elements(assign(full([], 1, "int8"), [], full([], 2, "int8")))).toEqual([2]);
  });

  it("refuses other dtypes and fill", () => {
    expect(() => assign(iota(2), [0], full([], 1, "int8"))).toThrow(/int8 values into a float32/);
    expect(() => assign(iota(2), [Int32Array.of(-1)], full([], 1, "float32"))).toThrow(/position -1/);
    expect(() => assign(iota(2), [3], full([], 1, "float32"))).toThrow(/position 3/);
  });
});

describe("full", () => {
  it("holds its value once", () => {
    expect(full([1e5, 1e5], 2.5, "float64").data.length).toBe(1);
    expect(elements(full([2], -1n, "bigint64"))).toEqual([-1n, -1n]);
    expect(elements(full([1], null, "float32"))).toEqual([Number.NaN]);
    expect(() => full([2], 300, "uint8")).toThrow(/300/);
    expect(() => full([-1], 0, "uint8")).toThrow(/-1/);
    expect(() => full([2], null, "int16")).toThrow(/int16/);
  });
});

describe("guard", () => {
  const error = { tag: "AlignmentError", message: "coordinates differ", fields: { name: "lat" } } as const;
  const bool = (...values: number[]): NDArray => new NDArray(Uint8Array.from(values), [values.length], "bool");

  it("lets values pass while conditions hold", () => {
    const a = iota(3);
    expect(guard(a, [bool(1, 1)], error)).toBe(a);
    expect(elements(evaluateBoxes(guard(cut(a, 2), [bool(1)], error)))).toEqual(elements(a));
  });

  it("throws the given error at once in memory, and when computed if lazy", () => {
    const caught = (run: () => unknown): unknown => {
      try {
        return run();
      } catch (e) {
        return e;
      }
    };
    const now = caught(() => guard(iota(3), [bool(1, 0)], error));
    expect(isGraticuleError(now, "AlignmentError") && now.fields).toEqual({ name: "lat" });
    const later = guard(iota(3), [new LazyArray(constantPort(bool(0)))], error);
    expect(
      isGraticuleError(
        caught(() => evaluateBoxes(later)),
        "AlignmentError",
      ),
    ).toBe(true);
    expect(() => guard(iota(3), [iota(3)], error)).toThrow(/bool/);
  });
});

describe("mergeBoxes", () => {
  it("covers every box with few", () => {
    const boxes = Array.from({ length: 3000 }, (_, i) => Float64Array.of(i * 7, i * 7 + 2, (i * 13) % 50, ((i * 13) % 50) + 1));
    const merged = mergeBoxes(boxes);
    expect(merged.length).toBeLessThanOrEqual(32);
    for (const box of boxes)
      expect(merged.some((m) => box[0]! >= m[0]! && box[1]! <= m[1]! && box[2]! >= m[2]! && box[3]! <= m[3]!)).toBe(true);
    expect(mergeBoxes([Float64Array.of(0, 5), Float64Array.of(5, 9), Float64Array.of(3, 3)]).map((b) => [...b])).toEqual([[0, 9]]);
    expect(mergeBoxes([Float64Array.of(0, 5), Float64Array.of(500, 505)]).reduce((n, b) => n + boxSize(b), 0)).toBe(10);
  });
});

describe("rechunk", () => {
  it("refuses cuts of another shape", () => {
    expect(() => rechunk(iota(3), [regularAxis(4, 2)])).toThrow(/do not fit/);
  });
});
