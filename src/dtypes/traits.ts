/** What each dtype is: one record per dtype, so that shared code never branches on a name. */
import { DTypeError, MemoryLimitError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import type { AnyValues, CalendarName, DType, Storage, StorageOf, ValuesOf } from "./types.ts";

/** NumPy's kinds: bool, signed, unsigned, float, complex, datetime, timedelta, string, bytes. */
export type Kind = "b" | "i" | "u" | "f" | "c" | "M" | "m" | "U" | "S";

/** The facts about one dtype. */
export interface DTypeTraits {
  readonly kind: Kind;
  readonly storage: Storage;
  /** Bytes per element in NumPy, which `nbytes` and reprs speak of (0 where it varies). */
  readonly itemsize: number;
  /** Least and greatest value of an integer dtype, as exact bigints. */
  readonly range?: readonly [bigint, bigint];
  /** The calendar of a datetime dtype. */
  readonly calendar?: CalendarName;
}

const integer = (kind: "i" | "u", storage: Storage, itemsize: number): DTypeTraits => {
  const bits = BigInt(itemsize * 8);
  const range = kind === "i" ? ([-(1n << (bits - 1n)), (1n << (bits - 1n)) - 1n] as const) : ([0n, (1n << bits) - 1n] as const);
  return { kind, storage, itemsize, range };
};
const time = (calendar: CalendarName): DTypeTraits => ({ kind: "M", storage: "f64", itemsize: 8, calendar });

/** The table of all dtypes. */
export const TRAITS: { readonly [T in DType]: DTypeTraits & { readonly storage: StorageOf[T] } } = {
  bool: { kind: "b", storage: "u8", itemsize: 1 },
  int8: integer("i", "i8", 1) as DTypeTraits & { storage: "i8" },
  int16: integer("i", "i16", 2) as DTypeTraits & { storage: "i16" },
  int32: integer("i", "i32", 4) as DTypeTraits & { storage: "i32" },
  int64: integer("i", "f64", 8) as DTypeTraits & { storage: "f64" },
  bigint64: integer("i", "i64", 8) as DTypeTraits & { storage: "i64" },
  uint8: integer("u", "u8", 1) as DTypeTraits & { storage: "u8" },
  uint16: integer("u", "u16", 2) as DTypeTraits & { storage: "u16" },
  uint32: integer("u", "u32", 4) as DTypeTraits & { storage: "u32" },
  uint64: integer("u", "f64", 8) as DTypeTraits & { storage: "f64" },
  biguint64: integer("u", "u64", 8) as DTypeTraits & { storage: "u64" },
  float16: { kind: "f", storage: "f32", itemsize: 2 },
  float32: { kind: "f", storage: "f32", itemsize: 4 },
  float64: { kind: "f", storage: "f64", itemsize: 8 },
  complex64: { kind: "c", storage: "c64", itemsize: 8 },
  complex128: { kind: "c", storage: "c128", itemsize: 16 },
  string: { kind: "U", storage: "str", itemsize: 0 },
  bytes: { kind: "S", storage: "bytes", itemsize: 0 },
  datetime64: time("proleptic_gregorian") as DTypeTraits & { storage: "f64" },
  "datetime64[standard]": time("standard") as DTypeTraits & { storage: "f64" },
  "datetime64[noleap]": time("noleap") as DTypeTraits & { storage: "f64" },
  "datetime64[360_day]": time("360_day") as DTypeTraits & { storage: "f64" },
  "datetime64[julian]": time("julian") as DTypeTraits & { storage: "f64" },
  "datetime64[all_leap]": time("all_leap") as DTypeTraits & { storage: "f64" },
  timedelta64: { kind: "m", storage: "f64", itemsize: 8 },
};

/** The facts about `dtype`. */
export function traits(dtype: DType): DTypeTraits {
  return TRAITS[dtype];
}

/** NumPy's kind of `dtype`. */
export function kindOf(dtype: DType): Kind {
  return TRAITS[dtype].kind;
}

/** Whether `dtype` can hold a missing value: floats, complex, times, strings, bytes. */
export function canBeMissing(dtype: DType): boolean {
  const kind = kindOf(dtype);
  return kind !== "b" && kind !== "i" && kind !== "u";
}

/** `name` as a dtype; throws DTypeError naming the known ones. */
export function parseDType(name: string): DType {
  if (Object.hasOwn(TRAITS, name)) return name as DType;
  throw new DTypeError(unknownName("dtype", name, Object.keys(TRAITS)), { dtype: name });
}

/** The dtype of dates in `calendar`. */
export function datetimeDType(calendar: CalendarName): DType {
  return calendar === "proleptic_gregorian" ? "datetime64" : `datetime64[${calendar}]`;
}

const make: { readonly [S in Storage]: (n: number) => AnyValues } = {
  i8: (n) => new Int8Array(n),
  i16: (n) => new Int16Array(n),
  i32: (n) => new Int32Array(n),
  u8: (n) => new Uint8Array(n),
  u16: (n) => new Uint16Array(n),
  u32: (n) => new Uint32Array(n),
  f32: (n) => new Float32Array(n),
  f64: (n) => new Float64Array(n),
  i64: (n) => new BigInt64Array(n),
  u64: (n) => new BigUint64Array(n),
  c64: (n) => new Float32Array(2 * n),
  c128: (n) => new Float64Array(2 * n),
  str: (n) => new Array<string | null>(n).fill(null),
  bytes: (n) => new Array<Uint8Array | null>(n).fill(null),
};

/**
 * A flat array for `n` elements of `dtype`: zeros, or nulls for strings and bytes.
 *
 * @throws MemoryLimitError where there is no memory for it, or it is longer than an array can be.
 */
export function allocate<T extends DType>(dtype: T, n: number): ValuesOf<T> {
  try {
    return make[TRAITS[dtype].storage](n) as ValuesOf<T>;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    const bytes = n * bytesPerElement(dtype);
    throw new MemoryLimitError(
      `an array of ${n} ${dtype} takes ${(bytes / 1e9).toLocaleString("en-US", { maximumFractionDigits: 1 })} GB, more than there is memory for; select less, or cut the arrays with chunk() and write the result with toZarr`,
      { dtype, size: n, bytes },
      { cause },
    );
  }
}

/** How many array slots one element takes: 2 for complex, else 1. */
export function slotsPerElement(dtype: DType): 1 | 2 {
  return kindOf(dtype) === "c" ? 2 : 1;
}

/** Bytes that one element takes in memory here (16 as a guess for a string), for memory accounting. */
export function bytesPerElement(dtype: DType): number {
  switch (TRAITS[dtype].storage) {
    case "str":
    case "bytes":
      return 16;
    default:
      return make[TRAITS[dtype].storage](1).length * (make[TRAITS[dtype].storage](0) as Float64Array).BYTES_PER_ELEMENT;
  }
}
