/**
 * The groups and arrays of a store: from consolidated metadata where there are some, else by listing.
 *
 * Documents are kept as they are; arrays are parsed when their group is opened.
 */
import { BackendError } from "../../errors.ts";
import type { ReadOptions, Store, StoreKey } from "../../stores/contract.ts";
import { listFolder } from "../../stores/index.ts";
import { closest } from "../../util/suggest.ts";
import { isObject, type MetaObject, parseObject } from "./json.ts";
import { refuseUnknown } from "./metadata.ts";

/** A group or array as its documents say. */
export type ZarrNode = {
  readonly kind: "group" | "array";
  readonly format: 2 | 3;
  readonly attrs: MetaObject /** `.zarray`, `.zgroup` or `zarr.json`. */;
  readonly document: MetaObject;
};

/** Nodes by their names, right below a group. */
export type Members = ReadonlyMap<string, ZarrNode>;

/** The hierarchy of a store. */
export interface Hierarchy {
  readonly store: Store;
  readonly format: 2 | 3;
  /** Whether everything comes from one consolidated document. */
  readonly consolidated: boolean;
  /** The group that was asked for. */
  readonly group: ZarrNode;
  /** Its path, `/` for the root. */
  readonly path: string;
  members(path: string, options: ReadOptions): Promise<Members>;
}

/** How a hierarchy is found. */
export interface HierarchyOptions extends ReadOptions {
  readonly group?: string | undefined;
  /** True insists on consolidated metadata, false does not look at them; by default they are used where they are. */
  readonly consolidated?: boolean | undefined;
  /** By default what is there, v3 before v2. */
  readonly zarrFormat?: 2 | 3 | undefined;
}

const V3_GROUP_KEYS: ReadonlySet<string> = new Set(["zarr_format", "node_type", "attributes", "consolidated_metadata"]);
/** Parts of a path: a guard against names that are nothing but slashes and letters, each of which would be a group. */
const DEEPEST = 256;
/** Documents asked for at once; stores have limits of their own. */
const AT_ONCE = 256;

/** A path with one slash before and none behind; `/` for the root. Throws BackendError for parts that no node can have. */
export function nodePath(path: string): string {
  const parts = path.split("/").filter((part) => part !== "");
  if (parts.some((part) => part === "." || part === ".."))
    throw new BackendError(`${JSON.stringify(path)} is no path of a group or array`, { path });
  if (parts.length > DEEPEST)
    throw new BackendError(
      `${JSON.stringify(`${path.slice(0, 40)}…`)} is no path of a group or array: it has ${parts.length} parts, and possible are ${DEEPEST}`,
      { parts: parts.length },
    );
  return `/${parts.join("/")}`;
}

/** The path of `name` below `path`. */
export function below(path: string, name: string): string {
  return path === "/" ? `/${name}` : `${path}/${name}`;
}

/** The key of a document of the node at `path`. */
export function documentKey(path: string, name: string): StoreKey {
  return below(path, name) as StoreKey;
}

/**
 * Find the group that is asked for. Consolidated metadata of the group and of the root are looked at.
 *
 * @throws BackendError where there is no such group, naming what there is
 */
export async function openHierarchy(store: Store, options: HierarchyOptions = {}): Promise<Hierarchy> {
  const path = nodePath(options.group ?? "/");
  const places = path === "/" ? ["/"] : [path, "/"];
  const want = (format: 2 | 3): boolean => (options.zarrFormat ?? format) === format;
  const read = (at: string, name: string): Promise<MetaObject | undefined> => readDocument(store, documentKey(at, name), options);
  const found = await Promise.all(
    places.map(async (at) => {
      const [v3, v2] = await Promise.all([
        want(3) ? read(at, "zarr.json") : undefined,
        want(2) && options.consolidated !== false ? read(at, ".zmetadata") : undefined,
      ]);
      return { at, v3, v2 };
    }),
  );
  if (options.consolidated !== false) {
    for (const { at, v3, v2 } of found) {
      const nodes = (v3 && consolidatedV3(v3, at)) ?? (v2 && !found.some((f) => f.v3) ? consolidatedV2(v2, at) : undefined);
      if (nodes) return consolidatedHierarchy(store, nodes, path);
    }
    if (options.consolidated === true)
      throw new BackendError(
        `${name(store)} has no consolidated metadata; write them with zarr.consolidate_metadata, or open it with { consolidated: false }`,
        { url: store.url },
      );
  }
  const own = found[0]!.v3;
  const group = own ? v3Node(own, path) : want(2) ? await v2Node(store, path, options) : undefined;
  if (group === undefined) throw await notThere(store, path, options);
  if (group.kind === "array") throw new BackendError(`${path} of ${name(store)} is an array; open the group it is in`, { path });
  return {
    store,
    format: group.format,
    consolidated: false,
    group,
    path,
    members: (at, read) => listMembers(store, at, group.format, read),
  };
}

/** Read one document; undefined where it is not there. */
export async function readDocument(store: Store, key: StoreKey, options: ReadOptions): Promise<MetaObject | undefined> {
  const bytes = await store.get(key, options);
  return bytes && parseObject(bytes, `${key} of ${name(store)}`);
}

/** The node at a path of a store of either format; undefined where there is none. */
export async function readNode(store: Store, path: string, format: 2 | 3, options: ReadOptions): Promise<ZarrNode | undefined> {
  if (format === 2) return v2Node(store, path, options);
  const document = await readDocument(store, documentKey(path, "zarr.json"), options);
  return document && v3Node(document, path);
}

function v3Node(document: MetaObject, path: string): ZarrNode {
  const { node_type: kind, attributes: attrs = {} } = document;
  if (kind !== "group" && kind !== "array")
    throw new BackendError(
      `the zarr.json of ${path} has node_type ${JSON.stringify(kind) ?? "missing"}; possible are "group" and "array"`,
      { path },
    );
  if (document.zarr_format !== 3)
    throw new BackendError(`the zarr.json of ${path} says zarr_format ${String(document.zarr_format)}, not 3`, { path });
  if (!isObject(attrs)) throw new BackendError(`the attributes of ${path} are no object`, { path });
  if (kind === "group") refuseUnknown(document, V3_GROUP_KEYS, `the group ${path}`);
  return { kind, format: 3, attrs, document };
}

async function v2Node(store: Store, path: string, options: ReadOptions): Promise<ZarrNode | undefined> {
  const [array, group, attrs = {}] = await Promise.all(
    [".zarray", ".zgroup", ".zattrs"].map((key) => readDocument(store, documentKey(path, key), options)),
  );
  if (array) return { kind: "array", format: 2, attrs, document: array };
  return group && { kind: "group", format: 2, attrs, document: group };
}

/** The inline metadata of a v3 group by absolute paths, the group among them. */
function consolidatedV3(document: MetaObject, at: string): Map<string, ZarrNode> | undefined {
  const all = document.consolidated_metadata;
  if (document.node_type !== "group" || all === undefined || all === null) return undefined;
  if (!isObject(all) || !isObject(all.metadata)) throw new BackendError(`the consolidated metadata of ${at} are no object`, { path: at });
  if (all.kind !== undefined && all.kind !== "inline") return undefined;
  const nodes = new Map([[at, v3Node(document, at)]]);
  for (const [key, value] of Object.entries(all.metadata)) {
    if (!isObject(value)) throw new BackendError(`the consolidated metadata of ${JSON.stringify(key)} are no object`, { path: key });
    const path = nodePath(`${at}/${key}`);
    if (path !== at) nodes.set(path, v3Node(value, path));
  }
  return nodes;
}

/** The nodes of a `.zmetadata` by absolute paths. */
function consolidatedV2(document: MetaObject, at: string): Map<string, ZarrNode> {
  const all = document.metadata;
  if (!isObject(all)) throw new BackendError(`the .zmetadata of ${at} has no "metadata"`, { path: at });
  const documents = new Map<string, Record<string, MetaObject>>([[at, {}]]);
  for (const [key, value] of Object.entries(all)) {
    const match = /^(?:(.*)\/)?\.(zarray|zgroup|zattrs)$/s.exec(key);
    if (match === null) continue;
    if (!isObject(value)) throw new BackendError(`${JSON.stringify(key)} in the .zmetadata of ${at} is no object`, { key });
    const path = nodePath(`${at}/${match[1] ?? ""}`);
    const own = documents.get(path) ?? {};
    own[match[2]!] = value;
    documents.set(path, own);
    // Groups above are there even where nobody wrote them down.
    for (let up = parentOf(path); up.length >= at.length && !documents.has(up); up = parentOf(up)) documents.set(up, {});
  }
  const nodes = new Map<string, ZarrNode>();
  for (const [path, { zarray, zgroup, zattrs }] of documents) {
    nodes.set(path, { kind: zarray ? "array" : "group", format: 2, attrs: zattrs ?? {}, document: zarray ?? zgroup ?? { zarr_format: 2 } });
  }
  return nodes;
}

/** The path above. */
export function parentOf(path: string): string {
  return path.slice(0, path.lastIndexOf("/")) || "/";
}

function consolidatedHierarchy(store: Store, nodes: ReadonlyMap<string, ZarrNode>, path: string): Hierarchy {
  const group = nodes.get(path);
  if (group?.kind !== "group")
    throw noGroup(
      store,
      path,
      [...nodes].filter(([, node]) => node.kind === "group").map(([p]) => p),
      group,
    );
  const byParent = new Map<string, Map<string, ZarrNode>>();
  for (const [at, node] of nodes) {
    if (at === "/") continue;
    const parent = parentOf(at);
    const siblings = byParent.get(parent) ?? new Map<string, ZarrNode>();
    byParent.set(parent, siblings.set(at.slice(at.lastIndexOf("/") + 1), node));
  }
  return {
    store,
    format: group.format,
    consolidated: true,
    group,
    path,
    members: async (at) => byParent.get(at) ?? new Map<string, ZarrNode>(),
  };
}

/** The members of a group by listing its folder. Throws BackendError where the store cannot list. */
export async function listMembers(store: Store, path: string, format: 2 | 3, options: ReadOptions): Promise<Members> {
  if (!store.list) {
    throw new BackendError(
      `${name(store)} has no consolidated metadata and cannot be listed, so its arrays are not known; consolidate its metadata (zarr.consolidate_metadata in Python), or use a store that can list`,
      { url: store.url, path },
    );
  }
  const folder = path === "/" ? "/" : `${path}/`;
  const names = (await listFolder(store, folder as StoreKey)).filter((key) => key.endsWith("/")).map((key) => key.slice(folder.length, -1));
  const members = new Map<string, ZarrNode>();
  for (let i = 0; i < names.length; i += AT_ONCE) {
    const some = names.slice(i, i + AT_ONCE).filter((n) => n !== "" && n !== "." && n !== "..");
    const nodes = await Promise.all(some.map((n) => readNode(store, below(path, n), format, options)));
    some.forEach((n, k) => nodes[k] && members.set(n, nodes[k]));
  }
  return members;
}

async function notThere(store: Store, path: string, options: ReadOptions): Promise<BackendError> {
  const tried = "zarr.json, .zmetadata and .zgroup";
  if (path === "/")
    return new BackendError(`${name(store)} is no Zarr group: it has none of ${tried} (an incomplete write leaves none either)`, {
      url: store.url,
    });
  const groups: string[] = [];
  try {
    const root = await openHierarchy(store, { ...options, group: "/", consolidated: undefined });
    for (const [n, node] of await root.members("/", options)) if (node.kind === "group") groups.push(`/${n}`);
  } catch {
    // What there is instead is told only where it can be found.
  }
  return noGroup(store, path, groups, undefined);
}

function noGroup(store: Store, path: string, groups: readonly string[], node: ZarrNode | undefined): BackendError {
  if (node) return new BackendError(`${path} of ${name(store)} is an array; open the group it is in`, { path });
  const near = closest(path, groups);
  const known =
    groups
      .filter((p) => p !== "/")
      .slice(0, 20)
      .join(", ") || "there are none";
  return new BackendError(
    `there is no group ${JSON.stringify(path)} in ${name(store)}${near === undefined || near === "/" ? "" : `; did you mean ${JSON.stringify(near)}?`} (${known})`,
    { group: path, groups },
  );
}

function name(store: Store): string {
  return store.url ?? "the store";
}
