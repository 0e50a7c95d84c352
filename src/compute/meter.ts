/** What a task really holds: bytes of buffers, counted once however many blocks are views of them. */

interface Held {
  bytes: number;
  count: number;
}

/** A count of live buffers and the most there were. */
export class Meter {
  now = 0;
  peak = 0;
  readonly #held = new Map<object, Held>();
  readonly #foreign = new Set<object>();

  /** A buffer that somebody else pays for. */
  ignore(data: object): void {
    this.#foreign.add(data);
  }

  /** Whether the buffer belongs to somebody else. */
  isForeign(data: object): boolean {
    return this.#foreign.has(data);
  }

  /** One more holder of a buffer. */
  hold(data: object): void {
    if (this.#foreign.has(data)) return;
    const known = this.#held.get(data);
    if (known) {
      known.count++;
      return;
    }
    const bytes = sizeOfBuffer(data);
    this.#held.set(data, { bytes, count: 1 });
    this.add(bytes);
  }

  /** One holder less. */
  drop(data: object): void {
    const known = this.#held.get(data);
    if (!known || --known.count > 0) return;
    this.#held.delete(data);
    this.now -= known.bytes;
  }

  /** Bytes that are no block. Take them away with a negative number. */
  add(bytes: number): void {
    this.now += bytes;
    if (this.now > this.peak) this.peak = this.now;
  }
}

function sizeOfBuffer(data: object): number {
  return Array.isArray(data) ? 16 * data.length : (data as Uint8Array).byteLength;
}
