/** Finite state entropy (tANS) encoding as in Zstandard: RFC 8878, section 4.1. */
import type { BitWriter } from "./bit-writer.ts";

/** What encoding a distribution needs. */
export interface FseTable {
  readonly log: number;
  /** Next states, by symbol and place among the symbol's states. */
  readonly states: Uint16Array;
  /** Per symbol: bits to write, in 16.16 form. */
  readonly bits: Int32Array;
  /** Per symbol: where its states begin. */
  readonly start: Int32Array;
}

/** The encoding table of normalised counts (−1 for less than one), which sum to 2^log. */
export function fseTable(counts: readonly number[], log: number): FseTable {
  const size = 1 << log;
  const symbols = new Uint8Array(size);
  let high = size - 1;
  counts.forEach((count, symbol) => {
    if (count === -1) symbols[high--] = symbol;
  });
  const step = (size >> 1) + (size >> 3) + 3;
  let at = 0;
  counts.forEach((count, symbol) => {
    for (let i = 0; i < count; i++) {
      symbols[at] = symbol;
      do at = (at + step) & (size - 1);
      while (at > high);
    }
  });
  const bits = new Int32Array(counts.length);
  const start = new Int32Array(counts.length);
  const next = new Int32Array(counts.length);
  let total = 0;
  counts.forEach((count, symbol) => {
    const n = Math.abs(count);
    next[symbol] = total;
    if (n === 0) return;
    const most = n === 1 ? log : log - (31 - Math.clz32(n - 1));
    bits[symbol] = (most << 16) - (n << most);
    start[symbol] = total - n;
    total += n;
  });
  const states = new Uint16Array(size);
  for (let i = 0; i < size; i++) states[next[symbols[i]!]!++] = size + i;
  return { log, states, bits, start };
}

/** The state that stands for a first symbol; costs no bits. */
export function fseInitial({ bits, start, states }: FseTable, symbol: number): number {
  const count = (bits[symbol]! + (1 << 15)) >> 16;
  const value = (count << 16) - bits[symbol]!;
  return states[(value >> count) + start[symbol]!]!;
}

/** Encode one symbol: writes bits and gives the next state. */
export function fseEncode(table: FseTable, state: number, symbol: number, writer: BitWriter): number {
  const count = (state + table.bits[symbol]!) >> 16;
  writer.add(state, count);
  return table.states[(state >> count) + table.start[symbol]!]!;
}

/** Counts scaled to sum to 2^log, each at least 1 where it was. */
export function fseNormalize(counts: readonly number[], log: number): number[] {
  const size = 1 << log;
  const total = counts.reduce((a, b) => a + b, 0);
  const scaled = counts.map((count) => (count === 0 ? 0 : Math.max(1, Math.round((count * size) / total))));
  let excess = scaled.reduce((a, b) => a + b, 0) - size;
  while (excess !== 0) {
    const largest = scaled.indexOf(Math.max(...scaled));
    const change = excess > 0 ? Math.min(excess, Math.max(1, scaled[largest]! >> 1)) : excess;
    scaled[largest]! -= change;
    excess -= change;
  }
  return scaled;
}

/** Write normalised counts (RFC 8878, section 4.1.1). */
export function writeCounts(counts: readonly number[], log: number, writer: BitWriter): void {
  writer.add(log - 5, 4);
  let remaining = (1 << log) + 1;
  let threshold = 1 << log;
  let width = log + 1;
  let afterZero = false;
  for (let symbol = 0; symbol < counts.length && remaining > 1; ) {
    if (afterZero) {
      let zeros = 0;
      while (counts[symbol] === 0) {
        symbol++;
        zeros++;
      }
      for (; zeros >= 3; zeros -= 3) writer.add(3, 2);
      writer.add(zeros, 2);
    }
    const count = counts[symbol++]!;
    const most = 2 * threshold - 1 - remaining;
    remaining -= Math.abs(count);
    let value = count + 1;
    if (value >= threshold) value += most;
    writer.add(value, value < most ? width - 1 : width);
    afterZero = count === 0;
    while (remaining < threshold) {
      width--;
      threshold >>= 1;
    }
  }
  writer.flush();
}
