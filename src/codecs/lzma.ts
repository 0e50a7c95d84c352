/**
 * LZMA decoding (lzma-specification.txt of the LZMA SDK): a range coder under adaptive bits, literals
 * in context, matches with four remembered distances. The output is its own dictionary.
 */
import { EncodingError } from "../errors.ts";

/** Decoded bytes, up to a bound. */
export class BoundedOutput {
  bytes: Uint8Array;
  length = 0;
  readonly most: number;

  constructor(most: number, exact: boolean) {
    this.most = most;
    this.bytes = new Uint8Array(exact ? most : Math.min(most, 1 << 16));
  }

  /** Make room for `more` bytes; throws EncodingError beyond the bound. */
  room(more: number): void {
    if (this.length + more <= this.bytes.length) return;
    if (this.length + more > this.most) throw new EncodingError(`the stream holds more than ${this.most} bytes`);
    const grown = new Uint8Array(Math.min(this.most, 2 * this.bytes.length + more));
    grown.set(this.bytes.subarray(0, this.length));
    this.bytes = grown;
  }
}

const HALF = 1024;
const TOP = 2 ** 24;

// Where each group of adaptive bits begins in one array.
const IS_MATCH = 0;
const IS_REP = IS_MATCH + 192;
const IS_REP0 = IS_REP + 12;
const IS_REP1 = IS_REP0 + 12;
const IS_REP2 = IS_REP1 + 12;
const IS_REP0_LONG = IS_REP2 + 12;
const SLOT = IS_REP0_LONG + 192;
const SPECIAL = SLOT + 256;
const ALIGN = SPECIAL + 128;
const MATCH_LENGTH = ALIGN + 16;
const REP_LENGTH = MATCH_LENGTH + 514;
const LITERAL = REP_LENGTH + 514;

/** Decodes LZMA data into an output; keeps its state between chunks as LZMA2 needs. */
export class LzmaDecoder {
  private readonly out: BoundedOutput;
  private source: Uint8Array = new Uint8Array(0);
  private at = 0;
  private range = 0;
  private code = 0;
  private state = 0;
  private rep0 = 0;
  private rep1 = 0;
  private rep2 = 0;
  private rep3 = 0;
  private lc = 3;
  private lp = 0;
  private pb = 2;
  private bits: Uint16Array = new Uint16Array(0);
  /** Where matches may not reach behind. */
  private base = 0;

  constructor(out: BoundedOutput) {
    this.out = out;
  }

  /** Set literal context bits, literal position bits and position bits. */
  setProperties(lc: number, lp: number, pb: number): void {
    if (lc > 8 || lp > 4 || pb > 4) throw damaged();
    this.lc = lc;
    this.lp = lp;
    this.pb = pb;
    this.bits = new Uint16Array(LITERAL + (0x300 << (lc + lp)));
  }

  /** Set the properties from their one byte. */
  setPropertyByte(byte: number): void {
    if (byte >= 225) throw damaged();
    this.setProperties(byte % 9, Math.floor(byte / 9) % 5, Math.floor(byte / 45));
  }

  /** Forget everything learnt. */
  resetState(): void {
    this.bits.fill(HALF);
    this.state = 0;
    this.rep0 = this.rep1 = this.rep2 = this.rep3 = 0;
  }

  /** Forbid matches into what was decoded before. */
  resetDictionary(): void {
    this.base = this.out.length;
  }

  /** Decode until the output is `until` long or an end marker (`undefined`: only a marker ends); gives the end in `source`. */
  run(source: Uint8Array, at: number, until: number | undefined): number {
    if (this.bits.length === 0) throw damaged();
    this.source = source;
    if (source[at] !== 0 || at + 5 > source.length) throw damaged();
    this.code = ((source[at + 1]! << 24) | (source[at + 2]! << 16) | (source[at + 3]! << 8) | source[at + 4]!) >>> 0;
    this.range = 0xffffffff;
    this.at = at + 5;
    const { out } = this;
    const most = until ?? Number.POSITIVE_INFINITY;
    const mask = (1 << this.pb) - 1;
    while (out.length < most) {
      const position = out.length & mask;
      if (this.bit(IS_MATCH + this.state * 16 + position) === 0) {
        this.literal();
        continue;
      }
      let length: number;
      if (this.bit(IS_REP + this.state) === 0) {
        this.rep3 = this.rep2;
        this.rep2 = this.rep1;
        this.rep1 = this.rep0;
        length = this.matchLength(MATCH_LENGTH, position);
        this.state = this.state < 7 ? 7 : 10;
        this.rep0 = this.distance(length);
        if (this.rep0 === 0xffffffff) {
          // The end marker. Where the size is known it may only come at the end, which it has not.
          if (until !== undefined) throw damaged();
          this.normalize();
          return this.at;
        }
      } else {
        length = this.repeated(position);
        if (length === 0) continue;
      }
      this.copy(length, most);
    }
    this.normalize();
    return this.at;
  }

  /** Whether nothing is left in the range coder, as after a whole stream. */
  get finished(): boolean {
    return this.code === 0;
  }

  /** A match at a remembered distance; 0 when it was a single byte, which is written. */
  private repeated(position: number): number {
    if (this.bit(IS_REP0 + this.state) === 0) {
      if (this.bit(IS_REP0_LONG + this.state * 16 + position) === 0) {
        this.state = this.state < 7 ? 9 : 11;
        this.copy(1, Number.POSITIVE_INFINITY);
        return 0;
      }
    } else {
      let distance: number;
      if (this.bit(IS_REP1 + this.state) === 0) distance = this.rep1;
      else {
        if (this.bit(IS_REP2 + this.state) === 0) distance = this.rep2;
        else {
          distance = this.rep3;
          this.rep3 = this.rep2;
        }
        this.rep2 = this.rep1;
      }
      this.rep1 = this.rep0;
      this.rep0 = distance;
    }
    const length = this.matchLength(REP_LENGTH, position);
    this.state = this.state < 7 ? 8 : 11;
    return length;
  }

  private copy(length: number, most: number): void {
    const { out } = this;
    if (this.rep0 + 1 > out.length - this.base || out.length + length > most) throw damaged();
    out.room(length);
    const { bytes } = out;
    let to = out.length;
    for (let from = to - this.rep0 - 1, end = to + length; to < end; ) bytes[to++] = bytes[from++]!;
    out.length = to;
  }

  private literal(): void {
    const { out } = this;
    out.room(1);
    const before = out.length > this.base ? out.bytes[out.length - 1]! : 0;
    const context = ((out.length & ((1 << this.lp) - 1)) << this.lc) | (before >> (8 - this.lc));
    const start = LITERAL + 0x300 * context;
    let symbol = 1;
    if (this.state >= 7) {
      if (this.rep0 + 1 > out.length - this.base) throw damaged();
      let match = out.bytes[out.length - this.rep0 - 1]!;
      while (symbol < 256) {
        const matchBit = (match >> 7) & 1;
        match <<= 1;
        const bit = this.bit(start + ((1 + matchBit) << 8) + symbol);
        symbol = (symbol << 1) | bit;
        if (bit !== matchBit) break;
      }
    }
    while (symbol < 256) symbol = (symbol << 1) | this.bit(start + symbol);
    out.bytes[out.length++] = symbol;
    this.state = this.state < 4 ? 0 : this.state < 10 ? this.state - 3 : this.state - 6;
  }

  private matchLength(start: number, position: number): number {
    if (this.bit(start) === 0) return 2 + this.tree(start + 2 + position * 8, 3);
    if (this.bit(start + 1) === 0) return 10 + this.tree(start + 130 + position * 8, 3);
    return 18 + this.tree(start + 258, 8);
  }

  private distance(length: number): number {
    const slot = this.tree(SLOT + Math.min(length - 2, 3) * 64, 6);
    if (slot < 4) return slot;
    const count = (slot >> 1) - 1;
    const distance = ((2 | (slot & 1)) << count) >>> 0;
    if (slot < 14) return distance + this.reverse(SPECIAL + distance - slot, count);
    return distance + this.direct(count - 4) * 16 + this.reverse(ALIGN, 4);
  }

  private tree(start: number, count: number): number {
    let node = 1;
    for (let i = 0; i < count; i++) node = (node << 1) | this.bit(start + node);
    return node - (1 << count);
  }

  private reverse(start: number, count: number): number {
    let node = 1;
    let value = 0;
    for (let i = 0; i < count; i++) {
      const bit = this.bit(start + node);
      node = (node << 1) | bit;
      value |= bit << i;
    }
    return value;
  }

  private direct(count: number): number {
    let value = 0;
    for (let i = 0; i < count; i++) {
      this.normalize();
      this.range = Math.floor(this.range / 2);
      const bit = this.code >= this.range ? 1 : 0;
      if (bit) this.code -= this.range;
      value = value * 2 + bit;
    }
    return value;
  }

  private bit(index: number): number {
    if (this.range < TOP) this.normalize();
    const probability = this.bits[index]!;
    const bound = (this.range >>> 11) * probability;
    if (this.code < bound) {
      this.range = bound;
      this.bits[index] = probability + ((2048 - probability) >> 5);
      return 0;
    }
    this.range -= bound;
    this.code -= bound;
    this.bits[index] = probability - (probability >> 5);
    return 1;
  }

  private normalize(): void {
    if (this.range >= TOP) return;
    if (this.at >= this.source.length) throw new EncodingError("the LZMA stream ends too early");
    this.range = (this.range << 8) >>> 0;
    this.code = ((this.code << 8) | this.source[this.at++]!) >>> 0;
  }
}

/** Decode LZMA2 chunks from `at` up to their end; gives where they end. */
export function lzma2Decode(source: Uint8Array, at: number, out: BoundedOutput): number {
  const decoder = new LzmaDecoder(out);
  let s = at;
  for (;;) {
    const control = source[s++];
    if (control === undefined) throw new EncodingError("the LZMA2 stream ends too early");
    if (control === 0) return s;
    if (control === 1 || control >= 0xe0) decoder.resetDictionary();
    if (control < 0x80) {
      if (control > 2) throw damaged();
      const size = ((source[s]! << 8) | source[s + 1]!) + 1;
      s += 2;
      if (!(s + size <= source.length)) throw new EncodingError("the LZMA2 stream ends too early");
      out.room(size);
      out.bytes.set(source.subarray(s, s + size), out.length);
      out.length += size;
      s += size;
      continue;
    }
    const size = (((control & 31) << 16) | (source[s]! << 8) | source[s + 1]!) + 1;
    const packed = ((source[s + 2]! << 8) | source[s + 3]!) + 1;
    s += 4;
    if (control >= 0xc0) decoder.setPropertyByte(source[s++] ?? 255);
    if (control >= 0xa0) decoder.resetState();
    if (!(s + packed <= source.length)) throw new EncodingError("the LZMA2 stream ends too early");
    const end = decoder.run(source.subarray(0, s + packed), s, out.length + size);
    if (end !== s + packed || !decoder.finished) throw damaged();
    s = end;
  }
}

function damaged(): EncodingError {
  return new EncodingError("the LZMA stream is damaged");
}
