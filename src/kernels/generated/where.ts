// Made by scripts/generate-kernels.ts: change that, not this.
import type { WhereTable } from "../kernel-types.ts";

function i32(c: Uint8Array, co: number, cs: number, a: Int32Array, ao: number, as: number, b: Int32Array, bo: number, bs: number, out: Int32Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const m = -Number(c[co + i * cs]! !== 0); out[oo + i] = (a[ao + i * as]! & m) | (b[bo + i * bs]! & ~m); }
}
function i16(c: Uint8Array, co: number, cs: number, a: Int16Array, ao: number, as: number, b: Int16Array, bo: number, bs: number, out: Int16Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const m = -Number(c[co + i * cs]! !== 0); out[oo + i] = (a[ao + i * as]! & m) | (b[bo + i * bs]! & ~m); }
}
function i8(c: Uint8Array, co: number, cs: number, a: Int8Array, ao: number, as: number, b: Int8Array, bo: number, bs: number, out: Int8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const m = -Number(c[co + i * cs]! !== 0); out[oo + i] = (a[ao + i * as]! & m) | (b[bo + i * bs]! & ~m); }
}
function pair(c: Uint8Array, co: number, cs: number, a: Int32Array, ao: number, as: number, b: Int32Array, bo: number, bs: number, out: Int32Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) {
    const m = -Number(c[co + i * cs]! !== 0);
    const p = 2 * (ao + i * as), q = 2 * (bo + i * bs), o = 2 * (oo + i);
    out[o] = (a[p]! & m) | (b[q]! & ~m);
    out[o + 1] = (a[p + 1]! & m) | (b[q + 1]! & ~m);
  }
}
export const WHERE: WhereTable = { 1: i8, 2: i16, 4: i32, 8: pair };
