/**
 * Working along one axis: lines are gathered into float64 scratch, a kernel makes a line of each, and
 * results are scattered. Where memory runs across the axis, 32 neighbouring lines are gathered
 * at once, so that every cache line and page is visited once.
 */
import type { NumberArray } from "../dtypes/types.ts";
import type { Operand, Target } from "./elementwise.ts";
import { FROM_F64, GATHER, SCATTER, TO_F64 } from "./generated/convert.ts";
import type { ConvertKernel, GatherKernel, ScatterKernel } from "./kernel-types.ts";
import { scratchF64 } from "./scratch.ts";

/** Makes the line at `dst[to…]` from the `n` elements at `src[at…]`; `line` numbers lines in C order of the other axes. */
export type LineKernel = (src: Float64Array, at: number, n: number, dst: Float64Array, to: number, line: number) => void;

const WIDTH = 32;

/**
 * Run `kernel` on every line of `a` along `axis`. The result is C-ordered, of the shape of `a` with
 * `length` elements along `axis`.
 */
export function eachLine(a: Operand, shape: readonly number[], axis: number, length: number, out: Target, kernel: LineKernel): void {
  const n = shape[axis]!;
  const outShape = shape.map((m, i) => (i === axis ? length : m));
  const outStride = new Array<number>(shape.length);
  const lineStride = new Array<number>(shape.length).fill(0);
  for (let i = shape.length - 1, step = 1, lines = 1; i >= 0; i--) {
    outStride[i] = step;
    step *= outShape[i]!;
    if (i === axis) continue;
    lineStride[i] = lines;
    lines *= shape[i]!;
  }
  const others = [...shape.keys()].filter((i) => i !== axis && shape[i] !== 1);
  if (others.some((i) => shape[i] === 0)) return;
  // Neighbouring lines are those along the axis with the least stride.
  const beside = others.reduce<number | undefined>(
    (best, i) => (best === undefined || Math.abs(a.stride[i]!) <= Math.abs(a.stride[best]!) ? i : best),
    undefined,
  );
  const outer = others.filter((i) => i !== beside);
  const columns = beside === undefined ? 1 : shape[beside]!;
  const [xs, os, ls] = beside === undefined ? [0, 0, 0] : [a.stride[beside]!, outStride[beside]!, lineStride[beside]!];
  const width = Math.min(WIDTH, columns);
  const src = scratchF64(4, width * n);
  const dst = scratchF64(5, width * length);
  const load = TO_F64[a.storage] as ConvertKernel<NumberArray, Float64Array>;
  const store = FROM_F64[out.storage] as ConvertKernel<Float64Array, NumberArray>;
  const gather = GATHER[a.storage] as GatherKernel<NumberArray>;
  const scatter = SCATTER[out.storage] as ScatterKernel<NumberArray>;
  const along = a.stride[axis]!;
  const index = new Array<number>(outer.length).fill(0);
  let x = a.offset,
    o = 0,
    line = 0;
  for (;;) {
    for (let c = 0; c < columns; c += width) {
      const w = Math.min(width, columns - c);
      if (Math.abs(along) > Math.abs(xs) && w > 1) gather(a.data, x + c * xs, along, xs, w, src, n);
      else for (let k = 0; k < w; k++) load(a.data, x + (c + k) * xs, along, src, k * n, 1, n);
      for (let k = 0; k < w; k++) kernel(src, k * n, n, dst, k * length, line + (c + k) * ls);
      if (outStride[axis]! > os && w > 1) scatter(dst, length, out.data, o + c * os, outStride[axis]!, os, w);
      else for (let k = 0; k < w; k++) store(dst, k * length, 1, out.data, o + (c + k) * os, outStride[axis]!, length);
    }
    let k = outer.length - 1;
    for (; k >= 0; k--) {
      const i = outer[k]!;
      x += a.stride[i]!;
      o += outStride[i]!;
      line += lineStride[i]!;
      if (++index[k]! < shape[i]!) break;
      x -= a.stride[i]! * shape[i]!;
      o -= outStride[i]! * shape[i]!;
      line -= lineStride[i]! * shape[i]!;
      index[k] = 0;
    }
    if (k < 0) return;
  }
}
