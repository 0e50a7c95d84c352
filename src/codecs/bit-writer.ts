/** A bit stream that grows upwards from the low bit of each byte, as Zstandard's entropy coders write it. */

/** Appends bits to a buffer of fixed size; `overflow` tells that it was too small. */
export class BitWriter {
  readonly target: Uint8Array;
  at: number;
  private held = 0;
  private bits = 0;

  constructor(target: Uint8Array, at: number) {
    this.target = target;
    this.at = at;
  }

  /** Whether more was written than the buffer holds. */
  get overflow(): boolean {
    return this.at > this.target.length;
  }

  /** Append the low `count` bits (at most 24) of `value`. */
  add(value: number, count: number): void {
    let held = this.held | ((value & ((1 << count) - 1)) << this.bits);
    let bits = this.bits + count;
    while (bits >= 8) {
      this.target[this.at++] = held;
      held >>>= 8;
      bits -= 8;
    }
    this.held = held;
    this.bits = bits;
  }

  /** Append a closing 1 and fill the byte: where a reader that goes backwards begins. */
  close(): void {
    this.add(1, 1);
    this.flush();
  }

  /** Fill the last byte with zeros. */
  flush(): void {
    if (this.bits > 0) this.add(0, 8 - this.bits);
  }
}
