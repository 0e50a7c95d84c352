/** Streams a generated source of `argv[2]` chunks of 1 MB under a budget of 32 MB and prints the largest resident size. */

import { binary } from "../../src/array/elementwise.ts";
import { regularAxis } from "../../src/array/grid.ts";
import { NDArray } from "../../src/array/ndarray.ts";
import { reduce } from "../../src/array/reduce.ts";
import { type ChunkRef, fromSource, type Source } from "../../src/array/source.ts";
import { compute } from "../../src/compute/index.ts";

const steps = Number(process.argv[2]);
const N = 2 ** 17;
const grid = [regularAxis(steps, 1), regularAxis(N, N)];
const source: Source = {
  ref: { backend: "test", store: "memory:", path: "big", meta: null },
  meta: { shape: [steps, N], dtype: "float64" },
  grid,
  reach: "local",
  store: { get: async () => new Uint8Array(N) },
  locate: (boxes) => {
    const refs: ChunkRef[] = [];
    for (const box of boxes)
      for (let id = box[0]!; id < box[1]!; id++)
        refs.push({ id, box: Float64Array.of(id, id + 1, 0, N), ranges: [{ key: `/${id}` }], decoded: 8 * N, encodedMax: N });
    return refs;
  },
  decode: () => new NDArray(new Float64Array(N).fill(1), [1, N], "float64") as unknown as NDArray,
};
const x = fromSource(source);
const base = process.memoryUsage.rss();
let peak = base;
const timer = setInterval(() => (peak = Math.max(peak, process.memoryUsage.rss())), 5);
const [total] = await compute([reduce("sum", binary("add", x, x), [0, 1])], { memory: 32e6 });
clearInterval(timer);
console.log(JSON.stringify({ base, peak: Math.max(peak, process.memoryUsage.rss()), total: Number(total!.data[0]) }));
