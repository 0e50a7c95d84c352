/**
 * Stores: places that keep bytes under keys, and files that can be read anywhere.
 *
 * A {@link Store} is zarrita's contract (get, getRange, set, list). Places: {@link memoryStore},
 * {@link directoryStore}, {@link httpStore}, {@link zipStore}, {@link referenceStore}; wrappers add one
 * thing each and keep the rest: {@link withRetry}, {@link withCache}, {@link withCoalescing},
 * {@link withConcurrency}, {@link prefixed}, {@link readOnly}. Formats in one file read a
 * {@link RandomAccess}. A missing key is `undefined`; every other failure is a StoreError that says
 * where and what to look at; aborts pass through untouched. {@link resolveStore} and
 * {@link openRandomAccess} take whatever users have. May import layers 0–2 and `codecs/`.
 *
 * @example
 * ```ts
 * const store = await resolveStore("https://example.org/air.zarr");
 * const metadata = await store.get("/zarr.json", { signal });
 * ```
 */
export { withCache } from "./cache.ts";
export { type CoalesceOptions, planSpans, type Span, withCoalescing } from "./coalesce.ts";
export { withConcurrency } from "./concurrency.ts";
export type { ByteRange, ReadOptions, Store, StoreKey, WritableStore } from "./contract.ts";
export { type DirectoryStore, directoryStore } from "./directory.ts";
export type { RandomAccess } from "./file-contract.ts";
export { getExact, getRange, listFolder } from "./get-range.ts";
export { type HttpOptions, httpStore } from "./http.ts";
export { isAbort, resolveRange, sliceRange } from "./keys.ts";
export { type MemoryStore, memoryStore } from "./memory.ts";
export { prefixed } from "./prefix.ts";
export {
  type BlockOptions,
  blobAccess,
  bytesAccess,
  fileAccess,
  urlAccess,
  withBlocks,
} from "./random-access.ts";
export { type ReferenceStore, referenceStore, type Target, type TargetOpener } from "./reference-store.ts";
export { parseReferences, type Reference, type References } from "./references.ts";
export { openRandomAccess, type ResolveOptions, resolveStore, type StoreTarget } from "./resolve.ts";
export { type RetryOptions, withRetry } from "./retry.ts";
export { readOnly, requireWritable, type Wrapped } from "./wrap.ts";
export { type ZipStore, zipStore } from "./zip.ts";
