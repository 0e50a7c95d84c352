/**
 * From what users have to an open group: which engine reads it, told by name, first bytes and metadata.
 *
 * Stores, Maps and reference objects are Zarr. A path that is a directory is Zarr; a file is what its
 * first bytes say. A URL is looked at as its name suggests, and the other way where that fails.
 */
import type { FileTarget, OpenOptions, RandomAccess, RawGroup } from "../backends/contract.ts";
import { BackendError, isGraticuleError, StoreError, UnsupportedError } from "../errors.ts";
import type { ReadOptions, Store } from "../stores/contract.ts";
import type { ResolveOptions, StoreTarget } from "../stores/index.ts";
import { hasNode } from "../util/runtime.ts";
import { type AnyBackend, addedEngines, engine, engineNames } from "./engines.ts";
import { HEAD_BYTES, sniff, UNKNOWN } from "./sniff.ts";

/** What can be opened: a path, a URL, a File or Blob, bytes, a store, a Map of keys to bytes, references. */
export type Target = StoreTarget | RandomAccess;

/** How a target is reached, and as what. */
export interface ReachOptions extends ReadOptions {
  readonly group?: string | undefined;
  /** The format (`"zarr"`, `"hdf5"` or `"netcdf4"`, `"netcdf3"`, registered ones); by default the target says. */
  readonly engine?: string | undefined;
  /** How stores are reached: headers, fetch, retries, caches, concurrency, endpoint. */
  readonly storageOptions?: ResolveOptions | undefined;
}

/** Open the group that a target and the options name. */
export async function openRaw(target: Target, options: ReachOptions = {}): Promise<RawGroup> {
  options.signal?.throwIfAborted();
  if (options.engine !== undefined) {
    const backend = await engine(options.engine);
    return backend.takes === "store" || backend.name === "zarr" ? openStore(backend, target, options) : openFile(backend, target, options);
  }
  const named = typeof target === "string" || target instanceof URL;
  if (!named && !isFileLike(target)) return openStore(await engine("zarr"), target, options);
  if (!named) return openSniffed(target as FileTarget, options);
  return isRemote(String(target)) ? openUrl(target as string | URL, options) : openPath(target as string | URL, options);
}

/** Whether a target is one file: bytes, a Blob, random access. */
function isFileLike(target: Target): boolean {
  if (target instanceof Uint8Array || target instanceof ArrayBuffer) return true;
  if (typeof Blob !== "undefined" && target instanceof Blob) return true;
  return typeof target === "object" && "read" in target && typeof target.read === "function";
}

function isRemote(target: string): boolean {
  return /^[a-z][a-z0-9+.-]+:/i.test(target) && !/^file:/i.test(target);
}

const STORE_NAME = /\.zarr3?(\.zip)?\/?$|\.zip$|\.json$/i;
const FILE_NAME = /\.(nc[34]?|nc4c|cdf|netcdf|h5|hdf5?|he5|hdf)$/i;

async function openPath(target: string | URL, options: ReachOptions): Promise<RawGroup> {
  if (!hasNode())
    throw new UnsupportedError(
      `${JSON.stringify(String(target))} is a path, and there are no files here; give a URL, a File or Blob, or bytes`,
      { target: String(target) },
    );
  const { stat } = await import("node:fs/promises");
  const { fileURLToPath } = await import("node:url");
  const path = target instanceof URL || /^file:/i.test(target) ? fileURLToPath(target) : target;
  const found = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === "ENOENT" || cause.code === "ENOTDIR") throw new StoreError(`${path} is not there`, { path }, { cause });
    throw new StoreError(`${path} cannot be read: ${cause.message}`, { path }, { cause });
  });
  if (found.isDirectory() || /\.(zip|json)$/i.test(path)) return openStore(await engine("zarr"), path, options);
  return openSniffed(path, options);
}

/** A URL whose name says nothing may be either: the one that is more likely is tried first. */
async function openUrl(target: string | URL, options: ReachOptions): Promise<RawGroup> {
  const path = new URL(String(target)).pathname;
  if (STORE_NAME.test(path)) return openStore(await engine("zarr"), target, options);
  if (FILE_NAME.test(path)) return openSniffed(target, options);
  try {
    return await openStore(await engine("zarr"), target, options);
  } catch (first) {
    if (!isGraticuleError(first, "StoreError", "BackendError")) throw first;
    try {
      return await openSniffed(target, options);
    } catch (second) {
      if (!isGraticuleError(second)) throw second;
      throw new BackendError(
        `${String(target)} is no Zarr group (${(first as Error).message}) and no file that can be read (${second.message})`,
        { target: String(target) },
        { cause: second },
      );
    }
  }
}

async function openSniffed(target: FileTarget, options: ReachOptions): Promise<RawGroup> {
  const { openAccess } = await import("../backends/file-access.ts");
  const reach = openOptions(options);
  const file = await openAccess(target, reach);
  const url = describe(target);
  try {
    const head = await file.read(0, Math.min(file.size, HEAD_BYTES), options);
    const { what, engine: name } = sniff(head);
    const backend = name === undefined ? await foreign(url, head, what) : await engine(name);
    const keep = isRemote(url) && name !== "zarr";
    if (!keep) await file.close?.();
    if (name === "zarr") return await openStore(backend, target as Target, options);
    // What was read of a URL so far is not asked for again.
    const group: RawGroup = await backend.open(keep ? file : target, reach);
    return keep ? withClose(group, file.close) : group;
  } catch (error) {
    await file.close?.();
    throw error;
  }
}

/** A backend for bytes that no built-in one begins with. */
async function foreign(url: string, head: Uint8Array, what: string): Promise<AnyBackend> {
  for (const added of addedEngines()) {
    const backend = await engine(added);
    if (backend.takes !== "store" && backend.detect({ url, head })) return backend;
  }
  // A user block of any length may come before the contents of an HDF5 file.
  if (FILE_NAME.test(url) && what.startsWith(UNKNOWN)) return engine("hdf5");
  throw new BackendError(`${url} is ${what}; it can be opened with none of the engines (${engineNames().join(", ")})`, { target: url });
}

async function openFile(backend: AnyBackend, target: Target, options: ReachOptions): Promise<RawGroup> {
  return backend.open(target, openOptions(options));
}

async function openStore(backend: AnyBackend, target: Target, options: ReachOptions): Promise<RawGroup> {
  const { resolveStore } = await import("../stores/index.ts");
  const store: Store = await resolveStore(target as StoreTarget, { ...options.storageOptions, signal: options.signal });
  const group: RawGroup = await backend.open(store, openOptions(options));
  const { close } = store as { close?(): Promise<void> };
  return withClose(group, close && (() => close.call(store)));
}

function withClose(group: RawGroup, close: (() => Promise<void>) | undefined): RawGroup {
  if (close === undefined) return group;
  return {
    ...group,
    close: async () => {
      await group.close();
      await close();
    },
  };
}

function openOptions({ group, signal, storageOptions }: ReachOptions): OpenOptions {
  return { ...storageOptions, ...(group === undefined ? {} : { group }), ...(signal === undefined ? {} : { signal }) };
}

/** How a target is called in messages. */
export function describe(target: unknown): string {
  if (typeof target === "string") return target;
  if (target instanceof URL) return target.href;
  if (typeof target !== "object" || target === null) return String(target);
  if ("name" in target && typeof target.name === "string") return target.name;
  if ("url" in target && typeof target.url === "string") return target.url;
  return target instanceof Uint8Array || target instanceof ArrayBuffer ? `a file of ${target.byteLength} bytes` : "the store";
}
