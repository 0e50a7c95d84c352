/** Attributes on their way into a file: plain values and type hints → text, or a typed array. */
import type { DType, TypedArray } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import { ownValue } from "../util/records.ts";
import type { Attrs, AttrTypes, AttrValue } from "./contract.ts";

/** The numeric types files have for attributes. */
export type AttrDType = "int8" | "uint8" | "int16" | "uint16" | "int32" | "uint32" | "int64" | "uint64" | "float32" | "float64";

/** An attribute ready to be stored. */
export type StoredAttr =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly texts: readonly string[] }
  | NumericAttr;

/** An attribute of numbers; a scalar is one element. */
export interface NumericAttr {
  readonly name: string;
  readonly dtype: AttrDType;
  readonly values: TypedArray;
  readonly scalar: boolean;
}

/** Attributes that have the type of their variable's values. */
const LIKE_VALUES: ReadonlySet<string> = new Set(["_FillValue", "missing_value"]);

const arrays = {
  int8: Int8Array,
  uint8: Uint8Array,
  int16: Int16Array,
  uint16: Uint16Array,
  int32: Int32Array,
  uint32: Uint32Array,
  int64: BigInt64Array,
  uint64: BigUint64Array,
  float32: Float32Array,
  float64: Float64Array,
} as const;

/** `dtype` as a type of attributes, or undefined where files have none such. */
function attrDType(dtype: DType): AttrDType | undefined {
  if (dtype === "bigint64") return "int64";
  if (dtype === "biguint64") return "uint64";
  if (dtype === "bool") return "int8";
  return Object.hasOwn(arrays, dtype) ? (dtype as AttrDType) : undefined;
}

/**
 * The attributes as stored. `types` wins; `_FillValue` and `missing_value` take `valueType`; other
 * whole numbers are int64 and fractions float64. Throws EncodingError for what no file can hold
 * (booleans, null, nested lists, numbers that do not fit their type), naming `owner`.
 */
export function encodeAttrs(owner: string, attrs: Attrs, types: AttrTypes = {}, valueType?: DType): StoredAttr[] {
  return Object.entries(attrs).map(([name, value]) => {
    const hint = ownValue(types, name) ?? (LIKE_VALUES.has(name) ? valueType : undefined);
    return encodeAttr(owner, name, value, hint === undefined ? undefined : attrDType(hint));
  });
}

function encodeAttr(owner: string, name: string, value: AttrValue, hint: AttrDType | undefined): StoredAttr {
  if (typeof value === "string") return { name, text: value };
  const list: readonly unknown[] | undefined = Array.isArray(value)
    ? value
    : typeof value === "number" || typeof value === "bigint"
      ? [value]
      : undefined;
  if (list === undefined) throw unstorable(owner, name, value);
  if (list.length > 0 && list.every((v) => typeof v === "string")) return { name, texts: list as string[] };
  if (!list.every((v) => typeof v === "number" || typeof v === "bigint")) throw unstorable(owner, name, value);
  const numbers = list as readonly (number | bigint)[];
  const dtype = hint ?? guess(numbers);
  return { name, dtype, values: convert(owner, name, numbers, dtype), scalar: !Array.isArray(value) };
}

function guess(numbers: readonly (number | bigint)[]): AttrDType {
  if (numbers.some((v) => typeof v === "number" && !Number.isSafeInteger(v))) return "float64";
  return numbers.some((v) => v > 0x7fffffffffffffffn) ? "uint64" : "int64";
}

/** Numbers in the array of `dtype`; throws EncodingError where one does not fit. */
function convert(owner: string, name: string, numbers: readonly (number | bigint)[], dtype: AttrDType): TypedArray {
  const Values = arrays[dtype];
  const out = new Values(numbers.length) as Float64Array;
  const big = dtype === "int64" || dtype === "uint64";
  const whole = dtype !== "float32" && dtype !== "float64";
  numbers.forEach((v, i) => {
    if (whole && typeof v === "number" && !Number.isInteger(v)) throw misfit(owner, name, v, dtype);
    out[i] = (big ? BigInt(v) : Number(v)) as number;
    if (whole && BigInt(out[i]!) !== BigInt(v)) throw misfit(owner, name, v, dtype);
  });
  return out;
}

/** Convert a stored attribute to another type, with the same check. */
export function castAttr(owner: string, attr: NumericAttr, dtype: AttrDType): StoredAttr {
  return attr.dtype === dtype
    ? attr
    : { ...attr, dtype, values: convert(owner, attr.name, Array.from(attr.values as Float64Array), dtype) };
}

function misfit(owner: string, name: string, value: number | bigint, dtype: string): EncodingError {
  return new EncodingError(`attribute ${JSON.stringify(name)} of ${owner} is ${value}, which is no ${dtype}`, { name, value, dtype });
}

function unstorable(owner: string, name: string, value: unknown): EncodingError {
  const shown = value === null ? "null" : Array.isArray(value) ? "a list that mixes or nests values" : `a ${typeof value}`;
  return new EncodingError(
    `attribute ${JSON.stringify(name)} of ${owner} is ${shown}; files can hold text, numbers and flat lists of one of them`,
    { name },
  );
}
