/** What is to be created in a netCDF-4 file: names, types, chunks and filters, decided before anything is written. */
import type { DType } from "../../dtypes/types.ts";
import { DimensionError, EncodingError, UnsupportedError } from "../../errors.ts";
import { warn } from "../../options.ts";
import { unknownName } from "../../util/suggest.ts";
import { encodeAttrs, type StoredAttr } from "../attr-encode.ts";
import type { GroupSpec, VariableSpec } from "../contract.ts";
import { TYPE_CLASS } from "./library.ts";
import { NON_COORDINATE } from "./scan.ts";

/** The HDF5 type of values. */
export interface PlannedType {
  readonly type: number;
  readonly size: number;
  readonly signed: boolean;
  readonly vlen: boolean;
  readonly cset?: number;
}
/** A dimension with netCDF's number. */
export interface PlannedDimension {
  readonly name: string;
  readonly size: number;
  readonly unlimited: boolean;
  readonly id: number;
  readonly group: string;
  /** The path of its scale. */
  readonly scale: string;
  /** Whether the scale is a dataset without values of its own. */
  readonly bare: boolean;
}
/** A dataset to be created. */
export interface PlannedVariable {
  readonly name: string;
  /** Where it is in the file. */
  readonly path: string;
  readonly dtype: DType;
  readonly stored: PlannedType;
  readonly dims: readonly PlannedDimension[];
  readonly shape: readonly number[];
  readonly chunks: readonly number[] | undefined;
  readonly filter: number;
  readonly filterOptions: readonly number[];
  readonly attrs: readonly StoredAttr[];
}
/** A group to be created. */
export interface PlannedGroup {
  readonly path: string;
  readonly dims: readonly PlannedDimension[];
  readonly variables: readonly PlannedVariable[];
  readonly attrs: readonly StoredAttr[];
}

const int = (size: number, signed: boolean): PlannedType => ({ type: TYPE_CLASS.integer, size, signed, vlen: false });
const float = (size: number): PlannedType => ({ type: TYPE_CLASS.float, size, signed: false, vlen: false });

/** dtype → HDF5 type. Characters are stored one by one; text has variable length. */
const stored: Readonly<Partial<Record<DType, PlannedType>>> = {
  int8: int(1, true),
  int16: int(2, true),
  int32: int(4, true),
  int64: int(8, true),
  bigint64: int(8, true),
  uint8: int(1, false),
  uint16: int(2, false),
  uint32: int(4, false),
  uint64: int(8, false),
  biguint64: int(8, false),
  bool: int(1, true),
  float32: float(4),
  float64: float(8),
  bytes: { type: TYPE_CLASS.string, size: 1, signed: false, vlen: false, cset: 0 },
  string: { type: TYPE_CLASS.string, size: 4, signed: false, vlen: true, cset: 1 },
};

const RESERVED: ReadonlySet<string> = new Set([
  "CLASS",
  "NAME",
  "REFERENCE_LIST",
  "DIMENSION_LIST",
  "DIMENSION_LABELS",
  "_Netcdf4Coordinates",
  "_Netcdf4Dimid",
  "_NCProperties",
  "_nc3_strict",
]);
/** Bytes of a chunk where the caller does not say. */
const CHUNK_BYTES = 1 << 22;
/** Steps of an unlimited dimension that a chunk takes together while they are small. */
const RECORDS = 1024;
const RECORD_BYTES = 1 << 16;

/** Plan a group and all below it, parents first. */
export function planGroups(spec: GroupSpec): PlannedGroup[] {
  const out: PlannedGroup[] = [];
  let ids = 0;
  const visit = (group: GroupSpec, path: string, inherited: readonly PlannedDimension[]): void => {
    const below = (name: string): string => (path === "/" ? `/${name}` : `${path}/${name}`);
    const dims = [...group.dims].map(([name, d]): PlannedDimension => {
      const coordinate = group.variables.get(name)?.dims[0] === name;
      return {
        name: checkedName("dimension", name),
        size: d.size,
        unlimited: d.unlimited,
        id: ids++,
        group: path,
        scale: below(name),
        bare: !coordinate,
      };
    });
    const scope = [...dims, ...inherited];
    const variables = [...group.variables].map(([name, v]) => {
      const clashes = dims.some((d) => d.name === name && d.bare);
      return planVariable(checkedName("variable", name), below(clashes ? NON_COORDINATE + name : name), v, scope);
    });
    const owner = path === "/" ? "the dataset" : `group ${path}`;
    out.push({ path, dims, variables, attrs: checkedAttrs(owner, encodeAttrs(owner, group.attrs, group.attrTypes)) });
    for (const [name, child] of group.groups ?? []) {
      if (group.variables.has(name)) throw new EncodingError(`${JSON.stringify(name)} is both a group and a variable of ${path}`, { name });
      visit(child, below(checkedName("group", name)), scope);
    }
  };
  visit(spec, "/", []);
  return out;
}

function planVariable(name: string, path: string, v: VariableSpec, scope: readonly PlannedDimension[]): PlannedVariable {
  const shown = `variable ${JSON.stringify(name)}`;
  const type = stored[v.dtype];
  if (type === undefined)
    throw new EncodingError(
      `${shown} has dtype ${v.dtype}, which netCDF-4 files cannot hold; encode it first (times as numbers, complex as pairs, float16 as float32)`,
      { dtype: v.dtype },
    );
  const dims = v.dims.map((dim) => {
    const found = scope.find((d) => d.name === dim);
    if (found === undefined)
      throw new DimensionError(
        unknownName(
          "dimension",
          dim,
          scope.map((d) => d.name),
        ),
        { variable: name },
      );
    return found;
  });
  const shape = dims.map((d) => d.size);
  const [filter, filterOptions] = planFilter(shown, v, type);
  const wish = wishedChunks(v, shape);
  const chunked =
    shape.length > 0 && (dims.some((d) => d.unlimited) || (shape.every((n) => n > 0) && (filter !== 0 || wish !== undefined)));
  const attrs: Record<string, unknown> = { ...v.attrs };
  if (v.dtype === "bool" && attrs.dtype === undefined) attrs.dtype = "bool";
  const encoded = encodeAttrs(
    shown,
    attrs as VariableSpec["attrs"],
    v.attrTypes,
    type.type === TYPE_CLASS.string ? undefined : v.dtype,
  ).map(
    (attr): StoredAttr =>
      // The fill value of text must be text of variable length.
      attr.name === "_FillValue" && v.dtype === "string" && "text" in attr ? { name: attr.name, texts: [attr.text] } : attr,
  );
  return {
    name,
    path,
    dtype: v.dtype,
    stored: type,
    dims,
    shape,
    filter: chunked ? filter : 0,
    filterOptions,
    chunks: chunked ? planChunks(shown, wish, dims, type.size) : undefined,
    attrs: checkedAttrs(shown, encoded),
  };
}

/** The one filter h5wasm can set: deflate where compression is wanted at all. */
function planFilter(shown: string, { encoding }: VariableSpec, type: PlannedType): [filter: number, options: readonly number[]] {
  const wish = encoding.compression;
  if (wish !== undefined && wish !== null && wish !== "zlib" && wish !== "gzip")
    throw new UnsupportedError(`${shown} asks for compression ${JSON.stringify(wish)}; possible here is "zlib"`, { compression: wish });
  const other = ["szip", "zstd", "bzip2", "blosc", "lz4", "lzf", "blosc2", "bitshuffle"].find((name) => encoding[name] === true);
  const level = other === undefined ? Number(encoding.complevel ?? encoding.compression_opts ?? 4) : 4;
  if (other !== undefined)
    warn("compression-changed", `${shown} was compressed with ${other}, which cannot be written here; it is compressed with zlib`);
  if (!Number.isInteger(level) || level < 0 || level > 9)
    throw new EncodingError(`${shown} asks for complevel ${level}; possible are 0 to 9`, { level });
  if (type.vlen) return [0, []];
  if (wish || encoding.zlib === true || other !== undefined) return level === 0 ? [0, []] : [1, [level]];
  if (encoding.fletcher32 === true) return [3, []];
  return [0, []];
}

/** The chunks that are asked for; those of a file the values came from do not bind once the shape is another. */
function wishedChunks({ encoding }: VariableSpec, shape: readonly number[]): readonly unknown[] | undefined {
  const { chunksizes, original_shape: original } = encoding;
  if (!Array.isArray(chunksizes)) return undefined;
  const same = !Array.isArray(original) || (original.length === shape.length && original.every((n, i) => n === shape[i]));
  return same ? chunksizes : undefined;
}

function planChunks(shown: string, wish: readonly unknown[] | undefined, dims: readonly PlannedDimension[], itemSize: number): number[] {
  if (wish !== undefined) {
    if (wish.length !== dims.length || wish.some((n) => !Number.isInteger(n) || (n as number) < 1))
      throw new EncodingError(
        `${shown} asks for chunksizes (${wish.join(", ")}); it has ${dims.length} dimensions and each needs a positive whole number`,
        { chunksizes: wish },
      );
    return dims.map((d, i) => (d.unlimited ? (wish[i] as number) : Math.min(wish[i] as number, Math.max(1, d.size))));
  }
  const chunks = dims.map((d) => (d.unlimited ? 1 : Math.max(1, d.size)));
  const growing = dims.findIndex((d) => d.unlimited);
  if (growing >= 0) {
    const step = chunks.reduce((n, k) => n * k, itemSize);
    chunks[growing] = Math.max(1, Math.min(Math.max(dims[growing]!.size, RECORDS), Math.floor(RECORD_BYTES / step)));
  }
  for (let axis = 0; axis < chunks.length; axis++) {
    const bytes = chunks.reduce((n, k) => n * k, itemSize);
    if (bytes > CHUNK_BYTES) chunks[axis] = Math.max(1, Math.floor(chunks[axis]! / (bytes / CHUNK_BYTES)));
  }
  return chunks;
}

function checkedAttrs(owner: string, attrs: readonly StoredAttr[]): readonly StoredAttr[] {
  for (const { name } of attrs) {
    if (RESERVED.has(name))
      throw new EncodingError(`attribute ${JSON.stringify(name)} of ${owner} is one that netCDF-4 keeps for itself`, { name });
    checkedName("attribute", name);
  }
  return attrs;
}

function checkedName(what: string, name: string): string {
  if (name === "" || name === "." || name.includes("/") || name.includes("\0"))
    throw new EncodingError(
      `${JSON.stringify(name)} cannot be the name of a ${what} in a netCDF-4 file: it must not be empty or hold "/"`,
      { name },
    );
  return name;
}
