import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  type AnyArray,
  broadcastTo,
  concat,
  expandDims,
  flip,
  type LazyArray,
  NDArray,
  points,
  rechunk,
  reshape,
  roll,
  select,
  sizeOf,
  squeeze,
  stack,
  toLazy,
  transpose,
} from "../../src/array/index.ts";
import type { AxisIndex } from "../../src/array/pick.ts";
import type { DType, Value } from "../../src/dtypes/types.ts";
import { axisIndexes, dtypes, grids, type Model, modelElements, modelOf, modelSelect, numbered, shapes } from "./arbitrary.ts";
import { elements, evaluateBoxes, evaluateWhole, nodesOf } from "./evaluate.ts";

const RUNS = { numRuns: 300 };

/** A lazy array, the same in memory, and what it should be. */
const cases = (rank = 3, max = 5): fc.Arbitrary<{ eager: NDArray; lazy: LazyArray; model: Model }> =>
  fc.tuple(shapes(max, rank), dtypes).chain(([shape, dtype]) => {
    const eager = numbered(shape, dtype);
    return grids(shape).map((grid) => ({ eager, lazy: toLazy(eager, grid), model: modelOf(eager) }));
  });

/** An operation agrees with its model in memory, over the whole graph, and box by box within demand. */
function agrees(op: (a: AnyArray) => AnyArray, { eager, lazy }: { eager: NDArray; lazy: LazyArray }, expected: Model): AnyArray {
  const now = op(eager) as NDArray;
  const later = op(lazy);
  const values = modelElements(expected);
  expect(now).toBeInstanceOf(NDArray);
  expect(now.shape).toEqual(expected.shape);
  expect(later.shape).toEqual(expected.shape);
  expect(later.dtype).toBe(now.dtype);
  expect(elements(now)).toEqual(values);
  expect(elements(evaluateWhole(later))).toEqual(values);
  expect(elements(evaluateBoxes(later))).toEqual(values);
  return later;
}

const fills: { readonly [T in string]: Value } = {
  string: "fill",
  complex64: { re: 7, im: -7 },
  complex128: { re: 7, im: -7 },
  bigint64: 99n,
};
const fillFor = (dtype: DType): Value => fills[dtype] ?? 99;
const flatFill = (dtype: DType): unknown => {
  const fill = fillFor(dtype);
  return typeof fill === "object" && fill !== null && "re" in fill ? [fill.re, fill.im] : fill;
};
const indexes = (shape: readonly number[], fill = true): fc.Arbitrary<AxisIndex[]> => fc.tuple(...shape.map((n) => axisIndexes(n, fill)));

describe("select", () => {
  it("takes what a naive selection takes", () => {
    fc.assert(
      fc.property(
        cases().chain((c) => indexes(c.eager.shape).map((index) => ({ c, index }))),
        ({ c, index }) => {
          const { dtype } = c.eager;
          agrees((a) => select(a, index, fillFor(dtype)), c, modelSelect(c.model, index, flatFill(dtype)));
        },
      ),
      RUNS,
    );
  });

  it("composes: a selection of a transposed selection is one view of the source", () => {
    const twice = cases().chain((c) =>
      indexes(c.eager.shape).chain((first) => {
        const { dtype } = c.eager;
        const middle = modelSelect(c.model, first, flatFill(dtype));
        const order = fc.shuffledSubarray(Array.from(middle.shape.keys()), { minLength: middle.shape.length });
        return order.chain((perm) => indexes(perm.map((i) => middle.shape[i]!)).map((second) => ({ c, first, middle, perm, second })));
      }),
    );
    fc.assert(
      fc.property(twice, ({ c, first, middle, perm, second }) => {
        const { dtype } = c.eager;
        const fill = fillFor(dtype);
        const turned: Model = {
          shape: perm.map((i) => middle.shape[i]!),
          at: (place) => middle.at(perm.map((_, i) => place[perm.indexOf(i)]!)),
        };
        const later = agrees(
          (a) => select(transpose(select(a, first, fill), perm), second, fill),
          c,
          modelSelect(turned, second, flatFill(dtype)),
        );
        expect(nodesOf(later).length).toBeLessThanOrEqual(1);
      }),
      RUNS,
    );
  });

  it("asks for no more than the runs hold", () => {
    const run = fc.record({
      start: fc.nat({ max: 400 }),
      step: fc.integer({ min: 1, max: 40 }),
      count: fc.integer({ min: 1, max: 12 }),
      back: fc.boolean(),
    });
    fc.assert(
      fc.property(run, ({ start, step, count, back }) => {
        const n = 1000;
        const last = start + (count - 1) * step;
        const a = select(toLazy(numbered([n], "int64"), [{ length: n, n: 1, size: n }]), [
          back ? { start: last, step: -step, count } : { start, step, count },
        ]);
        const reads = { elements: 0 };
        evaluateBoxes(a, reads);
        expect(reads.elements).toBe(step >= 5 ? count : (count - 1) * step + 1);
      }),
    );
  });
});

describe("rearrangements", () => {
  it("roll, flip, expandDims, squeeze and broadcastTo are views", () => {
    const rolled = cases()
      .filter((c) => c.eager.ndim > 0)
      .chain((c) => fc.record({ c: fc.constant(c), axis: fc.nat({ max: c.eager.ndim - 1 }), by: fc.integer({ min: -12, max: 12 }) }));
    fc.assert(
      fc.property(rolled, ({ c, axis, by }) => {
        const { shape } = c.eager;
        const n = shape[axis]!;
        const moved = (f: (i: number) => number): Model => ({
          shape,
          at: (index) => c.model.at(index.map((i, k) => (k === axis ? f(i) : i))),
        });
        agrees(
          (a) => roll(a, axis, by),
          c,
          moved((i) => (((i - by) % n) + n) % n),
        );
        agrees(
          (a) => flip(a, axis),
          c,
          moved((i) => n - 1 - i),
        );
        agrees((a) => squeeze(expandDims(a, [axis]), [axis]), c, c.model);
        const wide = [2, ...shape.slice(0, axis), 1, ...shape.slice(axis)].map((m, k) => (k === axis + 1 ? 3 : m));
        const later = agrees((a) => broadcastTo(expandDims(a, [axis]), wide), c, {
          shape: wide,
          at: (index) => c.model.at(index.slice(1).filter((_, k) => k !== axis)),
        });
        expect(nodesOf(later).length).toBe(1);
        agrees((a) => select(broadcastTo(expandDims(a, [axis]), wide), [1, null]), c, {
          shape: wide.slice(1),
          at: (index) => c.model.at(index.filter((_, k) => k !== axis)),
        });
      }),
      RUNS,
    );
  });

  it("reshape keeps C order", () => {
    const factors = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
    const splits = factors.chain((list) =>
      fc
        .tuple(
          fc.shuffledSubarray(list, { minLength: list.length }),
          fc.infiniteStream(fc.boolean()),
          fc.infiniteStream(fc.boolean()),
          dtypes,
        )
        .map(([shuffled, a, b, dtype]) => {
          const join = (parts: number[], stream: Iterator<boolean>): number[] =>
            parts.reduce<number[]>((out, n) => {
              if (out.length > 0 && stream.next().value) out[out.length - 1]! *= n;
              else out.push(n);
              return out;
            }, []);
          return { from: join(list, a), to: join(shuffled, b), dtype };
        }),
    );
    const shaped = splits.chain(({ from, to, dtype }) =>
      grids(from).chain((grid) => grids(to).map((cuts) => ({ from, to, dtype, grid, cuts }))),
    );
    fc.assert(
      fc.property(shaped, ({ from, to, dtype, grid, cuts }) => {
        const eager = numbered(from, dtype);
        const values = elements(eager);
        const result = reshape(toLazy(eager, grid), to);
        expect(elements(reshape(eager, to) as NDArray)).toEqual(values);
        expect(elements(evaluateBoxes(result))).toEqual(values);
        expect(elements(evaluateWhole(result))).toEqual(values);
        // Boxes that the grid of reshape would not choose.
        expect(elements(evaluateBoxes(rechunk(result, cuts)))).toEqual(values);
        const turned = transpose(
          eager,
          from.map((_, i) => from.length - 1 - i),
        ) as NDArray;
        expect(elements(reshape(turned, to) as NDArray)).toEqual(elements(turned));
      }),
      RUNS,
    );
  });

  it("reshape asks for what it gives and no more, where regions are intervals", () => {
    const eager = numbered([6, 4, 5], "int64");
    const lazy = toLazy(eager, [
      { length: 6, n: 3, size: 2 },
      { length: 4, n: 1, size: 4 },
      { length: 5, n: 1, size: 5 },
    ]);
    for (const shape of [[120], [24, 5], [6, 20], [3, 2, 4, 5], [12, 10]]) {
      const reads = { elements: 0 };
      evaluateBoxes(reshape(lazy, shape), reads);
      expect(reads.elements).toBe(120);
    }
  });

  it("rechunk keeps values and is one node however often", () => {
    fc.assert(
      fc.property(
        cases().chain((c) => fc.tuple(grids(c.eager.shape), grids(c.eager.shape)).map(([g, h]) => ({ c, g, h }))),
        ({ c, g, h }) => {
          const later = rechunk(rechunk(flipAll(c.lazy), g), h);
          expect(later.grid).toEqual(h);
          expect(elements(evaluateBoxes(later))).toEqual(elements(flipAll(c.eager) as NDArray));
          expect(nodesOf(later).length).toBeLessThanOrEqual(2);
        },
      ),
      RUNS,
    );
  });
});

const flipAll = (a: AnyArray): AnyArray => a.shape.reduce<AnyArray>((b, _, axis) => flip(b, axis), a);

describe("concat and stack", () => {
  it("put arrays end to end and side by side", () => {
    const several = fc
      .tuple(
        shapes(4, 3).filter((s) => s.length > 0),
        dtypes,
        fc.array(fc.nat({ max: 4 }), { minLength: 1, maxLength: 5 }),
      )
      .chain(([shape, dtype, lengths]) =>
        fc.nat({ max: shape.length - 1 }).chain((axis) => {
          const parts = lengths.map(
            (n, i) =>
              roll(
                numbered(
                  shape.map((m, k) => (k === axis ? n : m)),
                  dtype,
                ),
                axis,
                i,
              ) as NDArray,
          );
          return fc
            .tuple(...parts.map((part) => grids(part.shape)))
            .map((cuts) => ({ axis, parts, lazy: parts.map((part, i) => toLazy(part, cuts[i]!)) }));
        }),
      );
    fc.assert(
      fc.property(several, ({ axis, parts, lazy }) => {
        const now = concat(parts, axis) as NDArray;
        const total = parts.reduce((n, part) => n + part.shape[axis]!, 0);
        const owners = parts.flatMap((part, p) => Array.from({ length: part.shape[axis]! }, (_, i) => [p, i] as const));
        const expected = modelElements({
          shape: parts[0]!.shape.map((n, k) => (k === axis ? total : n)),
          at(index) {
            const [p, i] = owners[index[axis]!]!;
            return modelOf(parts[p]!).at(index.map((x, k) => (k === axis ? i : x)));
          },
        });
        expect(elements(now)).toEqual(expected);
        expect(elements(evaluateWhole(concat(lazy, axis)))).toEqual(expected);
        expect(elements(evaluateBoxes(concat(lazy, axis)))).toEqual(expected);
        const same = lazy.map(() => lazy[0]!);
        expect(elements(evaluateBoxes(stack(same, axis)))).toEqual(
          elements(
            stack(
              same.map(() => parts[0]!),
              axis,
            ) as NDArray,
          ),
        );
      }),
      RUNS,
    );
  });
});

describe("points", () => {
  it("takes one element per point", () => {
    const gathered = cases(3, 6)
      .filter((c) => c.eager.ndim > 0)
      .chain((c) => {
        const rank = c.eager.ndim;
        return fc
          .tuple(
            fc.shuffledSubarray(
              Array.from({ length: rank }, (_, i) => i),
              { minLength: 1 },
            ),
            shapes(4, 2),
          )
          .chain(([axes, shape]) =>
            fc
              .tuple(
                fc.nat({ max: rank - axes.length }),
                ...axes.map((axis) =>
                  fc.array(fc.integer({ min: -1, max: c.eager.shape[axis]! - 1 }), { minLength: sizeOf(shape), maxLength: sizeOf(shape) }),
                ),
              )
              .map(([at, ...lists]) => ({ c, axes, shape, at, lists })),
          );
      });
    fc.assert(
      fc.property(gathered, ({ c, axes, shape, at, lists }) => {
        const positions = lists.map((list) => new NDArray(Int32Array.from(list), shape, "int32"));
        const kept = Array.from(c.eager.shape.keys()).filter((i) => !axes.includes(i));
        const keptShape = kept.map((i) => c.eager.shape[i]!);
        const expected: Model = {
          shape: [...keptShape.slice(0, at), ...shape, ...keptShape.slice(at)],
          at(index) {
            const place = index.slice(at, at + shape.length);
            const point = positions.map((list) => modelOf(list).at(place) as number);
            const rest = [...index.slice(0, at), ...index.slice(at + shape.length)];
            const whole = c.eager.shape.map((_, i) => (axes.includes(i) ? point[axes.indexOf(i)]! : rest[kept.indexOf(i)]!));
            return point.includes(-1) ? flatFill(c.eager.dtype) : c.model.at(whole);
          },
        };
        agrees((a) => points(a, axes, positions, at, fillFor(c.eager.dtype)), c, expected);
      }),
      RUNS,
    );
  });
});
