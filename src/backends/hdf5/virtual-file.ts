/**
 * Files that the HDF5 library sees in its own file system, with bytes from elsewhere.
 *
 * Bytes in memory and local files are read as the library asks. Anything else is read through a
 * cache of blocks: what is not there is noted as a miss, the read fails, and whoever called the
 * library fetches the misses and calls again. So remote files are read lazily, without a worker
 * and without synchronous requests.
 */
import { StoreError } from "../../errors.ts";
import type { ReadOptions } from "../../stores/contract.ts";
import type { NamedFile } from "../file-access.ts";
import { EIO, FOLDER, type H5FileSystem } from "./library.ts";

/** Bytes for the library to read. */
export interface FileBytes {
  readonly size: number;
  /** Whether all bytes are at hand. */
  readonly local: boolean;
  /** Copy bytes at `position` into `into`; the number of bytes, or undefined where they have to be fetched first. */
  copy(into: Uint8Array, position: number): number | undefined;
  /** Fetch what `copy` missed since the last time; false where nothing was missed. */
  fetch(options: ReadOptions): Promise<boolean>;
  /** Give back file handles and memory; the next `copy` takes them anew. */
  release(): void;
}

let count = 0;

/** Put a file into the library's file system; gives its path there. */
export function mount(fs: H5FileSystem, bytes: FileBytes): string {
  fs.mkdirTree(FOLDER);
  const name = `file-${++count}`;
  const node = fs.createFile(FOLDER, name, {}, true, false);
  node.usedBytes = bytes.size;
  node.stream_ops = {
    ...node.stream_ops,
    read: (_stream, buffer, offset, length, position) => {
      const wanted = Math.max(0, Math.min(length, bytes.size - position));
      if (wanted === 0) return 0;
      const done = bytes.copy(new Uint8Array(buffer.buffer, buffer.byteOffset + offset, wanted), position);
      if (done === undefined) throw new fs.ErrnoError(EIO);
      return done;
    },
  };
  return `${FOLDER}/${name}`;
}

/** Bytes in memory. */
export function memoryBytes(bytes: Uint8Array): FileBytes {
  return {
    size: bytes.length,
    local: true,
    copy: (into, position) => {
      into.set(bytes.subarray(position, position + into.length));
      return into.length;
    },
    fetch: () => Promise.resolve(false),
    release: () => undefined,
  };
}

/** A local file in Node, read as it is asked for. */
export async function localBytes(path: string, size: number): Promise<FileBytes> {
  const fs = await import("node:fs");
  let fd: number | undefined;
  let failed: StoreError | undefined;
  return {
    size,
    local: true,
    copy: (into, position) => {
      try {
        fd ??= fs.openSync(path, "r");
        let done = 0;
        while (done < into.length) {
          const n = fs.readSync(fd, into, done, into.length - done, position + done);
          if (n === 0) break;
          done += n;
        }
        return done;
      } catch (cause) {
        // An error thrown through the library would leave it in disorder: `fetch` throws it instead.
        failed = new StoreError(`cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { path }, { cause });
        return undefined;
      }
    },
    fetch: async () => {
      const error = failed;
      failed = undefined;
      if (error) throw error;
      return false;
    },
    release: () => {
      if (fd !== undefined) fs.closeSync(fd);
      fd = undefined;
    },
  };
}

const BLOCK = 1 << 18;
/** Bytes that the blocks of all remote files may hold between calls. */
const POOL = 1 << 26;
/** Blocks by file and number, the least recently used first. */
const pool = new Map<string, Uint8Array>();
let pooled = 0;

/** A resource that is read by blocks as they are missed. */
export function remoteBytes(file: NamedFile): FileBytes {
  const { size } = file;
  const prefix = `${++count}:`;
  const missing = new Set<number>();
  const copy = (into: Uint8Array, position: number): number | undefined => {
    const first = Math.floor(position / BLOCK);
    const last = Math.floor((position + into.length - 1) / BLOCK);
    let complete = true;
    for (let b = first; b <= last; b++) {
      const block = pool.get(prefix + b);
      if (block === undefined) {
        missing.add(b);
        complete = false;
        continue;
      }
      pool.delete(prefix + b);
      pool.set(prefix + b, block);
      if (!complete) continue;
      const from = Math.max(position, b * BLOCK);
      into.set(block.subarray(from - b * BLOCK, Math.min(block.length, position + into.length - b * BLOCK)), from - position);
    }
    return complete ? into.length : undefined;
  };
  const fetchRun = async (first: number, n: number, options: ReadOptions): Promise<void> => {
    const offset = first * BLOCK;
    const length = Math.min(size - offset, n * BLOCK);
    const bytes = await file.read(offset, length, options);
    if (bytes.length !== length)
      throw new StoreError(`${file.url} gave ${bytes.length} bytes at ${offset} where ${length} were asked for`, {
        url: file.url,
        offset,
        length,
      });
    for (let i = 0; i < n; i++) {
      const block = bytes.subarray(i * BLOCK, (i + 1) * BLOCK);
      pooled += block.length - (pool.get(prefix + (first + i))?.length ?? 0);
      pool.set(prefix + (first + i), block);
    }
  };
  return {
    size,
    local: false,
    copy,
    fetch: async (options) => {
      if (missing.size === 0) return false;
      const blocks = [...missing].sort((a, b) => a - b);
      missing.clear();
      const asked = new Set(blocks);
      const runs: Promise<void>[] = [];
      for (const b of blocks) {
        if (asked.has(b - 1)) continue;
        let n = 1;
        while (asked.has(b + n)) n++;
        runs.push(fetchRun(b, n, options));
      }
      await Promise.all(runs);
      return true;
    },
    release: () => {
      for (const [key, block] of pool) {
        if (!key.startsWith(prefix)) continue;
        pool.delete(key);
        pooled -= block.length;
      }
    },
  };
}

/** Drop the least recently used blocks until the pool is within its budget; between calls only. */
export function trimPool(): void {
  for (const [key, block] of pool) {
    if (pooled <= POOL) return;
    pool.delete(key);
    pooled -= block.length;
  }
}
