/** A store in memory. */
import type { StoreKey, WritableStore } from "./contract.ts";
import { checkedPath, childrenOf, sliceRange } from "./keys.ts";

/** A store over a Map, which stays the caller's: what is set there is read here. */
export interface MemoryStore extends WritableStore {
  readonly entries: Map<string, Uint8Array>;
  delete(key: StoreKey): Promise<void>;
  list(prefix: StoreKey): Promise<readonly StoreKey[]>;
}

const urls = new WeakMap<Map<string, Uint8Array>, string>();
let made = 0;

/** The same name each time for one Map, so that two stores over it are known to be one place. */
function urlOf(entries: Map<string, Uint8Array>): string {
  let url = urls.get(entries);
  if (url === undefined) {
    url = `memory:${++made}`;
    urls.set(entries, url);
  }
  return url;
}

/**
 * A writable store in memory. Values are neither copied in nor out.
 *
 * @example
 * ```ts
 * const store = memoryStore();
 * await store.set("/a", new Uint8Array(8));
 * ```
 */
export function memoryStore(entries: Map<string, Uint8Array> = new Map()): MemoryStore {
  return {
    entries,
    url: urlOf(entries),
    get: async (key, options) => {
      options?.signal?.throwIfAborted();
      return entries.get(key);
    },
    getRange: async (key, range, options) => {
      options?.signal?.throwIfAborted();
      const bytes = entries.get(key);
      return bytes && sliceRange(bytes, range);
    },
    set: async (key, value) => {
      checkedPath(key);
      entries.set(key, value);
    },
    delete: async (key) => {
      entries.delete(key);
    },
    list: async (prefix) => childrenOf(entries.keys(), prefix),
  };
}
