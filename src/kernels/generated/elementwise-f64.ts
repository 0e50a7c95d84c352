// Made by scripts/generate-kernels.ts: change that, not this.
import { bitCount, bitwise, copysign, floorDivide, gcd, heaviside, hypot, intFloorDivide, intModulo, lcm, ldexp, logAddExp, logAddExp2, modulo, nextAfter, nextAfterHalf, power, rint, shiftLeft, shiftRight, sign, spacing, spacingHalf, wrappedPower } from "../scalar-math.ts";
import type { BinaryTable, CompareTable, TestTable, UnaryTable } from "../kernel-types.ts";

function add_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x + y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x + y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x + y; }
}
function sub_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x - y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x - y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x - y; }
}
function mul_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x * y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x * y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x * y; }
}
function div_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x / y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x / y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x / y; }
}
function floordiv_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = floorDivide(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = floorDivide(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = floorDivide(x, y); }
}
function mod_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = modulo(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = modulo(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = modulo(x, y); }
}
function fmod_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x % y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x % y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x % y; }
}
function pow_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = power(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = power(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = power(x, y); }
}
function minimum_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x <= y || x !== x ? x : y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x <= y || x !== x ? x : y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x <= y || x !== x ? x : y; }
}
function maximum_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x >= y || x !== x ? x : y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x >= y || x !== x ? x : y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x >= y || x !== x ? x : y; }
}
function fmin_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x <= y || y !== y ? x : y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x <= y || y !== y ? x : y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x <= y || y !== y ? x : y; }
}
function fmax_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x >= y || y !== y ? x : y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x >= y || y !== y ? x : y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x >= y || y !== y ? x : y; }
}
function atan2_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = Math.atan2(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = Math.atan2(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Math.atan2(x, y); }
}
function hypot_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = hypot(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = hypot(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = hypot(x, y); }
}
function copysign_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = copysign(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = copysign(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = copysign(x, y); }
}
function logaddexp_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = logAddExp(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = logAddExp(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = logAddExp(x, y); }
}
function logaddexp2_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = logAddExp2(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = logAddExp2(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = logAddExp2(x, y); }
}
function nextafter_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = nextAfter(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = nextAfter(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = nextAfter(x, y); }
}
function nextafterHalf_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = nextAfterHalf(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = nextAfterHalf(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = nextAfterHalf(x, y); }
}
function heaviside_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = heaviside(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = heaviside(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = heaviside(x, y); }
}
function ldexp_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = ldexp(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = ldexp(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = ldexp(x, y); }
}
function intMul_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = Math.imul(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = Math.imul(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Math.imul(x, y); }
}
function intFloordiv_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = intFloorDivide(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = intFloorDivide(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = intFloorDivide(x, y); }
}
function intMod_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = intModulo(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = intModulo(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = intModulo(x, y); }
}
function intFmod_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = y === 0 ? 0 : x % y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = y === 0 ? 0 : x % y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = y === 0 ? 0 : x % y; }
}
function intPow_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = wrappedPower(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = wrappedPower(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = wrappedPower(x, y); }
}
function gcd_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = gcd(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = gcd(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = gcd(x, y); }
}
function lcm_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = lcm(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = lcm(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = lcm(x, y); }
}
function and_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = bitwise("and", x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = bitwise("and", x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = bitwise("and", x, y); }
}
function or_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = bitwise("or", x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = bitwise("or", x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = bitwise("or", x, y); }
}
function xor_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = bitwise("xor", x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = bitwise("xor", x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = bitwise("xor", x, y); }
}
function intAnd_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x & y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x & y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x & y; }
}
function intOr_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x | y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x | y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x | y; }
}
function intXor_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = x ^ y; } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = x ^ y; } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = x ^ y; }
}
function leftShift_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = shiftLeft(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = shiftLeft(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = shiftLeft(x, y); }
}
function rightShift_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Float64Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = shiftRight(x, y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = shiftRight(x, y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = shiftRight(x, y); }
}
function eq_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = Number(x === y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = Number(x === y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Number(x === y); }
}
function ne_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = Number(x !== y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = Number(x !== y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Number(x !== y); }
}
function lt_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = Number(x < y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = Number(x < y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Number(x < y); }
}
function le_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = Number(x <= y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = Number(x <= y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Number(x <= y); }
}
function gt_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = Number(x > y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = Number(x > y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Number(x > y); }
}
function ge_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = Number(x >= y); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = Number(x >= y); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Number(x >= y); }
}
function logicalAnd_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = Number(x !== 0 && y !== 0); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = Number(x !== 0 && y !== 0); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Number(x !== 0 && y !== 0); }
}
function logicalOr_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  if (as === 1 && bs === 1) { for (let i = 0; i < n; i++) { const x = a[ao + i]!, y = b[bo + i]!; out[oo + i] = Number(x !== 0 || y !== 0); } return; }
  if (as === 1 && bs === 0) { const y = b[bo]!; for (let i = 0; i < n; i++) { const x = a[ao + i]!; out[oo + i] = Number(x !== 0 || y !== 0); } return; }
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Number(x !== 0 || y !== 0); }
}
function logicalXor_(a: Float64Array, ao: number, as: number, b: Float64Array, bo: number, bs: number, out: Uint8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!, y = b[bo + i * bs]!; out[oo + i] = Number((x !== 0) !== (y !== 0)); }
}
function neg_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = -x; }
}
function abs_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.abs(x); }
}
function sqrt_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.sqrt(x); }
}
function cbrt_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.cbrt(x); }
}
function square_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = x * x; }
}
function reciprocal_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = 1 / x; }
}
function exp_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.exp(x); }
}
function exp2_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = 2 ** x; }
}
function expm1_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.expm1(x); }
}
function log_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.log(x); }
}
function log2_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.log2(x); }
}
function log10_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.log10(x); }
}
function log1p_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.log1p(x); }
}
function sin_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.sin(x); }
}
function cos_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.cos(x); }
}
function tan_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.tan(x); }
}
function asin_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.asin(x); }
}
function acos_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.acos(x); }
}
function atan_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.atan(x); }
}
function sinh_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.sinh(x); }
}
function cosh_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.cosh(x); }
}
function tanh_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.tanh(x); }
}
function asinh_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.asinh(x); }
}
function acosh_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.acosh(x); }
}
function atanh_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.atanh(x); }
}
function floor_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.floor(x); }
}
function ceil_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.ceil(x); }
}
function trunc_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.trunc(x); }
}
function rint_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = rint(x); }
}
function sign_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = sign(x); }
}
function radians_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = x * (Math.PI / 180); }
}
function degrees_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = x * (180 / Math.PI); }
}
function angle_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = x < 0 || (x === 0 && 1 / x < 0) ? Math.PI : x === x ? 0 : x; }
}
function spacing_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = spacing(x); }
}
function spacingHalf_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = spacingHalf(x); }
}
function intSquare_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Math.imul(x, x); }
}
function invert_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = -x - 1; }
}
function bitwiseCount_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = bitCount(x); }
}
function intReciprocal_(a: Float64Array, ao: number, as: number, out: Float64Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = x === 0 ? 0 : Math.trunc(1 / x); }
}
function isnan_(a: Float64Array, ao: number, as: number, out: Uint8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Number(x !== x); }
}
function notnan_(a: Float64Array, ao: number, as: number, out: Uint8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Number(x === x); }
}
function isinf_(a: Float64Array, ao: number, as: number, out: Uint8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Number(x === Infinity || x === -Infinity); }
}
function isfinite_(a: Float64Array, ao: number, as: number, out: Uint8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Number(x - x === 0); }
}
function signbit_(a: Float64Array, ao: number, as: number, out: Uint8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Number(x < 0 || (x === 0 && 1 / x < 0)); }
}
function zero_(a: Float64Array, ao: number, as: number, out: Uint8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Number(x === 0); }
}
function nonzero_(a: Float64Array, ao: number, as: number, out: Uint8Array, oo: number, n: number): void {
  for (let i = 0; i < n; i++) { const x = a[ao + i * as]!; out[oo + i] = Number(x !== 0); }
}
export const BINARY_F64: BinaryTable<Float64Array> = { add: add_, sub: sub_, mul: mul_, div: div_, floordiv: floordiv_, mod: mod_, fmod: fmod_, pow: pow_, minimum: minimum_, maximum: maximum_, fmin: fmin_, fmax: fmax_, atan2: atan2_, hypot: hypot_, copysign: copysign_, logaddexp: logaddexp_, logaddexp2: logaddexp2_, nextafter: nextafter_, nextafterHalf: nextafterHalf_, heaviside: heaviside_, ldexp: ldexp_, intMul: intMul_, intFloordiv: intFloordiv_, intMod: intMod_, intFmod: intFmod_, intPow: intPow_, gcd: gcd_, lcm: lcm_, and: and_, or: or_, xor: xor_, intAnd: intAnd_, intOr: intOr_, intXor: intXor_, leftShift: leftShift_, rightShift: rightShift_ };
export const COMPARE_F64: CompareTable<Float64Array> = { eq: eq_, ne: ne_, lt: lt_, le: le_, gt: gt_, ge: ge_, logicalAnd: logicalAnd_, logicalOr: logicalOr_, logicalXor: logicalXor_ };
export const UNARY_F64: UnaryTable<Float64Array> = { neg: neg_, abs: abs_, sqrt: sqrt_, cbrt: cbrt_, square: square_, reciprocal: reciprocal_, exp: exp_, exp2: exp2_, expm1: expm1_, log: log_, log2: log2_, log10: log10_, log1p: log1p_, sin: sin_, cos: cos_, tan: tan_, asin: asin_, acos: acos_, atan: atan_, sinh: sinh_, cosh: cosh_, tanh: tanh_, asinh: asinh_, acosh: acosh_, atanh: atanh_, floor: floor_, ceil: ceil_, trunc: trunc_, rint: rint_, sign: sign_, radians: radians_, degrees: degrees_, angle: angle_, spacing: spacing_, spacingHalf: spacingHalf_, intSquare: intSquare_, invert: invert_, bitwiseCount: bitwiseCount_, intReciprocal: intReciprocal_ };
export const TEST_F64: TestTable<Float64Array> = { isnan: isnan_, notnan: notnan_, isinf: isinf_, isfinite: isfinite_, signbit: signbit_, zero: zero_, nonzero: nonzero_ };
