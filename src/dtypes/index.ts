/**
 * Dtypes: what values mean, which bytes hold them, and how they combine.
 *
 * `types.ts` names them for the compiler, `traits.ts` is the table of facts, `promote.ts` NumPy's
 * promotion, `scalar.ts` single values beside arrays, `missing.ts` missing values, `half.ts` half
 * precision. Imports errors and `util/` only.
 *
 * @example
 * ```ts
 * promote("int32", "float32"); // "float64"
 * scalarDType(2, "uint8"); // "uint8"
 * promoteForMissing("int16"); // "float32"
 * ```
 */
export { roundHalf } from "./half.ts";
export { missingValue, promoteForMissing } from "./missing.ts";
export { floatFor, noCommonDType, promote, resultType } from "./promote.ts";
export { castValue, isComplex, type Scalar, scalarDType } from "./scalar.ts";
export {
  allocate,
  bytesPerElement,
  canBeMissing,
  type DTypeTraits,
  datetimeDType,
  type Kind,
  kindOf,
  parseDType,
  slotsPerElement,
  TRAITS,
  traits,
} from "./traits.ts";
export type { MeanOf, MissingOf, PromoteOf, SumOf } from "./type-level.ts";
export type {
  AnyValues,
  Calendar,
  CalendarName,
  Complex,
  ComplexDType,
  DatetimeDType,
  DType,
  FloatDType,
  IntDType,
  NumberArray,
  Storage,
  StorageArrays,
  StorageOf,
  TypedArray,
  UintDType,
  Value,
  ValueOf,
  ValuesOf,
} from "./types.ts";
