/**
 * The HDF5 library: one WASM instance per process, loaded on demand, and a safe way to call it.
 *
 * It is synchronous and says what went wrong on stderr only, so {@link Hdf5Library.call} gives each
 * call's stderr text with its result. Errors thrown through WASM frames leave the WASM stack where
 * it was (a few thousand would exhaust it): every call goes through `ccall`, which restores it.
 */
import { BackendError, UnsupportedError } from "../../errors.ts";

/** HDF5's classes of types. */
export const TYPE_CLASS = {
  integer: 0,
  float: 1,
  time: 2,
  string: 3,
  bitfield: 4,
  opaque: 5,
  compound: 6,
  reference: 7,
  enum: 8,
  vlen: 9,
  array: 10,
} as const;

/** What an object is, as `get_type` says. */
export const OBJECT = { missing: -1, group: 0, dataset: 1, datatype: 2, softLink: 3, userLink: 4 } as const;

/** A type, and the shape of what has it, as the library describes them. */
export interface H5Metadata {
  readonly type: number;
  readonly size: number;
  readonly signed: boolean;
  readonly vlen: boolean;
  readonly littleEndian: boolean;
  readonly cset?: number;
  readonly strpad?: number;
  readonly compound_type?: { readonly members: readonly (H5Metadata & { readonly name: string; readonly offset: number })[] };
  readonly enum_type?: { readonly type: number; readonly members: Readonly<Record<string, number>> };
  /** Null for a null dataspace. */
  readonly shape: readonly number[] | null;
  readonly maxshape: readonly number[] | null;
  readonly chunks: readonly number[] | null;
  readonly total_size: number;
  readonly virtual_sources?: readonly unknown[];
}

/** How something to be created looks. */
export interface H5Create {
  readonly type: number;
  readonly size: number;
  readonly signed: boolean;
  readonly vlen: boolean;
  readonly cset?: number;
  readonly shape: readonly bigint[];
  readonly maxshape: readonly bigint[];
  readonly chunks?: readonly bigint[] | null;
  readonly compression?: number;
  readonly compression_opts?: readonly number[];
  readonly track_order?: boolean;
  readonly compound_type?: { readonly nmembers: number; readonly members: readonly unknown[] };
}

/** The parts of the WASM module that are used. Status codes below zero are failures. */
export interface H5Functions {
  readonly HEAPU8: Uint8Array;
  readonly MAXIMUM_MEMORY: number;
  readonly H5F_LIBVER_V18: number;
  _malloc(bytes: number): number;
  _free(pointer: number): void;
  ccall(name: string, result: null, types: readonly string[], args: readonly unknown[]): void;
  open(path: string, mode: number, trackOrder: boolean, low: number, high: number): bigint;
  close_file(file: bigint): number;
  flush(file: bigint): number;
  get_names(file: bigint, path: string, recursive: boolean): string[];
  get_type(file: bigint, path: string): number;
  get_attribute_names(file: bigint, path: string): string[];
  get_attribute_metadata(file: bigint, path: string, name: string): H5Metadata;
  get_attribute_data(file: bigint, path: string, name: string, pointer: bigint): number;
  get_dataset_metadata(file: bigint, path: string): H5Metadata;
  get_dataset_filters(file: bigint, path: string): { id: number; name: string; cd_values: number[] }[];
  get_dataset_data(
    file: bigint,
    path: string,
    count: readonly bigint[] | null,
    offset: readonly bigint[] | null,
    stride: readonly bigint[] | null,
    pointer: bigint,
  ): number;
  set_dataset_data(
    file: bigint,
    path: string,
    count: readonly bigint[] | null,
    offset: readonly bigint[] | null,
    stride: readonly bigint[] | null,
    pointer: bigint,
  ): number;
  get_attached_scales(file: bigint, path: string, axis: number): string[];
  reclaim_vlen_memory(file: bigint, path: string, attribute: string, pointer: bigint): number;
  reclaim_vlen_memory_count(file: bigint, path: string, attribute: string, pointer: bigint, count: readonly bigint[]): number;
  create_group(file: bigint, path: string, trackOrder: boolean): number;
  create_dataset(file: bigint, path: string, pointer: bigint, metadata: H5Create): number;
  create_attribute(file: bigint, path: string, name: string, pointer: bigint, metadata: H5Create): number;
  create_vlen_str_attribute(file: bigint, path: string, name: string, values: readonly string[], metadata: H5Create): number;
  set_scale(file: bigint, path: string, name: string): number;
  attach_scale(file: bigint, path: string, scale: string, axis: number): number;
  get_plugin_search_paths(): string[];
}

/** The file system inside the WASM instance, as far as it is used. */
export interface H5FileSystem {
  readonly ErrnoError: new (errno: number) => Error;
  getStream(fd: number): { stream_ops: StreamOps };
  analyzePath(path: string): { readonly exists: boolean };
  mkdirTree(path: string): void;
  createFile(parent: string, name: string, properties: object, canRead: boolean, canWrite: boolean): FileNode;
  readFile(path: string): Uint8Array;
  writeFile(path: string, bytes: Uint8Array): void;
  unlink(path: string): void;
}
/** A file of that file system. */
export interface FileNode {
  stream_ops: StreamOps;
  node_ops: { readonly setattr?: (node: unknown, attributes: { readonly size?: number }) => void };
  usedBytes: number;
}
/** How a file is read and written. */
export interface StreamOps {
  readonly llseek?: unknown;
  read?(stream: unknown, buffer: Int8Array, offset: number, length: number, position: number): number;
  write?(stream: unknown, buffer: Int8Array, offset: number, length: number, position?: number): number;
}

/** What a call came to. */
export interface CallResult<T> {
  readonly value: T | undefined;
  readonly thrown: unknown;
  /** What HDF5 printed: empty where all went well. */
  readonly text: string;
}

/** The library, loaded. */
export interface Hdf5Library {
  readonly functions: H5Functions;
  readonly fs: H5FileSystem;
  /** Run `body` now. Nothing it throws gets out, and the WASM stack is as before. */
  call<T>(body: (functions: H5Functions) => T): CallResult<T>;
}

let loading: Promise<Hdf5Library> | undefined;

/** The library; loads h5wasm the first time. */
export function hdf5Library(): Promise<Hdf5Library> {
  loading ??= load().catch((cause: unknown) => {
    loading = undefined;
    throw new UnsupportedError(
      `HDF5 and netCDF4 files need the package h5wasm, which could not be loaded: ${cause instanceof Error ? cause.message : String(cause)}`,
      {},
      { cause },
    );
  });
  return loading;
}

/** The folder of the library's file system that our files seem to be in. */
export const FOLDER = "/graticule";
/** Emscripten's number for a failure of input or output: what our files answer where bytes are missing. */
export const EIO = 29;
const ENTRY = "_graticule";
const LONGEST_TEXT = 16384;

async function load(): Promise<Hdf5Library> {
  const { ready } = await import("h5wasm");
  const functions = (await ready) as unknown as H5Functions & { FS: H5FileSystem } & Record<string, unknown>;
  const fs = functions.FS;
  let text = "";
  const decoder = new TextDecoder();
  const stderr = fs.getStream(2);
  stderr.stream_ops = {
    ...stderr.stream_ops,
    write: (_stream, buffer, offset, length) => {
      if (text.length < LONGEST_TEXT) text += decoder.decode(buffer.slice(offset, offset + length));
      return length;
    },
  };
  let body: () => void = () => undefined;
  functions[ENTRY] = () => {
    body();
    return 0;
  };
  return {
    functions,
    fs,
    call: <T>(run: (f: H5Functions) => T): CallResult<T> => {
      let value: T | undefined;
      let thrown: unknown;
      text = "";
      body = () => {
        try {
          value = run(functions);
        } catch (error) {
          thrown = error;
        }
      };
      // A string argument makes ccall save the stack pointer and put it back.
      functions.ccall(ENTRY.slice(1), null, ["string"], ["-"]);
      return { value, thrown, text };
    },
  };
}

/** The reason in an HDF5 error stack: the innermost message that says something. */
export function reasonIn(text: string): string {
  const reasons = [...text.matchAll(/#\d+:.* in (\w+)\(\): (.*)/g)].map((m) => m[2]!);
  return reasons.at(-1) ?? text.trim().split("\n")[0] ?? "";
}

/** The error for a call that failed on `what` of a file. */
export function failure(url: string, what: string, result: CallResult<unknown>): BackendError {
  const crashed = result.thrown instanceof Error && result.thrown.name === "RuntimeError";
  const reason = result.text !== "" ? reasonIn(result.text) : result.thrown instanceof Error ? result.thrown.message : "no reason given";
  return new BackendError(
    `cannot read ${what} of ${url}: ${crashed ? `the HDF5 library stopped (${reason}); the file is probably damaged` : reason}`,
    { url, what, log: result.text.slice(0, 4000) },
    { cause: result.thrown },
  );
}

/** Run `body` with `bytes` bytes of WASM memory; throws BackendError where there is not so much. */
export function withMemory<T>(functions: H5Functions, bytes: number, body: (pointer: number) => T): T {
  const pointer = bytes <= functions.MAXIMUM_MEMORY ? functions._malloc(Math.max(1, bytes)) : 0;
  if (pointer === 0) throw new BackendError(`the HDF5 library has no ${bytes} bytes of memory left`, { bytes });
  try {
    return body(pointer);
  } finally {
    functions._free(pointer);
  }
}
