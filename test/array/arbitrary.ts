/** Arbitrary arrays, grids and indexes, and a naive model of arrays to compare with. */
import fc from "fast-check";
import { boundedAxis, type ChunkGrid } from "../../src/array/grid.ts";
import { type Shape, sizeOf } from "../../src/array/meta.ts";
import { NDArray } from "../../src/array/ndarray.ts";
import type { AxisIndex } from "../../src/array/pick.ts";
import type { DType, ValuesOf } from "../../src/dtypes/types.ts";

/** An array as a shape and a function of an index: what every operation is in one line. */
export interface Model {
  readonly shape: Shape;
  readonly at: (index: readonly number[]) => unknown;
}

/** All elements of a model in C order. */
export function modelElements({ shape, at }: Model): unknown[] {
  const out: unknown[] = [];
  const visit = (index: readonly number[]): void => {
    if (index.length === shape.length) out.push(at(index));
    else for (let i = 0; i < shape[index.length]!; i++) visit([...index, i]);
  };
  visit([]);
  return out.flat();
}

/** What 0, 1, 2, … is in each dtype: elements as flat values, distinct where the dtype has room. */
const makers: {
  readonly [T in "int8" | "uint16" | "float32" | "int64" | "bigint64" | "string" | "complex64" | "complex128"]: (n: number) => ValuesOf<T>;
} = {
  int8: (n) => Int8Array.from({ length: n }, (_, i) => i - 50),
  uint16: (n) => Uint16Array.from({ length: n }, (_, i) => i * 7),
  float32: (n) => Float32Array.from({ length: n }, (_, i) => i / 4),
  int64: (n) => Float64Array.from({ length: n }, (_, i) => i * 2 ** 33),
  bigint64: (n) => BigInt64Array.from({ length: n }, (_, i) => -BigInt(i) - 1n),
  string: (n) => Array.from({ length: n }, (_, i) => (i % 5 === 4 ? null : `s${i}`)),
  complex64: (n) => Float32Array.from({ length: 2 * n }, (_, i) => i),
  complex128: (n) => Float64Array.from({ length: 2 * n }, (_, i) => -i),
};

export const dtypes: fc.Arbitrary<DType> = fc.constantFrom(...(Object.keys(makers) as (keyof typeof makers)[]));

/** A C-ordered array whose elements are all different. */
export function numbered(shape: Shape, dtype: DType): NDArray {
  return new NDArray(makers[dtype as "int8"](sizeOf(shape)), shape, dtype);
}

/** An array as a model. */
export function modelOf(a: NDArray): Model {
  const complex = a.dtype.startsWith("complex");
  return {
    shape: a.shape,
    at(index) {
      const p = index.reduce((sum, i, k) => sum + i * a.stride[k]!, a.offset);
      return complex ? [a.data[2 * p], a.data[2 * p + 1]] : a.data[p];
    },
  };
}

export const shapes = (max = 5, rank = 3): fc.Arbitrary<number[]> => fc.array(fc.nat({ max }), { maxLength: rank });

/** Arbitrary cuts of a shape. */
export function grids(shape: Shape): fc.Arbitrary<ChunkGrid> {
  return fc.tuple(
    ...shape.map((n) =>
      fc.uniqueArray(fc.nat({ max: Math.max(0, n) }), { maxLength: 4 }).map((inner) => {
        const cuts = inner.filter((c) => c > 0 && c < n).sort((a, b) => a - b);
        return boundedAxis(Float64Array.from(n === 0 ? [0] : [0, ...cuts, n]));
      }),
    ),
  );
}

/** Arbitrary indexes of one axis; -1 among positions only where there may be fill. */
export function axisIndexes(n: number, fill: boolean): fc.Arbitrary<AxisIndex> {
  const list = fc.array(fc.integer({ min: fill ? -1 : 0, max: Math.max(n - 1, fill ? -1 : 0) }), { maxLength: 8 });
  const positions = (n === 0 && !fill ? fc.constant([]) : list).map((p) => Float64Array.from(p));
  if (n === 0) return fc.oneof(fc.constant(null), positions);
  const run = fc.tuple(fc.nat({ max: n - 1 }), fc.nat({ max: n - 1 }), fc.integer({ min: 1, max: 3 })).map(([a, b, step]) => ({
    start: a,
    step: a <= b ? step : -step,
    count: Math.floor(Math.abs(b - a) / step) + 1,
  }));
  return fc.oneof(
    fc.constant(null),
    fc.nat({ max: n - 1 }),
    run,
    positions.map((p) => Int32Array.from(p)),
    positions,
  );
}

/** The positions that an index takes of an axis. */
export function indexPositions(index: AxisIndex, n: number): number[] {
  if (index === null) return Array.from({ length: n }, (_, i) => i);
  if (typeof index === "number") return [index];
  if ("start" in index) return Array.from({ length: index.count }, (_, i) => index.start + i * index.step);
  return Array.from(index);
}

/** `select`, naively. */
export function modelSelect(a: Model, index: readonly AxisIndex[], fill: unknown): Model {
  const lists = a.shape.map((n, k) => indexPositions(index[k] ?? null, n));
  const kept = Array.from(a.shape.keys()).filter((k) => typeof (index[k] ?? null) !== "number");
  return {
    shape: kept.map((k) => lists[k]!.length),
    at(place) {
      const full = lists.map((list, k) => list[kept.includes(k) ? place[kept.indexOf(k)]! : 0]!);
      return full.includes(-1) ? fill : a.at(full);
    },
  };
}
