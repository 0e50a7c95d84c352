/** The codec chains of Zarr v2 (`filters`, `compressor`, `order`) and v3 (`codecs`) as one list of specs. */
import { EncodingError } from "../errors.ts";
import { isRecord } from "../util/records.ts";
import type { CodecConfig, CodecSpec, Json } from "./contract.ts";
import type { ElementType } from "./element-type.ts";

/** The parts of a `.zarray` that make its chain. */
export interface V2Codecs {
  readonly filters?: unknown;
  readonly compressor?: unknown;
  readonly order?: unknown;
}

/** Filters that take elements (not bytes): `bytes` is put after the last of them. */
const arrayFilters = new Set(["delta", "fixedscaleoffset", "quantize", "astype", "bitround", "packbits", "categorize"]);
/** Filters that turn values straight into bytes, so that no `bytes` is needed. */
const serializers = new Set(["vlen-utf8", "vlen-bytes", "vlen-array", "json2", "pickle", "msgpack2"]);

/**
 * The chain of a v2 array: order F is a transpose, then filters, raw bytes, the compressor.
 *
 * @example
 * ```ts
 * v2CodecSpecs({ filters: null, compressor: { id: "zlib", level: 1 }, order: "C" }, 2, parseV2Type("<f4"));
 * // [{ name: "bytes", config: { endian: "little" } }, { name: "zlib", config: { level: 1 } }]
 * ```
 */
export function v2CodecSpecs(meta: V2Codecs, ndim: number, type: ElementType): CodecSpec[] {
  const specs: CodecSpec[] = [];
  if (meta.order === "F" && ndim > 1) {
    specs.push({
      name: "transpose",
      config: { order: Array.from({ length: ndim }, (_, i) => ndim - 1 - i) },
    });
  }
  if (meta.filters !== null && meta.filters !== undefined && !Array.isArray(meta.filters)) {
    throw new EncodingError(`"filters" must be a list or null, not ${shown(meta.filters)}`);
  }
  const filters = ((meta.filters ?? []) as unknown[]).map((entry) => v2Spec(entry, "filter"));
  let bigEndian = type.bigEndian;
  let serialized = false;
  for (const spec of filters) {
    if (!serialized && !arrayFilters.has(spec.name)) {
      if (!serializers.has(spec.name)) specs.push(rawBytes(bigEndian));
      serialized = true;
    } else if (!serialized) bigEndian = encodedOrder(spec, bigEndian);
    specs.push(spec);
  }
  if (!serialized) specs.push(rawBytes(bigEndian));
  if (meta.compressor !== null && meta.compressor !== undefined) specs.push(v2Spec(meta.compressor, "compressor"));
  return specs;
}

/** The byte order of what a filter gives: that of the type in its options. */
function encodedOrder(spec: CodecSpec, before: boolean): boolean {
  if (spec.name === "packbits" || spec.name === "categorize") return false;
  const dtype = spec.config.encode_dtype ?? spec.config.astype ?? spec.config.dtype;
  return typeof dtype === "string" ? dtype.startsWith(">") : before;
}

function rawBytes(bigEndian: boolean): CodecSpec {
  return { name: "bytes", config: { endian: bigEndian ? "big" : "little" } };
}

function v2Spec(entry: unknown, what: string): CodecSpec {
  const id = isRecord(entry) ? entry.id : undefined;
  if (typeof id !== "string") throw new EncodingError(`a ${what} must be an object with an "id", not ${shown(entry)}`);
  const { id: _, ...config } = entry as Record<string, Json>;
  return { name: id, config };
}

/** Other names under which codecs appear in v3 metadata. */
const aliases: Readonly<Record<string, string>> = { endian: "bytes" };

/** The chain of a v3 array: `codecs` as they are, `numcodecs.*` by their own names. */
export function v3CodecSpecs(codecs: unknown): CodecSpec[] {
  if (!Array.isArray(codecs)) throw new EncodingError(`"codecs" must be a list, not ${shown(codecs)}`);
  return (codecs as unknown[]).map((entry) => {
    const name = typeof entry === "string" ? entry : isRecord(entry) ? entry.name : undefined;
    if (typeof name !== "string") throw new EncodingError(`a codec must be an object with a "name", not ${shown(entry)}`);
    const config = isRecord(entry) && isRecord(entry.configuration) ? (entry.configuration as CodecConfig) : {};
    const bare = name.startsWith("numcodecs.") ? name.slice("numcodecs.".length) : name;
    return { name: Object.hasOwn(aliases, bare) ? aliases[bare]! : bare, config };
  });
}

function shown(value: unknown): string {
  return (JSON.stringify(value) ?? String(value)).slice(0, 80);
}
