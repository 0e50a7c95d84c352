import { expect, test } from "vitest";
import { compute, explain, explainHtml, plan, planJson, store } from "../../src/compute/index.ts";
import { isGraticuleError } from "../../src/errors.ts";
import { add, counted, memorySink, shift, sum, wholeOf } from "./support.ts";

test("a plan over a million chunks is kilobytes", () => {
  const x = counted([1_000_000, 180, 360], [1, 180, 360]).array;
  const { json } = planJson(plan([sum(add(x, shift(x, 1)), [0])], { memory: 2 ** 30 }));
  expect(json.length).toBeLessThan(4000);
});

test("plans name in-memory operands by their content", () => {
  const x = counted([10], [5]).array;
  const one = planJson(plan([add(x, wholeOf([10]))]));
  const two = planJson(plan([add(x, wholeOf([10]))]));
  const other = planJson(plan([add(x, wholeOf([1]))]));
  expect(one.id).toBe(two.id);
  expect(other.id).not.toBe(one.id);
  expect(Object.values(one.blobs).map((b) => b.length)).toEqual([80]);
});

test("a result that does not fit is refused before anything is read, naming it and the ways out", async () => {
  const x = counted([1000, 1000], [100, 1000]);
  const error: unknown = await compute([add(x.array, x.array)], { memory: 1e6 }).catch((e: unknown) => e);
  expect(isGraticuleError(error, "MemoryLimitError")).toBe(true);
  expect((error as Error).message).toBe(
    "add (1000 × 1000 float64) takes 8 MB, the budget is 1 MB; select less, write it with toZarr, stream it with blocks(), or raise setOptions({ memory })",
  );
  expect((error as { fields: object }).fields).toEqual({ label: "add", bytes: 8e6, budget: 1e6 });
  expect(x.reads.size).toBe(0);
});

test("a chunk that does not fit is refused by name", () => {
  const x = counted([1000, 1000], [1000, 1000]).array;
  expect(() => plan([sum(x, [0, 1])], { memory: 1e6 })).toThrow(/^sum \(scalar float64\): its smallest task needs 16 MB/);
});

test("a sink of another shape is refused", async () => {
  const x = counted([10], [5]).array;
  await expect(store([{ array: x, sink: memorySink([11], [5]).sink }])).rejects.toThrow(
    "cannot write an array of shape (10) to one of shape (11)",
  );
});

test("memory that is no size is refused", async () => {
  const x = counted([10], [5]).array;
  await expect(compute([x], { memory: 0 })).rejects.toThrow("memory must be a positive number of bytes, not 0");
});

test("explain tells stages, tasks, bytes and reasons", () => {
  const x = counted([48, 20, 30], [2, 20, 30]).array;
  const p = plan([sum(x, [0]), sum(add(x, sum(x, [0])), [1, 2])], { memory: 230_400 });
  expect(explain(p)).toMatchInlineSnapshot(`
    "2 stages, 48 tasks: reads 461 kB, writes 0 bytes, holds at most 202 kB of 230 kB (with 5.2 kB of whole arrays and 168 kB of kept chunks)

    stage 1: sum (20 × 30 float64)
      24 tasks of (2, 20, 30) over (48, 20, 30)
      reads 230 kB
      a task holds 19 kB, states 9.6 kB
      runs sum
      why: sum streams over its input: one task cannot hold what it reduces

    stage 2: sum (48 float64)
      after 1
      24 tasks of (2) over (48)
      reads 230 kB
      a task holds 19 kB
      runs add → sum

    note: x is read again: of its 230 kB, 168 kB fit beside 34 kB of tasks, states and results"
  `);
  expect(explainHtml(p)).toMatch(/^<div class="graticule-plan"><p>.*<table>/);
});

test("arrays without elements, constants and repeated results need no special care", async () => {
  const none = counted([0, 4], [1, 4]);
  const [rows, columns, same, again] = await compute([none.array, sum(none.array, [0]), none.array, none.array]);
  expect([rows!.shape, columns!.shape]).toEqual([[0, 4], [4]]);
  expect(Array.from(columns!.data as unknown as number[])).toEqual([0, 0, 0, 0]);
  expect(same).toBe(rows);
  expect(again).toBe(rows);
  const memory = wholeOf([3]);
  expect(await compute([memory])).toEqual([memory]);
  expect(await compute([])).toEqual([]);
  const out = memorySink([3], [2]);
  await store([{ array: memory, sink: out.sink }]);
  expect(Array.from(out.array.data as unknown as number[])).toEqual([0, 1, 2]);
});
