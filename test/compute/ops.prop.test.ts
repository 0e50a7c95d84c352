import fc from "fast-check";
import { expect, test } from "vitest";
import { concat } from "../../src/array/concat.ts";
import { binary } from "../../src/array/elementwise.ts";
import { guard } from "../../src/array/guard.ts";
import type { AnyArray } from "../../src/array/lazy.ts";
import type { NDArray } from "../../src/array/ndarray.ts";
import { pad } from "../../src/array/pad.ts";
import { rechunk } from "../../src/array/rechunk.ts";
import { reduce } from "../../src/array/reduce.ts";
import { reshape } from "../../src/array/reshape.ts";
import { broadcastTo, flip, roll, select, transpose } from "../../src/array/select.ts";
import { unary } from "../../src/array/unary.ts";
import { where } from "../../src/array/where.ts";
import { compute, ledger, makeInlineExecutor, type Progress } from "../../src/compute/index.ts";
import { isGraticuleError } from "../../src/errors.ts";
import { counted, grid, numbers, wholeOf } from "./support.ts";

/** Every freed buffer is poisoned and used again, however small. */
const executor = makeInlineExecutor({ least: 0, poison: true });

type Make = (xs: readonly AnyArray[]) => AnyArray;

const recipe: fc.Arbitrary<Make> = fc.record({ kind: fc.nat(15), a: fc.nat(9), b: fc.nat(9), n: fc.nat(5) }).map(
  ({ kind, a, b, n }): Make =>
    (xs) => {
      const x = xs[a % xs.length]!;
      const y = xs[b % xs.length]!;
      const rank = x.shape.length;
      const axis = rank === 0 ? 0 : n % rank;
      if (kind === 0) return same(x, y) ? binary("add", x, y) : x;
      if (kind === 1) return unary("sqrt", unary("abs", x));
      if (kind === 2)
        return where(
          binary(
            "gt",
            x,
            reduce(
              "mean",
              x,
              x.shape.map((_, i) => i),
            ),
          ),
          x,
          x,
        );
      if (rank === 0) return x;
      switch (kind) {
        case 3:
          return select(
            x,
            x.shape.map((length, i) => (i === axis ? { start: length - 1, step: -1, count: length } : null)),
          );
        case 4:
          return select(
            x,
            x.shape.map((length, i) => (i === axis ? Int32Array.from({ length: 4 }, (_, k) => (k * (n + 1)) % length) : null)),
          );
        case 5:
          return transpose(
            x,
            x.shape.map((_, i) => (i + 1) % rank),
          );
        case 6:
          return reduce("mean", x, [axis]);
        case 7:
          return binary("sub", x, broadcastTo(expand(reduce("mean", x, [axis]), axis), x.shape));
        case 8:
          return reduce(
            "std",
            x,
            x.shape.map((_, i) => i).filter((i) => i !== axis),
          );
        case 9:
          return same(x, y) ? concat([x, y], axis) : x;
        case 10:
          return reshape(x, [x.shape.reduce((p, q) => p * q, 1)]);
        case 11:
          return roll(flip(x, axis), axis, n);
        case 12:
          return pad(
            x,
            x.shape.map(() => [n % 2, 1] as const),
            { mode: "wrap" },
          );
        case 13:
          return "port" in x
            ? rechunk(
                x,
                grid(
                  x.shape,
                  x.shape.map(() => n + 1),
                ),
              )
            : x;
        case 14:
          return reduce("sum", x, [], {
            groups: { axis, codes: Int32Array.from({ length: x.shape[axis]! }, (_, k) => (k % (n + 2)) - 1), count: n + 1 },
          });
        default:
          return guard(x, [binary("eq", y, y)], { tag: "AlignmentError", message: "differ" });
      }
    },
);

const same = (a: AnyArray, b: AnyArray): boolean => a.shape.length === b.shape.length && a.shape.every((n, i) => n === b.shape[i]);
const expand = (a: AnyArray, axis: number): AnyArray => reshape(a, [...a.shape.slice(0, axis), 1, ...a.shape.slice(axis)]);

test("the library's own operations give lazily what they give in memory, under any chunking and budget", async () => {
  let ran = 0;
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), { minLength: 1, maxLength: 3 }),
      fc.array(recipe, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(4_000, 20_000, 100_000, 2 ** 26),
      async (axes, recipes, memory) => {
        const shape = axes.map(([n]) => n);
        const lazy: AnyArray[] = [
          counted(
            shape,
            axes.map(([, c]) => c),
          ).array,
        ];
        const eager: AnyArray[] = [wholeOf(shape)];
        for (const make of recipes) {
          if (eager.at(-1)!.size > 5000) break;
          lazy.push(make(lazy));
          eager.push(make(eager));
        }
        let got: NDArray[];
        let news: Progress | undefined;
        try {
          got = await compute(lazy.slice(-2), { memory, executor, onProgress: (p) => (news = p) });
        } catch (error) {
          if (!isGraticuleError(error, "MemoryLimitError")) throw error;
          return;
        }
        ran++;
        got.forEach((values, i) => {
          const expected = eager[eager.length - got.length + i] as NDArray;
          expect(values.shape).toEqual(expected.shape);
          expect(values.dtype).toBe(expected.dtype);
          const mine = numbers(values);
          numbers(expected).forEach((v, k) =>
            expect(Object.is(mine[k], v) || Math.abs(mine[k]! - v) <= 1e-9 * Math.max(1, Math.abs(v))).toBe(true),
          );
        });
        if (news) expect(news.peak).toBeLessThanOrEqual(1.5 * news.projected + 2048); // operations may keep small scratch
        expect(news?.projected ?? 0).toBeLessThanOrEqual(1.25 * memory);
        expect(ledger.leases).toBe(0);
      },
    ),
    { numRuns: 250 },
  );
  expect(ran).toBeGreaterThan(100);
});
