/** Opening Zarr groups. */
import { BackendError, isGraticuleError } from "../../errors.ts";
import { warn } from "../../options.ts";
import type { ReadOptions, Store } from "../../stores/contract.ts";
import { resolveStore, type StoreTarget } from "../../stores/resolve.ts";
import { nearHint } from "../../util/suggest.ts";
import type { Attrs, AttrValue, Backend, Encoding, OpenOptions, RawDimension, RawGroup, RawVariable } from "../contract.ts";
import { decodeFillAttr, fillAttr } from "./fill.ts";
import { below, type Hierarchy, type HierarchyOptions, nodePath, openHierarchy, type ZarrNode } from "./hierarchy.ts";
import type { MetaValue } from "./json.ts";
import { type ArrayMeta, parseArrayV2, parseArrayV3, plainAttrs } from "./metadata.ts";
import { zarrSource } from "./source.ts";

/** Options of {@link openZarr}. */
export interface ZarrOpenOptions extends OpenOptions, Pick<HierarchyOptions, "consolidated" | "zarrFormat"> {}

/**
 * Open a group of a Zarr store, v2 or v3.
 *
 * Reads consolidated metadata where there are some, else lists the group and reads the documents right
 * below it; no values. Arrays of types that no dtype can hold, and those with extensions that must be
 * understood, are left out with a warning. Throws BackendError for what is no group, for metadata that
 * make no sense, for arrays whose dimensions have no names, and for stores that cannot be listed.
 *
 * @example
 * ```ts
 * const root = await openZarr("air.zarr");
 * root.variables.get("air")!.dims; // ["time", "lat", "lon"]
 * ```
 */
export async function openZarr(target: StoreTarget, options: ZarrOpenOptions = {}): Promise<RawGroup> {
  const store = await resolveStore(target, options);
  const close = async (): Promise<void> => {
    if (store !== target) await (store as { close?: () => Promise<void> }).close?.();
  };
  try {
    const hierarchy = await openHierarchy(store, options);
    return await rawGroup(hierarchy, hierarchy.path, hierarchy.group, close, options);
  } catch (error) {
    await close();
    throw error;
  }
}

/** The backend of Zarr stores. */
export const zarrBackend: Backend<StoreTarget> = {
  name: "zarr",
  takes: "store",
  detect: ({ url, head }) =>
    head === undefined ? /\.zarr3?(\.zip)?\/?(\?|$)/i.test(url) : (head[0] === 0x50 && head[1] === 0x4b) || head[0] === 0x7b,
  open: openZarr,
};

async function rawGroup(
  hierarchy: Hierarchy,
  path: string,
  node: ZarrNode,
  close: () => Promise<void>,
  options: ReadOptions,
): Promise<RawGroup> {
  const { store } = hierarchy;
  const members = await hierarchy.members(path, options);
  const variables = new Map<string, RawVariable>();
  const dims = new Map<string, RawDimension>();
  const groups: string[] = [];
  for (const [name, member] of members) {
    if (member.kind === "group") {
      groups.push(name);
      continue;
    }
    const meta = readable(store, below(path, name), member);
    if (meta === undefined) continue;
    const variable = rawVariable(name, meta, store);
    variables.set(name, variable);
    variable.dims.forEach((dim, i) => {
      const size = meta.shape[i]!;
      const known = dims.get(dim)?.size ?? size;
      if (known !== size)
        throw new BackendError(
          `dimension ${JSON.stringify(dim)} has length ${known} and, in the array ${meta.path} of ${store.url ?? "the store"}, ${size}; a write that was cut short can leave that`,
          { dim, lengths: [known, size] },
        );
      dims.set(dim, { size, unlimited: false });
    });
  }
  return {
    path,
    dims,
    ...plainAttrs(node.attrs, undefined),
    variables,
    groups,
    group: (name, read = {}) => descend(hierarchy, path, node, name, close, read),
    close,
  };
}

async function descend(
  hierarchy: Hierarchy,
  from: string,
  node: ZarrNode,
  to: string,
  close: () => Promise<void>,
  options: ReadOptions,
): Promise<RawGroup> {
  const absolute = to.startsWith("/");
  let path = absolute ? "/" : from;
  let at = node;
  if (absolute && hierarchy.path !== "/") {
    // The hierarchy was opened below the root, which is found again.
    const other = await openHierarchy(hierarchy.store, { ...options, group: to });
    return rawGroup(other, other.path, other.group, close, options);
  }
  if (absolute) at = hierarchy.group;
  for (const name of nodePath(to)
    .split("/")
    .filter((part) => part !== "")) {
    const members = await hierarchy.members(path, options);
    const found = members.get(name);
    if (found?.kind !== "group") {
      const groups = [...members].filter(([, member]) => member.kind === "group").map(([n]) => n);
      throw new BackendError(
        `there is no group ${JSON.stringify(name)} in ${path} of ${hierarchy.store.url ?? "the store"}${nearHint(name, groups)} (${groups.slice(0, 20).join(", ") || "there are none"})`,
        { group: to, groups },
      );
    }
    path = below(path, name);
    at = found;
  }
  return rawGroup(hierarchy, path, at, close, options);
}

/** The array of a node, or undefined, with a warning, where it is beyond us. */
function readable(store: Store, path: string, node: ZarrNode): ArrayMeta | undefined {
  try {
    return arrayMeta(path, node);
  } catch (error) {
    if (!isGraticuleError(error, "UnsupportedError")) throw error;
    warn("skipped-variable", `${path} of ${store.url ?? "the store"} is left out: ${error.message}`);
    return undefined;
  }
}

/** The array that a node's documents describe. */
export function arrayMeta(path: string, { format, document, attrs }: ZarrNode): ArrayMeta {
  return format === 2 ? parseArrayV2(path, document, attrs) : parseArrayV3(path, document);
}

function rawVariable(name: string, meta: ArrayMeta, store: Store): RawVariable {
  if (meta.dims === undefined) {
    const key = meta.format === 2 ? "the attribute _ARRAY_DIMENSIONS" : "dimension_names";
    throw new BackendError(
      `the array ${meta.path} of ${store.url ?? "the store"} does not name its dimensions: it has no ${key}, without which it is no variable`,
      { path: meta.path },
    );
  }
  return {
    name,
    dims: meta.dims,
    attrs: variableAttrs(meta),
    attrTypes: meta.attrTypes,
    encoding: encodingOf(meta, meta.dims, store),
    data: zarrSource(meta, store),
  };
}

/** The attributes, with the fill value as `_FillValue`: in v2 the array's own, in v3 that of xarray. */
function variableAttrs({ format, type, fill, attrs }: ArrayMeta): Attrs {
  const all: Record<string, AttrValue> = { ...attrs, ...type.attrs };
  if (type.attrs !== undefined) return all;
  if (format === 3) {
    if (Object.hasOwn(attrs, "_FillValue")) all._FillValue = decodeFillAttr(type.element, attrs._FillValue as MetaValue);
    return all;
  }
  // Booleans have no room for missing values: false is a value.
  const own = type.dtype === "bool" ? undefined : fillAttr(fill);
  if (own !== undefined) all._FillValue = own;
  return all;
}

function encodingOf(meta: ArrayMeta, dims: readonly string[], store: Store): Encoding {
  const { format, chunk, inner, document, type } = meta;
  const chunks = inner ?? chunk;
  const numeric = type.element.size > 1 && /int|float|complex/.test(type.name);
  return {
    dtype: type.name,
    chunks,
    preferred_chunks: Object.fromEntries(dims.map((dim, i) => [dim, chunks[i]])),
    shards: inner ? chunk : null,
    ...(format === 2 ? codecsV2(document) : codecsV3(inner ? meta.codecs[0]!.config.codecs : document.codecs)),
    ...(format === 3 && meta.fill !== undefined ? { fill_value: meta.fill } : {}),
    ...(numeric && format === 2 ? { endian: type.element.bigEndian ? "big" : "little" } : {}),
    source: store.url,
    original_shape: meta.shape,
  };
}

function codecsV2({ filters, compressor }: { readonly [key: string]: unknown }): Encoding {
  return { filters: filters ?? [], compressors: compressor === null || compressor === undefined ? [] : [compressor] };
}

/** v3's one list as xarray's three keys: the one that makes bytes, those before, those after. */
function codecsV3(codecs: unknown): Encoding {
  const list = codecs as readonly unknown[];
  const nameOf = (codec: unknown): string => (typeof codec === "string" ? codec : String((codec as { name?: unknown } | null)?.name));
  const at = list.findIndex((codec) =>
    /^(bytes|endian|vlen-utf8|vlen-bytes|sharding_indexed|numcodecs\.(json2|pickle|msgpack2|packbits|pcodec|zfpy))$/.test(nameOf(codec)),
  );
  return at < 0 ? {} : { filters: list.slice(0, at), serializer: list[at], compressors: list.slice(at + 1) };
}
