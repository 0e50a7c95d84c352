/** Keeping encoded bytes, so that nothing is fetched twice. */
import type { ByteRange, Store, StoreKey } from "./contract.ts";
import { Flights } from "./flight.ts";
import { sliceRange } from "./keys.ts";
import { ByteCache } from "./lru.ts";
import { type Wrapped, wrapStore } from "./wrap.ts";

/**
 * Keep the last read values and ranges, up to a number of bytes. The same read asked for again while it
 * is under way is shared. A write through this store forgets the key. Missing keys are not remembered.
 *
 * @example
 * ```ts
 * withCache(httpStore(url), 64 * 2 ** 20);
 * ```
 */
export function withCache<S extends Store>(store: S, bytes: number): Wrapped<S> {
  const cache = new ByteCache(bytes);
  const flights = new Flights<Uint8Array | undefined>();
  const read = (name: string, signal: AbortSignal | undefined, start: (signal: AbortSignal) => Promise<Uint8Array | undefined>) => {
    const known = cache.get(name);
    if (known) return Promise.resolve(known);
    return flights.run(
      name,
      async (inner) => {
        const before = writes;
        const value = await start(inner);
        // What was read while something was written may be the old value.
        if (value && before === writes) cache.set(name, value);
        return value;
      },
      signal,
    );
  };
  let writes = 0;
  const forget = (key: StoreKey): void => {
    writes++;
    const test = (name: string): boolean => name === key || name.startsWith(`${key}?`);
    for (const name of cache.names()) if (test(name)) cache.delete(name);
    flights.forget(test);
  };
  const writable = store as unknown as {
    set(...args: unknown[]): Promise<void>;
    delete(...args: unknown[]): Promise<void>;
  };
  const forgetAround = async (key: StoreKey, write: () => Promise<void>): Promise<void> => {
    forget(key);
    try {
      await write();
    } finally {
      forget(key);
    }
  };
  return wrapStore(store, {
    get: async (key, options) => {
      options?.signal?.throwIfAborted();
      return read(key, options?.signal, (signal) => store.get(key, { signal }));
    },
    getRange: async (key, range, options) => {
      options?.signal?.throwIfAborted();
      const whole = cache.get(key);
      if (whole) return sliceRange(whole, range);
      return read(rangeName(key, range), options?.signal, (signal) => store.getRange!(key, range, { signal }));
    },
    set: (key, value) => forgetAround(key, () => writable.set(key, value)),
    delete: (key) => forgetAround(key, () => writable.delete(key)),
  });
}

/** A name of a range that no key has: keys of stores have no query. */
function rangeName(key: StoreKey, range: ByteRange): string {
  return "suffixLength" in range ? `${key}?-${range.suffixLength}` : `${key}?${range.offset}+${range.length}`;
}
