/** Array codecs that look at values one after the other: what they share. */
import type { AnyValues } from "../dtypes/types.ts";
import { cStrides } from "../util/shape.ts";
import type { ArrayArrayCodec, ChunkSpec } from "./contract.ts";
import { contiguous } from "./strided.ts";
import { entriesPerElement } from "./values.ts";

/** A codec of two functions over values in C order; `encoded` has the decoded shape unless it says otherwise. */
export function flatCodec(
  decoded: ChunkSpec,
  encoded: ChunkSpec,
  decode: (values: AnyValues) => AnyValues,
  encode: (values: AnyValues) => AnyValues,
): ArrayArrayCodec {
  return {
    kind: "array-array",
    encoded,
    decode: (block) => ({
      data: decode(contiguous(block, entriesPerElement(encoded.type)).data),
      shape: decoded.shape,
      stride: cStrides(decoded.shape),
    }),
    encode: (block) => ({
      data: encode(contiguous(block, entriesPerElement(decoded.type)).data),
      shape: encoded.shape,
      stride: cStrides(encoded.shape),
    }),
  };
}
