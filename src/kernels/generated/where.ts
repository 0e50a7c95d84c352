// Made by scripts/generate-kernels.ts: change that, not this.
import type { WhereTable } from "../kernel-types.ts";

function f64(c: Uint8Array, co: number, cs: number, a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) out[oo + i] = c[co + i * cs] ? a[ao + i * as]! : b[bo + i * bs]!;
}
function f32(c: Uint8Array, co: number, cs: number, a: Float32Array, ao: number, as: number, b: Float32Array, bo: number, bs: number, out: Float32Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) out[oo + i] = c[co + i * cs] ? a[ao + i * as]! : b[bo + i * bs]!;
}
function i32(c: Uint8Array, co: number, cs: number, a: Int32Array, ao: number, as: number, b: Int32Array, bo: number, bs: number, out: Int32Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) out[oo + i] = c[co + i * cs] ? a[ao + i * as]! : b[bo + i * bs]!;
}
function u32(c: Uint8Array, co: number, cs: number, a: Uint32Array, ao: number, as: number, b: Uint32Array, bo: number, bs: number, out: Uint32Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) out[oo + i] = c[co + i * cs] ? a[ao + i * as]! : b[bo + i * bs]!;
}
function i16(c: Uint8Array, co: number, cs: number, a: Int16Array, ao: number, as: number, b: Int16Array, bo: number, bs: number, out: Int16Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) out[oo + i] = c[co + i * cs] ? a[ao + i * as]! : b[bo + i * bs]!;
}
function u16(c: Uint8Array, co: number, cs: number, a: Uint16Array, ao: number, as: number, b: Uint16Array, bo: number, bs: number, out: Uint16Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) out[oo + i] = c[co + i * cs] ? a[ao + i * as]! : b[bo + i * bs]!;
}
function i8(c: Uint8Array, co: number, cs: number, a: Int8Array, ao: number, as: number, b: Int8Array, bo: number, bs: number, out: Int8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) out[oo + i] = c[co + i * cs] ? a[ao + i * as]! : b[bo + i * bs]!;
}
function u8(c: Uint8Array, co: number, cs: number, a: Uint8Array, ao: number, as: number, b: Uint8Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) out[oo + i] = c[co + i * cs] ? a[ao + i * as]! : b[bo + i * bs]!;
}
export const WHERE: WhereTable = { f64, f32, i32, u32, i16, u16, i8, u8 };
