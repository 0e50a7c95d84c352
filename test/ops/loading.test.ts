import { describe, expect, test } from "vitest";
import { DataArray, Dataset } from "../../src/index.ts";

const eager = new DataArray(
  [
    [1, 2, 3],
    [4, 5, 6],
    [7, 8, 9],
  ],
  { dims: ["y", "x"], coords: { y: [10, 20, 30], x: [1, 2, 3] }, name: "v" },
);

describe("lazy cells", () => {
  test("load fills the cell for everybody who shares it; unload gives it back", async () => {
    const ds = new Dataset({ v: eager.chunk({ y: 2 }) });
    const taken = ds.get("v");
    await ds.load();
    expect(taken.isLazy).toBe(false);
    expect(Array.from(taken.values)).toEqual(Array.from(eager.values));
    ds.unload();
    expect(taken.isLazy).toBe(true);
    expect(() => taken.values).toThrow(/await its load\(\) or compute\(\)/);
  });

  test("persist leaves the object it was called on lazy", async () => {
    const lazy = eager.chunk({ y: 2 }).add(1);
    const kept = await lazy.persist();
    expect(lazy.isLazy).toBe(true);
    expect(kept.isLazy).toBe(false);
    expect(kept.chunks).toEqual([[2, 1], [3]]);
    expect(Array.from(kept.values)).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  test("blocks are unions of chunks with their own coordinates, in order", async () => {
    const long = new DataArray(new Float64Array(6e6).fill(1), {
      dims: "t",
      coords: { t: Float64Array.from({ length: 6e6 }, (_, i) => i) },
    });
    const starts: number[] = [];
    let total = 0;
    for await (const block of long.chunk({ t: 1e6 }).mul(2).blocks()) {
      starts.push(block.get("t").values[0]!);
      expect(block.get("t").size).toBe(block.size);
      total += Number(block.sum().item());
    }
    expect(total).toBe(12e6);
    expect(starts.length).toBeGreaterThan(1);
    expect(starts.every((start, i) => start % 1e6 === 0 && (i === 0 || start > starts[i - 1]!))).toBe(true);
  });

  test("explain says what computing would do", async () => {
    expect(await eager.chunk({ y: 1 }).mean("y").explain()).toMatch(/stage/i);
    expect(await eager.explain()).toMatch(/nothing to compute/);
  });

  test("chunks are refused by name where they do not fit", () => {
    expect(() => eager.chunk({ z: 1 } as never)).toThrow(/unknown dimension "z"/);
    expect(() => eager.chunk({ y: [1, 1] })).toThrow(/add up to 2, not to its length 3/);
    expect(() => eager.chunk({ y: 0 })).toThrow(/chunks of 0 along "y"/);
  });
});
