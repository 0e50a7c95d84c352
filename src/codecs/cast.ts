/** Casting between number types as NumPy's `astype` does, and the codecs `astype` and `quantize` built on it. */
import type { AnyValues, TypedArray } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import { badOption, integerOption } from "./config.ts";
import type { ChunkSpec, CodecConfig, CodecFactory, Json } from "./contract.ts";
import { type ElementType, parseV2Type, parseV3Type, typeName } from "./element-type.ts";
import { flatCodec } from "./flat.ts";
import { floatToHalf, halfToFloat } from "./half.ts";
import { allocate } from "./values.ts";

/** A type named in a codec's options, in NumPy's way or Zarr v3's; `fallback` where absent. */
export function typeOption(codec: string, config: CodecConfig, name: string, fallback?: ElementType): ElementType {
  const value = config[name];
  if (value === undefined || value === null) {
    if (fallback) return fallback;
    throw badOption(codec, name, value, "a data type");
  }
  if (typeof value === "string" && /^[<>|=]?[a-zA-Z]\d*(\[.*\])?$/.test(value)) return parseV2Type(value);
  return parseV3Type(value);
}

const numeric = new Set(["bool", "int", "uint", "float", "datetime", "timedelta"]);

/** Require a type whose values are plain numbers. */
export function checkNumeric(codec: string, type: ElementType): void {
  if (!numeric.has(type.kind)) throw new EncodingError(`codec "${codec}" works on numbers, not ${typeName(type)}`, { codec });
}

/** Require that values of the chunk can be seen as the type in a codec's options. */
export function checkDecoded(codec: string, chunk: ChunkSpec, type: ElementType): void {
  checkNumeric(codec, type);
  if (allocate(chunk.type, 0).constructor === allocate(type, 0).constructor && chunk.type.size === type.size) return;
  throw new EncodingError(`codec "${codec}" is set to ${typeName(type)}, and the values before it are ${typeName(chunk.type)}`, { codec });
}

/** Cast values: whole numbers wrap, fractions are cut off, halves are rounded. Gives a new array unless nothing changes. */
export function castValues(values: AnyValues, to: ElementType): AnyValues {
  const target = allocate(to, values.length) as TypedArray;
  if (target.constructor === values.constructor && to.size !== 2) return values;
  const wide = values instanceof BigInt64Array || values instanceof BigUint64Array;
  const wideTarget = target instanceof BigInt64Array || target instanceof BigUint64Array;
  if (wide && wideTarget) for (let i = 0; i < target.length; i++) target[i] = (values as BigInt64Array)[i]!;
  else if (wideTarget) for (let i = 0; i < target.length; i++) target[i] = toBigInt((values as Float64Array)[i]!);
  else if (wide && to.kind !== "float")
    for (let i = 0; i < target.length; i++) target[i] = Number(BigInt.asIntN(32, (values as BigInt64Array)[i]!));
  else for (let i = 0; i < target.length; i++) target[i] = Number((values as Float64Array)[i]);
  if (to.kind === "bool") for (let i = 0; i < target.length; i++) target[i] = Number((values as Float64Array)[i]) === 0 ? 0 : 1;
  if (to.kind === "float" && to.size === 2) roundToHalf(target as Float32Array);
  return target;
}

function toBigInt(value: number): bigint {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : -(2n ** 63n);
}

/** Round values in place to what half precision can hold. */
export function roundToHalf(values: Float32Array): void {
  const half = new Uint16Array(values.length);
  floatToHalf(values, half);
  halfToFloat(half, values);
}

/** `astype`: stored as `encode_dtype`, read as `decode_dtype`. */
export const astype: CodecFactory = (config, chunk) => {
  const encodedType = typeOption("astype", config, "encode_dtype");
  const decodedType = typeOption("astype", config, "decode_dtype", chunk.type);
  checkDecoded("astype", chunk, decodedType);
  checkNumeric("astype", encodedType);
  return flatCodec(
    chunk,
    { ...chunk, type: encodedType },
    (v) => castValues(v, decodedType),
    (v) => castValues(v, encodedType),
  );
};

/** `quantize`: floats rounded to `digits` decimal places, kept as binary fractions. Decoding only casts. */
export const quantize: CodecFactory = (config, chunk) => {
  const digits = integerOption("quantize", config, "digits", -300, 300);
  const decodedType = typeOption("quantize", config, "dtype", chunk.type);
  const encodedType = typeOption("quantize", config, "astype", decodedType);
  checkDecoded("quantize", chunk, decodedType);
  if (decodedType.kind !== "float" || encodedType.kind !== "float")
    throw badOption("quantize", "dtype", config.dtype as Json, "a float type");
  const power = digits >= 0 ? Math.floor(-digits) : Math.ceil(-digits);
  const scale = 2 ** Math.ceil(Math.log2(10 ** -power));
  return flatCodec(
    chunk,
    { ...chunk, type: encodedType },
    (v) => castValues(v, decodedType),
    (v) => {
      const rounded = allocate(decodedType, v.length) as Float64Array;
      for (let i = 0; i < v.length; i++) rounded[i] = roundHalfEven((v as Float64Array)[i]! * scale) / scale;
      return castValues(rounded, encodedType);
    },
  );
};

/** The nearest whole number; of two equally near ones the even, as NumPy's `around`. */
export function roundHalfEven(value: number): number {
  const rounded = Math.round(value);
  return rounded - value === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}
