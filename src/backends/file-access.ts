/**
 * Files to read from: whatever users have as one that can be read anywhere, and a file as a store of
 * one key, which is how sources name the bytes they want.
 */
import { BackendError, UnsupportedError } from "../errors.ts";
import type { Store, StoreKey } from "../stores/contract.ts";
import { fileAccess } from "../stores/random-access.ts";
import { openRandomAccess } from "../stores/resolve.ts";
import type { FileTarget, OpenOptions, RandomAccess } from "./contract.ts";

/** The one key of a {@link fileStore}. */
export const FILE_KEY: StoreKey = "/file";

/** A file that has a name for messages. */
export interface NamedFile extends RandomAccess {
  readonly url: string;
}

/**
 * Random access to `target`: itself where it has it already, else to its bytes, blob, path or URL.
 * Local files are read as they are and everything else through a cache of blocks.
 *
 * @example
 * ```ts
 * const file = await openAccess("air.nc");
 * await file.read(0, 4); // the magic bytes
 * ```
 */
export async function openAccess(target: FileTarget, options: OpenOptions = {}): Promise<NamedFile> {
  const path = localPath(target);
  if (path !== undefined) {
    const file = await fileAccess(path);
    return named(file, localPath(file.url) ?? path, true);
  }
  const own = !isAccess(target);
  const file = own ? await openRandomAccess(target, options) : target;
  return named(file, file.url ?? (file.bytes ? "memory" : "the file"), own);
}

/** The file under a name; closing it closes what was opened here, and nothing that came from the caller. */
function named(file: RandomAccess, url: string, own: boolean): NamedFile {
  return {
    url,
    size: file.size,
    bytes: file.bytes,
    read: (offset, length, options) => file.read(offset, length, options),
    close: async () => (own ? file.close?.() : undefined),
  };
}

function isAccess(target: FileTarget): target is RandomAccess {
  return typeof target === "object" && "read" in target && "size" in target;
}

/** The path of a local file; undefined for anything that is not one. */
export function localPath(target: unknown): string | undefined {
  if (target instanceof URL) return target.protocol === "file:" ? pathOf(target) : undefined;
  if (typeof target !== "string") return undefined;
  if (target.startsWith("file:")) return pathOf(new URL(target));
  return /^[a-z][a-z0-9+.-]+:\/\//i.test(target) ? undefined : target;
}

/** The path of a `file:` URL; a drive letter has no slash before it. */
function pathOf(url: URL): string {
  const path = decodeURIComponent(url.pathname);
  return /^\/[a-z]:/i.test(path) ? path.slice(1) : path;
}

/** A file as a store of one key. */
export function fileStore(file: NamedFile): Store {
  return {
    url: file.url,
    get: (_key, options) => file.read(0, file.size, options),
    getRange: (_key, range, options) => {
      const offset = "offset" in range ? Math.min(file.size, range.offset) : Math.max(0, file.size - range.suffixLength);
      const length = "offset" in range ? Math.min(range.length, file.size - offset) : file.size - offset;
      return file.read(offset, length, options);
    },
  };
}

/** What an HTML or XML page in place of a file deserves to be told; undefined for anything else. */
function notAFile(head: Uint8Array): string | undefined {
  const text = new TextDecoder("latin1").decode(head.subarray(0, 256)).trimStart().toLowerCase();
  if (text.startsWith("<!doctype html") || text.startsWith("<html"))
    return "it is an HTML page, probably an error or login page of the server";
  if (text.startsWith("<?xml") || text.startsWith("<error")) return "it is an XML document, probably an error message of the server";
  if (text.startsWith('{"')) return "it is a JSON document";
  if (text.startsWith("version https://git-lfs")) return "it is a Git LFS pointer, not the file itself";
  return head.length === 0 ? "it is empty" : undefined;
}

/** The error for a target that is not of the format. */
export function wrongFormat(format: string, url: string, head: Uint8Array): BackendError {
  const hex = Array.from(head.subarray(0, 8), (b) => b.toString(16).padStart(2, "0")).join(" ");
  return new BackendError(`${url} is not a ${format} file: ${notAFile(head) ?? `it begins with the bytes ${hex}`}`, { url, head: hex });
}

/** Node's file system by promises, for `path`; throws UnsupportedError elsewhere. */
export async function nodeFiles(path: string): Promise<typeof import("node:fs/promises")> {
  if (!inNode()) throw new UnsupportedError(`${path}: local paths can only be used in Node; use a File, a Blob or bytes`, { path });
  return import("node:fs/promises");
}

/** Whether Node's modules are there. */
export function inNode(): boolean {
  return typeof process !== "undefined" && process.versions?.node !== undefined;
}
