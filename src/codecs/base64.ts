/** The codec `base64`. */
import { EncodingError } from "../errors.ts";
import type { CodecFactory } from "./contract.ts";

/** `base64`, without options. */
export const base64: CodecFactory = () => ({
  kind: "bytes-bytes",
  encodedSize: ({ bytes, exact }) => ({ bytes: Math.ceil(bytes / 3) * 4, exact }),
  decode: (bytes, size) => {
    const decoded = decodeBase64(new TextDecoder("latin1").decode(bytes));
    if (decoded.length > size.bytes) throw new EncodingError(`the text holds ${decoded.length} bytes; at most ${size.bytes} are needed`);
    return decoded;
  },
  encode: (bytes) => {
    let text = "";
    for (let i = 0; i < bytes.length; i += 24_573) text += btoa(String.fromCharCode(...bytes.subarray(i, i + 24_573)));
    return new TextEncoder().encode(text);
  },
});

/** The bytes of base64 text. Throws EncodingError where it is none. */
export function decodeBase64(text: string): Uint8Array {
  let binary: string;
  try {
    binary = atob(text);
  } catch (cause) {
    throw new EncodingError("the text is not base64", {}, { cause });
  }
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
