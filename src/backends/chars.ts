/** Characters of netCDF on their way into a file: one byte each. */
import { EncodingError } from "../errors.ts";

/**
 * The bytes of single characters; a missing or empty one is NUL.
 *
 * @param what the variable, as messages name it.
 * @throws EncodingError for an element of several bytes, which is a string.
 */
export function charBytes(what: string, chars: readonly (Uint8Array | null)[]): Uint8Array {
  const bytes = new Uint8Array(chars.length);
  for (let i = 0; i < chars.length; i++) {
    const c = chars[i];
    if (c && c.length > 1)
      throw new EncodingError(
        `variable ${what} has an element of ${c.length} bytes; characters are stored one by one, so split strings first or write text`,
        { variable: what },
      );
    bytes[i] = c?.[0] ?? 0;
  }
  return bytes;
}
