/** Boxes: hyper-rectangles of an index space, `[lo₀, hi₀, lo₁, hi₁, …]`, half open. A 0-d box is empty of numbers. */
import type { Shape } from "./meta.ts";

/** One hyper-rectangle. */
export type Box = Float64Array;
/** A few boxes that together cover a region; they may overlap, and are merged where that costs little. */
export type BoxSet = readonly Box[];

/** The box of a whole array. */
export function wholeBox(shape: Shape): Box {
  const box = new Float64Array(2 * shape.length);
  for (let i = 0; i < shape.length; i++) box[2 * i + 1] = shape[i]!;
  return box;
}

/** The lengths of a box. */
export function boxShape(box: Box): number[] {
  const shape = new Array<number>(box.length / 2);
  for (let i = 0; i < shape.length; i++) shape[i] = Math.max(0, box[2 * i + 1]! - box[2 * i]!);
  return shape;
}

/** The number of elements in a box. */
export function boxSize(box: Box): number {
  let n = 1;
  for (let i = 0; i < box.length; i += 2) n *= Math.max(0, box[i + 1]! - box[i]!);
  return n;
}

/** Whether `inner` lies in `outer`. */
export function contains(outer: Box, inner: Box): boolean {
  for (let i = 0; i < inner.length; i += 2) if (inner[i]! < outer[i]! || inner[i + 1]! > outer[i + 1]!) return false;
  return true;
}

/** The common part of two boxes; undefined where they do not meet. */
export function intersect(a: Box, b: Box): Box | undefined {
  const out = new Float64Array(a.length);
  for (let i = 0; i < a.length; i += 2) {
    const lo = Math.max(a[i]!, b[i]!);
    const hi = Math.min(a[i + 1]!, b[i + 1]!);
    if (lo >= hi) return undefined;
    out[i] = lo;
    out[i + 1] = hi;
  }
  return out;
}

/** The least box around both. */
export function hull(a: Box, b: Box): Box {
  const out = new Float64Array(a.length);
  for (let i = 0; i < a.length; i += 2) {
    out[i] = Math.min(a[i]!, b[i]!);
    out[i + 1] = Math.max(a[i + 1]!, b[i + 1]!);
  }
  return out;
}

/** Whether two boxes are the same. */
export function sameBox(a: Box, b: Box): boolean {
  return a.length === b.length && a.every((v, i) => v === b[i]);
}

/** The most boxes a demand keeps apart, and how much larger than its parts a merged box may be. */
const MOST = 32;
const WASTE = 1.25;

/**
 * Few boxes that cover the same region: contained ones vanish, two join where the union is at most
 * 1.25 times the sum, and beyond 32 the cheapest neighbours join.
 */
export function mergeBoxes(boxes: BoxSet): BoxSet {
  const kept: Box[] = [];
  for (const box of boxes) {
    if (boxSize(box) === 0 || kept.some((k) => contains(k, box))) continue;
    addMerged(kept, box);
    if (kept.length > 2 * MOST) joinNeighbours(kept);
  }
  joinNeighbours(kept);
  return kept;
}

function addMerged(kept: Box[], box: Box): void {
  let grown = box;
  for (let i = 0; i < kept.length; ) {
    const other = kept[i]!;
    if (hullSize(other, grown) <= WASTE * (boxSize(other) + boxSize(grown))) {
      grown = hull(other, grown);
      kept.splice(i, 1);
      i = 0;
    } else i++;
  }
  kept.push(grown);
}

/** Join boxes that are neighbours in C order, the cheapest pair first, until few are left. */
function joinNeighbours(kept: Box[]): void {
  if (kept.length <= MOST) return;
  kept.sort(byStart);
  while (kept.length > MOST) {
    let best = 0;
    let least = Number.POSITIVE_INFINITY;
    for (let i = 0; i + 1 < kept.length; i++) {
      const waste = hullSize(kept[i]!, kept[i + 1]!) - boxSize(kept[i]!) - boxSize(kept[i + 1]!);
      if (waste < least) {
        least = waste;
        best = i;
      }
    }
    kept.splice(best, 2, hull(kept[best]!, kept[best + 1]!));
  }
}

function byStart(a: Box, b: Box): number {
  for (let i = 0; i < a.length; i += 2) if (a[i] !== b[i]) return a[i]! - b[i]!;
  return 0;
}

function hullSize(a: Box, b: Box): number {
  let n = 1;
  for (let i = 0; i < a.length; i += 2) n *= Math.max(a[i + 1]!, b[i + 1]!) - Math.min(a[i]!, b[i]!);
  return n;
}
