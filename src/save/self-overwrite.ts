/** Refuses to replace a store by data that are still to be read from it. */
import { portOf } from "../array/index.ts";
import { type AnyArray, inMemory } from "../array/lazy.ts";
import type { Source } from "../array/source.ts";
import { ArgumentError } from "../errors.ts";
import type { WritableStore } from "../stores/contract.ts";

/**
 * Throws ArgumentError where a lazy array is read from `store`: replacing deletes what is there before the
 * last of it has been read.
 */
export async function refuseSelfOverwrite(arrays: ReadonlyMap<string, AnyArray>, store: WritableStore): Promise<void> {
  const lazy = [...arrays].filter(([, array]) => inMemory(array) === undefined);
  if (lazy.length === 0) return;
  const { collect } = await import("../compute/collect.ts");
  for (const [name, array] of lazy) {
    const { nodes } = collect([portOf(array)]);
    const own = nodes.find((node) => node.op.kind === "source" && readsFrom(node.live as Source, store));
    if (own) {
      throw new ArgumentError(
        `variable ${JSON.stringify(name)} is read from ${store.url ?? "the store"}, which mode "w" would replace before it is read: load() it first, or write elsewhere`,
        { name, store: store.url },
      );
    }
  }
}

function readsFrom(source: Source, store: WritableStore): boolean {
  return source.store === store || (store.url !== undefined && within(source.store.url ?? source.ref.store, store.url));
}

/** Whether `url` is `folder` or below it. */
function within(url: string, folder: string): boolean {
  const bare = folder.replace(/\/+$/, "");
  return url.replace(/\/+$/, "") === bare || url.startsWith(`${bare}/`);
}
