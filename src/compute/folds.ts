/**
 * The merging of folds: states of ranges come together in the order of the ranges, whichever lane
 * ended first, so that results are the same bit for bit.
 */
import { empty, type NDArray } from "../array/ndarray.ts";
import type { Host, Partial, RangeDone } from "./contracts.ts";
import type { Plan } from "./plan.ts";
import { tasksPerTile, tileAxes } from "./state.ts";

/** Merges what the ranges of one stage leave behind. */
export class StageFolds {
  readonly #plan: Plan;
  readonly #stage: number;
  readonly #put: Host["put"];
  readonly #early = new Map<number, RangeDone>();
  readonly #folds = new Map<string, { partial: Partial; tasks: number }>();
  readonly #carries = new Map<string, readonly NDArray[]>();
  #next = 0;

  constructor(plan: Plan, stage: number, put: Host["put"]) {
    this.#plan = plan;
    this.#stage = stage;
    this.#put = put;
  }

  /** The carry of a scan after the ranges so far. */
  carry(step: number, tile: number): readonly NDArray[] | undefined {
    return this.#carries.get(`${step}:${tile}`);
  }

  /** Take what a range left; those before it go first. */
  add(done: RangeDone): void {
    this.#early.set(done.range.lo, done);
    for (let ready = this.#early.get(this.#next); ready; ready = this.#early.get(this.#next)) {
      this.#early.delete(this.#next);
      this.#next = ready.range.hi;
      for (const { step, tile, state } of ready.carries) this.#carries.set(`${step}:${tile}`, state);
      for (const partial of ready.folds) this.#merge(partial);
    }
  }

  #merge(partial: Partial): void {
    const { step, tile, tasks } = partial;
    const { op, call } = this.#plan.bound[this.#stage]![step]!;
    const key = `${step}:${tile}`;
    let entry = this.#folds.get(key);
    if (entry) op.fold!.merge(call, entry.partial.state, partial.state);
    else {
      entry = { partial, tasks: 0 };
      this.#folds.set(key, entry);
    }
    entry.tasks += tasks;
    const grid = this.#plan.stages[this.#stage]!.tasks;
    if (entry.tasks < tasksPerTile(grid, tileAxes({ op, call }, grid.axes.length))) return;
    this.#folds.delete(key);
    const results = op.fold!.finish(call, entry.partial.state, { alloc: empty });
    for (const { kind, step: from, out, slot } of this.#plan.stages[this.#stage]!.outputs) {
      if (kind === "fold" && from === step) this.#put(slot, entry.partial.kept, results[out]!);
    }
  }
}
