/**
 * The choice of a stage's task grid: the cheapest of a few candidates that fits the memory.
 *
 * Candidates join whole chunks of the base grid (the sink's, or the output's) until a task holds
 * about {@link TARGET} bytes: along the last axes first, along the first axes first, with one axis
 * whole, and on grids whose cuts are also cuts of the sources. Where all of them read chunks again,
 * larger tasks are tried up to the memory there is. Chunks are cut only where a task does not fit
 * otherwise and nothing is written to a sink.
 */
import type { AxisGrid, ChunkGrid } from "../array/grid.ts";
import { sameShape } from "../array/meta.ts";
import type { Source } from "../array/source.ts";
import { type Measure, measure } from "./measure.ts";
import type { TaskGrid } from "./plan.ts";
import type { Program } from "./program.ts";
import { commonAxis, halveAxis, joinChunks, taskGrid, wholeAxis } from "./tasks.ts";

/** Bytes a task should hold: enough to hide its overhead, little enough to stay near the caches. */
export const TARGET: number = 16 * 2 ** 20;
/** What one task costs, in bytes read. */
const OVERHEAD = 2 ** 16;
/** What a byte computed costs, in bytes read. */
const WORK = 0.25;
/** Reading this much more than once is not worth a search. */
const CLOSE = 1.05;

/** What the choice may do. */
export interface Choice {
  /** Tasks are unions of these chunks. */
  readonly base: ChunkGrid;
  /** Axes along which a chunk may be cut; none for a sink. */
  readonly splits: readonly boolean[];
  /** Bytes that one task may hold. */
  readonly memory: number;
  readonly order?: readonly number[];
  readonly reverse?: readonly number[];
  /** More that must hold, e.g. that states fit. */
  readonly fits?: (tasks: TaskGrid) => boolean;
}

/** A task grid and what it costs. */
export interface Chosen {
  readonly tasks: TaskGrid;
  readonly measure: Measure;
  /** False where no candidate fits the memory; then this is the smallest. */
  readonly fits: boolean;
}

/** The cheapest task grid. */
export function chooseTasks(program: Program, choice: Choice): Chosen {
  const search = new Search(program, choice);
  const { base } = choice;
  const target = Math.min(TARGET, Math.max(1, choice.memory / 4));
  const first = search.try(base);
  const factor = target / Math.max(1, first.peak);
  search.grow(base, factor);
  if (search.close) return search.best!;
  const bases = [base, ...sourceBases(program, base)];
  for (let size = factor; ; size *= 4) {
    for (const grid of bases) {
      search.grow(grid, size);
      for (let axis = 0; axis < base.length; axis++) search.whole(grid, axis, target * (size / factor));
    }
    if (search.close || size * first.peak > choice.memory) break;
  }
  search.try(base.map(wholeAxis));
  if (!search.best) search.split();
  return search.best ?? search.smallest!;
}

/** Base grids whose cuts are also cuts of a source of the same shape. */
function sourceBases(program: Program, base: ChunkGrid): ChunkGrid[] {
  const shape = base.map((axis) => axis.length);
  const grids: ChunkGrid[] = [];
  program.steps.forEach((step, i) => {
    if (step.mode !== "source" || grids.length >= 3 || !sameShape(step.outputs[0]!.shape, shape)) return;
    const { grid } = program.bound[i]!.call.live as Source;
    grids.push(base.map((axis, a) => commonAxis(axis, grid[a]!)));
  });
  return grids;
}

class Search {
  best: Chosen | undefined;
  smallest: Chosen | undefined;
  readonly #program: Program;
  readonly #choice: Choice;
  readonly #seen = new Map<string, Measure>();

  constructor(program: Program, choice: Choice) {
    this.#program = program;
    this.#choice = choice;
  }

  /** Whether the best candidate reads and computes hardly anything twice. */
  get close(): boolean {
    const m = this.best?.measure;
    return m !== undefined && m.read <= CLOSE * m.once && m.work <= CLOSE * m.workOnce;
  }

  try(axes: ChunkGrid): Measure {
    const key = axes.map((axis) => `${axis.n}:${axis.size ?? axis.bounds?.subarray(1, 4)}`).join("|");
    const known = this.#seen.get(key);
    if (known) return known;
    const tasks = taskGrid(axes, this.#choice.order, this.#choice.reverse);
    const result = measure(this.#program, tasks);
    this.#seen.set(key, result);
    const fits = result.peak <= this.#choice.memory && (this.#choice.fits?.(tasks) ?? true);
    const chosen = { tasks, measure: result, fits };
    if (fits && (!this.best || costOf(result) < costOf(this.best.measure))) this.best = chosen;
    if (!this.smallest || result.peak < this.smallest.measure.peak) this.smallest = chosen;
    return result;
  }

  /** Join chunks by `factor` in all, along the last axes first and along the first axes first. */
  grow(grid: ChunkGrid, factor: number): void {
    const axes = grid.map((_, i) => i);
    this.#fit(grid, factor, axes.reverse());
    this.#fit(
      grid,
      factor,
      grid.map((_, i) => i),
    );
  }

  /** One axis whole, the others joined as far as the bytes allow. */
  whole(grid: ChunkGrid, axis: number, bytes: number): void {
    if (grid[axis]!.n === 1) return;
    const tall = grid.map((a, i) => (i === axis ? wholeAxis(a) : a));
    const one = this.try(tall);
    this.#fit(tall, bytes / Math.max(1, one.peak), grid.map((_, i) => i).reverse());
  }

  /** A guess of the growth overshoots where chunks overlap: shrink until it fits. */
  #fit(grid: ChunkGrid, factor: number, order: readonly number[]): void {
    for (let f = factor; f > 1; f /= 2) if (this.try(join(grid, f, order)).peak <= this.#choice.memory) return;
  }

  /** Cut chunks in halves, along the axis that saves most, until a task fits. */
  split(): void {
    let axes = this.#choice.base;
    let peak = this.try(axes).peak;
    for (let round = 0; round < 48 && !this.best; round++) {
      let least: { axes: ChunkGrid; peak: number } | undefined;
      for (let a = 0; a < axes.length; a++) {
        if (!this.#choice.splits[a] || axes[a]!.length <= axes[a]!.n) continue;
        const cut = axes.map((axis, i) => (i === a ? halveAxis(axis) : axis));
        const result = this.try(cut);
        if (!least || result.peak < least.peak) least = { axes: cut, peak: result.peak };
      }
      if (!least || (least.peak >= peak && this.#choice.fits === undefined)) return;
      ({ axes, peak } = least);
    }
  }
}

function costOf(m: Measure): number {
  return m.read + WORK * m.work + OVERHEAD * m.tasks;
}

function join(grid: ChunkGrid, factor: number, order: readonly number[]): ChunkGrid {
  const axes: AxisGrid[] = grid.slice();
  let left = factor;
  for (const axis of order) {
    const m = Math.floor(left);
    if (m < 2) break;
    axes[axis] = joinChunks(axes[axis]!, m);
    left /= Math.min(m, grid[axis]!.n);
  }
  return axes;
}
