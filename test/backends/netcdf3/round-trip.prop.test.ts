import fc from "fast-check";
import { expect, test } from "vitest";
import { wholeBox } from "../../../src/array/box.ts";
import { sizeOf } from "../../../src/array/meta.ts";
import { NDArray } from "../../../src/array/ndarray.ts";
import type { Source } from "../../../src/array/source.ts";
import type { VariableSpec } from "../../../src/backends/contract.ts";
import { createNetcdf3, openNetcdf3 } from "../../../src/backends/netcdf3/index.ts";
import { allocate } from "../../../src/dtypes/traits.ts";
import type { DType } from "../../../src/dtypes/types.ts";
import { readBox } from "../raw.ts";

const types: readonly DType[] = ["int8", "int16", "int32", "float32", "float64", "uint8", "uint16", "uint32", "bigint64", "biguint64"];

const files = fc.record({
  sizes: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }),
  records: fc.option(fc.integer({ min: 0, max: 4 }), { nil: undefined }),
  variables: fc.array(fc.record({ dtype: fc.constantFrom(...types), rank: fc.integer({ min: 0, max: 3 }), grows: fc.boolean() }), {
    minLength: 1,
    maxLength: 5,
  }),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

test("any file written reads back, whole and by boxes", async () => {
  await fc.assert(
    fc.asyncProperty(files, async ({ sizes, records, variables, seed }) => {
      const dims = new Map(sizes.map((size, i) => [`d${i}`, { size, unlimited: false }]));
      if (records !== undefined) dims.set("t", { size: records, unlimited: true });
      const specs = new Map<string, VariableSpec>();
      const blocks = new Map<string, NDArray>();
      let next = seed;
      variables.forEach(({ dtype, rank, grows }, i) => {
        const names = [
          ...(grows && records !== undefined ? ["t"] : []),
          ...Array.from({ length: rank }, (_, k) => `d${(i + k) % sizes.length}`),
        ];
        const shape = names.map((name) => dims.get(name)!.size);
        const data = allocate(dtype, sizeOf(shape)) as Float64Array;
        for (let k = 0; k < data.length; k++) {
          next = (Math.imul(next, 1103515245) + 12345) >>> 0;
          data[k] = (dtype.startsWith("big") ? BigInt(next) : next / (dtype.startsWith("float") ? 7 : 1)) as number;
        }
        specs.set(`v${i}`, { dims: names, dtype, attrs: { i }, encoding: {} });
        blocks.set(`v${i}`, new NDArray(data, shape, dtype));
      });
      const writer = await createNetcdf3(undefined, { dims, attrs: {}, variables: specs }, { format: "NETCDF3_64BIT_DATA" });
      for (const [name, block] of blocks) await writer.sink(name).write(wholeBox(block.shape), block, {});
      const root = await openNetcdf3((await writer.finish())!);
      for (const [name, block] of blocks) {
        const source = root.variables.get(name)!.data as Source;
        expect(source.meta).toEqual({ shape: block.shape, dtype: block.dtype });
        const whole = await readBox(source, wholeBox(block.shape));
        expect(whole.data).toEqual(block.data);
        if (block.size === 0 || block.ndim === 0) continue;
        const box = wholeBox(block.shape);
        block.shape.forEach((n, axis) => {
          box[2 * axis] = (seed + axis) % n;
        });
        const part = await readBox(source, box);
        const offset = block.stride.reduce((at, step, axis) => at + step * box[2 * axis]!, 0);
        expect(part.data[0]).toEqual(block.data[offset]);
        expect(part.data[part.size - 1]).toEqual(block.data[block.size - 1]);
      }
    }),
    { numRuns: 60 },
  );
});
