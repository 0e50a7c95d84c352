/** The codec `packbits`: eight booleans to a byte, behind one byte that counts the padding. */
import { EncodingError } from "../errors.ts";
import { sizeOf } from "../util/shape.ts";
import type { CodecFactory } from "./contract.ts";
import { typeName } from "./element-type.ts";
import { flatCodec } from "./flat.ts";

/** `packbits`, without options. */
export const packbits: CodecFactory = (_config, chunk) => {
  if (chunk.type.kind !== "bool")
    throw new EncodingError(`codec "packbits" packs bool, not ${typeName(chunk.type)}`, {
      codec: "packbits",
    });
  const count = sizeOf(chunk.shape);
  const packed = Math.ceil(count / 8);
  const encoded = { shape: [packed + 1], type: { kind: "uint", size: 1, bigEndian: false } as const };
  return flatCodec(
    chunk,
    encoded,
    (values) => {
      const source = values as Uint8Array;
      const padding = packed * 8 - count;
      if (source[0] !== padding)
        throw new EncodingError(`the first byte says ${source[0]} bits of padding; ${count} booleans have ${padding}`);
      const bits = new Uint8Array(count);
      for (let i = 0; i < count; i++) bits[i] = (source[1 + (i >> 3)]! >> (7 - (i & 7))) & 1;
      return bits;
    },
    (values) => {
      const source = values as Uint8Array;
      const target = new Uint8Array(packed + 1);
      target[0] = packed * 8 - count;
      for (let i = 0; i < count; i++) if (source[i]) target[1 + (i >> 3)]! |= 128 >> (i & 7);
      return target;
    },
  );
};
