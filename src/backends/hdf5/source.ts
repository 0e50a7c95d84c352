/**
 * The values of a dataset as a source.
 *
 * Opaque to the planner: the library does not say where chunks are, so `read` gives blocks and the
 * source's grid is that of the stored chunks. A region is read at once where its bytes are at hand,
 * and chunk by chunk where they have to be fetched, so that many chunks are fetched together.
 * Where a dataset is shorter than its unlimited dimension, the rest reads as its fill value.
 */
import { type Box, boxShape, boxSize, intersect, sameBox, wholeBox } from "../../array/box.ts";
import { type ChunkGrid, regularAxis, wholeGrid } from "../../array/grid.ts";
import { cStrides, type Shape } from "../../array/meta.ts";
import { empty, NDArray } from "../../array/ndarray.ts";
import type { Source } from "../../array/source.ts";
import { slotsPerElement } from "../../dtypes/traits.ts";
import type { AnyValues } from "../../dtypes/types.ts";
import { UnsupportedError } from "../../errors.ts";
import { copyStrided } from "../../kernels/copy.ts";
import type { ReadOptions, Store } from "../../stores/contract.ts";
import type { AttrValue } from "../contract.ts";
import type { StoredType } from "./datatype.ts";
import { requireFilters } from "./filters.ts";
import { type H5Functions, withMemory } from "./library.ts";
import type { H5Dataset } from "./scan.ts";
import type { Hdf5Session } from "./session.ts";
import { chunked, ONE_CALL, runs, slabs } from "./slabs.ts";

/** The source of a dataset whose values are of `type`; `url` is a file's that `store` is. */
export function datasetSource(session: Hdf5Session, dataset: H5Dataset, type: StoredType, store: Store): Source {
  const { path, meta } = dataset;
  const extent = meta.shape ?? [];
  const shape: Shape = dataset.dims.map((d) => d.size);
  const grid: ChunkGrid = meta.chunks ? shape.map((n, i) => regularAxis(n, Math.max(1, meta.chunks![i]!))) : wholeGrid(shape);

  const read = async (box: Box, options: ReadOptions): Promise<NDArray> => {
    await requireFilters(dataset, session.url);
    if (meta.virtual_sources)
      throw new UnsupportedError(`${path} of ${session.url} is a virtual dataset, whose values are in other files; open those`, { path });
    const outShape = boxShape(box);
    if (boxSize(box) === 0) return empty(outShape, type.dtype);
    const stored = extent.length === 0 ? box : intersect(box, wholeBox(extent));
    const what = { ...options, what: path, tolerant: type.complains };
    if (session.local && stored !== undefined && sameBox(stored, box) && boxSize(box) * type.size <= ONE_CALL) {
      return new NDArray(await session.call((f, file) => readPart(f, file, path, type, box), what), outShape, type.dtype);
    }
    const out = empty(outShape, type.dtype);
    if (stored === undefined || boxSize(stored) < boxSize(box)) fill(out.data, fillValue(dataset, type), type);
    if (stored === undefined) return out;
    const strides = cStrides(outShape);
    const body = (f: H5Functions, file: bigint, part: Box): void => {
      const values = readPart(f, file, path, type, part);
      const counts = boxShape(part);
      let to = 0;
      for (let i = 0; i < counts.length; i++) to += (part[2 * i]! - box[2 * i]!) * strides[i]!;
      copyStrided(values, counts, cStrides(counts), 0, out.data, strides, to, slotsPerElement(type.dtype));
    };
    const parts = slabs(stored, grid, type.size);
    // Local bytes are all at hand; remote ones are asked for piece by piece so that they come together.
    const pieces = session.local
      ? parts
      : parts.flatMap((part) => (meta.chunks ? chunked(part, grid) : runs(part, extent)).flatMap((piece) => slabs(piece, grid, type.size)));
    for (const batch of batches(pieces, type.size)) await session.each(batch, body, what);
    return out;
  };

  return {
    ref: { backend: "hdf5", store: store.url ?? "", path, meta: null },
    meta: { shape, dtype: type.dtype },
    grid,
    store,
    reach: "local",
    read,
  };
}

/** Bytes that are asked for at once, so that fetching does not hold a large region twice. */
const BATCH = 1 << 26;

function* batches(pieces: readonly Box[], itemSize: number): Generator<Box[]> {
  let batch: Box[] = [];
  let bytes = 0;
  for (const piece of pieces) {
    batch.push(piece);
    bytes += boxSize(piece) * itemSize;
    if (bytes < BATCH) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}

function readPart(f: H5Functions, file: bigint, path: string, type: StoredType, part: Box): AnyValues {
  const counts = boxShape(part);
  const bytes = boxSize(part) * type.size;
  const count = counts.map(BigInt);
  return withMemory(f, bytes, (pointer) => {
    if (type.vlen) f.HEAPU8.fill(0, pointer, pointer + bytes);
    const status =
      counts.length === 0
        ? f.get_dataset_data(file, path, null, null, null, BigInt(pointer))
        : f.get_dataset_data(
            file,
            path,
            count,
            counts.map((_, i) => BigInt(part[2 * i]!)),
            counts.map(() => 1n),
            BigInt(pointer),
          );
    if (status < 0) throw new Error("the values cannot be read");
    const values = type.decode(f.HEAPU8.slice(pointer, pointer + bytes), f);
    if (type.vlen) {
      if (counts.length === 0) f.reclaim_vlen_memory(file, path, "", BigInt(pointer));
      else f.reclaim_vlen_memory_count(file, path, "", BigInt(pointer), count);
    }
    return values;
  });
}

/** netCDF's fill values, for what was never written. */
const DEFAULT_FILLS: Readonly<Record<string, AttrValue>> = {
  int8: -127,
  uint8: 255,
  int16: -32767,
  uint16: 65535,
  int32: -2147483647,
  uint32: 4294967295,
  bigint64: -9223372036854775806n,
  biguint64: 18446744073709551614n,
  float32: 9.969209968386869e36,
  float64: 9.969209968386869e36,
  string: "",
};

function fillValue({ own }: H5Dataset, type: StoredType): AttrValue {
  const declared = own.attrs._FillValue;
  return declared !== undefined && !Array.isArray(declared) ? declared : (DEFAULT_FILLS[type.dtype] ?? 0);
}

function fill(values: AnyValues, value: AttrValue, type: StoredType): void {
  if (values instanceof BigInt64Array || values instanceof BigUint64Array) values.fill(BigInt(value as number));
  else if (!Array.isArray(values)) values.fill(Number(value));
  else if (type.dtype === "string") (values as (string | null)[]).fill(String(value));
  else
    (values as (Uint8Array | null)[]).fill(
      typeof value === "string" && value !== "" ? new TextEncoder().encode(value) : new Uint8Array(type.size === 1 ? 1 : 0),
    );
}
