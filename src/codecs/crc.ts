/** Checksums over bytes: crc32, crc32c, adler32, fletcher32 (HDF5's), lookup3 (Jenkins). */

/** Four tables of a reflected CRC, one after the other, so that four bytes go in one step. */
function crcTables(polynomial: number): Int32Array {
  const tables = new Int32Array(1024);
  for (let i = 0; i < 256; i++) {
    let c = i;
    for (let k = 0; k < 8; k++) c = c & 1 ? (c >>> 1) ^ polynomial : c >>> 1;
    tables[i] = c;
  }
  for (let i = 256; i < 1024; i++) tables[i] = (tables[i - 256]! >>> 8) ^ tables[tables[i - 256]! & 255]!;
  return tables;
}

let tables32: Int32Array | undefined;
let tables32c: Int32Array | undefined;

/** CRC-32 as in gzip, zip and PNG. */
export function crc32Of(bytes: Uint8Array): number {
  tables32 ??= crcTables(0xedb88320);
  return crc(tables32, bytes);
}

/** CRC-32C (Castagnoli) as in iSCSI and Zarr. */
export function crc32cOf(bytes: Uint8Array): number {
  tables32c ??= crcTables(0x82f63b78);
  return crc(tables32c, bytes);
}

function crc(tables: Int32Array, bytes: Uint8Array): number {
  let c = -1;
  let i = 0;
  for (const end = bytes.length - 3; i < end; i += 4) {
    c ^= bytes[i]! | (bytes[i + 1]! << 8) | (bytes[i + 2]! << 16) | (bytes[i + 3]! << 24);
    c = tables[768 + (c & 255)]! ^ tables[512 + ((c >>> 8) & 255)]! ^ tables[256 + ((c >>> 16) & 255)]! ^ tables[c >>> 24]!;
  }
  for (; i < bytes.length; i++) c = (c >>> 8) ^ tables[(c ^ bytes[i]!) & 255]!;
  return ~c >>> 0;
}

/** Adler-32 as in zlib (RFC 1950). */
export function adler32Of(bytes: Uint8Array): number {
  let a = 1;
  let b = 0;
  for (let i = 0; i < bytes.length; ) {
    // The largest run whose sums stay below 2³¹.
    const end = Math.min(i + 3800, bytes.length);
    for (; i < end; i++) {
      a += bytes[i]!;
      b += a;
    }
    a %= 65521;
    b %= 65521;
  }
  return ((b << 16) | a) >>> 0;
}

/** Fletcher-32 as HDF5 computes it: over big-endian pairs, an odd last byte as the high one. */
export function fletcher32Of(bytes: Uint8Array): number {
  let a = 0;
  let b = 0;
  const pairs = bytes.length >> 1;
  for (let i = 0; i < pairs; ) {
    const end = Math.min(i + 360, pairs);
    for (; i < end; i++) {
      a += (bytes[2 * i]! << 8) | bytes[2 * i + 1]!;
      b += a;
    }
    a = fold(a);
    b = fold(b);
  }
  if (bytes.length & 1) {
    a = fold(a + (bytes[bytes.length - 1]! << 8));
    b = fold(b + a);
  }
  return ((fold(b) << 16) | fold(a)) >>> 0;
}

function fold(sum: number): number {
  return (sum % 65536) + Math.floor(sum / 65536);
}

/** Bob Jenkins' lookup3 (hashlittle) as HDF5 uses it for metadata. */
export function lookup3Of(bytes: Uint8Array, seed: number): number {
  let a = (0xdeadbeef + bytes.length + seed) | 0;
  let b = a;
  let c = a;
  let at = 0;
  let left = bytes.length;
  while (left > 12) {
    a = (a + word(bytes, at, 4)) | 0;
    b = (b + word(bytes, at + 4, 4)) | 0;
    c = (c + word(bytes, at + 8, 4)) | 0;
    a = (a - c) ^ rotate(c, 4);
    c = (c + b) | 0;
    b = (b - a) ^ rotate(a, 6);
    a = (a + c) | 0;
    c = (c - b) ^ rotate(b, 8);
    b = (b + a) | 0;
    a = (a - c) ^ rotate(c, 16);
    c = (c + b) | 0;
    b = (b - a) ^ rotate(a, 19);
    a = (a + c) | 0;
    c = (c - b) ^ rotate(b, 4);
    b = (b + a) | 0;
    at += 12;
    left -= 12;
  }
  if (left === 0) return c >>> 0;
  a = (a + word(bytes, at, left)) | 0;
  b = (b + word(bytes, at + 4, left - 4)) | 0;
  c = (c + word(bytes, at + 8, left - 8)) | 0;
  c = (c ^ b) - rotate(b, 14);
  a = (a ^ c) - rotate(c, 11);
  b = (b ^ a) - rotate(a, 25);
  c = (c ^ b) - rotate(b, 16);
  a = (a ^ c) - rotate(c, 4);
  b = (b ^ a) - rotate(a, 14);
  c = (c ^ b) - rotate(b, 24);
  return c >>> 0;
}

/** Up to four bytes as a little-endian number. */
function word(bytes: Uint8Array, at: number, length: number): number {
  let value = 0;
  for (let i = 0; i < 4 && i < length; i++) value |= bytes[at + i]! << (8 * i);
  return value;
}

function rotate(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}
