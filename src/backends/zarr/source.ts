/**
 * The values of an array as a source: chunk by chunk, and of shards part by part.
 *
 * `prepare` loads the codecs and the indexes of the shards that are touched; they are kept. Where an
 * index is no longer there, a part is cut out of its whole shard.
 */
import { type BoxSet, boxShape } from "../../array/box.ts";
import { chunkBox, chunksIn } from "../../array/grid.ts";
import { NDArray } from "../../array/ndarray.ts";
import type { Json } from "../../array/node.ts";
import type { ChunkRef, FetchRange, Source } from "../../array/source.ts";
import {
  buildPipeline,
  type ChunkBlock,
  filledValues,
  type Pipeline,
  type ShardIndex,
  type ShardPlanner,
  shardRange,
} from "../../codecs/index.ts";
import { bytesPerElement } from "../../dtypes/traits.ts";
import type { AnyValues } from "../../dtypes/types.ts";
import { BackendError, EncodingError, errorOf, isGraticuleError } from "../../errors.ts";
import type { ReadOptions, Store, StoreKey } from "../../stores/contract.ts";
import { getRange } from "../../stores/index.ts";
import { sizeOf } from "../../util/shape.ts";
import { type ArrayMeta, chunkCoords, readGrid, storedGrid } from "./metadata.ts";

/** Shard indexes kept per array, in bytes. */
const INDEX_BYTES = 2 ** 25;
/** What compressed data can be longer than the data, for codecs that only know a far larger bound. */
const SLACK = 2 ** 16;

/** The pipeline of an array's chunks. What is wrong with its codecs is said of the array. */
async function pipelineOf(meta: ArrayMeta): Promise<Pipeline> {
  try {
    return await buildPipeline(meta.codecs, { shape: meta.chunk, type: meta.type.element, fill: meta.fill });
  } catch (cause) {
    if (!isGraticuleError(cause)) throw cause;
    throw errorOf(cause.tag, `the array ${meta.path}: ${cause.message}`, { ...cause.fields, path: meta.path }, { cause });
  }
}

/** The source of an array. */
export function zarrSource(meta: ArrayMeta, store: Store): Source {
  const { shape, type } = meta;
  const grid = readGrid(meta);
  const part = meta.inner ?? meta.chunk;
  const decoded = part.reduce((n, k) => n * k, bytesPerElement(type.dtype));
  let pipeline: Pipeline | undefined;
  const load = async (): Promise<Pipeline> => (pipeline ??= await pipelineOf(meta));
  const loaded = (): Pipeline => {
    if (pipeline) return pipeline;
    throw new BackendError(`the codecs of ${meta.path} are not loaded; prepare the source before it is read`, { path: meta.path });
  };
  const shards = meta.inner && new Shards(meta, meta.inner, store);
  const keyOf = (id: number): StoreKey => meta.key(chunkCoords(grid, id));

  const refOf = (id: number): ChunkRef => {
    const box = chunkBox(grid, id);
    const key = shards ? undefined : keyOf(id);
    const ranges = shards ? shards.ranges(id, loaded()) : [{ key: key! }];
    const bound = ranges[0]?.length ?? Math.min(pipeline?.encodedSize.bytes ?? Number.POSITIVE_INFINITY, decoded + SLACK);
    return { id, box, ranges, decoded, encodedMax: ranges.length === 0 ? 0 : bound };
  };

  const block = ({ data, stride }: ChunkBlock, ref: ChunkRef): NDArray => {
    const values = type.convert ? type.convert(data) : data;
    return new NDArray(values, boxShape(ref.box), type.dtype, stride);
  };

  return {
    ref: { backend: "zarr", store: store.url ?? "", path: meta.path, meta: { format: meta.format } satisfies Json },
    meta: { shape, dtype: type.dtype },
    grid,
    store,
    reach: "local",
    prepare: async (boxes, options) => {
      const ready = await load();
      if (shards && ready.shard) await shards.load(boxes, ready.shard, options);
    },
    locate: (boxes: BoxSet) => {
      const [only] = boxes;
      if (boxes.length === 1) return Array.from(chunksIn(grid, only!), refOf);
      const ids = new Set<number>();
      for (const box of boxes) for (const id of chunksIn(grid, box)) ids.add(id);
      return [...ids].sort((a, b) => a - b).map(refOf);
    },
    decode: (ref, raw) => {
      const ready = loaded();
      const [range] = ref.ranges;
      const [bytes] = raw;
      if (shards && range?.length !== undefined) return block(shards.decode(ref, range, bytes, ready.shard!), ref);
      if (range === undefined || bytes === undefined) return missing(meta, ref);
      if (shards) return block(shards.cut(ref.id, range.key, bytes, ready), ref);
      return block(ready.decode(own(bytes), { key: range.key }), ref);
    },
  };
}

/** A chunk that is not stored: its fill value once, seen everywhere. */
function missing({ type, fill }: ArrayMeta, ref: ChunkRef): NDArray {
  const one = filledValues(type.element, 1, fill);
  const shape = boxShape(ref.box);
  return new NDArray(
    type.convert ? type.convert(one) : one,
    shape,
    type.dtype,
    shape.map(() => 0),
  );
}

/** Bytes that do not keep a much larger buffer alive: values may be views of them. */
function own(bytes: Uint8Array): Uint8Array {
  return bytes.buffer.byteLength > 2 * bytes.length + SLACK ? bytes.slice() : bytes;
}

/** The shards of an array and their indexes. */
class Shards {
  private readonly meta: ArrayMeta;
  private readonly inner: readonly number[];
  private readonly store: Store;
  /** By the shard's number; undefined: there is no such shard. The oldest come first. */
  private readonly indexes = new Map<number, ShardIndex | undefined>();

  constructor(meta: ArrayMeta, inner: readonly number[], store: Store) {
    this.meta = meta;
    this.inner = inner;
    this.store = store;
  }

  /** Load the indexes of the shards that the boxes touch. */
  async load(boxes: BoxSet, planner: ShardPlanner, options: ReadOptions): Promise<void> {
    const grid = storedGrid(this.meta);
    const wanted = new Set<number>();
    for (const box of boxes) for (const id of chunksIn(grid, box)) wanted.add(id);
    const fresh: number[] = [];
    for (const id of wanted) {
      if (!this.indexes.has(id)) fresh.push(id);
      else {
        const index = this.indexes.get(id);
        this.indexes.delete(id);
        this.indexes.set(id, index);
      }
    }
    await Promise.all(
      fresh.map(async (id) => {
        const key = this.meta.key(chunkCoords(grid, id));
        this.indexes.set(id, await this.fetch(key, planner, options));
      }),
    );
    const most = Math.max(wanted.size, Math.floor(INDEX_BYTES / (16 * sizeOf(planner.grid))));
    for (const id of this.indexes.keys()) {
      if (this.indexes.size <= most) break;
      this.indexes.delete(id);
    }
  }

  private async fetch(key: StoreKey, planner: ShardPlanner, options: ReadOptions): Promise<ShardIndex | undefined> {
    const { indexRange } = planner;
    const bytes = await getRange(this.store, key, indexRange, options);
    if (bytes === undefined) return undefined;
    const wanted = "length" in indexRange ? indexRange.length : indexRange.suffixLength;
    if (bytes.length < wanted)
      throw new EncodingError(`chunk ${key}: ${bytes.length} bytes are too few for a shard with an index of ${wanted}: it is cut short`, {
        key,
        bytes: bytes.length,
      });
    return planner.readIndex(bytes, { key });
  }

  /** What to fetch of part `id`: its bytes, nothing, or the whole shard where its index is not at hand. */
  ranges(id: number, pipeline: Pipeline): FetchRange[] {
    const { shard, within, key } = this.place(id);
    if (pipeline.shard === undefined || !this.indexes.has(shard)) return [{ key }];
    const index = this.indexes.get(shard);
    const range = index && shardRange(index, within);
    if (range === undefined) return [];
    const most = pipeline.shard.inner.encodedSize;
    if (range.length > most.bytes)
      throw new EncodingError(
        `chunk ${key}: the shard's index gives part ${within} ${range.length} bytes; it can have at most ${most.bytes}`,
        { key, part: within, bytes: range.length },
      );
    return [{ key, ...range }];
  }

  /** A part from its own bytes. */
  decode(ref: ChunkRef, range: FetchRange, bytes: Uint8Array | undefined, planner: ShardPlanner): ChunkBlock {
    if (bytes === undefined || bytes.length !== range.length) {
      throw new EncodingError(
        `chunk ${range.key}: ${bytes?.length ?? "none"} of the ${range.length} bytes at ${range.offset} came: the shard is cut short, or it changed`,
        { key: range.key, got: bytes?.length },
      );
    }
    return planner.inner.decode(own(bytes), { key: `${range.key} (part ${this.place(ref.id).within})` });
  }

  /** A part out of the whole shard. */
  cut(id: number, key: StoreKey, bytes: Uint8Array, pipeline: Pipeline): ChunkBlock {
    const { data, stride } = pipeline.decode(bytes, { key });
    const at = chunkCoords(readGrid(this.meta), id);
    let offset = 0;
    for (let i = 0; i < at.length; i++) offset += ((at[i]! * this.inner[i]!) % this.meta.chunk[i]!) * stride[i]!;
    const slots = this.meta.type.element.kind === "complex" ? 2 : 1;
    const from = Array.isArray(data) ? (data.slice(offset) as AnyValues) : (data as Float64Array).subarray(offset * slots);
    return { data: from, shape: this.inner, stride };
  }

  /** The shard of part `id`, and its number in there. */
  private place(id: number): { shard: number; within: number; key: StoreKey } {
    const { chunk, shape } = this.meta;
    const at = chunkCoords(readGrid(this.meta), id);
    const coords = new Array<number>(at.length);
    let shard = 0;
    let within = 0;
    for (let i = 0; i < at.length; i++) {
      const per = chunk[i]! / this.inner[i]!;
      const k = Math.floor(at[i]! / per);
      coords[i] = k;
      shard = shard * Math.max(1, Math.ceil(shape[i]! / chunk[i]!)) + k;
      within = within * per + (at[i]! - k * per);
    }
    return { shard, within, key: this.meta.key(coords) };
  }
}
