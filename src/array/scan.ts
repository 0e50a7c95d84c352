/** What all scans have in common: a carry along one axis, forward or backward, of one value per line or per group. */

import type { DType } from "../dtypes/types.ts";
import { eachLine, type LineKernel } from "../kernels/lines.ts";
import { type Box, boxShape } from "./box.ts";
import { castBlock } from "./cast.ts";
import { cStrides, type Meta } from "./meta.ts";
import { empty, NDArray } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Op, Scan } from "./op.ts";
import { finishFor, isNumeric, operand, target } from "./operand.ts";

/** Where a scan goes. Codes of groups, if any, are the call's first blob. */
export interface ScanParams {
  readonly axis: number;
  readonly reverse: boolean;
  /** How many groups have a carry of their own (1 without groups). */
  readonly groups: number;
}

/** How one scan steps along a line. */
export interface Stepper<P extends ScanParams> {
  readonly name: string;
  dtype(input: DType, params: P): DType;
  /** What each quantity of the carry begins with. */
  begin(params: P): readonly number[];
  /**
   * Makes a line. The carry of group `g` of this line is at `carry[q][base + g]`; the group of element
   * `i` is `codes?.[first + i]`, or 0; elements of group -1 keep their NaN.
   */
  line(
    src: Float64Array,
    at: number,
    n: number,
    dst: Float64Array,
    to: number,
    carry: readonly Float64Array[],
    base: number,
    codes: Int32Array | undefined,
    first: number,
    params: P,
  ): void;
}

/** The record of a scan from how it steps. */
export function scanOp<P extends ScanParams>(stepper: Stepper<P>): Op<P> {
  const carryMetas = (call: OpCall<P>, at: Box): Meta[] => {
    const shape = boxShape(at);
    shape.splice(call.params.axis, 1);
    return stepper.begin(call.params).map(() => ({ shape: [...shape, call.params.groups], dtype: "float64" as const }));
  };
  const scan: Scan<P> = {
    axis: (call) => call.params.axis,
    reverse: (call) => call.params.reverse,
    carry: carryMetas,
    init: (call, carry) => stepper.begin(call.params).forEach((value, q) => (carry[q]!.data as Float64Array).fill(value)),
    step(call, carry, [read], at, context) {
      const { params } = call;
      const block = isNumeric(read!.dtype) ? read! : castBlock(read!, "float64");
      const out = context.alloc(block.shape, call.outputs[0]!.dtype);
      const quantities = carry.map((c) => c.data as Float64Array);
      const codes = call.blobs[0] as Int32Array | undefined;
      const kernel: LineKernel = (src, from, n, dst, to, line) =>
        stepper.line(src, from, n, dst, to, quantities, line * params.groups, codes, at[2 * params.axis]!, params);
      eachLine(operand(block), block.shape, params.axis, block.shape[params.axis]!, target(out), kernel);
      finishFor(out.dtype)?.(out.data as Float64Array, 0, out.size);
      return [out];
    },
  };
  return {
    name: stepper.name,
    kind: "scan",
    infer: ([a], p) => [{ shape: a!.shape, dtype: stepper.dtype(a!.dtype, p) }],
    grid: (_call, [grid]) => [grid!],
    demand: (call, _out, at) => [prefixBox(call, at)],
    run(call, context) {
      const at = context.at[0]!;
      const box = prefixBox(call, at);
      const carry = carryMetas(call, box).map((meta) => empty(meta.shape, meta.dtype));
      scan.init(call, carry);
      const [out] = scan.step(call, carry, [context.read(0, box)], box, context);
      return [partAlong(out!, call.params.axis, at[2 * call.params.axis]! - box[2 * call.params.axis]!, at)];
    },
    scan,
  };
}

/** Everything before (or, backward, after) region `at` along the axis, and itself. */
function prefixBox({ params, inputs }: OpCall<ScanParams>, at: Box): Box {
  const box = at.slice();
  if (params.reverse) box[2 * params.axis + 1] = inputs[0]!.shape[params.axis]!;
  else box[2 * params.axis] = 0;
  return box;
}

function partAlong(a: NDArray, axis: number, from: number, at: Box): NDArray {
  const shape = boxShape(at);
  if (shape[axis] === a.shape[axis]) return a;
  const stride = cStrides(a.shape);
  return new NDArray(a.data, shape, a.dtype, stride, from * stride[axis]!);
}
