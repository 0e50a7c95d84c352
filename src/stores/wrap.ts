/** What wrapping functions share: a store with other reads, and everything else as it was. */
import { StoreError } from "../errors.ts";
import type { ByteRange, ReadOptions, Store, StoreKey, WritableStore } from "./contract.ts";

/** A wrapped store can be written where the store could. */
export type Wrapped<S extends Store> = S extends WritableStore ? WritableStore : Store;

/** The methods a wrapper replaces. */
export interface Replacements {
  get?(key: StoreKey, options?: ReadOptions): Promise<Uint8Array | undefined>;
  getRange?(key: StoreKey, range: ByteRange, options?: ReadOptions): Promise<Uint8Array | undefined>;
  set?(key: StoreKey, value: Uint8Array): Promise<void>;
  delete?(key: StoreKey): Promise<void>;
}

/** A store of `replaced` methods and the others of `store`, which are there only where it has them. */
export function wrapStore<S extends Store>(store: S, replaced: Replacements): Wrapped<S> {
  const { set, delete: remove } = store as Partial<WritableStore>;
  const { getRange, list } = store;
  const wrapped = {
    get: replaced.get ?? ((key: StoreKey, options?: ReadOptions) => store.get(key, options)),
    ...(getRange && {
      getRange:
        replaced.getRange ?? ((key: StoreKey, range: ByteRange, options?: ReadOptions) => getRange.call(store, key, range, options)),
    }),
    ...(list && { list: (prefix: StoreKey) => list.call(store, prefix) }),
    ...(set && { set: replaced.set ?? ((key: StoreKey, value: Uint8Array) => set.call(store, key, value)) }),
    ...(remove && { delete: replaced.delete ?? ((key: StoreKey) => remove.call(store, key)) }),
    ...(store.url !== undefined && { url: store.url }),
  };
  return wrapped as Wrapped<S>;
}

/** The same store, unable to be written: `set` and `delete` throw StoreError. */
export function readOnly(store: Store): Store {
  const refuse = async (key: StoreKey): Promise<never> => {
    throw new StoreError(`${key} cannot be written: the store ${store.url ?? ""} is opened read-only`.replace("  ", " "), {
      key,
      url: store.url,
    });
  };
  return { ...wrapStore(store, {}), set: refuse, delete: refuse } as Store;
}

/** Require a store that can be written. */
export function requireWritable(store: Store): WritableStore {
  if (typeof (store as Partial<WritableStore>).set === "function") return store as WritableStore;
  throw new StoreError(
    `the store ${store.url ?? ""} can only be read; write to a directory, a Map, or a store with "set"`.replace("  ", " "),
    { url: store.url },
  );
}
