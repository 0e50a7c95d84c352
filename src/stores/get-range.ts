/** Reading a range from any store. */
import { StoreError } from "../errors.ts";
import type { ByteRange, ReadOptions, Store, StoreKey } from "./contract.ts";
import { resolveRange, sliceRange } from "./keys.ts";

/**
 * A range of a value: by `getRange` where the store has it, else cut from the whole value.
 * A range beyond the end is cut; undefined where there is no such key.
 */
export async function getRange(store: Store, key: StoreKey, range: ByteRange, options?: ReadOptions): Promise<Uint8Array | undefined> {
  if (store.getRange) return store.getRange(key, range, options);
  const bytes = await store.get(key, options);
  return bytes && sliceRange(bytes, range);
}

/**
 * A range that must be there in full.
 *
 * @throws StoreError when the key is missing or the value ends before the range does
 */
export async function getExact(store: Store, key: StoreKey, range: ByteRange, options?: ReadOptions): Promise<Uint8Array> {
  const bytes = await getRange(store, key, range, options);
  const wanted = "suffixLength" in range ? range.suffixLength : range.length;
  if (bytes?.length === wanted) return bytes;
  const where = `${key}${store.url === undefined ? "" : ` of ${store.url}`}`;
  if (bytes === undefined) throw new StoreError(`${where} is not there`, { key, url: store.url });
  const { length } = resolveRange(range, Number.MAX_SAFE_INTEGER);
  throw new StoreError(
    `${where} has only ${bytes.length} of the ${length} bytes asked for${"offset" in range ? ` at ${range.offset}` : " at its end"}: it is cut short, or it changed`,
    { key, url: store.url, range, got: bytes.length },
  );
}

/** The entries right below a folder, whichever way the store lists. */
export async function listFolder(store: Store, prefix: StoreKey): Promise<StoreKey[]> {
  if (!store.list) throw new StoreError(`the store ${store.url ?? ""} cannot list its keys`, { url: store.url });
  const listed = store.list(prefix);
  if (!(Symbol.asyncIterator in listed)) return [...(await listed)];
  const keys: StoreKey[] = [];
  for await (const key of listed) keys.push(key);
  return keys;
}
