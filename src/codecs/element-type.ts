/**
 * What one element of a stored array is, and how Zarr v2 (`"<f4"`) and v3 (`"float32"`, `{ name, … }`) say it.
 *
 * @example
 * ```ts
 * parseV2Type("<M8[ns]"); // { kind: "datetime", size: 8, unit: "ns", step: 1, bigEndian: false, … }
 * ```
 */
import { EncodingError, UnsupportedError } from "../errors.ts";

/** The families of element types. `ascii`: NUL-padded bytes; `ucs4`: NUL-padded text; `raw`: bytes as they are. */
export type ElementKind =
  | "bool"
  | "int"
  | "uint"
  | "float"
  | "complex"
  | "datetime"
  | "timedelta"
  | "ascii"
  | "ucs4"
  | "raw"
  | "string"
  | "bytes"
  | "object";

/** The type of one stored element. */
export interface ElementType {
  readonly kind: ElementKind;
  /** Bytes per element; 0 for those of variable length. */
  readonly size: number;
  /** Whether the metadata says big-endian (v2; in v3 the `bytes` codec says it). */
  readonly bigEndian: boolean;
  /** The unit of times (`"ns"`, `"D"`, `"generic"` …). */
  readonly unit?: string;
  /** How many units one step of a time is (nearly always 1). */
  readonly step?: number;
  /** The members of a structured type, which is `raw`. */
  readonly fields?: readonly ElementField[];
}

/** A member of a structured type. */
export interface ElementField {
  readonly name: string;
  readonly type: ElementType;
  readonly offset: number;
}

const units = ["Y", "M", "W", "D", "h", "m", "s", "ms", "us", "μs", "ns", "ps", "fs", "as", "generic"];
/** No element is longer: a guard against hostile sizes. */
const MOST_BYTES = 1 << 24;

const v2Kinds: Readonly<Record<string, { kind: ElementKind; sizes?: readonly number[]; unit?: number }>> = {
  b: { kind: "bool", sizes: [1] },
  i: { kind: "int", sizes: [1, 2, 4, 8] },
  u: { kind: "uint", sizes: [1, 2, 4, 8] },
  f: { kind: "float", sizes: [2, 4, 8] },
  c: { kind: "complex", sizes: [8, 16] },
  M: { kind: "datetime", sizes: [8] },
  m: { kind: "timedelta", sizes: [8] },
  S: { kind: "ascii" },
  U: { kind: "ucs4", unit: 4 },
  V: { kind: "raw" },
};

/** The type behind a v2 (NumPy) dtype: a string, or a list of `[name, dtype, shape?]`. */
export function parseV2Type(dtype: unknown): ElementType {
  if (Array.isArray(dtype)) return structured(dtype, parseV2Type);
  const match = typeof dtype === "string" ? /^([<>|=]?)([a-zA-Z])(\d*)(?:\[(\d*)([a-zμ]+)\])?$/iu.exec(dtype) : null;
  if (match === null) throw unknownType(dtype);
  const [, order, code, digits, step, unit] = match;
  const bigEndian = order === ">";
  if (code === "O") return { kind: "object", size: 0, bigEndian: false };
  const found = Object.hasOwn(v2Kinds, code!) ? v2Kinds[code!]! : undefined;
  if (found === undefined) throw unknownType(dtype);
  const size = Number(digits) * (found.unit ?? 1);
  if (digits === "" || (found.sizes && !found.sizes.includes(size))) throw unknownType(dtype);
  checkSize(size, dtype);
  if (found.kind === "datetime" || found.kind === "timedelta")
    return timeType(found.kind, bigEndian, unit ?? "generic", Number(step || 1), dtype);
  if (unit !== undefined) throw unknownType(dtype);
  return { kind: found.kind, size, bigEndian: bigEndian && size > 1 };
}

const plain: Readonly<Record<string, readonly [ElementKind, number]>> = {
  bool: ["bool", 1],
  int8: ["int", 1],
  int16: ["int", 2],
  int32: ["int", 4],
  int64: ["int", 8],
  uint8: ["uint", 1],
  uint16: ["uint", 2],
  uint32: ["uint", 4],
  uint64: ["uint", 8],
  float16: ["float", 2],
  float32: ["float", 4],
  float64: ["float", 8],
  complex64: ["complex", 8],
  complex128: ["complex", 16],
  complex_float32: ["complex", 8],
  complex_float64: ["complex", 16],
  string: ["string", 0],
  bytes: ["bytes", 0],
  variable_length_bytes: ["bytes", 0],
};

/** Configured v3 types: from their options to the type. */
const configured: Readonly<Record<string, (config: Record<string, unknown>, dtype: unknown) => ElementType>> = {
  "numpy.datetime64": (c, d) => timeType("datetime", false, c.unit, c.scale_factor ?? 1, d),
  "numpy.timedelta64": (c, d) => timeType("timedelta", false, c.unit, c.scale_factor ?? 1, d),
  fixed_length_utf32: (c, d) => sized("ucs4", c.length_bytes, d, 4),
  null_terminated_bytes: (c, d) => sized("ascii", c.length_bytes, d),
  fixed_length_ascii: (c, d) => sized("ascii", typeof c.length_bits === "number" ? c.length_bits / 8 : c.length_bytes, d),
  raw_bytes: (c, d) => sized("raw", c.length_bytes, d),
  structured: (c, d) => structured(c.fields, parseV3Type, d),
  struct: (c, d) => structured(c.fields, parseV3Type, d),
};

/** The type behind a v3 `data_type`: a name, or `{ name, configuration }`. */
export function parseV3Type(dataType: unknown): ElementType {
  const isObject = typeof dataType === "object" && dataType !== null && !Array.isArray(dataType);
  const name = isObject ? (dataType as { name?: unknown }).name : dataType;
  if (typeof name !== "string") throw unknownType(dataType);
  if (Object.hasOwn(plain, name)) {
    const [kind, size] = plain[name]!;
    return { kind, size, bigEndian: false };
  }
  const bits = /^r(\d+)$/.exec(name);
  if (bits) return sized("raw", Number(bits[1]) / 8, dataType);
  if (!Object.hasOwn(configured, name)) throw unknownType(dataType);
  const config = isObject ? (dataType as { configuration?: unknown }).configuration : undefined;
  return configured[name]!((config ?? {}) as Record<string, unknown>, dataType);
}

/** The type as people write it, for messages: `float32`, `datetime64[ns]`, `U5`. */
export function typeName(type: ElementType): string {
  switch (type.kind) {
    case "int":
    case "uint":
    case "float":
    case "complex":
      return `${type.kind}${type.size * 8}`;
    case "datetime":
    case "timedelta":
      return `${type.kind}64[${type.step === 1 ? "" : type.step}${type.unit}]`;
    case "ascii":
      return `S${type.size}`;
    case "ucs4":
      return `U${type.size / 4}`;
    case "raw":
      return `V${type.size}`;
    default:
      return type.kind;
  }
}

function sized(kind: ElementKind, size: unknown, dtype: unknown, unit = 1): ElementType {
  if (typeof size !== "number" || size % unit !== 0) throw unknownType(dtype);
  checkSize(size, dtype);
  return { kind, size, bigEndian: false };
}

function checkSize(size: number, dtype: unknown): void {
  if (Number.isInteger(size) && size >= 0 && size <= MOST_BYTES) return;
  throw new EncodingError(`the data type ${show(dtype)} has elements of ${size} bytes; possible are 0 to ${MOST_BYTES}`, { size });
}

function timeType(kind: ElementKind, bigEndian: boolean, unit: unknown, step: unknown, dtype: unknown): ElementType {
  if (typeof unit !== "string" || !units.includes(unit) || typeof step !== "number" || !(step >= 1)) throw unknownType(dtype);
  return { kind, size: 8, bigEndian, unit: unit === "μs" ? "us" : unit, step };
}

function structured(list: unknown, parse: (dtype: unknown) => ElementType, dtype: unknown = list): ElementType {
  if (!Array.isArray(list) || list.length === 0) throw unknownType(dtype);
  const fields: ElementField[] = [];
  let size = 0;
  for (const entry of list as unknown[]) {
    const pair = Array.isArray(entry) ? entry : isNamed(entry) ? [entry.name, entry.data_type] : [];
    if (typeof pair[0] !== "string" || pair.length < 2) throw unknownType(dtype);
    const type = parse(pair[1]);
    if (type.size === 0) throw unknownType(dtype);
    const repeat = Array.isArray(pair[2]) ? (pair[2] as unknown[]).reduce<number>((n, k) => n * Number(k), 1) : 1;
    const member: ElementType = repeat === 1 ? type : { kind: "raw", size: type.size * repeat, bigEndian: false };
    fields.push({ name: pair[0], type: member, offset: size });
    size += member.size;
    checkSize(size, dtype);
  }
  return { kind: "raw", size, bigEndian: false, fields };
}

function isNamed(entry: unknown): entry is { name: unknown; data_type: unknown } {
  return typeof entry === "object" && entry !== null && "name" in entry && "data_type" in entry;
}

function show(dtype: unknown): string {
  const text = JSON.stringify(dtype) ?? String(dtype);
  return text.length > 80 ? `${text.slice(0, 77)}…` : text;
}

function unknownType(dtype: unknown): UnsupportedError {
  return new UnsupportedError(
    `the data type ${show(dtype)} is not known; possible are bool, int8…int64, uint8…uint64, float16…float64, complex64, complex128, datetime64, timedelta64, string, bytes, fixed-length S, U, V and structures of these`,
    { dtype: show(dtype) },
  );
}
