/** Where everything goes in a classic file that is to be written, and the bytes of its header. */
import type { DType } from "../../dtypes/types.ts";
import { DimensionError, EncodingError, UnsupportedError } from "../../errors.ts";
import { unknownName } from "../../util/suggest.ts";
import { castAttr, encodeAttrs, type StoredAttr } from "../attr-encode.ts";
import type { GroupSpec, VariableSpec } from "../contract.ts";
import { headerBytes } from "./header-bytes.ts";
import { CLASSIC_TYPES, type ClassicType, type ClassicVersion, padded } from "./types.ts";

/** netCDF's names of the three formats. */
export type ClassicFormat = "NETCDF3_CLASSIC" | "NETCDF3_64BIT" | "NETCDF3_64BIT_DATA";

/** A variable's place. */
export interface PlacedVariable {
  readonly name: string;
  readonly shape: readonly number[];
  /** What the values come as, and what they are stored as. */
  readonly dtype: DType;
  readonly type: ClassicType;
  readonly record: boolean;
  readonly begin: number;
  /** Bytes of all values, or of one record, without padding. */
  readonly bytes: number;
}
/** A file that is laid out. */
export interface ClassicLayout {
  readonly header: Uint8Array;
  readonly variables: ReadonlyMap<string, PlacedVariable>;
  readonly recordSize: number;
  readonly size: number;
}

const versions: Readonly<Record<ClassicFormat, ClassicVersion>> = { NETCDF3_CLASSIC: 1, NETCDF3_64BIT: 2, NETCDF3_64BIT_DATA: 5 };
const LARGEST_IN_2 = 2 ** 32 - 4;
const LARGEST_OFFSET_IN_1 = 2 ** 31 - 1;

/** dtype → stored type. The narrowings of CDF-1 and CDF-2 are xarray's; values are checked as they are written. */
const wide: Readonly<Partial<Record<DType, string>>> = {
  int8: "int8",
  bool: "int8",
  bytes: "S1",
  int16: "int16",
  int32: "int32",
  float32: "float32",
  float64: "float64",
  uint8: "uint8",
  uint16: "uint16",
  uint32: "uint32",
  int64: "int64",
  bigint64: "int64",
  uint64: "uint64",
  biguint64: "uint64",
};
const narrow: Readonly<Record<string, string>> = { uint8: "int8", uint16: "int16", uint32: "int32", int64: "int32", uint64: "int32" };

/**
 * Lay a group out. Without `format` it is NETCDF3_64BIT, or NETCDF3_64BIT_DATA where a variable is
 * too large for that. Throws EncodingError or DimensionError for what classic files cannot say.
 */
export function planLayout(spec: GroupSpec, format?: ClassicFormat): ClassicLayout {
  if (spec.groups && spec.groups.size > 0)
    throw new EncodingError(`netCDF classic files have no groups (${[...spec.groups.keys()].join(", ")}); write netCDF4 instead`, {
      groups: [...spec.groups.keys()],
    });
  if (format !== undefined && !Object.hasOwn(versions, format))
    throw new UnsupportedError(unknownName("netCDF format", format, Object.keys(versions)), { format });
  const dims = [...spec.dims].map(([name, d]) => ({
    name: checkedName("dimension", name),
    size: d.size,
    record: d.unlimited || d.size === 0,
  }));
  const records = dims.filter((d) => d.record);
  if (records.length > 1)
    throw new EncodingError(
      `netCDF classic files have one unlimited (or empty) dimension at most, not ${records.map((d) => d.name).join(", ")}; write netCDF4 instead`,
      { dims: records.map((d) => d.name) },
    );

  const layout = layOut(spec, dims, versions[format ?? "NETCDF3_64BIT"]);
  const large = format === "NETCDF3_64BIT_DATA" ? undefined : tooLarge(layout);
  if (large === undefined) return layout;
  if (format === undefined) return layOut(spec, dims, 5);
  throw new EncodingError(
    `variable ${JSON.stringify(large.name)} takes ${large.bytes} bytes, more than ${format} can hold; write NETCDF3_64BIT_DATA`,
    { variable: large.name, bytes: large.bytes },
  );
}

/** The variable that CDF-2 cannot hold, as it takes 4 GB (in each record, if it has records). */
function tooLarge(layout: ClassicLayout): PlacedVariable | undefined {
  return [...layout.variables.values()].find((v) => v.bytes > LARGEST_IN_2);
}

/** A dimension to be written. */
export interface PlannedDimension {
  readonly name: string;
  readonly size: number;
  readonly record: boolean;
}

function layOut(spec: GroupSpec, dims: readonly PlannedDimension[], version: ClassicVersion): ClassicLayout {
  const count = dims.find((d) => d.record)?.size ?? 0;
  const drafts = [...spec.variables].map(([name, v]) => draft(name, v, dims, version));
  const globals = lowered("the dataset", encodeAttrs("the dataset", spec.attrs, spec.attrTypes), version);
  const inRecords = drafts.filter((d) => d.record);
  const only = inRecords.length === 1;
  const write = (begins: readonly number[]): Uint8Array => headerBytes(version, dims, count, globals, drafts, begins);

  // The header's length does not depend on the offsets in it.
  let at = write(drafts.map(() => 0)).length;
  const begins = new Array<number>(drafts.length);
  drafts.forEach((d, i) => {
    if (d.record) return;
    begins[i] = at;
    at += padded(d.bytes);
  });
  let recordSize = 0;
  drafts.forEach((d, i) => {
    if (!d.record) return;
    begins[i] = at + recordSize;
    recordSize += only ? d.bytes : padded(d.bytes);
  });
  const size = at + recordSize * count;
  if (!Number.isSafeInteger(size)) throw new EncodingError(`the file would take ${size} bytes, more than any file can hold`, { size });
  if (version === 1 && begins.some((b) => b > LARGEST_OFFSET_IN_1))
    throw new EncodingError(`a NETCDF3_CLASSIC file cannot hold variables beyond 2 GB (this takes ${size} bytes); write NETCDF3_64BIT`, {
      size,
    });
  const variables = new Map(
    drafts.map((d, i) => [
      d.name,
      { name: d.name, shape: d.shape, dtype: d.dtype, type: d.type, record: d.record, bytes: d.bytes, begin: begins[i]! },
    ]),
  );
  return { header: write(begins), variables, recordSize, size };
}

/** A variable before it has a place. */
export interface VariableDraft {
  readonly name: string;
  readonly dimids: readonly number[];
  readonly shape: readonly number[];
  readonly dtype: DType;
  readonly type: ClassicType;
  readonly record: boolean;
  readonly bytes: number;
  readonly attrs: readonly StoredAttr[];
}

function draft(name: string, v: VariableSpec, dims: readonly PlannedDimension[], version: ClassicVersion): VariableDraft {
  const shown = `variable ${JSON.stringify(name)}`;
  const dimids = v.dims.map((dim) => dims.findIndex((d) => d.name === dim));
  const missing = dimids.indexOf(-1);
  if (missing >= 0)
    throw new DimensionError(
      unknownName(
        "dimension",
        v.dims[missing]!,
        dims.map((d) => d.name),
      ),
      { variable: name },
    );
  const later = dimids.findIndex((id, axis) => axis > 0 && dims[id]!.record);
  if (later > 0)
    throw new EncodingError(
      `${shown} has the unlimited dimension ${JSON.stringify(v.dims[later])} at position ${later}; netCDF classic files need it first`,
      { variable: name },
    );
  const shape = dimids.map((id) => dims[id]!.size);
  const record = dimids.length > 0 && dims[dimids[0]!]!.record;
  const type = storedType(shown, v.dtype, version);
  const bytes = shape.slice(record ? 1 : 0).reduce((n, k) => n * k, type.size);
  const attrs = { ...v.attrs };
  if (v.dtype === "bool" && attrs.dtype === undefined) attrs.dtype = "bool";
  const valueType = type.name === "S1" ? undefined : type.dtype;
  return {
    name: checkedName("variable", name),
    dimids,
    shape,
    dtype: v.dtype,
    type,
    record,
    bytes,
    attrs: lowered(shown, encodeAttrs(shown, attrs, v.attrTypes, valueType), version),
  };
}

function storedType(shown: string, dtype: DType, version: ClassicVersion): ClassicType {
  const stored = wide[dtype];
  if (stored === undefined)
    throw new EncodingError(
      `${shown} has dtype ${dtype}, which netCDF classic files cannot hold; encode it first (times as numbers, strings as characters) or write netCDF4`,
      { dtype },
    );
  const name = version === 5 ? stored : (narrow[stored] ?? stored);
  return CLASSIC_TYPES.find((t) => t.name === name)!;
}

/** Attributes in the types the version has. */
function lowered(owner: string, attrs: readonly StoredAttr[], version: ClassicVersion): StoredAttr[] {
  return attrs.map((attr) => {
    checkedName("attribute", attr.name);
    if ("texts" in attr)
      throw new EncodingError(
        `attribute ${JSON.stringify(attr.name)} of ${owner} is a list of strings; netCDF classic files hold one string`,
        { name: attr.name },
      );
    if ("text" in attr || version === 5) return attr;
    if (
      attr.dtype === "int64" &&
      Array.from(attr.values as BigInt64Array).some((v) => v !== BigInt.asIntN(32, v) && Number.isSafeInteger(Number(v)))
    )
      return castAttr(owner, attr, "float64");
    return castAttr(owner, attr, (narrow[attr.dtype] ?? attr.dtype) as typeof attr.dtype);
  });
}

function checkedName(what: string, name: string): string {
  const bad =
    name === "" ||
    name.includes("/") ||
    name.endsWith(" ") ||
    !/^[A-Za-z0-9_\u0080-\u{10ffff}]/u.test(name) ||
    /\p{Cc}/u.test(name) ||
    new TextEncoder().encode(name).length > 256;
  if (bad)
    throw new EncodingError(
      `${JSON.stringify(name)} cannot be the name of a ${what} in a netCDF classic file: it must begin with a letter, digit or _, and have no "/", control character or last blank`,
      { name },
    );
  return name;
}
