/** Zarr stores made by hand, so that reading is tested without writing; stores that count; values to compare. */
import { expect } from "vitest";
import { DataArray, Dataset, dateRange, type ErrorTag, isGraticuleError } from "../../src/index.ts";
import type { ByteRange, Store, StoreKey } from "../../src/stores/index.ts";

/** One variable of a store made by {@link zarrMap}: `value` gives the element at a flat position. */
export interface StoredVariable {
  readonly dims: readonly string[];
  readonly shape: readonly number[];
  readonly chunks: readonly number[];
  readonly dtype: "float32" | "float64" | "int32";
  readonly attrs?: Readonly<Record<string, unknown>>;
  readonly value: (flat: number) => number;
  /** Chunks inside a shard; the shard is `chunks`. */
  readonly inner?: readonly number[];
}

const ARRAYS = { float32: Float32Array, float64: Float64Array, int32: Int32Array } as const;
const product = (n: readonly number[]): number => n.reduce((a, b) => a * b, 1);

/** The elements of the box at `start`, in C order; zeros outside the array. */
function boxBytes({ shape, dtype, value }: StoredVariable, start: readonly number[], size: readonly number[]): Uint8Array {
  const out = new ARRAYS[dtype](product(size));
  for (let i = 0; i < out.length; i++) {
    let rest = i;
    let flat = 0;
    let stride = 1;
    let inside = true;
    for (let axis = size.length - 1; axis >= 0; axis--) {
      const at = start[axis]! + (rest % size[axis]!);
      rest = Math.floor(rest / size[axis]!);
      if (at >= shape[axis]!) inside = false;
      flat += at * stride;
      stride *= shape[axis]!;
    }
    out[i] = inside ? value(flat) : 0;
  }
  return new Uint8Array(out.buffer);
}

/** Every position of a grid, in C order. */
function* positions(counts: readonly number[]): Generator<number[]> {
  for (let i = 0; i < product(counts); i++) {
    let rest = i;
    const at = counts.map(() => 0);
    for (let axis = counts.length - 1; axis >= 0; axis--) {
      at[axis] = rest % counts[axis]!;
      rest = Math.floor(rest / counts[axis]!);
    }
    yield at;
  }
}

/** A shard: inner chunks one behind another, and their offsets and lengths at its end. */
function shardBytes(variable: StoredVariable, at: readonly number[], inner: readonly number[]): Uint8Array {
  const counts = variable.chunks.map((n, axis) => n / inner[axis]!);
  const parts = [...positions(counts)].map((position) =>
    boxBytes(
      variable,
      position.map((p, axis) => at[axis]! * variable.chunks[axis]! + p * inner[axis]!),
      inner,
    ),
  );
  const index = new BigUint64Array(parts.flatMap((part, i) => [BigInt(i * part.length), BigInt(part.length)]));
  return new Uint8Array([...parts.flatMap((part) => [...part]), ...new Uint8Array(index.buffer)]);
}

const json = (document: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(document));
const LITTLE = { name: "bytes", configuration: { endian: "little" } };

/** The document of an array of Zarr v3. */
export function arrayDocument({ dims, shape, chunks, dtype, attrs = {}, inner }: StoredVariable): Record<string, unknown> {
  const shard = {
    name: "sharding_indexed",
    configuration: { chunk_shape: inner, codecs: [LITTLE], index_codecs: [LITTLE], index_location: "end" },
  };
  return {
    zarr_format: 3,
    node_type: "array",
    shape,
    data_type: dtype,
    fill_value: 0,
    attributes: attrs,
    dimension_names: dims,
    chunk_grid: { name: "regular", configuration: { chunk_shape: chunks } },
    chunk_key_encoding: { name: "default", configuration: { separator: "/" } },
    codecs: [inner ? shard : LITTLE],
  };
}

/** A Zarr v3 group with consolidated metadata, as keys and bytes. */
export function zarrMap(
  variables: Readonly<Record<string, StoredVariable>>,
  attrs: Readonly<Record<string, unknown>> = {},
): Map<string, Uint8Array> {
  const map = new Map<string, Uint8Array>();
  const metadata = Object.fromEntries(Object.entries(variables).map(([name, variable]) => [name, arrayDocument(variable)]));
  map.set(
    "/zarr.json",
    json({
      zarr_format: 3,
      node_type: "group",
      attributes: attrs,
      consolidated_metadata: { kind: "inline", must_understand: false, metadata },
    }),
  );
  for (const [name, variable] of Object.entries(variables)) {
    map.set(`/${name}/zarr.json`, json(metadata[name]));
    const counts = variable.shape.map((n, axis) => Math.ceil(n / variable.chunks[axis]!));
    for (const at of positions(counts)) {
      map.set(
        `/${name}/c/${at.join("/")}`,
        variable.inner
          ? shardBytes(variable, at, variable.inner)
          : boxBytes(
              variable,
              at.map((p, axis) => p * variable.chunks[axis]!),
              variable.chunks,
            ),
      );
    }
  }
  return map;
}

/** Air on (time, lat, lon), with a mask `land` on (lat, lon): daily from 2000-01-01, 2.5° north to south. */
export function airVariables(
  shape: readonly [number, number, number] = [40, 10, 20],
  chunks: readonly number[] = [10, 5, 10],
  inner?: readonly number[],
): Record<string, StoredVariable> {
  const [nt, ny, nx] = shape;
  const field = {
    dims: ["time", "lat", "lon"],
    shape,
    chunks,
    dtype: "float32",
    attrs: { units: "K", long_name: "air temperature" },
    ...(inner ? { inner } : {}),
  } as const;
  return {
    air: {
      ...field,
      value: (flat) => 280 + 10 * Math.sin((Math.floor(flat / (ny * nx)) * 2 * Math.PI) / 365.25) + ((flat * 7919) % 101) / 50,
    },
    wind: { ...field, attrs: { units: "m s-1" }, value: (flat) => ((flat * 31) % 97) / 10 },
    land: { dims: ["lat", "lon"], shape: [ny, nx], chunks: [ny, nx], dtype: "int32", value: (flat) => flat % 2 },
    time: {
      dims: ["time"],
      shape: [nt],
      chunks: [nt],
      dtype: "int32",
      attrs: { units: "days since 2000-01-01", calendar: "standard" },
      value: (flat) => flat,
    },
    lat: {
      dims: ["lat"],
      shape: [ny],
      chunks: [ny],
      dtype: "float64",
      attrs: { units: "degrees_north" },
      value: (flat) => 60 - 2.5 * flat,
    },
    lon: { dims: ["lon"], shape: [nx], chunks: [nx], dtype: "float64", attrs: { units: "degrees_east" }, value: (flat) => 2.5 * flat },
  };
}

/** The same dataset in memory, from the same formulas. */
export function airDataset(shape: readonly [number, number, number] = [40, 10, 20]): Dataset<{
  air: DataArray<"time" | "lat" | "lon", "float32">;
  wind: DataArray<"time" | "lat" | "lon", "float32">;
  land: DataArray<"lat" | "lon", "int32">;
}> {
  const stored = airVariables(shape);
  const array = (name: string): DataArray<any, any> => {
    const { dims, shape, dtype, attrs = {}, value } = stored[name]!;
    return new DataArray(
      Array.from({ length: product(shape) }, (_, i) => value(i)),
      { shape, dims, dtype, attrs, name } as never,
    );
  };
  return new Dataset(
    { air: array("air"), wind: array("wind"), land: array("land") },
    { coords: { time: dateRange("2000-01-01", { periods: shape[0], freq: "D" }), lat: array("lat"), lon: array("lon") } as never },
  ) as never;
}

/** One read of a key, whole or in part. */
export interface Read {
  readonly key: string;
  readonly range: ByteRange | undefined;
}

/** A store that counts what is read of it. */
export interface CountingStore extends Store {
  readonly reads: Read[];
  /** How often each chunk of the variables named (all but coordinates by default) was read. */
  chunkReads(...names: readonly string[]): Map<string, number>;
}

/** Count the reads of a store in memory. */
export function countingStore(map: ReadonlyMap<string, Uint8Array>): CountingStore {
  const reads: Read[] = [];
  const slice = (bytes: Uint8Array, range: ByteRange): Uint8Array =>
    "suffixLength" in range
      ? bytes.slice(Math.max(0, bytes.length - range.suffixLength))
      : bytes.slice(range.offset, range.offset + range.length);
  return {
    reads,
    get: async (key: StoreKey) => {
      reads.push({ key, range: undefined });
      return map.get(key);
    },
    getRange: async (key: StoreKey, range: ByteRange) => {
      reads.push({ key, range });
      const bytes = map.get(key);
      return bytes && slice(bytes, range);
    },
    chunkReads: (...names) => {
      const wanted = names.length > 0 ? names : ["air", "wind", "land"];
      const counts = new Map<string, number>();
      for (const { key } of reads) {
        const [, name, ...rest] = key.split("/");
        if (wanted.includes(name!) && rest[0] === "c") counts.set(key, (counts.get(key) ?? 0) + 1);
      }
      return counts;
    },
  };
}

/** Numbers of an array, as plain numbers. */
export const numbersOf = (data: DataArray<any, any>): number[] => Array.from(data.values as ArrayLike<number>, Number);

/** The error of a call, as its tag and message; anything that is no error of this library is thrown on. */
export async function problem(work: () => unknown): Promise<{ tag: ErrorTag | "none"; message: string }> {
  try {
    await work();
  } catch (error) {
    if (!isGraticuleError(error)) throw error;
    return { tag: error.tag, message: error.message };
  }
  return { tag: "none", message: "no error" };
}

/** A call that must fail: what it is, the tag and the message. */
export type Case = readonly [what: string, work: () => unknown, tag: ErrorTag, message: RegExp];

/** Whether a call fails as its case says, in few words. */
export const check = async (_what: string, work: () => unknown, tag: ErrorTag, message: RegExp): Promise<void> => {
  const found = await problem(work);
  expect(found).toEqual({ tag, message: expect.stringMatching(message) });
  expect(found.message.length).toBeLessThan(600);
};
