/**
 * Decoded chunks that outlive a task: those the next task needs, and those that other stages want,
 * as far as the plan set bytes aside for them.
 */
import type { NDArray } from "../array/ndarray.ts";

/** Decoded chunks of one lane. */
export class ChunkCache {
  readonly #next = new Map<string, NDArray>();
  readonly #shared = new Map<string, { array: NDArray; bytes: number; owner: object }>();
  readonly #capacity: number;
  #used = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): NDArray | undefined {
    const next = this.#next.get(key);
    if (next) return next;
    const entry = this.#shared.get(key);
    if (!entry) return undefined;
    this.#shared.delete(key);
    this.#shared.set(key, entry);
    return entry.array;
  }

  has(key: string): boolean {
    return this.#next.has(key) || this.#shared.has(key);
  }

  /** Keep for the next task, whose projection accounts for it. */
  carry(key: string, array: NDArray): void {
    this.#next.set(key, array);
  }

  /** Make sure that shared chunks among `keys` stay until they are used. */
  pin(keys: Iterable<string>): void {
    for (const key of keys) {
      const array = this.get(key);
      if (array) this.#next.set(key, array);
    }
  }

  /** Drop what was carried and is not in `keys`. */
  carryOnly(keys: ReadonlySet<string>): void {
    for (const key of this.#next.keys()) if (!keys.has(key)) this.#next.delete(key);
  }

  /** Keep for other stages: `now` pushes out the oldest, `later` stays out when there is no room. */
  share(key: string, array: NDArray, bytes: number, owner: object, when: "now" | "later"): void {
    if (this.#shared.has(key) || bytes > this.#capacity) return;
    if (when === "now") {
      for (const [old, entry] of this.#shared) {
        if (this.#used + bytes <= this.#capacity) break;
        this.#shared.delete(old);
        this.#used -= entry.bytes;
      }
    }
    if (this.#used + bytes > this.#capacity) return;
    this.#shared.set(key, { array, bytes, owner });
    this.#used += bytes;
  }

  /** Drop the chunks whose owner nobody wants any more. */
  sweep(wanted: (owner: object) => boolean): void {
    for (const [key, { bytes, owner }] of this.#shared) {
      if (wanted(owner)) continue;
      this.#shared.delete(key);
      this.#used -= bytes;
    }
  }

  clear(): void {
    this.#next.clear();
    this.#shared.clear();
    this.#used = 0;
  }
}
