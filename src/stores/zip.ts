/** A zip file as a store, read by ranges: stored and deflated entries, Zip64. */

import { crc32Of } from "../codecs/crc.ts";
import { loadDeflate } from "../codecs/inflate.ts";
import { StoreError, UnsupportedError } from "../errors.ts";
import type { ReadOptions, Store, StoreKey } from "./contract.ts";
import type { RandomAccess } from "./file-contract.ts";
import { childrenOf, resolveRange, sliceRange } from "./keys.ts";
import { readZipDirectory, type ZipEntry } from "./zip-directory.ts";

const LOCAL = 0x04034b50;
const LOCAL_SIZE = 30;
/** Room for an extra field longer than the directory's, so that header and data come in one read. */
const SLACK = 64;
/** Deflate makes at most 1032 bytes of one. */
const MOST_RATIO = 1032;

/** A store over a zip file. */
export interface ZipStore extends Store {
  list(prefix: StoreKey): Promise<readonly StoreKey[]>;
  close(): Promise<void>;
}

/**
 * The entries of a zip file as a store that can be read. Whole values are checked against their CRC.
 *
 * @throws StoreError when it is no zip file
 * @example
 * ```ts
 * const store = await zipStore(blobAccess(file));
 * ```
 */
export async function zipStore(file: RandomAccess, options?: ReadOptions): Promise<ZipStore> {
  const entries = await readZipDirectory(file, options);
  const keys = [...entries.keys()].map((name) => `/${name}`);
  const starts = new Map<ZipEntry, number>();
  const find = (key: StoreKey): ZipEntry | undefined => entries.get(key.slice(1));

  const get = async (key: StoreKey, read?: ReadOptions): Promise<Uint8Array | undefined> => {
    const entry = find(key);
    if (entry === undefined) return undefined;
    checkReadable(entry, file);
    const packed = await readPacked(file, entry, starts, read);
    const bytes = entry.method === 0 ? packed : await inflate(packed, entry, file);
    if (bytes.length === entry.size && crc32Of(bytes) === entry.crc) return bytes;
    throw new StoreError(`${entryName(entry, file)} is damaged: its size or checksum differs`, {
      key,
      url: file.url,
    });
  };

  return {
    url: file.url,
    get,
    getRange: async (key, range, read) => {
      const entry = find(key);
      if (entry === undefined) return undefined;
      if (entry.method !== 0) {
        const whole = await get(key, read);
        return whole && sliceRange(whole, range);
      }
      checkReadable(entry, file);
      const { offset, length } = resolveRange(range, entry.size);
      const start = starts.get(entry) ?? (await dataStart(file, entry, starts, read));
      return file.read(start + offset, length, read);
    },
    list: async (prefix) => childrenOf(keys, prefix),
    close: async () => file.close?.(),
  };
}

function checkReadable(entry: ZipEntry, file: RandomAccess): void {
  if (entry.encrypted) throw new UnsupportedError(`${entryName(entry, file)} is encrypted`, { name: entry.name });
  if (entry.method !== 0 && entry.method !== 8)
    throw new UnsupportedError(`${entryName(entry, file)} is compressed by method ${entry.method}; stored (0) and deflated (8) are read`, {
      name: entry.name,
      method: entry.method,
    });
  const possible = entry.method === 0 ? entry.size === entry.packed : entry.size <= entry.packed * MOST_RATIO;
  if (!possible)
    throw new StoreError(`${entryName(entry, file)} says that ${entry.packed} bytes hold ${entry.size}, which cannot be`, {
      name: entry.name,
    });
}

/** The bytes of an entry as they are in the file. */
async function readPacked(file: RandomAccess, entry: ZipEntry, starts: Map<ZipEntry, number>, options?: ReadOptions): Promise<Uint8Array> {
  const known = starts.get(entry);
  if (known !== undefined) return file.read(known, entry.packed, options);
  const nameBytes = new TextEncoder().encode(entry.name).length;
  const length = Math.min(file.size - entry.header, LOCAL_SIZE + nameBytes + SLACK + entry.packed);
  const bytes = await file.read(entry.header, length, options);
  const start = localStart(bytes, entry, file);
  starts.set(entry, entry.header + start);
  if (start + entry.packed <= length) return bytes.subarray(start, start + entry.packed);
  return file.read(entry.header + start, entry.packed, options);
}

async function dataStart(file: RandomAccess, entry: ZipEntry, starts: Map<ZipEntry, number>, options?: ReadOptions): Promise<number> {
  const start = entry.header + localStart(await file.read(entry.header, LOCAL_SIZE, options), entry, file);
  starts.set(entry, start);
  return start;
}

/** How far the data lies behind the local header, whose extra field may differ from the directory's. */
function localStart(bytes: Uint8Array, entry: ZipEntry, file: RandomAccess): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const start =
    bytes.length >= LOCAL_SIZE && view.getUint32(0, true) === LOCAL
      ? LOCAL_SIZE + view.getUint16(26, true) + view.getUint16(28, true)
      : Number.NaN;
  if (entry.header + start + entry.packed <= file.size) return start;
  throw new StoreError(`${entryName(entry, file)} is damaged: its header is not where the directory says`, {
    name: entry.name,
  });
}

async function inflate(packed: Uint8Array, entry: ZipEntry, file: RandomAccess): Promise<Uint8Array> {
  const deflate = await loadDeflate();
  try {
    return deflate.inflate(packed, { bytes: entry.size, exact: true });
  } catch (cause) {
    throw new StoreError(`${entryName(entry, file)} is damaged: ${(cause as Error).message}`, { name: entry.name }, { cause });
  }
}

function entryName(entry: ZipEntry, file: RandomAccess): string {
  return `${JSON.stringify(entry.name)} in ${file.url ?? "the zip file"}`;
}
