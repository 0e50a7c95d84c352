/** Deleting everything below a path of a store. */
import { StoreError } from "../../errors.ts";
import type { StoreKey, WritableStore } from "../../stores/contract.ts";
import { listFolder } from "../../stores/index.ts";
import { documentKey } from "./hierarchy.ts";

/** Metadata go first, so that what is left of a deletion that is cut short is no group or array. */
const DOCUMENTS = [".zmetadata", "zarr.json", ".zarray", ".zgroup", ".zattrs"] as const;
const AT_ONCE = 64;

/**
 * Delete all keys below `path`. `why` names the reason in errors.
 *
 * @throws StoreError where there is something and the store cannot list and delete
 */
export async function deleteTree(store: WritableStore, path: string, why: string): Promise<void> {
  if (!store.list || !store.delete) {
    for (const name of DOCUMENTS) {
      if ((await store.get(documentKey(path, name))) === undefined) continue;
      throw new StoreError(
        `${why}, and the store ${store.url ?? ""} cannot ${store.list ? "delete" : "list"} what is there; delete it first, or write somewhere else`,
        { path, url: store.url },
      );
    }
    return;
  }
  for (const name of DOCUMENTS) await store.delete(documentKey(path, name));
  await deleteFolder(store, (path === "/" ? "/" : `${path}/`) as StoreKey);
}

async function deleteFolder(store: WritableStore, folder: StoreKey): Promise<void> {
  const keys = await listFolder(store, folder);
  for (let i = 0; i < keys.length; i += AT_ONCE) {
    await Promise.all(keys.slice(i, i + AT_ONCE).map((key) => (key.endsWith("/") ? deleteFolder(store, key) : store.delete!(key))));
  }
}
