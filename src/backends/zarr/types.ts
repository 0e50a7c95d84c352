/**
 * Zarr's element types as dtypes.
 *
 * NumPy's times, which files made by xarray do not have, are handed out as CF integers: whole units
 * since 1970-01-01 with not-a-time as fill value, so that one path decodes all times.
 */
import type { ElementType } from "../../codecs/element-type.ts";
import { typeName } from "../../codecs/element-type.ts";
import type { AnyValues, DType } from "../../dtypes/types.ts";
import type { Attrs } from "../contract.ts";

/** How the elements of an array are understood. */
export interface StoredType {
  /** What the codecs work on. */
  readonly element: ElementType;
  readonly dtype: DType;
  /** The type's name as `encoding.dtype` has it. */
  readonly name: string;
  /** Attributes that say what the values are. */
  readonly attrs?: Attrs;
  /** Decoded elements to raw values, where they differ. */
  readonly convert?: (values: AnyValues) => AnyValues;
}

const dtypes: Readonly<Record<string, DType>> = {
  bool1: "bool",
  int1: "int8",
  int2: "int16",
  int4: "int32",
  int8: "bigint64",
  uint1: "uint8",
  uint2: "uint16",
  uint4: "uint32",
  uint8: "biguint64",
  float2: "float16",
  float4: "float32",
  float8: "float64",
  complex8: "complex64",
  complex16: "complex128",
};

/** Filters that make bytes of objects, and what the objects are. */
const objectCodecs: Readonly<Record<string, "string" | "bytes">> = { "vlen-utf8": "string", json2: "string", "vlen-bytes": "bytes" };

/** Whether a v2 filter makes bytes of objects. */
export function isObjectCodec(name: string): boolean {
  return Object.hasOwn(objectCodecs, name);
}

/** The type as it can be read; a string says why it cannot. `codecs` are the names of the array's codecs. */
export function storedType(element: ElementType, codecs: readonly string[]): StoredType | string {
  const { kind, size } = element;
  const numeric = dtypes[`${kind}${size}`];
  if (numeric !== undefined) return { element, dtype: numeric, name: numeric.replace("big", "") };
  switch (kind) {
    case "datetime":
    case "timedelta":
      return timeType(element);
    case "ascii":
      // netCDF's characters keep their NULs.
      return { element: size === 1 ? { ...element, kind: "raw" } : element, dtype: "bytes", name: `S${size}` };
    case "raw":
      return { element, dtype: "bytes", name: `V${size}` };
    case "ucs4":
    case "string":
      return { element, dtype: "string", name: "str" };
    case "bytes":
      return { element, dtype: "bytes", name: "bytes" };
    case "object":
      return objectType(codecs);
    default:
      return `its data type is ${typeName(element)}`;
  }
}

function objectType(codecs: readonly string[]): StoredType | string {
  const codec = codecs.find(isObjectCodec);
  if (codec === undefined) return `it holds Python objects${codecs.length > 0 ? ` (codecs ${codecs.join(", ")})` : ""}`;
  const kind = objectCodecs[codec]!;
  const type: StoredType = { element: { kind, size: 0, bigEndian: false }, dtype: kind, name: kind === "string" ? "str" : "bytes" };
  return codec === "json2" ? { ...type, convert: textsOnly } : type;
}

/** JSON's values as text or missing; others become their JSON. */
function textsOnly(values: AnyValues): AnyValues {
  return (values as readonly unknown[]).map((v) => (v === null || typeof v === "string" ? v : JSON.stringify(v)));
}

/** NumPy's units: how many of which CF unit. */
const timeUnits: Readonly<Record<string, readonly [bigint, string]>> = {
  W: [7n, "days"],
  D: [1n, "days"],
  h: [1n, "hours"],
  m: [1n, "minutes"],
  s: [1n, "seconds"],
  ms: [1n, "milliseconds"],
  us: [1n, "microseconds"],
  ns: [1n, "nanoseconds"],
};
/** NumPy's not-a-time. */
const NOT_A_TIME: bigint = -(2n ** 63n);

function timeType(element: ElementType): StoredType | string {
  const { kind, unit = "generic", step = 1 } = element;
  const name = typeName(element);
  const dates = kind === "datetime";
  const since = (units: string): Attrs =>
    dates
      ? { units: `${units} since 1970-01-01`, calendar: "proleptic_gregorian", _FillValue: NOT_A_TIME }
      : { units, dtype: "timedelta64[ns]", _FillValue: NOT_A_TIME };
  const type = { element, dtype: "bigint64", name } as const;
  if (dates && (unit === "Y" || unit === "M")) {
    const months = BigInt(unit === "Y" ? 12 * step : step);
    return { ...type, attrs: since("days"), convert: (values) => mapTimes(values, (v) => BigInt(daysOfMonth(Number(v * months)))) };
  }
  if (!Object.hasOwn(timeUnits, unit)) return `its times are ${name}`;
  const [count, units] = timeUnits[unit]!;
  const factor = count * BigInt(step);
  return factor === 1n
    ? { ...type, attrs: since(units) }
    : { ...type, attrs: since(units), convert: (values) => mapTimes(values, (v) => v * factor) };
}

function mapTimes(values: AnyValues, change: (value: bigint) => bigint): BigInt64Array {
  return (values as BigInt64Array).map((v) => (v === NOT_A_TIME ? v : change(v)));
}

/** Days from 1970-01-01 to the first of the month that is `months` after January 1970 (proleptic Gregorian). */
function daysOfMonth(months: number): number {
  const year = 1970 + Math.floor(months / 12);
  const month = ((months % 12) + 12) % 12;
  const before = year - 1;
  const leaps = (y: number): number => Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400);
  const leap = leaps(year) - leaps(before);
  const cumulative = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
  return 365 * (year - 1970) + leaps(before) - leaps(1969) + cumulative[month]! + (month > 1 ? leap : 0);
}
