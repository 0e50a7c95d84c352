/**
 * One file that can be read anywhere: what formats in a single file (netCDF, HDF5, zip, TIFF) are read
 * from, over bytes, a Blob, a path or a URL, with a cache of blocks.
 */
import { ArgumentError, StoreError } from "../errors.ts";
import { planSpans } from "./coalesce.ts";
import type { ReadOptions } from "./contract.ts";
import { requireNode } from "./directory.ts";
import { checkInside, type RandomAccess } from "./file-contract.ts";
import { Flights } from "./flight.ts";
import type { HttpOptions } from "./http.ts";
import { withoutSecrets } from "./http-errors.ts";
import { fetchRange, fetchSize } from "./http-request.ts";
import { ByteCache } from "./lru.ts";

/** Bytes in memory as a file. */
export function bytesAccess(bytes: Uint8Array | ArrayBuffer): RandomAccess {
  const all = bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
  return {
    size: all.length,
    bytes: all,
    read: async (offset, length, options) => {
      options?.signal?.throwIfAborted();
      checkInside({ size: all.length }, offset, length);
      return all.subarray(offset, offset + length);
    },
  };
}

/** A Blob or File as a file. */
export function blobAccess(blob: Blob): RandomAccess {
  const url = "name" in blob && typeof blob.name === "string" ? blob.name : undefined;
  const { size } = blob;
  return {
    size,
    url,
    read: async (offset, length, options) => {
      options?.signal?.throwIfAborted();
      checkInside({ size, url }, offset, length);
      let bytes: Uint8Array;
      try {
        bytes = new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer());
      } catch (cause) {
        throw new StoreError(
          `${url ?? "the blob"} could not be read: ${(cause as Error).message}; it may have been changed or moved since it was chosen`,
          { url },
          { cause },
        );
      }
      options?.signal?.throwIfAborted();
      return bytes;
    },
  };
}

/** A path as a file (Node only). */
export async function fileAccess(path: string): Promise<RandomAccess> {
  requireNode(path);
  const { openFile } = await import("./file.node.ts");
  return openFile(path);
}

/** The first request of a file over HTTP: its size is learnt from it, and most headers lie in it. */
const FIRST = 65_536;

/**
 * A URL as a file, read by ranges. Opening asks for its first 64 KiB, from which later reads are served.
 *
 * @throws StoreError when there is nothing, or the server ignores Range and the file is not small
 */
export async function urlAccess(url: string | URL, options: HttpOptions & ReadOptions = {}): Promise<RandomAccess> {
  const href = new URL(url).href;
  const shown = withoutSecrets(href);
  const first = await fetchRange(href, { offset: 0, length: FIRST }, options);
  if (first === undefined) throw new StoreError(`${shown} is not there (404)`, { url: shown, status: 404 });
  const size = first.size ?? (first.bytes.length < FIRST ? first.bytes.length : await fetchSize(href, options));
  if (size === undefined || size === null)
    throw new StoreError(
      `the server does not say how long ${shown} is: it must send Content-Range or Content-Length (and expose them to other origins)`,
      { url: shown },
    );
  const { headers, fetch } = options;
  return {
    size,
    url: shown,
    read: async (offset, length, read) => {
      read?.signal?.throwIfAborted();
      checkInside({ size, url: shown }, offset, length);
      if (offset + length <= first.bytes.length) return first.bytes.subarray(offset, offset + length);
      if (length === 0) return new Uint8Array(0);
      const part = await fetchRange(href, { offset, length }, { headers, fetch, signal: read?.signal });
      if (part?.bytes.length === length && (part.size ?? size) === size) return part.bytes;
      throw new StoreError(`${shown} has changed since it was opened: it had ${size} bytes and has ${part?.size ?? "another number"}`, {
        url: shown,
        size,
        now: part?.size,
      });
    },
  };
}

/** Options of {@link withBlocks}. */
export interface BlockOptions {
  /** Bytes of a block (default 256 KiB). */
  readonly blockSize?: number | undefined;
  /** Bytes of blocks to keep (default 64 MiB). */
  readonly keep?: number | undefined;
}

/** Read a file in whole blocks and keep those last used. Blocks under way are shared; neighbours are read at once. */
export function withBlocks(file: RandomAccess, { blockSize = 2 ** 18, keep = 2 ** 26 }: BlockOptions = {}): RandomAccess {
  if (!(Number.isInteger(blockSize) && blockSize > 0))
    throw new ArgumentError(`the size of blocks is ${blockSize}; it must be a whole number from 1`, {
      blockSize,
    });
  const cache = new ByteCache(keep);
  const flights = new Flights<Map<number, Uint8Array>>();
  const { size, url } = file;

  /** Blocks by number; those that are missing are read in as few reads as possible. */
  const load = async (first: number, last: number, signal: AbortSignal | undefined): Promise<Map<number, Uint8Array>> => {
    const blocks = new Map<number, Uint8Array>();
    const wanted: { offset: number; length: number }[] = [];
    for (let i = first; i <= last; i++) {
      const known = cache.get(String(i));
      if (known) blocks.set(i, known);
      else wanted.push({ offset: i * blockSize, length: Math.min(blockSize, size - i * blockSize) });
    }
    const reads = planSpans(wanted, 0, Number.POSITIVE_INFINITY).map(({ start, end }) =>
      flights.run(`${start}-${end}`, (inner) => readBlocks(start, end, inner), signal),
    );
    for (const found of await Promise.all(reads)) for (const [i, block] of found) blocks.set(i, block);
    return blocks;
  };

  const readBlocks = async (start: number, end: number, signal: AbortSignal): Promise<Map<number, Uint8Array>> => {
    const bytes = await file.read(start, end - start, { signal });
    const found = new Map<number, Uint8Array>();
    for (let at = start; at < end; at += blockSize) {
      const block = bytes.slice(at - start, Math.min(end, at + blockSize) - start);
      found.set(at / blockSize, block);
      cache.set(String(at / blockSize), block);
    }
    return found;
  };

  return {
    size,
    url,
    bytes: file.bytes,
    read: async (offset, length, options) => {
      options?.signal?.throwIfAborted();
      checkInside(file, offset, length);
      if (length === 0) return new Uint8Array(0);
      const first = Math.floor(offset / blockSize);
      const last = Math.floor((offset + length - 1) / blockSize);
      const blocks = await load(first, last, options?.signal);
      const start = offset - first * blockSize;
      if (first === last) return blocks.get(first)!.subarray(start, start + length);
      const bytes = new Uint8Array(length);
      for (const [i, block] of blocks) {
        const from = Math.max(offset, i * blockSize);
        const to = Math.min(offset + length, (i + 1) * blockSize);
        bytes.set(block.subarray(from - i * blockSize, to - i * blockSize), from - offset);
      }
      return bytes;
    },
    ...(file.close && { close: () => file.close!() }),
  };
}
