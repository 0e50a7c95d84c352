import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flatValues, NDArray } from "../../src/array/ndarray.ts";
import { LabelIndex, type PositionIndexer, type Slice, slice, toPositions } from "../../src/indexing/index.ts";
import { firstNotBefore, firstNotBeforeNear } from "../../src/indexing/label-keys.ts";
import { NumberTable } from "../../src/indexing/number-table.ts";
import { iselVariable } from "../../src/variable/isel.ts";
import { Variable } from "../../src/variable/variable.ts";

const index = (labels: readonly number[]): LabelIndex =>
  new LabelIndex("x", "x", new NDArray(Float64Array.from(labels), [labels.length], "float64"));
const values = (i: LabelIndex): number[] => Array.from(flatValues(i.labels) as Float64Array);
const number = fc.oneof(
  fc.integer({ min: -20, max: 20 }),
  fc.double({ noNaN: true, min: -20, max: 20 }).map((x) => x + 0),
);
const distinct = fc.uniqueArray(number, { maxLength: 30 });
const sorted = distinct.map((a) => a.sort((x, y) => x - y));

describe("an index", () => {
  it("finds what a plain search finds, sorted either way or not", () => {
    fc.assert(
      fc.property(distinct, fc.array(number), fc.constantFrom("as is", "up", "down"), (labels, targets, how) => {
        if (how !== "as is") labels.sort((a, b) => (how === "up" ? a - b : b - a));
        expect(Array.from(index(labels).positionsOf(index(targets), {}))).toEqual(targets.map((t) => labels.indexOf(t)));
      }),
    );
  });
  it("gives the nearest, the greater of two equally near", () => {
    const quarter = fc.integer({ min: -40, max: 40 }).map((i) => i / 4);
    fc.assert(
      fc.property(fc.uniqueArray(quarter, { minLength: 1 }), fc.array(quarter), fc.boolean(), (labels, targets, down) => {
        labels.sort((a, b) => (down ? b - a : a - b));
        const found = index(labels).positionsOf(index(targets), { method: "nearest" });
        targets.forEach((t, i) => {
          const least = Math.min(...labels.map((l) => Math.abs(l - t)));
          const best = Math.max(...labels.filter((l) => Math.abs(l - t) === least));
          expect(labels[found[i]!]).toBe(best);
        });
      }),
    );
  });
  it("slices the same labels in both directions", () => {
    fc.assert(
      fc.property(sorted, number, number, (labels, a, b) => {
        const wanted = labels.filter((l) => l >= Math.min(a, b) && l <= Math.max(a, b));
        for (const [list, bounds] of [
          [labels, [a, b]],
          [labels, [b, a]],
          [[...labels].reverse(), [a, b]],
        ] as const) {
          const part = index(list).isel(index(list).sel(new Map([["x", slice(bounds[0], bounds[1])]]), {}).indexers)!;
          expect(values(part).sort((x, y) => x - y)).toEqual(wanted);
        }
      }),
    );
  });
  it("joins as sets do", () => {
    fc.assert(
      fc.property(distinct, distinct, (a, b) => {
        const inner = values(index(a).join(index(b), "inner"));
        expect(inner).toEqual(a.filter((x) => b.includes(x)));
        const outer = values(index(a).join(index(b), "outer"));
        expect([...outer].sort((x, y) => x - y)).toEqual([...new Set([...a, ...b])].sort((x, y) => x - y));
      }),
    );
  });
  it("keeps what it knows of its order through slices", () => {
    fc.assert(
      fc.property(
        sorted,
        fc.integer({ min: -3, max: 3 }).filter((s) => s !== 0),
        (labels, step) => {
          const whole = index(labels);
          expect(whole.isIncreasing).toBe(true);
          const part = whole.isel(new Map([["x", toPositions(slice(null, null, step), "x", labels.length)]]))!;
          const fresh = index(values(part));
          if (part.size > 1)
            expect([part.isIncreasing, part.isDecreasing, part.isUnique]).toEqual([fresh.isIncreasing, fresh.isDecreasing, fresh.isUnique]);
        },
      ),
    );
  });
});

describe("search", () => {
  it("near a place is search", () => {
    fc.assert(
      fc.property(sorted, number, fc.nat(35), fc.boolean(), (labels, key, from, down) => {
        const keys = Float64Array.from(down ? labels.reverse() : labels);
        expect(firstNotBeforeNear(keys, key, down, from)).toBe(firstNotBefore(keys, key, down));
      }),
    );
  });
  it("by table is that of a Map", () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(number, fc.constantFrom(Number.NaN, -0, 0, Infinity))), (list) => {
        const table = new NumberTable(Float64Array.from(list));
        const map = new Map<number, number>();
        list.forEach((x, i) => map.has(x) || map.set(x, i));
        expect(table.count).toBe(map.size);
        for (const x of [...list, 0.123, -0, Number.NaN]) expect(table.get(x)).toBe(map.get(x) ?? -1);
      }),
    );
  });
});

describe("isel", () => {
  const n = 12;
  const v = new Variable(
    ["x"],
    new NDArray(
      Float64Array.from({ length: n }, (_, i) => i),
      [n],
      "float64",
    ),
  );
  const bound = fc.option(fc.integer({ min: -15, max: 15 }));
  const anySlice = fc
    .tuple(bound, bound, fc.option(fc.integer({ min: -4, max: 4 }).filter((s) => s !== 0)))
    .map(([a, b, s]): Slice => slice(a, b, s));
  const count = (x: PositionIndexer): number => (x.kind === "run" ? x.count : x.kind === "take" ? x.positions.length : 1);
  it("of isel is isel of the composed positions", () => {
    fc.assert(
      fc.property(anySlice, anySlice, fc.array(fc.nat(), { maxLength: 5 }), (first, second, list) => {
        const a = toPositions(first, "x", n);
        const once = iselVariable(v, new Map([["x", a]]));
        expect(once.shape).toEqual([count(a)]);
        const at = Array.from(once.values as Float64Array);
        for (const indexer of [second, at.length > 0 ? list.map((i) => i % at.length) : []]) {
          const b = toPositions(indexer, "x", at.length);
          const twice = iselVariable(once, new Map([["x", b]]));
          const wanted =
            b.kind === "run"
              ? Array.from({ length: b.count }, (_, i) => at[b.start + i * b.step])
              : Array.from((b as { positions: Float64Array }).positions, (i) => at[i]);
          expect(Array.from(twice.values as Float64Array)).toEqual(wanted);
        }
      }),
    );
  });
});
