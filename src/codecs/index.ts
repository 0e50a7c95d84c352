/**
 * Codecs: encoded bytes ↔ the values of a chunk, for Zarr v2 and v3 and whatever else stores chunks.
 *
 * The metadata's codecs become a list of specs ({@link v2CodecSpecs}, {@link v3CodecSpecs}), the list a
 * {@link Pipeline} ({@link buildPipeline}, async only to load code), and a pipeline decodes and encodes
 * synchronously, into the destination where one is given. Three kinds of codecs, in this order: array →
 * array, one array → bytes, bytes → bytes. The size of every stage is known or bounded before it runs;
 * checksums are verified; whatever goes wrong is an EncodingError with codec, chunk and sizes. Shards
 * are read in parts through {@link ShardPlanner}: a range for the index, then ranges of inner chunks.
 *
 * Values: typed arrays (64-bit integers and times as BigInt arrays, halves as Float32Array, complex
 * numbers interleaved), lists of strings or Uint8Arrays. May import layers 0–2.
 *
 * @example
 * ```ts
 * const type = parseV3Type("float32");
 * const pipeline = await buildPipeline(v3CodecSpecs(meta.codecs), { shape: [720, 1440], type, fill: 0 });
 * const { data, stride } = pipeline.decode(bytes, { key: "/t2m/c/0/0" });
 * ```
 */

export { decodeBase64 } from "./base64.ts";
export type {
  ArrayArrayCodec,
  ArrayBytesCodec,
  BytesBytesCodec,
  ChunkBlock,
  ChunkSpec,
  Codec,
  CodecConfig,
  CodecFactory,
  CodecSpec,
  DecodeOptions,
  FillValue,
  Json,
  Pipeline,
  PipelineBuilder,
  ShardIndex,
  ShardPlanner,
  SizeBound,
} from "./contract.ts";
export { adler32Of, crc32cOf, crc32Of, fletcher32Of, lookup3Of } from "./crc.ts";
export {
  type ElementField,
  type ElementKind,
  type ElementType,
  parseV2Type,
  parseV3Type,
  typeName,
} from "./element-type.ts";
export { type Deflate, loadDeflate } from "./inflate.ts";
export { type V2Codecs, v2CodecSpecs, v3CodecSpecs } from "./normalize.ts";
export { buildPipeline } from "./pipeline.ts";
export { loadCodec, registerCodec } from "./registry.ts";
export { shardRange } from "./shard-index.ts";
export {
  allocate as allocateValues,
  bytesFromValues,
  entriesPerElement,
  filled as filledValues,
  isTyped,
  valuesFromBytes,
} from "./values.ts";
