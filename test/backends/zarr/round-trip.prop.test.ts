/** What is written is read, over any shape, chunks, shards, order of writing and dtype. */
import fc from "fast-check";
import { expect, test } from "vitest";
import { boxShape, wholeBox } from "../../../src/array/box.ts";
import { chunkBox, gridCount } from "../../../src/array/grid.ts";
import { cStrides } from "../../../src/array/meta.ts";
import { flatValues, NDArray } from "../../../src/array/ndarray.ts";
import type { Source } from "../../../src/array/source.ts";
import { createZarr, openZarr } from "../../../src/backends/zarr/index.ts";
import { allocate, slotsPerElement } from "../../../src/dtypes/traits.ts";
import type { AnyValues, DType } from "../../../src/dtypes/types.ts";
import { memoryStore } from "../../../src/stores/memory.ts";
import { readBox } from "../raw.ts";

const dtypes: readonly DType[] = ["bool", "int8", "int16", "uint32", "bigint64", "float16", "float32", "float64", "complex64", "string"];

const axis = fc.record({
  length: fc.integer({ min: 0, max: 9 }),
  chunk: fc.integer({ min: 1, max: 5 }),
  shard: fc.integer({ min: 1, max: 3 }),
});
const cases = fc.record({
  axes: fc.array(axis, { maxLength: 3 }),
  dtype: fc.constantFrom(...dtypes),
  zarrFormat: fc.constantFrom(2 as const, 3 as const),
  sharded: fc.boolean(),
  compressors: fc.constantFrom(undefined, null, { id: "zlib", level: 1 }),
  separator: fc.constantFrom("/", "."),
  big: fc.boolean(),
  corner: fc.array(fc.nat(), { minLength: 6, maxLength: 6 }),
});

function valuesFor(dtype: DType, count: number): AnyValues {
  if (dtype === "string") return Array.from({ length: count }, (_, i) => (i % 3 === 0 ? "" : `v${i}`));
  const values = allocate(dtype, count) as Float64Array;
  for (let i = 0; i < values.length; i++)
    values[i] = (dtype === "bigint64" ? BigInt(i) - 3n : dtype === "bool" ? i % 2 : i % 5 === 0 ? 0 : i % 100) as number;
  return values;
}

test("round trip", async () => {
  await fc.assert(
    fc.asyncProperty(cases, async ({ axes, dtype, zarrFormat, sharded, compressors, separator, big, corner }) => {
      const shape = axes.map((a) => a.length);
      const names = shape.map((_, i) => `d${i}`);
      const encoding = {
        chunks: axes.map((a) => a.chunk),
        compressors,
        chunk_key_encoding: { name: zarrFormat === 3 ? "default" : "v2", configuration: { separator } },
        endian: big ? "big" : "little",
        ...(sharded && zarrFormat === 3 ? { shards: axes.map((a) => a.chunk * a.shard) } : {}),
      };
      const store = memoryStore();
      const dims = new Map(names.map((name, i) => [name, { size: shape[i]!, unlimited: false }]));
      const writer = await createZarr(
        store,
        { dims, attrs: {}, variables: new Map([["a", { dims: names, dtype, attrs: {}, encoding }]]) },
        { zarrFormat },
      );
      const sink = writer.sink("a");
      const count = shape.reduce((n, k) => n * k, 1);
      const all = new NDArray(valuesFor(dtype, count), shape, dtype);
      // Chunk by chunk, each a view of the whole.
      for (let id = gridCount(sink.grid) - 1; id >= 0; id--) {
        const box = chunkBox(sink.grid, id);
        const offset = all.stride.reduce((n, step, i) => n + step * box[2 * i]!, 0);
        await sink.write(box, new NDArray(all.data, boxShape(box), dtype, all.stride, offset), {});
      }
      await writer.finish();
      const source = (await openZarr(store)).variables.get("a")!.data as Source;
      const got = await readBox(source, wholeBox(shape));
      expect(flatValues(got)).toEqual(flatValues(all));
      const box = Float64Array.from(
        shape.flatMap((n, i) => [corner[2 * i]! % (n + 1), corner[2 * i + 1]! % (n + 1)].sort((a, b) => a - b)),
      );
      const part = boxShape(box);
      const offset = cStrides(shape).reduce((n, step, i) => n + step * box[2 * i]!, 0);
      const wanted = part.includes(0)
        ? new NDArray(allocate(dtype, 0), part, dtype)
        : new NDArray(all.data, part, dtype, cStrides(shape), offset);
      expect(flatValues(await readBox(source, box))).toEqual(flatValues(wanted));
      expect(slotsPerElement(source.meta.dtype)).toBe(slotsPerElement(dtype));
    }),
    { numRuns: 150 },
  );
});
