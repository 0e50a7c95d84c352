/** Writing metadata once all chunks are there: arrays, groups from the deepest up, what is consolidated last. */
import type { ReadOptions, WritableStore } from "../../stores/contract.ts";
import { setOwn } from "../../util/records.ts";
import { type Documents, groupDocuments, nodeOf } from "./documents.ts";
import {
  below,
  documentKey,
  listMembers,
  type Members,
  openHierarchy,
  parentOf,
  readDocument,
  readNode,
  type ZarrNode,
} from "./hierarchy.ts";
import { type JsonInput, jsonBytes, withFloats } from "./json.ts";

/** A node whose documents are written. */
export interface NodeChange {
  readonly path: string;
  readonly kind: "group" | "array";
  readonly docs: Documents;
}

/** How metadata are written. */
export interface CommitOptions extends ReadOptions {
  readonly format: 2 | 3;
  /** The path that the writer speaks of. */
  readonly root: string;
  /** Whether there is nothing but what is written now. */
  readonly fresh: boolean;
  readonly consolidated: boolean | undefined;
}

/** Write the documents of `changes`, and of groups above them that are not there. Without changes nothing is written. */
export async function commitMetadata(store: WritableStore, changes: readonly NodeChange[], options: CommitOptions): Promise<void> {
  const { format, root } = options;
  const all = [...changes];
  for (let up = root; up !== "/"; ) {
    up = parentOf(up);
    if (!(await readNode(store, up, format, options)))
      all.push({ path: up, kind: "group", docs: groupDocuments({}, undefined, format, up) });
  }
  if (all.length === 0 && options.consolidated === undefined) return;
  const before = await readDocument(store, documentKey("/", format === 3 ? "zarr.json" : ".zmetadata"), options);
  const consolidate = options.consolidated ?? true;
  // The root's own document of v3 holds what is consolidated, so it is written with it.
  const rootChange = all.find(({ path }) => path === "/");
  const apart = format === 3 ? all.filter((change) => change !== rootChange) : all;
  await Promise.all(apart.filter(({ kind }) => kind === "array").map((change) => writeNode(store, change, format)));
  for (const change of apart.filter(({ kind }) => kind === "group").sort((a, b) => depth(b.path) - depth(a.path)))
    await writeNode(store, change, format);
  const nodes = consolidate ? await allNodes(store, all, options) : undefined;
  if (format === 2) {
    if (nodes) await store.set("/.zmetadata", jsonBytes(consolidatedV2(nodes)));
    else if (before) await store.delete?.("/.zmetadata");
    return;
  }
  const { consolidated_metadata: _, ...own } =
    rootChange?.docs.document ?? (before && withFloats(before)) ?? groupDocuments({}, undefined, 3, "/").document;
  await store.set("/zarr.json", jsonBytes(nodes ? { ...own, consolidated_metadata: consolidatedV3(nodes) } : own));
}

function depth(path: string): number {
  return path === "/" ? 0 : path.split("/").length;
}

async function writeNode(store: WritableStore, { path, kind, docs }: NodeChange, format: 2 | 3): Promise<void> {
  if (format === 3) return store.set(documentKey(path, "zarr.json"), jsonBytes(docs.document));
  // A node is there once its own document is.
  if (Object.keys(docs.attrs).length > 0) await store.set(documentKey(path, ".zattrs"), jsonBytes(docs.attrs));
  else await store.delete?.(documentKey(path, ".zattrs"));
  await store.set(documentKey(path, kind === "array" ? ".zarray" : ".zgroup"), jsonBytes(docs.document));
}

/** Every node of the store; undefined where they cannot be known. */
async function allNodes(
  store: WritableStore,
  changes: readonly NodeChange[],
  options: CommitOptions,
): Promise<Map<string, ZarrNode> | undefined> {
  const { format } = options;
  const nodes = new Map<string, ZarrNode>();
  const add = async (path: string, members: (path: string) => Promise<Members>): Promise<void> => {
    for (const [name, node] of await members(path)) {
      nodes.set(below(path, name), node);
      if (node.kind === "group") await add(below(path, name), members);
    }
  };
  const root = options.fresh ? undefined : await readNode(store, "/", format, options);
  if (root) nodes.set("/", root);
  if (!options.fresh && store.list) await add("/", (path) => listMembers(store, path, format, options));
  else if (root && !changes.some(({ path }) => path === "/")) {
    // A store that cannot list is known by what was consolidated before.
    const hierarchy = await openHierarchy(store, { signal: options.signal, zarrFormat: format });
    if (!hierarchy.consolidated) return undefined;
    await add("/", (path) => hierarchy.members(path, options));
  }
  for (const { path, kind, docs } of changes) nodes.set(path, nodeOf(docs, kind, format));
  return nodes;
}

function consolidatedV2(nodes: ReadonlyMap<string, ZarrNode>): JsonInput {
  const metadata: Record<string, JsonInput> = {};
  for (const [path, { kind, document, attrs }] of [...nodes].sort(byPath)) {
    const folder = path === "/" ? "" : `${path.slice(1)}/`;
    metadata[`${folder}${kind === "array" ? ".zarray" : ".zgroup"}`] = withFloats(document);
    if (Object.keys(attrs).length > 0 || kind === "array") metadata[`${folder}.zattrs`] = withFloats(attrs);
  }
  return { metadata, zarr_consolidated_format: 1 };
}

function consolidatedV3(nodes: ReadonlyMap<string, ZarrNode>): JsonInput {
  const metadata: Record<string, JsonInput> = {};
  for (const [path, { document }] of [...nodes].sort(byPath)) {
    if (path === "/") continue;
    const { consolidated_metadata: _, ...own } = withFloats(document);
    setOwn(metadata, path.slice(1), own);
  }
  return { kind: "inline", must_understand: false, metadata };
}

function byPath([a]: readonly [string, ZarrNode], [b]: readonly [string, ZarrNode]): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
