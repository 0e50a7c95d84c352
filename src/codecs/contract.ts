/** The contracts of codecs: what each of the three kinds is given and gives, and what a pipeline is. */
import type { AnyValues } from "../dtypes/types.ts";
import type { ElementType } from "./element-type.ts";

/** Any JSON value. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
/** The options of one codec, as the metadata gives them. */
export type CodecConfig = Readonly<Record<string, Json | undefined>>;
/** One codec of a chain: its name and its options, the same for Zarr v2 and v3. */
export interface CodecSpec {
  readonly name: string;
  readonly config: CodecConfig;
}

/** What an element without a stored value is: as in the values' own array; complex numbers as a pair; null is zero. */
export type FillValue = number | bigint | boolean | string | Uint8Array | readonly [number, number] | null | undefined;

/** What a codec works on: the shape and type of a chunk. */
export interface ChunkSpec {
  readonly shape: readonly number[];
  readonly type: ElementType;
  readonly fill?: FillValue;
}

/** Decoded values with strides in elements (complex elements take two numbers). */
export interface ChunkBlock {
  readonly data: AnyValues;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
}

/** How many bytes something has: exactly, or at most. */
export interface SizeBound {
  readonly bytes: number;
  readonly exact: boolean;
}

/** Array → array: changes values, type or layout. */
export interface ArrayArrayCodec {
  readonly kind: "array-array";
  /** The chunk on the encoded side. */
  readonly encoded: ChunkSpec;
  decode(block: ChunkBlock): ChunkBlock;
  encode(block: ChunkBlock): ChunkBlock;
}

/** Array → bytes: the values of a chunk in C order to and from bytes. */
export interface ArrayBytesCodec {
  readonly kind: "array-bytes";
  readonly size: SizeBound;
  /** Whether the encoded bytes are as long as the values in memory, so that they may be put there first. */
  readonly inPlace: boolean;
  /** `into`, when given, has exactly the chunk's values, receives them and is returned; `bytes` may be its own. */
  decode(bytes: Uint8Array, into?: AnyValues): AnyValues;
  encode(values: AnyValues): Uint8Array;
  /** For codecs whose parts can be read one by one. */
  readonly shard?: ShardPlanner;
}

/** Bytes → bytes: compression and checksums. */
export interface BytesBytesCodec {
  readonly kind: "bytes-bytes";
  /** The size after encoding something of this size. */
  encodedSize(decoded: SizeBound): SizeBound;
  /**
   * Never gives more than `size.bytes` bytes. `out`, when given, is exactly as long as the result must
   * be; a codec that can write there returns it, others return their own array.
   */
  decode(bytes: Uint8Array, size: SizeBound, out?: Uint8Array): Uint8Array;
  encode(bytes: Uint8Array): Uint8Array;
}

/** A codec of any kind. */
export type Codec = ArrayArrayCodec | ArrayBytesCodec | BytesBytesCodec;

/** Builds a pipeline of specs: given to factories of codecs that hold codecs. */
export type PipelineBuilder = (specs: readonly CodecSpec[], chunk: ChunkSpec) => Promise<Pipeline>;
/** Makes a codec for chunks of one spec; async only to load code. Throws EncodingError for bad options. */
export type CodecFactory = (config: CodecConfig, chunk: ChunkSpec, build: PipelineBuilder) => Codec | Promise<Codec>;

/** Options of {@link Pipeline.decode}. */
export interface DecodeOptions<V extends AnyValues = AnyValues> {
  /** Names the chunk in errors. */
  readonly key?: string | undefined;
  /** An array of exactly the chunk's values that shall receive them, in C order. */
  readonly into?: V | undefined;
}

/** A chain of codecs, loaded and ready: everything here is synchronous. */
export interface Pipeline {
  readonly chunk: ChunkSpec;
  readonly specs: readonly CodecSpec[];
  /** The size of an encoded chunk: exact for uncompressed data, else the most a sound one has. */
  readonly encodedSize: SizeBound;
  /**
   * The values of an encoded chunk. Without `into` they may alias `bytes` and may be strided.
   *
   * @throws EncodingError naming codec, chunk and sizes, when the bytes are damaged or of another size
   */
  decode(bytes: Uint8Array, options?: DecodeOptions): ChunkBlock;
  /** The bytes of a chunk whose values are given in C order; they may alias `values`. */
  encode(values: AnyValues, options?: { readonly key?: string | undefined }): Uint8Array;
  /** Present when the chunk is a shard whose inner chunks can be read alone. */
  readonly shard?: ShardPlanner;
}

/** Reads single inner chunks of a shard. All byte positions are relative to the shard's first byte. */
export interface ShardPlanner {
  /** The shape of an inner chunk. */
  readonly chunkShape: readonly number[];
  /** Inner chunks along each axis. */
  readonly grid: readonly number[];
  /** Decodes an inner chunk; has a `shard` of its own when shards are nested. */
  readonly inner: Pipeline;
  /** Which bytes of the shard hold its index. */
  readonly indexRange: { readonly offset: number; readonly length: number } | { readonly suffixLength: number };
  /** Parse (and verify) the index; `shardSize`, where known, bounds the ranges. */
  readIndex(bytes: Uint8Array, options?: { readonly key?: string | undefined; readonly shardSize?: number | undefined }): ShardIndex;
}

/** Where the inner chunks of a shard are, in C order of {@link ShardPlanner.grid}; offset −1: not stored. */
export interface ShardIndex {
  readonly offsets: Float64Array;
  readonly lengths: Float64Array;
}
