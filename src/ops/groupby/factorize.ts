/** Different labels in order, and the number of each value's label. */
import type { NDArray } from "../../array/ndarray.ts";
import { isMissing, type Key, type Keys, keysOf, labelsOf, sortedUnique } from "../../indexing/label-keys.ts";
import { Lookup } from "../../indexing/label-lookup.ts";

/** Distinct labels with the code of every value: its label's position, −1 where it is missing or not among them. */
export interface Factorized {
  readonly labels: NDArray;
  readonly codes: Int32Array;
}

/** Whole numbers that span at most this many values per value are counted in a table. */
const TABLE_RATIO = 4;
const TABLE_LEAST = 4096;

/** The labels of `values`, each once and rising, missing ones left out. */
export function factorizeSorted(values: NDArray): Factorized {
  const keys = keysOf(values);
  if (keys instanceof Float64Array) return factorizeNumbers(keys, values);
  const distinct = sortedUnique(keys).filter((key) => !isMissing(key)) as Key[];
  return { labels: labelsOf(distinct, values.dtype), codes: codesIn(distinct, keys) };
}

/** The code of every value among `labels`. */
export function factorizeGiven(values: NDArray, labels: NDArray): Int32Array {
  const known = keysOf(labels);
  const keys = keysOf(values);
  if (known instanceof Float64Array && keys instanceof Float64Array) return new Int32Array(new Lookup(known).positions(keys));
  return codesIn(Array.from(known), keys);
}

function codesIn(distinct: readonly Key[], keys: Keys): Int32Array {
  const codeOf = new Map(distinct.map((key, i) => [key, i]));
  const codes = new Int32Array(keys.length);
  for (let i = 0; i < codes.length; i++) codes[i] = codeOf.get(keys[i]!) ?? -1;
  return codes;
}

function factorizeNumbers(keys: Float64Array, values: NDArray): Factorized {
  const span = wholeSpan(keys);
  if (span !== undefined && span.max - span.min < Math.max(TABLE_LEAST, TABLE_RATIO * keys.length))
    return byTable(keys, values, span.min, span.max);
  const sorted = sortedUnique(keys) as Float64Array;
  const distinct = Number.isNaN(sorted[sorted.length - 1]) ? sorted.subarray(0, -1) : sorted;
  return { labels: labelsOf(distinct.slice(), values.dtype), codes: new Int32Array(new Lookup(distinct).positions(keys)) };
}

/** The least and greatest value where all that are not NaN are whole. */
function wholeSpan(keys: Float64Array): { readonly min: number; readonly max: number } | undefined {
  let min = Number.POSITIVE_INFINITY;
  let max = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (key !== key) continue;
    if (Math.floor(key) !== key) return undefined;
    if (key < min) min = key;
    if (key > max) max = key;
  }
  return min <= max ? { min, max } : undefined;
}

function byTable(keys: Float64Array, values: NDArray, min: number, max: number): Factorized {
  const table = new Int32Array(max - min + 1);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    if (key === key) table[key - min] = 1;
  }
  let count = 0;
  for (let i = 0; i < table.length; i++) table[i] = table[i] === 1 ? count++ : -1;
  const distinct = new Float64Array(count);
  for (let i = 0; i < table.length; i++) if (table[i]! >= 0) distinct[table[i]!] = min + i;
  const codes = new Int32Array(keys.length);
  for (let i = 0; i < keys.length; i++) {
    const key = keys[i]!;
    codes[i] = key === key ? table[key - min]! : -1;
  }
  return { labels: labelsOf(distinct, values.dtype), codes };
}

/** Whether 1-D labels only rise or only fall, so that each is different. */
export function strictlyMonotonic(labels: NDArray): boolean {
  const keys = keysOf(labels);
  if (keys.length === 1) return !isMissing(keys[0]!);
  const rising = keys[1]! > keys[0]!;
  for (let i = 1; i < keys.length; i++) {
    const [a, b] = [keys[i - 1]!, keys[i]!];
    if (a === null || b === null || !(rising ? b > a : b < a)) return false;
  }
  return true;
}

/** Whether no value is in any group. */
export function noneIn(codes: readonly Int32Array[]): boolean {
  return codes.every((layer) => layer.every((code) => code < 0));
}
