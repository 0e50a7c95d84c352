/**
 * Packed values to floats: `v · scale + offset`, fill values as NaN.
 *
 * Flat arrays in and out. The usual storages have loops of their own, the others go through float64
 * scratch, segment by segment. Single precision rounds the product and the sum, as NumPy does. An
 * offset of −0 adds nothing, not even to −0.
 */
import type { NumberArray } from "../dtypes/types.ts";
import { TO_F64 } from "./generated/convert.ts";
import type { ConvertKernel, NumericStorage } from "./kernel-types.ts";
import { SEGMENT } from "./runs.ts";
import { scratchF64 } from "./scratch.ts";

/** How packed values are read. */
export interface Unpacking {
  /** Values that mean missing; NaN is always missing. */
  readonly fills: readonly number[];
  readonly scale: number;
  /** −0 where there is none. */
  readonly offset: number;
}

function f64ToF64(
  x: Float64Array,
  at: number,
  out: Float64Array,
  to: number,
  n: number,
  fill: number,
  scale: number,
  offset: number,
): void {
  for (let i = 0; i < n; i++) {
    const v = x[at + i]!;
    out[to + i] = v === fill ? Number.NaN : v * scale + offset;
  }
}
function f64ToF32(
  x: Float64Array,
  at: number,
  out: Float32Array,
  to: number,
  n: number,
  fill: number,
  scale: number,
  offset: number,
): void {
  for (let i = 0; i < n; i++) {
    const v = x[at + i]!;
    out[to + i] = v === fill ? Number.NaN : Math.fround(v * scale) + offset;
  }
}
function f32ToF32(
  x: Float32Array,
  at: number,
  out: Float32Array,
  to: number,
  n: number,
  fill: number,
  scale: number,
  offset: number,
): void {
  for (let i = 0; i < n; i++) {
    const v = x[at + i]!;
    out[to + i] = v === fill ? Number.NaN : Math.fround(v * scale) + offset;
  }
}
function i16ToF32(x: Int16Array, at: number, out: Float32Array, to: number, n: number, fill: number, scale: number, offset: number): void {
  for (let i = 0; i < n; i++) {
    const v = x[at + i]!;
    out[to + i] = v === fill ? Number.NaN : Math.fround(v * scale) + offset;
  }
}
function i16ToF64(x: Int16Array, at: number, out: Float64Array, to: number, n: number, fill: number, scale: number, offset: number): void {
  for (let i = 0; i < n; i++) {
    const v = x[at + i]!;
    out[to + i] = v === fill ? Number.NaN : v * scale + offset;
  }
}

type Loop = (x: any, at: number, out: any, to: number, n: number, fill: number, scale: number, offset: number) => void;
const direct: Readonly<Record<"f32" | "f64", Readonly<Partial<Record<NumericStorage, Loop>>>>> = {
  f32: { f32: f32ToF32, f64: f64ToF32, i16: i16ToF32 },
  f64: { f64: f64ToF64, i16: i16ToF64 },
};

/** Unpack flat numbers of any storage into floats. */
export function unpackNumbers(
  x: NumberArray,
  storage: NumericStorage,
  out: Float32Array | Float64Array,
  { fills, scale, offset }: Unpacking,
): void {
  const n = x.length;
  const target = out instanceof Float32Array ? "f32" : "f64";
  const fill = fills[0] ?? Number.NaN;
  const own = direct[target][storage];
  const load = own ? undefined : (TO_F64[storage] as ConvertKernel<NumberArray, Float64Array>);
  const loop = own ?? direct[target].f64!;
  const scratch = own ? undefined : scratchF64(0, SEGMENT);
  for (let at = 0; at < n; at += SEGMENT) {
    const m = Math.min(SEGMENT, n - at);
    if (scratch) {
      load!(x, at, 1, scratch, 0, 1, m);
      loop(scratch, 0, out, at, m, fill, scale, offset);
    } else loop(x, at, out, at, m, fill, scale, offset);
  }
  // Several fill values are rare: each takes a pass of its own.
  for (let k = 1; k < fills.length; k++) maskEqual(x, fills[k]!, out);
}

function maskEqual(x: NumberArray, fill: number, out: Float32Array | Float64Array): void {
  for (let i = 0; i < x.length; i++) if (x[i] === fill) out[i] = Number.NaN;
}
