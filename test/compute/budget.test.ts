import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { compute, ledger, store } from "../../src/compute/index.ts";
import { Ledger } from "../../src/compute/ledger.ts";
import { ArgumentError } from "../../src/errors.ts";
import { add, counted, memorySink, numbers, readCounts, sum } from "./support.ts";

test("an analysis of a source twenty times the budget runs under it", async () => {
  const shape = [400, 50, 50];
  const memory = (8 * 400 * 50 * 50) / 20;
  const x = counted(shape, [4, 50, 50]);
  const total = sum(x.array, [0]);
  const out = memorySink(shape, [4, 50, 50]);
  ledger.highWater = 0;
  const news: number[] = [];
  await store([{ array: add(x.array, total), sink: out.sink }], { memory, onProgress: ({ peak }) => news.push(peak) });
  expect(ledger.highWater).toBeLessThanOrEqual(memory);
  expect(Math.max(...news)).toBeLessThanOrEqual(memory);
  expect(readCounts(x.reads).most).toBe(2);
  const [row] = await compute([sum(x.array, [1, 2])], { memory });
  expect(numbers(row!)).toHaveLength(400);
  expect(ledger.leases).toBe(0);
});

test("resident memory does not grow with the dataset", async () => {
  const script = fileURLToPath(new URL("./rss-run.ts", import.meta.url));
  const run = async (steps: number): Promise<{ base: number; peak: number; total: number }> => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", script, String(steps)]);
    return JSON.parse(stdout) as { base: number; peak: number; total: number };
  };
  const small = await run(100);
  const large = await run(1000);
  expect(large.total).toBe(10 * small.total);
  expect(large.peak).toBeLessThan(large.base + 32e6 + 250e6);
  expect(large.peak).toBeLessThan(1.25 * small.peak);
}, 60_000);

test("the ledger serves in order, takes aborted waiters out, and lets a large run in alone", async () => {
  const budget = new Ledger(() => 100);
  const first = await budget.reserve(80);
  expect(budget.tryReserve(30)).toBeUndefined();
  const order: string[] = [];
  const stop = new AbortController();
  const big = budget.reserve(150).then((lease) => {
    order.push("big");
    return lease;
  });
  const gone = budget.reserve(10, stop.signal);
  const last = budget.reserve(10).then((lease) => {
    order.push("last");
    return lease;
  });
  stop.abort(new ArgumentError("no more", {}));
  await expect(gone).rejects.toThrow("no more");
  first.shrink(50);
  expect(order).toEqual([]);
  first.release();
  first.release();
  (await big).release();
  (await last).release();
  expect(order).toEqual(["big", "last"]);
  expect([budget.used, budget.leases, budget.highWater]).toEqual([0, 0, 150]);
});
