/**
 * The values of one variable of a classic file as a source.
 *
 * A fixed variable is one run of bytes, cut into row-aligned pieces of about a megabyte. A record
 * variable is one run per record, `recordSize` apart: records are taken together, with what lies
 * between them where that is little, else each by itself.
 */
import { type BoxSet, boxShape, boxSize } from "../../array/box.ts";
import { type ChunkGrid, chunkBox, chunksIn, regularAxis } from "../../array/grid.ts";
import { cStrides, type Shape } from "../../array/meta.ts";
import { NDArray } from "../../array/ndarray.ts";
import type { ChunkRef, FetchRange, Source } from "../../array/source.ts";
import { valuesFromBytes } from "../../codecs/values.ts";
import type { AnyValues } from "../../dtypes/types.ts";
import { BackendError } from "../../errors.ts";
import type { Store } from "../../stores/contract.ts";
import { FILE_KEY } from "../file-access.ts";
import type { ClassicHeader, ClassicVariable } from "./header.ts";
import { charsOf } from "./types.ts";

const PIECE = 1 << 20;
/** Records further apart than this multiple of their size are fetched one by one, if the gap is not small. */
const WASTE = 2;
const SMALL_GAP = 4096;
const MOST_RANGES = 1024;

/** The chunks a variable is read by: whole trailing axes, part of one, single steps along the leading ones. */
export function pieceGrid(shape: Shape, itemSize: number, record?: { bytes: number; size: number }): ChunkGrid {
  let budget = Math.max(1, Math.floor(PIECE / itemSize));
  const chunk = new Array<number>(shape.length).fill(1);
  const first = record ? 1 : 0;
  let whole = true;
  for (let i = shape.length - 1; i >= first; i--) {
    chunk[i] = Math.max(1, Math.min(shape[i]!, budget));
    if (chunk[i]! < shape[i]!) {
      whole = false;
      break;
    }
    budget = Math.max(1, Math.floor(budget / Math.max(1, shape[i]!)));
  }
  if (record && whole) {
    const each = spans(record) ? record.size : record.bytes;
    const most = spans(record) ? Number.POSITIVE_INFINITY : MOST_RANGES;
    chunk[0] = Math.max(1, Math.min(shape[0]!, most, Math.floor(PIECE / Math.max(1, each))));
  }
  return shape.map((n, i) => regularAxis(n, chunk[i]!));
}

/** Whether several records are fetched in one range, with the other variables' bytes between them. */
function spans(record: { bytes: number; size: number }): boolean {
  return record.size <= WASTE * record.bytes || record.size - record.bytes <= SMALL_GAP;
}

/** The source of a variable. */
export function classicSource(header: ClassicHeader, variable: ClassicVariable, store: Store): Source {
  const { type, begin, record, name } = variable;
  const shape = variable.dims.map((d) => d.size);
  const layout = record ? { bytes: variable.bytes, size: header.recordSize } : undefined;
  const grid = pieceGrid(shape, type.size, layout);
  const strides = cStrides(shape);

  const rangesOf = (box: Float64Array): FetchRange[] => {
    let at = 0;
    for (let i = record ? 1 : 0; i < shape.length; i++) at += box[2 * i]! * strides[i]!;
    if (layout === undefined) return [{ key: FILE_KEY, offset: begin + at * type.size, length: boxSize(box) * type.size }];
    const records = box[1]! - box[0]!;
    const offset = begin + box[0]! * layout.size + at * type.size;
    const length = (boxSize(box) / records) * type.size;
    if (records === 1 || spans(layout)) return [{ key: FILE_KEY, offset, length: (records - 1) * layout.size + length }];
    return Array.from({ length: records }, (_, r) => ({ key: FILE_KEY, offset: offset + r * layout.size, length }));
  };

  const refOf = (id: number): ChunkRef => {
    const box = chunkBox(grid, id);
    const ranges = rangesOf(box);
    return {
      id,
      box,
      ranges,
      decoded: boxSize(box) * (type.name === "S1" ? 16 : type.size),
      encodedMax: ranges.reduce((n, r) => n + r.length!, 0),
    };
  };

  const decode = (chunk: ChunkRef, raw: readonly (Uint8Array | undefined)[]): NDArray => {
    chunk.ranges.forEach((range, i) => {
      if (raw[i]?.length !== range.length)
        throw new BackendError(
          `${store.url} is truncated: variable ${JSON.stringify(name)} wants ${range.length} bytes at ${range.offset} and ${raw[i]?.length ?? 0} came`,
          { variable: name, ...range },
        );
    });
    const bytes = joined(raw as readonly Uint8Array[], chunk, layout?.size ?? 0, type.size);
    const values = type.name === "S1" ? charsOf(bytes) : valuesFromBytes(type.element, bytes, true);
    return new NDArray(values as AnyValues, boxShape(chunk.box), type.dtype);
  };

  return {
    ref: { backend: "netcdf3", store: store.url ?? "", path: `/${name}`, meta: { begin } },
    meta: { shape, dtype: type.dtype },
    grid,
    store,
    reach: "local",
    locate: (boxes: BoxSet) => {
      const ids = new Set<number>();
      for (const box of boxes) for (const id of chunksIn(grid, box)) ids.add(id);
      return [...ids].sort((a, b) => a - b).map(refOf);
    },
    decode,
  };
}

/** The bytes of a chunk's records one after another. */
function joined(raw: readonly Uint8Array[], chunk: ChunkRef, recordSize: number, itemSize: number): Uint8Array {
  const total = boxSize(chunk.box) * itemSize;
  const first = raw[0]!;
  if (raw.length === 1 && first.length === total) return first;
  const records = chunk.box[1]! - chunk.box[0]!;
  const each = total / records;
  const out = new Uint8Array(total);
  for (let r = 0; r < records; r++) out.set(raw.length === 1 ? first.subarray(r * recordSize, r * recordSize + each) : raw[r]!, r * each);
  return out;
}
