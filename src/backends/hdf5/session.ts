/**
 * A file that is open in the HDF5 library.
 *
 * Calls on one file run one after another, each repeated until all the bytes it wants are there.
 * Only so many files are open inside the library at once: the least recently used is closed, and
 * opened again when it is called.
 */
import { BackendError } from "../../errors.ts";
import type { ReadOptions } from "../../stores/contract.ts";
import { type CallResult, failure, type H5Functions, type Hdf5Library } from "./library.ts";
import { type FileBytes, mount, trimPool } from "./virtual-file.ts";

/** What to call with the file's id. */
export type H5Call<T> = (functions: H5Functions, file: bigint) => T;

/** Options of a call. */
export interface CallOptions extends ReadOptions {
  /** What is read, for messages. */
  readonly what: string;
  /** Whether the call may print errors and still be believed. */
  readonly tolerant?: boolean;
}

/** A file in the library. */
export interface Hdf5Session {
  readonly url: string;
  readonly size: number;
  /** Whether all bytes are at hand, so that nothing is ever missed. */
  readonly local: boolean;
  /** Call the library. Throws BackendError where it fails or complains. */
  call<T>(body: H5Call<T>, options: CallOptions): Promise<T>;
  /**
   * Call `body` for each item; items that miss bytes are called again once the bytes of all are
   * there, so that many chunks are fetched at once.
   */
  each<I>(items: readonly I[], body: (functions: H5Functions, file: bigint, item: I) => void, options: CallOptions): Promise<void>;
  close(): Promise<void>;
}

const MOST_OPEN = 64;
const READ_ONLY = 0;
/** How often one call may miss bytes: more than any real file needs. */
const MOST_MISSES = 10_000;
/** Files open in the library, the least recently used first, with how to close them. */
const opened = new Map<Hdf5Session, () => void>();

/** A session on `bytes`; the file is opened by the first call. */
export function openSession(library: Hdf5Library, bytes: FileBytes, url: string): Hdf5Session {
  const path = mount(library.fs, bytes);
  let file: bigint | undefined;
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();
  let busy = 0;

  const shut = (): void => {
    if (file !== undefined) library.call((f) => f.close_file(file!));
    file = undefined;
    bytes.release();
    opened.delete(session);
  };

  const opening = (f: H5Functions): bigint => f.open(path, READ_ONLY, false, -1, -1);
  /** Run once: the result, or undefined where bytes were missed (and are there now). */
  const attempt = async <T>(body: (f: H5Functions) => T, options: ReadOptions): Promise<CallResult<T> | undefined> => {
    options.signal?.throwIfAborted();
    const result = library.call(body);
    return (await bytes.fetch(options)) ? undefined : result;
  };
  const insist = async <T>(body: (f: H5Functions) => T, options: CallOptions): Promise<CallResult<T>> => {
    for (let i = 0; i < MOST_MISSES; i++) {
      const result = await attempt(body, options);
      if (result) return result;
    }
    throw new BackendError(`reading ${options.what} of ${url} asks for ever more bytes; the file is probably damaged`, {
      url,
      what: options.what,
    });
  };
  const ensureOpen = async (options: CallOptions): Promise<bigint> => {
    if (closed) throw new BackendError(`${url} is closed; open it again to read ${options.what}`, { url });
    if (file === undefined) {
      const result = await insist(opening, options);
      if (result.value === undefined || result.value < 0n) throw failure(url, "the structure", result);
      file = result.value;
    }
    opened.delete(session);
    opened.set(session, () => (busy === 0 ? shut() : undefined));
    if (opened.size > MOST_OPEN) opened.values().next().value!();
    return file;
  };
  const exclusive = <T>(work: () => Promise<T>): Promise<T> => {
    busy++;
    const turn = queue.then(work, work).finally(() => {
      busy--;
      trimPool();
    });
    queue = turn.catch(() => undefined);
    return turn;
  };
  const check = (result: CallResult<unknown>, options: CallOptions): void => {
    if (result.thrown instanceof BackendError) throw result.thrown;
    if (result.thrown !== undefined || (result.text !== "" && options.tolerant !== true)) throw failure(url, options.what, result);
  };

  const session: Hdf5Session = {
    url,
    size: bytes.size,
    local: bytes.local,
    call: (body, options) =>
      exclusive(async () => {
        const id = await ensureOpen(options);
        const result = await insist((f) => body(f, id), options);
        check(result, options);
        return result.value!;
      }),
    each: (items, body, options) =>
      exclusive(async () => {
        const id = await ensureOpen(options);
        let rest = items;
        for (let round = 0; rest.length > 0; round++) {
          if (round > MOST_MISSES)
            throw new BackendError(`reading ${options.what} of ${url} asks for ever more bytes; the file is probably damaged`, { url });
          options.signal?.throwIfAborted();
          const results = rest.map((item) => library.call((f) => body(f, id, item)));
          if (await bytes.fetch(options)) {
            // Those without complaint had all their bytes.
            rest = rest.filter((_, i) => results[i]!.thrown !== undefined || results[i]!.text !== "");
            continue;
          }
          for (const result of results) check(result, options);
          return;
        }
      }),
    close: () =>
      exclusive(async () => {
        if (closed) return;
        closed = true;
        shut();
        library.fs.unlink(path);
      }),
  };
  return session;
}
