/**
 * Running a range of tasks: the one place where tasks run, whatever the executor.
 *
 * While a task computes, the bytes of the next one are already on their way, and decoded chunks that
 * the next one needs are kept. States of folds and scans belong to the range until it is done, so a
 * range that failed can run again.
 */

import { copyFlat, NDArray } from "../array/ndarray.ts";
import { bytesPerElement } from "../dtypes/traits.ts";
import { ChunkCache } from "./chunk-cache.ts";
import type { Host, Lease, Partial, RangeDone } from "./contracts.ts";
import { withPlace } from "./errors.ts";
import { abortable, type Raw } from "./fetch.ts";
import { writtenBytes } from "./measure.ts";
import type { TaskRange } from "./plan.ts";
import { Pool, type PoolOptions } from "./pool.ts";
import { makeProgram, type Program } from "./program.ts";
import { fetchReadings } from "./reading.ts";
import { freshState, keptBox, tileAxes, tileOf } from "./state.ts";
import { prepareTask, type Task, TaskRun } from "./task.ts";
import { taskBox } from "./tasks.ts";

interface Ahead {
  readonly task: Task;
  readonly lease: Lease | undefined;
  readonly bytes: Promise<Map<string, Raw | NDArray>> | undefined;
}

/** What a lane keeps between ranges: programs, decoded chunks, and the task whose bytes are on their way. */
export class LaneState {
  readonly cache: ChunkCache;
  readonly pool: Pool;
  ahead: Ahead | undefined;
  readonly #programs = new Map<number, Program>();

  constructor(cacheBytes: number, pool?: PoolOptions) {
    this.pool = new Pool(pool);
    this.cache = new ChunkCache(cacheBytes);
  }

  /** The program of a stage. */
  program({ plan }: Host, stage: number): Program {
    let program = this.#programs.get(stage);
    if (!program) {
      const { program: steps, outputs } = plan.stages[stage]!;
      program = makeProgram(steps, plan.bound[stage]!, outputs);
      this.#programs.set(stage, program);
    }
    return program;
  }

  /** Give everything back. */
  clear(): void {
    this.ahead?.lease?.release();
    this.ahead = undefined;
    this.cache.clear();
    this.pool.clear();
  }
}

/** Run the tasks of `range` in order. `next` is a hint of what comes after it on this lane. */
export async function runRange(host: Host, lane: LaneState, range: TaskRange, signal: AbortSignal, next?: TaskRange): Promise<RangeDone> {
  const program = lane.program(host, range.stage);
  const states = new RangeStates(host, program, range.stage);
  const writes = new Writes(host);
  try {
    for (let index = range.lo; index < range.hi; index++) {
      signal.throwIfAborted();
      const after = index + 1 < range.hi ? { stage: range.stage, index: index + 1 } : next && { stage: next.stage, index: next.lo };
      await runTask(host, lane, program, range.stage, index, after, states, writes, signal);
      host.emit({ kind: "task", stage: range.stage, index });
    }
    await writes.all();
  } catch (error) {
    lane.ahead?.lease?.release();
    lane.ahead = undefined;
    await writes.settled();
    throw error;
  }
  return { range, ...states.done() };
}

async function runTask(
  host: Host,
  lane: LaneState,
  program: Program,
  stage: number,
  index: number,
  after: { stage: number; index: number } | undefined,
  states: RangeStates,
  writes: Writes,
  signal: AbortSignal,
): Promise<void> {
  const { cache } = lane;
  const known = lane.ahead?.task.stage === stage && lane.ahead.task.index === index ? lane.ahead : undefined;
  if (lane.ahead && !known) lane.ahead.lease?.release();
  lane.ahead = undefined;
  let extra: Lease | undefined;
  try {
    const task = known?.task ?? (await prepareTask(host, program, stage, index, (key) => cache.has(key), signal));
    cache.pin(task.keys);
    const fetched = await abortable(known?.bytes ?? startFetch(host, task, signal), signal);
    lane.ahead = after && (await lookAhead(host, lane, task, after, signal));
    if (lane.ahead) cache.pin(lane.ahead.task.keys);
    cache.carryOnly(new Set([...task.keys, ...(lane.ahead?.task.keys ?? [])]));
    const projected = task.projected + carriedBytes(task, lane.ahead?.task);
    const admitted = host.plan.stages[stage]!.memory.peak;
    if (projected > admitted) extra = host.overdraw(projected - admitted);
    states.enter(index);
    const run = new TaskRun(task, host, cache, fetched, states, lane.ahead?.task.keys ?? new Set(), lane.pool);
    await run.run(signal);
    await deliver(host, task, run, writes, signal);
    cache.carryOnly(lane.ahead?.task.keys ?? new Set());
    host.emit({ kind: "memory", stage, projected, measured: run.meter.peak });
  } finally {
    extra?.release();
    known?.lease?.release();
  }
}

/** Bytes of chunks that this task decodes and keeps for the next one. */
function carriedBytes(task: Task, next: Task | undefined): number {
  if (!next) return 0;
  let n = 0;
  for (const { chunks, missing } of task.readings) for (const i of missing) if (next.keys.has(chunks[i]!.key)) n += chunks[i]!.ref.decoded;
  return n;
}

/** Bytes that a reading brought: encoded ones, or those of a block where the source reads by itself. */
function bytesIn(raw: Raw | NDArray): number {
  if ("shape" in raw) return raw.size * bytesPerElement(raw.dtype);
  return raw.reduce((n, b) => n + (b?.byteLength ?? 0), 0);
}

function startFetch(host: Host, task: Task, signal: AbortSignal): Promise<Map<string, Raw | NDArray>> {
  const chunks = task.readings.reduce((n, { missing }) => n + missing.length, 0);
  if (chunks === 0) return Promise.resolve(new Map());
  const label = task.program.steps[task.readings[0]!.step]!.label;
  return fetchReadings(task.readings, signal).then(
    (fetched) => {
      let bytes = 0;
      for (const raw of fetched.values()) bytes += bytesIn(raw);
      host.emit({ kind: "read", stage: task.stage, label, chunks, bytes });
      return fetched as Map<string, Raw | NDArray>;
    },
    (error: unknown) => {
      throw signal.aborted ? error : withPlace(error, { stage: task.stage, box: task.box, node: label });
    },
  );
}

/** Find out what the next task needs, and fetch it already where there is memory for its bytes. */
async function lookAhead(
  host: Host,
  lane: LaneState,
  now: Task,
  after: { stage: number; index: number },
  signal: AbortSignal,
): Promise<Ahead> {
  const program = lane.program(host, after.stage);
  const task = await prepareTask(host, program, after.stage, after.index, (key) => now.keys.has(key) || lane.cache.has(key), signal);
  const lease = task.encoded > 0 ? host.tryReserve(task.encoded) : undefined;
  if (!lease) return { task, lease: undefined, bytes: undefined };
  const bytes = startFetch(host, task, signal);
  bytes.catch(() => undefined);
  return { task, lease, bytes };
}

/** Hand the blocks of a task over. */
async function deliver(host: Host, task: Task, run: TaskRun, writes: Writes, signal: AbortSignal): Promise<void> {
  const { program, box, stage, demand } = task;
  const pending: Promise<void>[] = [];
  for (const { kind, step, out, slot } of program.outputs) {
    if (kind === "fold") continue;
    try {
      const put = host.put(slot, box, run.output(program.base[step]! + out));
      if (put)
        pending.push(
          put.catch((error: unknown) =>
            Promise.reject(signal.aborted ? error : withPlace(error, { stage, box, node: program.steps[step]!.label })),
          ),
        );
    } catch (error) {
      for (const write of pending) write.catch(() => undefined);
      throw withPlace(error, { stage, box, node: program.steps[step]!.label });
    }
  }
  if (pending.length > 0) await writes.add(Promise.all(pending), 2 * writtenBytes(program, demand));
}

/** Writes on their way: they go on beside the next tasks where there is memory for their blocks. */
class Writes {
  readonly #host: Host;
  readonly #open = new Set<Promise<unknown>>();
  #failure: { error: unknown } | undefined;

  constructor(host: Host) {
    this.#host = host;
  }

  async add(write: Promise<unknown>, bytes: number): Promise<void> {
    const lease = this.#host.tryReserve(bytes);
    const done: Promise<void> = write
      .then(
        () => undefined,
        (error: unknown) => {
          this.#failure ??= { error };
        },
      )
      .finally(() => {
        lease?.release();
        this.#open.delete(done);
      });
    this.#open.add(done);
    if (!lease) await done;
    this.#check();
  }

  /** All written, or the first failure. */
  async all(): Promise<void> {
    await this.settled();
    this.#check();
  }

  async settled(): Promise<void> {
    await Promise.all(this.#open);
  }

  #check(): void {
    if (this.#failure) throw this.#failure.error;
  }
}

/** The states a range works on: fresh ones for folds, copies of what came before for scans. */
class RangeStates {
  readonly #host: Host;
  readonly #program: Program;
  readonly #stage: number;
  readonly #partials = new Map<string, Partial & { tasks: number }>();
  #index = 0;

  constructor(host: Host, program: Program, stage: number) {
    this.#host = host;
    this.#program = program;
    this.#stage = stage;
  }

  enter(index: number): void {
    this.#index = index;
    for (const step of this.#program.folds) this.#partial(step).tasks++;
  }

  at(step: number): readonly NDArray[] {
    return this.#partial(step).state;
  }

  #partial(step: number): Partial & { tasks: number } {
    const bound = this.#program.bound[step]!;
    const { tasks } = this.#host.plan.stages[this.#stage]!;
    const tile = tileOf(tasks, this.#index, tileAxes(bound, tasks.axes.length));
    const key = `${step}:${tile}`;
    let partial = this.#partials.get(key);
    if (!partial) {
      const at = taskBox(tasks, this.#index);
      const before = this.#program.steps[step]!.mode === "carry" ? this.#host.carry(this.#stage, step, tile) : undefined;
      const state = before ? before.map((a) => new NDArray(copyFlat(a), a.shape, a.dtype)) : freshState(bound, at);
      partial = { step, tile, kept: bound.op.fold ? keptBox(bound, at) : at, state, tasks: 0 };
      this.#partials.set(key, partial);
    }
    return partial;
  }

  done(): Pick<RangeDone, "folds" | "carries"> {
    const all = [...this.#partials.values()];
    const isFold = ({ step }: Partial): boolean => this.#program.steps[step]!.mode === "fold";
    return { folds: all.filter(isFold), carries: all.filter((p) => !isFold(p)) };
  }
}
