/**
 * Copies whose steps along some axes are tables instead of strides: take, scatter, gather.
 *
 * Every axis says how both sides walk it: by a constant step, or by a table of offsets, one per
 * position. Axes without tables that lie innermost are copied as one strided block per position of
 * the others.
 */
import type { AnyValues } from "../dtypes/types.ts";
import { type Bits, bitsOf, bitsPerElement } from "./bits.ts";
import { copyStrided } from "./copy.ts";

/** How one side walks an axis: elements per position, or the offset of each position in elements. */
export type Walk = number | Int32Array | Float64Array;

/** One axis of a copy. */
export interface TakeAxis {
  readonly count: number;
  readonly src: Walk;
  readonly dst: Walk;
}

const isTable = (walk: Walk): walk is Int32Array | Float64Array => typeof walk !== "number";
const offsetAt = (walk: Walk, i: number): number => (typeof walk === "number" ? i * walk : walk[i]!);

/** Blocks of fewer elements than this are folded into the table before them. */
const SMALL = 8;

/**
 * Copy along `axes`, which should come in falling steps of `dst`. Where tables of `dst` repeat a
 * position, the last one in C order of `axes` wins.
 */
export function copyTables(
  src: AnyValues,
  srcOffset: number,
  dst: AnyValues,
  dstOffset: number,
  axes: readonly TakeAxis[],
  slots: 1 | 2 = 1,
): void {
  for (const axis of axes) if (axis.count === 0) return;
  const kept = axes.filter((axis) => axis.count > 1 || isTable(axis.src) || isTable(axis.dst));
  let tables = kept.length;
  let size = 1;
  while (tables > 0 && !isTable(kept[tables - 1]!.src) && !isTable(kept[tables - 1]!.dst)) size *= kept[--tables]!.count;
  const block = kept.slice(tables);
  const shape = block.map((a) => a.count);
  const from = block.map((a) => a.src as number);
  const to = block.map((a) => a.dst as number);
  if (tables === 0) copyStrided(src, shape, from, srcOffset, dst, to, dstOffset, slots);
  else if (size >= SMALL) eachOffset(kept.slice(0, tables), srcOffset, dstOffset, blockCopier(src, dst, shape, from, to, slots));
  else {
    const outer = kept.slice(0, tables - 1);
    const inner = kept.slice(tables - 1);
    const to = inner.length === 1 ? inner[0]!.dst : undefined;
    eachOffset(
      outer,
      srcOffset,
      dstOffset,
      lineCopier(src, offsets(inner, "src"), dst, typeof to === "number" ? to : offsets(inner, "dst"), slots),
    );
  }
}

/** Every offset of some axes in C order, as one table, so that inner loops see one class. */
function offsets(axes: readonly TakeAxis[], side: "src" | "dst"): Float64Array {
  const first = axes[0]![side];
  let table: Float64Array =
    first instanceof Float64Array ? first : Float64Array.from({ length: axes[0]!.count }, (_, i) => offsetAt(first, i));
  for (let a = 1; a < axes.length; a++) {
    const { count } = axes[a]!;
    const walk = axes[a]![side];
    const next = new Float64Array(table.length * count);
    for (let i = 0, at = 0; i < table.length; i++) for (let k = 0; k < count; k++) next[at++] = table[i]! + offsetAt(walk, k);
    table = next;
  }
  return table;
}

function lineCopier(src: AnyValues, from: Float64Array, dst: AnyValues, to: Float64Array | number, slots: 1 | 2): Copier {
  const pairs = bitsPerElement(src, slots) === 2;
  if (typeof to === "number" && !pairs && !Array.isArray(src)) {
    const x = bitsOf(src);
    const y = bitsOf(dst);
    return (s, d) => gatherLine(x, s, from, y, d, to);
  }
  const table = typeof to === "number" ? Float64Array.from(from, (_, i) => i * to) : to;
  if (Array.isArray(src)) return (s, d) => takeList(src, s, from, dst as unknown[], d, table);
  const x = bitsOf(src);
  const y = bitsOf(dst);
  return pairs ? (s, d) => takePairs(x, s, from, y, d, table) : (s, d) => takeLine(x, s, from, y, d, table);
}

type Copier = (s: number, d: number) => void;

function blockCopier(
  src: AnyValues,
  dst: AnyValues,
  shape: readonly number[],
  from: readonly number[],
  to: readonly number[],
  slots: 1 | 2,
): Copier {
  let dense = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] !== 1 && (from[i] !== dense || to[i] !== dense)) return (s, d) => copyStrided(src, shape, from, s, dst, to, d, slots);
    dense *= shape[i]!;
  }
  if (Array.isArray(src)) return (s, d) => copyStrided(src, shape, from, s, dst, to, d, slots);
  const x = bitsOf(src);
  const y = bitsOf(dst);
  const step = bitsPerElement(src, slots);
  const n = dense * step;
  if (n < 32) {
    return (s, d) => {
      const p = s * step;
      const q = d * step;
      for (let i = 0; i < n; i++) y[q + i] = x[p + i]!;
    };
  }
  return (s, d) => y.set(x.subarray(s * step, s * step + n), d * step);
}

/** Call `visit` with the offsets of every position of `axes`, in C order. */
function eachOffset(axes: readonly TakeAxis[], srcOffset: number, dstOffset: number, visit: Copier): void {
  const rank = axes.length;
  if (rank === 0) {
    visit(srcOffset, dstOffset);
    return;
  }
  const inner = axes[rank - 1]!;
  const index = new Array<number>(rank - 1).fill(0);
  for (;;) {
    let s = srcOffset;
    let d = dstOffset;
    for (let i = 0; i < rank - 1; i++) {
      s += offsetAt(axes[i]!.src, index[i]!);
      d += offsetAt(axes[i]!.dst, index[i]!);
    }
    for (let i = 0; i < inner.count; i++) visit(s + offsetAt(inner.src, i), d + offsetAt(inner.dst, i));
    let axis = rank - 2;
    for (; axis >= 0; axis--) {
      if (++index[axis]! < axes[axis]!.count) break;
      index[axis] = 0;
    }
    if (axis < 0) return;
  }
}

function gatherLine(src: Bits, s: number, from: Float64Array, dst: Bits, d: number, step: number): void {
  for (let i = 0, q = d; i < from.length; i++, q += step) dst[q] = src[s + from[i]!]!;
}

function takeLine(src: Bits, s: number, from: Float64Array, dst: Bits, d: number, to: Float64Array): void {
  for (let i = 0; i < from.length; i++) dst[d + to[i]!] = src[s + from[i]!]!;
}

function takePairs(src: Bits, s: number, from: Float64Array, dst: Bits, d: number, to: Float64Array): void {
  for (let i = 0; i < from.length; i++) {
    const p = 2 * (s + from[i]!);
    const q = 2 * (d + to[i]!);
    dst[q] = src[p]!;
    dst[q + 1] = src[p + 1]!;
  }
}

function takeList(src: unknown[], s: number, from: Float64Array, dst: unknown[], d: number, to: Float64Array): void {
  for (let i = 0; i < from.length; i++) dst[d + to[i]!] = src[s + from[i]!];
}
