/** A directory as a store: the way to the code for Node, which is loaded when asked for. */
import { UnsupportedError } from "../errors.ts";
import { hasNode } from "../util/runtime.ts";
import type { StoreKey, WritableStore } from "./contract.ts";

/** A store over a directory. */
export interface DirectoryStore extends WritableStore {
  delete(key: StoreKey): Promise<void>;
  list(prefix: StoreKey): Promise<readonly StoreKey[]>;
  /** Close the files that are kept open for reading. Reading opens them again. */
  close(): Promise<void>;
}

/**
 * A directory as a store. `set` writes beside the target and renames, so a reader sees the old value
 * or the new one; keys cannot leave the directory, not through links either.
 *
 * @throws UnsupportedError in browsers
 * @example
 * ```ts
 * const store = await directoryStore("data/air.zarr");
 * ```
 */
export async function directoryStore(path: string): Promise<DirectoryStore> {
  requireNode(path);
  const { openDirectory } = await import("./directory.node.ts");
  return openDirectory(path);
}

/** Require a machine with files. Throws UnsupportedError naming what was to be opened. */
export function requireNode(path: string): void {
  if (hasNode()) return;
  throw new UnsupportedError(`${JSON.stringify(path)} is a path, and there are no files here; give a URL, a File or Blob, or bytes`, {
    path,
  });
}
