/** Folds and scans in a task grid: tiles of kept axes, their states, and how many are open at once. */
import type { Box } from "../array/box.ts";
import { boxShape } from "../array/box.ts";
import { largestChunk } from "../array/grid.ts";
import { type Meta, sizeOf } from "../array/meta.ts";
import { empty, type NDArray } from "../array/ndarray.ts";
import { bytesPerElement } from "../dtypes/traits.ts";
import type { Bound, TaskGrid } from "./plan.ts";
import { taskCoords } from "./tasks.ts";

/** The axes of the task space along which tiles lie: those a fold keeps, or all but a scan's. */
export function tileAxes({ op, call }: Bound, rank: number): number[] {
  if (op.fold) return op.fold.keeps(call).filter((axis) => axis !== null);
  const along = op.scan!.axis(call);
  return Array.from({ length: rank }, (_, i) => i).filter((axis) => axis !== along);
}

/** Which tile a task belongs to. */
export function tileOf(tasks: TaskGrid, index: number, axes: readonly number[]): number {
  const coords = taskCoords(tasks, index);
  return axes.reduce((tile, axis) => tile * tasks.axes[axis]!.n + coords[axis]!, 0);
}

/** How many tasks make one tile. */
export function tasksPerTile(tasks: TaskGrid, axes: readonly number[]): number {
  return tasks.axes.reduce((n, axis, i) => (axes.includes(i) ? n : n * axis.n), 1);
}

/** The region of a fold's outputs that tasks over `at` go to: whole along new axes. */
export function keptBox({ op, call }: Bound, at: Box): Box {
  const shape = call.outputs[0]!.shape;
  const kept = new Float64Array(2 * shape.length);
  op.fold!.keeps(call).forEach((axis, i) => {
    kept[2 * i] = axis === null ? 0 : at[2 * axis]!;
    kept[2 * i + 1] = axis === null ? shape[i]! : at[2 * axis + 1]!;
  });
  return kept;
}

/** The metas of the state of a fold, or the carry of a scan, for a task over `at`. */
function stateMetas(bound: Bound, at: Box): readonly Meta[] {
  const { op, call } = bound;
  return op.fold ? op.fold.state(call, keptBox(bound, at)) : op.scan!.carry(call, at);
}

/** A fresh state. */
export function freshState(bound: Bound, at: Box): NDArray[] {
  const { op, call } = bound;
  const state = stateMetas(bound, at).map(({ shape, dtype }) => empty(shape, dtype));
  if (op.fold) op.fold.init(call, state);
  else op.scan!.init(call, state);
  return state;
}

/** Bytes of arrays of these shapes and dtypes. */
export function bytesOf(metas: readonly Meta[]): number {
  return metas.reduce((n, { shape, dtype }) => n + sizeOf(shape) * bytesPerElement(dtype), 0);
}

/** The most bytes of state open at once, one lane working through the tasks in order. */
export function stateBytes(bound: Bound, tasks: TaskGrid): number {
  const at = new Float64Array(tasks.axes.flatMap((axis) => [0, largestChunk(axis)]));
  const kept = tileAxes(bound, tasks.axes.length);
  const first = tasks.order.findIndex((axis) => !kept.includes(axis) && tasks.axes[axis]!.n > 1);
  const inner = first < 0 ? [] : tasks.order.slice(first + 1).filter((axis) => kept.includes(axis));
  const open = inner.reduce((n, axis) => n * tasks.axes[axis]!.n, 1);
  return bytesOf(stateMetas(bound, at)) * open;
}

/** Bytes that blocks of `box` take. */
export function boxBytes(box: Box, meta: Meta): number {
  return sizeOf(boxShape(box)) * bytesPerElement(meta.dtype);
}
