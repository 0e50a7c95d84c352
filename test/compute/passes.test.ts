import { expect, test } from "vitest";
import { apply, portOf } from "../../src/array/apply.ts";
import type { AnyArray } from "../../src/array/lazy.ts";
import { rechunk } from "../../src/array/rechunk.ts";
import { compute, explain, plan, store } from "../../src/compute/index.ts";
import { planTargets } from "../../src/compute/planner.ts";
import { add, addOp, counted, cumsum, grid, memorySink, numbers, part, rank, readCounts, shift, sum, wholeOf } from "./support.ts";

const SHAPE = [48, 20, 30];
const BYTES = 8 * 48 * 20 * 30;

test("several results of one source read each chunk once", async () => {
  const x = counted(SHAPE, [2, 20, 30]);
  const wanted = [sum(x.array, [0]), sum(x.array, [1, 2]), part(x.array, [10, 20, 0, 20, 0, 30]), part(x.array, [0, 48, 5, 6, 7, 8])];
  const memory = BYTES; // streams: the source alone would fill it
  expect(plan(wanted, { memory }).stages.length).toBeGreaterThan(2);
  const got = await compute(wanted, { memory });
  const whole = wholeOf(SHAPE);
  expect(numbers(got[0]!)).toEqual(numbers(sum(whole, [0])));
  expect(numbers(got[1]!)).toEqual(numbers(sum(whole, [1, 2])));
  expect(numbers(got[3]!)).toEqual(numbers(part(whole, [0, 48, 5, 6, 7, 8])));
  expect(readCounts(x.reads)).toEqual({ most: 1, total: 24, chunks: 24 });
});

test("an anomaly is two passes when the source does not fit, and explain says why; one when it does", async () => {
  const write = async (memory: number): Promise<{ counts: ReturnType<typeof readCounts>; text: string }> => {
    const x = counted(SHAPE, [2, 20, 30]);
    const mean = sum(x.array, [0]);
    const anomaly = add(x.array, mean);
    const out = memorySink(SHAPE, [2, 20, 30]);
    const text = explain(planTargets([{ port: portOf(anomaly), sink: out.sink }], { memory }));
    await store([{ array: anomaly, sink: out.sink }], { memory });
    expect(numbers(out.array)).toEqual(numbers(add(wholeOf(SHAPE), sum(wholeOf(SHAPE), [0]))));
    return { counts: readCounts(x.reads), text };
  };
  const tight = await write(BYTES / 4);
  expect(tight.counts.most).toBe(2);
  expect(tight.counts.total).toBeLessThanOrEqual(48); // what fits is kept for the second pass
  expect(tight.text).toMatch(/x is read again: of its 230 kB, .* fit/);
  const roomy = await write(3 * BYTES);
  expect(roomy.counts).toEqual({ most: 1, total: 24, chunks: 24 });
  expect(roomy.text).toMatch(/kept for the next pass/);
});

test("an anomaly over space chunks is one pass however tight", async () => {
  const x = counted(SHAPE, [48, 2, 30]);
  const out = memorySink(SHAPE, [48, 2, 30]);
  await store([{ array: add(x.array, sum(x.array, [0])), sink: out.sink }], { memory: BYTES / 1.2 });
  expect(readCounts(x.reads)).toEqual({ most: 1, total: 10, chunks: 10 });
});

test("mean, deviation, slice and anomaly written in one call: two passes and no more", async () => {
  const x = counted(SHAPE, [2, 20, 30]);
  const mean = sum(x.array, [0]);
  const sinks = [
    memorySink([20, 30], [20, 30]),
    memorySink([48], [5]),
    memorySink([10, 20, 30], [3, 20, 30]),
    memorySink(SHAPE, [4, 20, 30]),
  ];
  const arrays = [mean, sum(x.array, [1, 2]), part(x.array, [10, 20, 0, 20, 0, 30]), add(x.array, mean)];
  await store(
    arrays.map((array, i) => ({ array, sink: sinks[i]!.sink })),
    { memory: BYTES },
  );
  expect(readCounts(x.reads).most).toBe(2);
  expect(readCounts(x.reads).total).toBeLessThan(48); // as many chunks as fit are kept for the second pass
  expect(numbers(sinks[1]!.array)).toEqual(numbers(sum(wholeOf(SHAPE), [1, 2])));
});

test("a window that moves over single steps reads each chunk once", async () => {
  const x = counted([200, 50], [1, 50]);
  let window = x.array as ReturnType<typeof add>;
  for (let k = 1; k < 8; k++) window = add(window, shift(x.array, k));
  const [got] = await compute([sum(window, [0, 1])], { memory: 40_000 });
  let expected = wholeOf([200, 50]) as ReturnType<typeof add>;
  const base = expected;
  for (let k = 1; k < 8; k++) expected = add(expected, shift(base, k));
  expect(numbers(got!)).toEqual(numbers(sum(expected, [0, 1])));
  expect(readCounts(x.reads)).toEqual({ most: 1, total: 200, chunks: 200 });
});

test("x + shift(x), twenty times, stays linear", async () => {
  const x = counted([64], [8]);
  let y = x.array as ReturnType<typeof add>;
  let z = wholeOf([64]) as ReturnType<typeof add>;
  for (let k = 0; k < 20; k++) {
    y = add(y, shift(y, 1));
    z = add(z, shift(z, 1));
  }
  expect(plan([y]).stages[0]!.program).toHaveLength(41);
  expect(numbers((await compute([y]))[0]!)).toEqual(numbers(z));
});

test("twenty thousand operations in a row need no deep stack", async () => {
  const x = counted([4], [4]);
  let y = x.array as ReturnType<typeof add>;
  for (let k = 0; k < 20_000; k++) y = add(y, x.array);
  const [got] = await compute([y]);
  expect(numbers(got!)[1]).toBe(20_001);
});

test("what every task would compute again is computed once and kept", async () => {
  const small = counted([100], [100]);
  const big = counted([400, 100], [4, 100]);
  const p = plan([add(big.array, rank(small.array))], { memory: 2 ** 28 });
  expect(p.stages).toHaveLength(1); // fits one task
  const tight = plan([sum(add(big.array, rank(small.array)), [0])], { memory: 100_000 });
  expect(tight.stages).toHaveLength(2);
  expect(tight.slots.map(({ why }) => why).sort()).toEqual(["barrier", "result"]);
});

test("a scan carries from task to task, in either direction, and what follows it shares its stage", async () => {
  for (const reverse of [false, true]) {
    const x = counted([60, 10], [5, 4]);
    const y = add(cumsum(x.array, reverse), x.array);
    const out = memorySink([60, 10], [10, 4]);
    const p = planTargets([{ port: portOf(y), sink: out.sink }], { memory: 6_000 });
    expect(p.stages).toHaveLength(1);
    expect(p.stages[0]!.ordered).toBe(true);
    await store([{ array: y, sink: out.sink }], { memory: 6_000 });
    expect(numbers(out.array)).toEqual(numbers(add(cumsum(wholeOf([60, 10]), reverse), wholeOf([60, 10]))));
    expect(readCounts(x.reads).most).toBe(1);
  }
});

test("rechunking to a sink with other chunks reads each chunk once where memory allows", async () => {
  const x = counted([60, 60], [60, 5]);
  const y = rechunk(x.array, grid([60, 60], [5, 60]));
  const out = memorySink([60, 60], [5, 60]);
  await store([{ array: y, sink: out.sink }], { memory: 8 * 3600 * 8 });
  expect(numbers(out.array)).toEqual(numbers(wholeOf([60, 60])));
  expect(readCounts(x.reads).most).toBe(1);
});

test("sinks whose chunks do not match the source's still read each chunk once, keeping what tasks share", async () => {
  const x = counted([90, 10], [6, 10]);
  const out = memorySink([90, 10], [10, 10]);
  await store([{ array: x.array, sink: out.sink }], { memory: 12_000 });
  expect(readCounts(x.reads).most).toBe(1);
});

test("equal expressions are computed once, and functions of the user are not taken for equal", () => {
  const x = counted([48, 20], [2, 20]).array;
  const p = plan([sum(x, [0]), add(x, sum(x, [0])), add(x, sum(x, [0]))], { memory: 20_000 });
  expect(p.stages.flatMap(({ program }) => program.filter(({ mode }) => mode === "fold"))).toHaveLength(1);
  expect(p.results[1]).toBe(p.results[2]);
  const own = { ...addOp, name: "test-own", reach: "local" as const };
  const mine = (): AnyArray => apply(own, [x, x], { params: null });
  expect(new Set(plan([mine(), mine()]).results).size).toBe(2);
});
