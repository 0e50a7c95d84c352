/** Task grids: which box is task number i, and how chunks are joined into tasks or cut. */
import type { Box } from "../array/box.ts";
import { type AxisGrid, boundedAxis, type ChunkGrid, chunkStart, gridCount, regularAxis } from "../array/grid.ts";
import { gcd } from "../kernels/scalar-math.ts";
import type { TaskGrid } from "./plan.ts";

/** Tasks in C order over `axes`. */
export function taskGrid(axes: ChunkGrid, order?: readonly number[], reverse: readonly number[] = []): TaskGrid {
  return { axes, order: order ?? axes.map((_, i) => i), reverse };
}

/** The number of tasks. */
export function taskCount(tasks: TaskGrid): number {
  return gridCount(tasks.axes);
}

/** The chunk number along each axis of task `index`. */
export function taskCoords(tasks: TaskGrid, index: number): number[] {
  const coords = new Array<number>(tasks.axes.length);
  let rest = index;
  for (let i = tasks.order.length - 1; i >= 0; i--) {
    const axis = tasks.order[i]!;
    const n = tasks.axes[axis]!.n;
    const k = rest % n;
    rest = (rest - k) / n;
    coords[axis] = tasks.reverse.includes(axis) ? n - 1 - k : k;
  }
  return coords;
}

/** The box of task `index`. */
export function taskBox(tasks: TaskGrid, index: number): Box {
  const coords = taskCoords(tasks, index);
  const box = new Float64Array(2 * coords.length);
  for (let i = 0; i < coords.length; i++) {
    box[2 * i] = chunkStart(tasks.axes[i]!, coords[i]!);
    box[2 * i + 1] = chunkStart(tasks.axes[i]!, coords[i]! + 1);
  }
  return box;
}

/** A task inside the grid whose box is as large as any: where a sample is most telling. */
export function fullestTask({ axes, order, reverse }: TaskGrid): number {
  return order.reduce((index, i) => {
    const axis = axes[i]!;
    let k = Math.floor((axis.n - 1) / 2);
    if (axis.bounds)
      for (let c = 0; c < axis.n; c++)
        if (chunkStart(axis, c + 1) - chunkStart(axis, c) > chunkStart(axis, k + 1) - chunkStart(axis, k)) k = c;
    return index * axis.n + (reverse.includes(i) ? axis.n - 1 - k : k);
  }, 0);
}

/** Join `m` neighbouring chunks into one, all along the axis. */
export function joinChunks(axis: AxisGrid, m: number): AxisGrid {
  if (m <= 1 || axis.n <= 1) return axis;
  if (!axis.bounds) return regularAxis(axis.length, axis.size! * m);
  const n = Math.ceil(axis.n / m);
  return boundedAxis(Float64Array.from({ length: n + 1 }, (_, i) => chunkStart(axis, Math.min(axis.n, i * m))));
}

/** One chunk for the whole axis. */
export function wholeAxis(axis: AxisGrid): AxisGrid {
  return regularAxis(axis.length, Math.max(1, axis.length));
}

/** Cut an axis into pieces of at most half the size of its largest chunk. */
export function halveAxis(axis: AxisGrid): AxisGrid {
  if (!axis.bounds) return regularAxis(axis.length, Math.ceil(Math.min(axis.size!, axis.length) / 2));
  const bounds = [0];
  for (let i = 0; i < axis.n; i++) {
    const lo = chunkStart(axis, i);
    const hi = chunkStart(axis, i + 1);
    if (hi - lo > 1) bounds.push(Math.floor((lo + hi) / 2));
    bounds.push(hi);
  }
  return boundedAxis(Float64Array.from(bounds));
}

/** Chunks of `axis` joined until every cut is also a cut of `other`; the whole axis where that never comes. */
export function commonAxis(axis: AxisGrid, other: AxisGrid): AxisGrid {
  if (axis.length !== other.length) return axis;
  if (!axis.bounds && !other.bounds) {
    const a = axis.size!;
    const b = other.size!;
    return b % a === 0 ? other : regularAxis(axis.length, (a / gcd(a, b)) * b);
  }
  const cuts = new Set<number>();
  for (let i = 0; i <= other.n; i++) cuts.add(chunkStart(other, i));
  const bounds = [0];
  for (let i = 1; i <= axis.n; i++) {
    const at = chunkStart(axis, i);
    if (cuts.has(at) || i === axis.n) bounds.push(at);
  }
  return boundedAxis(Float64Array.from(bounds));
}
