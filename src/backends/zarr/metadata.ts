/**
 * The metadata of an array, of Zarr v2 and v3 in one form, checked before anything relies on it.
 *
 * Sources: Zarr v2 specification; Zarr v3 core specification; xarray's `_ARRAY_DIMENSIONS`; NCZarr's
 * `_NCZARR_ARRAY`.
 */
import { type ChunkGrid, gridCount, regularAxis } from "../../array/grid.ts";
import { type CodecSpec, type FillValue, parseV2Type, parseV3Type, v2CodecSpecs, v3CodecSpecs } from "../../codecs/index.ts";
import type { DType } from "../../dtypes/types.ts";
import { BackendError, isGraticuleError, UnsupportedError } from "../../errors.ts";
import type { StoreKey } from "../../stores/contract.ts";
import { setOwn } from "../../util/records.ts";
import type { Attrs, AttrTypes, AttrValue } from "../contract.ts";
import { parseFill } from "./fill.ts";
import { isFloatAt, isObject, type MetaObject, type MetaValue } from "./json.ts";
import { type StoredType, storedType } from "./types.ts";

/** An array as its metadata describes it. */
export interface ArrayMeta {
  readonly format: 2 | 3;
  /** Absolute, `/air`. */
  readonly path: string;
  readonly shape: readonly number[];
  /** The shape of what is stored under one key. */
  readonly chunk: readonly number[];
  /** The shape of the parts of a shard that can be read alone. */
  readonly inner?: readonly number[];
  readonly type: StoredType;
  readonly codecs: readonly CodecSpec[];
  /** What a missing chunk holds; undefined: zeros. */
  readonly fill: FillValue | undefined;
  /** Undefined where the metadata does not name the dimensions. */
  readonly dims: readonly string[] | undefined;
  readonly attrs: Attrs;
  readonly attrTypes: AttrTypes;
  /** The metadata document: `.zarray`, or `zarr.json`. */
  readonly document: MetaObject;
  /** The key of a chunk. */
  key(at: readonly number[]): StoreKey;
}

/** More axes than NumPy has are a hostile file. */
const MOST_AXES = 64;

/** Parse `.zarray` and `.zattrs`. Throws BackendError where they make no sense, UnsupportedError where they are beyond us. */
export function parseArrayV2(path: string, document: MetaObject, zattrs: MetaObject): ArrayMeta {
  const where = `the array ${path}`;
  return guarded(where, () => {
    if (document.zarr_format !== 2)
      throw new BackendError(`${where} says zarr_format ${shown(document.zarr_format)} in its .zarray, not 2`, { path });
    const shape = lengths(document.shape, `${where}: shape`);
    const chunk = chunkShape(document.chunks, shape, where);
    const element = parseV2Type(document.dtype);
    const order = document.order ?? "C";
    if (order !== "C" && order !== "F") throw new BackendError(`${where} has order ${shown(order)}; possible are "C" and "F"`, { path });
    const separator = document.dimension_separator ?? ".";
    if (separator !== "." && separator !== "/")
      throw new BackendError(`${where} has dimension_separator ${shown(separator)}; possible are "." and "/"`, { path });
    const codecs = v2CodecSpecs({ filters: document.filters, compressor: document.compressor, order }, shape.length, element);
    const type = readable(
      storedType(
        element,
        codecs.map((c) => c.name),
      ),
      where,
    );
    const named = zattrs._ARRAY_DIMENSIONS ?? nczarrDims(document) ?? nczarrDims(zattrs);
    return {
      format: 2,
      path,
      shape,
      chunk,
      type,
      codecs,
      fill: parseFill(type.element, document.fill_value, where),
      dims: dimNames(named, shape, where),
      ...plainAttrs(zattrs, "_ARRAY_DIMENSIONS"),
      document,
      key: keyMaker(path, "", separator, "0"),
    };
  });
}

/** Parse the `zarr.json` of an array. Throws BackendError where it makes no sense, UnsupportedError where it is beyond us. */
export function parseArrayV3(path: string, document: MetaObject): ArrayMeta {
  const where = `the array ${path}`;
  return guarded(where, () => {
    if (document.zarr_format !== 3)
      throw new BackendError(`${where} says zarr_format ${shown(document.zarr_format)} in its zarr.json, not 3`, { path });
    refuseUnknown(document, V3_ARRAY_KEYS, where);
    const transformers = document.storage_transformers ?? [];
    if (!Array.isArray(transformers) || transformers.length > 0)
      throw new UnsupportedError(`${where} has storage transformers (${shown(transformers)}), which are not supported`, { path });
    const shape = lengths(document.shape, `${where}: shape`);
    const chunk = regularChunks(document.chunk_grid, shape, where);
    const codecs = v3CodecSpecs(document.codecs);
    const type = readable(
      storedType(
        parseV3Type(document.data_type),
        codecs.map((c) => c.name),
      ),
      where,
    );
    const attrs = document.attributes ?? {};
    if (!isObject(attrs)) throw new BackendError(`${where} has attributes ${shown(attrs)}, which is no object`, { path });
    const inner = innerShape(codecs, chunk, where);
    return {
      format: 3,
      path,
      shape,
      chunk,
      ...(inner && { inner }),
      type,
      codecs,
      fill: parseFill(type.element, document.fill_value, where),
      dims: dimNames(document.dimension_names, shape, where),
      ...plainAttrs(attrs, undefined),
      document,
      key: v3Key(path, document.chunk_key_encoding, where),
    };
  });
}

/** The grid by which an array is read: of its chunks, or of the parts of its shards. */
export function readGrid({ shape, chunk, inner }: ArrayMeta): ChunkGrid {
  return shape.map((n, i) => regularAxis(n, (inner ?? chunk)[i]!));
}

/** The grid of what lies under keys. */
export function storedGrid({ shape, chunk }: ArrayMeta): ChunkGrid {
  return shape.map((n, i) => regularAxis(n, chunk[i]!));
}

/** The coordinates of chunk `id` in a grid. */
export function chunkCoords(grid: ChunkGrid, id: number): number[] {
  const at = new Array<number>(grid.length);
  let rest = id;
  for (let i = grid.length - 1; i >= 0; i--) {
    const { n } = grid[i]!;
    at[i] = rest % n;
    rest = (rest - at[i]!) / n;
  }
  return at;
}

/** Everything wrong with a document is a BackendError that names the array. */
function guarded<T>(where: string, parse: () => T): T {
  try {
    return parse();
  } catch (cause) {
    if (isGraticuleError(cause, "BackendError")) throw cause;
    if (isGraticuleError(cause, "UnsupportedError")) {
      throw cause.message.includes(where) ? cause : new UnsupportedError(`${where}: ${cause.message}`, cause.fields, { cause });
    }
    throw new BackendError(
      `${where} has metadata that make no sense: ${(cause as Error).message}`,
      isGraticuleError(cause) ? cause.fields : {},
      { cause },
    );
  }
}

function readable(type: StoredType | string, where: string): StoredType {
  if (typeof type !== "string") return type;
  throw new UnsupportedError(`${where} cannot be read: ${type}`, { where });
}

function lengths(value: MetaValue | undefined, what: string): number[] {
  if (
    !Array.isArray(value) ||
    value.length > MOST_AXES ||
    !value.every((n) => typeof n === "number" && Number.isSafeInteger(n) && n >= 0)
  ) {
    throw new BackendError(`${what} is ${shown(value)}; it must be a list of at most ${MOST_AXES} whole numbers from 0`, {});
  }
  return value as number[];
}

function chunkShape(value: MetaValue | undefined, shape: readonly number[], where: string): number[] {
  const chunk = lengths(value, `${where}: the chunks' shape`);
  if (chunk.length !== shape.length)
    throw new BackendError(`${where} has ${shape.length} axes and chunks of ${chunk.length}`, { shape, chunk });
  const sound = chunk.map((n, i) => (n === 0 && shape[i] === 0 ? 1 : n));
  if (sound.includes(0)) throw new BackendError(`${where} has chunks of shape (${chunk.join(", ")}), which hold nothing`, { chunk });
  const count = gridCount(shape.map((n, i) => regularAxis(n, sound[i]!)));
  if (count > Number.MAX_SAFE_INTEGER)
    throw new BackendError(`${where} has ${count} chunks by its metadata (shape ${shape.join(" × ")}, chunks ${chunk.join(" × ")})`, {
      shape,
      chunk,
    });
  return sound;
}

function regularChunks(grid: MetaValue | undefined, shape: readonly number[], where: string): number[] {
  const { name, configuration } = namedObject(grid, `${where}: chunk_grid`);
  if (name !== "regular") throw new UnsupportedError(`${where} has the chunk grid ${shown(name)}; supported is "regular"`, { grid: name });
  return chunkShape(configuration.chunk_shape, shape, where);
}

/** The parts of a shard, where nothing is around the sharding. */
function innerShape(codecs: readonly CodecSpec[], chunk: readonly number[], where: string): number[] | undefined {
  const [only] = codecs;
  if (codecs.length !== 1 || only!.name !== "sharding_indexed") return undefined;
  const inner = chunkShape(only!.config.chunk_shape as MetaValue | undefined, chunk, where);
  if (inner.some((n, i) => chunk[i]! % n !== 0))
    throw new BackendError(`${where} has shards of ${chunk.join(" × ")}, which chunks of ${inner.join(" × ")} do not fill`, {
      chunk,
      inner,
    });
  return inner;
}

function v3Key(path: string, encoding: MetaValue | undefined, where: string): ArrayMeta["key"] {
  const { name, configuration } = namedObject(encoding, `${where}: chunk_key_encoding`);
  if (name !== "default" && name !== "v2")
    throw new UnsupportedError(`${where} has the chunk key encoding ${shown(name)}; supported are "default" and "v2"`, { encoding: name });
  const separator = configuration.separator ?? (name === "default" ? "/" : ".");
  if (separator !== "/" && separator !== ".")
    throw new BackendError(`${where} has the chunk key separator ${shown(separator)}; possible are "/" and "."`, { separator });
  return name === "default" ? keyMaker(path, `c${separator}`, separator, "c") : keyMaker(path, "", separator, "0");
}

function keyMaker(path: string, before: string, separator: string, scalar: string): ArrayMeta["key"] {
  const folder = path === "/" ? "/" : `${path}/`;
  return (at) => (at.length === 0 ? `${folder}${scalar}` : `${folder}${before}${at.join(separator)}`) as StoreKey;
}

/** Objects of v3 are `{ name, configuration }`, or a name alone. */
function namedObject(value: MetaValue | undefined, what: string): { name: string; configuration: MetaObject } {
  if (typeof value === "string") return { name: value, configuration: {} };
  if (!isObject(value) || typeof value.name !== "string")
    throw new BackendError(`${what} is ${shown(value)}; it must be an object with a name`, {});
  const { configuration = {} } = value;
  if (!isObject(configuration)) throw new BackendError(`${what} has the configuration ${shown(configuration)}, which is no object`, {});
  return { name: value.name, configuration };
}

const V3_ARRAY_KEYS: ReadonlySet<string> = new Set([
  "zarr_format",
  "node_type",
  "shape",
  "data_type",
  "chunk_grid",
  "chunk_key_encoding",
  "fill_value",
  "codecs",
  "attributes",
  "dimension_names",
  "storage_transformers",
]);

/** Require that names beyond the specification say that they need not be understood. */
export function refuseUnknown(document: MetaObject, known: ReadonlySet<string>, where: string): void {
  for (const [name, value] of Object.entries(document)) {
    if (known.has(name) || (isObject(value) && value.must_understand === false)) continue;
    throw new UnsupportedError(`${where} has ${JSON.stringify(name)} in its metadata, which must be understood and is not`, { name });
  }
}

function dimNames(value: MetaValue | undefined, shape: readonly number[], where: string): readonly string[] | undefined {
  if (shape.length === 0) return [];
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.length !== shape.length)
    throw new BackendError(`${where} has ${shape.length} axes and the dimensions ${shown(value)}`, { shape });
  return value.every((v) => typeof v === "string") ? (value as string[]) : undefined;
}

/** The dimensions as NCZarr keeps them: absolute names, of which the last part counts. */
function nczarrDims(document: MetaObject): MetaValue | undefined {
  const own = document._NCZARR_ARRAY ?? document._nczarr_array;
  const refs = isObject(own) ? (own.dimrefs ?? own.dimension_references) : undefined;
  return Array.isArray(refs) ? refs.map((v) => (typeof v === "string" ? v.slice(v.lastIndexOf("/") + 1) : v)) : undefined;
}

/** Attributes without those that Zarr's dialects keep for themselves, and which of them are floats. */
export function plainAttrs(all: MetaObject, hidden: string | undefined): { attrs: Attrs; attrTypes: AttrTypes } {
  const attrs: Record<string, AttrValue> = {};
  const attrTypes: Record<string, DType> = {};
  for (const [name, value] of Object.entries(all)) {
    if (name === hidden || name.toLowerCase().startsWith("_nc")) continue;
    setOwn(attrs, name, value);
    const float = Array.isArray(value) ? value.some((_, i) => isFloatAt(value, i)) : typeof value === "number" && isFloatAt(all, name);
    if (float) setOwn(attrTypes, name, "float64");
  }
  return { attrs, attrTypes };
}

function shown(value: unknown): string {
  return (JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v)) ?? "missing").slice(0, 80);
}
