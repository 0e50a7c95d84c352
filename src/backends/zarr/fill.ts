/**
 * Fill values: from the many forms of metadata to values, and back.
 *
 * Numbers, `"NaN"`, `"Infinity"`, hexadecimal bits (`"0x7fc00000"`), base64 of bytes, text, pairs for
 * complex numbers, exact integers of 64 bits. Sources: Zarr v2 specification, "Fill value encoding";
 * Zarr v3 core specification, "Fill value representation".
 */
import { decodeBase64, type ElementType, type FillValue, typeName } from "../../codecs/index.ts";
import { valuesFromBytes } from "../../codecs/values.ts";
import { BackendError, EncodingError } from "../../errors.ts";
import type { AttrValue } from "../contract.ts";
import { JsonFloat, type JsonInput, type MetaValue } from "./json.ts";

/** The fill value of an array, as the codecs take it; undefined where there is none. Throws BackendError for what cannot be one. */
export function parseFill(type: ElementType, value: MetaValue | undefined, where: string): FillValue | undefined {
  if (value === null || value === undefined) return undefined;
  const parsed = parsers[type.kind](type, value);
  if (parsed !== undefined) return parsed;
  throw new BackendError(`${where} has the fill value ${shown(value)}, which is no ${typeName(type)}`, { where, fill: shown(value) });
}

type Parser = (type: ElementType, value: MetaValue) => FillValue | undefined;

const parsers: Readonly<Record<ElementType["kind"], Parser>> = {
  bool: (_type, value) => (typeof value === "boolean" ? value : value === 0 || value === 1 ? value === 1 : undefined),
  int: parseInteger,
  uint: parseInteger,
  float: (type, value) => parseFloating(type, value, type.size),
  complex: (type, value) => {
    if (!Array.isArray(value)) {
      const re = parseFloating(type, value, type.size / 2);
      return re === undefined ? undefined : [re, 0];
    }
    const [re, im] = value.map((v) => parseFloating(type, v as MetaValue, type.size / 2));
    return value.length === 2 && re !== undefined && im !== undefined ? [re, im] : undefined;
  },
  datetime: parseTime,
  timedelta: parseTime,
  ascii: parseBytes,
  raw: parseBytes,
  bytes: (type, value) => (value === 0 ? new Uint8Array(0) : parseBytes(type, value)),
  // Old writers put 0 where text was meant to be empty.
  ucs4: (_type, value) => (typeof value === "string" ? value : value === 0 ? "" : undefined),
  string: (_type, value) => (typeof value === "string" ? value : value === 0 ? "" : undefined),
  object: () => undefined,
};

function parseInteger({ kind, size }: ElementType, value: MetaValue): number | bigint | undefined {
  if (typeof value !== "bigint" && !(typeof value === "number" && Number.isInteger(value))) return undefined;
  const exact = BigInt(value);
  const wrapped = kind === "int" ? BigInt.asIntN(8 * size, exact) : BigInt.asUintN(8 * size, exact);
  if (wrapped !== exact) return undefined;
  return size === 8 ? exact : Number(exact);
}

function parseFloating(type: ElementType, value: MetaValue, size: number): number | undefined {
  if (typeof value === "number" || typeof value === "bigint") return Number(value);
  if (typeof value !== "string") return undefined;
  if (value === "NaN") return Number.NaN;
  if (value === "Infinity") return Number.POSITIVE_INFINITY;
  if (value === "-Infinity") return Number.NEGATIVE_INFINITY;
  if (!new RegExp(`^0x[0-9a-fA-F]{${2 * size}}$`).test(value)) return undefined;
  const bytes = Uint8Array.from({ length: size }, (_, i) => Number.parseInt(value.slice(2 + 2 * i, 4 + 2 * i), 16));
  return (valuesFromBytes({ ...type, kind: "float", size }, bytes, true) as Float64Array)[0];
}

/** Times are counts, `"NaT"`, or counts as text. */
function parseTime(_type: ElementType, value: MetaValue): bigint | undefined {
  if (value === "NaT") return -(2n ** 63n);
  if (typeof value === "string" && !/^-?\d{1,19}$/.test(value)) return undefined;
  if (typeof value === "number" ? !Number.isInteger(value) : typeof value !== "bigint" && typeof value !== "string") return undefined;
  const exact = BigInt(value as string | number | bigint);
  return BigInt.asIntN(64, exact) === exact ? exact : undefined;
}

function parseBytes(type: ElementType, value: MetaValue): Uint8Array | undefined {
  let bytes: Uint8Array;
  if (Array.isArray(value)) {
    if (!value.every((v) => typeof v === "number" && Number.isInteger(v) && v >= 0 && v < 256)) return undefined;
    bytes = Uint8Array.from(value as number[]);
  } else if (typeof value === "string") {
    try {
      bytes = decodeBase64(value);
    } catch {
      return undefined;
    }
  } else if (value === 0) bytes = new Uint8Array(0);
  else return undefined;
  if (type.kind === "bytes") return bytes;
  if (bytes.length > type.size) return undefined;
  if (type.kind === "raw") {
    const whole = new Uint8Array(type.size);
    whole.set(bytes);
    return whole;
  }
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end--;
  return bytes.subarray(0, end);
}

/** The fill value as metadata has it: of `format` 2 or 3. */
export function fillJson(type: ElementType, fill: FillValue | undefined, format: 2 | 3): JsonInput {
  if (fill === null || fill === undefined) return format === 2 ? null : zeroJson(type);
  switch (type.kind) {
    case "float":
      return floatJson(fill as number);
    case "complex":
      return (fill as readonly [number, number]).map(floatJson);
    case "raw":
      return format === 3 ? Array.from(fill as Uint8Array) : base64(fill as Uint8Array);
    case "ascii":
    case "bytes":
      return base64(fill as Uint8Array);
    default:
      return fill as JsonInput;
  }
}

function zeroJson({ kind, size }: ElementType): JsonInput {
  if (kind === "bool") return false;
  if (kind === "float") return new JsonFloat(0);
  if (kind === "complex") return [new JsonFloat(0), new JsonFloat(0)];
  if (kind === "raw") return new Array<number>(size).fill(0);
  return kind === "int" || kind === "uint" ? 0 : "";
}

function floatJson(value: number): JsonInput {
  if (Number.isNaN(value)) return "NaN";
  return Number.isFinite(value) ? new JsonFloat(value) : value > 0 ? "Infinity" : "-Infinity";
}

/**
 * A fill value that a user or another file gives, as the codecs take it: numbers in range, text as
 * bytes where bytes are stored. Throws EncodingError naming `owner`.
 */
export function givenFill(type: ElementType, value: unknown, owner: string): FillValue | undefined {
  if (value === null || value === undefined) return undefined;
  const { kind } = type;
  if (kind === "ascii" || kind === "raw" || kind === "bytes") {
    const bytes = typeof value === "string" ? new TextEncoder().encode(value) : value;
    if (bytes instanceof Uint8Array && (kind === "bytes" || bytes.length <= type.size)) return parseBytes(type, Array.from(bytes));
  } else if (kind === "complex" && isComplex(value)) return [value.re, value.im];
  else {
    const parsed = parsers[kind](type, value as MetaValue);
    if (parsed !== undefined) return parsed;
  }
  throw new EncodingError(`${owner} has the fill value ${shown(value)}, which is no ${typeName(type)}`, { fill: shown(value) });
}

function isComplex(value: unknown): value is { re: number; im: number } {
  return typeof value === "object" && value !== null && "re" in value && "im" in value;
}

/** A fill value as attribute `_FillValue`: a plain value, bytes as text. */
export function fillAttr(fill: FillValue | undefined): AttrValue | undefined {
  if (fill === null || fill === undefined) return undefined;
  return fill instanceof Uint8Array ? new TextDecoder("latin1").decode(fill) : (fill as AttrValue);
}

/** Attribute `_FillValue` as xarray writes it in v3: floats as base64 of their eight bytes, bytes as base64. */
export function encodeFillAttr(type: ElementType, fill: FillValue): JsonInput {
  switch (type.kind) {
    case "float":
      return base64Double(fill as number);
    case "complex":
      return (fill as readonly [number, number]).map(base64Double);
    case "ascii":
    case "raw":
    case "bytes":
      return base64(fill as Uint8Array);
    default:
      return fill as JsonInput;
  }
}

/** The plain value of a v3 attribute `_FillValue`; what is in no such form stays as it is. */
export function decodeFillAttr(type: ElementType, value: MetaValue): AttrValue {
  if (type.kind === "float" && typeof value === "string") return double(value) ?? parseFloating(type, value, type.size) ?? value;
  if (type.kind === "complex" && Array.isArray(value)) return value.map((v) => (typeof v === "string" ? (double(v) ?? v) : v)) as AttrValue;
  if ((type.kind === "ascii" || type.kind === "bytes" || type.kind === "raw") && typeof value === "string") {
    return fillAttr(parseBytes(type, value)) ?? value;
  }
  return value;
}

function double(text: string): number | undefined {
  if (!/^[A-Za-z0-9+/]{11}=$/.test(text)) return undefined;
  return new DataView(decodeBase64(text).buffer).getFloat64(0, true);
}

function base64Double(value: number): string {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value, true);
  return base64(bytes);
}

function base64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function shown(value: unknown): string {
  return (
    typeof value === "bigint"
      ? String(value)
      : (JSON.stringify(value, (_, v: unknown) => (typeof v === "bigint" ? String(v) : v)) ?? String(value))
  ).slice(0, 80);
}
