/** Groups of axes that hold the same elements in two shapes, and how regions and cuts go from one to the other. */
import type { Box } from "./box.ts";
import { type AxisGrid, boundedAxis, chunkStart, largestChunk, regularAxis } from "./grid.ts";
import { cStrides, type Shape, sizeOf } from "./meta.ts";

/** Input axes `from` to `fromEnd` hold the same elements, in the same order, as output axes `to` to `toEnd`. */
export interface AxisGroup {
  readonly from: number;
  readonly fromEnd: number;
  readonly to: number;
  readonly toEnd: number;
  readonly input: Shape;
  readonly output: Shape;
}

/** The least groups of two shapes of one size; empty arrays are one group. */
export function groupAxes(input: Shape, output: Shape): AxisGroup[] {
  const groups: AxisGroup[] = [];
  const push = (from: number, fromEnd: number, to: number, toEnd: number): void => {
    groups.push({ from, fromEnd, to, toEnd, input: input.slice(from, fromEnd), output: output.slice(to, toEnd) });
  };
  if (sizeOf(input) === 0) {
    push(0, input.length, 0, output.length);
    return groups;
  }
  let i = 0;
  let j = 0;
  while (i < input.length && j < output.length) {
    const from = i;
    const to = j;
    let a = input[i++]!;
    let b = output[j++]!;
    while (a !== b) {
      if (a < b) a *= input[i++]!;
      else b *= output[j++]!;
    }
    push(from, i, to, j);
  }
  // What is left has length 1.
  if (i < input.length || j < output.length) push(i, input.length, j, output.length);
  return groups;
}

/** A box of a group's input axes; its elements come one after another from `place` of the region's flat order. */
export interface GroupPiece {
  readonly box: Box;
  readonly place: number;
}

/** The boxes of input axes that make a region of the output, in order. */
export function groupPieces({ to, input, output }: AxisGroup, at: Box): GroupPiece[] {
  const steps = cStrides(output);
  // Trailing axes that are taken whole belong to one interval.
  let k = output.length - 1;
  while (k > 0 && at[2 * (to + k)] === 0 && at[2 * (to + k) + 1] === output[k]) k--;
  const length = k < 0 ? 1 : (at[2 * (to + k) + 1]! - at[2 * (to + k)]!) * steps[k]!;
  const pieces: GroupPiece[] = [];
  const index = output.slice(0, Math.max(0, k)).map((_, i) => at[2 * (to + i)]!);
  for (let place = 0; ; place += length) {
    let start = k < 0 ? 0 : at[2 * (to + k)]! * steps[k]!;
    for (let i = 0; i < index.length; i++) start += index[i]! * steps[i]!;
    intervalBoxes(input, start, start + length, place, pieces);
    let i = index.length - 1;
    for (; i >= 0; i--) {
      if (++index[i]! < at[2 * (to + i) + 1]!) break;
      index[i] = at[2 * (to + i)]!;
    }
    if (i < 0) return pieces;
  }
}

/** Append the boxes of `shape` that a flat interval is, in order: at most two per axis. */
function intervalBoxes(shape: Shape, lo: number, hi: number, place: number, pieces: GroupPiece[]): void {
  const rank = shape.length;
  const steps = cStrides(shape);
  for (let at = lo; at < hi; ) {
    // The largest aligned box from here: whole along the axes behind `axis`, a range along it.
    let axis = rank - 1;
    while (axis > 0 && at % steps[axis - 1]! === 0 && at + steps[axis - 1]! <= hi) axis--;
    const box = new Float64Array(2 * rank);
    let rest = at;
    for (let i = 0; i < rank; i++) {
      const index = i <= axis ? Math.floor(rest / steps[i]!) : 0;
      rest -= index * steps[i]!;
      box[2 * i] = index;
      box[2 * i + 1] = i < axis ? index + 1 : shape[i]!;
    }
    if (rank === 0) {
      pieces.push({ box, place });
      return;
    }
    const count = Math.min(shape[axis]! - box[2 * axis]!, Math.floor((hi - at) / steps[axis]!));
    box[2 * axis + 1] = box[2 * axis]! + count;
    pieces.push({ box, place: place + at - lo });
    at += count * steps[axis]!;
  }
}

/** Elements that a chunk may grow to so that it lines up with whole rows of the input. */
const BAND = 2 ** 22;

/** The cuts of a group's output axes, given those of its input axes. */
export function groupGrid(input: readonly AxisGrid[], output: Shape): AxisGrid[] {
  const wide = input.filter((axis) => axis.length > 1);
  if (sizeOf(output) === 0) return output.map((n) => regularAxis(n, Math.max(1, n)));
  const [first] = wide;
  if (first === undefined) return output.map((n) => regularAxis(n, n));
  const behind = wide.slice(1).reduce((n, axis) => n * axis.length, 1);
  const aligned = wide.slice(1).every((axis) => axis.n === 1);
  const band = largestChunk(first) * behind;
  if (aligned || band <= BAND) {
    const exact = leadingCuts(first, behind, output);
    if (exact) return exact;
  }
  let room = aligned || band <= BAND ? band : wide.reduce((n, axis) => n * largestChunk(axis), 1);
  const cuts = new Array<AxisGrid>(output.length);
  for (let j = output.length - 1; j >= 0; j--) {
    const n = output[j]!;
    cuts[j] = regularAxis(n, Math.min(n, Math.max(1, room)));
    room = Math.floor(room / n);
  }
  return cuts;
}

/** Cuts of the first long output axis where the input's edges fall; undefined where they do not fall on whole rows. */
function leadingCuts(first: AxisGrid, behind: number, output: Shape): AxisGrid[] | undefined {
  const lead = output.findIndex((n) => n > 1);
  const row = sizeOf(output.slice(lead + 1));
  const cut =
    first.size === undefined
      ? boundsThrough(first, behind, row)
      : (first.size * behind) % row === 0
        ? regularAxis(output[lead]!, (first.size * behind) / row)
        : undefined;
  return cut && output.map((n, j) => (j === lead ? cut : regularAxis(n, n)));
}

function boundsThrough(first: AxisGrid, behind: number, row: number): AxisGrid | undefined {
  const bounds = new Float64Array(first.n + 1);
  for (let i = 0; i <= first.n; i++) {
    bounds[i] = (chunkStart(first, i) * behind) / row;
    if (!Number.isInteger(bounds[i])) return undefined;
  }
  return boundedAxis(bounds);
}
