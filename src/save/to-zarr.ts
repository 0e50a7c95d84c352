/** Writing datasets to Zarr: new stores, other variables into old ones, appended, and into regions. */
import { type Box, fromSource, inMemory } from "../array/index.ts";
import type { AnyArray } from "../array/lazy.ts";
import { flatValues, NDArray } from "../array/ndarray.ts";
import type { GroupSpec, RawDimension, RawGroup, VariableSpec, ZarrWriteOptions } from "../backends/contract.ts";
import { decodeVariables, type FormatTraits } from "../coding/index.ts";
import type { ComputeOptions, StorePair } from "../compute/index.ts";
import { ArgumentError, DimensionError, EncodingError, isGraticuleError, UnsupportedError } from "../errors.ts";
import { COMPUTE_OPTIONS } from "../ops/loading/compute.ts";
import { loadVariables } from "../ops/loading/index.ts";
import { type DatasetParts, sizesOf } from "../ops/parts.ts";
import type { WritableStore } from "../stores/contract.ts";
import type { ResolveOptions, StoreTarget } from "../stores/index.ts";
import { checkOptions, type OptionKeys } from "../util/options.ts";
import { ownValue } from "../util/records.ts";
import { unknownName } from "../util/suggest.ts";
import { transposeVariable, Variable } from "../variable/index.ts";
import { chunksFor } from "./chunks.ts";
import { coverChunks, isAligned, partSink } from "./cover.ts";
import { encodeDataset } from "./encode-dataset.ts";
import { type EncodingOption, KNOWN_ENCODINGS } from "./encodings.ts";
import { type Extent, type Region, regionExtent } from "./region.ts";
import { refuseSelfOverwrite } from "./self-overwrite.ts";

/** How a dataset is written to Zarr. */
export interface ToZarrOptions extends ComputeOptions {
  /**
   * `"w-"` writes where nothing is (default), `"w"` replaces what is there, `"a"` adds variables and
   * overwrites those of the same names, `"r+"` changes values only.
   */
  readonly mode?: "w-" | "w" | "a" | "r+" | undefined;
  /** The group to write into (default the root). */
  readonly group?: string | undefined;
  /** Encodings by variable: `chunks`, `shards`, `compressors`, `_FillValue`, `dtype` …; each replaces the one that its variable was read with. */
  readonly encoding?: EncodingOption | undefined;
  /** Whether metadata are also written together, as readers without listing want them (default true). */
  readonly consolidated?: boolean | undefined;
  /** Default 3, or the format of what is there. */
  readonly zarrFormat?: 2 | 3 | undefined;
  /** Write behind the end of what is there along this dimension. */
  readonly appendDim?: string | undefined;
  /** Write into this part of what is there: positions by dimension, or `"auto"` to find them by labels. */
  readonly region?: Region | "auto" | undefined;
  /** Chunks of shards along each dimension, for variables whose encoding says nothing: a shard holds whole chunks. */
  readonly shards?: { readonly [dim: string]: number } | undefined;
  /** False allows regions that end within chunks, which are then read and written again: no other process may write them meanwhile (default true). */
  readonly safeChunks?: boolean | undefined;
  /** How the store is reached. */
  readonly storageOptions?: ResolveOptions | undefined;
}

/** Where Zarr is written: a directory's path or URL, a Map, or a store with `set`. */
export type ZarrTarget = StoreTarget;

/** Zarr has booleans, text and strings of bytes. */
const TRAITS: FormatTraits = { bool: true, text: true, bytes: true };
const MODES = ["w-", "w", "a", "r+"] as const;

const KNOWN: OptionKeys<ToZarrOptions> = {
  ...COMPUTE_OPTIONS,
  mode: true,
  group: true,
  encoding: true,
  consolidated: true,
  zarrFormat: true,
  appendDim: true,
  region: true,
  shards: true,
  safeChunks: true,
  storageOptions: true,
};

/**
 * Write a dataset to Zarr in one pass over its sources, chunk by chunk.
 *
 * Values are written before the metadata that speaks of them: a write that is cut short leaves what was
 * there readable, or a store that says it is incomplete.
 */
export async function writeZarr(parts: DatasetParts, target: ZarrTarget, options: ToZarrOptions = {}): Promise<void> {
  checkOptions("toZarr", options, KNOWN);
  const mode = modeOf(options);
  const { requireWritable, resolveStore } = await import("../stores/index.ts");
  const store = requireWritable(await resolveStore(target, { ...options.storageOptions, signal: options.signal }));
  if (mode === "a" || mode === "r+") return update(parts, store, mode, options);
  const { spec, arrays } = await encoded(parts, options, options.encoding);
  if (mode === "w") await refuseSelfOverwrite(arrays, store);
  await write(store, spec, { ...common(options), mode: mode === "w" ? "replace" : "create" }, options, (sink) =>
    [...arrays].map(([name, array]) => ({ array, sink: sink(name) })),
  );
}

function modeOf({ mode, appendDim, region }: ToZarrOptions): "w-" | "w" | "a" | "r+" {
  if (mode !== undefined && !MODES.includes(mode)) throw new ArgumentError(unknownName("mode", mode, MODES), { mode });
  if (appendDim !== undefined && region !== undefined)
    throw new ArgumentError("appendDim and region are two places to write to; give one", { appendDim });
  if (region !== undefined) {
    if (mode === "w" || mode === "w-")
      throw new ArgumentError(`a region is a part of what is there, so mode can be "r+" or "a", not ${JSON.stringify(mode)}`, { mode });
    return mode ?? "r+";
  }
  if (appendDim !== undefined && mode !== undefined && mode !== "a")
    throw new ArgumentError(`appendDim adds to what is there, so mode can only be "a", not ${JSON.stringify(mode)}`, { mode });
  return mode ?? (appendDim === undefined ? "w-" : "a");
}

function common({ zarrFormat, consolidated, group, signal }: ToZarrOptions): ZarrWriteOptions {
  return { zarrFormat, consolidated, group, signal };
}

/** The dataset encoded, its chunks chosen, below the group that is asked for. */
async function encoded(
  parts: DatasetParts,
  options: ToZarrOptions,
  encoding: EncodingOption | undefined,
): Promise<{ spec: GroupSpec; arrays: Map<string, AnyArray> }> {
  const { spec, arrays } = await encodeDataset(parts, {
    traits: TRAITS,
    known: KNOWN_ENCODINGS.zarr,
    encoding,
    compute: { signal: options.signal },
  });
  const variables = new Map<string, VariableSpec>();
  const out = new Map<string, AnyArray>();
  for (const [name, variable] of spec.variables) {
    const array =
      variable.dtype === "bytes"
        ? (await loadVariables(new Map([[name, new Variable(variable.dims, arrays.get(name)!)]]), [name])).get(name)!.array
        : arrays.get(name)!;
    const chunks = chunksFor(name, array, variable.dtype, variable.encoding, ownValue(encoding, name)?.chunks !== undefined);
    const inherited = options.zarrFormat === 2 && ownValue(encoding, name) === undefined ? undefined : variable.encoding.shards;
    const shards = inherited ?? shardsFor(variable, chunks, array.shape, options.shards);
    const own = {
      ...variable.encoding,
      chunks,
      ...(shards ? { shards } : {}),
      ...(variable.dtype === "bytes" ? { dtype: bytesDType(array) } : {}),
    };
    if (!shards) delete (own as { shards?: unknown }).shards;
    variables.set(name, { ...variable, encoding: own });
    out.set(name, array);
  }
  return { spec: { ...spec, variables }, arrays: out };
}

/** Strings of bytes have one length in Zarr: that of the longest. */
function bytesDType(array: AnyArray): string {
  let most = 1;
  for (const bytes of flatValues(inMemory(array)!) as readonly (Uint8Array | null)[]) most = Math.max(most, bytes?.length ?? 0);
  return `S${most}`;
}

function shardsFor(
  { dims }: VariableSpec,
  chunks: readonly number[],
  shape: readonly number[],
  wish: ToZarrOptions["shards"],
): number[] | undefined {
  if (wish === undefined || !dims.some((dim) => Object.hasOwn(wish, dim))) return undefined;
  return dims.map((dim, i) => {
    const chunk = chunks[i]!;
    const size = ownValue(wish, dim) ?? chunk;
    if (!Number.isInteger(size) || size < 1 || size % chunk !== 0) {
      // A shard may not be smaller than the chunks of a short dimension.
      if (shape[i]! <= chunk) return chunk;
      throw new EncodingError(`shards of ${size} along ${JSON.stringify(dim)} do not hold whole chunks of ${chunk}`, { dim, size, chunk });
    }
    return size;
  });
}

async function write(
  store: WritableStore,
  spec: GroupSpec,
  zarr: ZarrWriteOptions,
  options: ToZarrOptions,
  pairs: (sink: (name: string) => StorePair["sink"]) => readonly StorePair[],
): Promise<void> {
  const [{ createZarr }, compute] = await Promise.all([import("../backends/zarr/index.ts"), import("../compute/index.ts")]);
  const writer = await createZarr(store, spec, zarr);
  try {
    await compute.store(
      pairs((name) => writer.sink(name)),
      options,
    );
    await writer.finish();
  } catch (error) {
    await writer.abort().catch(() => undefined);
    throw error;
  }
}

/** Write into a store that is there. */
async function update(parts: DatasetParts, store: WritableStore, mode: "a" | "r+", options: ToZarrOptions): Promise<void> {
  const existing = await openExisting(store, options);
  if (existing === undefined) {
    if (mode === "r+")
      throw new ArgumentError(
        `mode "r+" changes what is there, and there is nothing at ${store.url ?? "the store"}${options.group ? ` in group ${options.group}` : ""}; write it first`,
        { mode },
      );
    return writeZarr(parts, store, { ...options, mode: "w-", appendDim: undefined, region: undefined });
  }
  const { appendDim, region } = options;
  const there = await decodedExisting(existing, parts, options);
  if (mode === "r+")
    for (const name of [...parts.vars.keys(), ...parts.coords.keys()])
      if (!there.has(name))
        throw new ArgumentError(`mode "r+" changes variables that are there: ${unknownName("variable", name, there.keys())}`, { name });
  const extent =
    region !== undefined ? regionExtent(parts, region, there) : appendDim === undefined ? new Map() : appendExtent(parts, appendDim, there);
  const placed = region === "auto" ? withoutApart(parts, extent) : parts;
  const { spec, arrays } = await encoded(likeExisting(placed, there), options, wishesFor(options.encoding, there));
  checkSizes(spec, there, extent);
  const whole: GroupSpec = { ...spec, dims: wholeDims(spec, there, extent), attrs: region === undefined ? spec.attrs : existing.attrs };
  const kept = region === undefined ? whole : { ...whole, variables: keepAttrs(whole.variables, existing) };
  await write(store, kept, { ...common(options), mode: "update" }, options, (sink) =>
    [...arrays].map(([name, array]) => {
      const raw = existing.variables.get(name);
      const target = sink(name);
      if (raw === undefined) return { array, sink: target };
      const { dims } = spec.variables.get(name)!;
      if (!dims.some((dim) => extent.has(dim))) return { array, sink: target };
      const box: Box = Float64Array.from(dims.flatMap((dim, i) => extent.get(dim) ?? [0, array.shape[i]!]));
      if (region !== undefined && options.safeChunks !== false && !isAligned(box, target.grid)) {
        throw new EncodingError(
          `the region of variable ${JSON.stringify(name)} ends within chunks of (${target.grid.map((axis) => axis.size ?? "?").join(", ")}), which another process may be writing; align it to them, or say { safeChunks: false } where nobody is`,
          { name },
        );
      }
      const part = coverChunks({ box, array }, target.grid, raw.data instanceof NDArray ? raw.data : fromSource(raw.data));
      return { array: part.array, sink: partSink(target, part.box) };
    }),
  );
}

async function openExisting(store: WritableStore, { group, signal }: ToZarrOptions): Promise<RawGroup | undefined> {
  const { zarrBackend } = await import("../backends/zarr/index.ts");
  try {
    return await zarrBackend.open(store, { ...(group === undefined ? {} : { group }), ...(signal ? { signal } : {}) });
  } catch (error) {
    if (isGraticuleError(error, "StoreError", "BackendError") && !(await hasMetadata(store, group))) return undefined;
    throw error;
  }
}

/** Whether there is anything at all of the group: what is there and cannot be read must not be taken for nothing. */
async function hasMetadata(store: WritableStore, group = ""): Promise<boolean> {
  const names = group.split("/").filter((name) => name !== "");
  const folder = names.length > 0 ? `/${names.join("/")}/` : "/";
  for (const file of ["zarr.json", ".zgroup", ".zarray"])
    if ((await store.get(`${folder}${file}` as `/${string}`)) !== undefined) return true;
  return false;
}

/** The existing variables decoded, those in memory that say where the dataset belongs. */
async function decodedExisting(
  existing: RawGroup,
  parts: DatasetParts,
  { region, signal }: ToZarrOptions,
): Promise<ReadonlyMap<string, Variable>> {
  const raw = new Map(
    [...existing.variables].map(
      ([name, v]) =>
        [
          name,
          new Variable(v.dims, v.data instanceof NDArray ? v.data : fromSource(v.data), { attrs: v.attrs, encoding: v.encoding }),
        ] as const,
    ),
  );
  const attrTypes = new Map([...existing.variables].map(([name, v]) => [name, v.attrTypes] as const));
  const { variables } = decodeVariables({ variables: raw, attrs: existing.attrs, attrTypes });
  const labels = region === undefined ? [] : [...sizesOf(parts).keys()].filter((dim) => variables.get(dim)?.ndim === 1);
  return loadVariables(variables, labels, { signal });
}

function appendExtent(parts: DatasetParts, dim: string, there: ReadonlyMap<string, Variable>): Extent {
  const sizes = sizesOf(parts);
  const size = sizes.get(dim);
  if (size === undefined) throw new DimensionError(`appendDim: ${unknownName("dimension", dim, sizes.keys())}`, { dim });
  for (const v of there.values()) {
    const axis = v.dims.indexOf(dim);
    if (axis >= 0) return new Map([[dim, [v.shape[axis]!, v.shape[axis]! + size] as const]]);
  }
  throw new DimensionError(`appendDim: ${unknownName("dimension", dim, new Set([...there.values()].flatMap((v) => v.dims as string[])))}`, {
    dim,
  });
}

/** Region "auto" leaves out what does not lie in it. */
function withoutApart(parts: DatasetParts, extent: Extent): DatasetParts {
  const inside = ([, v]: readonly [string, Variable]): boolean => v.dims.some((dim: string) => extent.has(dim));
  return { ...parts, vars: new Map([...parts.vars].filter(inside)), coords: new Map([...parts.coords].filter(inside)) };
}

/** Variables in the dimension order of those that are there, and with their conventions: units, packing, fill values. */
function likeExisting(parts: DatasetParts, there: ReadonlyMap<string, Variable>): DatasetParts {
  const like = (map: ReadonlyMap<string, Variable>): Map<string, Variable> =>
    new Map(
      [...map].map(([name, v]) => {
        const old = there.get(name);
        if (old === undefined) return [name, v];
        if (old.ndim !== v.ndim || !old.dims.every((dim: string) => v.dims.includes(dim))) {
          throw new DimensionError(
            `variable ${JSON.stringify(name)} has dimensions (${v.dims.join(", ")}), and there it has (${old.dims.join(", ")})`,
            { name },
          );
        }
        return [name, transposeVariable(v, old.dims as string[]).replace({ encoding: old.encoding })];
      }),
    );
  return { ...parts, vars: like(parts.vars), coords: like(parts.coords) };
}

/** Encodings of variables that are there are fixed. */
function wishesFor(encoding: EncodingOption | undefined, there: ReadonlyMap<string, Variable>): EncodingOption | undefined {
  for (const name of Object.keys(encoding ?? {})) {
    if (there.has(name))
      throw new UnsupportedError(
        `variable ${JSON.stringify(name)} is there already, so its encoding cannot be changed; leave it out of encoding, or write with mode "w"`,
        { name },
      );
  }
  return encoding;
}

function checkSizes(spec: GroupSpec, there: ReadonlyMap<string, Variable>, extent: Extent): void {
  for (const [name, { dims }] of spec.variables) {
    const old = there.get(name);
    old?.dims.forEach((dim: string, i) => {
      const size = spec.dims.get(dim)?.size;
      if (!extent.has(dim) && dims.includes(dim) && size !== old.shape[i]) {
        throw new DimensionError(
          `variable ${JSON.stringify(name)} has length ${size} along ${JSON.stringify(dim)}, and there it has ${old.shape[i]}; append with appendDim, write a region, or replace it with mode "w"`,
          { name, dim },
        );
      }
    });
  }
}

/** Dimensions as long as they will be. */
function wholeDims(spec: GroupSpec, there: ReadonlyMap<string, Variable>, extent: Extent): Map<string, RawDimension> {
  const dims = new Map(spec.dims);
  for (const [dim, [, stop]] of extent) {
    let size = stop;
    for (const v of there.values()) {
      const axis = v.dims.indexOf(dim);
      if (axis >= 0) size = Math.max(size, v.shape[axis]!);
    }
    dims.set(dim, { size, unlimited: false });
  }
  return dims;
}

/** Writing a region changes no attributes. */
function keepAttrs(variables: GroupSpec["variables"], existing: RawGroup): Map<string, VariableSpec> {
  return new Map(
    [...variables].map(([name, v]) => {
      const raw = existing.variables.get(name);
      return [name, raw ? { ...v, attrs: raw.attrs, attrTypes: raw.attrTypes } : v];
    }),
  );
}
