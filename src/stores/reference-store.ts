/** A store whose values lie in other files. */
import { StoreError } from "../errors.ts";
import type { ReadOptions, Store, StoreKey } from "./contract.ts";
import { getExact } from "./get-range.ts";
import { childrenOf, resolveRange, sliceRange } from "./keys.ts";
import { parseReferences, type Reference, type References } from "./references.ts";

/** A target: a store and the key of the file in it. */
export interface Target {
  readonly store: Store;
  readonly key: StoreKey;
}
/** Finds the target behind the URL of a reference (which may be relative). Called once per URL. */
export type TargetOpener = (url: string) => Target | Promise<Target>;

/** A store over references. */
export interface ReferenceStore extends Store {
  readonly references: ReadonlyMap<string, Reference>;
  /** Where a value lies, for planners that read targets by themselves. */
  locate(key: StoreKey): Reference | undefined;
  list(prefix: StoreKey): Promise<readonly StoreKey[]>;
}

/**
 * The keys of a kerchunk reference document as a store. A key without a reference is missing; a
 * reference to a target that is missing or too short throws.
 *
 * @example
 * ```ts
 * const files = httpStore("https://example.org/");
 * const store = referenceStore(document, (url) => ({ store: files, key: `/${url}` }));
 * ```
 */
export function referenceStore(document: unknown, open: TargetOpener, options: { readonly url?: string | undefined } = {}): ReferenceStore {
  const references: References = document instanceof Map ? document : parseReferences(document);
  const targets = new Map<string, Promise<Target>>();
  const target = (url: string): Promise<Target> => {
    let known = targets.get(url);
    if (known === undefined) {
      known = Promise.resolve().then(() => open(url));
      targets.set(url, known);
      // What could not be opened may be opened later.
      known.catch(() => targets.delete(url));
    }
    return known;
  };
  const whole = async (key: StoreKey, url: string, read?: ReadOptions): Promise<Uint8Array> => {
    const { store, key: file } = await target(url);
    const bytes = await store.get(file, read);
    if (bytes) return bytes;
    throw new StoreError(`${key} refers to ${url}, which is not there`, { key, url });
  };

  return {
    references,
    ...(options.url !== undefined && { url: options.url }),
    locate: (key) => references.get(key),
    get: async (key, read) => {
      const found = references.get(key);
      if (found === undefined || found instanceof Uint8Array) return found;
      const { url, offset, length } = found;
      if (offset === undefined || length === undefined) return whole(key, url, read);
      const { store, key: file } = await target(url);
      return getExact(store, file, { offset, length }, read);
    },
    getRange: async (key, range, read) => {
      const found = references.get(key);
      if (found === undefined) return undefined;
      if (found instanceof Uint8Array) return sliceRange(found, range);
      const { url, offset, length } = found;
      const { store, key: file } = await target(url);
      if (offset !== undefined && length !== undefined) {
        const part = resolveRange(range, length);
        return getExact(store, file, { offset: offset + part.offset, length: part.length }, read);
      }
      if (!store.getRange) return sliceRange(await whole(key, url, read), range);
      const bytes = await store.getRange(file, range, read);
      if (bytes) return bytes;
      throw new StoreError(`${key} refers to ${url}, which is not there`, { key, url });
    },
    list: async (prefix) => childrenOf(references.keys(), prefix),
  };
}
