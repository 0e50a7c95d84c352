// Made by scripts/generate-kernels.ts: change that, not this.
import type { GatherTable, LoadTable, ScatterTable, StoreTable } from "../kernel-types.ts";

function f64_f64(src: Float64Array, so: number, ss: number, dst: Float64Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function f64_f32(src: Float64Array, so: number, ss: number, dst: Float32Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function f64_i32(src: Float64Array, so: number, ss: number, dst: Int32Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function f64_u32(src: Float64Array, so: number, ss: number, dst: Uint32Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function f64_i16(src: Float64Array, so: number, ss: number, dst: Int16Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function f64_u16(src: Float64Array, so: number, ss: number, dst: Uint16Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function f64_i8(src: Float64Array, so: number, ss: number, dst: Int8Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function f64_u8(src: Float64Array, so: number, ss: number, dst: Uint8Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function f32_f64(src: Float32Array, so: number, ss: number, dst: Float64Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function f32_f32(src: Float32Array, so: number, ss: number, dst: Float32Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function i32_f64(src: Int32Array, so: number, ss: number, dst: Float64Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function i32_f32(src: Int32Array, so: number, ss: number, dst: Float32Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function u32_f64(src: Uint32Array, so: number, ss: number, dst: Float64Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function u32_f32(src: Uint32Array, so: number, ss: number, dst: Float32Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function i16_f64(src: Int16Array, so: number, ss: number, dst: Float64Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function i16_f32(src: Int16Array, so: number, ss: number, dst: Float32Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function u16_f64(src: Uint16Array, so: number, ss: number, dst: Float64Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function u16_f32(src: Uint16Array, so: number, ss: number, dst: Float32Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function i8_f64(src: Int8Array, so: number, ss: number, dst: Float64Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function i8_f32(src: Int8Array, so: number, ss: number, dst: Float32Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function u8_f64(src: Uint8Array, so: number, ss: number, dst: Float64Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function u8_f32(src: Uint8Array, so: number, ss: number, dst: Float32Array, at: number, ds: number, n: number): void {
  if (ss === 1 && ds === 1) for (let i = 0; i < n; i++) dst[at + i] = src[so + i]!;
  else for (let i = 0; i < n; i++) dst[at + i * ds] = src[so + i * ss]!;
}
function gather_f64(src: Float64Array, so: number, ss: number, ls: number, lines: number, dst: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = so + i * ss, q = i; k < lines; k++, p += ls, q += n) dst[q] = src[p]!;
}
function scatter_f64(src: Float64Array, n: number, dst: Float64Array, at: number, ds: number, ls: number, lines: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = i, q = at + i * ds; k < lines; k++, p += n, q += ls) dst[q] = src[p]!;
}
function gather_f32(src: Float32Array, so: number, ss: number, ls: number, lines: number, dst: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = so + i * ss, q = i; k < lines; k++, p += ls, q += n) dst[q] = src[p]!;
}
function scatter_f32(src: Float64Array, n: number, dst: Float32Array, at: number, ds: number, ls: number, lines: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = i, q = at + i * ds; k < lines; k++, p += n, q += ls) dst[q] = src[p]!;
}
function gather_i32(src: Int32Array, so: number, ss: number, ls: number, lines: number, dst: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = so + i * ss, q = i; k < lines; k++, p += ls, q += n) dst[q] = src[p]!;
}
function scatter_i32(src: Float64Array, n: number, dst: Int32Array, at: number, ds: number, ls: number, lines: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = i, q = at + i * ds; k < lines; k++, p += n, q += ls) dst[q] = src[p]!;
}
function gather_u32(src: Uint32Array, so: number, ss: number, ls: number, lines: number, dst: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = so + i * ss, q = i; k < lines; k++, p += ls, q += n) dst[q] = src[p]!;
}
function scatter_u32(src: Float64Array, n: number, dst: Uint32Array, at: number, ds: number, ls: number, lines: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = i, q = at + i * ds; k < lines; k++, p += n, q += ls) dst[q] = src[p]!;
}
function gather_i16(src: Int16Array, so: number, ss: number, ls: number, lines: number, dst: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = so + i * ss, q = i; k < lines; k++, p += ls, q += n) dst[q] = src[p]!;
}
function scatter_i16(src: Float64Array, n: number, dst: Int16Array, at: number, ds: number, ls: number, lines: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = i, q = at + i * ds; k < lines; k++, p += n, q += ls) dst[q] = src[p]!;
}
function gather_u16(src: Uint16Array, so: number, ss: number, ls: number, lines: number, dst: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = so + i * ss, q = i; k < lines; k++, p += ls, q += n) dst[q] = src[p]!;
}
function scatter_u16(src: Float64Array, n: number, dst: Uint16Array, at: number, ds: number, ls: number, lines: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = i, q = at + i * ds; k < lines; k++, p += n, q += ls) dst[q] = src[p]!;
}
function gather_i8(src: Int8Array, so: number, ss: number, ls: number, lines: number, dst: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = so + i * ss, q = i; k < lines; k++, p += ls, q += n) dst[q] = src[p]!;
}
function scatter_i8(src: Float64Array, n: number, dst: Int8Array, at: number, ds: number, ls: number, lines: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = i, q = at + i * ds; k < lines; k++, p += n, q += ls) dst[q] = src[p]!;
}
function gather_u8(src: Uint8Array, so: number, ss: number, ls: number, lines: number, dst: Float64Array, n: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = so + i * ss, q = i; k < lines; k++, p += ls, q += n) dst[q] = src[p]!;
}
function scatter_u8(src: Float64Array, n: number, dst: Uint8Array, at: number, ds: number, ls: number, lines: number): void {
  for (let i = 0; i < n; i++) for (let k = 0, p = i, q = at + i * ds; k < lines; k++, p += n, q += ls) dst[q] = src[p]!;
}
export const TO_F64: LoadTable<Float64Array> = { f64: f64_f64, f32: f32_f64, i32: i32_f64, u32: u32_f64, i16: i16_f64, u16: u16_f64, i8: i8_f64, u8: u8_f64 };
export const TO_F32: LoadTable<Float32Array> = { f64: f64_f32, f32: f32_f32, i32: i32_f32, u32: u32_f32, i16: i16_f32, u16: u16_f32, i8: i8_f32, u8: u8_f32 };
export const FROM_F64: StoreTable = { f64: f64_f64, f32: f64_f32, i32: f64_i32, u32: f64_u32, i16: f64_i16, u16: f64_u16, i8: f64_i8, u8: f64_u8 };
export const GATHER: GatherTable = { f64: gather_f64, f32: gather_f32, i32: gather_i32, u32: gather_u32, i16: gather_i16, u16: gather_u16, i8: gather_i8, u8: gather_u8 };
export const SCATTER: ScatterTable = { f64: scatter_f64, f32: scatter_f32, i32: scatter_i32, u32: scatter_u32, i16: scatter_i16, u16: scatter_u16, i8: scatter_i8, u8: scatter_u8 };
