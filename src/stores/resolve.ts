/** From whatever a user has (a path, a URL, a Blob, bytes, a Map, references, a store) to a store or a file. */
import { ArgumentError, StoreError, UnsupportedError } from "../errors.ts";
import { isRecord } from "../util/records.ts";
import { withCache } from "./cache.ts";
import { withCoalescing } from "./coalesce.ts";
import { withConcurrency } from "./concurrency.ts";
import type { ReadOptions, Store, StoreKey } from "./contract.ts";
import { directoryStore } from "./directory.ts";
import type { RandomAccess } from "./file-contract.ts";
import { type HttpOptions, httpStore } from "./http.ts";
import { hasScheme, type Location, locate } from "./locations.ts";
import { memoryStore } from "./memory.ts";
import { type BlockOptions, blobAccess, bytesAccess, fileAccess, urlAccess, withBlocks } from "./random-access.ts";
import { referenceStore, type Target } from "./reference-store.ts";
import { type RetryOptions, retry, withRetry } from "./retry.ts";
import { zipStore } from "./zip.ts";

/** What can be opened as a store or a file. */
export type StoreTarget =
  | string
  | URL
  | Blob
  | Uint8Array
  | ArrayBuffer
  | Map<string, Uint8Array>
  | Store
  | Readonly<Record<string, unknown>>;

/** Options of `resolveStore` and `openRandomAccess`. */
export interface ResolveOptions extends HttpOptions, RetryOptions, BlockOptions, ReadOptions {
  /** Bytes of values kept of remote stores (default 64 MiB; 0 keeps none). */
  readonly cacheBytes?: number | undefined;
  /** Requests at once (default 16). */
  readonly concurrency?: number | undefined;
  /** The server of `s3:` and `gs:` buckets, where it is not Amazon's or Google's. */
  readonly endpoint?: string | undefined;
  /** What relative URLs in references are relative to (default: the place of the references). */
  readonly base?: string | undefined;
}

/** How one kind of target becomes a store. */
interface Kind {
  readonly is: (target: unknown) => boolean;
  readonly open: (target: never, options: ResolveOptions) => Store | Promise<Store>;
}

const isBytes = (target: unknown): boolean => target instanceof Uint8Array || target instanceof ArrayBuffer;
const isBlob = (target: unknown): boolean => typeof Blob !== "undefined" && target instanceof Blob;

/** Kinds of targets; the first that fits opens. */
const kinds: readonly Kind[] = [
  { is: (target) => typeof target === "string" || target instanceof URL, open: openNamed },
  {
    is: isBytes,
    open: (target: Uint8Array | ArrayBuffer, options) => openFile(bytesAccess(target), "the bytes", options),
  },
  { is: isBlob, open: (target: Blob, options) => openFile(blobAccess(target), "the blob", options) },
  { is: (target) => target instanceof Map, open: (target: Map<string, Uint8Array>) => memoryStore(target) },
  { is: (target) => typeof (target as Store | null)?.get === "function", open: (target: Store) => target },
  {
    is: isRecord,
    open: (target: Record<string, unknown>, options) => openReferences(target, undefined, options),
  },
];

/**
 * The store behind a target. A path or URL is a directory, or a zip file (`.zip`) or kerchunk references
 * (`.json`); bytes and Blobs are either of these two; a Map is a store in memory; a store is itself.
 * Remote stores are retried, limited, coalesced and cached.
 *
 * @throws ArgumentError for other things, UnsupportedError for unknown schemes
 * @example
 * ```ts
 * const store = await resolveStore("gs://gcp-public-data-arco-era5/ar/…zarr");
 * ```
 */
export async function resolveStore(target: StoreTarget, options: ResolveOptions = {}): Promise<Store> {
  const kind = kinds.find(({ is }) => is(target));
  if (kind) return kind.open(target as never, options);
  throw new ArgumentError(
    `${target === null ? "null" : typeof target} is nothing to open; possible are a path, a URL, a Blob or File, bytes, a Map, a store with "get", or references`,
    {},
  );
}

/**
 * The file behind a path, a URL, a Blob or bytes, with a cache of blocks where it is not in memory.
 *
 * @throws ArgumentError for other things
 * @example
 * ```ts
 * const file = await openRandomAccess("https://example.org/air.nc");
 * const magic = await file.read(0, 8);
 * ```
 */
export async function openRandomAccess(
  target: string | URL | Blob | Uint8Array | ArrayBuffer,
  options: ResolveOptions = {},
): Promise<RandomAccess> {
  if (isBytes(target)) return bytesAccess(target as Uint8Array);
  if (isBlob(target)) return withBlocks(blobAccess(target as Blob), options);
  if (typeof target !== "string" && !(target instanceof URL))
    throw new ArgumentError(`${typeof target} is no file; possible are a path, a URL, a Blob or File, and bytes`, {});
  const location = await locate(target, options.endpoint);
  return location.kind === "file" ? withBlocks(await fileAccess(location.path), options) : openUrl(location.url, options);
}

/** A URL as a file whose reads are tried again, behind a cache of blocks. */
async function openUrl(url: URL, options: ResolveOptions): Promise<RandomAccess> {
  const file = await retry(() => urlAccess(url, options), options, options.signal);
  const read: RandomAccess["read"] = (offset, length, read) => retry(() => file.read(offset, length, read), options, read?.signal);
  return withBlocks({ ...file, read }, options);
}

async function openNamed(target: string | URL, options: ResolveOptions): Promise<Store> {
  const location = await locate(target, options.endpoint);
  const path = location.kind === "file" ? location.path : location.url.pathname;
  if (/\.zip$/i.test(path)) return zipStore(await openRandomAccess(target, options), options);
  if (/\.json$/i.test(path) && !/(^|[\\/])(zarr|\.z\w+)\.json$/i.test(path)) {
    const { store, key } = await openTarget(location, options);
    const document = await store.get(key, options);
    if (document === undefined) throw new StoreError(`${String(target)} is not there`, { url: String(target) });
    return openReferences(document, location, options);
  }
  return location.kind === "file" ? directoryStore(location.path) : remoteStore(location.url, options);
}

/** A store over HTTP with all that makes it quick and safe. */
function remoteStore(url: URL, options: ResolveOptions): Store {
  const { cacheBytes = 2 ** 26, concurrency = 16 } = options;
  const store = withCoalescing(withRetry(withConcurrency(httpStore(url, options), concurrency), options));
  return cacheBytes > 0 ? withCache(store, cacheBytes) : store;
}

/** A file by its first bytes: a zip file, or JSON. */
async function openFile(file: RandomAccess, what: string, options: ResolveOptions): Promise<Store> {
  const head = await file.read(0, Math.min(4, file.size), options);
  if (head[0] === 0x50 && head[1] === 0x4b) return zipStore(withBlocks(file, options), options);
  if (head[0] === 0x7b) return openReferences(await file.read(0, file.size, options), undefined, options);
  throw new ArgumentError(
    `${what} are no zip file and no references, so there is no store in them; a single file (netCDF, HDF5 …) is opened as a file`.replace(
      "the blob are",
      "the blob is",
    ),
    {},
  );
}

/** References with their targets found relative to where they are. */
function openReferences(document: unknown, place: Location | undefined, options: ResolveOptions): Store {
  const stores = new Map<string, Promise<Target["store"]>>();
  const open = async (url: string): Promise<Target> => {
    const location = await targetLocation(url, place, options);
    const { root, key } = splitLocation(location);
    let store = stores.get(root);
    if (store === undefined) {
      store = openTarget(location, options).then((target) => target.store);
      stores.set(root, store);
      store.catch(() => stores.delete(root));
    }
    return { store: await store, key };
  };
  return referenceStore(document, open, {
    url: place?.kind === "http" ? `${place.url.origin}${place.url.pathname}` : place?.path,
  });
}

/** Where the URL of a reference leads. References from the network must not lead to files of this machine. */
async function targetLocation(url: string, place: Location | undefined, options: ResolveOptions): Promise<Location> {
  if (hasScheme(url)) {
    const location = await locate(url, options.endpoint);
    if (location.kind === "file" && place?.kind === "http")
      throw new UnsupportedError(
        `references from ${place.url.origin} lead to the file ${location.path} of this machine, which is refused`,
        { url },
      );
    return location;
  }
  const base = options.base === undefined ? place : await locate(options.base.replace(/\/?$/, "/"), options.endpoint);
  if (base?.kind === "http") return { kind: "http", url: new URL(url, base.url) };
  if (base === undefined || url.startsWith("/")) return { kind: "file", path: url };
  return { kind: "file", path: `${base.path.replace(/[^\\/]*$/, "")}${url}` };
}

/** The folder of a place, and the key of the file in it. A query belongs to the file's URL, so it is its own folder. */
function splitLocation(location: Location): { root: string; key: StoreKey } {
  if (location.kind === "file") {
    const name = /[^\\/]*$/.exec(location.path)![0];
    return { root: location.path.slice(0, -name.length) || ".", key: `/${name}` };
  }
  const name = /[^/]*$/.exec(location.url.pathname)![0];
  const root = new URL(location.url);
  root.pathname = root.pathname.slice(0, root.pathname.length - name.length);
  return { root: root.href, key: `/${decodeURIComponent(name)}` };
}

async function openTarget(location: Location, options: ResolveOptions): Promise<Target> {
  const { root, key } = splitLocation(location);
  if (location.kind === "file") return { store: await directoryStore(root), key };
  return { store: remoteStore(new URL(root), options), key };
}
