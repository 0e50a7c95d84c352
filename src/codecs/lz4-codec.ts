/** The codec `lz4` of numcodecs: the decoded size in four bytes, then one LZ4 block. */
import { EncodingError } from "../errors.ts";
import type { CodecFactory } from "./contract.ts";
import { compressedSize } from "./deflate.ts";
import { lz4Bound, lz4Decode, lz4Encode } from "./lz4.ts";

/** `lz4`: the option `acceleration` changes nothing here. */
export const lz4: CodecFactory = () => ({
  kind: "bytes-bytes",
  encodedSize: compressedSize,
  decode: (bytes, size, out) => {
    if (bytes.length < 5) throw new EncodingError("the bytes are too few for an LZ4 header and block");
    const decoded = new DataView(bytes.buffer, bytes.byteOffset, 4).getUint32(0, true);
    if (decoded > size.bytes || (size.exact && decoded !== size.bytes)) {
      throw new EncodingError(`the header says ${decoded} bytes; the chunk needs ${size.bytes}`, {
        decoded,
        needed: size.bytes,
      });
    }
    // No LZ4 byte stands for more than 255: a header that says more lies.
    if (decoded > bytes.length * 255) throw new EncodingError(`the header says ${decoded} bytes, more than ${bytes.length} bytes can hold`);
    const target = out?.length === decoded ? out : new Uint8Array(decoded);
    lz4Decode(bytes.subarray(4), target);
    return target;
  },
  encode: (bytes) => {
    const target = new Uint8Array(4 + lz4Bound(bytes.length));
    new DataView(target.buffer).setUint32(0, bytes.length, true);
    return target.slice(0, lz4Encode(bytes, target, 4));
  },
});
