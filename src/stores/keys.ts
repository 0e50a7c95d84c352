/** Keys and byte ranges: checking, joining, slicing. */
import { ArgumentError, StoreError } from "../errors.ts";
import type { ByteRange, StoreKey } from "./contract.ts";

/** Require a key: absolute, without empty, `.` or `..` parts. Gives it without the leading slash. */
export function checkedPath(key: string): string {
  const path = key.slice(1);
  const sound =
    key.startsWith("/") &&
    !key.includes("\\") &&
    !key.includes("\0") &&
    path.split("/").every((part) => part !== ".." && part !== "." && (part !== "" || path === ""));
  if (!sound)
    throw new StoreError(`${JSON.stringify(key)} is not a key: keys begin with "/" and have no empty, "." or ".." parts`, { key });
  return path;
}

/** A folder's path with slashes at both ends (`"/"` for the root). */
export function folderPath(prefix: string): StoreKey {
  const inner = prefix.replace(/^\/+|\/+$/g, "");
  return inner === "" ? "/" : `/${inner}/`;
}

/** `offset` and `length` of a range in a value of `size` bytes, cut at its end. */
export function resolveRange(range: ByteRange, size: number): { offset: number; length: number } {
  checkRange(range);
  if ("suffixLength" in range) {
    const length = Math.min(range.suffixLength, size);
    return { offset: size - length, length };
  }
  const offset = Math.min(range.offset, size);
  return { offset, length: Math.min(range.length, size - offset) };
}

/** Require whole, non-negative positions. */
export function checkRange(range: ByteRange): void {
  const sound =
    "suffixLength" in range
      ? isPosition(range.suffixLength)
      : isPosition(range.offset) && isPosition(range.length) && isPosition(range.offset + range.length);
  if (!sound)
    throw new ArgumentError(`${JSON.stringify(range)} is not a byte range: offset, length and suffixLength are whole numbers from 0`, {
      range,
    });
}

function isPosition(n: number): boolean {
  return Number.isSafeInteger(n) && n >= 0;
}

/** The part of a value a range means, as a view. */
export function sliceRange(bytes: Uint8Array, range: ByteRange): Uint8Array {
  const { offset, length } = resolveRange(range, bytes.length);
  return bytes.subarray(offset, offset + length);
}

/** The keys and folders right below `prefix`, of all keys there are, in order. */
export function childrenOf(keys: Iterable<string>, prefix: StoreKey): StoreKey[] {
  const folder = folderPath(prefix);
  const found = new Set<StoreKey>();
  for (const key of keys) {
    if (!key.startsWith(folder) || key.length === folder.length) continue;
    const slash = key.indexOf("/", folder.length);
    found.add((slash < 0 ? key : key.slice(0, slash + 1)) as StoreKey);
  }
  return [...found].sort();
}

/** Whether an error is an abort, which passes through every store untouched. */
export function isAbort(error: unknown): boolean {
  return error instanceof Error && error.name === "AbortError";
}
