/** Weighted quantiles: sorting values together with their weights. */
import { canBeMissing, kindOf } from "../dtypes/traits.ts";
import { DTypeError } from "../errors.ts";
import { eachWeightedLine } from "../kernels/weighted-quantile.ts";
import { apply } from "./apply.ts";
import { type Box, boxShape } from "./box.ts";
import { broadcastShapes } from "./broadcasting.ts";
import { castBlock } from "./cast.ts";
import type { AxisGrid } from "./grid.ts";
import { regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import { sizeOf } from "./meta.ts";
import { copyFlat } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Op } from "./op.ts";
import { isNumeric } from "./operand.ts";
import { broadcastTo, transpose } from "./select.ts";

interface Params {
  /** How many of the last axes are reduced. */
  readonly reduced: number;
  readonly q: readonly number[];
  readonly skip: boolean;
}

/** Behind region `at` of the result: its own box, all of the reduced axes, and none of the axis of quantiles. */
function linesBox({ inputs, params }: OpCall<Params>, at: Box): Box {
  const { shape } = inputs[0]!;
  const box = new Float64Array(2 * shape.length);
  box.set(at.subarray(2));
  for (let i = shape.length - params.reduced; i < shape.length; i++) box.set([0, shape[i]!], 2 * i);
  return box;
}

/** The operation of {@link weightedQuantile}: values and weights of one shape. */
export const weightedQuantileOp: Op<Params> = {
  name: "weightedQuantile",
  kind: "map",
  infer: ([x], { q, reduced }) => [{ shape: [q.length, ...x!.shape.slice(0, x!.shape.length - reduced)], dtype: "float64" }],
  grid: ({ params }, [grid]) => [
    [regularAxis(params.q.length, Math.max(1, params.q.length)), ...grid!.slice(0, grid!.length - params.reduced)] as AxisGrid[],
  ],
  demand: (call, _out, at) => [linesBox(call, at)],
  run(call, context) {
    const at = context.at[0]!;
    const { q, skip } = call.params;
    const box = linesBox(call, at);
    const [x, w] = [0, 1].map((i) => copyFlat(castBlock(context.read(i, box), "float64")) as Float64Array);
    const out = context.alloc(boxShape(at), "float64");
    const wanted = Float64Array.from(q.slice(at[0]!, at[1]!));
    const lines = sizeOf(out.shape.slice(1));
    eachWeightedLine(x!, w!, lines, wanted, skip, out.data as Float64Array);
    return [out];
  },
};

/**
 * Weighted quantiles of `x` over `axes` along a new first axis, interpolated linearly with Kish's
 * effective sample size, after Akinshin's weighted Harrell-Davis and type 7 estimators
 * (https://aakinshin.net/posts/weighted-quantiles/). Zero weights count for nothing.
 */
export function weightedQuantile(
  x: AnyArray,
  w: AnyArray,
  q: Float64Array,
  axes: readonly number[],
  options: { readonly skipna?: boolean | undefined } = {},
): AnyArray {
  for (const { dtype } of [x, w])
    if (!"fiub".includes(kindOf(dtype)) || !isNumeric(dtype))
      throw new DTypeError(`weighted quantiles are not defined for ${x.dtype} with weights of ${w.dtype}`, {
        x: x.dtype,
        weights: w.dtype,
      });
  const shape = broadcastShapes([x.shape, w.shape]);
  const order = [...shape.keys()].filter((i) => !axes.includes(i)).concat(axes);
  const [values, weights] = [x, w].map((a) => transpose(broadcastTo(a, shape), order));
  const params: Params = { reduced: axes.length, q: [...q], skip: (options.skipna ?? true) && canBeMissing(x.dtype) };
  return apply(weightedQuantileOp, [values!, weights!], { params, label: "weighted quantile" });
}
