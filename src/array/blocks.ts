/** Functions of users on blocks: they see arrays in memory and give arrays in memory. */
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DimensionError, DTypeError } from "../errors.ts";
import { applyAll } from "./apply.ts";
import { type Box, boxShape } from "./box.ts";
import { type AxisGrid, regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import { type Meta, sameShape } from "./meta.ts";
import { NDArray } from "./ndarray.ts";
import type { OpCall } from "./node.ts";
import type { Op } from "./op.ts";

/**
 * How an axis takes part: a loop by its number, along which blocks may be cut; a loop with so many
 * neighbours on either side (cut at the ends of the array); or `"whole"`, never cut.
 */
export type BlockAxis = number | "whole" | { readonly loop: number; readonly before: number; readonly after: number };

/** What a function of {@link mapBlocks} is told of its call. */
export interface BlockInfo {
  /** The range of each loop that is asked for, `[lo, hi, …]`. Halos of blocks reach over it. */
  readonly loops: Box;
}

/** Makes blocks of the outputs from blocks of the inputs. */
export type BlockFunction = (blocks: readonly NDArray[], info: BlockInfo) => readonly NDArray[];

/** Options of {@link mapBlocks}. */
export interface MapBlocksOptions {
  /** Shape and dtype of each output, and which of its axes are loops. */
  readonly outputs: readonly (Meta & { readonly axes: readonly (number | "whole")[] })[];
  /** For each input how each of its axes takes part. An axis of length 1 on a loop repeats. */
  readonly inputs: readonly (readonly BlockAxis[])[];
  readonly fn: BlockFunction;
  readonly label?: string | undefined;
}

interface BlocksParams {
  readonly inputs: readonly (readonly BlockAxis[])[];
  readonly outputs: readonly { readonly shape: readonly number[]; readonly dtype: DType; readonly axes: readonly (number | "whole")[] }[];
  /** The length of each loop. */
  readonly loops: readonly number[];
}

const loopOf = (axis: BlockAxis): number | undefined => (typeof axis === "object" ? axis.loop : axis === "whole" ? undefined : axis);

function loopBox(call: OpCall<BlocksParams>, wanted: readonly (Box | null)[]): Box {
  const box = new Float64Array(2 * call.params.loops.length);
  const known = new Set<number>();
  wanted.forEach((at, k) => {
    if (at === null) return;
    call.params.outputs[k]!.axes.forEach((loop, i) => {
      if (loop === "whole") return;
      const [lo, hi] = [at[2 * i]!, at[2 * i + 1]!];
      box[2 * loop] = known.has(loop) ? Math.min(box[2 * loop]!, lo) : lo;
      box[2 * loop + 1] = known.has(loop) ? Math.max(box[2 * loop + 1]!, hi) : hi;
      known.add(loop);
    });
  });
  call.params.loops.forEach((n, loop) => {
    if (!known.has(loop)) box[2 * loop + 1] = n;
  });
  return box;
}

function inputBox(call: OpCall<BlocksParams>, loops: Box, input: number): Box {
  const { shape } = call.inputs[input]!;
  const box = new Float64Array(2 * shape.length);
  call.params.inputs[input]!.forEach((axis, i) => {
    const loop = loopOf(axis);
    const n = shape[i]!;
    const [before, after] = typeof axis === "object" ? [axis.before, axis.after] : [0, 0];
    const all = loop === undefined || (n === 1 && call.params.loops[loop] !== 1);
    box[2 * i] = all ? 0 : Math.max(0, loops[2 * loop]! - before);
    box[2 * i + 1] = all ? n : Math.min(n, loops[2 * loop + 1]! + after);
  });
  return box;
}

/** The function itself is `live`, so that its node stays on this thread. */
export const blocksOp: Op<BlocksParams> = {
  name: "mapBlocks",
  kind: "blocks",
  reach: "local",
  infer: (_inputs, { outputs }) => outputs.map(({ shape, dtype }) => ({ shape, dtype })),
  grid(call, grids) {
    const best: AxisGrid[] = call.params.loops.map((n) => regularAxis(n, Math.max(1, n)));
    call.params.inputs.forEach((axes, k) =>
      axes.forEach((axis, i) => {
        const loop = loopOf(axis);
        const own = grids[k]![i]!;
        if (loop !== undefined && own.length === best[loop]!.length && own.n > best[loop]!.n) best[loop] = own;
      }),
    );
    return call.params.outputs.map(({ axes, shape }) =>
      axes.map((axis, i) => (axis === "whole" ? regularAxis(shape[i]!, Math.max(1, shape[i]!)) : best[axis]!)),
    );
  },
  demand(call, out, at, input) {
    const wanted = call.outputs.map((_, k) => (k === out ? at : null));
    return [inputBox(call, loopBox(call, wanted), input)];
  },
  splits: (call) => call.params.outputs[0]!.axes.map((axis) => axis !== "whole"),
  run(call, context) {
    const loops = loopBox(call, context.at);
    const blocks = call.inputs.map((_, input) => context.read(input, inputBox(call, loops, input)));
    const results = (call.live as BlockFunction)(blocks, { loops });
    return context.at.map((at, k) => (at === null ? null : checked(call, k, results[k], loops, at)));
  },
};

/** The part of a result that region `at` wants; throws where the function gave another shape or dtype than it promised. */
function checked(call: OpCall<BlocksParams>, k: number, result: NDArray | undefined, loops: Box, at: Box): NDArray {
  const { axes, shape, dtype } = call.params.outputs[k]!;
  const promised = axes.map((axis, i) => (axis === "whole" ? shape[i]! : loops[2 * axis + 1]! - loops[2 * axis]!));
  if (result === undefined) throw new ArgumentError(`the function gave no output ${k}; it promised ${call.outputs.length}`, { output: k });
  if (!sameShape(result.shape, promised)) {
    throw new DimensionError(
      `the function gave shape (${result.shape.join(", ")}) for output ${k}, where (${promised.join(", ")}) was promised`,
      { output: k, shape: result.shape, promised },
    );
  }
  if (result.dtype !== dtype)
    throw new DTypeError(`the function gave ${result.dtype} for output ${k}, where ${dtype} was promised`, {
      output: k,
      dtype: result.dtype,
      promised: dtype,
    });
  let { offset } = result;
  axes.forEach((axis, i) => {
    offset += (at[2 * i]! - (axis === "whole" ? 0 : loops[2 * axis]!)) * result.stride[i]!;
  });
  return new NDArray(result.data, boxShape(at), dtype, result.stride, offset);
}

/**
 * Apply a function of blocks: on arrays in memory it is called once with all of them, on lazy ones
 * once per task. One array per output.
 *
 * @throws DimensionError where inputs disagree on the length of a loop, or the function breaks its promise.
 */
export function mapBlocks(inputs: readonly AnyArray[], options: MapBlocksOptions): AnyArray[] {
  const loops: number[] = [];
  const meet = (loop: number, n: number, repeats: boolean): void => {
    const known = loops[loop];
    if (known === undefined || (known === 1 && repeats)) loops[loop] = n;
    else if (known !== n && !(n === 1 && repeats))
      throw new DimensionError(`lengths ${known} and ${n} meet on one loop of a function of blocks`, { loop, lengths: [known, n] });
  };
  inputs.forEach((a, k) =>
    options.inputs[k]!.forEach((axis, i) => {
      const loop = loopOf(axis);
      if (loop !== undefined) meet(loop, a.shape[i]!, true);
    }),
  );
  for (const { axes, shape } of options.outputs) axes.forEach((axis, i) => axis !== "whole" && meet(axis, shape[i]!, false));
  for (let loop = 0; loop < loops.length; loop++) loops[loop] ??= 1;
  const outputs = options.outputs.map(({ shape, dtype, axes }) => ({ shape, dtype, axes }));
  return applyAll(blocksOp, inputs, {
    params: { inputs: options.inputs, outputs, loops },
    live: options.fn,
    label: options.label ?? "mapBlocks",
  });
}
