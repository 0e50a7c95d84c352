/**
 * Transposes of a matrix by tiles: the read side runs along rows, the write side gets eight
 * neighbours at a time, and a tile's columns stay in the cache between them.
 */
import type { Bits } from "./bits.ts";

/** Columns per tile: 64 columns of eight rows of doubles are 4 KB read and one cache line per column written. */
const TILE = 64;

/**
 * `dst[to + j * toStep + i] = src[from + i * fromStep + j]` for `rows` × `columns`: source rows are
 * contiguous and become contiguous columns.
 */
export function transposeTiles(
  src: Bits,
  from: number,
  fromStep: number,
  dst: Bits,
  to: number,
  toStep: number,
  rows: number,
  columns: number,
): void {
  const whole = rows - (rows & 7);
  for (let j0 = 0; j0 < columns; j0 += TILE) {
    const j1 = Math.min(columns, j0 + TILE);
    for (let i = 0; i < whole; i += 8) {
      const row = from + i * fromStep;
      for (let j = j0; j < j1; j++) {
        let p = row + j;
        const q = to + j * toStep + i;
        dst[q] = src[p]!;
        p += fromStep;
        dst[q + 1] = src[p]!;
        p += fromStep;
        dst[q + 2] = src[p]!;
        p += fromStep;
        dst[q + 3] = src[p]!;
        p += fromStep;
        dst[q + 4] = src[p]!;
        p += fromStep;
        dst[q + 5] = src[p]!;
        p += fromStep;
        dst[q + 6] = src[p]!;
        p += fromStep;
        dst[q + 7] = src[p]!;
      }
    }
    for (let i = whole; i < rows; i++) {
      for (let j = j0; j < j1; j++) dst[to + j * toStep + i] = src[from + i * fromStep + j]!;
    }
  }
}
