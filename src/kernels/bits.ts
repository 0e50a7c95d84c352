/**
 * Flat arrays as plain bits, for kernels that only move elements.
 *
 * A compiled loop that has seen more than four typed-array classes is many times slower, so movers
 * see at most four: 1, 2, 4 and 8 bytes. 64-bit integers move as two 32-bit halves, because a
 * float64 register need not keep the bits of a NaN.
 */
import type { AnyValues } from "../dtypes/types.ts";

/** What movers see: one class per width, or a list of strings or bytes. */
export type Bits = Uint8Array | Int16Array | Int32Array | Float64Array;

/** The same memory as `data`, by width alone; a list stays itself (and is typed as if it were not). */
export function bitsOf(data: AnyValues): Bits {
  if (data instanceof Float64Array || data instanceof Int32Array || Array.isArray(data)) return data as Bits;
  const { buffer, byteOffset, byteLength } = data as Exclude<AnyValues, readonly unknown[]>;
  switch ((data as Exclude<AnyValues, readonly unknown[]>).BYTES_PER_ELEMENT) {
    case 1:
      return new Uint8Array(buffer, byteOffset, byteLength);
    case 2:
      return new Int16Array(buffer, byteOffset, byteLength / 2);
    default:
      return new Int32Array(buffer, byteOffset, byteLength / 4);
  }
}

/** How many entries of {@link bitsOf} one element takes. */
export function bitsPerElement(data: AnyValues, slots: 1 | 2): 1 | 2 {
  return data instanceof BigInt64Array || data instanceof BigUint64Array ? 2 : slots;
}
