/** Choosing between two arrays, clipping, and membership: operations of three arrays or of a set. */
import { promote } from "../dtypes/promote.ts";
import { slotsPerElement, traits } from "../dtypes/traits.ts";
import type { NumberArray } from "../dtypes/types.ts";
import { DTypeError } from "../errors.ts";
import { WHERE } from "../kernels/generated/where.ts";
import type { WhereKernel, WhereTable } from "../kernels/kernel-types.ts";
import { eachRun } from "../kernels/runs.ts";
import { apply } from "./apply.ts";
import { boxShape } from "./box.ts";
import { broadcasting, broadcastShapes, broadcastStride } from "./broadcasting.ts";
import { castBlock } from "./cast.ts";
import { binary } from "./elementwise.ts";
import type { AnyArray } from "./lazy.ts";
import { cStrides } from "./meta.ts";
import type { NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";
import { isNumeric } from "./operand.ts";

/** Elements of one array where a condition holds, of another where it does not. */
export const whereOp: Op<null> = {
  name: "where",
  kind: "map",
  infer: ([c, a, b]) => {
    if ("US".includes(traits(c!.dtype).kind)) throw new DTypeError(`a condition must be bool, not ${c!.dtype}`, { dtype: c!.dtype });
    return [{ shape: broadcastShapes([c!.shape, a!.shape, b!.shape]), dtype: promote(a!.dtype, b!.dtype) }];
  },
  ...broadcasting,
  run: (call, context) => {
    const { dtype } = call.outputs[0]!;
    const [c, a, b] = [0, 1, 2].map((i) => context.read(i, broadcasting.demand(call, 0, context.at[0]!, i)[0]!));
    const out = context.alloc(boxShape(context.at[0]!), dtype);
    choose(castBlock(c!, "bool"), castBlock(a!, dtype), castBlock(b!, dtype), out);
    return [out];
  },
};

/**
 * Elements of `a` where `cond` is true (not zero), of `b` elsewhere, broadcast together.
 *
 * @throws DTypeError where no dtype holds both.
 */
export function where(cond: AnyArray, a: AnyArray, b: AnyArray): AnyArray {
  return apply(whereOp, [cond, a, b], { params: null });
}

function choose(c: NDArray, a: NDArray, b: NDArray, out: NDArray): void {
  const { shape } = out;
  const strides = [c, a, b].map((x) => broadcastStride(x, shape));
  const mask = c.data as Uint8Array;
  if (isNumeric(out.dtype)) {
    const bytes = (out.data as NumberArray).BYTES_PER_ELEMENT as keyof WhereTable;
    const kernel = WHERE[bytes] as WhereKernel<NumberArray>;
    const [x, y, result] = [a, b, out].map((array) => bitsOf(array.data as NumberArray, bytes));
    eachRun(shape, [...strides, cStrides(shape)], [c.offset, a.offset, b.offset, 0], (at, n, steps) => {
      kernel(mask, at[0]!, steps[0]!, x!, at[1]!, steps[1]!, y!, at[2]!, steps[2]!, result!, at[3]!, n);
    });
    return;
  }
  const slots = slotsPerElement(out.dtype);
  const result = out.data as unknown[];
  let o = 0;
  eachRun(shape, strides, [c.offset, a.offset, b.offset], (at, n, steps) => {
    for (let i = 0; i < n; i++) {
      const from = mask[at[0]! + i * steps[0]!] ? 1 : 2;
      const source = (from === 1 ? a.data : b.data) as readonly unknown[];
      const p = slots * (at[from]! + i * steps[from]!);
      for (let k = 0; k < slots; k++) result[o++] = source[p + k];
    }
  });
}

/** The bits of an array as integers of its element's size (words of 4 bytes for 8). */
function bitsOf(data: NumberArray, bytes: keyof WhereTable): NumberArray {
  const Bits = bytes === 1 ? Int8Array : bytes === 2 ? Int16Array : Int32Array;
  return new Bits(data.buffer as ArrayBuffer, data.byteOffset, data.byteLength / Bits.BYTES_PER_ELEMENT);
}

/** `a` with values below `lo` raised to it and values above `hi` lowered to it; NaN stays. Bounds broadcast. */
export function clip(a: AnyArray, lo: AnyArray | undefined, hi: AnyArray | undefined): AnyArray {
  const raised = lo === undefined ? a : binary("maximum", a, lo);
  return hi === undefined ? raised : binary("minimum", raised, hi);
}
