/**
 * Buffers used again: a fresh large array costs more in page faults than most arithmetic on it.
 *
 * Only blocks that a task allocated, and that nobody outside the task can see, come here. What lies
 * here and what a task holds together stay below the peak that the plan reserved.
 */

import { sizeOf } from "../array/meta.ts";
import { empty, NDArray } from "../array/ndarray.ts";
import { slotsPerElement, traits } from "../dtypes/traits.ts";
import type { DType, TypedArray } from "../dtypes/types.ts";

/** How buffers are used again. */
export interface PoolOptions {
  /** Smaller buffers are not worth it (default 64 KB). */
  readonly least?: number;
  /** Fill buffers with ones as they are given back, so that whoever still looks at one is found out. */
  readonly poison?: boolean;
}

/** Free buffers of one lane. */
export class Pool {
  bytes = 0;
  readonly #least: number;
  readonly #poison: boolean;
  readonly #free = new Map<string, TypedArray[]>();

  constructor({ least = 2 ** 16, poison = false }: PoolOptions = {}) {
    this.#least = least;
    this.#poison = poison;
  }

  /** An array of zeros, in a used buffer where there is one of the same size. */
  take<T extends DType>(shape: readonly number[], dtype: T): NDArray<T> {
    const data = this.#free.get(`${traits(dtype).storage}:${sizeOf(shape) * slotsPerElement(dtype)}`)?.pop();
    if (!data) return empty(shape, dtype);
    this.bytes -= data.byteLength;
    (data as Float64Array).fill(0);
    return new NDArray(data as NDArray<T>["data"], shape, dtype);
  }

  /** Keep a buffer of an array that is done with, where `room` bytes are left. */
  give({ data, dtype }: NDArray, room: number): void {
    const { storage } = traits(dtype);
    if (Array.isArray(data) || storage === "i64" || storage === "u64") return;
    const buffer = data as TypedArray;
    if (this.#poison) new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.byteLength).fill(255);
    if (buffer.byteLength < this.#least || this.bytes + buffer.byteLength > room) return;
    const key = `${storage}:${buffer.length}`;
    const list = this.#free.get(key);
    if (list) list.push(buffer);
    else this.#free.set(key, [buffer]);
    this.bytes += buffer.byteLength;
  }

  /** Free buffers until `room` bytes hold the rest. */
  trim(room: number): void {
    if (this.bytes > Math.max(0, room)) this.clear();
  }

  clear(): void {
    this.#free.clear();
    this.bytes = 0;
  }
}
