/** A part of a store as a store. */
import type { Store, StoreKey, WritableStore } from "./contract.ts";
import { listFolder } from "./get-range.ts";
import { checkedPath, folderPath } from "./keys.ts";
import type { Wrapped } from "./wrap.ts";

/**
 * The folder `path` of a store as a store of its own.
 *
 * @example
 * ```ts
 * const group = prefixed(store, "model/run-1");
 * await group.get("/zarr.json"); // "/model/run-1/zarr.json" of `store`
 * ```
 */
export function prefixed<S extends Store>(store: S, path: string): Wrapped<S> {
  const folder = folderPath(path);
  if (folder !== "/") checkedPath(folder.slice(0, -1));
  const at = (key: StoreKey): StoreKey => `${folder}${key.slice(1)}` as StoreKey;
  const { getRange } = store;
  const { set, delete: remove } = store as Partial<WritableStore>;
  const wrapped = {
    get: (key: StoreKey, options?: object) => store.get(at(key), options),
    ...(getRange && {
      getRange: ((key, range, options) => getRange.call(store, at(key), range, options)) as NonNullable<Store["getRange"]>,
    }),
    ...(store.list && {
      list: async (prefix: StoreKey) => (await listFolder(store, at(prefix))).map((key) => `/${key.slice(folder.length)}` as StoreKey),
    }),
    ...(set && { set: (key: StoreKey, value: Uint8Array) => set.call(store, at(key), value) }),
    ...(remove && { delete: (key: StoreKey) => remove.call(store, at(key)) }),
    ...(store.url !== undefined && { url: `${store.url.replace(/\/$/, "")}${folder.slice(0, -1)}` }),
  };
  return wrapped as unknown as Wrapped<S>;
}
