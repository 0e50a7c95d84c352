/** Trying again where that can help. */
import { isGraticuleError } from "../errors.ts";
import type { Store } from "./contract.ts";
import { type Wrapped, wrapStore } from "./wrap.ts";

/** Options of {@link withRetry}. */
export interface RetryOptions {
  /** How often to try in all (default 4). */
  readonly attempts?: number | undefined;
  /** Milliseconds before the second try; doubled each time, ±25 % (default 200). */
  readonly backoff?: number | undefined;
}

/** Longer is not waited, whatever a server says. */
const LONGEST = 60_000;

/**
 * Try reads and writes again after status 408, 429, 5xx, lost connections and short bodies; never after
 * others. Retry-After is honoured, an abort ends the wait.
 *
 * @example
 * ```ts
 * withRetry(httpStore(url), { attempts: 5, backoff: 500 });
 * ```
 */
export function withRetry<S extends Store>(store: S, options: RetryOptions = {}): Wrapped<S> {
  const retried = <T>(signal: AbortSignal | undefined, run: () => Promise<T>): Promise<T> => retry(run, options, signal);
  const writable = store as unknown as {
    set(...args: unknown[]): Promise<void>;
    delete(...args: unknown[]): Promise<void>;
  };
  return wrapStore(store, {
    get: (key, options) => retried(options?.signal, () => store.get(key, options)),
    getRange: (key, range, options) => retried(options?.signal, () => store.getRange!(key, range, options)),
    set: (key, value) => retried(undefined, () => writable.set(key, value)),
    delete: (key) => retried(undefined, () => writable.delete(key)),
  });
}

/** Run something until it succeeds, fails for good, or has failed `attempts` times. */
export async function retry<T>(
  run: () => Promise<T>,
  { attempts = 4, backoff = 200 }: RetryOptions,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await run();
    } catch (error) {
      if (attempt >= attempts || signal?.aborted || !mayPass(error)) throw error;
      const usual = backoff * 2 ** (attempt - 1) * (0.75 + Math.random() / 2);
      await pause(Math.min(LONGEST, retryAfter(error) ?? usual), signal);
    }
  }
}

/** Whether the same request may succeed later. */
function mayPass(error: unknown): boolean {
  if (!isGraticuleError(error, "StoreError")) return false;
  const { status, network } = error.fields;
  return network === true || status === 408 || status === 429 || (typeof status === "number" && status >= 500 && status !== 501);
}

/** Milliseconds a server asks to wait: seconds or a date. */
function retryAfter(error: unknown): number | undefined {
  const value = isGraticuleError(error) ? error.fields.retryAfter : undefined;
  if (typeof value !== "string") return undefined;
  const wait = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isFinite(wait) ? Math.max(0, wait) : undefined;
}

function pause(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const abort = (): void => {
      clearTimeout(timer);
      reject(signal!.reason);
    };
    const timer = setTimeout(() => {
      signal?.removeEventListener("abort", abort);
      resolve();
    }, milliseconds);
    signal?.addEventListener("abort", abort, { once: true });
  });
}
