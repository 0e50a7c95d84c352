import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NDArray, type PadMode, type PadOptions, pad, type Sides, toLazy, wholeGrid } from "../../src/array/index.ts";
import { allocate } from "../../src/dtypes/traits.ts";
import type { DType } from "../../src/dtypes/types.ts";
import { grids, numbered } from "./arbitrary.ts";
import { elements, evaluateBoxes, nodesOf } from "./evaluate.ts";

interface Case {
  readonly dtype: DType;
  readonly input: (number | null)[];
  readonly shape: number[];
  readonly widths: [number, number][];
  readonly options: {
    mode: PadMode;
    constant_values?: Sides<number>;
    end_values?: Sides<number>;
    stat_length?: Sides<number>;
    reflect_type?: "odd";
  };
  readonly expected: (number | null)[];
}

const { cases } = JSON.parse(readFileSync(new URL("./fixtures/pad.json", import.meta.url), "utf8")) as { cases: Case[] };

function optionsOf({ options, shape }: Case): PadOptions {
  const each = <T>(value: T | undefined): T[] | undefined => (value === undefined ? undefined : shape.map(() => value));
  return {
    mode: options.mode,
    constantValues: each(options.constant_values),
    endValues: each(options.end_values),
    statLength: each(options.stat_length),
    reflectType: options.reflect_type,
  };
}

function inputOf({ dtype, input, shape }: Case): NDArray {
  const data = allocate(dtype, input.length) as Float64Array;
  input.forEach((x, i) => {
    data[i] = x ?? Number.NaN;
  });
  return new NDArray(data, shape, dtype);
}

describe("pad", () => {
  it.each(cases.map((c) => [`${c.dtype} ${JSON.stringify(c.widths)} ${JSON.stringify(c.options)}`, c] as const))("as NumPy: %s", (_, c) => {
    const a = inputOf(c);
    const rounding = c.dtype === "float32" ? 1e-6 : 1e-12;
    const compare = (out: NDArray): void => {
      expect(out.dtype).toBe(c.dtype);
      const got = elements(out) as number[];
      expect(got.length).toBe(c.expected.length);
      got.forEach((x, i) => {
        const y = c.expected[i] ?? Number.NaN;
        if (!(Object.is(x, y) || Math.abs(x - y) <= rounding * Math.max(1, Math.abs(y)))) expect(x).toBe(y);
      });
    };
    compare(pad(a, c.widths, optionsOf(c)) as NDArray);
    const [grid] = fc.sample(grids(a.shape), 1);
    compare(evaluateBoxes(pad(toLazy(a, grid!), c.widths, optionsOf(c))));
  });

  it("copies of every dtype are one view", () => {
    for (const dtype of ["string", "bigint64", "complex64"] as const) {
      const a = numbered([3, 2], dtype);
      const out = pad(
        toLazy(a, wholeGrid(a.shape)),
        [
          [4, 1],
          [0, 2],
        ],
        { mode: "wrap" },
      );
      expect(nodesOf(out).length).toBe(1);
      expect(elements(evaluateBoxes(out))).toEqual(
        elements(
          pad(
            a,
            [
              [4, 1],
              [0, 2],
            ],
            { mode: "wrap" },
          ) as NDArray,
        ),
      );
    }
    expect(elements(pad(numbered([2], "string"), [[1, 1]]) as NDArray)).toEqual([null, "s0", "s1", null]);
  });

  it("refuses what has no answer", () => {
    const a = numbered([0, 2], "float32");
    expect(() =>
      pad(
        a,
        [
          [1, 0],
          [0, 0],
        ],
        { mode: "edge" },
      ),
    ).toThrow(/axis 0 .* empty/);
    expect(
      elements(
        pad(
          a,
          [
            [1, 0],
            [0, 0],
          ],
          {},
          5,
        ) as NDArray,
      ),
    ).toEqual([5, 5]);
    expect(() => pad(a, [[0, 0]])).toThrow(/1 pad widths for 2 axes/);
    expect(() =>
      pad(a, [
        [-1, 0],
        [0, 0],
      ]),
    ).toThrow(/-1/);
    expect(() =>
      pad(
        a,
        [
          [0, 0],
          [0, 0],
        ],
        { mode: "mirror" as PadMode },
      ),
    ).toThrow(/unknown pad mode "mirror"/);
    expect(() => pad(numbered([2], "int8"), [[1, 0]])).toThrow(/int8/);
    expect(() => pad(numbered([2], "string"), [[1, 0]], { mode: "mean" })).toThrow(/cannot pad string by mean/);
    expect(() => pad(numbered([2], "int8"), [[1, 0]], { mode: "mean", statLength: [0] })).toThrow(/statLength/);
  });
});
