/** The codec `bz2` (decoding only): Huffman codes, move to front, Burrows–Wheeler, blocks of up to 900 kB. */
import { EncodingError, UnsupportedError } from "../errors.ts";
import type { CodecFactory, SizeBound } from "./contract.ts";
import { compressedSize } from "./deflate.ts";

const BLOCK_MAGIC = 0x314159265359;
const END_MAGIC = 0x177245385090;
const MOST_LENGTH = 20;

/** `bz2`: the option `level` matters only to encoders. */
export const bz2: CodecFactory = () => ({
  kind: "bytes-bytes",
  encodedSize: compressedSize,
  decode: bz2Decode,
  encode: () => {
    throw new UnsupportedError('"bz2" can be read but not written; write with zstd, gzip or blosc', {
      codec: "bz2",
    });
  },
});

/** Reads from the high bit of each byte. */
class BitReader {
  private readonly source: Uint8Array;
  private at = 0;
  private held = 0;
  private left = 0;

  constructor(source: Uint8Array) {
    this.source = source;
  }

  /** The next `count` bits (at most 24) as a number. */
  bits(count: number): number {
    while (this.left < count) {
      if (this.at >= this.source.length) throw new EncodingError("the bzip2 stream ends too early");
      this.held = (this.held << 8) | this.source[this.at++]!;
      this.left += 8;
    }
    this.left -= count;
    return (this.held >>> this.left) & ((1 << count) - 1);
  }

  /** Go to the next whole byte; whether there is one. */
  align(): boolean {
    this.left = 0;
    return this.at < this.source.length;
  }
}

/** Collects decoded bytes up to a bound. */
interface Output {
  bytes: Uint8Array;
  length: number;
  readonly most: number;
}

function bz2Decode(source: Uint8Array, size: SizeBound): Uint8Array {
  const reader = new BitReader(source);
  const first = size.exact ? size.bytes : Math.min(size.bytes, 1 << 20);
  const out: Output = { bytes: new Uint8Array(first), length: 0, most: size.bytes };
  do {
    if (reader.bits(24) !== 0x425a68) throw new EncodingError("the bytes are no bzip2 stream");
    const level = reader.bits(8) - 48;
    if (level < 1 || level > 9) throw new EncodingError("the bzip2 header is damaged");
    const table = new Uint32Array(level * 100_000);
    let combined = 0;
    for (;;) {
      const magic = reader.bits(24) * 2 ** 24 + reader.bits(24);
      const stored = ((reader.bits(16) << 16) | reader.bits(16)) >>> 0;
      if (magic === END_MAGIC) {
        if (stored !== combined) throw new EncodingError("the checksum of the bzip2 stream differs, so it is damaged");
        break;
      }
      if (magic !== BLOCK_MAGIC) throw new EncodingError("a bzip2 block is damaged");
      const sum = decodeBlock(reader, table, out);
      if (sum !== stored) throw new EncodingError("the checksum of a bzip2 block differs, so it is damaged");
      combined = (((combined << 1) | (combined >>> 31)) ^ sum) >>> 0;
    }
  } while (reader.align());
  return out.bytes.subarray(0, out.length);
}

/** Decode one block; gives its checksum. */
function decodeBlock(reader: BitReader, table: Uint32Array, out: Output): number {
  if (reader.bits(1)) throw new UnsupportedError("randomised bzip2 blocks, long out of use, are not decoded", { codec: "bz2" });
  const origin = reader.bits(24);
  const symbols = usedSymbols(reader);
  const groups = reader.bits(3);
  const selectors = readSelectors(reader, groups, reader.bits(15));
  const codes: PrefixCode[] = [];
  for (let i = 0; i < groups; i++) codes.push(readCode(reader, symbols.length + 2));
  const count = moveToFront(reader, symbols, selectors, codes, table);
  if (origin >= count) throw new EncodingError("a bzip2 block is damaged");
  return undoSort(table, count, origin, out);
}

function usedSymbols(reader: BitReader): Uint8Array {
  const rows = reader.bits(16);
  const symbols: number[] = [];
  for (let row = 0; row < 16; row++) {
    if (!(rows & (0x8000 >> row))) continue;
    const used = reader.bits(16);
    for (let i = 0; i < 16; i++) if (used & (0x8000 >> i)) symbols.push(row * 16 + i);
  }
  if (symbols.length === 0) throw new EncodingError("a bzip2 block is damaged");
  return Uint8Array.from(symbols);
}

function readSelectors(reader: BitReader, groups: number, count: number): Uint8Array {
  if (groups < 2 || groups > 6 || count === 0) throw new EncodingError("a bzip2 block is damaged");
  const order = Array.from({ length: groups }, (_, i) => i);
  return Uint8Array.from({ length: count }, () => {
    let place = 0;
    while (reader.bits(1)) if (++place >= groups) throw new EncodingError("a bzip2 block is damaged");
    const [group] = order.splice(place, 1);
    order.unshift(group!);
    return group!;
  });
}

/** A canonical prefix code: per length the last code, what to take off, and symbols in order. */
interface PrefixCode {
  readonly limit: Int32Array;
  readonly base: Int32Array;
  readonly order: Uint16Array;
}

function readCode(reader: BitReader, size: number): PrefixCode {
  const lengths = new Uint8Array(size);
  let length = reader.bits(5);
  for (let i = 0; i < size; i++) {
    while (reader.bits(1)) length += reader.bits(1) ? -1 : 1;
    if (length < 1 || length > MOST_LENGTH) throw new EncodingError("a bzip2 block is damaged");
    lengths[i] = length;
  }
  const limit = new Int32Array(MOST_LENGTH + 1).fill(-1);
  const base = new Int32Array(MOST_LENGTH + 1);
  const order = new Uint16Array(size);
  let code = 0;
  let placed = 0;
  for (let bits = 1; bits <= MOST_LENGTH; bits++) {
    base[bits] = code - placed;
    for (let i = 0; i < size; i++) {
      if (lengths[i] !== bits) continue;
      order[placed++] = i;
      code++;
    }
    limit[bits] = code - 1;
    code <<= 1;
  }
  return { limit, base, order };
}

function nextSymbol(reader: BitReader, { limit, base, order }: PrefixCode): number {
  let code = 0;
  for (let bits = 1; bits <= MOST_LENGTH; bits++) {
    code = (code << 1) | reader.bits(1);
    if (code <= limit[bits]!) return order[code - base[bits]!] ?? 0xffff;
  }
  throw new EncodingError("a bzip2 block is damaged");
}

/** Runs and places in the list of recent symbols → the block's last column, in `table`; gives its length. */
function moveToFront(
  reader: BitReader,
  symbols: Uint8Array,
  selectors: Uint8Array,
  codes: readonly PrefixCode[],
  table: Uint32Array,
): number {
  const recent = symbols.slice();
  const end = symbols.length + 1;
  let count = 0;
  let run = 0;
  let step = 1;
  for (let n = 0; ; n++) {
    const selector = selectors[Math.floor(n / 50)];
    if (selector === undefined) throw new EncodingError("a bzip2 block is damaged");
    const symbol = nextSymbol(reader, codes[selector]!);
    if (symbol <= 1) {
      run += step << symbol;
      step <<= 1;
      if (run > table.length) throw new EncodingError("a bzip2 block is too long");
      continue;
    }
    if (count + run + 1 > table.length + (symbol === end ? 1 : 0)) throw new EncodingError("a bzip2 block is too long");
    table.fill(recent[0]!, count, count + run);
    count += run;
    run = 0;
    step = 1;
    if (symbol === end) return count;
    if (symbol > end) throw new EncodingError("a bzip2 block is damaged");
    const value = recent[symbol - 1]!;
    recent.copyWithin(1, 0, symbol - 1);
    recent[0] = value;
    table[count++] = value;
  }
}

/** The inverse Burrows–Wheeler transform and the outermost run lengths; gives the checksum. */
function undoSort(table: Uint32Array, count: number, origin: number, out: Output): number {
  const starts = new Uint32Array(256);
  for (let i = 0; i < count; i++) starts[table[i]! & 255]!++;
  for (let value = 0, total = 0; value < 256; value++) {
    const n = starts[value]!;
    starts[value] = total;
    total += n;
  }
  for (let i = 0; i < count; i++) table[starts[table[i]! & 255]!++]! |= i << 8;
  let crc = -1;
  let at = table[origin]! >>> 8;
  let last = -1;
  let same = 0;
  for (let i = 0; i < count; i++) {
    const entry = table[at]!;
    at = entry >>> 8;
    const value = entry & 255;
    // After four equal bytes comes a count of more.
    const times = same === 4 ? value : 1;
    const byte = same === 4 ? last : value;
    same = same === 4 ? 0 : byte === last ? same + 1 : 1;
    last = same === 0 ? -1 : byte;
    room(out, times);
    for (let k = 0; k < times; k++) {
      out.bytes[out.length++] = byte;
      crc = (crc << 8) ^ crcTable[(crc >>> 24) ^ byte]!;
    }
  }
  return ~crc >>> 0;
}

function room(out: Output, more: number): void {
  if (out.length + more <= out.bytes.length) return;
  if (out.length + more > out.most) throw new EncodingError(`the stream holds more than ${out.most} bytes`);
  const grown = new Uint8Array(Math.min(out.most, 2 * out.bytes.length + more));
  grown.set(out.bytes);
  out.bytes = grown;
}

/** CRC-32 with the high bit first, as bzip2 uses it. */
const crcTable = /* @__PURE__ */ Int32Array.from({ length: 256 }, (_, i) => {
  let c = i << 24;
  for (let k = 0; k < 8; k++) c = c < 0 ? (c << 1) ^ 0x04c11db7 : c << 1;
  return c;
});
