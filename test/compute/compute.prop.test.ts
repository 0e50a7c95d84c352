import fc from "fast-check";
import { expect, test } from "vitest";
import type { AnyArray } from "../../src/array/lazy.ts";
import { compute, ledger, makeInlineExecutor, type Progress, plan, store } from "../../src/compute/index.ts";
import { isGraticuleError } from "../../src/errors.ts";
import { add, counted, cumsum, memorySink, numbers, part, rank, shift, sum, wholeOf } from "./support.ts";

/** Every freed buffer is poisoned and used again, however small. */
const executor = makeInlineExecutor({ least: 0, poison: true });

type Make = (xs: AnyArray[]) => AnyArray;

/** Recipes that make a new array of the arrays so far; the same recipe runs lazily and in memory. */
const recipe: fc.Arbitrary<Make> = fc
  .record({ kind: fc.nat(6), a: fc.nat(9), b: fc.nat(9), n: fc.integer({ min: -3, max: 3 }) })
  .map(({ kind, a, b, n }) => (xs) => {
    const x = xs[a % xs.length]!;
    const y = xs[b % xs.length]!;
    switch (kind) {
      case 0:
        return fits(x, y) ? add(x, y) : x;
      case 1:
        return x.shape.length > 0 ? shift(x, n) : x;
      case 2:
        return x.shape.length > 0 ? sum(x, [Math.abs(n) % x.shape.length]) : x;
      case 3:
        return x.shape.length > 0 ? cumsum(x, n < 0) : x;
      case 4:
        return x.shape.length > 0 ? rank(x) : x;
      case 5:
        return part(
          x,
          x.shape.flatMap((length, i) => [Math.min(length - 1, i), length]),
        );
      default:
        return sum(
          x,
          x.shape.map((_, i) => i),
        );
    }
  });

function fits(a: AnyArray, b: AnyArray): boolean {
  const skip = a.shape.length - b.shape.length;
  return skip >= 0 && b.shape.every((n, i) => n === 1 || n === a.shape[i + skip]);
}

const axis = fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }));

test("lazy gives what eager gives, under any chunking and budget, each result and all together, and gives its memory back", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(axis, { minLength: 1, maxLength: 3 }),
      fc.array(recipe, { minLength: 1, maxLength: 7 }),
      fc.constantFrom(40_000, 200_000, 2 ** 26),
      fc.boolean(),
      async (axes, recipes, memory, read) => {
        const shape = axes.map(([n]) => n);
        const lazy: AnyArray[] = [
          counted(
            shape,
            axes.map(([, c]) => c),
            { read },
          ).array,
        ];
        const eager: AnyArray[] = [wholeOf(shape)];
        for (const make of recipes) {
          lazy.push(make(lazy));
          eager.push(make(eager));
        }
        const together = await compute(lazy, { memory, executor });
        together.forEach((values, i) => {
          expect(values.shape).toEqual(eager[i]!.shape);
          expect(numbers(values)).toEqual(numbers(eager[i]!));
        });
        const [alone] = await compute(lazy.slice(-1), { memory, executor });
        expect(numbers(alone!)).toEqual(numbers(eager.at(-1)!));
        expect(ledger.used).toBe(0);
        expect(ledger.leases).toBe(0);
      },
    ),
    { numRuns: 150 },
  );
});

test("under tight budgets arrays stream, hold no more than projected, or are refused by name", async () => {
  const seen = { fold: 0, carry: 0, refused: 0, ran: 0 };
  await fc.assert(
    fc.asyncProperty(
      fc.array(axis, { minLength: 2, maxLength: 3 }),
      fc.array(recipe, { minLength: 1, maxLength: 5 }),
      fc.integer({ min: 1000, max: 30_000 }),
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
          lazy.push(make(lazy));
          eager.push(make(eager));
        }
        try {
          const planned = plan(lazy.slice(-1), { memory });
          for (const { program } of planned.stages) for (const { mode } of program) if (mode === "fold" || mode === "carry") seen[mode]++;
          let news: Progress | undefined;
          const [values] = await compute(lazy.slice(-1), { memory, executor, onProgress: (progress) => (news = progress) });
          seen.ran++;
          expect(numbers(values!)).toEqual(numbers(eager.at(-1)!));
          expect(planned.peak).toBeLessThanOrEqual(memory);
          expect(news!.peak).toBeLessThanOrEqual(news!.projected);
          expect(news!.projected).toBeLessThanOrEqual(memory);
        } catch (error) {
          if (!isGraticuleError(error, "MemoryLimitError")) throw error;
          seen.refused++;
          expect(error.message).toMatch(/toZarr|raise setOptions/);
        }
        expect(ledger.leases).toBe(0);
      },
    ),
    { numRuns: 250 },
  );
  expect(seen.fold).toBeGreaterThan(10);
  expect(seen.carry).toBeGreaterThan(3);
  expect(seen.ran).toBeGreaterThan(seen.refused);
});

test("store writes what compute gives, whatever the sink's chunks", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 }), fc.integer({ min: 1, max: 9 })), {
        minLength: 1,
        maxLength: 3,
      }),
      fc.array(recipe, { minLength: 1, maxLength: 4 }),
      fc.constantFrom(60_000, 2 ** 26),
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
          lazy.push(make(lazy));
          eager.push(make(eager));
        }
        const sinks = lazy.map((a) =>
          memorySink(
            a.shape,
            a.shape.map((_, i) => axes[i % axes.length]![2]),
          ),
        );
        await store(
          lazy.map((array, i) => ({ array, sink: sinks[i]!.sink })),
          { memory, executor },
        );
        sinks.forEach(({ array }, i) => expect(numbers(array)).toEqual(numbers(eager[i]!)));
        expect(ledger.leases).toBe(0);
      },
    ),
    { numRuns: 80 },
  );
});
