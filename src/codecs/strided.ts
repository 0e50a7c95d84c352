/** Copies between strided layouts: how transposed chunks are put in order and shards are put together. */
import type { AnyValues, TypedArray } from "../dtypes/types.ts";
import { cStrides } from "../util/shape.ts";
import type { ChunkBlock } from "./contract.ts";

/** Where elements are in a flat array: a first element and the step along each axis, in elements. */
export interface Layout {
  readonly data: AnyValues;
  readonly offset: number;
  readonly stride: readonly number[];
}

/** Whether strides are those of a C-ordered array (axes of length 1 may have any). */
function isRowMajor(shape: readonly number[], stride: readonly number[]): boolean {
  let step = 1;
  for (let i = shape.length - 1; i >= 0; i--) {
    if (shape[i] !== 1 && stride[i] !== step) return false;
    step *= shape[i]!;
  }
  return true;
}

/** The view of a typed array as words of equal width, so that four loops serve all dtypes. */
function words(data: TypedArray, width: number): Uint8Array | Uint16Array | Uint32Array {
  if (width === 1) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  if (width === 2) return new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2);
  return new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
}

/** Copy `shape` elements of `entries` entries each from one layout to another. Both arrays are of one class. */
export function copyStrided(shape: readonly number[], from: Layout, to: Layout, entries = 1): void {
  if (shape.includes(0)) return;
  if (Array.isArray(from.data) || Array.isArray(to.data)) {
    copyLists(shape, from, to);
    return;
  }
  const width = (from.data as TypedArray).BYTES_PER_ELEMENT * entries;
  const source = words(from.data as TypedArray, width);
  const target = words(to.data as TypedArray, width);
  const perElement = Math.max(1, width / 4);
  eachRow(shape, from, to, (a, b, n, stepA, stepB) => {
    if (stepA === 1 && stepB === 1) target.set(source.subarray(a * perElement, (a + n) * perElement), b * perElement);
    else if (width === 1) copy1(source as Uint8Array, target as Uint8Array, a, b, n, stepA, stepB);
    else if (width === 2) copy2(source as Uint16Array, target as Uint16Array, a, b, n, stepA, stepB);
    else if (width === 4) copy4(source as Uint32Array, target as Uint32Array, a, b, n, stepA, stepB);
    else copyWide(source as Uint32Array, target as Uint32Array, a, b, n, stepA, stepB, perElement);
  });
}

/** The same values in C order. */
export function contiguous(block: ChunkBlock, entries: number): ChunkBlock {
  const { data, shape } = block;
  if (isRowMajor(shape, block.stride)) return block;
  const stride = cStrides(shape);
  const ordered = Array.isArray(data) ? new Array(data.length) : new (data.constructor as new (n: number) => TypedArray)(data.length);
  copyStrided(shape, { data, offset: 0, stride: block.stride }, { data: ordered, offset: 0, stride }, entries);
  return { data: ordered, shape, stride };
}

/** Visit the rows along the last axis, with positions in elements. */
function eachRow(
  shape: readonly number[],
  from: Layout,
  to: Layout,
  visit: (a: number, b: number, n: number, stepA: number, stepB: number) => void,
): void {
  const last = shape.length - 1;
  if (last < 0) {
    visit(from.offset, to.offset, 1, 1, 1);
    return;
  }
  const at = new Array<number>(last).fill(0);
  let a = from.offset;
  let b = to.offset;
  for (;;) {
    visit(a, b, shape[last]!, from.stride[last]!, to.stride[last]!);
    let axis = last - 1;
    for (; axis >= 0; axis--) {
      a += from.stride[axis]!;
      b += to.stride[axis]!;
      if (++at[axis]! < shape[axis]!) break;
      a -= from.stride[axis]! * shape[axis]!;
      b -= to.stride[axis]! * shape[axis]!;
      at[axis] = 0;
    }
    if (axis < 0) return;
  }
}

function copy1(s: Uint8Array, t: Uint8Array, a: number, b: number, n: number, da: number, db: number): void {
  for (let i = 0; i < n; i++, a += da, b += db) t[b] = s[a]!;
}

function copy2(s: Uint16Array, t: Uint16Array, a: number, b: number, n: number, da: number, db: number): void {
  for (let i = 0; i < n; i++, a += da, b += db) t[b] = s[a]!;
}

function copy4(s: Uint32Array, t: Uint32Array, a: number, b: number, n: number, da: number, db: number): void {
  for (let i = 0; i < n; i++, a += da, b += db) t[b] = s[a]!;
}

function copyWide(s: Uint32Array, t: Uint32Array, a: number, b: number, n: number, da: number, db: number, k: number): void {
  for (let i = 0; i < n; i++, a += da, b += db) for (let j = 0; j < k; j++) t[b * k + j] = s[a * k + j]!;
}

function copyLists(shape: readonly number[], from: Layout, to: Layout): void {
  const source = from.data as unknown[];
  const target = to.data as unknown[];
  eachRow(shape, from, to, (a, b, n, stepA, stepB) => {
    for (let i = 0; i < n; i++) target[b + i * stepB] = source[a + i * stepA];
  });
}
