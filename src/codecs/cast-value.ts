/** The codec `cast_value` of the Zarr extensions: values stored in another number type, by stated rules. */
import type { AnyValues, TypedArray } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import { checkNumeric, roundHalfEven, roundToHalf, typeOption } from "./cast.ts";
import { badOption, choiceOption } from "./config.ts";
import type { CodecConfig, CodecFactory, Json } from "./contract.ts";
import { type ElementType, typeName } from "./element-type.ts";
import { flatCodec } from "./flat.ts";
import { allocate } from "./values.ts";

type Scalar = number | bigint;
type OutOfRange = "clamp" | "wrap" | undefined;

const roundings = {
  "nearest-even": roundHalfEven,
  "towards-zero": Math.trunc,
  "towards-positive": Math.ceil,
  "towards-negative": Math.floor,
  "nearest-away": (x: number) => Math.sign(x) * Math.round(Math.abs(x)),
} as const;

/** `cast_value`: options `data_type`, `rounding`, `out_of_range` (`clamp`, `wrap`; else an error), `scalar_map`. */
export const castValue: CodecFactory = (config, chunk) => {
  const name = "cast_value";
  const encodedType = typeOption(name, config, "data_type");
  checkNumeric(name, chunk.type);
  checkNumeric(name, encodedType);
  const rounding = choiceOption(name, config, "rounding", Object.keys(roundings) as (keyof typeof roundings)[], "nearest-even");
  const range = config.out_of_range == null ? undefined : choiceOption(name, config, "out_of_range", ["clamp", "wrap"]);
  const maps = (config.scalar_map ?? {}) as CodecConfig;
  const toEncoded = caster(chunk.type, encodedType, roundings[rounding], range, scalarMap(maps, "encode"));
  const toDecoded = caster(encodedType, chunk.type, roundings[rounding], range, scalarMap(maps, "decode"));
  return flatCodec(chunk, { ...chunk, type: encodedType }, toDecoded, toEncoded);
};

function scalarMap(maps: CodecConfig, side: string): Map<number | bigint, Scalar> {
  const entries = maps[side] ?? [];
  if (!Array.isArray(entries)) throw badOption("cast_value", "scalar_map", entries as Json, "lists of pairs");
  return new Map(
    entries.map((pair) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw badOption("cast_value", "scalar_map", pair as Json, "a pair of values");
      return [Number(pair[0]), number(pair[1])] as const;
    }),
  );
}

function number(value: unknown): Scalar {
  if (typeof value === "string" && /^-?\d{16,}$/.test(value)) return BigInt(value);
  return Number(value);
}

function caster(
  from: ElementType,
  to: ElementType,
  round: (x: number) => number,
  range: OutOfRange,
  map: Map<Scalar, Scalar>,
): (v: AnyValues) => AnyValues {
  const wide = allocate(to, 0) instanceof BigInt64Array || allocate(to, 0) instanceof BigUint64Array;
  const whole = to.kind !== "float";
  const bits = BigInt(to.size * 8);
  const signed = to.kind !== "uint" && to.kind !== "bool";
  const low = signed ? -(2n ** (bits - 1n)) : 0n;
  const high = signed ? 2n ** (bits - 1n) - 1n : 2n ** bits - 1n;
  const withinBounds = (value: Scalar): Scalar => {
    if (typeof value === "number" && !Number.isFinite(value) && !(range === "clamp" && !Number.isNaN(value)))
      throw outOfRange(value, from, to);
    if (value === Number.POSITIVE_INFINITY) return high;
    if (value === Number.NEGATIVE_INFINITY) return low;
    const exact = typeof value === "bigint" ? value : BigInt(round(value));
    if (exact >= low && exact <= high) return exact;
    if (range === "clamp") return exact < low ? low : high;
    if (range === "wrap") return signed ? BigInt.asIntN(Number(bits), exact) : BigInt.asUintN(Number(bits), exact);
    throw outOfRange(value, from, to);
  };
  return (values) => {
    const target = allocate(to, values.length) as TypedArray;
    for (let i = 0; i < values.length; i++) {
      const value = (values as Float64Array)[i] as Scalar;
      const mapped = map.size === 0 ? undefined : map.get(Number(value));
      const result = mapped ?? (whole ? withinBounds(value) : value);
      (target as BigInt64Array)[i] = (wide ? BigInt(result) : Number(result)) as bigint;
    }
    if (to.kind === "float" && to.size === 2) roundToHalf(target as Float32Array);
    return target;
  };
}

function outOfRange(value: Scalar, from: ElementType, to: ElementType): EncodingError {
  return new EncodingError(
    `the value ${value} of ${typeName(from)} does not fit in ${typeName(to)}; set "out_of_range" to "clamp" or "wrap", or map it with "scalar_map"`,
    { value: String(value) },
  );
}
