import { expect, test } from "vitest";
import { apply } from "../../src/array/apply.ts";
import { nextTurn } from "../../src/compute/breathe.ts";
import { blocks, compute, ledger, type Progress, progressBar, store } from "../../src/compute/index.ts";
import { AlignmentError, isGraticuleError, StoreError } from "../../src/errors.ts";
import { add, addOp, counted, memorySink, numbers, sum, wholeOf } from "./support.ts";

const SHAPE = [40, 50];
const CHUNKS = [2, 50];
const MEMORY = 9_000;

const clean = (): void => {
  expect(ledger.used).toBe(0);
  expect(ledger.leases).toBe(0);
};

test("an abort at any point rejects with its reason and leaves no lease", async () => {
  for (let at = 0; at < 30; at++) {
    const stop = new AbortController();
    let calls = 0;
    const step = async (): Promise<void> => {
      if (++calls === at) stop.abort(new Error(`stopped at ${at}`));
      await nextTurn();
    };
    const x = counted(SHAPE, CHUNKS, { onFetch: step });
    const out = memorySink(SHAPE, [4, 50], step);
    const run = Promise.all([
      compute([sum(x.array, [0])], { memory: MEMORY, signal: stop.signal }),
      store([{ array: add(x.array, sum(x.array, [0])), sink: out.sink }], { memory: MEMORY, signal: stop.signal }),
    ]);
    if (at === 0) stop.abort(new Error("stopped at 0"));
    await expect(run).rejects.toThrow(`stopped at ${at}`);
    await nextTurn();
    for (let i = 0; i < 100 && ledger.leases > 0; i++) await nextTurn();
    clean();
  }
});

test("an abort is prompt although a store never answers", async () => {
  const x = counted(SHAPE, CHUNKS, { onFetch: () => new Promise(() => undefined) });
  const run = compute([sum(x.array, [0])], { memory: MEMORY, signal: AbortSignal.timeout(20) });
  await expect(run).rejects.toMatchObject({ name: "TimeoutError" });
  clean();
});

test("an error of a store keeps its class and says where; one that may pass is tried again", async () => {
  const broken = counted(SHAPE, CHUNKS, {
    onFetch: (id) => {
      if (id === 7) throw new StoreError("gone", { key: "/7" });
    },
  });
  const error: unknown = await compute([sum(broken.array, [0])], { memory: MEMORY }).catch((e: unknown) => e);
  expect(isGraticuleError(error, "StoreError")).toBe(true);
  expect((error as StoreError).fields).toMatchObject({ key: "/7", stage: 0, node: "x" });
  expect(readBox(error)).toHaveLength(4);
  expect(broken.reads.get(7)).toBe(1);
  clean();

  let left = 2;
  const shaky = counted(SHAPE, CHUNKS, {
    onFetch: (id) => {
      if (id === 7 && left-- > 0) throw new StoreError("busy", { retryable: true });
    },
  });
  const [total] = await compute([sum(shaky.array, [0])], { memory: MEMORY });
  expect(numbers(total!)).toEqual(numbers(sum(wholeOf(SHAPE), [0])));
  clean();
});

const readBox = (error: unknown): unknown[] => (error as StoreError).fields.box as unknown[];

test("an error in decoding or in an operation says where, and is not tried again", async () => {
  let decodes = 0;
  const damaged = counted(SHAPE, CHUNKS, {
    onDecode: (id) => {
      if (id === 3 && ++decodes > 0) throw new RangeError("bad chunk");
    },
  });
  const error: unknown = await compute([sum(damaged.array, [0])], { memory: MEMORY }).catch((e: unknown) => e);
  expect(error).toBeInstanceOf(RangeError);
  expect((error as Error).cause).toMatchObject({ stage: 0, node: "x" });
  expect(decodes).toBe(1);
  clean();

  const failing = {
    ...addOp,
    name: "test-fail",
    run: () => {
      throw new TypeError("no such thing");
    },
  };
  const y = apply(failing, [counted(SHAPE, CHUNKS).array, wholeOf([1])], { params: null, label: "mine" });
  const thrown: unknown = await compute([y]).catch((e: unknown) => e);
  expect(thrown).toBeInstanceOf(TypeError);
  expect((thrown as Error).cause).toMatchObject({ node: "mine" });
  clean();
});

test("a guard's error passes through as it is", async () => {
  const guarding = {
    ...addOp,
    name: "test-guard",
    kind: "guard" as const,
    run: () => {
      throw new AlignmentError("lat differs");
    },
  };
  const y = apply(guarding, [counted(SHAPE, CHUNKS).array, wholeOf([1])], { params: null, label: "guard" });
  await expect(compute([y])).rejects.toThrow(AlignmentError);
  clean();
});

test("a failing write waits for the writes on their way, and gives everything back", async () => {
  let open = 0;
  let count = 0;
  const x = counted(SHAPE, CHUNKS);
  const out = memorySink(SHAPE, [2, 50], async () => {
    open++;
    const mine = ++count;
    for (let i = 0; i < 5; i++) await nextTurn();
    open--;
    if (mine === 3) throw new StoreError("disk full", {});
  });
  await expect(store([{ array: x.array, sink: out.sink }], { memory: MEMORY })).rejects.toThrow("disk full");
  expect(open).toBe(0);
  clean();
});

test("blocks come in order and cover the array; leaving the loop stops the run", async () => {
  const x = counted(SHAPE, CHUNKS);
  let rows = 0;
  for await (const { box, block } of blocks(x.array, { memory: MEMORY })) {
    expect(box[0]).toBe(rows);
    expect(numbers(block)[0]).toBe((rows * 50) % 1009);
    rows = box[1]!;
  }
  expect(rows).toBe(40);
  const y = counted(SHAPE, CHUNKS);
  for await (const { box } of blocks(y.array, { memory: MEMORY })) if (box[0]! > 0) break;
  expect(y.reads.size).toBeLessThan(20);
  clean();
});

test("errors of a stream reach the loop", async () => {
  const x = counted(SHAPE, CHUNKS, {
    onFetch: (id) => {
      if (id > 10) throw new StoreError("gone", {});
    },
  });
  const all = async (): Promise<void> => {
    for await (const _ of blocks(x.array, { memory: MEMORY }));
  };
  await expect(all()).rejects.toThrow("gone");
  clean();
});

test("computations side by side share the ledger and all end", async () => {
  const runs = Array.from({ length: 6 }, () => {
    const x = counted(SHAPE, CHUNKS, { onFetch: nextTurn });
    return compute([sum(x.array, [0])], { memory: MEMORY });
  });
  for (const [total] of await Promise.all(runs)) expect(numbers(total!)).toEqual(numbers(sum(wholeOf(SHAPE), [0])));
  clean();
});

test("progress counts tasks and bytes, and a bar draws one line on a terminal", async () => {
  const x = counted(SHAPE, CHUNKS);
  const news: Progress[] = [];
  const written: string[] = [];
  const bar = progressBar({ isTTY: true, write: (text) => written.push(text) });
  await compute([sum(x.array, [0])], {
    memory: MEMORY,
    onProgress: (p) => {
      news.push(p);
      bar(p);
    },
  });
  const last = news.at(-1)!;
  expect(last).toMatchObject({ kind: "done", chunksRead: 20, bytesRead: 160, stages: 1 });
  expect(last.done).toBe(last.total);
  expect(written.at(-1)).toMatch(/^\r█{30} 100% \| stage 1\/1 .*\n$/);
});
