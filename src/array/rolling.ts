/** Moving windows along an axis. */
import { kindOf, traits } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import * as rows32 from "../kernels/generated/rolling-rows-f32.ts";
import { eachLine } from "../kernels/lines.ts";
import { WINDOWS, type Windows } from "../kernels/rolling.ts";
import * as rows64 from "../kernels/rolling-rows-f64.ts";
import { eachRun } from "../kernels/runs.ts";
import { unknownName } from "../util/suggest.ts";
import { apply } from "./apply.ts";
import { type Box, boxShape } from "./box.ts";
import { castBlock } from "./cast.ts";
import type { AnyArray } from "./lazy.ts";
import type { Meta } from "./meta.ts";
import type { NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";
import { checkAxis, finishFor, isNumeric, operand, target } from "./operand.ts";

/** The reductions of moving windows. */
export type RollingName = keyof typeof WINDOWS;

/** Options of {@link rolling}. */
export interface RollingOptions {
  /** Elements in a window. */
  readonly window: number;
  /** Fewer values than this in a window give NaN (default: the window). */
  readonly minCount?: number | undefined;
  /** Label windows by their middle element (after it where the window is even), not their last. */
  readonly center?: boolean | undefined;
  /** For `std` and `var` (default 0). */
  readonly ddof?: number | undefined;
}

interface RollingParams {
  readonly fn: RollingName;
  readonly axis: number;
  readonly before: number;
  readonly after: number;
  readonly minCount: number;
  readonly ddof: number;
}

function windowedDType(fn: RollingName, input: DType): DType {
  const kind = kindOf(input);
  if (kind === "M" && (fn === "sum" || fn === "mean" || fn === "std" || fn === "median")) throw undefinedFor(fn, input);
  if ((kind === "m" || kind === "M") && fn !== "var" && fn !== "prod") return fn === "count" || fn.startsWith("arg") ? "float64" : input;
  if (kind === "c" || kind === "M" || kind === "m" || kind === "U" || kind === "S") throw undefinedFor(fn, input);
  return kind === "f" && fn !== "count" && !fn.startsWith("arg") ? input : "float64";
}

function undefinedFor(fn: RollingName, input: DType): DTypeError {
  return new DTypeError(`rolling ${fn} is not defined for ${input}`, { name: fn, dtype: input });
}

/** The region of the input behind region `at`: windows reach over its ends. */
function haloBox({ axis, before, after }: RollingParams, at: Box, input: Meta): Box {
  const box = at.slice();
  box[2 * axis] = Math.max(0, at[2 * axis]! - before);
  box[2 * axis + 1] = Math.min(input.shape[axis]!, at[2 * axis + 1]! + after);
  return box;
}

/** Moving windows over blocks with their halo. */
export const rollingOp: Op<RollingParams> = {
  name: "rolling",
  kind: "map",
  infer: ([a], { fn }) => [{ shape: a!.shape, dtype: windowedDType(fn, a!.dtype) }],
  grid: (_call, [grid]) => [grid!],
  demand: (call, _out, at) => [haloBox(call.params, at, call.inputs[0]!)],
  run(call, context) {
    const { params: p } = call;
    const at = context.at[0]!;
    const box = haloBox(p, at, call.inputs[0]!);
    const read = context.read(0, box);
    const block = isNumeric(read.dtype) ? read : castBlock(read, "float64");
    const out = context.alloc(boxShape(at), call.outputs[0]!.dtype);
    const length = out.shape[p.axis]!;
    const windows: Windows = {
      before: p.before,
      after: p.after,
      lead: at[2 * p.axis]! - box[2 * p.axis]!,
      length,
      minCount: p.minCount,
      ddof: p.ddof,
    };
    const kernel = WINDOWS[p.fn];
    if (!acrossRows(block, p, windows, out))
      eachLine(operand(block), block.shape, p.axis, length, target(out), (src, from, n, dst, to) => kernel(src, from, n, dst, to, windows));
    finishFor(out.dtype)?.(out.data as Float64Array, 0, out.size);
    return [out];
  },
};

/** Fewer neighbouring lines than this are better taken one by one. */
const FEW_COLUMNS = 8;

/** Sums and means along an axis that memory runs across; false where that is not the case. */
function acrossRows(block: NDArray, { fn, axis }: RollingParams, windows: Windows, out: NDArray): boolean {
  if (fn !== "sum" && fn !== "mean") return false;
  const { storage } = traits(block.dtype);
  const rank = block.shape.length;
  let columns = 1;
  for (let i = rank - 1; i > axis; columns *= block.shape[i]!, i--) if (block.shape[i] !== 1 && block.stride[i] !== columns) return false;
  if (columns < FEW_COLUMNS || storage !== traits(out.dtype).storage || (storage !== "f64" && storage !== "f32")) return false;
  const kernel = storage === "f32" ? (rows32.windowRows as unknown as typeof rows64.windowRows) : rows64.windowRows;
  let to = 0;
  eachRun(block.shape.slice(0, axis), [block.stride.slice(0, axis)], [block.offset], ([at], n, [step]) => {
    for (let i = 0; i < n; i++, to += windows.length * columns) {
      kernel(
        block.data as Float64Array,
        at! + i * step!,
        block.stride[axis]!,
        block.shape[axis]!,
        columns,
        out.data as Float64Array,
        to,
        windows,
        fn === "mean",
      );
    }
  });
  return true;
}

/**
 * A reduction over windows that move along `axis`; the shape stays.
 *
 * Windows are cut at the ends; NaN is passed over; fewer than `minCount` values give NaN. Integers
 * become float64, and `count` is float64, as in xarray. `argmin` and `argmax` count from the window's first place.
 *
 * @throws ArgumentError for a window of less than 1; DTypeError where there is no arithmetic.
 */
export function rolling(name: RollingName, a: AnyArray, axis: number, options: RollingOptions): AnyArray {
  if (!Object.hasOwn(WINDOWS, name)) throw new ArgumentError(unknownName("rolling reduction", name, Object.keys(WINDOWS)), { name });
  const { window, minCount = window, center = false, ddof = 0 } = options;
  checkAxis(a, axis);
  if (!Number.isInteger(window) || window < 1)
    throw new ArgumentError(`a window must be a whole number of 1 or more, not ${window}`, { window });
  const after = center ? window - 1 - Math.floor(window / 2) : 0;
  return apply(rollingOp, [a], { params: { fn: name, axis, before: window - 1 - after, after, minCount, ddof }, label: `rolling ${name}` });
}
