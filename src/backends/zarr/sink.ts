/**
 * Where the values of an array go: blocks are cut into chunks, padded with the fill value, encoded and set.
 *
 * A chunk that holds nothing but its fill value is not stored. One that is written in part is read
 * first; parts of one chunk wait for one another inside of this process, and for no other.
 */
import { type Box, boxShape, boxSize, intersect, sameBox } from "../../array/box.ts";
import { chunkBox, chunksIn } from "../../array/grid.ts";
import { cStrides, sizeOf } from "../../array/meta.ts";
import { flatValues, type NDArray } from "../../array/ndarray.ts";
import type { Sink } from "../../array/source.ts";
import { entriesPerElement, filledValues, isTyped, type Pipeline } from "../../codecs/index.ts";
import { TRAITS } from "../../dtypes/traits.ts";
import type { AnyValues, TypedArray } from "../../dtypes/types.ts";
import { DimensionError, EncodingError } from "../../errors.ts";
import { copyStrided } from "../../kernels/copy.ts";
import type { ReadOptions, StoreKey, WritableStore } from "../../stores/contract.ts";
import { bytesOf, sameBytes } from "../../util/bytes.ts";
import { type ArrayMeta, chunkCoords, storedGrid } from "./metadata.ts";

/** What a sink needs to know beside the array. */
export interface SinkOptions {
  readonly writeEmpty: boolean;
  /** Throws where nothing is written any more. */
  check(): void;
}

/** Chunks that are encoded and on their way to the store at once. */
const AT_ONCE = 8;

/** Values as the codecs take them, seen through strides. */
interface Values {
  readonly data: AnyValues;
  readonly stride: readonly number[];
  readonly offset: number;
}

/** The sink of an array. */
export function zarrSink(meta: ArrayMeta, pipeline: Pipeline, store: WritableStore, { writeEmpty, check }: SinkOptions): Sink {
  const { shape, chunk, type } = meta;
  const { element } = type;
  const grid = storedGrid(meta);
  const slots = entriesPerElement(element) as 1 | 2;
  const strides = cStrides(chunk);
  const count = sizeOf(chunk);
  const locks = new Map<number, Promise<void>>();
  let blank: AnyValues | undefined;
  const empty = (): AnyValues => (blank ??= filledValues(element, count, meta.fill));

  /** Copy the part of `values` (over `box`) that lies in `part` to its place in the chunk that begins at `origin`. */
  const place = (values: Values, box: Box, part: Box, origin: Box, into: AnyValues): void => {
    let from = values.offset;
    let to = 0;
    for (let i = 0; i < shape.length; i++) {
      from += (part[2 * i]! - box[2 * i]!) * values.stride[i]!;
      to += (part[2 * i]! - origin[2 * i]!) * strides[i]!;
    }
    copyStrided(values.data, boxShape(part), values.stride, from, into, strides, to, slots);
  };

  const set = async (key: StoreKey, values: AnyValues, shared: boolean): Promise<void> => {
    if (!writeEmpty && sameValues(values, empty(), isTyped(element))) {
      if (store.delete) return store.delete(key);
    }
    const bytes = pipeline.encode(values, { key });
    const alias = shared && !Array.isArray(values) && bytes.buffer === (values as TypedArray).buffer;
    return store.set(key, alias ? bytes.slice() : bytes);
  };

  const writeChunk = async (id: number, values: Values, box: Box, options: ReadOptions): Promise<void> => {
    const whole = chunkBox(grid, id);
    const part = intersect(whole, box) ?? whole;
    const key = meta.key(chunkCoords(grid, id));
    if (!sameBox(part, whole)) return update(id, () => change(key, values, box, part, whole, options));
    const full = boxSize(whole) === count;
    if (full && inOrder(values.stride, strides, chunk)) return set(key, viewOf(values, box, whole, count, slots), true);
    const into = full ? filledValues(element, count, undefined) : copyOf(empty());
    place(values, box, part, whole, into);
    return set(key, into, false);
  };

  /** Read a chunk, change a part of it, write it. */
  const change = async (key: StoreKey, values: Values, box: Box, part: Box, whole: Box, options: ReadOptions): Promise<void> => {
    const old = await store.get(key, options);
    const into = copyOf(empty());
    if (old !== undefined) {
      const block = pipeline.decode(old, { key });
      copyStrided(block.data, chunk, block.stride, 0, into, strides, 0, slots);
    }
    place(values, box, part, whole, into);
    return set(key, into, false);
  };

  /** Run one after another for each chunk. */
  const update = (id: number, run: () => Promise<void>): Promise<void> => {
    const next = (locks.get(id) ?? Promise.resolve()).then(run, run);
    locks.set(id, next);
    const done = (): void => {
      if (locks.get(id) === next) locks.delete(id);
    };
    next.then(done, done);
    return next;
  };

  return {
    meta: { shape, dtype: type.dtype },
    grid,
    write: async (box, block, options) => {
      check();
      const counts = boxShape(box);
      if (counts.length !== shape.length || counts.some((n, i) => n !== block.shape[i] || box[2 * i]! < 0 || box[2 * i + 1]! > shape[i]!)) {
        throw new DimensionError(
          `a block of shape (${block.shape.join(", ")}) cannot be written to [${Array.from(box).join(", ")}] of ${meta.path} (${shape.join(", ")})`,
          { path: meta.path },
        );
      }
      const values = rawValues(meta, block);
      const ids = chunksIn(grid, box);
      const failures: unknown[] = [];
      // When one fails the others finish what they are at, so that nothing is written after the error.
      const lane = async (): Promise<void> => {
        try {
          for (const id of ids) {
            options.signal?.throwIfAborted();
            await writeChunk(id, values, box, options);
            if (failures.length > 0) return;
          }
        } catch (error) {
          failures.push(error);
        }
      };
      await Promise.all(Array.from({ length: AT_ONCE }, lane));
      if (failures.length > 0) throw failures[0];
    },
  };
}

/** The block's values as the codecs take them. Throws EncodingError for another dtype, or integers that do not fit. */
function rawValues({ type, path }: ArrayMeta, block: NDArray): Values {
  const { storage } = TRAITS[type.dtype];
  const mine = TRAITS[block.dtype];
  if (type.convert !== undefined)
    throw new EncodingError(`${path} holds ${type.name}, which can be read and not written; write the variable anew`, { path });
  if (block.dtype === type.dtype) return { data: block.data, stride: block.stride, offset: block.offset };
  const plain = (dtype: string): string => dtype.replace("big", "");
  if ((storage === "i64" || storage === "u64") && plain(block.dtype) === plain(type.dtype)) {
    return { data: exactIntegers(flatValues(block) as Float64Array, storage, path), stride: cStrides(block.shape), offset: 0 };
  }
  throw new EncodingError(`${path} is stored as ${plain(type.dtype)} and a block of ${block.dtype} came (${mine.storage}); cast it first`, {
    path,
    dtype: block.dtype,
  });
}

function exactIntegers(values: Float64Array, storage: "i64" | "u64", path: string): BigInt64Array | BigUint64Array {
  const out = storage === "i64" ? new BigInt64Array(values.length) : new BigUint64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    const v = values[i]!;
    if (!Number.isSafeInteger(v) || (storage === "u64" && v < 0))
      throw new EncodingError(`${path} is to hold integers of 64 bits and ${v} came`, { path, value: v });
    out[i] = BigInt(v);
  }
  return out;
}

/** Whether elements with these strides lie as those of a chunk do; axes of length 1 may have any. */
function inOrder(stride: readonly number[], strides: readonly number[], chunk: readonly number[]): boolean {
  return stride.every((n, i) => chunk[i] === 1 || n === strides[i]);
}

/** The `count` elements of `values` (over `box`) from the first of `whole` on. */
function viewOf({ data, stride, offset }: Values, box: Box, whole: Box, count: number, slots: number): AnyValues {
  let from = offset;
  for (let i = 0; i < stride.length; i++) from += (whole[2 * i]! - box[2 * i]!) * stride[i]!;
  if (from === 0 && data.length === count * slots) return data;
  return Array.isArray(data)
    ? (data.slice(from, from + count) as AnyValues)
    : (data as Float64Array).subarray(from * slots, (from + count) * slots);
}

function copyOf(values: AnyValues): AnyValues {
  return (values as Float64Array).slice();
}

/** Whether values are the same bits (the same strings or bytes). */
function sameValues(a: AnyValues, b: AnyValues, typed: boolean): boolean {
  if (typed) return sameBytes(bytesOf(a as TypedArray), bytesOf(b as TypedArray));
  const other = b as readonly unknown[];
  return (a as readonly unknown[]).every((v, i) => {
    const w = other[i];
    if (v instanceof Uint8Array && w instanceof Uint8Array) return sameBytes(v, w);
    return (v ?? w) === w;
  });
}
