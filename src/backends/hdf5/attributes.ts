/** Attributes of groups and datasets as plain values. */
import type { DType } from "../../dtypes/types.ts";
import { BackendError } from "../../errors.ts";
import type { ReadOptions } from "../../stores/contract.ts";
import { setOwn } from "../../util/records.ts";
import type { Attrs, AttrTypes, AttrValue } from "../contract.ts";
import { type StoredType, storedType } from "./datatype.ts";
import { type H5Functions, type H5Metadata, TYPE_CLASS, withMemory } from "./library.ts";
import type { Hdf5Session } from "./session.ts";

/** The attributes of an object, those that netCDF keeps for itself apart. */
export interface ObjectAttrs {
  readonly attrs: Attrs;
  readonly attrTypes: AttrTypes;
  /** Values of the hidden attributes that say how dimensions go together. */
  readonly hidden: Readonly<Record<string, AttrValue>>;
  /** Attributes that cannot be read, with the reason. */
  readonly skipped: readonly (readonly [name: string, reason: string])[];
}

/** What netCDF-4 writes for itself and does not show; on groups only the first two are. */
const HIDDEN_ON_GROUPS: ReadonlySet<string> = new Set(["_NCProperties", "_nc3_strict"]);
const HIDDEN: ReadonlySet<string> = new Set([
  ...HIDDEN_ON_GROUPS,
  "CLASS",
  "NAME",
  "REFERENCE_LIST",
  "DIMENSION_LIST",
  "DIMENSION_LABELS",
  "_Netcdf4Coordinates",
  "_Netcdf4Dimid",
]);
/** Hidden attributes whose values are references. */
const OPAQUE: ReadonlySet<string> = new Set(["REFERENCE_LIST", "DIMENSION_LIST", "DIMENSION_LABELS"]);
/** Attributes are at most 64 KB, or in a heap that the file has room for; in memory they can be larger than on disk. */
const SLACK = 1 << 20;

/** The attributes of the object at `path`, in one call: a file can have thousands. */
export function readAttributes(session: Hdf5Session, path: string, isGroup: boolean, options: ReadOptions): Promise<ObjectAttrs> {
  return session.call((f, file) => collect(f, file, path, isGroup, session), { ...options, what: `the attributes of ${path}` });
}

function collect(f: H5Functions, file: bigint, path: string, isGroup: boolean, session: Hdf5Session): ObjectAttrs {
  const attrs: Record<string, AttrValue> = {};
  const attrTypes: Record<string, DType> = {};
  const hidden: Record<string, AttrValue> = {};
  const skipped: [string, string][] = [];
  for (const name of f.get_attribute_names(file, path)) {
    const hides = (isGroup ? HIDDEN_ON_GROUPS : HIDDEN).has(name);
    if (hides && OPAQUE.has(name)) {
      hidden[name] = true;
      continue;
    }
    const meta = f.get_attribute_metadata(file, path, name);
    const type = storedType(meta);
    const reason =
      typeof type === "string"
        ? type
        : type.dtype.startsWith("complex")
          ? "it is complex"
          : type.complains
            ? "it is a big-endian enumeration"
            : undefined;
    if (typeof type === "string" || reason !== undefined) {
      if (!hides) skipped.push([name, reason!]);
      continue;
    }
    const value = meta.shape === null ? (meta.type === TYPE_CLASS.string ? "" : []) : readValue(f, file, path, name, meta, type, session);
    setOwn(hides ? hidden : attrs, name, value);
    if (!hides && /^(big)?u?int|^float/.test(type.dtype)) setOwn(attrTypes, name, type.dtype.replace(/^big/, "") as DType);
  }
  return { attrs, attrTypes, hidden, skipped };
}

function readValue(
  f: H5Functions,
  file: bigint,
  path: string,
  name: string,
  meta: H5Metadata,
  type: StoredType,
  session: Hdf5Session,
): AttrValue {
  const bytes = meta.size * meta.total_size;
  if (!(bytes <= session.size + SLACK))
    throw new BackendError(
      `attribute ${JSON.stringify(name)} of ${path} claims ${bytes} bytes and the file ${session.url} has ${session.size}`,
      { name, bytes },
    );
  return withMemory(f, bytes, (pointer) => {
    f.HEAPU8.fill(0, pointer, pointer + bytes);
    const status = f.get_attribute_data(file, path, name, BigInt(pointer));
    if (status < 0) throw new Error(`attribute ${JSON.stringify(name)} cannot be read`);
    const values = Array.from(type.decode(f.HEAPU8.slice(pointer, pointer + bytes), f) as ArrayLike<unknown>, (v) => plain(v, type.dtype));
    if (type.vlen) f.reclaim_vlen_memory(file, path, name, BigInt(pointer));
    return values.length === 1 ? values[0]! : values;
  });
}

const decoder = new TextDecoder();

function plain(value: unknown, dtype: DType): string | number | bigint | boolean {
  if (typeof value === "bigint") return value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER ? Number(value) : value;
  if (value instanceof Uint8Array) return decoder.decode(value).replaceAll("\0", "");
  return dtype === "bool" ? value !== 0 : (value as string | number);
}
