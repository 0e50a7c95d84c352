/** Reductions of strings, bytes and BigInts: value by value, with the same walk as those of numbers. */
import { kindOf } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import type { Reducer } from "../kernels/reduce.ts";
import { compareText, type Text } from "../kernels/text.ts";
import { sizeOf } from "../util/shape.ts";
import { boxShape } from "./box.ts";
import type { Op } from "./op.ts";
import type { ReduceParams } from "./reduce.ts";
import { keptAxes, reduceBlock, reducedBox, reducedGrid, reducedShape, wantedGroups } from "./reduce-walk.ts";
import type { ReduceName } from "./reduction.ts";

type Element = string | Uint8Array | bigint | null;

const compare = (a: Element, b: Element): number =>
  typeof a === "bigint" ? (a < (b as bigint) ? -1 : a > (b as bigint) ? 1 : 0) : compareText(a as Text, b as Text);

/** Whether a value that compares so with the one held, at an earlier position or not, replaces it. */
const TAKES: { readonly [K in ReduceName]?: (order: number, earlier: boolean) => boolean } = {
  min: (order) => order < 0,
  max: (order) => order > 0,
  argmin: (order, earlier) => order < 0 || (earlier && order === 0),
  argmax: (order, earlier) => order > 0 || (earlier && order === 0),
  first: (_order, earlier) => earlier,
  last: (_order, earlier) => !earlier,
};

const JOINS: { readonly [K in ReduceName]?: (a: bigint, b: bigint) => bigint } = { sum: (a, b) => a + b, prod: (a, b) => a * b };

/** Whether {@link reduceValuesOp} does `fn` for a dtype. */
export function reducesValues(fn: ReduceName, dtype: DType): boolean {
  const kind = kindOf(dtype);
  return kind === "U" || kind === "S" || (dtype.startsWith("big") && (fn in TAKES || fn in JOINS));
}

function resultDType(fn: ReduceName, input: DType): DType {
  if (fn === "count" || fn === "argmin" || fn === "argmax") return "int64";
  const text = kindOf(input) === "U" || kindOf(input) === "S";
  if (fn in TAKES || (!text && fn in JOINS)) return input;
  throw new DTypeError(`${fn} is not defined for ${input}`, { name: fn, dtype: input });
}

/** Reductions of what is no plain number; not streamed. */
export const reduceValuesOp: Op<ReduceParams> = {
  name: "reduceValues",
  kind: "map",
  infer: ([a], p) => [{ shape: reducedShape(a!.shape, p), dtype: resultDType(p.fn, a!.dtype) }],
  grid: (call, [grid]) => [reducedGrid(call, grid!)],
  demand: (call, _out, at) => [reducedBox(call, at)],
  splits: (call) => keptAxes(call.inputs[0]!.shape.length, call.params).map((axis) => axis !== null),
  run(call, context) {
    const { params: p } = call;
    const at = context.at[0]!;
    const box = reducedBox(call, at);
    const block = context.read(0, box);
    const shape = reducedShape(boxShape(box), p);
    const codes = call.blobs[0] as Int32Array | undefined;
    const n = sizeOf(shape);
    const held = new Array<Element>(n).fill(p.fn === "sum" ? 0n : p.fn === "prod" ? 1n : null);
    const where = new Float64Array(n).fill(-1);
    const counts = new Float64Array(n);
    const take = (value: Element, pos: number, s: number): void => {
      if (value === null && (p.skip || p.fn === "count")) return;
      counts[s]!++;
      const join = JOINS[p.fn];
      if (join && typeof value === "bigint") held[s] = join(held[s] as bigint, value);
      else if (p.fn === "count") return;
      else if (where[s]! < 0) [held[s], where[s]] = [value, pos];
      else if (value === null || held[s] === null) {
        // Without skipping, a missing value wins; between ends only the position counts.
        const ends = p.fn === "first" || p.fn === "last";
        if (ends ? TAKES[p.fn]!(0, pos < where[s]!) : value === null && held[s] !== null) [held[s], where[s]] = [value, pos];
      } else if (TAKES[p.fn]!(p.fn === "first" || p.fn === "last" ? 0 : compare(value, held[s]!), pos < where[s]!))
        [held[s], where[s]] = [value, pos];
    };
    reduceBlock(block, box, call.inputs[0]!.shape, p, codes, valueReducer(take));
    const out = context.alloc(shape, call.outputs[0]!.dtype);
    const data = out.data as unknown[];
    for (let s = 0; s < n; s++) {
      if (p.fn === "count") data[s] = counts[s];
      else if (p.fn === "argmin" || p.fn === "argmax") {
        if (where[s]! < 0) throw new ArgumentError(`All-NaN slice encountered: ${p.fn} has no value to point at`, { name: p.fn });
        data[s] = where[s];
      } else if (held[s] === null && typeof data[s] === "bigint")
        throw new ArgumentError(`${p.fn} of no values has no ${out.dtype}`, { name: p.fn });
      else data[s] = held[s];
    }
    return [wantedGroups(call, out, at)];
  },
};

function valueReducer(take: (value: Element, pos: number, s: number) => void): Reducer {
  return {
    run(x, at, step, n, s, pos, posStep) {
      for (let i = 0; i < n; i++) take((x as unknown as Element[])[at + i * step]!, pos + i * posStep, s);
    },
    rows(x, at, step, n, rowStep, m, s, ss, pos, posStep) {
      for (let r = 0; r < m; r++)
        for (let i = 0; i < n; i++) take((x as unknown as Element[])[at + r * rowStep + i * step]!, pos + r * posStep, s + i * ss);
    },
  };
}
