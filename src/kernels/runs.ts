/**
 * Walking strided arrays: axes that all operands walk alike are merged, the innermost is handed out
 * as runs, the others turn in an odometer.
 */

/** Elements that an inner loop takes at most at once: a compiled loop is entered often, and scratch stays in cache. */
export const SEGMENT = 16384;

/** Called for each run: where it begins in every operand, and its length. Strides along the run are `steps`. */
export type RunVisitor = (at: readonly number[], n: number, steps: readonly number[]) => void;

/** Several operands of one shape: strides per operand and axis. */
export interface MergedAxes {
  readonly counts: readonly number[];
  /** Per operand, the stride along each merged axis. */
  readonly strides: readonly (readonly number[])[];
}

/** Drop axes of length 1 and join neighbours that every operand walks as one; undefined where there are no elements. */
function mergeAll(shape: readonly number[], strides: readonly (readonly number[])[]): MergedAxes | undefined {
  const counts: number[] = [];
  const merged: number[][] = strides.map(() => []);
  for (let i = 0; i < shape.length; i++) {
    const n = shape[i]!;
    if (n === 0) return undefined;
    if (n === 1) continue;
    const k = counts.length - 1;
    if (k >= 0 && merged.every((m, o) => m[k] === strides[o]![i]! * n)) {
      counts[k]! *= n;
      for (let o = 0; o < merged.length; o++) merged[o]![k] = strides[o]![i]!;
    } else {
      counts.push(n);
      for (let o = 0; o < merged.length; o++) merged[o]!.push(strides[o]![i]!);
    }
  }
  return { counts, strides: merged };
}

/**
 * Visit every element of arrays of one shape in C order, run by run, runs cut to `segment` elements.
 * The array `at` is reused between calls.
 */
export function eachRun(
  shape: readonly number[],
  strides: readonly (readonly number[])[],
  offsets: readonly number[],
  visit: RunVisitor,
  segment: number = SEGMENT,
): void {
  const merged = mergeAll(shape, strides);
  if (merged === undefined) return;
  const { counts, strides: step } = merged;
  const operands = offsets.length;
  const at = offsets.slice();
  const last = counts.length - 1;
  if (last < 0) {
    visit(
      at,
      1,
      offsets.map(() => 1),
    );
    return;
  }
  const n = counts[last]!;
  const steps = step.map((s) => s[last]!);
  const index = new Array<number>(Math.max(0, last)).fill(0);
  for (;;) {
    if (n <= segment) visit(at, n, steps);
    else {
      for (let i = 0; i < n; i += segment) {
        const m = Math.min(segment, n - i);
        visit(at, m, steps);
        for (let o = 0; o < operands; o++) at[o]! += steps[o]! * m;
      }
      for (let o = 0; o < operands; o++) at[o]! -= steps[o]! * n;
    }
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      for (let o = 0; o < operands; o++) at[o]! += step[o]![axis]!;
      if (++index[axis]! < counts[axis]!) break;
      for (let o = 0; o < operands; o++) at[o]! -= step[o]![axis]! * counts[axis]!;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}
