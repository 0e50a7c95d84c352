/**
 * Arrays in memory from what users have: nested arrays, typed arrays, scijs ndarrays, scalars.
 */
import { promote } from "../dtypes/promote.ts";
import { allocate, parseDType, slotsPerElement, TRAITS } from "../dtypes/traits.ts";
import type { AnyValues, Complex, DType, ValuesOf } from "../dtypes/types.ts";
import { DimensionError, DTypeError } from "../errors.ts";
import { cast } from "./cast.ts";
import { cStrides, type Shape, sizeOf } from "./meta.ts";
import { NDArray } from "./ndarray.ts";

/** What {@link asArray} may be told about its input. */
export interface AsArrayOptions {
  /** The shape of a flat input (default: one dimension). */
  readonly shape?: Shape | undefined;
  /** The dtype of the result (default: that of a typed array; `float64` for numbers). */
  readonly dtype?: DType | undefined;
}

/** A scijs `ndarray`, or anything that has its shape. */
export interface NdarrayLike {
  readonly data: ArrayLike<unknown>;
  readonly shape: readonly number[];
  readonly stride: readonly number[];
  readonly offset: number;
  readonly dtype?: string;
}

const TYPED: ReadonlyMap<unknown, DType> = new Map<unknown, DType>([
  [Int8Array, "int8"],
  [Int16Array, "int16"],
  [Int32Array, "int32"],
  [Uint8Array, "uint8"],
  [Uint8ClampedArray, "uint8"],
  [Uint16Array, "uint16"],
  [Uint32Array, "uint32"],
  [Float32Array, "float32"],
  [Float64Array, "float64"],
  [BigInt64Array, "bigint64"],
  [BigUint64Array, "biguint64"],
]);

/**
 * `input` as an array in memory; typed arrays are taken as they are, not copied.
 *
 * Nested arrays must be regular. Numbers are float64 (JavaScript cannot tell 2 from 2.0), bigints
 * int64, booleans bool, strings string, `Date` datetime64, `{ re, im }` complex128; `null` among
 * numbers is NaN.
 *
 * @throws DimensionError where rows differ in length or `shape` does not fit; DTypeError where
 * elements are of kinds that do not mix.
 */
export function asArray(input: unknown, options: AsArrayOptions = {}): NDArray {
  const array = input instanceof NDArray ? input : convert(input, options);
  const shaped =
    options.shape && !(input instanceof NDArray && sameAs(array.shape, options.shape)) ? withShape(array, options.shape) : array;
  if (options.dtype === undefined || options.dtype === shaped.dtype) return shaped;
  return cast(shaped, parseDType(options.dtype)) as NDArray;
}

function sameAs(a: Shape, b: Shape): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}

function withShape(array: NDArray, shape: Shape): NDArray {
  if (sizeOf(shape) !== array.size) {
    throw new DimensionError(`${array.size} values do not fill shape (${shape.join(", ")}), which needs ${sizeOf(shape)}`, {
      shape,
      size: array.size,
    });
  }
  return new NDArray(array.data, shape, array.dtype, undefined, array.offset);
}

function convert(input: unknown, options: AsArrayOptions): NDArray {
  if (ArrayBuffer.isView(input)) return fromTyped(input, options);
  if (isNdarrayLike(input)) return fromNdarray(input);
  if (Array.isArray(input)) return fromNested(input, options.dtype);
  return fromNested([input], options.dtype, []);
}

function fromTyped(input: ArrayBufferView, { dtype }: AsArrayOptions): NDArray {
  const own = TYPED.get(input.constructor);
  if (own === undefined) throw new DTypeError(`cannot make an array of a ${input.constructor.name}`, { input: input.constructor.name });
  const data = (input instanceof Uint8ClampedArray ? new Uint8Array(input.buffer, input.byteOffset, input.length) : input) as AnyValues;
  // The caller names a dtype whose storage this buffer already is: take it as that, without a copy.
  const meant = dtype !== undefined && allocate(dtype, 0).constructor === data.constructor ? dtype : own;
  const n = data.length / slotsPerElement(meant);
  if (!Number.isInteger(n))
    throw new DimensionError(`${data.length} numbers are not pairs of real and imaginary parts`, { length: data.length });
  return new NDArray(data as ValuesOf<DType>, [n], meant);
}

/** Whether `x` has the shape of a scijs ndarray. */
export function isNdarrayLike(x: unknown): x is NdarrayLike {
  if (typeof x !== "object" || x === null) return false;
  const a = x as Partial<NdarrayLike>;
  return Array.isArray(a.shape) && Array.isArray(a.stride) && typeof a.offset === "number" && a.data !== undefined;
}

function fromNdarray(input: NdarrayLike): NDArray {
  const flat = asArray(Array.isArray(input.data) || ArrayBuffer.isView(input.data) ? input.data : Array.from(input.data));
  return new NDArray(flat.data, [...input.shape], flat.dtype, [...input.stride], input.offset);
}

function fromNested(input: readonly unknown[], dtype: DType | undefined, known?: Shape): NDArray {
  const shape = known ?? nestedShape(input);
  const flat = known ? input : (input as unknown[]).flat(Math.max(0, shape.length - 1));
  if (flat.length !== sizeOf(shape)) {
    throw new DimensionError(`rows of a nested array differ in length: ${flat.length} values for shape (${shape.join(", ")})`, { shape });
  }
  const own = flat.length === 0 ? (dtype ?? "float64") : elementsDType(flat);
  return new NDArray(fill(flat, own) as ValuesOf<DType>, shape, own, cStrides(shape));
}

function nestedShape(input: readonly unknown[]): number[] {
  const shape: number[] = [input.length];
  let level: readonly unknown[] = input;
  for (;;) {
    const first = level[0];
    const rows = level.filter((x) => Array.isArray(x) || ArrayBuffer.isView(x)) as ArrayLike<unknown>[];
    if (rows.length === 0) return shape;
    const length = (first as ArrayLike<unknown>).length;
    if (rows.length !== level.length || rows.some((row) => row.length !== length)) {
      throw new DimensionError(
        `rows of a nested array differ in length at depth ${shape.length}: ${level
          .map((x) => (Array.isArray(x) ? x.length : "a value"))
          .join(", ")
          .slice(0, 80)}`,
        { depth: shape.length },
      );
    }
    shape.push(length);
    if (length === 0) return shape;
    level = Array.isArray(first) ? (level as unknown[][]).flat() : (rows as ArrayLike<unknown>[]).flatMap((row) => Array.from(row));
  }
}

type ElementKind = "number" | "bigint" | "boolean" | "string" | "date" | "complex" | "bytes" | "missing";

const KIND_DTYPE: { readonly [K in ElementKind]: DType } = {
  number: "float64",
  bigint: "int64",
  boolean: "bool",
  string: "string",
  date: "datetime64",
  complex: "complex128",
  bytes: "bytes",
  missing: "float64",
};

function elementKind(x: unknown): ElementKind {
  if (x === null || x === undefined) return "missing";
  if (x instanceof Date) return "date";
  if (x instanceof Uint8Array) return "bytes";
  const type = typeof x;
  if (type === "number" || type === "bigint" || type === "boolean" || type === "string") return type;
  if (type === "object" && "re" in (x as object) && "im" in (x as object)) return "complex";
  throw new DTypeError(
    `cannot make an array element of ${String(x).slice(0, 60)} (${type}); possible are numbers, bigints, booleans, strings, Dates, { re, im } and Uint8Array`,
    { type },
  );
}

function elementsDType(flat: readonly unknown[]): DType {
  const kinds = new Set<ElementKind>();
  for (const x of flat) kinds.add(elementKind(x));
  const missing = kinds.delete("missing");
  if (kinds.size === 0) return "float64";
  const [first, ...others] = [...kinds].map((kind) => KIND_DTYPE[kind]);
  const joined = others.reduce((a, b) => promote(a, b), first!);
  return missing && (joined === "bool" || joined === "int64") ? "float64" : joined;
}

function fill(flat: readonly unknown[], dtype: DType): AnyValues {
  const out = allocate(dtype, flat.length);
  const { kind } = TRAITS[dtype];
  for (let i = 0; i < flat.length; i++) {
    const x = flat[i];
    if (kind === "c") {
      const z =
        typeof x === "object" && x !== null ? (x as Complex) : { re: x === null || x === undefined ? Number.NaN : Number(x), im: 0 };
      (out as Float64Array)[2 * i] = z.re;
      (out as Float64Array)[2 * i + 1] = z.im;
    } else if (kind === "U") (out as (string | null)[])[i] = x === null || x === undefined ? null : String(x);
    else if (kind === "S") (out as (Uint8Array | null)[])[i] = (x as Uint8Array | null) ?? null;
    else (out as Float64Array)[i] = x === null || x === undefined ? Number.NaN : exactNumber(x, dtype);
  }
  return out;
}

function exactNumber(x: unknown, dtype: DType): number {
  const n = Number(x);
  if (typeof x === "bigint" && BigInt(n) !== x)
    throw new DTypeError(`${x} does not fit ${dtype} exactly: integers are exact up to 2**53; ask for dtype "bigint64"`, { value: x });
  return n;
}
