/** Chunk grids: how each axis is cut. A regular axis is two numbers however long it is. */
import { ArgumentError } from "../errors.ts";
import type { Box } from "./box.ts";
import type { Shape } from "./meta.ts";

/** How one axis is cut into `n` chunks: every `size` elements, or at `bounds` (n + 1 positions). */
export interface AxisGrid {
  readonly length: number;
  readonly n: number;
  readonly size?: number;
  readonly bounds?: Float64Array;
}
/** The cuts along every axis. */
export type ChunkGrid = readonly AxisGrid[];

/** An axis cut every `size` elements. */
export function regularAxis(length: number, size: number): AxisGrid {
  if (!(size >= 1)) throw new ArgumentError(`a chunk must hold at least 1 element, not ${size}`, { size });
  const step = Math.max(1, Math.min(Math.floor(size), Math.max(1, length)));
  return { length, n: Math.ceil(length / step), size: step };
}

/** An axis cut at `bounds`, from 0 to its length; regular where the steps are. */
export function boundedAxis(bounds: Float64Array): AxisGrid {
  const n = bounds.length - 1;
  const length = bounds[n] ?? 0;
  const size = n > 0 ? bounds[1]! - bounds[0]! : 1;
  for (let i = 0; i < n; i++) if (bounds[i + 1]! !== Math.min(length, (i + 1) * size)) return { length, n, bounds };
  return regularAxis(length, Math.max(1, size));
}

/** One chunk for the whole of each axis. */
export function wholeGrid(shape: Shape): ChunkGrid {
  return shape.map((n) => regularAxis(n, Math.max(1, n)));
}

/** Where chunk `i` of an axis begins (and chunk `i - 1` ends). */
export function chunkStart(axis: AxisGrid, i: number): number {
  return axis.bounds ? axis.bounds[i]! : Math.min(axis.length, i * axis.size!);
}

/** The chunk of an axis that holds position `at`. */
export function chunkAt(axis: AxisGrid, at: number): number {
  if (!axis.bounds) return Math.floor(at / axis.size!);
  let lo = 0;
  let hi = axis.n;
  while (hi - lo > 1) {
    const mid = (lo + hi) >>> 1;
    if (axis.bounds[mid]! <= at) lo = mid;
    else hi = mid;
  }
  return lo;
}

/** The sizes of an axis's chunks, one number each. */
export function chunkSizes(axis: AxisGrid): number[] {
  return Array.from({ length: axis.n }, (_, i) => chunkStart(axis, i + 1) - chunkStart(axis, i));
}

/** The largest chunk of an axis. */
export function largestChunk(axis: AxisGrid): number {
  return axis.bounds ? Math.max(0, ...chunkSizes(axis)) : Math.min(axis.size!, axis.length);
}

/** The number of chunks in a grid. */
export function gridCount(grid: ChunkGrid): number {
  let n = 1;
  for (const axis of grid) n *= axis.n;
  return n;
}

/** The box of the chunk with C-ordered number `index`. */
export function chunkBox(grid: ChunkGrid, index: number): Box {
  const box = new Float64Array(2 * grid.length);
  let rest = index;
  for (let i = grid.length - 1; i >= 0; i--) {
    const axis = grid[i]!;
    const k = rest % axis.n;
    rest = (rest - k) / axis.n;
    box[2 * i] = chunkStart(axis, k);
    box[2 * i + 1] = chunkStart(axis, k + 1);
  }
  return box;
}

/** The numbers of the chunks that a box touches, in C order. */
export function* chunksIn(grid: ChunkGrid, box: Box): Generator<number> {
  const rank = grid.length;
  const first = new Array<number>(rank);
  const last = new Array<number>(rank);
  for (let i = 0; i < rank; i++) {
    if (!(box[2 * i + 1]! > box[2 * i]!)) return;
    first[i] = chunkAt(grid[i]!, box[2 * i]!);
    last[i] = chunkAt(grid[i]!, box[2 * i + 1]! - 1);
  }
  const at = first.slice();
  for (;;) {
    let index = 0;
    for (let i = 0; i < rank; i++) index = index * grid[i]!.n + at[i]!;
    yield index;
    let i = rank - 1;
    for (; i >= 0; i--) {
      if (++at[i]! <= last[i]!) break;
      at[i] = first[i]!;
    }
    if (i < 0) return;
  }
}

/** Whether two grids cut alike. */
export function sameGrid(a: ChunkGrid, b: ChunkGrid): boolean {
  return a.length === b.length && a.every((axis, i) => sameAxis(axis, b[i]!));
}

function sameAxis(a: AxisGrid, b: AxisGrid): boolean {
  if (a.length !== b.length || a.n !== b.n) return false;
  if (a.bounds || b.bounds) return a.bounds?.every((v, i) => v === b.bounds?.[i]) ?? false;
  return a.size === b.size;
}
