/** The store over a directory, with Node's files. */
import type { FileHandle } from "node:fs/promises";
import { mkdir, open, readdir, readFile, realpath, rename, rm } from "node:fs/promises";
import { dirname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { StoreError } from "../errors.ts";
import type { StoreKey } from "./contract.ts";
import type { DirectoryStore } from "./directory.ts";
import { checkedPath, folderPath, isAbort, resolveRange } from "./keys.ts";

/** Files kept open for reads of ranges. */
const MOST_OPEN = 32;
let temporaries = 0;

/** A store over a directory, which need not be there yet. */
export function openDirectory(path: string): DirectoryStore {
  const root = resolve(path);
  const files = new FilePool();
  const inside = insideOf(root);

  return {
    url: pathToFileURL(root).href,
    get: (key, options) =>
      missing(key, root, async () => readFile(await inside(key), { signal: options?.signal ?? undefined })).then((buffer) => buffer && new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength)),
    getRange: (key, range, options) =>
      missing(key, root, async () => {
        options?.signal?.throwIfAborted();
        return files.use(await inside(key), async (handle) => {
          const { offset, length } = resolveRange(range, (await handle.stat()).size);
          return readFully(handle, offset, length);
        });
      }),
    set: async (key, value) => {
      const target = join(root, checkedPath(key));
      const folder = dirname(target);
      await failing(key, root, async () => {
        await mkdir(folder, { recursive: true });
        await inside(folder.slice(root.length).replaceAll(sep, "/") || "/");
        // A name that no key has, so that a listing never shows it as a value.
        const temporary = join(folder, `.${process.pid}-${Date.now().toString(36)}-${temporaries++}.partial`);
        try {
          const handle = await open(temporary, "wx");
          try {
            await handle.writeFile(value);
          } finally {
            await handle.close();
          }
          await rename(temporary, target);
        } catch (error) {
          await rm(temporary, { force: true });
          throw error;
        }
        await files.forget(target);
      });
    },
    delete: async (key) => {
      const target = join(root, checkedPath(key));
      await failing(key, root, async () => {
        await files.forget(target);
        await rm(target, { force: true });
      });
    },
    list: async (prefix) => {
      const folder = folderPath(prefix);
      const entries = await missing(folder, root, async () => readdir(await inside(folder === "/" ? "/" : folder.slice(0, -1)), { withFileTypes: true }));
      const keys = (entries ?? []).filter((entry) => !entry.name.endsWith(".partial")).map((entry) => `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}` as StoreKey);
      return keys.sort();
    },
    close: () => files.close(),
  };
}

/** From keys to paths that lie below the root even after links are followed. */
function insideOf(root: string): (key: string) => Promise<string> {
  let realRoot: string | undefined;
  return async (key) => {
    const path = join(root, checkedPath(key));
    realRoot ??= await realpath(root);
    const real = await realpath(path);
    if (real === realRoot || real.startsWith(realRoot.endsWith(sep) ? realRoot : realRoot + sep)) return real;
    throw new StoreError(`${key} leads out of the directory ${root} through a link`, { key, root });
  };
}

async function readFully(handle: FileHandle, offset: number, length: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(length);
  let at = 0;
  while (at < length) {
    const { bytesRead } = await handle.read(bytes, at, length - at, offset + at);
    if (bytesRead === 0) throw new StoreError(`the file ended at byte ${offset + at} while ${length} bytes at ${offset} were read; it has changed`, { offset, length });
    at += bytesRead;
  }
  return bytes;
}

/** `undefined` for what is not there; other failures as StoreError. */
async function missing<T>(key: string, root: string, run: () => Promise<T>): Promise<T | undefined> {
  return failing(key, root, async () => {
    try {
      return await run();
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "ENOENT" || code === "ENOTDIR" || code === "EISDIR") return undefined;
      throw error;
    }
  });
}

async function failing<T>(key: string, root: string, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (cause) {
    if (cause instanceof StoreError || isAbort(cause)) throw cause;
    throw new StoreError(`${key} in ${root}: ${(cause as Error).message}`, { key, root, code: (cause as NodeJS.ErrnoException).code }, { cause });
  }
}

interface OpenFile {
  readonly handle: Promise<FileHandle>;
  users: number;
  forgotten: boolean;
}

/** Open files by path, the last used last. A file in use is closed when its last reader is done. */
class FilePool {
  private readonly files = new Map<string, OpenFile>();

  async use<T>(path: string, read: (handle: FileHandle) => Promise<T>): Promise<T> {
    const file: OpenFile = this.files.get(path) ?? { handle: open(path, "r"), users: 0, forgotten: false };
    this.files.delete(path);
    this.files.set(path, file);
    file.users++;
    try {
      return await read(await file.handle);
    } catch (error) {
      await this.forget(path);
      throw error;
    } finally {
      file.users--;
      if (file.forgotten && file.users === 0) await closeQuietly(file);
      await this.trim();
    }
  }

  async forget(path: string): Promise<void> {
    const file = this.files.get(path);
    if (file === undefined) return;
    this.files.delete(path);
    file.forgotten = true;
    if (file.users === 0) await closeQuietly(file);
  }

  async close(): Promise<void> {
    for (const path of [...this.files.keys()]) await this.forget(path);
  }

  private async trim(): Promise<void> {
    for (const [path, file] of this.files) {
      if (this.files.size <= MOST_OPEN) return;
      if (file.users === 0) await this.forget(path);
    }
  }
}

/** A file that could not be opened has nothing to close; closing a read-only file loses nothing. */
async function closeQuietly(file: OpenFile): Promise<void> {
  await file.handle.then((handle) => handle.close()).catch(() => undefined);
}
