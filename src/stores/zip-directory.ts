/** The central directory of zip files, with Zip64 (PKWARE APPNOTE 4.3 and 4.5). */
import { StoreError } from "../errors.ts";
import type { ReadOptions } from "./contract.ts";
import type { RandomAccess } from "./file-contract.ts";

/** One entry of a zip file. */
export interface ZipEntry {
  readonly name: string;
  /** 0 stored, 8 deflated; others are not read. */
  readonly method: number;
  readonly encrypted: boolean;
  readonly crc: number;
  readonly packed: number;
  readonly size: number;
  /** Where its local header begins. */
  readonly header: number;
}

const END = 0x06054b50;
const END_SIZE = 22;
const END64 = 0x06064b50;
const LOCATOR64 = 0x07064b50;
const LOCATOR64_SIZE = 20;
const ENTRY = 0x02014b50;
const ENTRY_SIZE = 46;
const MOST_COMMENT = 65_535;

/** Read all entries; directories (names that end in `/`) are left out. */
export async function readZipDirectory(file: RandomAccess, options?: ReadOptions): Promise<Map<string, ZipEntry>> {
  const { start, size, count } = await findDirectory(file, options);
  if (!(start + size <= file.size) || count * ENTRY_SIZE > size) throw damaged(file, "its directory lies outside of it");
  const bytes = await file.read(start, size, options);
  const view = viewOf(bytes);
  const entries = new Map<string, ZipEntry>();
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + ENTRY_SIZE > size || view.getUint32(at, true) !== ENTRY) throw damaged(file, `entry ${i} of ${count} in its directory`);
    const nameLength = view.getUint16(at + 28, true);
    const extraLength = view.getUint16(at + 30, true);
    const next = at + ENTRY_SIZE + nameLength + extraLength + view.getUint16(at + 32, true);
    if (next > size) throw damaged(file, `entry ${i} of ${count} in its directory`);
    const name = new TextDecoder().decode(bytes.subarray(at + ENTRY_SIZE, at + ENTRY_SIZE + nameLength));
    const wide = wideFields(view, at, at + ENTRY_SIZE + nameLength, extraLength);
    const entry = {
      name,
      method: view.getUint16(at + 10, true),
      encrypted: (view.getUint16(at + 8, true) & 1) === 1,
      crc: view.getUint32(at + 16, true),
      ...wide,
    };
    if (!(entry.header + 30 + entry.packed <= file.size)) throw damaged(file, `the entry ${JSON.stringify(name)} lies outside of it`);
    if (!name.endsWith("/")) entries.set(name, entry);
    at = next;
  }
  return entries;
}

/** Sizes and position, which stand in the Zip64 field (id 1) where they are too large. */
function wideFields(view: DataView, at: number, extra: number, extraLength: number): { packed: number; size: number; header: number } {
  let size = view.getUint32(at + 24, true);
  let packed = view.getUint32(at + 20, true);
  let header = view.getUint32(at + 42, true);
  const end = extra + extraLength;
  for (let field = extra; field + 4 <= end; field += 4 + view.getUint16(field + 2, true)) {
    if (view.getUint16(field, true) !== 1) continue;
    const last = Math.min(end, field + 4 + view.getUint16(field + 2, true));
    let value = field + 4;
    const next = (narrow: number): number => {
      if (narrow !== 0xffffffff || value + 8 > last) return narrow;
      value += 8;
      return Number(view.getBigUint64(value - 8, true));
    };
    size = next(size);
    packed = next(packed);
    header = next(header);
    break;
  }
  return { packed, size, header };
}

async function findDirectory(file: RandomAccess, options?: ReadOptions): Promise<{ start: number; size: number; count: number }> {
  if (file.size < END_SIZE) throw damaged(file, "it is too short");
  const tailStart = Math.max(0, file.size - END_SIZE - MOST_COMMENT - LOCATOR64_SIZE);
  const tail = await file.read(tailStart, file.size - tailStart, options);
  const view = viewOf(tail);
  let at = tail.length - END_SIZE;
  while (at >= 0 && !(view.getUint32(at, true) === END && at + END_SIZE + view.getUint16(at + 20, true) === tail.length)) at--;
  if (at < 0) throw damaged(file, "it has no end of directory, so it is cut short or no zip file");
  const narrow = {
    start: view.getUint32(at + 16, true),
    size: view.getUint32(at + 12, true),
    count: view.getUint16(at + 10, true),
  };
  const locator = at - LOCATOR64_SIZE;
  if (locator < 0 || view.getUint32(locator, true) !== LOCATOR64) return narrow;
  const position = Number(view.getBigUint64(locator + 8, true));
  if (!(position + 56 <= file.size)) throw damaged(file, "its Zip64 directory lies outside of it");
  const wide = viewOf(await file.read(position, 56, options));
  if (wide.getUint32(0, true) !== END64) throw damaged(file, "its Zip64 directory");
  return {
    start: Number(wide.getBigUint64(48, true)),
    size: Number(wide.getBigUint64(40, true)),
    count: Number(wide.getBigUint64(32, true)),
  };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function damaged(file: RandomAccess, what: string): StoreError {
  return new StoreError(`${file.url ?? "the bytes"} cannot be read as a zip file: ${what}`, {
    url: file.url,
  });
}
