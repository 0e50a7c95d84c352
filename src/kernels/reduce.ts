/**
 * The walk of reductions: which axis is the inner one, in which order memory is read, and how
 * storages without kernels of their own get there through scratch.
 */
import type { NumberArray } from "../dtypes/types.ts";
import { TO_F64 } from "./generated/convert.ts";
import type { ConvertKernel, NumericStorage } from "./kernel-types.ts";
import { scratchF64 } from "./scratch.ts";

/**
 * What a reduction does with pieces of its input. `run` takes `n` elements into state `s`; `rows`
 * takes `m` rows of `n` elements into states `s + i·ss`. `pos` is the position of the first element
 * along the reduced axes, `posStep` that of the next element of the run, or row.
 */
export interface Reducer {
  run(x: NumberArray, at: number, step: number, n: number, s: number, pos: number, posStep: number): void;
  rows(
    x: NumberArray,
    at: number,
    step: number,
    n: number,
    rowStep: number,
    m: number,
    s: number,
    ss: number,
    pos: number,
    posStep: number,
  ): void;
}

/** A strided input of a reduction and where its elements go. */
export interface ReduceWalk {
  readonly shape: readonly number[];
  /** Stride of the input along each axis. */
  readonly stride: readonly number[];
  readonly offset: number;
  /** Stride of the state along each axis: 0 where the axis is reduced. */
  readonly stateStride: readonly number[];
  readonly stateOffset: number;
  /** Which axes are reduced (a kept axis of length 1 also has no stride). */
  readonly reduced: readonly boolean[];
  /** Stride of the position along each axis: 0 where the axis is kept. */
  readonly posStride: readonly number[];
  readonly pos: number;
}

interface Axis {
  n: number;
  x: number;
  s: number;
  p: number;
  reduced: boolean;
}

/** A run is handed out in pieces of whole leaves of the summation tree. */
const RUN = 65536;
/** Columns and rows of one call: the state of a tile stays in the first-level cache. */
const COLUMNS = 2048;
const ROWS = 64;
/** Runs shorter than this are taken as rows of columns instead. */
const SHORT = 16;

function axesInMemoryOrder(walk: ReduceWalk): Axis[] | undefined {
  const axes: Axis[] = [];
  for (let i = 0; i < walk.shape.length; i++) {
    const n = walk.shape[i]!;
    if (n === 0) return undefined;
    if (n > 1) axes.push({ n, x: walk.stride[i]!, s: walk.stateStride[i]!, p: walk.posStride[i]!, reduced: walk.reduced[i]! });
  }
  // Repeated axes (stride 0) are walked outermost, so that inner loops move through memory.
  const far = (axis: Axis): number => (axis.x === 0 ? Number.POSITIVE_INFINITY : Math.abs(axis.x));
  axes.sort((a, b) => far(b) - far(a) || 0);
  const merged: Axis[] = [];
  for (const axis of axes) {
    const outer = merged.at(-1);
    if (
      outer &&
      outer.reduced === axis.reduced &&
      outer.x === axis.x * axis.n &&
      outer.s === axis.s * axis.n &&
      outer.p === axis.p * axis.n
    ) {
      outer.n *= axis.n;
      outer.x = axis.x;
      outer.s = axis.s;
      outer.p = axis.p;
    } else merged.push(axis);
  }
  return merged;
}

/** Hand every element to `reducer`, in the order of memory. */
export function walkReduction(data: NumberArray, walk: ReduceWalk, reducer: Reducer): void {
  const axes = axesInMemoryOrder(walk);
  if (axes === undefined) return;
  const { run, column } = pickInner(axes);
  const outer = axes.filter((axis) => axis !== run && axis !== column);
  const index = new Array<number>(outer.length).fill(0);
  let x = walk.offset,
    s = walk.stateOffset,
    p = walk.pos;
  for (;;) {
    if (column) tiles(data, x, s, p, column, run, reducer);
    else if (run)
      for (let i = 0; i < run.n; i += RUN) reducer.run(data, x + i * run.x, run.x, Math.min(RUN, run.n - i), s, p + i * run.p, run.p);
    else reducer.run(data, x, 1, 1, s, p, 0);
    let k = outer.length - 1;
    for (; k >= 0; k--) {
      const axis = outer[k]!;
      x += axis.x;
      s += axis.s;
      p += axis.p;
      if (++index[k]! < axis.n) break;
      x -= axis.x * axis.n;
      s -= axis.s * axis.n;
      p -= axis.p * axis.n;
      index[k] = 0;
    }
    if (k < 0) return;
  }
}

/** The axis that runs (or rows) go along and, where the innermost axis is kept, the axis of columns. */
function pickInner(axes: readonly Axis[]): { run: Axis | undefined; column: Axis | undefined } {
  const inner = axes.at(-1);
  const run = axes.findLast((axis) => axis.reduced);
  const kept = axes.findLast((axis) => !axis.reduced);
  if (inner === undefined || kept === undefined) return { run, column: undefined };
  if (inner === run && inner.n >= SHORT) return { run, column: undefined };
  return { run, column: kept };
}

function tiles(data: NumberArray, x: number, s: number, p: number, column: Axis, rows: Axis | undefined, reducer: Reducer): void {
  const m = rows?.n ?? 1;
  const rowStep = rows?.x ?? 0;
  const posStep = rows?.p ?? 0;
  for (let c = 0; c < column.n; c += COLUMNS) {
    const width = Math.min(COLUMNS, column.n - c);
    for (let r = 0; r < m; r += ROWS) {
      reducer.rows(
        data,
        x + c * column.x + r * rowStep,
        column.x,
        width,
        rowStep,
        Math.min(ROWS, m - r),
        s + c * column.s,
        column.s,
        p + r * posStep,
        posStep,
      );
    }
  }
}

/** Elements of scratch that a reducer behind a conversion uses at once: whole leaves of the summation tree. */
const SCRATCH = 8192;

/** `reducer`, which takes float64, for data of another storage: pieces go through scratch. */
export function throughF64(storage: NumericStorage, reducer: Reducer): Reducer {
  const load = TO_F64[storage] as ConvertKernel<NumberArray, Float64Array>;
  const buffer = scratchF64(3, SCRATCH);
  return {
    run(x, at, step, n, s, pos, posStep) {
      for (let i = 0; i < n; i += SCRATCH) {
        const m = Math.min(SCRATCH, n - i);
        load(x, at + i * step, step, buffer, 0, 1, m);
        reducer.run(buffer, 0, 1, m, s, pos + i * posStep, posStep);
      }
    },
    rows(x, at, step, n, rowStep, m, s, ss, pos, posStep) {
      // Rows come four at a time, as they are added.
      for (let r = 0; r < m; r += 4) {
        const height = Math.min(4, m - r);
        for (let k = 0; k < height; k++) load(x, at + (r + k) * rowStep, step, buffer, k * n, 1, n);
        reducer.rows(buffer, 0, 1, n, n, height, s, ss, pos + r * posStep, posStep);
      }
    },
  };
}
