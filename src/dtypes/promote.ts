/** Which dtype holds the values of two others: NumPy 2's promotion, which looks at dtypes and never at values. */
import { DTypeError } from "../errors.ts";
import { TRAITS } from "./traits.ts";
import type { DType } from "./types.ts";

/** Bits of the smallest float that holds each integer of so many bytes, as NumPy has it. */
const FLOAT_FOR_BYTES: { readonly [bytes: number]: DType } = { 1: "float16", 2: "float32", 4: "float64", 8: "float64" };
const FLOATS: readonly DType[] = ["float16", "float32", "float64"];
const SIGNED: readonly DType[] = ["int8", "int16", "int32", "int64"];

/** The error of two dtypes that no dtype holds both of. */
export function noCommonDType(a: DType, b: DType, why = ""): DTypeError {
  return new DTypeError(`no dtype holds both ${a} and ${b}${why && `: ${why}`}`, { a, b });
}

/** The smallest float dtype that NumPy computes functions of `dtype` in: bytes and bools in float16, 16-bit integers in float32, the rest in float64; floats in their own. */
export function floatFor(dtype: DType): DType {
  const { kind, itemsize } = TRAITS[dtype];
  if (kind === "f" || kind === "c") return dtype;
  if (kind === "b" || kind === "i" || kind === "u") return FLOAT_FOR_BYTES[itemsize]!;
  throw new DTypeError(`${dtype} values are no numbers`, { dtype });
}

/**
 * The dtype that holds the values of both.
 *
 * Signed and unsigned integers of one size need the next larger signed one, and float64 at 64 bits.
 * Integers and timedeltas give timedeltas. Dates of two calendars, and numbers with strings or dates,
 * have no common dtype.
 *
 * @throws DTypeError naming both.
 * @example
 * ```ts
 * promote("uint8", "int8"); // "int16"
 * promote("int32", "float32"); // "float64"
 * ```
 */
export function promote(a: DType, b: DType): DType {
  if (a === b) return a;
  const [ka, kb] = [TRAITS[a].kind, TRAITS[b].kind];
  if (ka === "b" && "iufc".includes(kb)) return b;
  if (kb === "b" && "iufc".includes(ka)) return a;
  if ((ka === "i" || ka === "u") && (kb === "i" || kb === "u")) return promoteIntegers(a, b);
  if ("iufc".includes(ka) && "iufc".includes(kb)) return promoteInexact(a, b);
  if (ka === "m" && "biu".includes(kb)) return a;
  if (kb === "m" && "biu".includes(ka)) return b;
  throw noCommonDType(a, b, ka === "M" && kb === "M" ? "dates of different calendars do not mix; convert one with convertCalendar" : "");
}

function promoteIntegers(a: DType, b: DType): DType {
  const [x, y] = [TRAITS[a], TRAITS[b]];
  const big = a.startsWith("big") || b.startsWith("big");
  if (x.kind === y.kind) {
    if (big && x.itemsize === 8 && y.itemsize === 8) return x.kind === "i" ? "bigint64" : "biguint64";
    return x.itemsize >= y.itemsize ? a : b;
  }
  const signed = x.kind === "i" ? x : y;
  const unsigned = x.kind === "i" ? y : x;
  if (signed.itemsize > unsigned.itemsize) return x.kind === "i" ? a : b;
  return unsigned.itemsize === 8 ? "float64" : SIGNED[Math.log2(unsigned.itemsize) + 1]!;
}

function promoteInexact(a: DType, b: DType): DType {
  const bytes = Math.max(floatBytes(a), floatBytes(b));
  const complex = TRAITS[a].kind === "c" || TRAITS[b].kind === "c";
  if (complex) return bytes > 4 ? "complex128" : "complex64";
  return FLOATS[Math.log2(bytes) - 1]!;
}

/** Bytes of the float (a complex number's part) that holds a number of `dtype`. */
function floatBytes(dtype: DType): number {
  const { kind, itemsize } = TRAITS[dtype];
  return kind === "c" ? itemsize / 2 : TRAITS[floatFor(dtype)].itemsize;
}

/** The dtype that holds the values of all; throws where there are none to speak of. */
export function resultType(...dtypes: readonly DType[]): DType {
  if (dtypes.length === 0) throw new DTypeError("the common dtype of nothing is not defined");
  // Pairs of unlike sign do not associate (uint8, int8, float16), so kinds are joined first, as NumPy does.
  const sorted = [...dtypes].sort((a, b) => rank(b) - rank(a));
  return sorted.reduce(promote);
}

function rank(dtype: DType): number {
  const { kind, itemsize } = TRAITS[dtype];
  return "biufc".indexOf(kind) * 100 + itemsize;
}
