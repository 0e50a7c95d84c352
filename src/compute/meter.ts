/** What a task really holds: bytes of buffers, counted once however many blocks are views of them. */

interface Held {
  bytes: number;
  count: number;
}

/** What stands for a buffer: views of one typed array may have typed arrays of their own. */
export function bufferOf(data: object): object {
  return ArrayBuffer.isView(data) ? data.buffer : data;
}

/** A count of live buffers and the most there were. */
export class Meter {
  now = 0;
  peak = 0;
  readonly #held = new Map<object, Held>();
  readonly #foreign = new Set<object>();

  /** A buffer that somebody else pays for. */
  ignore(data: object): void {
    this.#foreign.add(bufferOf(data));
  }

  /** Whether the buffer belongs to somebody else. */
  isForeign(data: object): boolean {
    return this.#foreign.has(bufferOf(data));
  }

  /** One more holder of a buffer. */
  hold(data: object): void {
    const buffer = bufferOf(data);
    if (this.#foreign.has(buffer)) return;
    const known = this.#held.get(buffer);
    if (known) {
      known.count++;
      return;
    }
    const bytes = sizeOfBuffer(buffer);
    this.#held.set(buffer, { bytes, count: 1 });
    this.add(bytes);
  }

  /** One holder less; true where it was the last one. */
  drop(data: object): boolean {
    const buffer = bufferOf(data);
    const known = this.#held.get(buffer);
    if (!known || --known.count > 0) return false;
    this.#held.delete(buffer);
    this.now -= known.bytes;
    return true;
  }

  /** Bytes that are no block. Take them away with a negative number. */
  add(bytes: number): void {
    this.now += bytes;
    if (this.now > this.peak) this.peak = this.now;
  }
}

function sizeOfBuffer(buffer: object): number {
  return Array.isArray(buffer) ? 16 * buffer.length : (buffer as ArrayBuffer).byteLength;
}
