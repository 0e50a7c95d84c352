/** The store over a directory, with Node's files. */
import { lstat, mkdir, open, readdir, readFile, realpath, rename, rm } from "node:fs/promises";
import { basename, dirname, join, resolve, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { isGraticuleError, StoreError } from "../errors.ts";
import { bytesOf } from "../util/bytes.ts";
import type { StoreKey } from "./contract.ts";
import type { DirectoryStore } from "./directory.ts";
import { FilePool } from "./file-pool.node.ts";
import { checkedPath, folderPath, isAbort, resolveRange } from "./keys.ts";

let temporaries = 0;

/** A store over a directory, which need not be there yet. */
export function openDirectory(path: string): DirectoryStore {
  const root = resolve(path);
  const files = new FilePool();
  const places = new Places(root);

  return {
    url: pathToFileURL(root).href,
    get: (key, options) =>
      missing(key, root, async () => readFile(await places.value(key), { signal: options?.signal ?? undefined })).then(
        (buffer) => buffer && bytesOf(buffer),
      ),
    getRange: (key, range, options) =>
      missing(key, root, async () => {
        options?.signal?.throwIfAborted();
        return files.use(await places.value(key), async (file) => {
          const { offset, length } = resolveRange(range, await file.size());
          return file.read(offset, length);
        });
      }),
    set: async (key, value) => {
      const path = checkedPath(key);
      await failing(key, root, async () => {
        await mkdir(root, { recursive: true });
        const folder = await places.makeFolder(dirname(path));
        const target = join(folder, basename(path));
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
        files.forget(target);
      });
    },
    delete: async (key) => {
      const path = checkedPath(key);
      await missing(key, root, async () => {
        const target = join(await places.folder(dirname(path)), basename(path));
        files.forget(target);
        await rm(target, { force: true });
      });
    },
    list: async (prefix) => {
      const folder = folderPath(prefix);
      const entries = await missing(folder, root, async () =>
        readdir(await places.value(folder === "/" ? folder : folder.slice(0, -1)), { withFileTypes: true }),
      );
      const keys = (entries ?? [])
        .filter((entry) => !entry.name.endsWith(".partial"))
        .map((entry) => `${folder}${entry.name}${entry.isDirectory() ? "/" : ""}` as StoreKey);
      return keys.sort();
    },
    close: async () => files.close(),
  };
}

/** Folders whose real paths are kept, so that a read costs one look at the file alone. */
const MOST_FOLDERS = 4096;

/** From keys to real paths, which lie below the root after links are followed. */
class Places {
  private readonly root: string;
  private readonly folders = new Map<string, string>();

  constructor(root: string) {
    this.root = root;
  }

  /** The real path of a value or folder that is there. */
  async value(key: string): Promise<string> {
    const path = checkedPath(key);
    if (path === "") return this.folder(".");
    const found = join(await this.folder(dirname(path)), basename(path));
    return (await lstat(found)).isSymbolicLink() ? this.inside(found) : found;
  }

  /** The real path of a folder that is there. */
  async folder(path: string): Promise<string> {
    const known = this.folders.get(path);
    if (known !== undefined) return known;
    const real = path === "." ? await realpath(this.root) : await this.inside(join(this.root, path));
    if (this.folders.size >= MOST_FOLDERS) this.folders.clear();
    this.folders.set(path, real);
    return real;
  }

  /** The same for one that is made where it is not there, each part checked before the next is made. */
  async makeFolder(path: string): Promise<string> {
    if (path === ".") return this.folder(path);
    const target = join(await this.makeFolder(dirname(path)), basename(path));
    await mkdir(target, { recursive: true });
    return this.folder(path);
  }

  private async inside(path: string): Promise<string> {
    const root = await this.folder(".");
    const real = await realpath(path);
    if (real === root || real.startsWith(root.endsWith(sep) ? root : root + sep)) return real;
    throw new StoreError(`${path} leads out of the directory ${this.root} through a link`, {
      path,
      root: this.root,
    });
  }
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
    if (isGraticuleError(cause) || isAbort(cause)) throw cause;
    throw new StoreError(
      `${key} in ${root}: ${(cause as Error).message}`,
      { key, root, code: (cause as NodeJS.ErrnoException).code },
      { cause },
    );
  }
}
