/**
 * Picks: which positions of one axis a view takes, as a few runs or a long list, and their algebra.
 *
 * A pick is plain JSON where it is short: `[start, step, count, start, step, count, …]`. A run with
 * start -1 (and step 0) is fill. A pick of many runs is a list of positions in a blob.
 */
import { IndexingError } from "../errors.ts";

/** `count` positions from `start`, `step` apart; step 0 repeats, a negative one runs backwards. */
export interface Run {
  readonly start: number;
  readonly step: number;
  readonly count: number;
}
/** A list of positions; -1 is fill. */
export type Positions = Int32Array | Float64Array;
/** What is taken along an axis: all of it, one position (the axis vanishes), a run, or positions. */
export type AxisIndex = null | number | Run | Positions;
/** Runs as flat triples, or positions where there would be too many runs. */
export type Pick = readonly number[] | Positions;

/** More runs than this are kept as positions. */
const MOST_RUNS = 64;
/** Fill, in place of a position. */
export const FILL = -1;

/** Whether a pick is a list of positions. */
export function isList(pick: Pick): pick is Positions {
  return !Array.isArray(pick);
}

/** The whole of an axis. */
export function wholePick(length: number): Pick {
  return [0, 1, length];
}

/** How many positions a pick has. */
export function pickCount(pick: Pick): number {
  if (isList(pick)) return pick.length;
  let n = 0;
  for (let i = 2; i < pick.length; i += 3) n += pick[i]!;
  return n;
}

/** Whether a pick is the whole of an axis, in order. */
export function isWhole(pick: Pick, length: number): boolean {
  if (isList(pick)) return false;
  if (pick.length === 3) return pick[0] === 0 && pick[2] === length && (pick[1] === 1 || length <= 1);
  return pick.length === 0 && length === 0;
}

/** Whether a pick has fill. */
export function hasFill(pick: Pick): boolean {
  if (isList(pick)) return pick.includes(FILL);
  for (let i = 0; i < pick.length; i += 3) if (pick[i] === FILL && pick[i + 2]! > 0) return true;
  return false;
}

/** `index` as a pick of an axis of `length`; throws IndexingError where it reaches outside. */
export function pickOf(index: AxisIndex, length: number, axis: number): Pick {
  if (index === null) return wholePick(length);
  if (typeof index === "number") {
    if (!Number.isInteger(index) || index < 0 || index >= length) throw outside(index, length, axis);
    return [index, 1, 1];
  }
  if ("start" in index) {
    const { start, step, count } = index;
    if (!Number.isInteger(start) || !Number.isInteger(step) || !Number.isInteger(count) || count < 0) {
      throw new IndexingError(`a run needs whole numbers and a count of at least 0, not start ${start}, step ${step}, count ${count}`, {
        start,
        step,
        count,
      });
    }
    if (count === 0) return [];
    const last = start + (count - 1) * step;
    if (start < 0 || start >= length) throw outside(start, length, axis);
    if (last < 0 || last >= length) throw outside(last, length, axis);
    return [start, count === 1 ? 1 : step, count];
  }
  for (let i = 0; i < index.length; i++) {
    const p = index[i]!;
    if (!(p >= FILL && p < length) || p !== Math.floor(p)) throw outside(p, length, axis);
  }
  return pickOfPositions(index);
}

function outside(position: number, length: number, axis: number): IndexingError {
  const possible = length > 0 ? `positions 0 to ${length - 1}` : "no positions";
  return new IndexingError(`position ${position} is not on axis ${axis}, which has ${possible}`, { position, length, axis });
}

/** Runs of `positions` where they are few, else a list of them that nobody else holds. */
function pickOfPositions(positions: Positions): Pick {
  return runsOf(positions) ?? positions.slice();
}

/** `positions` as runs; undefined where there are too many. */
export function runsOf(positions: Positions): readonly number[] | undefined {
  const n = positions.length;
  if (n === 0) return [];
  const step = n > 1 ? positions[1]! - positions[0]! : 1;
  if (positions[0] !== FILL && isRun(positions, step)) return [positions[0]!, step, n];
  const runs: number[] = [];
  for (let i = 0; i < n; i++) {
    pushRun(runs, positions[i]!, positions[i] === FILL ? 0 : 1, 1);
    if (runs.length > 3 * MOST_RUNS) return undefined;
  }
  return runs;
}

function isRun(positions: Positions, step: number): boolean {
  for (let i = 1; i < positions.length; i++) if (positions[i] === FILL || positions[i]! - positions[i - 1]! !== step) return false;
  return true;
}

/** Append a run, joined to the last one where they are one; single positions join at distance 1, 0 or -1. */
export function pushRun(runs: number[], start: number, step: number, count: number): void {
  if (count === 0) return;
  const k = runs.length - 3;
  if (k >= 0) {
    const s = runs[k]!;
    const n = runs[k + 2]!;
    if (start === FILL || s === FILL) {
      if (start === s) {
        runs[k + 2] = n + count;
        return;
      }
    } else {
      const t = n > 1 ? runs[k + 1]! : count > 1 ? step : start - s;
      if (start === s + n * t && (count === 1 || step === t) && (n > 1 || count > 1 || (t >= -1 && t <= 1))) {
        runs[k + 1] = t;
        runs[k + 2] = n + count;
        return;
      }
    }
  }
  runs.push(start, count === 1 && start !== FILL ? 1 : step, count);
}

/** Runs as a pick: as positions where there are many. */
export function pickOfRuns(runs: readonly number[]): Pick {
  return runs.length > 3 * MOST_RUNS ? positionsOf(runs) : runs;
}

/** All positions of a pick. */
export function positionsOf(pick: Pick): Positions {
  if (isList(pick)) return pick;
  const out = new Float64Array(pickCount(pick));
  let at = 0;
  for (let i = 0; i < pick.length; i += 3) {
    const start = pick[i]!;
    const step = pick[i + 1]!;
    const count = pick[i + 2]!;
    for (let k = 0; k < count; k++) out[at++] = start + k * step;
  }
  return out;
}

/** The part of a pick between two of its places. */
export function slicePick(pick: Pick, lo: number, hi: number): Pick {
  if (isList(pick)) return pick.subarray(lo, hi);
  if (pick.length === 3) {
    const count = Math.min(hi, pick[2]!) - lo;
    return count > 0 ? [pick[0]! + lo * pick[1]!, pick[1]!, count] : [];
  }
  const out: number[] = [];
  let at = 0;
  for (let i = 0; i < pick.length && at < hi; i += 3) {
    const count = pick[i + 2]!;
    const from = Math.max(lo - at, 0);
    const to = Math.min(hi - at, count);
    if (from < to) out.push(pick[i]! + from * pick[i + 1]!, pick[i + 1]!, to - from);
    at += count;
  }
  return out;
}

/** What `outer` takes of what `inner` took. */
export function composePicks(inner: Pick, outer: Pick): Pick {
  if (isWhole(outer, pickCount(inner))) return inner;
  if (!isList(inner) && !isList(outer)) {
    const runs = composeRuns(inner, outer);
    if (runs) return runs;
  }
  const from = positionsOf(inner);
  const at = positionsOf(outer);
  const out = new Float64Array(at.length);
  for (let i = 0; i < at.length; i++) out[i] = at[i] === FILL ? FILL : from[at[i]!]!;
  return pickOfPositions(out);
}

/** Runs of runs; undefined where there are too many. */
function composeRuns(inner: readonly number[], outer: readonly number[]): number[] | undefined {
  const out: number[] = [];
  const starts: number[] = [];
  let total = 0;
  for (let i = 0; i < inner.length; i += 3) {
    starts.push(total);
    total += inner[i + 2]!;
  }
  for (let i = 0; i < outer.length; i += 3) {
    const start = outer[i]!;
    const step = outer[i + 1]!;
    const count = outer[i + 2]!;
    if (start === FILL) {
      pushRun(out, FILL, 0, count);
      continue;
    }
    for (let k = 0; k < count; ) {
      const at = start + k * step;
      const run = lastAtMost(starts, at);
      const within = at - starts[run]!;
      const room = step > 0 ? Math.ceil((inner[3 * run + 2]! - within) / step) : step < 0 ? Math.floor(within / -step) + 1 : count;
      const n = Math.min(room, count - k);
      const s = inner[3 * run]!;
      if (s === FILL) pushRun(out, FILL, 0, n);
      else pushRun(out, s + within * inner[3 * run + 1]!, step * inner[3 * run + 1]!, n);
      if (out.length > 3 * MOST_RUNS) return undefined;
      k += n;
    }
  }
  return out;
}

/** The last index whose (non-decreasing) value is at most `x`. */
export function lastAtMost(sorted: ArrayLike<number>, x: number): number {
  let lo = 0;
  let hi = sorted.length;
  while (hi - lo > 1) {
    const mid = (lo + hi) >>> 1;
    if (sorted[mid]! <= x) lo = mid;
    else hi = mid;
  }
  return lo;
}
