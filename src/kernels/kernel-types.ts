/** The signatures of kernels. Offsets and strides count array slots; outputs are written one after another. */
import type { NumberArray } from "../dtypes/types.ts";
import type { BinaryKernelName, CompareKernelName, TestKernelName, UnaryKernelName } from "./generated/names.ts";

/** The arrays of numeric storages. */
export interface NumericArrays {
  f64: Float64Array;
  f32: Float32Array;
  i32: Int32Array;
  u32: Uint32Array;
  i16: Int16Array;
  u16: Uint16Array;
  i8: Int8Array;
  u8: Uint8Array;
}
/** The storages whose elements are plain numbers, one slot each. */
export type NumericStorage = keyof NumericArrays;

/** `out[oo + i] = f(a[ao + i·as], b[bo + i·bs])` for `n` elements. */
export type BinaryKernel<A extends NumberArray, O extends NumberArray = A> = (
  a: A,
  ao: number,
  as: number,
  b: A,
  bo: number,
  bs: number,
  out: O,
  oo: number,
  n: number,
) => void;
/** `out[oo + i] = f(a[ao + i·as])` for `n` elements. */
export type UnaryKernel<A extends NumberArray, O extends NumberArray = A> = (
  a: A,
  ao: number,
  as: number,
  out: O,
  oo: number,
  n: number,
) => void;
/** `dst[at + i·ds] = src[so + i·ss]` for `n` elements. */
export type ConvertKernel<A extends NumberArray, O extends NumberArray> = (
  src: A,
  so: number,
  ss: number,
  dst: O,
  at: number,
  ds: number,
  n: number,
) => void;
/** `out[oo + i] = c[co + i·cs] ? a[ao + i·as] : b[bo + i·bs]` for `n` elements. */
export type WhereKernel<A extends NumberArray> = (
  c: Uint8Array,
  co: number,
  cs: number,
  a: A,
  ao: number,
  as: number,
  b: A,
  bo: number,
  bs: number,
  out: A,
  oo: number,
  n: number,
) => void;

export type BinaryTable<A extends NumberArray> = Readonly<Record<BinaryKernelName, BinaryKernel<A>>>;
export type CompareTable<A extends NumberArray> = Readonly<Record<CompareKernelName, BinaryKernel<A, Uint8Array>>>;
export type UnaryTable<A extends NumberArray> = Readonly<Record<UnaryKernelName, UnaryKernel<A>>>;
export type TestTable<A extends NumberArray> = Readonly<Record<TestKernelName, UnaryKernel<A, Uint8Array>>>;
export type LoadTable<O extends NumberArray> = { readonly [S in NumericStorage]: ConvertKernel<NumericArrays[S], O> };
export type StoreTable = { readonly [S in NumericStorage]: ConvertKernel<Float64Array, NumericArrays[S]> };
/** Bits are chosen, so the kernel depends on the size of an element only; of 8 bytes through words of 4. */
export interface WhereTable {
  readonly 1: WhereKernel<Int8Array>;
  readonly 2: WhereKernel<Int16Array>;
  readonly 4: WhereKernel<Int32Array>;
  readonly 8: WhereKernel<Int32Array>;
}
export type BoolTable = Readonly<Record<"and" | "or" | "xor", BinaryKernel<Uint8Array>>>;
/** `dst[k·n + i] = src[so + i·ss + k·ls]` for `n` elements of `lines` lines. */
export type GatherKernel<A extends NumberArray> = (
  src: A,
  so: number,
  ss: number,
  ls: number,
  lines: number,
  dst: Float64Array,
  n: number,
) => void;
/** `dst[at + i·ds + k·ls] = src[k·n + i]` for `n` elements of `lines` lines. */
export type ScatterKernel<A extends NumberArray> = (
  src: Float64Array,
  n: number,
  dst: A,
  at: number,
  ds: number,
  ls: number,
  lines: number,
) => void;
export type GatherTable = { readonly [S in NumericStorage]: GatherKernel<NumericArrays[S]> };
export type ScatterTable = { readonly [S in NumericStorage]: ScatterKernel<NumericArrays[S]> };
