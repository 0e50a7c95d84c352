/** What NumPy and xarray gave, from `scripts/fixtures/kernels.py`, and how it is compared. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { type AnyArray, flatValues, inMemory, NDArray } from "../../src/array/index.ts";
import { allocate, slotsPerElement } from "../../src/dtypes/index.ts";
import type { DType, ValuesOf } from "../../src/dtypes/types.ts";

export type Plain = number | string;
export interface BinaryCase {
  name: string;
  a: DType;
  b: DType;
  dtype: DType;
  r: Plain[];
  kept?: number[];
  y?: Plain[];
}
export interface UnaryCase {
  name: string;
  a: DType;
  dtype: DType | null;
  r: Plain[];
  kept?: number[];
}
export interface ReductionCase {
  fn: string;
  input: number;
  axes: number[];
  options: Record<string, number | boolean>;
  dtype: DType;
  r: Plain | Plain[] | null;
}
export interface MovingCase {
  fn: string;
  window: number;
  center: boolean;
  least: number | null;
  r: Plain[];
}
interface Fixture {
  dtypes: DType[];
  promotion: Record<string, Record<string, DType>>;
  binaryDtypes: Record<string, string>;
  edges: Record<string, Plain[]>;
  binary: BinaryCase[];
  unary: UnaryCase[];
  reductions: { inputs: { shape: number[]; dtype: DType; x: Plain[] }[]; cases: ReductionCase[] };
  quantiles: { q: number[]; cases: { x: Plain[]; method: string; r: Plain[] }[]; nan: { x: Plain[]; shape: number[]; r: Plain[] } };
  moving: {
    x: Plain[];
    shape: number[];
    cases: MovingCase[];
    exp: Record<string, Plain[]>;
    rank: Record<string, Plain[]>;
    fill: Record<string, Plain[]>;
    cum: Record<string, Plain[]>;
  };
}

export const fixture = JSON.parse(readFileSync(new URL("fixtures/kernels.json", import.meta.url), "utf8")) as Fixture;

/** An array of numbers as the fixture writes them (complex ones as pairs). */
export function arrayOf(values: readonly Plain[], dtype: DType, shape?: readonly number[]): NDArray {
  const slots = slotsPerElement(dtype);
  const data = allocate(dtype, values.length / slots) as ValuesOf<DType>;
  for (let i = 0; i < values.length; i++) (data as Float64Array)[i] = Number(values[i]);
  return new NDArray(data, shape ?? [values.length / slots], dtype);
}

/** The elements of `values` (pairs where complex) at `places`. */
export function pick(values: readonly Plain[], dtype: DType, places: readonly number[]): Plain[] {
  const slots = slotsPerElement(dtype);
  return places.flatMap((p) => values.slice(p * slots, (p + 1) * slots));
}

/** Values in memory as plain numbers. */
export function numbers(a: AnyArray): number[] {
  return Array.from(flatValues(inMemory(a)!) as ArrayLike<number>, Number);
}

/** Fails where `got` is further from what the fixture says than the dtype's last digits, naming the place. */
export function expectClose(got: readonly number[], want: readonly Plain[], tolerance: number, label: string): void {
  expect(got.length, label).toBe(want.length);
  for (let i = 0; i < got.length; i++) {
    const w = Number(want[i]);
    const g = got[i]!;
    const same =
      Object.is(g, w) ||
      g === w ||
      (g !== g && w !== w) ||
      Math.abs(g - w) <= tolerance * Math.max(Math.abs(w), 1e-300) ||
      Math.abs(g - w) < 1e-13 * tolerance;
    if (!same) expect.fail(`${label}[${i}]: got ${g}, NumPy gives ${want[i]}`);
  }
}

/** How far apart two right results may be. */
export function toleranceOf(dtype: DType): number {
  return dtype === "float16" ? 2e-3 : dtype === "float32" || dtype === "complex64" ? 4e-7 : 1e-11;
}
