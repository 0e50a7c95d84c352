/**
 * Files to read from: bytes, blobs and local paths behind the one {@link RandomAccess}, and a file
 * as a store of one key, which is how sources name the bytes they want.
 */
import { BackendError, StoreError, UnsupportedError } from "../errors.ts";
import type { Store, StoreKey } from "../stores/contract.ts";
import type { FileTarget, RandomAccess } from "./contract.ts";

/** The one key of a {@link fileStore}. */
export const FILE_KEY: StoreKey = "/file";

/**
 * Random access to `target`: itself where it has it already, else to its bytes, blob or local path.
 * Resources behind HTTP come as RandomAccess from `stores/`.
 *
 * @example
 * ```ts
 * const file = await openAccess("air.nc");
 * await file.read(0, 4); // the magic bytes
 * ```
 */
export async function openAccess(target: FileTarget): Promise<RandomAccess> {
  if (target instanceof Uint8Array) return bytesAccess(target);
  if (target instanceof ArrayBuffer) return bytesAccess(new Uint8Array(target));
  if (typeof Blob !== "undefined" && target instanceof Blob) return blobAccess(target);
  const path = localPath(target);
  if (path !== undefined) return pathAccess(path);
  if (typeof target === "object" && "read" in target) return target;
  throw new UnsupportedError(`${String(target).slice(0, 200)} is no local file; open it through a store first (http:, https:)`, { target: String(target).slice(0, 200) });
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
export function fileStore(file: RandomAccess): Store {
  return {
    url: file.url,
    get: async (_key, options) => file.read(0, await file.size(options), options),
    getRange: async (_key, range, options) => {
      if ("offset" in range) return file.read(range.offset, range.length, options);
      const size = await file.size(options);
      const length = Math.min(size, range.suffixLength);
      return file.read(size - length, length, options);
    },
  };
}

/** What an HTML or XML page in place of a file deserves to be told; undefined for anything else. */
export function notAFile(head: Uint8Array): string | undefined {
  const text = new TextDecoder("latin1").decode(head.subarray(0, 256)).trimStart().toLowerCase();
  if (text.startsWith("<!doctype html") || text.startsWith("<html")) return "it is an HTML page, probably an error or login page of the server";
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

function bytesAccess(bytes: Uint8Array): RandomAccess {
  return {
    url: `memory:${bytes.length}`,
    size: () => Promise.resolve(bytes.length),
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}

function blobAccess(blob: Blob): RandomAccess {
  return {
    url: blob instanceof File ? `blob:${blob.name}` : `blob:${blob.size}`,
    size: () => Promise.resolve(blob.size),
    read: async (offset, length) => new Uint8Array(await blob.slice(offset, offset + length).arrayBuffer()),
  };
}

/** A local path. The file is open while it is read and no longer, so thousands can be in use and none is leaked. */
async function pathAccess(path: string): Promise<RandomAccess> {
  const fs = await nodeFiles(path);
  const failed = (cause: unknown): never => {
    throw new StoreError(`cannot read ${path}: ${cause instanceof Error ? cause.message : String(cause)}`, { path }, { cause });
  };
  const stat = await fs.stat(path).catch(failed);
  if (!stat.isFile()) throw new StoreError(`cannot read ${path}: it is not a file`, { path });
  const { size } = stat;
  let opening: ReturnType<typeof fs.open> | undefined;
  let readers = 0;
  const read = async (offset: number, length: number): Promise<Uint8Array> => {
    const wanted = Math.max(0, Math.min(length, size - offset));
    const bytes = new Uint8Array(wanted);
    opening ??= fs.open(path, "r");
    readers++;
    try {
      const handle = await opening;
      for (let done = 0; done < wanted; ) {
        const { bytesRead } = await handle.read(bytes, done, wanted - done, offset + done);
        if (bytesRead === 0) throw new Error(`it became shorter while it was read; byte ${offset + done} is gone`);
        done += bytesRead;
      }
    } catch (cause) {
      failed(cause);
    } finally {
      if (--readers === 0) {
        const last = opening;
        opening = undefined;
        await last.then((handle) => handle.close(), () => undefined);
      }
    }
    return bytes;
  };
  return { url: path, size: () => Promise.resolve(size), read };
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
