/** Least squares along an axis: the coefficients of given columns that come nearest to each line. */
import { kindOf } from "../dtypes/traits.ts";
import { DimensionError, DTypeError } from "../errors.ts";
import { solveLine, solverFor } from "../kernels/least-squares.ts";
import { eachLine, type LineKernel } from "../kernels/lines.ts";
import { apply } from "./apply.ts";
import { castBlock } from "./cast.ts";
import { regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import type { Op } from "./op.ts";
import { checkAxis, isNumeric, operand, target } from "./operand.ts";
import { boxAlong, partAlong } from "./sort.ts";

interface LeastSquaresParams {
  readonly axis: number;
  readonly columns: number;
  readonly rcond: number;
  readonly skipna: boolean;
}

/** The operation of {@link leastSquares}. Blobs: the columns end to end, and weights of the values, if any. */
export const leastSquaresOp: Op<LeastSquaresParams> = {
  name: "leastSquares",
  kind: "map",
  infer: ([a], { axis, columns }) => {
    if (!"fiub".includes(kindOf(a!.dtype))) throw new DTypeError(`${a!.dtype} values cannot be fitted`, { dtype: a!.dtype });
    return [{ shape: a!.shape.map((n, i) => (i === axis ? columns + 1 : n)), dtype: "float64" }];
  },
  grid: (call, [grid]) => [
    grid!.map((own, i) => (i === call.params.axis ? regularAxis(call.params.columns + 1, call.params.columns + 1) : own)),
  ],
  demand: (call, _out, at) => [boxAlong(at, call.params.axis, call.inputs[0]!.shape[call.params.axis]!)],
  splits: (call) => call.outputs[0]!.shape.map((_, i) => i !== call.params.axis),
  run(call, context) {
    const { axis, columns } = call.params;
    const at = context.at[0]!;
    const read = context.read(0, boxAlong(at, axis, call.inputs[0]!.shape[axis]!));
    const block = isNumeric(read.dtype) ? read : castBlock(read, "float64");
    const out = context.alloc(
      block.shape.map((n, i) => (i === axis ? columns + 1 : n)),
      "float64",
    );
    eachLine(
      operand(block),
      block.shape,
      axis,
      columns + 1,
      target(out),
      fitKernel(call.params, call.blobs as readonly Float64Array[], block.shape[axis]!),
    );
    return [partAlong(out, axis, at)];
  },
};

/** Whole lines share one solver; a line with gaps gets one of the rows that it has. */
function fitKernel({ columns: p, rcond, skipna }: LeastSquaresParams, [matrix, weights]: readonly Float64Array[], n: number): LineKernel {
  const whole = solverFor(matrix!, n, p, rcond);
  const line = new Float64Array(n);
  const rows = new Float64Array(n * p);
  return (src, at, _n, dst, to) => {
    let known = 0;
    for (let t = 0; t < n; t++) {
      const v = weights === undefined ? src[at + t]! : src[at + t]! * weights[t]!;
      if (v === v || !skipna) line[known++] = v;
    }
    if (known === n) return solveLine(whole, matrix!, n, p, line, 0, dst, to);
    if (known === 0) {
      dst.fill(Number.NaN, to, to + p + 1);
      return;
    }
    for (let t = 0, r = 0; t < n; t++) {
      if (Number.isNaN(weights === undefined ? src[at + t]! : src[at + t]! * weights[t]!)) continue;
      for (let k = 0; k < p; k++) rows[k * known + r] = matrix![k * n + t]!;
      r++;
    }
    solveLine(solverFor(rows, known, p, Number.EPSILON * Math.max(known, p)), rows, known, p, line, 0, dst, to);
  };
}

/** Options of {@link leastSquares}. */
export interface LeastSquaresOptions {
  /** Singular values below this share of the largest count as zero. */
  readonly rcond: number;
  /** Leave missing values out, instead of letting them make the line's fit missing. */
  readonly skipna: boolean;
  /** What each value is multiplied with, as the columns were already. */
  readonly weights?: Float64Array | undefined;
}

/** For each line along `axis` the `columns` coefficients of `matrix` (columns end to end) that come nearest to it, and the sum of squared residuals. */
export function leastSquares(
  a: AnyArray,
  axis: number,
  matrix: Float64Array,
  columns: number,
  { rcond, skipna, weights }: LeastSquaresOptions,
): AnyArray<"float64"> {
  checkAxis(a, axis);
  const n = a.shape[axis]!;
  if (matrix.length !== n * columns || (weights !== undefined && weights.length !== n))
    throw new DimensionError(`a matrix of ${matrix.length} elements does not have ${columns} columns of ${n}`, { columns, length: n });
  return apply(leastSquaresOp, [a], {
    params: { axis, columns, rcond, skipna },
    blobs: weights ? [matrix, weights] : [matrix],
    label: "leastSquares",
  });
}
