/**
 * Content hashes for names of blobs and plans: 128 bits from four multiply-and-rotate lanes over
 * 32-bit words. Fast and well spread; no protection against somebody who wants a collision.
 */

const PRIMES = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f] as const;

/** 32 hexadecimal digits for bytes. */
export function hashBytes(bytes: Uint8Array): string {
  const lanes = new Uint32Array(4);
  for (let l = 0; l < 4; l++) lanes[l] = Math.imul(bytes.length + l + 1, PRIMES[l]!);
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const whole = bytes.length - (bytes.length % 4);
  let a = lanes[0]!;
  let b = lanes[1]!;
  let c = lanes[2]!;
  let d = lanes[3]!;
  const mix = (word: number): void => {
    a = rotate(Math.imul(a ^ word, PRIMES[0]), 13);
    b = rotate(Math.imul(b + word, PRIMES[1]), 17);
    c = rotate(Math.imul(c ^ a ^ word, PRIMES[2]), 11);
    d = rotate(Math.imul(d + b + word, PRIMES[3]), 19);
  };
  for (let i = 0; i < whole; i += 4) mix(view.getUint32(i, true));
  let rest = 0;
  for (let i = whole; i < bytes.length; i++) rest = (rest << 8) | bytes[i]!;
  mix(rest);
  for (let round = 0; round < 4; round++) mix(a ^ b ^ c ^ d);
  return [a, b, c, d].map((n) => (n >>> 0).toString(16).padStart(8, "0")).join("");
}

/** 32 hexadecimal digits for a text. */
export function hashText(text: string): string {
  return hashBytes(new TextEncoder().encode(text));
}

function rotate(n: number, by: number): number {
  return (n << by) | (n >>> (32 - by));
}
