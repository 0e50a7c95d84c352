/**
 * Pipelines: codecs loaded, checked to fit one another, and run as one synchronous function.
 *
 * The size of every stage is worked out beforehand, so that no codec can give more than the chunk
 * needs, and what differs is an error that names the codec.
 */
import type { AnyValues, TypedArray } from "../dtypes/types.ts";
import { EncodingError, isGraticuleError } from "../errors.ts";
import { bytesOf } from "../util/bytes.ts";
import { cStrides, sizeOf } from "../util/shape.ts";
import type {
  ArrayArrayCodec,
  ArrayBytesCodec,
  BytesBytesCodec,
  ChunkBlock,
  ChunkSpec,
  Codec,
  CodecSpec,
  DecodeOptions,
  Pipeline,
  SizeBound,
} from "./contract.ts";
import { typeName } from "./element-type.ts";
import { loadCodec } from "./registry.ts";
import { contiguous, copyStrided } from "./strided.ts";
import { allocate, entriesPerElement } from "./values.ts";

/** No chunk is decoded at once that has more bytes: one of a hostile file, or one too large for a typed array. */
const MOST_BYTES = 2 ** 32 - 1;

interface Stage<C extends Codec> {
  readonly name: string;
  readonly codec: C;
}

interface Stages {
  readonly arrays: readonly Stage<ArrayArrayCodec>[];
  readonly serial: Stage<ArrayBytesCodec>;
  readonly bytes: readonly Stage<BytesBytesCodec>[];
  /** `sizes[i]`: what goes into bytes codec `i` when encoding; the last: what comes out of all. */
  readonly sizes: readonly SizeBound[];
}

/**
 * Load the codecs of a chain and check that they fit; everything after that is synchronous.
 *
 * @throws UnsupportedError for an unknown codec, EncodingError for options or an order that cannot be
 * @example
 * ```ts
 * const chunk = { shape: [100, 100], type: parseV2Type("<f4"), fill: 0 };
 * const pipeline = await buildPipeline(v3CodecSpecs(meta.codecs), chunk);
 * const { data } = pipeline.decode(bytes, { key: "/air/c/0/0" });
 * ```
 */
export async function buildPipeline(specs: readonly CodecSpec[], chunk: ChunkSpec): Promise<Pipeline> {
  const stages = await loadStages(specs, chunk);
  const { serial, arrays, bytes, sizes } = stages;
  const shard = arrays.length === 0 && bytes.length === 0 ? serial.codec.shard : undefined;
  return {
    chunk,
    specs,
    encodedSize: sizes[sizes.length - 1]!,
    decode: (raw, options) => decode(stages, chunk, raw, options ?? {}),
    encode: (values, options) => encode(stages, chunk, values, options?.key),
    ...(shard && { shard }),
  };
}

async function loadStages(specs: readonly CodecSpec[], chunk: ChunkSpec): Promise<Stages> {
  const factories = await Promise.all(specs.map((spec) => loadCodec(spec.name)));
  const arrays: Stage<ArrayArrayCodec>[] = [];
  const bytes: Stage<BytesBytesCodec>[] = [];
  let serial: Stage<ArrayBytesCodec> | undefined;
  let current = chunk;
  for (const [i, { name, config }] of specs.entries()) {
    const codec = await factories[i]!(config, current, buildPipeline);
    if ((codec.kind === "bytes-bytes") === (serial === undefined)) throw misplaced(specs, i, codec, serial?.name);
    if (codec.kind === "bytes-bytes") bytes.push({ name, codec });
    else if (codec.kind === "array-bytes") serial = { name, codec };
    else {
      arrays.push({ name, codec });
      current = codec.encoded;
    }
  }
  if (serial === undefined)
    throw new EncodingError(`the codecs (${listed(specs)}) have none that turns an array into bytes, such as "bytes"`, {});
  const sizes = [serial.codec.size];
  for (const stage of bytes) sizes.push(stage.codec.encodedSize(sizes[sizes.length - 1]!));
  return { arrays, serial, bytes, sizes };
}

function misplaced(specs: readonly CodecSpec[], at: number, codec: Codec, serial: string | undefined): EncodingError {
  const name = specs[at]!.name;
  const reason =
    serial === undefined
      ? `takes bytes, but no codec before it makes bytes of the array`
      : `takes an array, but ${JSON.stringify(serial)} has made bytes of it`;
  return new EncodingError(`codec ${JSON.stringify(name)} (${codec.kind}) ${reason}; the codecs are ${listed(specs)}`, { codec: name });
}

function listed(specs: readonly CodecSpec[]): string {
  return specs.map((spec) => spec.name).join(", ");
}

function decode(stages: Stages, chunk: ChunkSpec, raw: Uint8Array, { key, into }: DecodeOptions): ChunkBlock {
  const { arrays, serial, bytes, sizes } = stages;
  checkChunk(chunk, key, into);
  // Values that no array codec changes can be decompressed straight into their place.
  const direct = into !== undefined && arrays.length === 0;
  let data = raw;
  for (let i = bytes.length - 1; i >= 0; i--) {
    const { name, codec } = bytes[i]!;
    const size = sizes[i]!;
    if (size.bytes > MOST_BYTES && size.exact) throw tooLarge(chunk, key);
    const out = i === 0 && direct && serial.codec.inPlace ? bytesOf(into as TypedArray) : undefined;
    data = guarded(name, "decode", key, data.length, () => codec.decode(data, size, out));
    checkSize(name, data.length, size, key, chunk);
  }
  if (bytes.length === 0) checkSize(serial.name, data.length, sizes[0]!, key, chunk);
  const flat = guarded(serial.name, "decode", key, data.length, () => serial.codec.decode(data, direct ? into : undefined));
  if (arrays.length === 0) return { data: flat, shape: chunk.shape, stride: cStrides(chunk.shape) };
  const encoded = arrays[arrays.length - 1]!.codec.encoded;
  let block: ChunkBlock = { data: flat, shape: encoded.shape, stride: cStrides(encoded.shape) };
  for (let i = arrays.length - 1; i >= 0; i--) {
    const { name, codec } = arrays[i]!;
    block = guarded(name, "decode", key, raw.length, () => codec.decode(block));
  }
  return into === undefined ? block : put(block, chunk, into);
}

function put(block: ChunkBlock, chunk: ChunkSpec, into: AnyValues): ChunkBlock {
  const stride = cStrides(chunk.shape);
  const to = { data: into, offset: 0, stride };
  copyStrided(chunk.shape, { data: block.data, offset: 0, stride: block.stride }, to, entriesPerElement(chunk.type));
  return { data: into, shape: chunk.shape, stride };
}

function encode({ arrays, serial, bytes }: Stages, chunk: ChunkSpec, values: AnyValues, key: string | undefined): Uint8Array {
  checkChunk(chunk, key, values);
  let block: ChunkBlock = { data: values, shape: chunk.shape, stride: cStrides(chunk.shape) };
  let type = chunk.type;
  for (const { name, codec } of arrays) {
    block = guarded(name, "encode", key, values.length, () => codec.encode(block));
    type = codec.encoded.type;
  }
  const { data } = contiguous(block, entriesPerElement(type));
  let result = guarded(serial.name, "encode", key, values.length, () => serial.codec.encode(data));
  for (const { name, codec } of bytes) result = guarded(name, "encode", key, result.length, () => codec.encode(result));
  return result;
}

function checkChunk(chunk: ChunkSpec, key: string | undefined, values: AnyValues | undefined): void {
  const count = sizeOf(chunk.shape);
  if (!(count * Math.max(1, chunk.type.size) <= MOST_BYTES)) throw tooLarge(chunk, key);
  const wanted = count * entriesPerElement(chunk.type);
  if (values !== undefined && values.length !== wanted) {
    throw new EncodingError(
      `${place(key)}an array of ${values.length} values was given for a chunk of ${wanted} (${chunk.shape.join(" × ")} of ${typeName(chunk.type)})`,
      { key, values: values.length, wanted },
    );
  }
  if (values !== undefined && values.constructor !== allocate(chunk.type, 0).constructor) {
    throw new EncodingError(
      `${place(key)}values of ${typeName(chunk.type)} are ${allocate(chunk.type, 0).constructor.name}, not ${values.constructor.name}`,
      { key },
    );
  }
}

function checkSize(name: string, length: number, size: SizeBound, key: string | undefined, chunk: ChunkSpec): void {
  if (size.exact ? length === size.bytes : length <= size.bytes) return;
  throw new EncodingError(
    `${place(key)}codec "${name}" gave ${length} bytes where ${size.exact ? "" : "at most "}${size.bytes} are needed (a chunk of ${chunk.shape.join(" × ") || "one value"} of ${typeName(chunk.type)})`,
    { codec: name, key, bytes: length, needed: size.bytes },
  );
}

function tooLarge(chunk: ChunkSpec, key: string | undefined): EncodingError {
  return new EncodingError(
    `${place(key)}a chunk of ${chunk.shape.join(" × ")} of ${typeName(chunk.type)} is too large to decode at once (most: ${MOST_BYTES} bytes)`,
    { key },
  );
}

/** Run one codec; whatever it throws becomes an EncodingError with the codec's name and the chunk's key. */
function guarded<T>(name: string, action: "decode" | "encode", key: string | undefined, size: number, run: () => T): T {
  try {
    return run();
  } catch (cause) {
    if (isGraticuleError(cause) && !isGraticuleError(cause, "EncodingError")) throw cause;
    const inner = isGraticuleError(cause) ? cause.fields : {};
    const reason = cause instanceof Error ? cause.message : String(cause);
    const of = action === "decode" ? ` ${size} bytes` : "";
    throw new EncodingError(`${place(key)}codec "${name}" cannot ${action}${of}: ${reason}`, { ...inner, codec: name, key }, { cause });
  }
}

function place(key: string | undefined): string {
  return key === undefined ? "" : `chunk ${key}: `;
}
