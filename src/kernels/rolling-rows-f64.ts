/**
 * Moving sums and means of many lines at once, where memory runs across the lines: the scheme of
 * `rolling.ts` with rows in place of numbers. Tails of a block of rows are kept for a tile of columns,
 * heads run on as the window moves, and every row is read twice, in the order of memory. The copy for
 * float32 is generated.
 */
import type { Windows } from "./rolling.ts";
import { scratchF64 } from "./scratch.ts";

type In = Float64Array;

/** Elements of a tile's tails, and its columns at most and at least. */
const TILE = 16384;
const WIDEST = 512;
const NARROWEST = 32;

/**
 * Windows over `n` rows of `columns` neighbouring elements, `rowStep` apart from `at`; results are rows
 * from `to`, `columns` apart.
 */
export function windowRows(
  x: In,
  at: number,
  rowStep: number,
  n: number,
  columns: number,
  out: In,
  to: number,
  w: Windows,
  mean: boolean,
): void {
  const size = w.before + w.after + 1;
  const width = Math.min(columns, WIDEST, Math.max(NARROWEST, Math.floor(TILE / size)));
  // One row of zeros behind the last tail.
  const tails = scratchF64(6, (size + 1) * width);
  const tailCounts = new Int32Array((size + 1) * width);
  const heads = scratchF64(8, width);
  const headCounts = new Int32Array(width);
  // What a sum is divided by, for each count of values: a table costs less than branches on random data.
  const least = mean ? Math.max(1, w.minCount) : w.minCount;
  const by = Float64Array.from({ length: size + 1 }, (_, count) => (count < least ? Number.NaN : mean ? count : 1));
  const shift = w.lead - w.before;
  for (let c = 0; c < columns; c += width) {
    const m = Math.min(width, columns - c);
    tails.fill(0, size * width, size * width + m);
    tailCounts.fill(0, size * width, size * width + m);
    for (let start = 0; start < w.length; start += size) {
      for (let j = size - 1; j >= 0; j--) {
        const p = start + j + shift;
        const q = j * width;
        if (p >= 0 && p < n) tailRow(x, at + p * rowStep + c, m, tails, tailCounts, q, q + width);
        else {
          tails.copyWithin(q, q + width, q + width + m);
          tailCounts.copyWithin(q, q + width, q + width + m);
        }
      }
      heads.fill(0, 0, m);
      headCounts.fill(0, 0, m);
      const rows = Math.min(size, w.length - start);
      for (let j = 0; j < rows; j++) {
        const p = start + size + j - 1 + shift;
        const o = to + (start + j) * columns + c;
        if (j > 0 && p >= 0 && p < n) headRow(x, at + p * rowStep + c, tails, tailCounts, j * width, heads, headCounts, m, by, out, o);
        else joinRow(tails, tailCounts, j * width, heads, headCounts, m, by, out, o);
      }
    }
  }
}

/** The tail at `q`: that of the next row at `next`, and this row. */
function tailRow(x: In, at: number, m: number, tails: Float64Array, counts: Int32Array, q: number, next: number): void {
  for (let i = 0; i < m; i++) {
    const v = x[at + i]!;
    if (v === v) {
      tails[q + i] = tails[next + i]! + v;
      counts[q + i] = counts[next + i]! + 1;
    } else {
      tails[q + i] = tails[next + i]!;
      counts[q + i] = counts[next + i]!;
    }
  }
}

/** The next row joins the heads, and heads and tails the results. */
function headRow(
  x: In,
  at: number,
  tails: Float64Array,
  tailCounts: Int32Array,
  q: number,
  heads: Float64Array,
  headCounts: Int32Array,
  m: number,
  by: Float64Array,
  out: In,
  to: number,
): void {
  for (let i = 0; i < m; i++) {
    const v = x[at + i]!;
    let h = heads[i]!,
      k = headCounts[i]!;
    if (v === v) {
      h += v;
      k++;
      heads[i] = h;
      headCounts[i] = k;
    }
    out[to + i] = (tails[q + i]! + h) / by[tailCounts[q + i]! + k]!;
  }
}

function joinRow(
  tails: Float64Array,
  tailCounts: Int32Array,
  q: number,
  heads: Float64Array,
  headCounts: Int32Array,
  m: number,
  by: Float64Array,
  out: In,
  to: number,
): void {
  for (let i = 0; i < m; i++) out[to + i] = (tails[q + i]! + heads[i]!) / by[tailCounts[q + i]! + headCounts[i]!]!;
}
