/**
 * Writing Zarr hierarchies.
 *
 * The order in which things are written keeps readers from half a store: first what is to be replaced
 * is deleted, its metadata before its chunks; then chunks come; when all are there, `finish` writes the
 * metadata of arrays, of groups from the deepest up, and consolidated metadata last. A new store that
 * is cut short is no Zarr group yet; one that was to grow has its old lengths.
 */

import type { Sink } from "../../array/source.ts";
import { buildPipeline } from "../../codecs/index.ts";
import { BackendError, DimensionError, EncodingError, StoreError } from "../../errors.ts";
import type { ReadOptions, Store, WritableStore } from "../../stores/contract.ts";
import { requireWritable } from "../../stores/index.ts";
import { type ResolveOptions, resolveStore, type StoreTarget } from "../../stores/resolve.ts";
import { setOwn } from "../../util/records.ts";
import { unknownName } from "../../util/suggest.ts";
import type { FileWriter, GroupSpec, VariableSpec, ZarrWriteOptions } from "../contract.ts";
import { commitMetadata, type NodeChange } from "./commit.ts";
import { arrayDocuments, type Documents, groupDocuments, nodeOf } from "./documents.ts";
import { below, nodePath, readNode, type ZarrNode } from "./hierarchy.ts";
import { type JsonInput, type MetaObject, withFloats } from "./json.ts";
import type { ArrayMeta } from "./metadata.ts";
import { arrayMeta } from "./read.ts";
import { zarrSink } from "./sink.ts";
import { deleteTree } from "./tree.ts";

/** Options of {@link createZarr}. */
export interface ZarrCreateOptions extends ZarrWriteOptions, Omit<ResolveOptions, "signal"> {}

/**
 * Begin a Zarr hierarchy, or additions to one, in a directory, a Map or any store that can be written.
 *
 * Nothing of it can be read before `finish`. Throws StoreError for arrays that are there already
 * (mode `"create"`) and stores that cannot be written; DimensionError where arrays that are there have
 * other dimensions; EncodingError for encodings that cannot be.
 *
 * @example
 * ```ts
 * const writer = await createZarr("out.zarr", { dims: new Map([["x", { size: 2, unlimited: false }]]), attrs: {},
 *   variables: new Map([["a", { dims: ["x"], dtype: "float64", attrs: {}, encoding: {} }]]) });
 * await writer.sink("a").write(Float64Array.of(0, 2), new NDArray(Float64Array.of(1, 2), [2], "float64"), {});
 * await writer.finish();
 * ```
 */
export async function createZarr(target: StoreTarget, spec: GroupSpec, options: ZarrCreateOptions = {}): Promise<FileWriter> {
  const store = requireWritable(await resolveStore(target, options));
  const close = async (): Promise<void> => {
    if ((store as Store) !== target) await (store as { close?: () => Promise<void> }).close?.();
  };
  try {
    return await begin(store, spec, options, close);
  } catch (error) {
    await close();
    throw error;
  }
}

/** An array that is written. */
interface Planned {
  readonly path: string;
  readonly meta: ArrayMeta;
  /** Undefined where the metadata stay as they are. */
  readonly change: NodeChange | undefined;
  readonly fresh: boolean;
  readonly writeEmpty: boolean;
}

async function begin(store: WritableStore, spec: GroupSpec, options: ZarrCreateOptions, close: () => Promise<void>): Promise<FileWriter> {
  const { mode = "create", signal } = options;
  const root = nodePath(options.group ?? "/");
  const parts = flatten(spec, root);
  const format = await formatOf(store, root, mode, options);
  if (mode === "replace") await deleteTree(store, root, `${root} is to be replaced`);
  const there =
    mode === "replace"
      ? new Map<string, ZarrNode>()
      : await existing(store, [...parts.groups.keys(), ...parts.arrays.keys()], format, { signal });
  if (mode === "create") refuseExisting(store, root, parts, there);
  const arrays = [...parts.arrays].map(([path, array]) => plan(path, array, there.get(path), format));
  const pipelines = await Promise.all(
    arrays.map(({ meta }) => buildPipeline(meta.codecs, { shape: meta.chunk, type: meta.type.element, fill: meta.fill })),
  );
  // What a write that was cut short left behind must not show between the new chunks.
  if (mode !== "replace")
    await Promise.all(
      arrays.map(async ({ fresh, path }) => (fresh && store.list && store.delete ? deleteTree(store, path, path) : undefined)),
    );
  const changes: NodeChange[] = arrays.flatMap(({ change }) => (change ? [change] : []));
  for (const [path, group] of parts.groups) {
    const docs = groupDocuments(group.attrs, group.attrTypes, format, `the group ${path}`);
    const old = there.get(path);
    if (!old || !sameNode(old, nodeOf(docs, "group", format))) changes.push({ path, kind: "group", docs });
  }

  let state: "open" | "finished" | "aborted" = "open";
  const check = (): void => {
    if (state !== "open")
      throw new EncodingError(
        `the Zarr store ${store.url ?? ""} is ${state === "finished" ? "complete" : "given up"}, so nothing more can be written`,
        {},
      );
  };
  const sinks = new Map<string, Sink>(
    arrays.map(({ path, meta, writeEmpty }, i) => [path, zarrSink(meta, pipelines[i]!, store, { writeEmpty, check })]),
  );
  return {
    sink: (name) => {
      const path = nodePath(`${root}/${name}`);
      const sink = sinks.get(path);
      if (sink === undefined)
        throw new EncodingError(
          unknownName(
            "variable",
            name,
            [...sinks.keys()].map((p) => p.slice(root === "/" ? 1 : root.length + 1)),
          ),
          { name },
        );
      return sink;
    },
    finish: async () => {
      check();
      signal?.throwIfAborted();
      await commitMetadata(store, changes, {
        format,
        root,
        fresh: mode === "replace" && root === "/",
        consolidated: options.consolidated,
        signal,
      });
      state = "finished";
      await close();
      return undefined;
    },
    abort: async () => {
      if (state !== "open") return;
      state = "aborted";
      if (store.list && store.delete) for (const { fresh, path } of arrays) if (fresh) await deleteTree(store, path, path);
      await close();
    },
  };
}

/** An array of the spec and its shape. */
interface SpecArray {
  readonly spec: VariableSpec;
  readonly shape: readonly number[];
}

/** The groups and arrays of a spec by path, groups from the top down. */
function flatten(spec: GroupSpec, root: string): { groups: Map<string, GroupSpec>; arrays: Map<string, SpecArray> } {
  const groups = new Map<string, GroupSpec>();
  const arrays = new Map<string, SpecArray>();
  const walk = (group: GroupSpec, path: string, above: ReadonlyMap<string, number>): void => {
    groups.set(path, group);
    const sizes = new Map([...above, ...[...group.dims].map(([name, { size }]) => [name, size] as const)]);
    for (const [name, variable] of group.variables) {
      checkName(name);
      const shape = variable.dims.map((dim) => {
        const size = sizes.get(dim);
        if (size === undefined)
          throw new DimensionError(`variable ${JSON.stringify(name)}: ${unknownName("dimension", dim, sizes.keys())}`, { dim });
        return size;
      });
      arrays.set(below(path, name), { spec: variable, shape });
    }
    for (const [name, child] of group.groups ?? []) {
      checkName(name);
      if (group.variables.has(name))
        throw new EncodingError(`${JSON.stringify(name)} in ${path} is a group and a variable; one of them must have another name`, {
          name,
        });
      walk(child, below(path, name), sizes);
    }
  };
  walk(spec, root, new Map());
  return { groups, arrays };
}

/** Names are parts of keys. */
function checkName(name: string): void {
  if (name !== "" && !/[/\\\0]/.test(name) && !/^\.{1,2}$/.test(name) && !/^(zarr\.json|\.z(array|group|attrs|metadata))$/.test(name))
    return;
  throw new EncodingError(
    `${JSON.stringify(name)} cannot be the name of a variable or group in Zarr: names are parts of keys, without slashes`,
    { name },
  );
}

/** The format to write: the one asked for, that of what is there, or 3. */
async function formatOf(store: Store, root: string, mode: string, { zarrFormat, signal }: ZarrCreateOptions): Promise<2 | 3> {
  const [v3, v2] = await Promise.all(([3, 2] as const).map((format) => readNode(store, "/", format, { signal })));
  const there = v3 ? 3 : v2 ? 2 : undefined;
  if (zarrFormat !== undefined && there !== undefined && zarrFormat !== there && !(mode === "replace" && root === "/")) {
    throw new BackendError(
      `${store.url ?? "the store"} is Zarr v${there}, so v${zarrFormat} cannot be written into it; leave zarrFormat out, or replace the whole store`,
      { zarrFormat, there },
    );
  }
  const format = zarrFormat ?? there ?? 3;
  if (format !== 2 && format !== 3)
    throw new EncodingError(`zarrFormat is ${String(format)}; possible are 2 and 3`, { zarrFormat: format });
  return format;
}

async function existing(store: Store, paths: readonly string[], format: 2 | 3, options: ReadOptions): Promise<Map<string, ZarrNode>> {
  const nodes = await Promise.all(paths.map((path) => readNode(store, path, format, options)));
  return new Map(paths.flatMap((path, i) => (nodes[i] ? [[path, nodes[i]] as const] : [])));
}

function refuseExisting(
  store: Store,
  root: string,
  { groups, arrays }: ReturnType<typeof flatten>,
  there: ReadonlyMap<string, ZarrNode>,
): void {
  const taken = [...arrays.keys()].find((path) => there.has(path)) ?? [...groups.keys()].find((path) => there.get(path)?.kind === "array");
  if (taken !== undefined)
    throw new StoreError(
      `${taken} is in ${store.url ?? "the store"} already; replace it with mode "w", add to it with mode "a", or write somewhere else`,
      { path: taken },
    );
  if (arrays.size === 0 && there.has(root))
    throw new StoreError(`the group ${root} is in ${store.url ?? "the store"} already; replace it with mode "w", or write somewhere else`, {
      path: root,
    });
}

/** What is done about one array: made, or kept and made longer. */
function plan(path: string, { spec, shape }: SpecArray, old: ZarrNode | undefined, format: 2 | 3): Planned {
  const writeEmpty = spec.encoding.write_empty_chunks === true;
  if (old?.kind === "group") throw new StoreError(`${path} is a group already, and cannot become an array`, { path });
  const docs = arrayDocuments(path, spec, shape, format);
  if (old === undefined)
    return { path, meta: arrayMeta(path, nodeOf(docs, "array", format)), change: { path, kind: "array", docs }, fresh: true, writeEmpty };
  const before = arrayMeta(path, old);
  if (before.dims?.join("\0") !== spec.dims.join("\0") && before.dims !== undefined) {
    throw new DimensionError(`${path} has the dimensions (${before.dims.join(", ")}), not (${spec.dims.join(", ")})`, { path });
  }
  if (before.shape.length !== shape.length || shape.some((n, i) => n < before.shape[i]!)) {
    throw new DimensionError(
      `${path} has the shape (${before.shape.join(", ")}) and cannot be given (${shape.join(", ")}): arrays that are there only grow`,
      { path },
    );
  }
  const grown = grownDocuments(old, before, docs, spec, shape, format);
  const after = nodeOf(grown, "array", format);
  return {
    path,
    meta: arrayMeta(path, after),
    change: sameNode(old, after) ? undefined : { path, kind: "array", docs: grown },
    fresh: false,
    writeEmpty,
  };
}

/** The documents of an array that stays: its own, with the new shape and attributes. */
function grownDocuments(
  old: ZarrNode,
  before: ArrayMeta,
  docs: Documents,
  { attrs }: VariableSpec,
  shape: readonly number[],
  format: 2 | 3,
): Documents {
  const given = format === 3 ? (docs.document.attributes as { [key: string]: JsonInput }) : docs.attrs;
  const own: Record<string, JsonInput> = {};
  // Attributes that other tools keep for themselves stay; those that say what NumPy's times are were never there.
  for (const [name, value] of Object.entries(withFloats(old.attrs)))
    if (name.toLowerCase().startsWith("_nc") && !Object.hasOwn(attrs, name)) setOwn(own, name, value);
  for (const [name, value] of Object.entries(given)) if (!Object.hasOwn(before.type.attrs ?? {}, name)) setOwn(own, name, value);
  const document = { ...withFloats(old.document), shape };
  return format === 3 ? { document: { ...document, attributes: own }, attrs: {} } : { document, attrs: own };
}

/** Whether two nodes say the same, whatever the order. */
function sameNode(a: ZarrNode, b: ZarrNode): boolean {
  const { consolidated_metadata: _, ...document } = a.document;
  return a.kind === b.kind && sameJson(document, b.document) && (a.format === 3 || sameJson(a.attrs, b.attrs));
}

function sameJson(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null || Array.isArray(a) !== Array.isArray(b)) return false;
  const keys = Object.keys(a);
  return (
    keys.length === Object.keys(b).length &&
    keys.every((key) => Object.hasOwn(b, key) && sameJson((a as MetaObject)[key], (b as MetaObject)[key]))
  );
}
