/** Values ↔ raw bytes for every element type of fixed size, and arrays of values to hold them. */
import type { AnyValues, TypedArray } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import { bytesOf } from "../util/bytes.ts";
import type { FillValue } from "./contract.ts";
import { type ElementType, typeName } from "./element-type.ts";
import { floatToHalf, halfToFloat } from "./half.ts";
import { swapBytes } from "./swap.ts";

type Constructor = {
  new (length: number): TypedArray;
  new (buffer: ArrayBufferLike, offset: number, length: number): TypedArray;
};

const arrays: Readonly<Record<string, Constructor>> = {
  bool1: Uint8Array,
  int1: Int8Array,
  int2: Int16Array,
  int4: Int32Array,
  int8: BigInt64Array,
  uint1: Uint8Array,
  uint2: Uint16Array,
  uint4: Uint32Array,
  uint8: BigUint64Array,
  float2: Float32Array,
  float4: Float32Array,
  float8: Float64Array,
  complex8: Float32Array,
  complex16: Float64Array,
  datetime8: BigInt64Array,
  timedelta8: BigInt64Array,
};

/** The typed array that holds such values; undefined where they are a list (text, bytes, objects). */
function arrayOf(type: ElementType): Constructor | undefined {
  return arrays[`${type.kind}${type.size}`];
}

/** Whether values of this type are a typed array (else they are a list). */
export function isTyped(type: ElementType): boolean {
  return arrayOf(type) !== undefined;
}

/** Entries of the flat array per element: 2 for complex numbers, else 1. */
export function entriesPerElement(type: ElementType): number {
  return type.kind === "complex" ? 2 : 1;
}

/** An array for `count` values, all zero (or null). */
export function allocate(type: ElementType, count: number): AnyValues {
  const Values = arrayOf(type);
  return Values ? new Values(count * entriesPerElement(type)) : new Array(count).fill(null);
}

/** An array of `count` fill values. */
export function filled(type: ElementType, count: number, fill: FillValue): AnyValues {
  const values = allocate(type, count);
  fillWith(type, values, fill);
  return values;
}

/** Set every value to the fill value. */
function fillWith(type: ElementType, values: AnyValues, fill: FillValue): void {
  if (Array.isArray(values)) {
    (values as unknown[]).fill(
      fill ??
        (type.kind === "string" || type.kind === "ucs4"
          ? ""
          : type.kind === "object"
            ? null
            : new Uint8Array(type.kind === "raw" ? type.size : 0)),
    );
  } else if (values instanceof BigInt64Array || values instanceof BigUint64Array) {
    values.fill(typeof fill === "bigint" ? fill : BigInt((fill as number) ?? 0));
  } else if (type.kind === "complex") {
    const [re, im] = Array.isArray(fill) ? (fill as readonly [number, number]) : [Number(fill ?? 0), 0];
    for (let i = 0; i < values.length; i += 2) {
      values[i] = re;
      values[i + 1] = im;
    }
  } else values.fill(Number(fill ?? 0));
}

const hostIsBig = new Uint8Array(new Uint16Array([1]).buffer)[0] === 0;

/**
 * Values of raw bytes. A typed array aliases `bytes` where alignment and byte order allow.
 *
 * `bytes` must be `count` elements long. With `into`, the values are put there; `bytes` may then be
 * the very bytes of `into`.
 */
export function valuesFromBytes(type: ElementType, bytes: Uint8Array, bigEndian: boolean, into?: AnyValues): AnyValues {
  const Values = arrayOf(type);
  if (!Values) return listFromBytes(type, bytes, bigEndian, into as unknown[] | undefined) as AnyValues;
  const width = type.kind === "complex" ? type.size / 2 : type.size;
  const swaps = width > 1 && bigEndian !== hostIsBig;
  if (type.kind === "float" && type.size === 2) {
    const raw = aligned(bytes, 2, swaps);
    if (swaps) swapBytes(raw, 2);
    const target = (into as Float32Array | undefined) ?? new Float32Array(raw.length / 2);
    halfToFloat(new Uint16Array(raw.buffer, raw.byteOffset, raw.length / 2), target);
    return target;
  }
  if (into !== undefined) {
    const target = bytesOf(into as TypedArray);
    if (target.buffer !== bytes.buffer || target.byteOffset !== bytes.byteOffset) target.set(bytes);
    if (swaps) swapBytes(target, width);
    return into;
  }
  const raw = aligned(bytes, width, swaps);
  if (swaps) swapBytes(raw, width);
  return new Values(raw.buffer, raw.byteOffset, raw.length / width);
}

/** The same bytes at an offset a typed array can begin at; copied when needed or asked for. */
function aligned(bytes: Uint8Array, width: number, copy: boolean): Uint8Array {
  return copy || bytes.byteOffset % width !== 0 ? bytes.slice() : bytes;
}

/** Raw bytes of values; they alias `values` where byte order allows. */
export function bytesFromValues(type: ElementType, values: AnyValues, bigEndian: boolean): Uint8Array {
  if (Array.isArray(values)) return bytesFromList(type, values as unknown[], bigEndian);
  const width = type.kind === "complex" ? type.size / 2 : type.size;
  let source = values as TypedArray;
  let own = false;
  if (type.kind === "float" && type.size === 2) {
    const half = new Uint16Array(source.length);
    floatToHalf(source as Float32Array, half);
    source = half;
    own = true;
  }
  const bytes = bytesOf(source);
  if (width === 1 || bigEndian === hostIsBig) return bytes;
  const swapped = own ? bytes : bytes.slice();
  swapBytes(swapped, width);
  return swapped;
}

function listFromBytes(type: ElementType, bytes: Uint8Array, bigEndian: boolean, into?: unknown[]): unknown[] {
  const { kind, size } = type;
  const count = into?.length ?? (size === 0 ? 0 : bytes.length / size);
  const list = into ?? new Array<unknown>(count);
  if (kind === "raw") for (let i = 0; i < count; i++) list[i] = bytes.slice(i * size, (i + 1) * size);
  else if (kind === "ascii") {
    for (let i = 0; i < count; i++) {
      let end = (i + 1) * size;
      while (end > i * size && bytes[end - 1] === 0) end--;
      list[i] = bytes.slice(i * size, end);
    }
  } else if (kind === "ucs4") {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    for (let i = 0; i < count; i++) list[i] = ucs4Text(view, i * size, size, bigEndian);
  } else
    throw new EncodingError(`values of type ${typeName(type)} have no fixed size and need a codec such as vlen-utf8`, {
      type: typeName(type),
    });
  return list;
}

function ucs4Text(view: DataView, start: number, size: number, bigEndian: boolean): string {
  let end = start + size;
  while (end > start && view.getUint32(end - 4) === 0) end -= 4;
  let text = "";
  for (let at = start; at < end; at += 4) {
    const point = view.getUint32(at, !bigEndian);
    if (point > 0x10ffff)
      throw new EncodingError(`byte ${at} begins the number ${point}, which is no Unicode character`, {
        point,
      });
    text += String.fromCodePoint(point);
  }
  return text;
}

function bytesFromList(type: ElementType, list: readonly unknown[], bigEndian: boolean): Uint8Array {
  const { kind, size } = type;
  const bytes = new Uint8Array(list.length * size);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < list.length; i++) {
    const item = list[i] ?? "";
    if (kind === "ucs4" && typeof item === "string") {
      let at = i * size;
      for (const character of item) {
        if (at >= (i + 1) * size) throw tooLong(type, item, i);
        view.setUint32(at, character.codePointAt(0)!, !bigEndian);
        at += 4;
      }
    } else if (kind === "ascii" || kind === "raw") {
      const raw = typeof item === "string" ? new TextEncoder().encode(item) : (item as Uint8Array);
      if (!(raw instanceof Uint8Array) || raw.length > size) throw tooLong(type, item, i);
      bytes.set(raw, i * size);
    } else
      throw new EncodingError(`value ${i} (${String(item)}) cannot be encoded as ${typeName(type)}`, {
        index: i,
      });
  }
  return bytes;
}

function tooLong(type: ElementType, item: unknown, index: number): EncodingError {
  return new EncodingError(`value ${index} (${String(item).slice(0, 40)}) does not fit in ${typeName(type)}`, { index });
}
