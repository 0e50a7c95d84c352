/**
 * Bins of values, and the text that labels them.
 *
 * The rules are those of `pandas.cut`: a number of bins spans the values, widened by 0.1% on the open
 * side; labels show edges to `precision` digits, more where edges would look the same.
 */
import type { NDArray } from "../../array/ndarray.ts";
import { calendarOfDType, formatIso } from "../../calendar/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import type { DatetimeDType } from "../../dtypes/types.ts";
import { ArgumentError } from "../../errors.ts";
import { type Keys, keysOf } from "../../indexing/label-keys.ts";

/** Which bins, and how they are labelled. */
export interface BinRules {
  /** Bins hold their right edge, not their left one. */
  readonly right: boolean;
  /** The first bin holds its left edge too. */
  readonly includeLowest: boolean;
  readonly precision: number;
}

const MAX_BINS = 2 ** 27;

/** Edges of `n` equal bins that hold all of `values`. */
export function equalEdges(values: NDArray, n: number, right: boolean): Float64Array {
  if (!Number.isInteger(n) || n < 1 || n > MAX_BINS)
    throw new ArgumentError(`cannot make ${n} bins: possible is a whole number of 1 and more, or a list of edges`, { bins: n });
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (const key of numbersOf(keysOf(values))) {
    if (key < min) min = key;
    if (key > max) max = key;
  }
  if (!Number.isFinite(min) || !Number.isFinite(max))
    throw new ArgumentError(`cannot span values from ${min} to ${max} with bins: give their edges`, { min, max });
  const flat = min === max;
  if (flat) {
    const margin = min === 0 ? 0.001 : 0.001 * Math.abs(min);
    min -= margin;
    max += margin;
  }
  const edges = Float64Array.from({ length: n + 1 }, (_, i) => (i === n ? max : min + (i * (max - min)) / n));
  if (!flat) edges[right ? 0 : n]! += (right ? -1 : 1) * (max - min) * 0.001;
  return edges;
}

/** Rising edges; equal neighbours are refused or, with `"drop"`, taken once. */
export function checkedEdges(edges: Float64Array, duplicates: "raise" | "drop"): Float64Array {
  const kept = duplicates === "drop" ? edges.filter((edge, i) => i === 0 || edge !== edges[i - 1]) : edges;
  for (let i = 0; i < kept.length; i++) {
    if (Number.isNaN(kept[i])) throw new ArgumentError("an edge of a bin is missing", { edges: Array.from(kept.subarray(0, 10)) });
    if (i > 0 && !(kept[i]! > kept[i - 1]!)) {
      const advice = kept[i] === kept[i - 1] ? `; duplicates: "drop" takes equal ones once` : "";
      throw new ArgumentError(`edges of bins must rise; ${kept[i]} follows ${kept[i - 1]}${advice}`, { edges: [kept[i - 1], kept[i]] });
    }
  }
  if (kept.length < 2) throw new ArgumentError(`bins need at least two edges, not ${kept.length}`, { edges: kept.length });
  return kept;
}

/** The bin of every value, −1 outside of all and where it is missing. */
export function binCodes(values: NDArray, edges: Float64Array, rules: BinRules): Int32Array {
  const keys = numbersOf(keysOf(values));
  const codes = new Int32Array(keys.length);
  const bins = edges.length - 1;
  const { right } = rules;
  for (let i = 0; i < keys.length; i++) {
    const v = keys[i]!;
    let low = 0;
    let high = edges.length;
    while (low < high) {
      const mid = (low + high) >>> 1;
      if (right ? edges[mid]! < v : edges[mid]! <= v) low = mid + 1;
      else high = mid;
    }
    if (rules.includeLowest && v === edges[0]) low = 1;
    codes[i] = v !== v || low === 0 || low > bins ? -1 : low - 1;
  }
  return codes;
}

/** The text of every bin, such as `(-90, -10]`: numbers as JavaScript writes them, times as ISO dates. */
export function binTexts(edges: Float64Array, rules: BinRules, dtype: NDArray["dtype"]): string[] {
  const texts = kindOf(dtype) === "M" ? timeTexts(edges, dtype as DatetimeDType) : numberTexts(edges, rules);
  const [open, close] = rules.right ? ["(", "]"] : ["[", ")"];
  return Array.from({ length: edges.length - 1 }, (_, i) => `${open}${texts[i]}, ${texts[i + 1]}${close}`);
}

function timeTexts(edges: Float64Array, dtype: DatetimeDType): string[] {
  const calendar = calendarOfDType(dtype);
  const whole = edges.every((t) => t % 86_400_000 === 0);
  return Array.from(edges, (t) => formatIso(t, calendar, whole ? "D" : t % 1000 === 0 ? "s" : "us"));
}

function numberTexts(edges: Float64Array, rules: BinRules): string[] {
  let precision = rules.precision;
  while (precision < 20 && new Set(Array.from(edges, (x) => roundFraction(x, precision))).size < edges.length) precision++;
  const shown = Array.from(edges, (x) => roundFraction(x, precision === 20 ? rules.precision : precision));
  if (rules.right && rules.includeLowest) shown[0]! -= 10 ** -precision;
  return shown.map((x) => String(Number(x.toPrecision(15))));
}

/** To `precision` decimals, or significant digits where there is nothing before the point. */
function roundFraction(x: number, precision: number): number {
  if (!Number.isFinite(x) || x === 0) return x;
  const fraction = x - Math.trunc(x);
  const digits = Math.trunc(x) === 0 ? precision - Math.floor(Math.log10(Math.abs(fraction))) - 1 : precision;
  const scale = 10 ** digits;
  return roundEven(x * scale) / scale;
}

/** To the nearest whole number, halves to the even one. */
function roundEven(x: number): number {
  const low = Math.floor(x);
  return x - low === 0.5 ? low + (low % 2 === 0 ? 0 : 1) : Math.round(x);
}

function numbersOf(keys: Keys): Float64Array {
  if (keys instanceof Float64Array) return keys;
  throw new ArgumentError("bins hold numbers and times; these values are neither", {});
}
