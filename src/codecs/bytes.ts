/** The codec `bytes`: values as they are in memory, in a named byte order. */

import { EncodingError } from "../errors.ts";
import { sizeOf } from "../util/shape.ts";
import { choiceOption } from "./config.ts";
import type { CodecFactory } from "./contract.ts";
import { typeName } from "./element-type.ts";
import { bytesFromValues, isTyped, valuesFromBytes } from "./values.ts";

/** `bytes`: option `endian`, needed where elements have more than one byte. */
export const bytes: CodecFactory = (config, { shape, type }) => {
  if (type.size === 0 && (type.kind === "string" || type.kind === "bytes" || type.kind === "object")) {
    throw new EncodingError(`codec "bytes" cannot hold ${typeName(type)}, which has no fixed size; use vlen-utf8 or vlen-bytes`, {
      codec: "bytes",
    });
  }
  const endian = choiceOption("bytes", config, "endian", ["little", "big"], type.size <= 1 ? "little" : type.bigEndian ? "big" : "little");
  const count = sizeOf(shape);
  const big = endian === "big";
  const half = type.kind === "float" && type.size === 2;
  return {
    kind: "array-bytes",
    size: { bytes: count * type.size, exact: true },
    inPlace: isTyped(type) && !half,
    decode: (raw, into) => valuesFromBytes(type, raw, big, into ?? (type.size === 0 ? emptyTexts(type.kind, count) : undefined)),
    encode: (values) => bytesFromValues(type, values, big),
  };
};

/** Elements of zero bytes (`U0`, `S0`) leave nothing to count. */
function emptyTexts(kind: string, count: number): string[] {
  return new Array(count).fill(kind === "ucs4" ? "" : new Uint8Array(0));
}
