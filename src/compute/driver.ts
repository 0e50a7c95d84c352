/**
 * The driver: runs a plan on an executor. It alone schedules, retries, keeps the ledger, merges folds
 * and reports. Executors only run ranges.
 */
import type { NDArray } from "../array/ndarray.ts";
import { isGraticuleError, MemoryLimitError, UnsupportedError } from "../errors.ts";
import { sharedSignal } from "../util/runtime.ts";
import { makeBreathe } from "./breathe.ts";
import type { Executor, Host, Lane, Lease, Progress, RangeDone } from "./contracts.ts";
import { StageFolds } from "./folds.ts";
import { inlineExecutor } from "./inline.ts";
import { ledger } from "./ledger.ts";
import { formatBytes } from "./measure.ts";
import type { Plan, TaskRange } from "./plan.ts";
import { progressBar, Reporter } from "./progress.ts";
import { RangeQueue } from "./queue.ts";
import { Slots } from "./slots.ts";

/** How to run. */
export interface RunOptions {
  /** Stops the run: it rejects with the signal's reason, and everything it held is given back. */
  readonly signal?: AbortSignal | undefined;
  /** Called at most twenty times a second, and at the end of each stage. */
  readonly onProgress?: ((progress: Progress) => void) | undefined;
  /** Draw a bar on standard error. */
  readonly progress?: boolean | undefined;
  /** Where ranges run (default: this thread). */
  readonly executor?: Executor | undefined;
}

/** How far a task may exceed what the planner saw in others, as a share of the budget. */
const OVERDRAFT = 1.25;

/** How often a range is tried, and how long is waited before the second time. */
const TRIES = 3;
const WAIT = 50;

/** Run a plan: the arrays of its results, in their order (undefined for those written to sinks). */
export async function runPlan(plan: Plan, options: RunOptions = {}): Promise<(NDArray | undefined)[]> {
  options.signal?.throwIfAborted();
  const executor = options.executor ?? inlineExecutor;
  if (executor.reach !== "local" && plan.stages.some((stage) => stage.reach === "local")) {
    throw new UnsupportedError(`the ${executor.name} executor cannot run functions that only exist on this thread`, {
      executor: executor.name,
    });
  }
  const lease = await ledger.reserve(plan.peak, options.signal);
  const run = new Run(plan, options, executor, lease);
  try {
    return await run.all();
  } finally {
    lease.release();
  }
}

function overBudget(plan: Plan, bytes: number): MemoryLimitError {
  return new MemoryLimitError(
    `a task needs ${formatBytes(bytes)} in all, more than was planned; the budget is ${formatBytes(plan.budget)}: select less or raise setOptions({ memory })`,
    { bytes, budget: plan.budget },
  );
}

class Run {
  readonly #plan: Plan;
  readonly #executor: Executor;
  readonly #stop = new AbortController();
  readonly #slots: Slots;
  readonly #reporter: Reporter;
  readonly #folds: StageFolds[];
  readonly #ended: boolean[];
  readonly #lanes: Lane[] = [];
  readonly #host: Host;
  readonly #signal: AbortSignal;

  constructor(plan: Plan, { signal, onProgress, progress }: RunOptions, executor: Executor, lease: Lease) {
    this.#plan = plan;
    this.#executor = executor;
    this.#signal = sharedSignal(signal ? AbortSignal.any([signal, this.#stop.signal]) : this.#stop.signal);
    this.#slots = new Slots(plan);
    this.#reporter = new Reporter(
      plan,
      [...(onProgress ? [onProgress] : []), ...(progress ? [progressBar()] : [])],
      () => this.#slots.bytesWritten,
    );
    this.#ended = plan.stages.map(() => false);
    const put: Host["put"] = (slot, box, block) => this.#slots.put(slot, box, block, this.#signal);
    this.#folds = plan.stages.map((_, stage) => new StageFolds(plan, stage, put));
    let extra = 0;
    const more = (granted: Lease): Lease => {
      const { bytes } = granted;
      let open = true;
      extra += bytes;
      return {
        ...granted,
        bytes,
        release: () => {
          granted.release();
          if (open) extra -= bytes;
          open = false;
        },
      };
    };
    this.#host = {
      plan,
      slot: (slot) => this.#slots.get(slot),
      put,
      carry: (stage, step, tile) => this.#folds[stage]!.carry(step, tile),
      tryReserve: (bytes) => {
        const granted = lease.bytes + extra + bytes <= plan.budget ? ledger.tryReserve(bytes) : undefined;
        return granted && more(granted);
      },
      overdraw: (bytes) => {
        if (lease.bytes + bytes > OVERDRAFT * plan.budget) throw overBudget(plan, lease.bytes + bytes);
        return more(ledger.take(bytes));
      },
      sharing: (stage, source) => this.#sharing(stage, source),
      wants: (source) => this.#plan.stages.some((_, s) => !this.#ended[s] && this.#reads(s, source)),
      breathe: makeBreathe(),
      emit: (event) => this.#reporter.take(event),
    };
  }

  async all(): Promise<(NDArray | undefined)[]> {
    const { stages, results, slots } = this.#plan;
    try {
      for (let i = 0; i < this.#executor.lanes; i++) this.#lanes.push(await this.#executor.open(this.#host));
      for (let from = 0; from < stages.length; ) {
        let to = from + 1;
        while (to < stages.length && stages[to]!.group === stages[from]!.group) to++;
        await this.#group(Array.from({ length: to - from }, (_, i) => from + i));
        from = to;
      }
      this.#reporter.end();
      return results.map((slot) => (slots[slot]!.place === "memory" ? this.#slots.get(slot) : undefined));
    } catch (error) {
      this.#stop.abort(error);
      throw error;
    } finally {
      await Promise.all(this.#lanes.map((lane) => lane.close()));
    }
  }

  /** Run the stages of a group side by side. */
  async #group(stages: readonly number[]): Promise<void> {
    const queue = new RangeQueue(this.#plan, stages);
    const left = new Map(stages.map((stage) => [stage, this.#tasksOf(stage)]));
    let wake: (() => void)[] = [];
    const work = async (number: number): Promise<void> => {
      for (;;) {
        this.#signal.throwIfAborted();
        const range = queue.take();
        if (!range) {
          if ([...left.values()].every((n) => n === 0)) return;
          await new Promise<void>((resolve) => wake.push(resolve));
          continue;
        }
        try {
          this.#folds[range.stage]!.add(await this.#try(number, range, queue.peek(range)));
          queue.done(range);
          const tasks = left.get(range.stage)! - (range.hi - range.lo);
          left.set(range.stage, tasks);
          if (tasks === 0) this.#endStage(range.stage);
        } finally {
          for (const go of wake) go();
          wake = [];
        }
      }
    };
    const fail = (error: unknown): never => {
      this.#stop.abort(error);
      throw error;
    };
    for (const [stage, tasks] of left) if (tasks === 0) this.#endStage(stage);
    const all = await Promise.allSettled(this.#lanes.map((_, i) => work(i).catch(fail)));
    for (const one of all) if (one.status === "rejected") throw one.reason;
    this.#slots.free(stages);
  }

  #tasksOf(stage: number): number {
    return this.#plan.stages[stage]!.tasks.axes.reduce((n, axis) => n * axis.n, 1);
  }

  #endStage(stage: number): void {
    this.#ended[stage] = true;
    this.#reporter.endStage(stage);
  }

  /** Run a range; again where a store says that trying again may help, or the lane was lost. */
  async #try(number: number, range: TaskRange, next: TaskRange | undefined): Promise<RangeDone> {
    for (let round = 1; ; round++) {
      try {
        return await this.#lanes[number]!.run(range, this.#signal, next);
      } catch (error) {
        const again = isGraticuleError(error, "StoreError") && error.fields.retryable === true;
        if (!again || round >= TRIES || this.#signal.aborted) throw error;
        if (error.fields.lost === true) this.#lanes[number] = await this.#executor.open(this.#host);
        await new Promise((resolve) => setTimeout(resolve, WAIT * 2 ** (round - 1)));
      }
    }
  }

  #sharing(stage: number, source: object): "now" | "later" | "never" {
    const { stages } = this.#plan;
    let answer: "later" | "never" = "never";
    for (let s = 0; s < stages.length; s++) {
      if (this.#ended[s]) continue;
      if (s === stage && stages[s]!.cost.read <= 1.5 * stages[s]!.cost.once) continue;
      if (!this.#reads(s, source)) continue;
      if (stages[s]!.group === stages[stage]!.group) return "now";
      answer = "later";
    }
    return answer;
  }

  #reads(stage: number, source: object): boolean {
    const { stages, bound } = this.#plan;
    return stages[stage]!.program.some((step, i) => step.mode === "source" && bound[stage]![i]!.call.live === source);
  }
}
