/** What callers use: compute, store, plan, and the stream of blocks. */

import { portOf } from "../array/apply.ts";
import type { Box } from "../array/box.ts";
import type { ChunkGrid } from "../array/grid.ts";
import { type AnyArray, inMemory } from "../array/lazy.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Sink } from "../array/source.ts";
import { type RunOptions, runPlan } from "./driver.ts";
import type { Plan } from "./plan.ts";
import { type PlanOptions, planTargets } from "./planner.ts";

/** How to compute: where, within which memory, telling whom. */
export interface ComputeOptions extends RunOptions, PlanOptions {}

/**
 * The values of `arrays`, in their order, in as few passes over the sources as memory allows.
 *
 * Arrays in memory come back as they are. Throws MemoryLimitError before anything runs where results
 * and tasks do not fit the budget, the signal's reason when aborted, and whatever sources and
 * operations throw, with the stage, box and node among the error's fields.
 *
 * @example
 * ```ts
 * const [mean, std] = await compute([reduce("mean", x, [0]), reduce("std", x, [0])]);
 * ```
 */
export async function compute(arrays: readonly AnyArray[], options: ComputeOptions = {}): Promise<NDArray[]> {
  options.signal?.throwIfAborted();
  const lazy = [...new Set(arrays.filter((array) => inMemory(array) === undefined))];
  const found = new Map<AnyArray, NDArray>();
  if (lazy.length > 0) {
    const values = await runPlan(plan(lazy, options), options);
    for (const [i, array] of lazy.entries()) found.set(array, values[i]!);
  }
  return arrays.map((array) => inMemory(array) ?? found.get(array)!);
}

/** One array and where its chunks are written. */
export interface StorePair {
  readonly array: AnyArray;
  readonly sink: Sink;
}

/**
 * Write arrays to sinks, chunk by chunk, each chunk once; arrays that share sources share their reading.
 * Throws DimensionError where an array and its sink differ in shape, else as {@link compute}.
 */
export async function store(pairs: readonly StorePair[], options: ComputeOptions = {}): Promise<void> {
  options.signal?.throwIfAborted();
  if (pairs.length > 0) await runPlan(planStore(pairs, options), options);
}

/** The plan that {@link compute} would run. */
export function plan(arrays: readonly AnyArray[], options: PlanOptions = {}): Plan {
  return planTargets(
    arrays.map((array) => ({ port: portOf(array) })),
    options,
  );
}

/** The plan that {@link store} would run. */
export function planStore(pairs: readonly StorePair[], options: PlanOptions = {}): Plan {
  return planTargets(
    pairs.map(({ array, sink }) => ({ port: portOf(array), sink })),
    options,
  );
}

/** A block of an array and the region it covers. */
export interface BoxBlock {
  readonly box: Box;
  readonly block: NDArray;
}

/** How to stream. */
export interface BlocksOptions extends ComputeOptions {
  /** Blocks are unions of these chunks (default: the array's own). */
  readonly grid?: ChunkGrid | undefined;
}

/**
 * The blocks of an array, one after another, never more than one ahead of whoever asks.
 * Leaving the loop stops the run.
 *
 * @example
 * ```ts
 * for await (const { box, block } of blocks(x)) console.log(box, block.shape);
 * ```
 */
export async function* blocks(array: AnyArray, options: BlocksOptions = {}): AsyncGenerator<BoxBlock, void, undefined> {
  const port = portOf(array);
  const stop = new AbortController();
  const signal = options.signal ? AbortSignal.any([options.signal, stop.signal]) : stop.signal;
  const ready: { readonly value: BoxBlock; readonly taken: () => void }[] = [];
  let news: () => void = () => undefined;
  const { shape, dtype } = array;
  const sink: Sink = {
    meta: { shape, dtype },
    grid: options.grid ?? port.node.grids[port.out]!,
    write: (box, block) =>
      new Promise<void>((resolve, reject) => {
        if (signal.aborted) return reject(signal.reason);
        const leave = (): void => reject(signal.reason);
        signal.addEventListener("abort", leave, { once: true });
        const taken = (): void => {
          signal.removeEventListener("abort", leave);
          resolve();
        };
        ready.push({ value: { box, block }, taken });
        news();
      }),
  };
  let ended: { readonly error?: unknown } | undefined;
  const run = store([{ array, sink }], { ...options, signal }).then(
    () => {
      ended = {};
      news();
    },
    (error: unknown) => {
      ended = { error };
      news();
    },
  );
  try {
    for (;;) {
      const next = ready.shift();
      if (next) {
        yield next.value;
        next.taken();
      } else if (ended) break;
      else await new Promise<void>((resolve) => (news = resolve));
    }
    if (ended && "error" in ended) throw ended.error;
  } finally {
    stop.abort();
    await run;
  }
}
