/** Functions of strings, element by element: one operation for the whole table of `kernels/text-functions.ts`. */
import type { DType, ValuesOf } from "../dtypes/types.ts";
import { TEXT_FUNCTIONS, type TextArg, type TextResult } from "../kernels/text-functions.ts";
import { applyAll } from "./apply.ts";
import { type Box, type BoxSet, boxShape } from "./box.ts";
import { broadcastBox, broadcastGrid, broadcastShapes, broadcastStride } from "./broadcasting.ts";
import { regularAxis } from "./grid.ts";
import type { AnyArray } from "./lazy.ts";
import { sizeOf } from "./meta.ts";
import { flatValues, NDArray } from "./ndarray.ts";
import type { Json, OpCall } from "./node.ts";
import type { Op, RunContext } from "./op.ts";

/** Which function, its arguments, and the lengths of the new last axes that its lists fill. */
export interface TextParams {
  readonly fn: string;
  readonly args: readonly Json[];
  /** Which arguments come from inputs 1, 2, …, element by element. */
  readonly varying: readonly number[];
  readonly core: readonly number[];
}

/** The part of a region that inputs have. */
const outer = (at: Box, core: readonly number[]): Box => at.subarray(0, at.length - 2 * core.length);

/** Functions of strings; the inputs broadcast. */
export const textOp: Op<TextParams> = {
  name: "text",
  kind: "map",
  infer: (inputs, { fn, core }) => [{ shape: [...broadcastShapes(inputs.map((m) => m.shape)), ...core], dtype: TEXT_FUNCTIONS[fn]!.to }],
  grid: (call, grids) => {
    const shape = call.outputs[0]!.shape.slice(0, call.outputs[0]!.shape.length - call.params.core.length);
    return [[...broadcastGrid(shape, call.inputs, grids), ...call.params.core.map((n) => regularAxis(n, Math.max(1, n)))]];
  },
  demand: (call, _out, at, input): BoxSet => [broadcastBox(outer(at, call.params.core), call.inputs[input]!.shape)],
  run: (call, context) => [runText(call, context)],
};

/** The same with a function among its arguments, which stays on this thread. */
export const textLocalOp: Op<TextParams> = { ...textOp, name: "text-local", reach: "local" };

function runText(call: OpCall<TextParams>, context: RunContext): NDArray {
  const { fn, core, varying } = call.params;
  const { to, make } = TEXT_FUNCTIONS[fn]!;
  const region = context.at[0]!;
  const at = outer(region, core);
  const shape = boxShape(at);
  const n = sizeOf(shape);
  const blocks = call.inputs.map((meta, i) => spread(context.read(i, broadcastBox(at, meta.shape)), shape));
  const texts = blocks[0] as ValuesOf<"string">;
  const args = [...((call.live as readonly TextArg[] | undefined) ?? call.params.args)];
  const picks = core.length === 0 ? undefined : picksOf(core, region.subarray(at.length));
  const width = picks?.length ?? 1;
  const out: unknown[] | Uint8Array | Float64Array =
    to === "string" ? new Array<unknown>(n * width) : to === "bool" ? new Uint8Array(n * width) : new Float64Array(n * width);
  let apply: ((x: string) => TextResult) | undefined;
  for (let i = 0; i < n; i++) {
    let fresh = apply === undefined;
    for (let k = 0; k < varying.length; k++) {
      const value = blocks[k + 1]![i];
      if (fresh || args[varying[k]!] !== value) {
        args[varying[k]!] = value;
        fresh = true;
      }
    }
    if (fresh) apply = make(args);
    const x = texts[i]!;
    const missing = x === null && to === "string";
    const result = missing ? null : apply!(x ?? "");
    if (picks === undefined) out[i] = result as never;
    else for (let j = 0; j < width; j++) out[i * width + j] = (missing ? null : (result as readonly unknown[])[picks[j]!]) as never;
  }
  return new NDArray(out as ValuesOf<DType>, [...shape, ...boxShape(region.subarray(at.length))], to);
}

/** The values of a block over a shape that it broadcasts to, flat. */
function spread(block: NDArray, shape: readonly number[]): ArrayLike<unknown> {
  const same = block.shape.length === shape.length && block.shape.every((n, i) => n === shape[i]);
  return flatValues(
    same ? block : new NDArray(block.data, shape, block.dtype, broadcastStride(block, shape), block.offset),
  ) as ArrayLike<unknown>;
}

/** Which values of a list are wanted: the flat positions of a region of the new axes. */
function picksOf(core: readonly number[], region: Box): number[] {
  return core.reduce<number[]>(
    (flat, n, axis) => {
      const out: number[] = [];
      for (const base of flat) for (let i = region[2 * axis]!; i < region[2 * axis + 1]!; i++) out.push(base * n + i);
      return out;
    },
    [0],
  );
}

/** Joins strings along the last axis, with a separator that broadcasts against the others. */
export const joinTextOp: Op<null> = {
  name: "join-text",
  kind: "map",
  infer: ([a]) => [{ shape: a!.shape.slice(0, -1), dtype: "string" }],
  grid: (_call, [grid]) => [grid!.slice(0, -1)],
  demand: (call, _out, at, input) => [
    input === 0 ? Float64Array.of(...at, 0, call.inputs[0]!.shape.at(-1)!) : broadcastBox(at, call.inputs[1]!.shape),
  ],
  run: (call, context) => {
    const at = context.at[0]!;
    const length = call.inputs[0]!.shape.at(-1)!;
    const shape = boxShape(at);
    const words = flatValues(context.read(0, Float64Array.of(...at, 0, length))) as ValuesOf<"string">;
    const seps = spread(context.read(1, broadcastBox(at, call.inputs[1]!.shape)), shape) as ValuesOf<"string">;
    const out = Array.from({ length: sizeOf(shape) }, (_, i) => {
      const line = words.slice(i * length, (i + 1) * length);
      return line.includes(null) ? null : line.join(seps[i] ?? "");
    });
    return [new NDArray(out, shape, "string")];
  },
};

/** The arguments of {@link textArray}: plain data, or an array for values that differ from string to string. */
export type TextArgument = { readonly array: AnyArray } | { readonly value: TextArg };

/**
 * `fn` of every string of `a`, broadcast against arguments that are arrays.
 *
 * Missing strings stay missing, and count as empty where the result is a number or a flag.
 *
 * @param core lengths of the new last axes, for functions that give lists.
 */
export function textArray(a: AnyArray, fn: string, args: readonly TextArgument[] = [], core: readonly number[] = []): AnyArray {
  const varying = args.flatMap((arg, i) => ("array" in arg ? [i] : []));
  const values = args.map((arg) => ("array" in arg ? null : arg.value));
  const local = values.some((value) => typeof value === "function");
  const params: TextParams = { fn, args: local ? [] : (values as Json[]), varying, core };
  // Arguments that are none are known now, not when a plan runs.
  if (varying.length === 0) TEXT_FUNCTIONS[fn]!.make(values);
  const inputs = [a, ...args.flatMap((arg) => ("array" in arg ? [arg.array] : []))];
  return applyAll(local ? textLocalOp : textOp, inputs, { params, label: `str.${fn}`, ...(local ? { live: values } : {}) })[0]!;
}

/** Strings joined along the last axis. */
export function joinText(a: AnyArray, sep: AnyArray): AnyArray {
  return applyAll(joinTextOp, [a, sep], { params: null, label: "str.join" })[0]!;
}
