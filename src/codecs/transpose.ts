/** The codec `transpose`: axes in another order. Decoding moves nothing: it gives strides. */
import { EncodingError } from "../errors.ts";
import type { CodecFactory } from "./contract.ts";

/** `transpose`: option `order`, a permutation (or the old `"C"` and `"F"`): encoded axis `i` is decoded axis `order[i]`. */
export const transpose: CodecFactory = (config, chunk) => {
  const n = chunk.shape.length;
  const order = permutation(config.order, n);
  const inverse = new Array<number>(n);
  order.forEach((axis, i) => {
    inverse[axis] = i;
  });
  return {
    kind: "array-array",
    encoded: { ...chunk, shape: order.map((axis) => chunk.shape[axis]!) },
    decode: ({ data, stride }) => ({
      data,
      shape: chunk.shape,
      stride: inverse.map((axis) => stride[axis]!),
    }),
    encode: ({ data, shape, stride }) => ({
      data,
      shape: order.map((axis) => shape[axis]!),
      stride: order.map((axis) => stride[axis]!),
    }),
  };
};

function permutation(order: unknown, n: number): number[] {
  const axes = Array.from({ length: n }, (_, i) => i);
  if (order === "C") return axes;
  if (order === "F") return axes.reverse();
  if (Array.isArray(order) && order.length === n && axes.every((axis) => order.includes(axis))) return order as number[];
  throw new EncodingError(`codec "transpose": option "order" is ${JSON.stringify(order)}; it must name each of the ${n} axes once`, {
    codec: "transpose",
  });
}
