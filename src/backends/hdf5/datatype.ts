/** HDF5's types as dtypes, and raw elements as values. */
import { halfToFloat } from "../../codecs/half.ts";
import { swapBytes } from "../../codecs/swap.ts";
import type { AnyValues, DType } from "../../dtypes/types.ts";
import { charsOf } from "../netcdf3/types.ts";
import { type H5Functions, type H5Metadata, TYPE_CLASS } from "./library.ts";

/** How the elements of a dataset or attribute are understood. */
export interface StoredType {
  readonly dtype: DType;
  /** The type's name as `encoding.dtype` has it. */
  readonly name: string;
  /** Bytes per element in memory. */
  readonly size: number;
  /** Whether elements are pointers, to be given back after reading. */
  readonly vlen: boolean;
  /** Whether the library complains about a byte order it then leaves as it is. */
  readonly complains: boolean;
  /** Names of an enumeration's values; not for booleans. */
  readonly members?: Readonly<Record<string, number>>;
  /** The values of raw elements; `raw` is a fresh buffer and is used up. */
  decode(raw: Uint8Array, functions: H5Functions): AnyValues;
}

type Decoder = (raw: Uint8Array) => AnyValues;

const numbers: Readonly<Record<string, { dtype: DType; name: string; decode: Decoder }>> = {
  i1: { dtype: "int8", name: "int8", decode: (raw) => new Int8Array(raw.buffer) },
  i2: { dtype: "int16", name: "int16", decode: (raw) => new Int16Array(raw.buffer) },
  i4: { dtype: "int32", name: "int32", decode: (raw) => new Int32Array(raw.buffer) },
  i8: { dtype: "bigint64", name: "int64", decode: (raw) => new BigInt64Array(raw.buffer) },
  u1: { dtype: "uint8", name: "uint8", decode: (raw) => raw },
  u2: { dtype: "uint16", name: "uint16", decode: (raw) => new Uint16Array(raw.buffer) },
  u4: { dtype: "uint32", name: "uint32", decode: (raw) => new Uint32Array(raw.buffer) },
  u8: { dtype: "biguint64", name: "uint64", decode: (raw) => new BigUint64Array(raw.buffer) },
  f2: { dtype: "float16", name: "float16", decode: half },
  f4: { dtype: "float32", name: "float32", decode: (raw) => new Float32Array(raw.buffer) },
  f8: { dtype: "float64", name: "float64", decode: (raw) => new Float64Array(raw.buffer) },
};

function half(raw: Uint8Array): Float32Array {
  const out = new Float32Array(raw.length / 2);
  halfToFloat(new Uint16Array(raw.buffer), out);
  return out;
}

/** The type as it can be read; a string says why it cannot. */
export function storedType(meta: H5Metadata): StoredType | string {
  const { type, size } = meta;
  switch (type) {
    case TYPE_CLASS.integer:
    case TYPE_CLASS.bitfield:
    case TYPE_CLASS.float:
      return numeric(`${type === TYPE_CLASS.float ? "f" : meta.signed ? "i" : "u"}${size}`, size);
    case TYPE_CLASS.enum:
      return enumeration(meta);
    case TYPE_CLASS.string:
      return meta.vlen ? text(size) : fixed(size);
    case TYPE_CLASS.compound:
      return complex(meta);
    case TYPE_CLASS.opaque:
      return { dtype: "bytes", name: `V${size}`, size, vlen: false, complains: false, decode: (raw) => sliced(raw, size, false) };
    default:
      return `its HDF5 type is ${Object.keys(TYPE_CLASS)[type] ?? `number ${type}`}`;
  }
}

function numeric(key: string, size: number): StoredType | string {
  if (!Object.hasOwn(numbers, key)) return `it has ${key.startsWith("f") ? "floats" : "integers"} of ${size} bytes`;
  return { ...numbers[key]!, size, vlen: false, complains: false };
}

/** Integers, or booleans where the members are FALSE and TRUE. The library leaves big-endian ones as they are. */
function enumeration(meta: H5Metadata): StoredType | string {
  const members = meta.enum_type!.members;
  const base = numeric(`${meta.signed ? "i" : "u"}${meta.size}`, meta.size);
  if (typeof base === "string") return base;
  const swaps = !meta.littleEndian && meta.size > 1;
  const decode: Decoder = (raw) => {
    if (swaps) swapBytes(raw, meta.size);
    return numbers[`${meta.signed ? "i" : "u"}${meta.size}`]!.decode(raw);
  };
  const names = Object.keys(members);
  if (names.length === 2 && members.FALSE === 0 && members.TRUE === 1 && meta.size === 1) {
    return { ...base, dtype: "bool", name: "bool", decode: (raw) => raw };
  }
  return { ...base, complains: swaps, members, decode };
}

function complex(meta: H5Metadata): StoredType | string {
  const members = meta.compound_type?.members ?? [];
  const [re, im] = members;
  const names = members.map((m) => m.name.toLowerCase()).join(",");
  const plain = members.length === 2 && (names === "r,i" || names === "re,im" || names === "real,imag" || names === "real,imaginary");
  const float = re?.type === TYPE_CLASS.float && im?.type === TYPE_CLASS.float && re.size === im.size && (re.size === 4 || re.size === 8);
  if (!plain || !float || re.offset !== 0 || im.offset !== re.size || meta.size !== 2 * re.size) {
    return `it is a structure of ${members
      .map((m) => m.name)
      .slice(0, 20)
      .join(", ")}`;
  }
  const wide = re.size === 8;
  return {
    dtype: wide ? "complex128" : "complex64",
    name: wide ? "complex128" : "complex64",
    size: meta.size,
    vlen: false,
    complains: false,
    decode: (raw) => (wide ? new Float64Array(raw.buffer) : new Float32Array(raw.buffer)),
  };
}

/** Strings of fixed length: single characters as netCDF has them, or bytes without trailing NULs. */
function fixed(size: number): StoredType {
  return {
    dtype: "bytes",
    name: `S${size}`,
    size,
    vlen: false,
    complains: false,
    decode: size === 1 ? charsOf : (raw) => sliced(raw, size, true),
  };
}

function sliced(raw: Uint8Array, size: number, trim: boolean): Uint8Array[] {
  const out = new Array<Uint8Array>(raw.length / size);
  for (let i = 0; i < out.length; i++) {
    let end = (i + 1) * size;
    if (trim) while (end > i * size && raw[end - 1] === 0) end--;
    out[i] = raw.subarray(i * size, end);
  }
  return out;
}

/** Text behind pointers; a null pointer is an empty string, as netCDF reads it. */
function text(size: number): StoredType {
  const decoder = new TextDecoder();
  const decode = (raw: Uint8Array, { HEAPU8 }: H5Functions): (string | null)[] => {
    const pointers = new Uint32Array(raw.buffer);
    const out = new Array<string | null>(pointers.length);
    for (let i = 0; i < pointers.length; i++) {
      const start = pointers[i]!;
      out[i] = start === 0 ? "" : decoder.decode(HEAPU8.slice(start, HEAPU8.indexOf(0, start)));
    }
    return out;
  };
  return { dtype: "string", name: "str", size, vlen: true, complains: false, decode };
}
