/** The pieces from which a view's block is put together: which boxes are read, and what each gives along each axis. */
import type { BoxSet } from "./box.ts";
import { fewer, type Intervals, imageOf } from "./image.ts";
import { FILL, isList, lastAtMost, type Pick, pickCount, positionsOf } from "./pick.ts";

/** The most boxes a view asks for at once. */
const MOST_BOXES = 32;
/** An axis of more runs than this, each shorter than that, is copied by a table. */
const FEW_RUNS = 4;
const SHORT_RUN = 16;

/** Places of one axis that are copied at once, out of one interval of the input. */
export interface Piece {
  /** The number of the interval. */
  readonly image: number;
  readonly count: number;
  /** First position in the input, and the walk from it: a step, or the distance of each. */
  readonly from: number;
  readonly src: number | Float64Array;
  /** First place in the output, and the walk from it. */
  readonly to: number;
  readonly dst: number | Float64Array;
}

/** The intervals that each axis's pick reaches; where everything is in memory, one per axis. */
export function imagesOf(picks: readonly Pick[], resident = false): Intervals[] {
  const images = picks.map((pick) => imageOf(pick, resident ? 1 : MOST_BOXES));
  for (;;) {
    let boxes = 1;
    let widest = 0;
    for (let i = 0; i < images.length; i++) {
      boxes *= images[i]!.length / 2;
      if (images[i]!.length > images[widest]!.length) widest = i;
    }
    if (boxes <= MOST_BOXES) return images;
    images[widest] = fewer(images[widest]!, Math.floor(images[widest]!.length / 4));
  }
}

/** Every combination of one interval per axis, the last axis fastest. */
export function boxesOf(images: readonly Intervals[]): BoxSet {
  let count = 1;
  for (const image of images) count *= image.length / 2;
  const boxes = Array.from({ length: count }, () => new Float64Array(2 * images.length));
  for (let k = 0; k < count; k++) {
    let rest = k;
    for (let i = images.length - 1; i >= 0; i--) {
      const n = images[i]!.length / 2;
      const at = rest % n;
      rest = (rest - at) / n;
      boxes[k]![2 * i] = images[i]![2 * at]!;
      boxes[k]![2 * i + 1] = images[i]![2 * at + 1]!;
    }
  }
  return boxes;
}

/** A pick as pieces, each inside one interval; fill has none. */
export function axisPieces(pick: Pick, image: Intervals): Piece[] {
  const starts = image.filter((_, i) => i % 2 === 0);
  if (isList(pick)) return tablePieces(pick, image, starts);
  const runs = pick.length / 3;
  if (runs > FEW_RUNS && pickCount(pick) < runs * SHORT_RUN) return tablePieces(positionsOf(pick), image, starts);
  const pieces: Piece[] = [];
  let place = 0;
  for (let i = 0; i < pick.length; i += 3) {
    const start = pick[i]!;
    const step = pick[i + 1]!;
    const count = pick[i + 2]!;
    for (let k = 0; k < count && start !== FILL; ) {
      const from = start + k * step;
      const m = lastAtMost(starts, from);
      const room =
        step > 0 ? Math.ceil((image[2 * m + 1]! - from) / step) : step < 0 ? Math.floor((from - image[2 * m]!) / -step) + 1 : count;
      const n = Math.min(room, count - k);
      pieces.push({ image: m, count: n, from, src: step, to: place + k, dst: 1 });
      k += n;
    }
    place += count;
  }
  return pieces;
}

function tablePieces(positions: ArrayLike<number>, image: Intervals, starts: readonly number[]): Piece[] {
  const n = positions.length;
  const counts = new Array<number>(starts.length).fill(0);
  const which = starts.length > 1 ? new Int32Array(n) : undefined;
  for (let i = 0; i < n; i++) {
    const p = positions[i]!;
    if (p === FILL) continue;
    const m = which ? lastAtMost(starts, p) : 0;
    if (which) which[i] = m;
    counts[m]!++;
  }
  return counts.flatMap((count, m): Piece[] => {
    if (count === 0) return [];
    const from = image[2 * m]!;
    const src = new Float64Array(count);
    const dst = count === n ? 1 : new Float64Array(count);
    for (let i = 0, at = 0; i < n; i++) {
      const p = positions[i]!;
      if (p === FILL || (which && which[i] !== m)) continue;
      src[at] = p - from;
      if (typeof dst !== "number") dst[at] = i;
      at++;
    }
    return [{ image: m, count, from, src, to: 0, dst }];
  });
}
