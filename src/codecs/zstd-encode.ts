/**
 * A small Zstandard encoder (RFC 8878) for places that have no native one: greedy matching, Huffman
 * literals, sequences with the predefined tables. Compresses about as level 1 does.
 */
import { BitWriter } from "./bit-writer.ts";
import { type FseTable, fseEncode, fseInitial, fseTable } from "./fse.ts";
import { writeLiterals } from "./zstd-literals.ts";

const BLOCK = 1 << 17;
const HASH_BITS = 16;
const MIN_MATCH = 5;

/** Base values and extra bits of codes that stand for ranges. */
const literalBase = [16, 18, 20, 22, 24, 28, 32, 40, 48, 64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536];
const literalBits = [1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
const matchBase = [35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027, 2051, 4099, 8195, 16387, 32771, 65539];
const matchBits = [1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];

const literalCounts = [4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1, 1, -1, -1, -1, -1];
const matchCounts = [1, 4, 3, 2, 2, 2, 2, 2, 2, ...new Array<number>(37).fill(1), -1, -1, -1, -1, -1, -1, -1];
const offsetCounts = [1, 1, 1, 1, 1, 1, 2, 2, 2, ...new Array<number>(15).fill(1), -1, -1, -1, -1, -1];

interface Tables {
  readonly literal: FseTable;
  readonly match: FseTable;
  readonly offset: FseTable;
  readonly positions: Int32Array;
}
let tables: Tables | undefined;

/** Lengths and distances of one block, three numbers each: literals before, match length, distance. */
interface Sequences {
  readonly data: Int32Array;
  count: number;
}

/** One frame with its size in the header. */
export function zstdEncode(source: Uint8Array): Uint8Array {
  tables ??= {
    literal: fseTable(literalCounts, 6),
    match: fseTable(matchCounts, 6),
    offset: fseTable(offsetCounts, 5),
    positions: new Int32Array(1 << HASH_BITS),
  };
  tables.positions.fill(-1);
  const blocks = Math.max(1, Math.ceil(source.length / BLOCK));
  const target = new Uint8Array(source.length + 9 + 3 * blocks + 1024);
  const view = new DataView(target.buffer);
  view.setUint32(0, 0xfd2fb528, true);
  target[4] = 0xa0;
  view.setUint32(5, source.length, true);
  let at = 9;
  const sequences = { data: new Int32Array((3 * BLOCK) / MIN_MATCH + 3), count: 0 };
  const literals = new Uint8Array(BLOCK);
  const scratch = new Uint8Array(2 * BLOCK + 1024);
  for (let start = 0, block = 0; block < blocks; block++, start += BLOCK) {
    const end = Math.min(source.length, start + BLOCK);
    const count = findMatches(source, start, end, tables.positions, sequences, literals);
    const size = writeBlock(literals.subarray(0, count), sequences, tables, scratch);
    const last = block === blocks - 1 ? 1 : 0;
    if (size < end - start) {
      at = writeHeader(target, at, last, 2, size);
      target.set(scratch.subarray(0, size), at);
      at += size;
    } else {
      at = writeHeader(target, at, last, 0, end - start);
      target.set(source.subarray(start, end), at);
      at += end - start;
    }
  }
  return target.slice(0, at);
}

function writeHeader(target: Uint8Array, at: number, last: number, type: number, size: number): number {
  const header = last | (type << 1) | (size << 3);
  target[at] = header;
  target[at + 1] = header >> 8;
  target[at + 2] = header >> 16;
  return at + 3;
}

/** Greedy matches in one block, against all that came before; gives the number of literals. */
function findMatches(
  source: Uint8Array,
  start: number,
  end: number,
  positions: Int32Array,
  found: Sequences,
  literals: Uint8Array,
): number {
  found.count = 0;
  let count = 0;
  let anchor = start;
  let misses = 0;
  let s = start;
  while (s + 8 < end) {
    const word = source[s]! | (source[s + 1]! << 8) | (source[s + 2]! << 16) | (source[s + 3]! << 24);
    const hash = Math.imul(Math.imul(word, -1640531535) ^ source[s + 4]!, -2048144789) >>> (32 - HASH_BITS);
    const candidate = positions[hash]!;
    positions[hash] = s;
    let length = 0;
    if (candidate >= 0) while (s + length < end && source[candidate + length] === source[s + length]) length++;
    if (length < MIN_MATCH) {
      s += 1 + (misses++ >> 6);
      continue;
    }
    misses = 0;
    const at = 3 * found.count++;
    found.data[at] = s - anchor;
    found.data[at + 1] = length;
    found.data[at + 2] = s - candidate;
    literals.set(source.subarray(anchor, s), count);
    count += s - anchor;
    s += length;
    anchor = s;
  }
  literals.set(source.subarray(anchor, end), count);
  return count + end - anchor;
}

/** The body of a compressed block; gives its size. */
function writeBlock(literals: Uint8Array, { data, count }: Sequences, { literal, match, offset }: Tables, target: Uint8Array): number {
  let at = writeLiterals(literals, target, 0);
  if (count < 128) target[at++] = count;
  else if (count < 0x7f00) {
    target[at++] = (count >> 8) + 128;
    target[at++] = count;
  } else {
    target[at++] = 255;
    target[at++] = count - 0x7f00;
    target[at++] = (count - 0x7f00) >> 8;
  }
  if (count === 0) return at;
  // All three tables are the predefined ones.
  target[at++] = 0;
  const writer = new BitWriter(target, at);
  let literalState = 0;
  let matchState = 0;
  let offsetState = 0;
  for (let i = count - 1; i >= 0; i--) {
    const run = data[3 * i]!;
    const length = data[3 * i + 1]!;
    // Distances are stored plus three, below which are those used before.
    const distance = data[3 * i + 2]! + 3;
    const literalCode = run < 16 ? run : 16 + range(literalBase, run);
    const matchCode = length < 35 ? length - 3 : 32 + range(matchBase, length);
    const offsetCode = 31 - Math.clz32(distance);
    if (i === count - 1) {
      literalState = fseInitial(literal, literalCode);
      matchState = fseInitial(match, matchCode);
      offsetState = fseInitial(offset, offsetCode);
    } else {
      offsetState = fseEncode(offset, offsetState, offsetCode, writer);
      matchState = fseEncode(match, matchState, matchCode, writer);
      literalState = fseEncode(literal, literalState, literalCode, writer);
    }
    if (literalCode >= 16) writer.add(run - literalBase[literalCode - 16]!, literalBits[literalCode - 16]!);
    if (matchCode >= 32) writer.add(length - matchBase[matchCode - 32]!, matchBits[matchCode - 32]!);
    const low = Math.min(16, offsetCode);
    writer.add(distance, low);
    writer.add((distance - 2 ** offsetCode) >>> low, offsetCode - low);
  }
  writer.add(matchState, match.log);
  writer.add(offsetState, offset.log);
  writer.add(literalState, literal.log);
  writer.close();
  return writer.overflow ? Number.POSITIVE_INFINITY : writer.at;
}

/** The last entry that is not above `value`. */
function range(base: readonly number[], value: number): number {
  let i = base.length - 1;
  while (base[i]! > value) i--;
  return i;
}
