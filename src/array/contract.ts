/** Sums of products over shared axes: dot products, matrix products, weighted sums. */
import { promote } from "../dtypes/promote.ts";
import { kindOf } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DimensionError, DTypeError } from "../errors.ts";
import { type Factor, sumProducts } from "../kernels/dot.ts";
import { apply } from "./apply.ts";
import { wholeBox } from "./box.ts";
import { cast, castBlock } from "./cast.ts";
import { binary } from "./elementwise.ts";
import { wholeGrid } from "./grid.ts";
import { type AnyArray, inMemory } from "./lazy.ts";
import { cStrides, type Meta, sizeOf } from "./meta.ts";
import { NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";
import { isNumeric } from "./operand.ts";
import { reduce } from "./reduce.ts";
import { expandDims, transpose } from "./select.ts";

/** One label per axis; an axis of either input with the same label is the same, those not in `out` are summed over. */
export interface ContractLabels {
  readonly a: readonly number[];
  readonly b: readonly number[];
  readonly out: readonly number[];
}

function lengthsOf(a: Meta, b: Meta, labels: ContractLabels): Map<number, number> {
  const known = new Map<number, number>();
  for (const [shape, names] of [
    [a.shape, labels.a],
    [b.shape, labels.b],
  ] as const) {
    if (names.length !== shape.length) throw new ArgumentError(`${names.length} labels for ${shape.length} axes`, { labels: names, shape });
    names.forEach((label, i) => {
      const before = known.get(label);
      if (before !== undefined && before !== shape[i])
        throw new DimensionError(`lengths ${before} and ${shape[i]} meet in a product`, { lengths: [before, shape[i]!] });
      known.set(label, shape[i]!);
    });
  }
  for (const label of labels.out) if (!known.has(label)) throw new ArgumentError(`label ${label} of the result is on no input`, { label });
  return known;
}

function productDType(a: DType, b: DType): DType {
  const dtype = promote(a, b);
  if ("fiub".includes(kindOf(dtype)) && isNumeric(dtype)) return dtype;
  throw new DTypeError(`products are not summed for ${a} and ${b}`, { a, b });
}

/** The sum of products of arrays in memory. */
export const contractOp: Op<ContractLabels> = {
  name: "contract",
  kind: "map",
  infer: ([a, b], labels) => {
    const known = lengthsOf(a!, b!, labels);
    return [{ shape: labels.out.map((label) => known.get(label)!), dtype: productDType(a!.dtype, b!.dtype) }];
  },
  grid: (call) => [wholeGrid(call.outputs[0]!.shape)],
  demand: (call, _out, _at, input) => [wholeBox(call.inputs[input]!.shape)],
  splits: (call) => call.outputs[0]!.shape.map(() => false),
  run(call, context) {
    const { params: labels, outputs } = call;
    const [a, b] = call.inputs.map((meta, i) => context.read(i, wholeBox(meta.shape)));
    const known = lengthsOf(a!, b!, labels);
    const order = [...known.keys()];
    const { shape, dtype } = outputs[0]!;
    const sums = new Float64Array(sizeOf(shape));
    const stride = cStrides(shape);
    const outStride = order.map((label) => (labels.out.includes(label) ? stride[labels.out.indexOf(label)]! : 0));
    sumProducts(
      factor(a!, labels.a, order),
      factor(b!, labels.b, order),
      order.map((label) => known.get(label)!),
      sums,
      outStride,
    );
    return [castBlock(new NDArray(sums, shape, "float64"), dtype)];
  },
};

/** Floats as they are, the rest as float64. */
function factor(a: NDArray, labels: readonly number[], order: readonly number[]): Factor {
  const x = a.dtype === "float32" || a.dtype === "float64" ? a : castBlock(a, "float64");
  return {
    data: x.data as Float64Array,
    stride: order.map((label) => (labels.includes(label) ? x.stride[labels.indexOf(label)]! : 0)),
    offset: x.offset,
  };
}

/**
 * The sum of products of `a` and `b` over the axes whose labels are not in `labels.out`, as `einsum`;
 * accumulated in float64 and given in the dtype that both promote to. Lazy inputs are multiplied and
 * reduced block by block.
 *
 * @throws DimensionError where axes of one label differ in length; DTypeError for what is no real number.
 * @example
 * ```ts
 * contract(a, b, { a: [0, 1], b: [1, 2], out: [0, 2] }); // a matrix product
 * ```
 */
export function contract(a: AnyArray, b: AnyArray, labels: ContractLabels): AnyArray {
  if (inMemory(a) && inMemory(b)) return apply(contractOp, [a, b], { params: labels });
  lengthsOf(a, b, labels);
  const dtype = productDType(a.dtype, b.dtype);
  const order = [...labels.out, ...new Set([...labels.a, ...labels.b].filter((label) => !labels.out.includes(label)))];
  const product = binary("mul", onLabels(a, labels.a, order), onLabels(b, labels.b, order));
  return cast(reduce("sum", product, order.map((_, i) => i).slice(labels.out.length), { skipna: false }), dtype);
}

/** `a` with its axes in the order of labels, length 1 where it has none. */
function onLabels(a: AnyArray, labels: readonly number[], order: readonly number[]): AnyArray {
  const present = order.filter((label) => labels.includes(label));
  const moved = transpose(
    a,
    present.map((label) => labels.indexOf(label)),
  );
  return expandDims(
    moved,
    [...order.keys()].filter((i) => !labels.includes(order[i]!)),
  );
}

/** {@link contract} over pairs of axes: the rest of `a`, then the rest of `b`, stay. */
export function tensordot(a: AnyArray, b: AnyArray, axesA: readonly number[], axesB: readonly number[]): AnyArray {
  if (axesA.length !== axesB.length)
    throw new ArgumentError(`${axesA.length} axes of one array do not pair with ${axesB.length} of the other`, { axesA, axesB });
  const rank = a.shape.length;
  const labelsA = a.shape.map((_, i) => i);
  const labelsB = b.shape.map((_, i) => (axesB.includes(i) ? axesA[axesB.indexOf(i)]! : rank + i));
  return contract(a, b, {
    a: labelsA,
    b: labelsB,
    out: [...labelsA.filter((i) => !axesA.includes(i)), ...labelsB.filter((label) => label >= rank)],
  });
}
