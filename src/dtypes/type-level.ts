/** Dtypes of results, as TypeScript types: the same tables as at run time, for the compiler. */
import type { ComplexDType, DatetimeDType, DType, FloatDType } from "./types.ts";

/** The dtype of a mean: floats, complex numbers and times keep theirs, the rest become float64. */
export type MeanOf<T extends DType> = T extends FloatDType | ComplexDType | DatetimeDType | "timedelta64" ? T : "float64";

/** The dtype of a sum: integers widen to 64 bits. */
export type SumOf<T extends DType> = T extends "bool" | "int8" | "int16" | "int32"
  ? "int64"
  : T extends "uint8" | "uint16" | "uint32"
    ? "uint64"
    : T;

/** The dtype with room for missing values: xarray's promotion of what cannot hold NaN. */
export type MissingOf<T extends DType> = T extends "int8" | "int16" | "uint8" | "uint16"
  ? "float32"
  : T extends "bool" | "int32" | "int64" | "uint32" | "uint64"
    ? "float64"
    : T;

/** NumPy's promotion of real dtypes; other pairs are some dtype. */
interface Promotion {
  bool: {
    bool: "bool";
    int8: "int8";
    int16: "int16";
    int32: "int32";
    int64: "int64";
    uint8: "uint8";
    uint16: "uint16";
    uint32: "uint32";
    uint64: "uint64";
    float32: "float32";
    float64: "float64";
  };
  int8: {
    bool: "int8";
    int8: "int8";
    int16: "int16";
    int32: "int32";
    int64: "int64";
    uint8: "int16";
    uint16: "int32";
    uint32: "int64";
    uint64: "float64";
    float32: "float32";
    float64: "float64";
  };
  int16: {
    bool: "int16";
    int8: "int16";
    int16: "int16";
    int32: "int32";
    int64: "int64";
    uint8: "int16";
    uint16: "int32";
    uint32: "int64";
    uint64: "float64";
    float32: "float32";
    float64: "float64";
  };
  int32: {
    bool: "int32";
    int8: "int32";
    int16: "int32";
    int32: "int32";
    int64: "int64";
    uint8: "int32";
    uint16: "int32";
    uint32: "int64";
    uint64: "float64";
    float32: "float64";
    float64: "float64";
  };
  int64: {
    bool: "int64";
    int8: "int64";
    int16: "int64";
    int32: "int64";
    int64: "int64";
    uint8: "int64";
    uint16: "int64";
    uint32: "int64";
    uint64: "float64";
    float32: "float64";
    float64: "float64";
  };
  uint8: {
    bool: "uint8";
    int8: "int16";
    int16: "int16";
    int32: "int32";
    int64: "int64";
    uint8: "uint8";
    uint16: "uint16";
    uint32: "uint32";
    uint64: "uint64";
    float32: "float32";
    float64: "float64";
  };
  uint16: {
    bool: "uint16";
    int8: "int32";
    int16: "int32";
    int32: "int32";
    int64: "int64";
    uint8: "uint16";
    uint16: "uint16";
    uint32: "uint32";
    uint64: "uint64";
    float32: "float32";
    float64: "float64";
  };
  uint32: {
    bool: "uint32";
    int8: "int64";
    int16: "int64";
    int32: "int64";
    int64: "int64";
    uint8: "uint32";
    uint16: "uint32";
    uint32: "uint32";
    uint64: "uint64";
    float32: "float64";
    float64: "float64";
  };
  uint64: {
    bool: "uint64";
    int8: "float64";
    int16: "float64";
    int32: "float64";
    int64: "float64";
    uint8: "uint64";
    uint16: "uint64";
    uint32: "uint64";
    uint64: "uint64";
    float32: "float64";
    float64: "float64";
  };
  float32: {
    bool: "float32";
    int8: "float32";
    int16: "float32";
    int32: "float64";
    int64: "float64";
    uint8: "float32";
    uint16: "float32";
    uint32: "float64";
    uint64: "float64";
    float32: "float32";
    float64: "float64";
  };
  float64: {
    bool: "float64";
    int8: "float64";
    int16: "float64";
    int32: "float64";
    int64: "float64";
    uint8: "float64";
    uint16: "float64";
    uint32: "float64";
    uint64: "float64";
    float32: "float64";
    float64: "float64";
  };
}

/** The dtype that holds both. */
export type PromoteOf<A extends DType, B extends DType> = [A] extends [B] ? ([B] extends [A] ? A : PromotedPair<A, B>) : PromotedPair<A, B>;
type PromotedPair<A, B> = A extends keyof Promotion
  ? B extends keyof Promotion[A]
    ? Promotion[A][B] extends DType
      ? Promotion[A][B]
      : any
    : any
  : any;

/** The dtype of true division: integers become float64. */
export type DivideOf<A extends DType, B extends DType> = MeanOf<PromoteOf<A, B>>;
