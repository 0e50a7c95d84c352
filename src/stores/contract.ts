/**
 * The store contract: what graticule needs of a place that keeps bytes under keys.
 *
 * It is zarrita's (`get`, `getRange`, `set`, with keys that begin with `/`), so any zarrita store is
 * a graticule store, plus `delete` and `list` for those that can. Stores are wrapped by functions
 * (`withRetry(store)`), never subclassed.
 */

/** A key: an absolute path below the store's root. */
export type StoreKey = `/${string}`;
/** Which bytes of a value. */
export type ByteRange = { readonly offset: number; readonly length: number } | { readonly suffixLength: number };
/** Options of a read. */
export interface ReadOptions {
  readonly signal?: AbortSignal | undefined;
}

/** A place to read bytes from. A missing key gives `undefined`; anything else that fails throws StoreError. */
export interface Store {
  get(key: StoreKey, options?: ReadOptions): Promise<Uint8Array | undefined>;
  /** Must give exactly the range asked for (clipped at the end), or throw; absent: `get` is sliced. */
  getRange?(key: StoreKey, range: ByteRange, options?: ReadOptions): Promise<Uint8Array | undefined>;
  /** The keys and folders (ending in `/`) right below a folder. */
  list?(prefix: StoreKey): AsyncIterable<StoreKey> | Promise<readonly StoreKey[]>;
  /** Same store, same bytes: equal for two handles on one place, JSON-able, without secrets. */
  readonly url?: string | undefined;
}

/** A store that can be written. `set` of one key is all or nothing. */
export interface WritableStore extends Store {
  set(key: StoreKey, value: Uint8Array): Promise<void>;
  delete?(key: StoreKey): Promise<void>;
}
