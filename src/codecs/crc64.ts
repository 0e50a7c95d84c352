/** CRC-64 of ECMA-182, reflected, as xz uses it: in two halves of 32 bits. */

let low: Int32Array | undefined;
let high: Int32Array | undefined;

function fill(lows: Int32Array, highs: Int32Array): void {
  for (let i = 0; i < 256; i++) {
    let a = i;
    let b = 0;
    for (let k = 0; k < 8; k++) {
      const carry = a & 1;
      a = (a >>> 1) | (b << 31);
      b >>>= 1;
      if (carry) {
        a ^= 0xd7870f42;
        b ^= 0xc96c5795;
      }
    }
    lows[i] = a;
    highs[i] = b;
  }
}

/** The CRC-64 of bytes. */
export function crc64Of(bytes: Uint8Array): bigint {
  if (low === undefined || high === undefined) {
    low = new Int32Array(256);
    high = new Int32Array(256);
    fill(low, high);
  }
  let a = -1;
  let b = -1;
  for (let i = 0; i < bytes.length; i++) {
    const index = (a ^ bytes[i]!) & 255;
    a = ((a >>> 8) | (b << 24)) ^ low[index]!;
    b = (b >>> 8) ^ high[index]!;
  }
  return (BigInt(~b >>> 0) << 32n) | BigInt(~a >>> 0);
}
