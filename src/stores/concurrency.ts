/** A limit on how many requests run at once. */
import { ArgumentError } from "../errors.ts";
import type { Store } from "./contract.ts";
import { type Wrapped, wrapStore } from "./wrap.ts";

/**
 * Let at most `n` requests run at once; others wait in order. An abort leaves the queue.
 *
 * @example
 * ```ts
 * withConcurrency(httpStore(url), 16);
 * ```
 */
export function withConcurrency<S extends Store>(store: S, n: number): Wrapped<S> {
  if (!(Number.isInteger(n) && n > 0))
    throw new ArgumentError(`the number of requests at once is ${n}; it must be a whole number from 1`, {
      n,
    });
  const queue: (() => void)[] = [];
  let free = n;

  const enter = (signal: AbortSignal | undefined): Promise<void> => {
    if (free > 0) {
      free--;
      return Promise.resolve();
    }
    return new Promise((resolve, reject) => {
      const start = (): void => {
        signal?.removeEventListener("abort", leave);
        resolve();
      };
      const leave = (): void => {
        queue.splice(queue.indexOf(start), 1);
        reject(signal!.reason);
      };
      signal?.addEventListener("abort", leave, { once: true });
      queue.push(start);
    });
  };

  const limited = async <T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> => {
    signal?.throwIfAborted();
    await enter(signal);
    try {
      return await run();
    } finally {
      // The place goes to the first who waits, or is free.
      const next = queue.shift();
      if (next) next();
      else free++;
    }
  };

  const writable = store as unknown as {
    set(...args: unknown[]): Promise<void>;
    delete(...args: unknown[]): Promise<void>;
  };
  return wrapStore(store, {
    get: (key, options) => limited(options?.signal, () => store.get(key, options)),
    getRange: (key, range, options) => limited(options?.signal, () => store.getRange!(key, range, options)),
    set: (key, value) => limited(undefined, () => writable.set(key, value)),
    delete: (key) => limited(undefined, () => writable.delete(key)),
  });
}
