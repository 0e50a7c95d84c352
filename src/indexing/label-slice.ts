/** Slices of labels: both ends included, in either direction of the coordinate. */
import { kindOf } from "../dtypes/traits.ts";
import { IndexingError } from "../errors.ts";
import type { PositionIndexer, Slice } from "./indexers.ts";
import type { LabelIndex } from "./label-index.ts";
import { firstAfter, firstNotBefore, isMissing, type Key } from "./label-keys.ts";
import { describe, durationSpan, keyOf, spanOf } from "./label-parse.ts";
import { checkedStep } from "./positions.ts";

/** The keys that one end of a slice covers: one label, or the span of a date string. */
interface Bound {
  readonly low: Key;
  readonly high: Key;
}

/**
 * The run of positions between two labels, both included.
 *
 * On a sorted coordinate the labels need not exist, and their order does not matter when both are
 * given; with one, the rest in the coordinate's own direction is meant, or against it with a negative
 * step. A coordinate that is not sorted
 * can be sliced between labels that exist once.
 *
 * @throws IndexingError where a bound cannot be a label, or is none of an unsorted coordinate.
 */
export function sliceLabels(index: LabelIndex, slice: Slice): PositionIndexer {
  const step = checkedStep(slice.step, index.dim);
  // A walk backwards starts at the far end.
  const [from, to] = step > 0 ? [slice.start, slice.stop] : [slice.stop, slice.start];
  const a = boundOf(index, from);
  const b = boundOf(index, to);
  const [start, stop] = index.lookup.monotonic ? sortedRange(index, a, b) : unsortedRange(index, a, b, from, to);
  const count = Math.max(0, Math.ceil((stop - start) / Math.abs(step)));
  return { kind: "run", start: step > 0 || count === 0 ? start : stop - 1, step, count };
}

function boundOf(index: LabelIndex, end: unknown): Bound | undefined {
  if (end === null || end === undefined) return undefined;
  const { dtype } = index.labels;
  if (typeof end === "string" && (kindOf(dtype) === "M" || kindOf(dtype) === "m")) {
    const span = kindOf(dtype) === "M" ? spanOf(end, dtype) : durationSpan(end);
    if (!Number.isNaN(span.start)) return { low: span.start, high: span.end };
  }
  const key = keyOf(end, dtype);
  if (key === undefined || isMissing(key))
    throw new IndexingError(
      `${describe(end)} cannot bound a slice of coordinate ${JSON.stringify(index.name)}, whose labels are ${dtype}`,
      { name: index.name },
    );
  return { low: key, high: key };
}

function sortedRange(index: LabelIndex, a: Bound | undefined, b: Bound | undefined): [number, number] {
  const { keys, order } = index.lookup;
  const descending = !order.increasing;
  const inOrder = a === undefined || b === undefined || (descending ? a.high! >= b.low! : a.low! <= b.high!);
  const [first, last] = inOrder ? [a, b] : [b, a];
  const start = first === undefined ? 0 : firstNotBefore(keys, descending ? first.high : first.low, descending);
  const stop = last === undefined ? keys.length : firstAfter(keys, descending ? last.low : last.high, descending);
  return [start, Math.max(start, stop)];
}

function unsortedRange(index: LabelIndex, a: Bound | undefined, b: Bound | undefined, from: unknown, to: unknown): [number, number] {
  const at = (bound: Bound, end: unknown): { start: number; stop: number } => {
    const found = bound.low === bound.high || typeof end !== "string" ? index.lookup.all(bound.low) : { start: 0, stop: 0 };
    if (!ArrayBuffer.isView(found) && found.stop > found.start) return found;
    const name = JSON.stringify(index.name);
    throw new IndexingError(
      `coordinate ${name} is not sorted and ${describe(end)} is not one of its labels alone, so a slice from there is no range; sort first with sortby(${name})`,
      { name: index.name },
    );
  };
  const first = a === undefined ? undefined : at(a, from);
  const last = b === undefined ? undefined : at(b, to);
  if (first && last && first.start > last.start) return [last.start, first.stop];
  return [first?.start ?? 0, last?.stop ?? index.size];
}
