/** Padding, with every mode of `numpy.pad`. */
import type { Value } from "../dtypes/types.ts";
import { ArgumentError, DimensionError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import { concat } from "./concat.ts";
import { full } from "./full.ts";
import type { AnyArray } from "./lazy.ts";
import { type LineMode, padLines } from "./pad-lines.ts";
import { FILL, pickOfRuns, pushRun } from "./pick.ts";
import { alongAxis } from "./select.ts";

/** How the new elements come about, as in NumPy. */
export type PadMode = "constant" | "edge" | "reflect" | "symmetric" | "wrap" | LineMode;
/** One value for both sides, or one before and one after. */
export type Sides<T> = T | readonly [T, T];

/** What {@link pad} takes; entries of lists belong to axes. */
export interface PadOptions {
  /** Default `"constant"`. */
  readonly mode?: PadMode | undefined;
  /** For `constant`: the new values per axis (default: `fill`, or missing). */
  readonly constantValues?: readonly Sides<Value>[] | undefined;
  /** For `linear_ramp`: the outermost values per axis (default 0). */
  readonly endValues?: readonly Sides<number>[] | undefined;
  /** For the statistics: how many elements from each edge per axis (default: all). */
  readonly statLength?: readonly (Sides<number> | null)[] | undefined;
  /** For `reflect` and `symmetric`: `"odd"` mirrors in the edge's value too (default `"even"`). */
  readonly reflectType?: "even" | "odd" | undefined;
}

const MODES: readonly PadMode[] = [
  "constant",
  "edge",
  "reflect",
  "symmetric",
  "wrap",
  "linear_ramp",
  "maximum",
  "mean",
  "median",
  "minimum",
];

/**
 * `a` with `widths[i]` = [before, after] new elements along axis `i`, one axis after the other as in
 * NumPy, so that corners are padding of padding. Copying modes are views.
 *
 * @throws ArgumentError for widths and modes that are none; DimensionError where an empty axis has nothing to copy.
 */
export function pad(a: AnyArray, widths: readonly (readonly [number, number])[], options: PadOptions = {}, fill?: Value): AnyArray {
  const { mode = "constant" } = options;
  if (!MODES.includes(mode)) throw new ArgumentError(unknownName("pad mode", mode, MODES), { mode });
  if (widths.length !== a.shape.length)
    throw new DimensionError(`${widths.length} pad widths for ${a.shape.length} axes`, { widths: widths.length, ndim: a.shape.length });
  let out = a;
  widths.forEach(([before, after], axis) => {
    if (!Number.isSafeInteger(before) || !Number.isSafeInteger(after) || before < 0 || after < 0) {
      throw new ArgumentError(`pad widths are whole numbers of 0 or more, not (${before}, ${after})`, { before, after });
    }
    if (before > 0 || after > 0) out = padAxis(out, axis, before, after, mode, options, fill);
  });
  return out;
}

/** Both sides of an option. */
function sides<T>(value: Sides<T> | undefined, other: T): readonly [T, T] {
  if (value === undefined) return [other, other];
  return Array.isArray(value) ? (value as unknown as readonly [T, T]) : [value as T, value as T];
}

function padAxis(
  a: AnyArray,
  axis: number,
  before: number,
  after: number,
  mode: PadMode,
  options: PadOptions,
  fill: Value | undefined,
): AnyArray {
  const n = a.shape[axis]!;
  if (mode === "constant") {
    const [lo, hi] = sides(options.constantValues?.[axis], fill ?? null);
    return padConstant(a, axis, before, after, lo, hi);
  }
  if (n === 0) throw new DimensionError(`cannot pad axis ${axis} by ${mode}: it is empty`, { axis, mode });
  if (mode === "edge" || mode === "reflect" || mode === "symmetric" || mode === "wrap") {
    if (options.reflectType === "odd" && n > 1 && (mode === "reflect" || mode === "symmetric")) {
      return padLines(a, { axis, before, after, mode: `odd_${mode}` });
    }
    return alongAxis(a, axis, pickOfRuns(copiedRuns(n, before, after, mode)));
  }
  const ends = sides(options.endValues?.[axis], 0);
  const lengths = sides<number | null>(options.statLength?.[axis] as Sides<number | null> | undefined, null);
  for (const length of lengths) {
    if (length !== null && (!Number.isInteger(length) || length < 1))
      throw new ArgumentError(`statLength is a whole number of 1 or more, not ${length}`, { statLength: length });
  }
  return padLines(a, { axis, before, after, mode, ends, lengths });
}

function padConstant(a: AnyArray, axis: number, before: number, after: number, lo: Value, hi: Value): AnyArray {
  if (Object.is(lo, hi) || before === 0 || after === 0) {
    const runs: number[] = [];
    pushRun(runs, FILL, 0, before);
    pushRun(runs, 0, 1, a.shape[axis]!);
    pushRun(runs, FILL, 0, after);
    return alongAxis(a, axis, runs, before === 0 ? hi : lo);
  }
  const block = (width: number, value: Value): AnyArray =>
    full(
      a.shape.map((n, i) => (i === axis ? width : n)),
      value,
      a.dtype,
    );
  return concat([block(before, lo), a, block(after, hi)], axis);
}

/** The positions from `-before` to `n + after` folded back into the axis, as runs. */
function copiedRuns(n: number, before: number, after: number, mode: "edge" | "reflect" | "symmetric" | "wrap"): number[] {
  const runs: number[] = [];
  if (mode === "edge" || n === 1) {
    pushRun(runs, 0, 0, before);
    pushRun(runs, 0, 1, n);
    pushRun(runs, n - 1, 0, after);
    return runs;
  }
  const period = mode === "wrap" ? n : mode === "symmetric" ? 2 * n : 2 * (n - 1);
  for (let at = -before; at < n + after; ) {
    const phase = ((at % period) + period) % period;
    const rising = phase < n;
    // Where the fold turns: reflect shows edges once, symmetric twice.
    const count = Math.min((rising ? n : period) - phase, n + after - at);
    if (rising) pushRun(runs, phase, 1, count);
    else pushRun(runs, mode === "symmetric" ? period - 1 - phase : period - phase, -1, count);
    at += count;
  }
  return runs;
}
