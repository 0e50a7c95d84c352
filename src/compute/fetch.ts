/**
 * Fetching what chunks need: neighbouring ranges of one key as one request, many requests at once.
 */
import type { ChunkRef, FetchRange } from "../array/source.ts";
import { StoreError } from "../errors.ts";
import type { Store, StoreKey } from "../stores/contract.ts";

/** Ranges this close are fetched together, up to this many bytes. */
const GAP = 2 ** 16;
const MOST = 2 ** 24;
/** Requests at once; stores have their own limits on top. */
const AT_ONCE = 64;

/** What the ranges of a chunk brought, in their order. */
export type Raw = readonly (Uint8Array | undefined)[];

interface Wish {
  readonly chunk: number;
  readonly slot: number;
  readonly range: FetchRange;
}

/** Fetch the ranges of `chunks`: one list per chunk. */
export async function fetchChunks(store: Store, chunks: readonly ChunkRef[], signal: AbortSignal): Promise<Raw[]> {
  const raws: (Uint8Array | undefined)[][] = chunks.map(({ ranges }) => new Array<Uint8Array | undefined>(ranges.length).fill(undefined));
  const give = ({ chunk, slot }: Wish, bytes: Uint8Array | undefined): void => {
    raws[chunk]![slot] = bytes;
  };
  const jobs: (() => Promise<void>)[] = [];
  const byKey = new Map<StoreKey, Wish[]>();
  for (const [chunk, { ranges }] of chunks.entries()) {
    for (const [slot, range] of ranges.entries()) {
      const wish = { chunk, slot, range };
      if (range.length === undefined) jobs.push(async () => give(wish, tail(await store.get(range.key, { signal }), range.offset ?? 0)));
      else {
        const list = byKey.get(range.key);
        if (list) list.push(wish);
        else byKey.set(range.key, [wish]);
      }
    }
  }
  for (const [key, wishes] of byKey) {
    for (const batch of batches(wishes)) {
      jobs.push(async () => {
        const lo = batch[0]!.range.offset ?? 0;
        const hi = batch.reduce((end, { range }) => Math.max(end, (range.offset ?? 0) + range.length!), 0);
        const bytes = await getRange(store, key, lo, hi - lo, signal);
        for (const wish of batch) give(wish, bytes && part(bytes, key, (wish.range.offset ?? 0) - lo, wish.range.length!));
      });
    }
  }
  await pool(jobs, signal);
  return raws;
}

function tail(bytes: Uint8Array | undefined, offset: number): Uint8Array | undefined {
  return offset > 0 ? bytes?.subarray(offset) : bytes;
}

/** Wishes of one key, sorted and joined where they are close. */
function batches(wishes: Wish[]): Wish[][] {
  const sorted = wishes.slice().sort((a, b) => (a.range.offset ?? 0) - (b.range.offset ?? 0));
  const groups: Wish[][] = [];
  let end = 0;
  let start = 0;
  for (const wish of sorted) {
    const offset = wish.range.offset ?? 0;
    const upTo = offset + wish.range.length!;
    const last = groups[groups.length - 1];
    if (last && offset <= end + GAP && Math.max(end, upTo) - start <= MOST) last.push(wish);
    else {
      groups.push([wish]);
      start = offset;
      end = upTo;
    }
    end = Math.max(end, upTo);
  }
  return groups;
}

async function getRange(store: Store, key: StoreKey, offset: number, length: number, signal: AbortSignal): Promise<Uint8Array | undefined> {
  if (store.getRange) return store.getRange(key, { offset, length }, { signal });
  return (await store.get(key, { signal }))?.subarray(offset, offset + length);
}

function part(bytes: Uint8Array, key: StoreKey, at: number, length: number): Uint8Array {
  if (at + length > bytes.length)
    throw new StoreError(`${key} is shorter than it should be: ${length} bytes were to follow ${at} of the ${bytes.length} that came`, {
      key,
      length,
      got: bytes.length,
    });
  return bytes.subarray(at, at + length);
}

/** Run jobs, a bounded number at a time; the first failure stops the rest from starting. */
async function pool(jobs: readonly (() => Promise<void>)[], signal: AbortSignal): Promise<void> {
  let next = 0;
  let failed = false;
  const work = async (): Promise<void> => {
    while (next < jobs.length && !failed) {
      signal.throwIfAborted();
      try {
        await jobs[next++]!();
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(AT_ONCE, jobs.length) }, work));
}

/** `promise`, or the signal's reason as soon as it aborts. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  if (signal.aborted) {
    promise.catch(() => undefined);
    return Promise.reject(signal.reason);
  }
  return new Promise<T>((resolve, reject) => {
    const leave = (): void => reject(signal.reason);
    signal.addEventListener("abort", leave, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener("abort", leave));
  });
}
