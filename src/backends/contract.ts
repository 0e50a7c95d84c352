/**
 * The backend contract: what a format yields and what it takes, before and after CF decoding.
 *
 * A backend opens a target into a tree of raw groups: dimensions, attributes and variables whose
 * values are sources as the file stores them. It knows nothing of fill values, packing or times;
 * `coding/` decodes. Writing mirrors it: a tree of encoded variables in, one sink per variable out.
 *
 * How raw values arrive: 64-bit integers as `bigint64`/`biguint64`; netCDF characters as `bytes`
 * with exactly one byte per element (NUL too), `encoding.dtype` `"S1"` and the length as last
 * dimension; strings of fixed length n as `bytes` without trailing NULs, `encoding.dtype` `"S<n>"`;
 * text of variable length as `string`, `encoding.dtype` `"str"`.
 */
import type { NDArray } from "../array/ndarray.ts";
import type { Sink, Source } from "../array/source.ts";
import type { DType } from "../dtypes/types.ts";
import type { ReadOptions } from "../stores/contract.ts";
import type { RandomAccess } from "../stores/file-contract.ts";
import type { ResolveOptions } from "../stores/resolve.ts";
import type { Attrs, AttrValue, Encoding } from "../variable/attrs.ts";

export type { Attrs, AttrValue, Encoding, RandomAccess };

/** The stored types of attributes, where they say more than the values: `{ scale_factor: "float32" }`. */
export type AttrTypes = { readonly [name: string]: DType };

/** A dimension of a raw group. */
export interface RawDimension {
  readonly size: number;
  readonly unlimited: boolean;
}

/** A variable as stored. */
export interface RawVariable {
  readonly name: string;
  readonly dims: readonly string[];
  /** Plain values: numbers, strings, booleans, lists of them; integers beyond ±2⁵³ are bigint. */
  readonly attrs: Attrs;
  /** The stored type of each numeric attribute. */
  readonly attrTypes: AttrTypes;
  /** xarray's keys: `dtype`, `chunksizes`, `preferred_chunks`, `contiguous`, `zlib`, `complevel`, `shuffle`, `fletcher32`, `endian`, `source`, `original_shape` … */
  readonly encoding: Encoding;
  readonly data: Source | NDArray;
}

/** A group as stored. Closing the root closes the file; sources do not read after that. */
export interface RawGroup {
  /** Absolute, `/` for the root. */
  readonly path: string;
  /** The dimensions this group defines (its variables may use those of groups above). */
  readonly dims: ReadonlyMap<string, RawDimension>;
  readonly attrs: Attrs;
  readonly attrTypes: AttrTypes;
  readonly variables: ReadonlyMap<string, RawVariable>;
  /** The names of the groups right below, in file order. */
  readonly groups: readonly string[];
  /** Open a group below by name or path; throws BackendError naming the groups there are. */
  group(path: string, options?: ReadOptions): Promise<RawGroup>;
  close(): Promise<void>;
}

/** What a file backend opens: bytes, a blob, a path (Node), a URL, or anything with {@link RandomAccess}. */
export type FileTarget = Uint8Array | ArrayBuffer | Blob | string | URL | RandomAccess;

/** Options of opening; those of {@link ResolveOptions} say how URLs are read. */
export interface OpenOptions extends ResolveOptions {
  /** The group to open instead of the root. */
  readonly group?: string | undefined;
}

/** What is known of a target before it is opened. */
export interface Probe {
  readonly url: string;
  /** The first bytes (at least 8 where the target has them), for targets that are files. */
  readonly head?: Uint8Array | undefined;
}

/** A format that can be read. */
export interface Backend<T = FileTarget> {
  readonly name: string;
  /** What `open` takes: a file (default), or a store of keys such as a directory. */
  readonly takes?: "file" | "store" | undefined;
  /** Whether this looks like the format; a guess from the name alone is weaker than `head`. */
  detect(probe: Probe): boolean;
  open(target: T, options?: OpenOptions): Promise<RawGroup>;
}

/** A variable to be written: encoded, its values to come through a sink. */
export interface VariableSpec {
  readonly dims: readonly string[];
  readonly dtype: DType;
  readonly attrs: Attrs;
  /** Types of numeric attributes; without one, `_FillValue` and its like take the variable's, whole numbers int64 and others float64. */
  readonly attrTypes?: AttrTypes | undefined;
  readonly encoding: Encoding;
}

/** A group to be written. */
export interface GroupSpec {
  readonly dims: ReadonlyMap<string, RawDimension>;
  readonly attrs: Attrs;
  readonly attrTypes?: AttrTypes | undefined;
  readonly variables: ReadonlyMap<string, VariableSpec>;
  readonly groups?: ReadonlyMap<string, GroupSpec> | undefined;
}

/** A file or Zarr hierarchy that is being written. */
export interface FileWriter {
  /** Where the values of a variable go: its name, below its group's path (`"/ocean/temp"` or `"temp"`). */
  sink(path: string): Sink;
  /** Complete the file: the bytes where the target was memory, nothing where it was a path. */
  finish(): Promise<Uint8Array | undefined>;
  /** Give up; a path's old content stays. */
  abort(): Promise<void>;
}

/**
 * How `createZarr(store, spec, options)` of `backends/zarr` treats what is there; it gives a {@link FileWriter}.
 *
 * `"create"` makes the groups and arrays of the spec, and throws StoreError where one of the arrays is there
 * (or, for a group without arrays, the group); `"replace"` first deletes everything below the spec's root;
 * `"update"` keeps arrays that are there with their dtype, chunks and codecs: their sinks span the whole
 * array, they grow where the spec's dimensions are longer, and their attributes become the spec's.
 * Chunks are written before the metadata that speaks of them, consolidated metadata last, so that a
 * write that is cut short leaves what was there readable.
 *
 * Keys of `encoding`: `chunks` (or `chunksizes`), `shards`, `compressors` (`compressor` in v2), `filters`,
 * `serializer`, `fill_value`, `chunk_key_encoding`. The CF fill value comes as attribute `_FillValue`, as a
 * plain value, and is handed out as one when reading: v2 keeps it as the array's fill value, v3 as
 * attribute in xarray's form.
 */
export interface ZarrWriteOptions {
  /** The group that the spec is of (default the root): `mode` speaks of it alone. Groups above it are made where they are not there, and else left as they are. */
  readonly group?: string | undefined;
  /** Default 3, or the format that is there already. */
  readonly zarrFormat?: 2 | 3 | undefined;
  readonly mode?: "create" | "replace" | "update" | undefined;
  /** Whether consolidated metadata is written (default yes, as xarray does for both formats); false removes what is there. */
  readonly consolidated?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}
