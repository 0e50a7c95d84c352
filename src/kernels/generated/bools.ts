// Made by scripts/generate-kernels.ts: change that, not this.
import type { BoolTable, UnaryKernel } from "../kernel-types.ts";

function and_(a: Uint8Array, ao: number, as: number, b: Uint8Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x & y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x & y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x & y; }
}
function or_(a: Uint8Array, ao: number, as: number, b: Uint8Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x | y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x | y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x | y; }
}
function xor_(a: Uint8Array, ao: number, as: number, b: Uint8Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x ^ y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x ^ y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x ^ y; }
}
function not_(a: Uint8Array, ao: number, as: number, out: Uint8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = x ^ 1; }
}
export const BINARY_BOOL: BoolTable = { and: and_, or: or_, xor: xor_ };
export const NOT_BOOL: UnaryKernel<Uint8Array> = not_;
