/**
 * Writing a part of an array: the part is widened to whole chunks by what is there already, so that
 * each chunk is written once and nothing beside the part changes.
 */
import { type Box, boundedAxis, type ChunkGrid, cast, chunkAt, chunkStart, concat, select } from "../array/index.ts";
import type { AnyArray } from "../array/lazy.ts";
import type { Sink } from "../array/source.ts";

/** The part of an array that is written. */
export interface Part {
  /** Where it lies in the whole array. */
  readonly box: Box;
  readonly array: AnyArray;
}

/** Whether the edges of a box lie between chunks, or at the end of the array. */
export function isAligned(box: Box, grid: ChunkGrid): boolean {
  return grid.every((_, i) => sameEdges(box, widened(box, grid), i));
}

function sameEdges(a: Box, b: Box, axis: number): boolean {
  return a[2 * axis] === b[2 * axis] && a[2 * axis + 1] === b[2 * axis + 1];
}

/** The least box of whole chunks around a box. */
function widened(box: Box, grid: ChunkGrid): Box {
  const out = new Float64Array(box.length);
  grid.forEach((axis, i) => {
    const [lo, hi] = [box[2 * i]!, box[2 * i + 1]!];
    out[2 * i] = hi > lo ? chunkStart(axis, chunkAt(axis, lo)) : lo;
    out[2 * i + 1] = hi > lo ? chunkStart(axis, chunkAt(axis, hi - 1) + 1) : hi;
  });
  return out;
}

/** A part widened to whole chunks of `grid` with the values of `existing`, which reads the array as it was. */
export function coverChunks({ box, array }: Part, grid: ChunkGrid, existing: AnyArray): Part {
  const target = widened(box, grid);
  const now = Float64Array.from(box);
  let covered = array;
  for (let axis = 0; axis < grid.length; axis++) {
    const strip = (lo: number, hi: number): AnyArray[] => {
      if (hi <= lo) return [];
      const runs = grid.map((_, i) =>
        i === axis ? { start: lo, step: 1, count: hi - lo } : { start: now[2 * i]!, step: 1, count: now[2 * i + 1]! - now[2 * i]! },
      );
      return [cast(select(existing, runs), array.dtype)];
    };
    const parts = [...strip(target[2 * axis]!, now[2 * axis]!), covered, ...strip(now[2 * axis + 1]!, target[2 * axis + 1]!)];
    if (parts.length > 1) covered = concat(parts, axis);
    now[2 * axis] = target[2 * axis]!;
    now[2 * axis + 1] = target[2 * axis + 1]!;
  }
  return { box: target, array: covered };
}

/** A sink for the part of `sink` that lies in `box`, which is made of whole chunks. */
export function partSink(sink: Sink, box: Box): Sink {
  const shape = sink.grid.map((_, i) => box[2 * i + 1]! - box[2 * i]!);
  const grid: ChunkGrid = sink.grid.map((axis, i) => {
    const [lo, hi] = [box[2 * i]!, box[2 * i + 1]!];
    const bounds = [0];
    for (let k = hi > lo ? chunkAt(axis, lo) + 1 : axis.n; k < axis.n && chunkStart(axis, k) < hi; k++)
      bounds.push(chunkStart(axis, k) - lo);
    if (hi > lo) bounds.push(hi - lo);
    return boundedAxis(Float64Array.from(bounds));
  });
  return {
    meta: { shape, dtype: sink.meta.dtype },
    grid,
    write: (part, block, options) =>
      sink.write(
        part.map((v, i) => v + box[2 * (i >> 1)]!),
        block,
        options,
      ),
  };
}
