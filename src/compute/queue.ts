/**
 * The order of ranges: stages of a group run side by side, always the one next whose range begins at
 * the earliest chunk of the source they share, so that a chunk is read once for all of them.
 */
import { type ChunkGrid, chunkAt } from "../array/grid.ts";
import type { Source } from "../array/source.ts";
import { sourceBytes } from "./measure.ts";
import type { Plan, Stage, TaskRange } from "./plan.ts";
import { makeProgram, type Program, sweep } from "./program.ts";
import { taskBox, taskCount } from "./tasks.ts";

interface Line {
  readonly stage: number;
  readonly count: number;
  readonly length: number;
  readonly ordered: boolean;
  readonly place: (task: number) => number;
  next: number;
  at: number;
  busy: boolean;
}

/** The ranges of the stages of one group. */
export class RangeQueue {
  readonly #lines: Line[];

  constructor(plan: Plan, stages: readonly number[]) {
    const programs = stages.map((s) => makeProgram(plan.stages[s]!.program, plan.bound[s]!, plan.stages[s]!.outputs));
    const driver = stages.length > 1 ? driverOf(programs) : undefined;
    this.#lines = stages.map((stage, i) => {
      const { tasks, rangeLength, ordered } = plan.stages[stage]!;
      const place = driver ? placer(programs[i]!, plan.stages[stage]!, driver) : () => 0;
      return { stage, count: taskCount(tasks), length: rangeLength, ordered, place, next: 0, at: 0, busy: false };
    });
    for (const line of this.#lines) if (line.count > 0) line.at = line.place(0);
  }

  /** The next range, or undefined where there is none (or none yet: an ordered stage is busy). */
  take(): TaskRange | undefined {
    const line = this.#first();
    if (!line) return undefined;
    const lo = line.next;
    const hi = Math.min(line.count, lo + line.length);
    line.next = hi;
    if (hi < line.count) line.at = line.place(hi);
    if (line.ordered) line.busy = true;
    return { stage: line.stage, lo, hi };
  }

  /** What `take` would give next if `now` were done. */
  peek(now: TaskRange): TaskRange | undefined {
    const line = this.#first(now.stage);
    return line && { stage: line.stage, lo: line.next, hi: Math.min(line.count, line.next + line.length) };
  }

  /** A range is done: an ordered stage may go on. */
  done({ stage }: TaskRange): void {
    for (const line of this.#lines) if (line.stage === stage) line.busy = false;
  }

  #first(free?: number): Line | undefined {
    let best: Line | undefined;
    for (const line of this.#lines) {
      if (line.next < line.count && (!line.busy || line.stage === free) && (!best || line.at < best.at)) best = line;
    }
    return best;
  }
}

/** The source that most stages read, the largest of those. */
function driverOf(programs: readonly Program[]): Source | undefined {
  const counts = new Map<Source, number>();
  for (const program of programs) for (const source of sourcesOf(program)) counts.set(source, (counts.get(source) ?? 0) + 1);
  let best: Source | undefined;
  for (const [source, n] of counts) {
    const most = best ? counts.get(best)! : 0;
    if (n > most || (n === most && sourceBytes(source) > sourceBytes(best!))) best = source;
  }
  return best;
}

function sourcesOf(program: Program): Set<Source> {
  return new Set(program.steps.flatMap((step, i) => (step.mode === "source" ? [program.bound[i]!.call.live as Source] : [])));
}

/** A function that tells the first chunk of `driver` that a task needs; tasks that need none come first. */
function placer(program: Program, stage: Stage, driver: Source): (task: number) => number {
  const ports = program.steps.flatMap((step, i) =>
    step.mode === "source" && program.bound[i]!.call.live === driver ? [program.base[i]!] : [],
  );
  return (task) => {
    const demand = sweep(program, taskBox(stage.tasks, task));
    let first = Number.POSITIVE_INFINITY;
    for (const port of ports) for (const box of demand[port]!) first = Math.min(first, firstChunk(driver.grid, box));
    return Number.isFinite(first) ? first : 0;
  };
}

function firstChunk(grid: ChunkGrid, box: ArrayLike<number>): number {
  let index = 0;
  for (let i = 0; i < grid.length; i++) index = index * grid[i]!.n + chunkAt(grid[i]!, box[2 * i]!);
  return index;
}
