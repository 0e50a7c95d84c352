/** Comparing and joining strings and bytes, element by element. Missing ones (`null`) equal nothing and have no order. */
import type { AnyValues } from "../dtypes/types.ts";
import type { Elements } from "./complex.ts";
import { eachRun } from "./runs.ts";

/** A string, or bytes. */
export type Text = string | Uint8Array;

/** Negative, zero or positive as `a` comes before, equals or follows `b`: strings by code point, bytes by value. */
export function compareText(a: Text, b: Text): number {
  if (typeof a === "string" && typeof b === "string") return a === b ? 0 : compareCodePoints(a, b);
  const [x, y] = [a as Uint8Array, b as Uint8Array];
  for (let i = 0; i < x.length && i < y.length; i++) if (x[i] !== y[i]) return x[i]! - y[i]!;
  return x.length - y.length;
}

/** UTF-16 units order as code points do, except that surrogates come after the rest of the basic plane. */
function compareCodePoints(a: string, b: string): number {
  const n = Math.min(a.length, b.length);
  for (let i = 0; i < n; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x !== y) return x >= 0xd800 && y >= 0xd800 ? surrogateLast(x) - surrogateLast(y) : x - y;
  }
  return a.length - b.length;
}

function surrogateLast(unit: number): number {
  return unit < 0xe000 ? unit + 0x2000 : unit - 0x800;
}

const TESTS: Readonly<Record<string, (order: number) => boolean>> = {
  eq: (order) => order === 0,
  ne: (order) => order !== 0,
  lt: (order) => order < 0,
  le: (order) => order <= 0,
  gt: (order) => order > 0,
  ge: (order) => order >= 0,
};

/** `out = a (name) b` over `shape`: a comparison into bytes, or `add`, which joins strings. */
export function textBinary(name: string, a: Elements, b: Elements, shape: readonly number[], out: AnyValues): void {
  const [x, y] = [a.data as (Text | null)[], b.data as (Text | null)[]];
  const test = TESTS[name];
  let o = 0;
  eachRun(shape, [a.stride, b.stride], [a.offset, b.offset], (at, n, steps) => {
    for (let i = 0; i < n; i++, o++) {
      const p = x[at[0]! + i * steps[0]!]!;
      const q = y[at[1]! + i * steps[1]!]!;
      const missing = p === null || q === null;
      if (test) (out as Uint8Array)[o] = missing ? Number(name === "ne") : Number(test(compareText(p, q)));
      else (out as (string | null)[])[o] = missing ? null : `${p as string}${q as string}`;
    }
  });
}
