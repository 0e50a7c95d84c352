/**
 * The codecs of what is written, from encodings: defaults of zarr-python, wishes in the form of either
 * format (`{ id: "zlib", level: 1 }`, `{ name: "gzip", configuration: { level: 1 } }`).
 */
import type { ElementType } from "../../codecs/index.ts";
import { EncodingError } from "../../errors.ts";
import type { Encoding } from "../contract.ts";
import type { JsonInput } from "./json.ts";
import { isObjectCodec } from "./types.ts";

type Config = { readonly [key: string]: JsonInput };
/** A codec by its bare name. */
interface NamedCodec {
  readonly name: string;
  readonly config: Config;
}

const DEFAULT_V2: JsonInput = { id: "blosc", cname: "lz4", clevel: 5, shuffle: 1, blocksize: 0 };
const DEFAULT_V3: JsonInput = { name: "zstd", configuration: { level: 0, checksum: false } };
/** Codecs that v3 knows by their bare names; others are numcodecs'. */
const CORE: ReadonlySet<string> = new Set([
  "blosc",
  "bytes",
  "crc32c",
  "gzip",
  "sharding_indexed",
  "transpose",
  "vlen-bytes",
  "vlen-utf8",
  "zstd",
  "cast_value",
  "scale_offset",
]);
const SHUFFLES = ["noshuffle", "shuffle", "bitshuffle"] as const;

/** `filters` and `compressor` of a v2 array. */
export function codecChainV2(
  encoding: Encoding,
  objectCodec: string | undefined,
  where: string,
): { filters: JsonInput; compressor: JsonInput } {
  const filters = given(encoding.filters, where)?.filter((codec) => !isObjectCodec(codec.name)) ?? [];
  const all = [...filters.map(jsonV2), ...(objectCodec === undefined ? [] : [{ id: objectCodec }])];
  const wish = encoding.compressors === undefined ? encoding.compressor : encoding.compressors;
  const compressors = given(wish, where);
  if (compressors === undefined) return { filters: all.length > 0 ? all : null, compressor: DEFAULT_V2 };
  if (compressors.length > 1)
    throw new EncodingError(
      `${where} has ${compressors.length} compressors in its encoding; Zarr v2 has one: give the others as filters`,
      {},
    );
  return { filters: all.length > 0 ? all : null, compressor: compressors[0] ? jsonV2(compressors[0]) : null };
}

/** `codecs` of a v3 array, in shards of chunks of the shape `inner` where there is one. */
export function codecChainV3(encoding: Encoding, type: ElementType, inner: readonly number[] | undefined, where: string): JsonInput[] {
  const filters = given(encoding.filters, where)?.filter((codec) => !isObjectCodec(codec.name)) ?? [];
  const wish = encoding.compressors === undefined ? encoding.compressor : encoding.compressors;
  const compressors = given(wish, where)?.map((codec) => jsonV3(codec, type)) ?? [DEFAULT_V3];
  const codecs = [...filters.map((codec) => jsonV3(codec, type)), serializer(encoding, type, where), ...compressors];
  if (inner === undefined) return codecs;
  const index = [{ name: "bytes", configuration: { endian: "little" } }, { name: "crc32c" }];
  return [{ name: "sharding_indexed", configuration: { chunk_shape: inner, codecs, index_codecs: index, index_location: "end" } }];
}

function serializer(encoding: Encoding, type: ElementType, where: string): JsonInput {
  if (type.kind === "string") return { name: "vlen-utf8", configuration: {} };
  if (type.kind === "bytes") return { name: "vlen-bytes", configuration: {} };
  const [wish] = given(encoding.serializer, where) ?? [];
  // A serializer that came from text or from shards is not one of numbers.
  if (wish !== undefined && wish.name !== "bytes" && wish.name !== "sharding_indexed" && !isObjectCodec(wish.name))
    return jsonV3(wish, type);
  if (type.size === 1 || type.kind === "ascii" || type.kind === "raw") return { name: "bytes" };
  const endian = wish?.config.endian ?? (encoding.endian === "big" ? "big" : "little");
  return { name: "bytes", configuration: { endian } };
}

/** The codecs of an encoding; undefined for the defaults. */
function given(wish: unknown, where: string): NamedCodec[] | undefined {
  if (wish === undefined || wish === "auto") return undefined;
  if (wish === null || wish === false) return [];
  return (Array.isArray(wish) ? wish : [wish]).map((codec) => named(codec, where));
}

function named(codec: unknown, where: string): NamedCodec {
  if (typeof codec === "string") return { name: bare(codec), config: {} };
  if (typeof codec === "object" && codec !== null) {
    const { id, name, configuration, ...rest } = codec as Record<string, JsonInput>;
    if (typeof id === "string") return { name: bare(id), config: { ...rest, ...(name === undefined ? {} : { name }) } };
    if (typeof name === "string") return { name: bare(name), config: (configuration ?? {}) as Config };
  }
  throw new EncodingError(
    `${where} has the codec ${JSON.stringify(codec) ?? String(codec)} in its encoding; a codec is { id, … } or { name, configuration }`,
    {},
  );
}

function bare(name: string): string {
  return name.replace(/^numcodecs\./, "");
}

function jsonV2({ name, config }: NamedCodec): JsonInput {
  if (name !== "blosc") return { id: name, ...config };
  const { typesize: _, shuffle = 1, ...rest } = config;
  const number = typeof shuffle === "string" ? SHUFFLES.indexOf(shuffle as (typeof SHUFFLES)[number]) : shuffle;
  return { id: "blosc", cname: "lz4", clevel: 5, blocksize: 0, ...rest, shuffle: number };
}

function jsonV3({ name, config }: NamedCodec, type: ElementType): JsonInput {
  if (name === "blosc") {
    const { shuffle = "shuffle", typesize, ...rest } = config;
    const word = typeof shuffle === "number" ? (SHUFFLES[shuffle] ?? (type.size === 1 ? "bitshuffle" : "shuffle")) : shuffle;
    return {
      name,
      configuration: {
        typesize: typesize ?? Math.max(1, Math.min(255, type.size)),
        cname: "lz4",
        clevel: 5,
        blocksize: 0,
        ...rest,
        shuffle: word,
      },
    };
  }
  if (name === "zstd") return { name, configuration: { level: 0, checksum: false, ...config } };
  if (name === "crc32c") return { name };
  return { name: CORE.has(name) ? name : `numcodecs.${name}`, configuration: config };
}
