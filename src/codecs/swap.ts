/** Reversing the byte order of elements in place, a word at a time. */

/** Reverse the bytes of each `width`-byte number (1, 2, 4 or 8) in place; `bytes` must be aligned to 4 for 4 and 8, to 2 for 2. */
export function swapBytes(bytes: Uint8Array, width: number): void {
  if (width === 2) swap2(new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length >> 1));
  else if (width === 4) swap4(new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2));
  else if (width === 8) swap8(new Uint32Array(bytes.buffer, bytes.byteOffset, (bytes.length >> 3) << 1));
}

function swap2(words: Uint16Array): void {
  for (let i = 0; i < words.length; i++) {
    const w = words[i]!;
    words[i] = (w << 8) | (w >>> 8);
  }
}

function swap4(words: Uint32Array): void {
  for (let i = 0; i < words.length; i++) {
    const w = words[i]!;
    words[i] = (w << 24) | ((w & 0xff00) << 8) | ((w >>> 8) & 0xff00) | (w >>> 24);
  }
}

function swap8(words: Uint32Array): void {
  for (let i = 0; i < words.length; i += 2) {
    const a = words[i]!;
    const b = words[i + 1]!;
    words[i] = (b << 24) | ((b & 0xff00) << 8) | ((b >>> 8) & 0xff00) | (b >>> 24);
    words[i + 1] = (a << 24) | ((a & 0xff00) << 8) | ((a >>> 8) & 0xff00) | (a >>> 24);
  }
}
