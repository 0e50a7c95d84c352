/** Where picks reach: the few intervals of an axis that hold their positions, and chunk edges seen through them. */
import { type AxisGrid, boundedAxis, chunkAt, chunkStart, largestChunk, regularAxis } from "./grid.ts";
import { FILL, isList, type Pick, pickCount } from "./pick.ts";

/** Intervals of an axis, `[lo, hi, lo, hi, …]`, rising and apart. */
export type Intervals = readonly number[];

/** Positions spread thinner than this over their extent are worth several intervals. */
const DENSE = 0.25;
/** Intervals closer than this part of what they hold are read as one. */
const GAP = 0.25;
/** More positions than this are grouped by buckets, not sorted. */
const SORTED = 1024;
const BUCKETS = 4096;

/** At most `most` intervals that hold every position of `pick`. */
export function imageOf(pick: Pick, most: number): Intervals {
  if (most === 1 && !isList(pick)) return runsHull(pick);
  return fewer(isList(pick) ? pointIntervals(pick, most) : runIntervals(pick), most);
}

function runsHull(runs: readonly number[]): Intervals {
  let lo = Number.POSITIVE_INFINITY;
  let hi = -1;
  for (let i = 0; i < runs.length; i += 3) {
    const start = runs[i]!;
    if (start === FILL || runs[i + 2] === 0) continue;
    const last = start + (runs[i + 2]! - 1) * runs[i + 1]!;
    lo = Math.min(lo, start, last);
    hi = Math.max(hi, start, last);
  }
  return hi < 0 ? [] : [lo, hi + 1];
}

function runIntervals(runs: readonly number[]): number[] {
  const parts: [number, number][] = [];
  for (let i = 0; i < runs.length; i += 3) {
    const start = runs[i]!;
    const step = Math.abs(runs[i + 1]!);
    const count = runs[i + 2]!;
    if (start === FILL || count === 0) continue;
    const lo = Math.min(start, start + (count - 1) * runs[i + 1]!);
    const hi = lo + (count - 1) * step + 1;
    if (step * DENSE <= 1 || count > SORTED) parts.push([lo, hi]);
    else for (let p = lo; p < hi; p += step) parts.push([p, p + 1]);
  }
  parts.sort((a, b) => a[0] - b[0]);
  return joined(parts.flat());
}

function pointIntervals(positions: ArrayLike<number>, most: number): number[] {
  let lo = Number.POSITIVE_INFINITY;
  let hi = -1;
  let n = 0;
  for (let i = 0; i < positions.length; i++) {
    const p = positions[i]!;
    if (p === FILL) continue;
    n++;
    if (p < lo) lo = p;
    if (p > hi) hi = p;
  }
  if (n === 0) return [];
  if (most === 1 || n >= DENSE * (hi - lo + 1)) return [lo, hi + 1];
  const out: number[] = [];
  if (n <= SORTED) {
    for (const p of Float64Array.from(positions).sort()) if (p !== FILL) out.push(p, p + 1);
    return joined(out);
  }
  const width = (hi - lo + 1) / BUCKETS;
  const first = new Float64Array(BUCKETS).fill(Number.POSITIVE_INFINITY);
  const last = new Float64Array(BUCKETS).fill(-1);
  for (let i = 0; i < positions.length; i++) {
    const p = positions[i]!;
    if (p === FILL) continue;
    const b = Math.min(BUCKETS - 1, Math.floor((p - lo) / width));
    if (p < first[b]!) first[b] = p;
    if (p > last[b]!) last[b] = p;
  }
  for (let b = 0; b < BUCKETS; b++) if (last[b]! >= 0) out.push(first[b]!, last[b]! + 1);
  return out;
}

/** Rising intervals with those that touch or overlap made one. */
function joined(parts: readonly number[]): number[] {
  const out: number[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    const k = out.length - 1;
    if (k > 0 && parts[i]! <= out[k]!) out[k] = Math.max(out[k]!, parts[i + 1]!);
    else out.push(parts[i]!, parts[i + 1]!);
  }
  return out;
}

/** Fewer intervals that hold the same: gaps close, those that waste little, and then the smallest until `most` intervals are left. */
export function fewer(parts: readonly number[], most: number): Intervals {
  if (parts.length <= 2) return parts;
  let held = 0;
  const gaps: number[] = [];
  for (let i = 0; i < parts.length; i += 2) {
    held += parts[i + 1]! - parts[i]!;
    if (i > 0) gaps.push(parts[i]! - parts[i - 1]!);
  }
  const extent = parts[parts.length - 1]! - parts[0]!;
  if (extent <= (1 + GAP) * held) return [parts[0]!, parts[parts.length - 1]!];
  const kept = new Set(
    Array.from(gaps.keys())
      .sort((a, b) => gaps[b]! - gaps[a]!)
      .slice(0, Math.max(0, most - 1)),
  );
  const out = [parts[0]!];
  for (let i = 0; i < gaps.length; i++) if (kept.has(i)) out.push(parts[2 * i + 1]!, parts[2 * i + 2]!);
  out.push(parts[parts.length - 1]!);
  return out;
}

/** More runs than this are cut where chunks are full enough, not at every edge. */
const EXACT_RUNS = 8;

/** The cuts of an axis seen through a pick. */
export function gridThrough(pick: Pick, axis: AxisGrid): AxisGrid {
  const count = pickCount(pick);
  // One chunk seen any way is one chunk: a table looked up along a long axis must not cut that axis into rows of the table.
  if (axis.n <= 1) return regularAxis(count, Math.max(1, count));
  if (!isList(pick) && pick.length === 3) {
    const [start, step, n] = pick as readonly [number, number, number];
    if (n === axis.length && start === 0 && step === 1) return axis;
    if (step > 0 && axis.size !== undefined && start % axis.size === 0 && axis.size % step === 0)
      return regularAxis(count, axis.size / step);
  }
  const edges: number[] = [0];
  if (isList(pick)) pointEdges(edges, pick, axis);
  else for (let i = 0, at = 0; i < pick.length; i += 3) at = runEdges(edges, at, pick[i]!, pick[i + 1]!, pick[i + 2]!, axis);
  if (edges[edges.length - 1] !== count) edges.push(count);
  const bounds = isList(pick) || pick.length > 3 * EXACT_RUNS ? coarser(edges, Math.ceil(largestChunk(axis) / 2)) : edges;
  return boundedAxis(Float64Array.from(bounds));
}

/** Append where a run that begins at place `at` crosses chunks, and where it ends; gives its end. */
function runEdges(edges: number[], at: number, start: number, step: number, count: number, axis: AxisGrid): number {
  const end = at + count;
  if (start === FILL) {
    const size = Math.max(1, largestChunk(axis));
    for (let k = size; k < count; k += size) edges.push(at + k);
  } else if (step !== 0 && count > 0) {
    for (let k = 0; ; ) {
      const chunk = chunkAt(axis, start + k * step);
      k = step > 0 ? Math.ceil((chunkStart(axis, chunk + 1) - start) / step) : Math.floor((start - chunkStart(axis, chunk)) / -step) + 1;
      if (k >= count) break;
      edges.push(at + k);
    }
  } else {
    const size = Math.max(1, largestChunk(axis));
    for (let k = size; k < count; k += size) edges.push(at + k);
  }
  if (count > 0) edges.push(end);
  return end;
}

function pointEdges(edges: number[], positions: ArrayLike<number>, axis: AxisGrid): void {
  let before = -1;
  for (let i = 0; i < positions.length; i++) {
    const p = positions[i]!;
    if (p === FILL) continue;
    const chunk = chunkAt(axis, p);
    if (before >= 0 && chunk !== before) edges.push(i);
    before = chunk;
  }
}

/** Only the edges that close chunks of at least `least`. */
function coarser(edges: readonly number[], least: number): number[] {
  const out = [0];
  const end = edges[edges.length - 1]!;
  for (const edge of edges) if (edge - out[out.length - 1]! >= least && end - edge >= least) out.push(edge);
  if (end > 0) out.push(end);
  return out;
}
