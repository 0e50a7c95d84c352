/** Points in few boxes: what a gather reads when the points are thin in their common box. */
import { type Box, boxSize } from "./box.ts";
import { FILL } from "./pick.ts";

/** Points that are read with one box. */
export interface Cluster {
  /** Around the points, along the axes of the points only. */
  readonly box: Box;
  readonly count: number;
  /** Which points; undefined where it is all of them. */
  readonly points: Int32Array | undefined;
}

/** A box is split while it holds more than this many elements per point. */
const THIN = 4;
const MOST = 32;

/**
 * Points grouped in at most `most` boxes: the widest side of a thin box is halved until boxes are
 * dense or `most` are reached. Where `filled`, points with -1 along any axis are in none.
 */
export function clusterPoints(lists: readonly Float64Array[], filled: boolean, most: number = MOST): Cluster[] {
  const n = lists[0]!.length;
  const present = filled ? presentPoints(lists) : undefined;
  const count = present?.length ?? n;
  if (count === 0) return [];
  const first: Cluster = { box: boundsOf(lists, count, present), count, points: present };
  const done: Cluster[] = [];
  const open = [first];
  for (let cluster = open.shift(); cluster; cluster = open.shift()) {
    const thin = done.length + open.length + 2 <= most && boxSize(cluster.box) > THIN * cluster.count;
    const halves = thin ? split(lists, cluster) : undefined;
    if (halves) open.push(...halves);
    else done.push(cluster);
  }
  return done;
}

/** The points without -1; undefined where that is all of them. */
function presentPoints(lists: readonly Float64Array[]): Int32Array | undefined {
  const n = lists[0]!.length;
  const absent = new Uint8Array(n);
  for (const list of lists) for (let i = 0; i < n; i++) absent[i]! |= list[i] === FILL ? 1 : 0;
  const points = new Int32Array(n);
  let count = 0;
  for (let i = 0; i < n; i++) if (absent[i] === 0) points[count++] = i;
  return count === n ? undefined : points.subarray(0, count);
}

function split(lists: readonly Float64Array[], { box, count, points }: Cluster): Cluster[] | undefined {
  let axis = 0;
  for (let k = 1; k < lists.length; k++) if (box[2 * k + 1]! - box[2 * k]! > box[2 * axis + 1]! - box[2 * axis]!) axis = k;
  const middle = (box[2 * axis]! + box[2 * axis + 1]!) / 2;
  const list = lists[axis]!;
  const low = new Int32Array(count);
  const high = new Int32Array(count);
  let a = 0;
  let b = 0;
  for (let i = 0; i < count; i++) {
    const p = points ? points[i]! : i;
    if (list[p]! < middle) low[a++] = p;
    else high[b++] = p;
  }
  if (a === 0 || b === 0) return undefined;
  return [low.subarray(0, a), high.subarray(0, b)].map((part) => ({
    box: boundsOf(lists, part.length, part),
    count: part.length,
    points: part,
  }));
}

function boundsOf(lists: readonly Float64Array[], count: number, points: Int32Array | undefined): Box {
  const box = new Float64Array(2 * lists.length);
  lists.forEach((list, k) => {
    let lo = Number.POSITIVE_INFINITY;
    let hi = -1;
    for (let i = 0; i < count; i++) {
      const p = list[points ? points[i]! : i]!;
      if (p < lo) lo = p;
      if (p > hi) hi = p;
    }
    box[2 * k] = lo;
    box[2 * k + 1] = hi + 1;
  });
  return box;
}
