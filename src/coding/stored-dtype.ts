/** Names of stored dtypes, as encodings and other programs write them. */
import { TRAITS } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";

/** NumPy's letters and sizes. */
const CODES: Readonly<Record<string, DType>> = {
  b1: "bool",
  "?": "bool",
  i1: "int8",
  i2: "int16",
  i4: "int32",
  i8: "int64",
  u1: "uint8",
  u2: "uint16",
  u4: "uint32",
  u8: "uint64",
  f2: "float16",
  f4: "float32",
  f8: "float64",
  c8: "complex64",
  c16: "complex128",
};

/** What `encoding.dtype` asks for: a dtype, single characters, or nothing where it speaks of what is decoded (times, objects). */
export type StoredWish = DType | "S1" | undefined;

/**
 * The wish of `encoding.dtype`: names of dtypes, NumPy's codes with or without byte order, `"str"`, `"S1"`.
 *
 * @throws EncodingError for names that are none, naming `variable`.
 */
export function storedWish(variable: string, name: unknown): StoredWish {
  if (name === undefined || name === null) return undefined;
  const text = String(name).replace(/^[<>|=]/, "");
  if (text === "S1") return "S1";
  if (text === "str" || text === "object" || text === "O" || /^U\d*$/.test(text)) return "string";
  if (/^[SV]\d*$/.test(text)) return "bytes";
  if (/^(datetime|timedelta)64|^[Mm]8/.test(text)) return undefined;
  if (Object.hasOwn(CODES, text)) return CODES[text];
  if (Object.hasOwn(TRAITS, text)) return text as DType;
  throw new EncodingError(
    `encoding.dtype of variable ${JSON.stringify(variable)}: ${unknownName("dtype", String(name), Object.keys(TRAITS))}`,
    { name: variable, dtype: String(name) },
  );
}
