/**
 * Labels as keys that compare with `<` and `===`: float64 for everything that counts, else strings.
 *
 * Equal labels of comparable dtypes have equal keys. Missing labels are NaN or `null`, which
 * nothing orders, so an index that holds one is never monotonic.
 */
import { flatValues, NDArray } from "../array/ndarray.ts";
import { allocate, kindOf, TRAITS } from "../dtypes/traits.ts";
import type { DType, ValuesOf } from "../dtypes/types.ts";

/** One label as a key; bigints only where a label exceeds ±2⁵³. */
export type Key = number | string | bigint | null;
/** The keys of an index. */
export type Keys = Float64Array | readonly Key[];

/** How keys are ordered; `unique` is known only where they are monotonic. */
export interface Order {
  readonly increasing: boolean;
  readonly decreasing: boolean;
  /** No two neighbours are equal. */
  readonly strict: boolean;
}

/** Whether labels of two dtypes can be equal: numbers among themselves, else the same dtype. */
export function comparable(a: DType, b: DType): boolean {
  const numeric = (dtype: DType): boolean => "biuf".includes(kindOf(dtype));
  return a === b || (numeric(a) && numeric(b));
}

/** The keys of 1-D `labels`: the values themselves where they are float64. */
export function keysOf(labels: NDArray): Keys {
  const values = flatValues(labels);
  switch (TRAITS[labels.dtype].storage) {
    case "f64":
      return values as Float64Array;
    case "str":
      return values as (string | null)[];
    case "bytes":
      return (values as (Uint8Array | null)[]).map((bytes) => (bytes === null ? null : latin1(bytes)));
    case "c64":
    case "c128": {
      const pairs = values as Float64Array;
      return Array.from({ length: labels.size }, (_, i) => complexKey(pairs[2 * i]!, pairs[2 * i + 1]!));
    }
    case "i64":
    case "u64": {
      const big = values as BigInt64Array;
      return big.every((v) => Number.isSafeInteger(Number(v))) ? Float64Array.from(big, Number) : Array.from(big);
    }
    default:
      return Float64Array.from(values as Float32Array);
  }
}

/** Labels of `dtype` from keys: the inverse of {@link keysOf} (complex excepted, whose keys have no order to be joined by). */
export function labelsOf<T extends DType>(keys: Keys, dtype: T): NDArray<T> {
  const out = allocate(dtype, keys.length);
  const { storage } = TRAITS[dtype];
  if (storage === "i64" || storage === "u64") keys.forEach((key, i) => ((out as BigInt64Array)[i] = BigInt(key ?? 0)));
  else if (storage === "bytes")
    keys.forEach((key, i) => ((out as (Uint8Array | null)[])[i] = key === null ? null : fromLatin1(String(key))));
  else for (let i = 0; i < keys.length; i++) (out as Key[])[i] = keys[i]!;
  return new NDArray(out as ValuesOf<T>, [keys.length], dtype);
}

/** The key of a complex label. */
export function complexKey(re: number, im: number): string {
  return `${re},${im}`;
}

/** Bytes as a string of the same order. */
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (const byte of bytes) text += String.fromCharCode(byte);
  return text;
}

function fromLatin1(text: string): Uint8Array {
  return Uint8Array.from(text, (c) => c.charCodeAt(0));
}

/** Whether `key` is a missing label. */
export function isMissing(key: Key): boolean {
  return key === null || key !== key;
}

/** How `keys` are ordered. */
export function orderOf(keys: Keys): Order {
  const n = keys.length;
  let increasing = n !== 1 || !isMissing(keys[0]!);
  let decreasing = increasing;
  let strict = true;
  for (let i = 1; i < n && (increasing || decreasing); i++) {
    const a = keys[i - 1]!;
    const b = keys[i]!;
    // Negated, so that NaN, which compares false either way, ends both.
    if (!(a! <= b!) || a === null || b === null) increasing = false;
    if (!(a! >= b!) || a === null || b === null) decreasing = false;
    if (a === b) strict = false;
  }
  return { increasing, decreasing, strict };
}

/** First position whose key does not come before `key` in monotonic `keys`. */
export function firstNotBefore(keys: Keys, key: Key, descending: boolean): number {
  let lo = 0;
  let hi = keys.length;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (descending ? keys[mid]! > key! : keys[mid]! < key!) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/** First position whose key comes after `key` in monotonic `keys`. */
export function firstAfter(keys: Keys, key: Key, descending: boolean): number {
  let lo = 0;
  let hi = keys.length;
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (descending ? keys[mid]! >= key! : keys[mid]! <= key!) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}

/** Whether two lists of keys are equal, missing labels being equal to one another. */
export function sameKeys(a: Keys, b: Keys): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  if (a instanceof Float64Array && b instanceof Float64Array) return sameNumbers(a, b);
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i] && !(isMissing(a[i]!) && isMissing(b[i]!))) return false;
  return true;
}

function sameNumbers(a: Float64Array, b: Float64Array): boolean {
  for (let i = 0; i < a.length; i++) {
    const x = a[i]!;
    const y = b[i]!;
    if (x !== y && (x === x || y === y)) return false;
  }
  return true;
}

/** The keys in ascending order without repeats, missing ones last. */
export function sortedUnique(keys: Keys): Keys {
  if (keys instanceof Float64Array) return withoutRepeats(keys.slice().sort());
  const present = [...new Set(keys)].filter((key) => !isMissing(key)).sort((a, b) => (a! < b! ? -1 : 1));
  return keys.some(isMissing) ? [...present, null] : present;
}

/** Sorted numbers, each once. */
function withoutRepeats(sorted: Float64Array): Float64Array {
  let n = 0;
  for (let i = 0; i < sorted.length; i++) {
    const key = sorted[i]!;
    const last = n === 0 ? undefined : sorted[n - 1]!;
    if (last !== undefined && (key === last || (key !== key && last !== last))) continue;
    sorted[n++] = key;
  }
  return sorted.slice(0, n);
}

/** All keys of two ascending lists, each once. */
export function mergeSorted(a: Float64Array, b: Float64Array): Float64Array {
  const out = new Float64Array(a.length + b.length);
  let i = 0;
  let j = 0;
  let n = 0;
  while (i < a.length || j < b.length) {
    const key = j >= b.length || (i < a.length && a[i]! <= b[j]!) ? a[i++]! : b[j++]!;
    if (n === 0 || out[n - 1] !== key) out[n++] = key;
  }
  return out.slice(0, n);
}

/**
 * {@link firstNotBefore}, beginning near `from`: where the one asked before was, or a little before.
 * Sorted targets are found in a few steps each.
 */
export function firstNotBeforeNear(keys: Float64Array, key: number, descending: boolean, from: number): number {
  const n = keys.length;
  if (from > n || (from > 0 && !(descending ? keys[from - 1]! > key : keys[from - 1]! < key))) return firstNotBefore(keys, key, descending);
  let lo = from;
  let step = 1;
  while (lo + step <= n && (descending ? keys[lo + step - 1]! > key : keys[lo + step - 1]! < key)) {
    lo += step;
    step *= 2;
  }
  let hi = Math.min(n, lo + step - 1);
  while (lo < hi) {
    const mid = (lo + hi) >>> 1;
    if (descending ? keys[mid]! > key : keys[mid]! < key) lo = mid + 1;
    else hi = mid;
  }
  return lo;
}
