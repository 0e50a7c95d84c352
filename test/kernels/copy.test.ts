import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { AnyValues } from "../../src/dtypes/types.ts";
import { copyStrided } from "../../src/kernels/copy.ts";
import { copyTables, type TakeAxis } from "../../src/kernels/take.ts";

const makers: readonly ((n: number) => AnyValues)[] = [
  (n) => Uint8Array.from({ length: n }, (_, i) => i),
  (n) => Int8Array.from({ length: n }, (_, i) => -i),
  (n) => Uint16Array.from({ length: n }, (_, i) => i * 3),
  (n) => Int16Array.from({ length: n }, (_, i) => -i * 3),
  (n) => Uint32Array.from({ length: n }, (_, i) => 2 ** 32 - 1 - i),
  (n) => Int32Array.from({ length: n }, (_, i) => -i),
  (n) => Float32Array.from({ length: n }, (_, i) => i / 3),
  (n) => Float64Array.from({ length: n }, (_, i) => (i % 3 === 0 ? Number.NaN : i / 3)),
  // Patterns that are NaNs when read as doubles: every bit must arrive.
  (n) => BigInt64Array.from({ length: n }, (_, i) => -1n - BigInt(i)),
  (n) => BigUint64Array.from({ length: n }, (_, i) => 0x7ff0000000000001n + BigInt(i)),
  (n) => Array.from({ length: n }, (_, i) => `s${i}`),
];
const blank = (like: AnyValues): AnyValues =>
  Array.isArray(like)
    ? new Array<string | null>(like.length).fill(null)
    : (new (like.constructor as Float64ArrayConstructor)(like.length) as AnyValues);

/** The same copy, one slot at a time. */
function naive(src: AnyValues, dst: AnyValues, axes: readonly TakeAxis[], from: number, to: number, slots: 1 | 2): void {
  const offset = (walk: TakeAxis["src"], i: number): number => (typeof walk === "number" ? walk * i : walk[i]!);
  const visit = (k: number, s: number, d: number): void => {
    if (k < axes.length) for (let i = 0; i < axes[k]!.count; i++) visit(k + 1, s + offset(axes[k]!.src, i), d + offset(axes[k]!.dst, i));
    else for (let i = 0; i < slots; i++) (dst as unknown[])[slots * d + i] = src[slots * s + i];
  };
  visit(0, from, to);
}

/** A layout of a shape in any order of axes, any of them backwards, with gaps. */
const layouts = (shape: readonly number[]): fc.Arbitrary<{ stride: number[]; offset: number; size: number }> =>
  fc
    .tuple(
      fc.shuffledSubarray(Array.from(shape.keys()), { minLength: shape.length }),
      fc.array(fc.boolean(), { minLength: shape.length, maxLength: shape.length }),
      fc.integer({ min: 1, max: 2 }),
      fc.nat({ max: 3 }),
    )
    .map(([order, back, gap, lead]) => {
      const stride = new Array<number>(shape.length).fill(0);
      let step = gap;
      let offset = lead;
      for (const axis of order) {
        stride[axis] = back[axis] ? -step : step;
        if (back[axis]) offset += step * (shape[axis]! - 1);
        step *= shape[axis]!;
      }
      return { stride, offset, size: lead + step + 1 };
    });

const copies = fc.array(fc.integer({ min: 1, max: 20 }), { maxLength: 3 }).chain((shape) =>
  fc.record({
    shape: fc.constant(shape),
    from: layouts(shape),
    to: layouts(shape),
    make: fc.constantFrom(...makers),
    pairs: fc.boolean(),
  }),
);

describe("copyStrided", () => {
  it("copies any layout to any other, in every storage", () => {
    fc.assert(
      fc.property(copies, ({ shape, from, to, make, pairs }) => {
        const probe = make(0);
        const slots = pairs && (probe instanceof Float32Array || probe instanceof Float64Array) ? 2 : 1;
        const src = make(from.size * slots);
        const got = blank(make(to.size * slots));
        const want = blank(got);
        copyStrided(src, shape, from.stride, from.offset, got, to.stride, to.offset, slots);
        naive(
          src,
          want,
          shape.map((count, i) => ({ count, src: from.stride[i]!, dst: to.stride[i]! })),
          from.offset,
          to.offset,
          slots,
        );
        expect(got).toEqual(want);
      }),
      { numRuns: 600 },
    );
  });

  it("repeats where the source has stride 0, and does nothing for an empty axis", () => {
    const dst = new Float64Array(40);
    copyStrided(Float64Array.of(7, 8), [2, 20], [1, 0], 0, dst, [20, 1], 0);
    expect([...dst]).toEqual([...new Array(20).fill(7), ...new Array(20).fill(8)]);
    copyStrided(Float64Array.of(1), [0, 3], [1, 1], 0, dst, [3, 1], 0);
    expect(dst[0]).toBe(7);
  });
});

describe("copyTables", () => {
  it("takes and scatters along any axes, the last of equal targets winning", () => {
    const cases = copies.chain((c) =>
      fc.tuple(
        fc.constant(c),
        ...c.shape.map((n) =>
          fc.record({
            src: fc.option(fc.array(fc.nat({ max: n - 1 }), { minLength: n, maxLength: n })),
            dst: fc.option(fc.array(fc.nat({ max: n - 1 }), { minLength: n, maxLength: n })),
          }),
        ),
      ),
    );
    fc.assert(
      fc.property(cases, ([{ shape, from, make, pairs }, ...tables]) => {
        const probe = make(0);
        const slots = pairs && (probe instanceof Float32Array || probe instanceof Float64Array) ? 2 : 1;
        const src = make(from.size * slots);
        const size = shape.reduce((n, m) => n * m, 1);
        let step = size;
        const axes = shape.map((count, i): TakeAxis => {
          step /= count;
          const table = (list: number[] | null, s: number): number | Float64Array => (list ? Float64Array.from(list, (p) => p * s) : s);
          return { count, src: table(tables[i]!.src, from.stride[i]!), dst: table(tables[i]!.dst, step) };
        });
        const got = blank(make(size * slots));
        const want = blank(got);
        copyTables(src, from.offset, got, 0, axes, slots);
        naive(src, want, axes, from.offset, 0, slots);
        expect(got).toEqual(want);
      }),
      { numRuns: 600 },
    );
  });
});
