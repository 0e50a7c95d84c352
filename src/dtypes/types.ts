/**
 * The names of dtypes and what they mean in TypeScript's types.
 *
 * A dtype says what values mean; a {@link Storage} says which bytes hold them. `int64` and `uint64`
 * hold exact numbers in float64 storage (up to ±2⁵³); `bigint64` and `biguint64` are the same
 * integers kept as BigInt, for those who ask with `{ int64: "bigint" }`.
 */

/** A CF calendar whose dates are not those of JavaScript's proleptic Gregorian one. */
export type Calendar = "standard" | "noleap" | "360_day" | "julian" | "all_leap";
/** Any CF calendar by its canonical name. */
export type CalendarName = Calendar | "proleptic_gregorian";

export type IntDType = "int8" | "int16" | "int32" | "int64" | "bigint64";
export type UintDType = "uint8" | "uint16" | "uint32" | "uint64" | "biguint64";
export type FloatDType = "float16" | "float32" | "float64";
export type ComplexDType = "complex64" | "complex128";
/** Milliseconds since 1970-01-01 of the calendar in the name; NaN is not-a-time. */
export type DatetimeDType = "datetime64" | `datetime64[${Calendar}]`;
/** Every dtype of graticule. */
export type DType = IntDType | UintDType | FloatDType | ComplexDType | "bool" | "string" | "bytes" | DatetimeDType | "timedelta64";

/** Which bytes hold the values: the key by which a kernel is chosen. */
export type Storage = "i8" | "i16" | "i32" | "u8" | "u16" | "u32" | "f32" | "f64" | "i64" | "u64" | "c64" | "c128" | "str" | "bytes";

/** The flat array behind each storage. Missing strings and bytes are `null`; complex pairs are interleaved. */
export interface StorageArrays {
  i8: Int8Array;
  i16: Int16Array;
  i32: Int32Array;
  u8: Uint8Array;
  u16: Uint16Array;
  u32: Uint32Array;
  f32: Float32Array;
  f64: Float64Array;
  i64: BigInt64Array;
  u64: BigUint64Array;
  c64: Float32Array;
  c128: Float64Array;
  str: (string | null)[];
  bytes: (Uint8Array | null)[];
}

/** The storage of each dtype. `float16` values live in float32 storage, rounded to half precision. */
export interface StorageOf {
  int8: "i8";
  int16: "i16";
  int32: "i32";
  int64: "f64";
  bigint64: "i64";
  uint8: "u8";
  uint16: "u16";
  uint32: "u32";
  uint64: "f64";
  biguint64: "u64";
  float16: "f32";
  float32: "f32";
  float64: "f64";
  complex64: "c64";
  complex128: "c128";
  bool: "u8";
  string: "str";
  bytes: "bytes";
  datetime64: "f64";
  "datetime64[standard]": "f64";
  "datetime64[noleap]": "f64";
  "datetime64[360_day]": "f64";
  "datetime64[julian]": "f64";
  "datetime64[all_leap]": "f64";
  timedelta64: "f64";
}

/** The flat array of a dtype's values. */
export type ValuesOf<T extends DType> = StorageArrays[StorageOf[T]];
/** Any flat array that can stand behind an array of graticule. */
export type AnyValues = StorageArrays[Storage];
/** The typed arrays among {@link AnyValues}. */
export type TypedArray = Exclude<AnyValues, readonly unknown[]>;
/** The typed arrays whose elements are numbers. */
export type NumberArray = Exclude<TypedArray, BigInt64Array | BigUint64Array>;

/** A complex number as a value. */
export interface Complex {
  readonly re: number;
  readonly im: number;
}
/** One element of a dtype, as a JavaScript value. */
export type ValueOf<T extends DType> = T extends "string"
  ? string | null
  : T extends "bytes"
    ? Uint8Array | null
    : T extends "bool"
      ? boolean
      : T extends ComplexDType
        ? Complex
        : T extends "bigint64" | "biguint64"
          ? bigint
          : number;
/** One element of any array. */
export type Value = number | bigint | boolean | string | null | Uint8Array | Complex;
