/** Joining reads of ranges that lie close together. */
import type { ReadOptions, Store, StoreKey } from "./contract.ts";
import { Flight } from "./flight.ts";
import { checkRange, sliceRange } from "./keys.ts";
import { type Wrapped, wrapStore } from "./wrap.ts";

/** Options of {@link withCoalescing}. */
export interface CoalesceOptions {
  /** Bytes between two ranges that are rather read than asked for separately (default 64 KiB). */
  readonly gap?: number | undefined;
  /** The longest range to ask for (default 16 MiB; one range alone may be longer). */
  readonly maxSize?: number | undefined;
}

/** One range somebody waits for. */
interface Wanted {
  readonly offset: number;
  readonly length: number;
  readonly options: ReadOptions | undefined;
  readonly resolve: (bytes: Promise<Uint8Array | undefined>) => void;
}

/** Ranges to read as one. */
export interface Span {
  readonly start: number;
  readonly end: number;
  readonly members: readonly { readonly offset: number; readonly length: number }[];
}

/**
 * Plan reads: ranges at most `gap` bytes apart become one, as long as it has at most `maxSize` bytes.
 * Ranges may overlap and come in any order.
 */
export function planSpans<R extends { readonly offset: number; readonly length: number }>(
  ranges: readonly R[],
  gap: number,
  maxSize: number,
): (Span & { readonly members: readonly R[] })[] {
  const sorted = [...ranges].sort((a, b) => a.offset - b.offset || a.length - b.length);
  const spans: { start: number; end: number; members: R[] }[] = [];
  for (const range of sorted) {
    const last = spans[spans.length - 1];
    const end = range.offset + range.length;
    if (last && range.offset - last.end <= gap && (end <= last.end || end - last.start <= maxSize)) {
      last.end = Math.max(last.end, end);
      last.members.push(range);
    } else spans.push({ start: range.offset, end, members: [range] });
  }
  return spans;
}

/**
 * Merge the range reads of one key that are issued in the same tick. Reads at the end of a value
 * (`suffixLength`) go alone.
 *
 * @example
 * ```ts
 * const store = withCoalescing(httpStore(url), { gap: 2 ** 16 });
 * await Promise.all(chunks.map(({ offset, length }) => store.getRange("/data.nc", { offset, length })));
 * ```
 */
export function withCoalescing<S extends Store>(store: S, { gap = 65_536, maxSize = 16 * 2 ** 20 }: CoalesceOptions = {}): Wrapped<S> {
  const pending = new Map<StoreKey, Wanted[]>();

  const flush = (key: StoreKey): void => {
    const wanted = pending.get(key)!.filter(({ options, resolve }) => {
      if (options?.signal?.aborted) resolve(Promise.reject(options.signal.reason));
      return !options?.signal?.aborted;
    });
    pending.delete(key);
    for (const { start, end, members } of planSpans(wanted, gap, maxSize)) {
      if (members.length === 1) {
        const [{ offset, length, options, resolve }] = members as [Wanted];
        resolve(store.getRange!(key, { offset, length }, options));
        continue;
      }
      const flight = new Flight((signal) => store.getRange!(key, { offset: start, length: end - start }, { signal }));
      for (const { offset, length, options, resolve } of members) {
        // A copy, so that one small part does not keep the whole span alive.
        resolve(flight.join(options?.signal).then((bytes) => bytes && sliceRange(bytes, { offset: offset - start, length }).slice()));
      }
    }
  };

  return wrapStore(store, {
    getRange: (key, range, options) => {
      checkRange(range);
      if ("suffixLength" in range) return store.getRange!(key, range, options);
      return new Promise((resolve) => {
        const wanted: Wanted = { ...range, options, resolve };
        const waiting = pending.get(key);
        if (waiting) waiting.push(wanted);
        else {
          pending.set(key, [wanted]);
          queueMicrotask(() => flush(key));
        }
      });
    },
  });
}
