/** Cutting the regions that the library is asked for: to a size that fits, between chunks, or into runs of a file. */
import { type Box, boxShape, boxSize, intersect } from "../../array/box.ts";
import { type ChunkGrid, chunkBox, chunksIn, regularAxis, wholeGrid } from "../../array/grid.ts";
import type { Shape } from "../../array/meta.ts";

/** Bytes that one call may read or write: WASM memory grows to this and never shrinks. */
export const ONE_CALL: number = 1 << 25;

/** A box cut between chunks. */
export function chunked(box: Box, grid: ChunkGrid): Box[] {
  return Array.from(chunksIn(grid, box), (id) => intersect(chunkBox(grid, id), box)!);
}

/** More runs than this are not worth calls of their own. */
const MOST_RUNS = 4096;

/** A box of an unchunked dataset cut into runs that lie together in the file. */
export function runs(box: Box, extent: Shape): Box[] {
  const counts = boxShape(box);
  let depth = counts.length - 1;
  while (depth > 0 && counts[depth] === extent[depth]) depth--;
  const lead = wholeGrid(extent).map((axis, i) => (i < depth ? regularAxis(axis.length, 1) : axis));
  const n = counts.slice(0, Math.max(0, depth)).reduce((product, k) => product * k, 1);
  return depth <= 0 || n > MOST_RUNS ? [box] : chunked(box, lead);
}

/** Parts of a box of at most {@link ONE_CALL} each, cut along the first axes and between chunks where possible. */
export function slabs(box: Box, grid: ChunkGrid, itemSize: number): Box[] {
  if (boxSize(box) * itemSize <= ONE_CALL) return [box];
  const counts = boxShape(box);
  const axis = counts.findIndex((n) => n > 1);
  if (axis < 0) return [box];
  const each = (boxSize(box) / counts[axis]!) * itemSize;
  const chunk = grid[axis]!.size ?? counts[axis]!;
  let step = Math.max(1, Math.floor(ONE_CALL / each));
  if (step >= chunk) step -= step % chunk;
  const parts: Box[] = [];
  for (let lo = box[2 * axis]!; lo < box[2 * axis + 1]!; ) {
    const hi = Math.min(box[2 * axis + 1]!, lo - (step >= chunk ? lo % chunk : 0) + step);
    const part = box.slice();
    part[2 * axis] = lo;
    part[2 * axis + 1] = hi;
    parts.push(...slabs(part, grid, itemSize));
    lo = hi;
  }
  return parts;
}
