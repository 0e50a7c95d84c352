/** Sums of products of strided float arrays, accumulated in float64 in the order of memory. */

/** One operand: floats, and a stride for every axis of the product (0 where it repeats). */
export interface Factor {
  readonly data: Float64Array | Float32Array;
  readonly stride: readonly number[];
  readonly offset: number;
}

/** `out[o + i·os] += a · b` along one axis; with `os` 0 a dot product. */
function accumulate(
  a: Float64Array | Float32Array,
  p: number,
  ps: number,
  b: Float64Array | Float32Array,
  q: number,
  qs: number,
  out: Float64Array,
  o: number,
  os: number,
  n: number,
): void {
  if (os !== 0) {
    for (let i = 0; i < n; i++) out[o + i * os] = out[o + i * os]! + a[p + i * ps]! * b[q + i * qs]!;
    return;
  }
  let s0 = 0,
    s1 = 0,
    s2 = 0,
    s3 = 0;
  let i = 0;
  for (; i + 3 < n; i += 4) {
    s0 += a[p + i * ps]! * b[q + i * qs]!;
    s1 += a[p + (i + 1) * ps]! * b[q + (i + 1) * qs]!;
    s2 += a[p + (i + 2) * ps]! * b[q + (i + 2) * qs]!;
    s3 += a[p + (i + 3) * ps]! * b[q + (i + 3) * qs]!;
  }
  for (; i < n; i++) s0 += a[p + i * ps]! * b[q + i * qs]!;
  out[o] = out[o]! + (s0 + s1 + (s2 + s3));
}

/** Add the products of all elements over `shape` to `out`, whose stride is 0 along axes that are summed. */
export function sumProducts(a: Factor, b: Factor, shape: readonly number[], out: Float64Array, outStride: readonly number[]): void {
  if (shape.includes(0)) return;
  const reach = (i: number): number => Math.abs(a.stride[i]!) + Math.abs(b.stride[i]!) + outStride[i]!;
  const axes = [...shape.keys()].filter((i) => shape[i] !== 1).sort((i, j) => reach(j) - reach(i));
  const inner = axes.pop();
  const [n, ps, qs, os] = inner === undefined ? [1, 0, 0, 0] : [shape[inner]!, a.stride[inner]!, b.stride[inner]!, outStride[inner]!];
  const index = new Array<number>(axes.length).fill(0);
  let p = a.offset,
    q = b.offset,
    o = 0;
  for (;;) {
    accumulate(a.data, p, ps, b.data, q, qs, out, o, os, n);
    let k = axes.length - 1;
    for (; k >= 0; k--) {
      const i = axes[k]!;
      p += a.stride[i]!;
      q += b.stride[i]!;
      o += outStride[i]!;
      if (++index[k]! < shape[i]!) break;
      p -= a.stride[i]! * shape[i]!;
      q -= b.stride[i]! * shape[i]!;
      o -= outStride[i]! * shape[i]!;
      index[k] = 0;
    }
    if (k < 0) return;
  }
}
