/** Properties of numeric operations: any chunking and any strides give what the whole gives. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { boxView } from "../../src/array/apply.ts";
import { chunkBox, gridCount } from "../../src/array/grid.ts";
import {
  type AnyArray,
  argsort,
  binary,
  boundedAxis,
  cast,
  clip,
  contract,
  cumulative,
  decodeScaled,
  empty,
  encodeScaled,
  fillAlong,
  isin,
  LazyArray,
  mapBlocks,
  median,
  NDArray,
  quantile,
  type ReduceName,
  type RollingName,
  rank,
  reduce,
  reduceOp,
  rolling,
  rollingExp,
  round,
  scalarOperand,
  searchsorted,
  sizeOf,
  sortAxis,
  toLazy,
  unary,
  where,
} from "../../src/array/index.ts";
import type { DType } from "../../src/dtypes/types.ts";
import { elements, evaluateBoxes, evaluateWhole } from "./evaluate.ts";

const dtypes: readonly DType[] = ["float64", "float32", "int16", "bool", "uint8", "timedelta64"];

interface Case {
  readonly array: NDArray;
  readonly lazy: AnyArray;
  readonly axis: number;
}

/** A small array with NaN in it, behind odd strides, and the same cut into odd chunks. */
const cases: fc.Arbitrary<Case> = fc
  .record({
    shape: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
    dtype: fc.constantFrom(...dtypes),
    seed: fc.integer(),
    flip: fc.boolean(),
    turn: fc.boolean(),
    cuts: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 3, maxLength: 3 }),
    axis: fc.nat(2),
  })
  .map(({ shape, dtype, seed, flip, turn, cuts, axis }) => {
    const order = turn ? shape.map((_, i) => shape.length - 1 - i) : shape.map((_, i) => i);
    const stride = new Array<number>(shape.length);
    let step = 1;
    for (const i of [...order].reverse()) {
      stride[i] = step;
      step *= shape[i]!;
    }
    const plain = empty([sizeOf(shape)], dtype);
    const data = plain.data as Float64Array;
    for (let i = 0, x = seed >>> 0; i < data.length; i++) {
      x = (Math.imul(x, 1664525) + 1013904223) >>> 0;
      const missing = (dtype.startsWith("float") || dtype === "timedelta64") && x % 5 === 0;
      data[i] = missing ? Number.NaN : dtype === "bool" ? x & 1 : (x >>> 8) % 40;
    }
    let offset = 0;
    if (flip) {
      offset = (shape[0]! - 1) * stride[0]!;
      stride[0] = -stride[0]!;
    }
    const array = new NDArray(plain.data, shape, dtype, stride, offset);
    const grid = shape.map((n, i) => {
      const bounds = [0];
      while (bounds.at(-1)! < n) bounds.push(Math.min(n, bounds.at(-1)! + cuts[(i + bounds.length) % 3]!));
      return boundedAxis(Float64Array.from(bounds));
    });
    return { array, lazy: toLazy(array, grid), axis: axis % shape.length };
  });

const isFloat = (a: AnyArray): boolean => a.dtype.startsWith("float");
const isNumber = (a: AnyArray): boolean => a.dtype !== "timedelta64";

type Make = (a: AnyArray, axis: number) => AnyArray;
const operations: readonly [string, Make, ((a: AnyArray) => boolean)?][] = [
  ["add", (a) => binary("add", a, a)],
  ["compare with a scalar", (a) => binary("gt", a, scalarOperand(10, a.dtype)), isNumber],
  [
    "add a reduction of itself",
    (a, axis) =>
      binary(
        "sub",
        cast(a, "float64"),
        reduce(
          "max",
          cast(a, "float64"),
          a.shape.map((_, i) => i).filter((i) => i < axis),
        ),
      ),
    isNumber,
  ],
  ["sqrt", (a) => unary("sqrt", a), isNumber],
  ["isnull", (a) => unary("isnull", a)],
  ["where", (a) => where(unary("notnull", a), a, a)],
  ["clip", (a) => clip(a, scalarOperand(3, a.dtype), scalarOperand(9, a.dtype)), (a) => a.dtype !== "bool" && isNumber(a)],
  ["cast", (a) => cast(a, "string"), isNumber],
  ["round", (a) => round(a, -1), (a) => isNumber(a) && a.dtype !== "bool"],
  ["median", (a, axis) => median(a, [axis])],
  ["quantile", (a, axis) => quantile(a, Float64Array.of(0.2, 0.9, 0.5), [axis]), (a) => a.dtype !== "bool"],
  ["cumsum", (a, axis) => cumulative("sum", a, axis)],
  ["cumprod without skipna", (a, axis) => cumulative("prod", a, axis, { skipna: false }), (a) => isFloat(a) || a.dtype === "bool"],
  ["ffill", (a, axis) => fillAlong(a, axis, "forward", 1)],
  ["bfill", (a, axis) => fillAlong(a, axis, "backward")],
  ["rollingExp", (a, axis) => rollingExp("mean", a, axis, { alpha: 0.3 }), isNumber],
  ["sort", (a, axis) => sortAxis(a, axis)],
  ["argsort", (a, axis) => argsort(a, axis)],
  ["rank", (a, axis) => rank(a, axis)],
  ["isin", (a) => isin(a, new NDArray(Float64Array.of(1, 2, 3), [3], "float64"))],
  ["searchsorted", (a) => searchsorted(new NDArray(Float64Array.of(1, 5, 9), [3], "float64"), a)],
  ["decode", (a) => decodeScaled(a, { fills: [1, 2], scale: 0.5, offset: 3, dtype: "float32" }), (a) => isNumber(a)],
  ["encode", (a) => encodeScaled(a, { fills: [-1], scale: 0.5, dtype: "int16" }), isNumber],
  ...(["sum", "mean", "std", "min", "max", "median", "count"] as const).map((fn): [string, Make, (a: AnyArray) => boolean] => [
    `rolling ${fn}`,
    (a, axis) => rolling(fn satisfies RollingName, a, axis, { window: 3, minCount: 1, center: true }),
    isNumber,
  ]),
  ...(["sum", "mean", "std", "min", "max", "count", "first", "last", "any"] as const).map(
    (fn): [string, Make, (a: AnyArray) => boolean] => [`reduce ${fn}`, (a, axis) => reduce(fn, a, [axis]), isNumber],
  ),
  [
    "grouped mean",
    (a, axis) =>
      reduce("mean", a, [], { groups: { axis, codes: Int32Array.from({ length: a.shape[axis]! }, (_, i) => (i % 3) - 1), count: 2 } }),
    isNumber,
  ],
  [
    "grouped median",
    (a, axis) => median(a, [], { groups: { axis, codes: Int32Array.from({ length: a.shape[axis]! }, (_, i) => (i % 3) - 1), count: 2 } }),
  ],
  [
    "a function of blocks",
    (a, axis) =>
      mapBlocks([a], {
        inputs: [a.shape.map((_, i) => (i === axis ? { loop: i, before: 1, after: 0 } : i))],
        outputs: [{ shape: a.shape, dtype: "float64", axes: a.shape.map((_, i) => i) }],
        fn: ([block], { loops }) => [lastAlong(cast(block!, "float64") as NDArray, axis, loops[2 * axis + 1]! - loops[2 * axis]!)],
      })[0]!,
    isNumber,
  ],
];

/** The last `n` positions along an axis. */
function lastAlong(a: NDArray, axis: number, n: number): NDArray {
  const box = Float64Array.from(a.shape.flatMap((m, i) => [i === axis ? m - n : 0, m]));
  return boxView(a, box);
}

function close(got: NDArray, want: NDArray): void {
  expect(got.shape).toEqual(want.shape);
  expect(got.dtype).toBe(want.dtype);
  const [x, y] = [elements(got), elements(want)];
  x.forEach((value, i) => {
    if (typeof value !== "number") expect(value).toBe(y[i]);
    else if (!(Math.abs(value - (y[i] as number)) <= 1e-6 * Math.abs(value) + 1e-9)) expect(value + 0).toBe((y[i] as number) + 0);
  });
}

describe("lazy equals eager, box by box, whatever the strides and chunks", () => {
  it.each(operations)("%s", (_name, make, fits = () => true) => {
    fc.assert(
      fc.property(cases, ({ array, lazy, axis }) => {
        fc.pre(fits(array));
        const compact = new NDArray(elements(array) as never, array.shape, array.dtype);
        const eager = make(array, axis) as NDArray;
        close(eager, make(typed(compact), axis) as NDArray);
        const result = make(lazy, axis);
        expect(result instanceof LazyArray || result === lazy).toBe(true);
        close(evaluateWhole(result), eager);
        close(evaluateBoxes(result), eager);
      }),
      { numRuns: 40 },
    );
  });

  const typed = (a: NDArray): NDArray => {
    const out = empty(a.shape, a.dtype);
    (a.data as unknown as number[]).forEach((value, i) => {
      (out.data as Float64Array)[i] = value;
    });
    return out;
  };
});

describe("folds", () => {
  const names: readonly ReduceName[] = ["sum", "prod", "mean", "std", "var", "min", "max", "count", "any", "all", "first", "last"];
  it.each(names)("%s streams in any blocks and merges", (name) => {
    fc.assert(
      fc.property(cases, fc.boolean(), fc.boolean(), ({ array, lazy, axis }, skipna, grouped) => {
        fc.pre(isNumber(array));
        const groups = grouped
          ? { axis, codes: Int32Array.from({ length: array.shape[axis]! }, (_, i) => (i % 3) - 1), count: 2 }
          : undefined;
        fc.pre(name !== "prod" || isFloat(array)); // products of integers soon pass 2**53
        fc.pre(!grouped || !["min", "max", "first", "last"].includes(name) || isFloat(array));
        const axes = grouped ? [] : array.shape.map((_, i) => i).filter((i) => i >= axis);
        const node = (reduce(name, lazy, axes, { skipna, groups }) as LazyArray).port.node;
        const fold = reduceOp.fold!;
        const { shape } = node.outputs[0]!;
        const whole = Float64Array.from(shape.flatMap((n) => [0, n]));
        const fresh = (): NDArray[] => {
          const state = fold.state(node, whole).map((meta) => empty(meta.shape, meta.dtype));
          fold.init(node, state);
          return state;
        };
        // Blocks that keep the kept axes whole, in two states that are merged.
        const { grid } = lazy as LazyArray;
        const streamed = grid.map((g, i) => (axes.includes(i) || groups?.axis === i ? g : boundedAxis(Float64Array.of(0, g.length))));
        const states = [fresh(), fresh()];
        const n = gridCount(streamed);
        for (let k = 0; k < n; k++) {
          const box = chunkBox(streamed, k);
          fold.update(node, states[k * 2 < n ? 0 : 1]!, [boxView(array, box)], box);
        }
        fold.merge(node, states[0]!, states[1]!);
        close(fold.finish(node, states[0]!, { alloc: empty })[0]!, reduce(name, array, axes, { skipna, groups }) as NDArray);
      }),
      { numRuns: 60 },
    );
  });
});

describe("products", () => {
  it("are the same lazily", () => {
    fc.assert(
      fc.property(cases, ({ array, lazy, axis }) => {
        fc.pre(isFloat(array));
        const labels = array.shape.map((_, i) => i);
        const clean = (a: AnyArray): AnyArray => where(unary("notnull", a), a, scalarOperand(0, a.dtype));
        const weights = new NDArray(
          Float64Array.from({ length: array.shape[axis]! }, (_, i) => i + 1),
          [array.shape[axis]!],
          "float64",
        );
        const out = labels.filter((i) => i !== axis);
        close(
          evaluateWhole(contract(clean(lazy), weights, { a: labels, b: [axis], out })),
          contract(clean(array), weights, { a: labels, b: [axis], out }) as NDArray,
        );
      }),
    );
  });
});
