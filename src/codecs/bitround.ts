/** The codec `bitround`: floats with fewer bits of mantissa (Klöwer and others, 2021). Decoding changes nothing. */
import type { AnyValues, TypedArray } from "../dtypes/types.ts";
import { badOption, integerOption } from "./config.ts";
import type { CodecFactory } from "./contract.ts";
import { typeName } from "./element-type.ts";
import { flatCodec } from "./flat.ts";
import { bytesFromValues, valuesFromBytes } from "./values.ts";

const mantissas: Readonly<Record<number, number>> = { 2: 10, 4: 23, 8: 52 };

/** `bitround`: option `keepbits`, the bits of mantissa to keep. */
export const bitround: CodecFactory = (config, chunk) => {
  const { type } = chunk;
  if (type.kind !== "float") throw badOption("bitround", "dtype", typeName(type), "a float type");
  const most = mantissas[type.size]!;
  const keep = integerOption("bitround", config, "keepbits", 0, most);
  return flatCodec(
    chunk,
    chunk,
    (v) => v,
    (v) => (keep === most ? v : rounded(v)),
  );

  function rounded(values: AnyValues): AnyValues {
    const bytes = bytesFromValues(type, values, false).slice();
    round(bytes, type.size, most - keep);
    return valuesFromBytes(type, bytes, false) as TypedArray;
  }
};

/** Round to nearest, ties to even, in the integers behind the floats. */
function round(bytes: Uint8Array, size: number, drop: number): void {
  if (size === 2) {
    const words = new Uint16Array(bytes.buffer);
    for (let i = 0; i < words.length; i++) words[i] = ((words[i]! + ((words[i]! >>> drop) & 1) + (1 << (drop - 1)) - 1) >>> drop) << drop;
  } else if (size === 4) {
    const words = new Uint32Array(bytes.buffer);
    for (let i = 0; i < words.length; i++) words[i] = ((words[i]! + ((words[i]! >>> drop) & 1) + 2 ** (drop - 1) - 1) >>> drop) << drop;
  } else {
    const words = new BigUint64Array(bytes.buffer);
    const shift = BigInt(drop);
    const half = (1n << (shift - 1n)) - 1n;
    for (let i = 0; i < words.length; i++) words[i] = ((words[i]! + ((words[i]! >> shift) & 1n) + half) >> shift) << shift;
  }
}
