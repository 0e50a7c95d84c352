/** The literals section of a Zstandard block: RFC 8878, sections 3.1.1.3.1 and 4.2 (Huffman). */
import { BitWriter } from "./bit-writer.ts";
import { fseEncode, fseInitial, fseNormalize, fseTable, writeCounts } from "./fse.ts";

const MOST_BITS = 11;

/** Write literals at `at`, Huffman-coded where that is shorter; gives the end. `target` must have room for them raw. */
export function writeLiterals(literals: Uint8Array, target: Uint8Array, at: number): number {
  const n = literals.length;
  if (n >= 64) {
    const coded = huffman(literals);
    if (coded !== undefined && coded.length + 8 < n) {
      // Regenerated and compressed sizes of 10, 14 or 18 bits, always four streams.
      const width = n < 1024 ? 10 : n < 16384 ? 14 : 18;
      const format = width === 10 ? 1 : width === 14 ? 2 : 3;
      const writer = new BitWriter(target, at);
      writer.add(2, 2);
      writer.add(format, 2);
      writer.add(n, width);
      writer.add(coded.length, width);
      writer.flush();
      target.set(coded, writer.at);
      return writer.at + coded.length;
    }
  }
  const writer = new BitWriter(target, at);
  writer.add(0, 2);
  if (n < 32) writer.add(n << 1, 6);
  else if (n < 4096) writer.add(1 | (n << 2), 14);
  else writer.add(3 | (n << 2), 22);
  writer.flush();
  target.set(literals, writer.at);
  return writer.at + n;
}

/** The tree and four streams; undefined where they would not be shorter or cannot be described. */
function huffman(literals: Uint8Array): Uint8Array | undefined {
  const counts = new Uint32Array(256);
  for (let i = 0; i < literals.length; i++) counts[literals[i]!]!++;
  const lengths = codeLengths(counts);
  if (lengths === undefined) return undefined;
  let bits = 0;
  for (let s = 0; s < 256; s++) bits += counts[s]! * lengths[s]!;
  if (bits / 8 + 40 > literals.length) return undefined;
  const target = new Uint8Array(Math.ceil(bits / 8) + 200);
  const longest = Math.max(...lengths);
  const weights = Uint8Array.from(lengths, (length) => (length === 0 ? 0 : longest + 1 - length));
  const start = writeWeights(weights, target);
  if (start === undefined) return undefined;
  const codes = assignCodes(weights, longest);
  const quarter = Math.ceil(literals.length / 4);
  let at = start + 6;
  for (let k = 0; k < 4; k++) {
    const end = writeStream(literals.subarray(k * quarter, (k + 1) * quarter), codes, lengths, target, at);
    if (k < 3) {
      target[start + 2 * k] = end - at;
      target[start + 2 * k + 1] = (end - at) >> 8;
      if (end - at > 65535) return undefined;
    }
    at = end;
  }
  return target.subarray(0, at);
}

function writeStream(literals: Uint8Array, codes: Uint16Array, lengths: Uint8Array, target: Uint8Array, at: number): number {
  const writer = new BitWriter(target, at);
  for (let i = literals.length - 1; i >= 0; i--) writer.add(codes[literals[i]!]!, lengths[literals[i]!]!);
  writer.close();
  return writer.at;
}

/** Code lengths of at most 11 bits; undefined where fewer than two symbols occur. */
function codeLengths(counts: Uint32Array): Uint8Array | undefined {
  const symbols: number[] = [];
  for (let s = 0; s < 256; s++) if (counts[s]! > 0) symbols.push(s);
  if (symbols.length < 2) return undefined;
  symbols.sort((a, b) => counts[a]! - counts[b]!);
  // Two queues: leaves in order, and joined nodes, which come out in order by themselves.
  const n = symbols.length;
  const weight = symbols.map((s) => counts[s]!);
  const parent = new Array<number>(2 * n - 1);
  let leaf = 0;
  let node = n;
  const least = (): number => (leaf < n && (node >= weight.length || weight[leaf]! <= weight[node]!) ? leaf++ : node++);
  for (let made = n; made < 2 * n - 1; made++) {
    const a = least();
    const b = least();
    parent[a] = made;
    parent[b] = made;
    weight.push(weight[a]! + weight[b]!);
  }
  const depth = new Array<number>(2 * n - 1);
  depth[2 * n - 2] = 0;
  for (let i = 2 * n - 3; i >= 0; i--) depth[i] = depth[parent[i]!]! + 1;
  const lengths = new Uint8Array(256);
  // Cut what is too deep, then lengthen the rarest short codes until the code is a prefix code again.
  let space = 0;
  for (let i = 0; i < n; i++) {
    depth[i] = Math.min(depth[i]!, MOST_BITS);
    space += 1 << (MOST_BITS - depth[i]!);
  }
  for (let i = 0; space > 1 << MOST_BITS; i = (i + 1) % n) {
    if (depth[i]! >= MOST_BITS) continue;
    space -= 1 << (MOST_BITS - depth[i]! - 1);
    depth[i]!++;
  }
  // A decoder wants the space filled: shorten the most frequent codes that fit.
  for (let i = n - 1; i >= 0; i--) {
    while (depth[i]! > 1 && space + (1 << (MOST_BITS - depth[i]!)) <= 1 << MOST_BITS) {
      space += 1 << (MOST_BITS - depth[i]!);
      depth[i]!--;
    }
  }
  if (space !== 1 << MOST_BITS) return undefined;
  for (let i = 0; i < n; i++) lengths[symbols[i]!] = depth[i]!;
  return lengths;
}

/** Codes by weight, lightest first, then by symbol. */
function assignCodes(weights: Uint8Array, longest: number): Uint16Array {
  const codes = new Uint16Array(256);
  let at = 0;
  for (let weight = 1; weight <= longest; weight++) {
    for (let s = 0; s < 256; s++) {
      if (weights[s] !== weight) continue;
      codes[s] = at >> (weight - 1);
      at += 1 << (weight - 1);
    }
  }
  return codes;
}

/** Describe the tree: all weights but the last one's. Plain for up to 128, else by FSE. */
function writeWeights(weights: Uint8Array, target: Uint8Array): number | undefined {
  let last = 255;
  while (weights[last] === 0) last--;
  const described = weights.subarray(0, last);
  const end = writeCodedWeights(described, target);
  if (end !== undefined) return end;
  if (last > 128) return undefined;
  target[0] = 127 + last;
  for (let i = 0; i < last; i += 2) target[1 + (i >> 1)] = (described[i]! << 4) | (described[i + 1] ?? 0);
  return 1 + Math.ceil(last / 2);
}

function writeCodedWeights(weights: Uint8Array, target: Uint8Array): number | undefined {
  const counts = new Array<number>(Math.max(0, ...weights) + 1).fill(0);
  for (const weight of weights) counts[weight]!++;
  if (weights.length < 3 || counts.filter((count) => count > 0).length < 2) return undefined;
  const log = 6;
  const normal = fseNormalize(counts, log);
  const table = fseTable(normal, log);
  const writer = new BitWriter(target, 1);
  writeCounts(normal, log, writer);
  const states: [number, number] = [-1, -1];
  for (let i = weights.length - 1; i >= 0; i--) {
    const turn = (i & 1) as 0 | 1;
    states[turn] = states[turn] < 0 ? fseInitial(table, weights[i]!) : fseEncode(table, states[turn], weights[i]!, writer);
  }
  writer.add(states[1], log);
  writer.add(states[0], log);
  writer.close();
  const size = writer.at - 1;
  if (size > 127 || (weights.length <= 128 && size > weights.length / 2)) return undefined;
  target[0] = size;
  return writer.at;
}
