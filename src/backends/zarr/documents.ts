/**
 * The metadata documents of what is written: as zarr-python writes them, with xarray's conventions.
 *
 * Names of dimensions are `dimension_names` in v3 and the attribute `_ARRAY_DIMENSIONS` in v2. The
 * attribute `_FillValue` is the array's fill value in v2 and an attribute in xarray's form in v3, where
 * chunks that are not stored hold `encoding.fill_value`, by default NaN for floats and else zero.
 */
import { flatValues, NDArray } from "../../array/ndarray.ts";
import { type ElementType, parseV2Type, parseV3Type } from "../../codecs/index.ts";
import type { DType } from "../../dtypes/types.ts";
import { EncodingError } from "../../errors.ts";
import { ownValue, setOwn } from "../../util/records.ts";
import type { Attrs, AttrTypes, AttrValue, VariableSpec } from "../contract.ts";
import { codecChainV2, codecChainV3 } from "./codec-json.ts";
import { encodeFillAttr, fillJson, givenFill } from "./fill.ts";
import type { ZarrNode } from "./hierarchy.ts";
import { JsonFloat, type JsonInput, type MetaObject, parseObject, writeJson } from "./json.ts";

/** What is written of a node: in v2 attributes have a document of their own. */
export interface Documents {
  readonly document: { readonly [key: string]: JsonInput };
  readonly attrs: { readonly [key: string]: JsonInput };
}

/** The documents of a new array at `path`. Throws EncodingError for encodings that cannot be. */
export function arrayDocuments(path: string, spec: VariableSpec, shape: readonly number[], format: 2 | 3): Documents {
  const where = `variable ${JSON.stringify(path)}`;
  const { encoding } = spec;
  const stored = storedJson(spec, format, where);
  const { chunks, shards } = chunking(spec, shape, stored.element, where);
  const { _FillValue, ...others } = spec.attrs;
  const attrs = attrsJson(others, spec.attrTypes, where, /^float/.test(spec.dtype) ? "float64" : undefined);
  const marked = givenFill(stored.element, _FillValue, `attribute "_FillValue" of ${where}`);
  if (format === 2) {
    if (shards) throw new EncodingError(`${where} has shards in its encoding; Zarr v2 has none`, { path });
    const { filters, compressor } = codecChainV2(encoding, stored.objectCodec, where);
    const separator = v2Separator(encoding.chunk_key_encoding, where);
    const fill = marked ?? givenFill(stored.element, encoding.fill_value, `encoding.fill_value of ${where}`);
    return {
      document: {
        shape,
        chunks,
        dtype: stored.json,
        fill_value: fillJson(stored.element, fill, 2),
        order: "C",
        filters,
        dimension_separator: separator,
        compressor,
        zarr_format: 2,
      },
      attrs: { ...attrs, _ARRAY_DIMENSIONS: spec.dims },
    };
  }
  const given = givenFill(stored.element, encoding.fill_value, `encoding.fill_value of ${where}`);
  const fill = given ?? (stored.element.kind === "float" ? Number.NaN : undefined);
  const document = {
    shape,
    data_type: stored.json,
    chunk_grid: { name: "regular", configuration: { chunk_shape: shards ?? chunks } },
    chunk_key_encoding: (encoding.chunk_key_encoding as JsonInput | undefined) ?? { name: "default", configuration: { separator: "/" } },
    fill_value: fillJson(stored.element, fill, 3),
    codecs: codecChainV3(encoding, stored.element, shards ? chunks : undefined, where),
    attributes: marked === undefined || marked === null ? attrs : { ...attrs, _FillValue: encodeFillAttr(stored.element, marked) },
    ...(spec.dims.length > 0 ? { dimension_names: spec.dims } : {}),
    zarr_format: 3,
    node_type: "array",
    storage_transformers: [],
  };
  return { document, attrs: {} };
}

/** The documents of a group. */
export function groupDocuments(attrs: Attrs, types: AttrTypes | undefined, format: 2 | 3, where: string): Documents {
  const attributes = attrsJson(attrs, types, where, undefined);
  return format === 2
    ? { document: { zarr_format: 2 }, attrs: attributes }
    : { document: { attributes, zarr_format: 3, node_type: "group" }, attrs: {} };
}

/** Documents as they will be read. */
export function nodeOf({ document, attrs }: Documents, kind: ZarrNode["kind"], format: 2 | 3): ZarrNode {
  const read = parseObject(writeJson(document), "new metadata");
  const attributes = format === 2 ? parseObject(writeJson(attrs), "new attributes") : ((read.attributes ?? {}) as MetaObject);
  return { kind, format, document: read, attrs: attributes };
}

/** Attributes as JSON: arrays as lists, numbers of float types with a point. */
function attrsJson(attrs: Attrs, types: AttrTypes | undefined, where: string, likeValues: DType | undefined): { [key: string]: JsonInput } {
  const out: Record<string, JsonInput> = {};
  for (const [name, value] of Object.entries(attrs)) {
    const type = ownValue(types, name) ?? (name === "missing_value" ? likeValues : undefined);
    setOwn(out, name, attrJson(value, type?.startsWith("float") ?? false, `attribute ${JSON.stringify(name)} of ${where}`));
  }
  return out;
}

function attrJson(value: AttrValue, float: boolean, what: string): JsonInput {
  if (value instanceof NDArray) {
    const isFloat = /^float|^complex/.test(value.dtype);
    const values = Array.from(flatValues(value) as ArrayLike<AttrValue>, (v) =>
      value.dtype === "bool" ? Boolean(v) : attrJson(v, isFloat, what),
    );
    return value.shape.length === 0 ? values[0]! : values;
  }
  if (Array.isArray(value)) return (value as readonly AttrValue[]).map((v) => attrJson(v, float, what));
  if (typeof value === "number") return float ? new JsonFloat(value) : value;
  if (typeof value === "string" || typeof value === "boolean" || typeof value === "bigint" || value === null) return value;
  if (typeof value === "object" && Object.getPrototypeOf(value) !== null && Object.getPrototypeOf(value) !== Object.prototype) {
    throw new EncodingError(
      `${what} is a ${value.constructor.name}; attributes can be text, numbers, booleans, null, lists and plain objects`,
      {},
    );
  }
  if (typeof value === "object")
    return Object.fromEntries(Object.entries(value as { [key: string]: AttrValue }).map(([key, v]) => [key, attrJson(v, float, what)]));
  throw new EncodingError(`${what} is a ${typeof value}; attributes can be text, numbers, booleans, null, lists and plain objects`, {});
}

/** How values are stored: the type's JSON, and for v2 the filter that makes bytes of objects. */
interface Stored {
  readonly json: JsonInput;
  readonly element: ElementType;
  readonly objectCodec?: string;
}

const v2Codes: { readonly [T in DType]?: string } = {
  bool: "|b1",
  int8: "|i1",
  int16: "i2",
  int32: "i4",
  int64: "i8",
  bigint64: "i8",
  uint8: "|u1",
  uint16: "u2",
  uint32: "u4",
  uint64: "u8",
  biguint64: "u8",
  float16: "f2",
  float32: "f4",
  float64: "f8",
  complex64: "c8",
  complex128: "c16",
};

function storedJson({ dtype, encoding }: VariableSpec, format: 2 | 3, where: string): Stored {
  const wanted = typeof encoding.dtype === "string" ? encoding.dtype : "";
  const fixed = /^[<>|=]?([USV])(\d+)$/.exec(wanted);
  if (dtype === "string") {
    if (fixed?.[1] === "U") return fixedType(format, `<U${fixed[2]}`, "fixed_length_utf32", 4 * Number(fixed[2]));
    return variableType(format, "string", "vlen-utf8");
  }
  if (dtype === "bytes") {
    const size = Math.max(1, Number(fixed?.[2] ?? 1));
    if (fixed?.[1] === "S") return fixedType(format, `|S${size}`, "null_terminated_bytes", size);
    if (fixed?.[1] === "V") return fixedType(format, `|V${size}`, "raw_bytes", size);
    return variableType(format, "variable_length_bytes", "vlen-bytes");
  }
  const code = v2Codes[dtype];
  if (code === undefined)
    throw new EncodingError(`${where} holds ${dtype}, which Zarr stores as numbers with units; encode it first`, { dtype });
  const order = encoding.endian === "big" ? ">" : "<";
  const json = format === 3 ? dtype.replace("big", "") : code.startsWith("|") ? code : `${order}${code}`;
  return { json, element: format === 3 ? parseV3Type(json) : parseV2Type(json) };
}

function fixedType(format: 2 | 3, v2: string, name: string, bytes: number): Stored {
  const json = format === 3 ? { name, configuration: { length_bytes: bytes } } : v2;
  return { json, element: format === 3 ? parseV3Type(json) : parseV2Type(json) };
}

function variableType(format: 2 | 3, name: string, codec: string): Stored {
  return format === 3 ? { json: name, element: parseV3Type(name) } : { json: "|O", element: parseV3Type(name), objectCodec: codec };
}

const CHUNK_BYTES = 2 ** 22;

function chunking(
  { encoding }: VariableSpec,
  shape: readonly number[],
  { size }: ElementType,
  where: string,
): { chunks: number[]; shards: number[] | undefined } {
  const wish = encoding.chunks ?? encoding.chunksizes;
  const chunks = sizes(wish, shape, `encoding.chunks of ${where}`) ?? autoChunks(shape, size || 16);
  const shards = sizes(encoding.shards, shape, `encoding.shards of ${where}`);
  shards?.forEach((n, i) => {
    if (n % chunks[i]! !== 0)
      throw new EncodingError(`${where} has shards of (${shards.join(", ")}), which chunks of (${chunks.join(", ")}) do not fill`, {
        shards,
        chunks,
      });
  });
  return { chunks, shards };
}

/** Lengths along each axis: one number is for all. Those of another rank are of another shape, and not used. */
function sizes(wish: unknown, shape: readonly number[], what: string): number[] | undefined {
  if (wish === undefined || wish === null || wish === "auto" || wish === false) return undefined;
  const list: readonly unknown[] = typeof wish === "number" ? shape.map(() => wish) : Array.isArray(wish) ? wish : [wish];
  if (!list.every((n) => typeof n === "number" && Number.isSafeInteger(n) && n >= 1))
    throw new EncodingError(`${what} is ${JSON.stringify(wish)}; it must be positive whole numbers`, {});
  return list.length === shape.length ? (list as number[]) : undefined;
}

/** The whole array, or halves of its longest axis, again and again, until a chunk has at most 4 MiB. */
function autoChunks(shape: readonly number[], itemSize: number): number[] {
  const chunks = shape.map((n) => Math.max(1, n));
  while (chunks.reduce((n, k) => n * k, itemSize) > CHUNK_BYTES) {
    const axis = chunks.indexOf(Math.max(...chunks));
    if (chunks[axis] === 1) break;
    chunks[axis] = Math.ceil(chunks[axis]! / 2);
  }
  return chunks;
}

function v2Separator(wish: unknown, where: string): "." | "/" {
  if (wish === undefined || wish === null) return ".";
  const { separator, configuration } = wish as { separator?: unknown; configuration?: { separator?: unknown } };
  const found = separator ?? configuration?.separator ?? ".";
  if (found === "." || found === "/") return found;
  throw new EncodingError(
    `encoding.chunk_key_encoding of ${where} has the separator ${JSON.stringify(found)}; possible are "." and "/"`,
    {},
  );
}
