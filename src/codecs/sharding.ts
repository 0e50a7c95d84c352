/**
 * The codec `sharding_indexed`: a chunk of inner chunks, with an index of offsets and lengths at its
 * start or end. {@link ShardPlanner} lets a reader fetch the index and then only the parts it needs.
 */
import type { AnyValues } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import { bytesOf, sameBytes } from "../util/bytes.ts";
import { cStrides, sizeOf } from "../util/shape.ts";
import { badOption, choiceOption, shapeOption } from "./config.ts";
import type { ArrayBytesCodec, ChunkSpec, CodecFactory, Pipeline, ShardPlanner, SizeBound } from "./contract.ts";
import { v3CodecSpecs } from "./normalize.ts";
import { copyStrided } from "./strided.ts";
import { allocate, entriesPerElement, filled, isTyped } from "./values.ts";

const MISSING = 2n ** 64n - 1n;
/** An index of more inner chunks than this (16 bytes each) is a hostile one. */
const MOST_CHUNKS = 2 ** 26;

/** `sharding_indexed`: options `chunk_shape`, `codecs`, `index_codecs`, `index_location` (default `"end"`). */
export const sharding: CodecFactory = async (config, chunk, build) => {
  const name = "sharding_indexed";
  const chunkShape = shapeOption(name, config, "chunk_shape");
  if (chunkShape.length !== chunk.shape.length || chunkShape.some((n, i) => n < 1 || chunk.shape[i]! % n !== 0)) {
    throw badOption(name, "chunk_shape", chunkShape, `divisors of the shard's shape ${chunk.shape.join(" × ")}`);
  }
  const grid = chunkShape.map((n, i) => chunk.shape[i]! / n);
  const count = sizeOf(grid);
  if (count > MOST_CHUNKS)
    throw badOption(name, "chunk_shape", chunkShape, `such that a shard has at most ${MOST_CHUNKS} chunks, not ${count}`);
  const indexChunk: ChunkSpec = { shape: [...grid, 2], type: { kind: "uint", size: 8, bigEndian: false } };
  const inner = await build(v3CodecSpecs(config.codecs), { ...chunk, shape: chunkShape });
  const index = await build(v3CodecSpecs(config.index_codecs), indexChunk);
  if (!index.encodedSize.exact)
    throw badOption(name, "index_codecs", config.index_codecs, "codecs whose size is fixed, such as bytes and crc32c");
  const atStart = choiceOption(name, config, "index_location", ["start", "end"], "end") === "start";
  const planner = shardPlanner(chunkShape, grid, inner, index, atStart);
  return shardCodec(chunk, planner, index, atStart);
};

function shardPlanner(
  chunkShape: readonly number[],
  grid: readonly number[],
  inner: Pipeline,
  index: Pipeline,
  atStart: boolean,
): ShardPlanner {
  const size = index.encodedSize.bytes;
  return {
    chunkShape,
    grid,
    inner,
    indexRange: atStart ? { offset: 0, length: size } : { suffixLength: size },
    readIndex: (bytes, { key, shardSize } = {}) => {
      const entries = index.decode(bytes, { key: key === undefined ? "shard index" : `${key} (shard index)` }).data as BigUint64Array;
      const offsets = new Float64Array(entries.length / 2);
      const lengths = new Float64Array(entries.length / 2);
      for (let i = 0; i < offsets.length; i++) {
        const missing = entries[2 * i] === MISSING && entries[2 * i + 1] === MISSING;
        offsets[i] = missing ? -1 : Number(entries[2 * i]);
        lengths[i] = missing ? 0 : Number(entries[2 * i + 1]);
        if (offsets[i]! + lengths[i]! <= (shardSize ?? Number.MAX_SAFE_INTEGER)) continue;
        throw new EncodingError(
          `${key === undefined ? "" : `chunk ${key}: `}the shard's index puts inner chunk ${i} at byte ${offsets[i]} with ${lengths[i]} bytes, outside of the shard${shardSize === undefined ? "" : `'s ${shardSize}`}`,
          { key, index: i, offset: offsets[i], length: lengths[i] },
        );
      }
      return { offsets, lengths };
    },
  };
}

function shardCodec(chunk: ChunkSpec, shard: ShardPlanner, index: Pipeline, atStart: boolean): ArrayBytesCodec {
  const { inner, chunkShape, grid } = shard;
  const { shape, type } = chunk;
  const entries = entriesPerElement(type);
  const stride = cStrides(shape);
  const innerStride = cStrides(chunkShape);
  const indexSize = index.encodedSize.bytes;
  const count = sizeOf(grid);
  const size: SizeBound = { bytes: indexSize + count * inner.encodedSize.bytes, exact: false };
  return {
    kind: "array-bytes",
    size,
    inPlace: false,
    shard,
    decode: (bytes, into) => {
      if (bytes.length < indexSize) throw new EncodingError(`${bytes.length} bytes are too few for a shard with an index of ${indexSize}`);
      const raw = atStart ? bytes.subarray(0, indexSize) : bytes.subarray(bytes.length - indexSize);
      const { offsets, lengths } = shard.readIndex(raw, { shardSize: bytes.length });
      const values = into ?? allocate(type, sizeOf(shape));
      const empty = offsets.includes(-1) ? filled(type, sizeOf(chunkShape), chunk.fill) : undefined;
      for (const { i, at } of innerChunks(grid, chunkShape, stride)) {
        const start = offsets[i]!;
        const block =
          start < 0
            ? { data: empty!, stride: innerStride }
            : inner.decode(bytes.subarray(start, start + lengths[i]!), { key: `inner ${i}` });
        copyStrided(chunkShape, { data: block.data, offset: 0, stride: block.stride }, { data: values, offset: at, stride }, entries);
      }
      return values;
    },
    encode: (values) => {
      const parts: Uint8Array[] = [];
      const table = new BigUint64Array(2 * count).fill(MISSING);
      const empty = filled(type, sizeOf(chunkShape), chunk.fill);
      let position = atStart ? indexSize : 0;
      for (const { i, at } of innerChunks(grid, chunkShape, stride)) {
        const part = allocate(type, sizeOf(chunkShape));
        copyStrided(chunkShape, { data: values, offset: at, stride }, { data: part, offset: 0, stride: innerStride }, entries);
        if (sameValues(part, empty, isTyped(type))) continue;
        const encoded = inner.encode(part);
        table[2 * i] = BigInt(position);
        table[2 * i + 1] = BigInt(encoded.length);
        position += encoded.length;
        parts.push(encoded);
      }
      const head = index.encode(table);
      const all = atStart ? [head, ...parts] : [...parts, head];
      const bytes = new Uint8Array(position + (atStart ? 0 : indexSize));
      let at = 0;
      for (const part of all) {
        bytes.set(part, at);
        at += part.length;
      }
      return bytes;
    },
  };
}

/** Inner chunks in C order, with the position of their first element in the shard. */
function* innerChunks(
  grid: readonly number[],
  chunkShape: readonly number[],
  stride: readonly number[],
): Generator<{ i: number; at: number }> {
  const count = sizeOf(grid);
  for (let i = 0; i < count; i++) {
    let at = 0;
    let rest = i;
    for (let axis = grid.length - 1; axis >= 0; axis--) {
      at += (rest % grid[axis]!) * chunkShape[axis]! * stride[axis]!;
      rest = Math.floor(rest / grid[axis]!);
    }
    yield { i, at };
  }
}

/** Whether two arrays hold the same bits (the same strings or bytes). */
function sameValues(a: AnyValues, b: AnyValues, typed: boolean): boolean {
  if (!typed) {
    return (a as readonly unknown[]).every((value, i) => {
      const other = (b as readonly unknown[])[i];
      if (value instanceof Uint8Array && other instanceof Uint8Array) return sameBytes(value, other);
      return value === other;
    });
  }
  return sameBytes(bytesOf(a as Uint8Array), bytesOf(b as Uint8Array));
}
