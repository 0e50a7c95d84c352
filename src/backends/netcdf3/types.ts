/** The external types of netCDF classic files, by code, and the constants of the three formats. */
import type { ElementKind, ElementType } from "../../codecs/element-type.ts";
import type { DType } from "../../dtypes/types.ts";

/** One external type. */
export interface ClassicType {
  readonly code: number;
  /** Its name in NumPy's terms, as `encoding.dtype` gives it. */
  readonly name: string;
  readonly dtype: DType;
  /** Bytes per element. */
  readonly size: number;
  readonly element: ElementType;
}

function classic(code: number, name: string, dtype: DType, kind: ElementKind, size: number): ClassicType {
  return { code, name, dtype, size, element: { kind, size, bigEndian: true } };
}

/** The eleven types; codes 7 to 11 exist in CDF-5 only. */
export const CLASSIC_TYPES: readonly ClassicType[] = [
  classic(1, "int8", "int8", "int", 1),
  classic(2, "S1", "bytes", "raw", 1),
  classic(3, "int16", "int16", "int", 2),
  classic(4, "int32", "int32", "int", 4),
  classic(5, "float32", "float32", "float", 4),
  classic(6, "float64", "float64", "float", 8),
  classic(7, "uint8", "uint8", "uint", 1),
  classic(8, "uint16", "uint16", "uint", 2),
  classic(9, "uint32", "uint32", "uint", 4),
  classic(10, "int64", "bigint64", "int", 8),
  classic(11, "uint64", "biguint64", "uint", 8),
];

/** The version byte: 1 has 32-bit offsets, 2 (NETCDF3_64BIT) 64-bit offsets, 5 (CDF-5) 64-bit sizes and more types. */
export type ClassicVersion = 1 | 2 | 5;

/** The tags that open the lists of a header. */
export const TAGS = { dimension: 10, variable: 11, attribute: 12 } as const;

/** The number of records when the writer did not know it yet. */
export const STREAMING = 0xffffffff;

/** `n` rounded up to the four bytes that everything in a header is padded to. */
export function padded(n: number): number {
  return Math.ceil(n / 4) * 4;
}

const BYTES: readonly Uint8Array[] = Array.from({ length: 256 }, (_, i) => Uint8Array.of(i));

/** Single bytes as elements of a `bytes` array; the 256 arrays are shared. */
export function charsOf(raw: Uint8Array): Uint8Array[] {
  const chars = new Array<Uint8Array>(raw.length);
  for (let i = 0; i < raw.length; i++) chars[i] = BYTES[raw[i]!]!;
  return chars;
}
