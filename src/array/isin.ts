/** Membership: whether elements are among a few given values. */
import { kindOf } from "../dtypes/traits.ts";
import { DTypeError } from "../errors.ts";
import { eachRun } from "../kernels/runs.ts";
import { apply } from "./apply.ts";
import { wholeBox } from "./box.ts";
import type { AnyArray } from "./lazy.ts";
import { copyFlat, type NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";

/** Whether elements of the first input are among those of the second. */
export const isinOp: Op<null> = {
  name: "isin",
  kind: "map",
  infer: ([a]) => {
    if (kindOf(a!.dtype) === "c") throw new DTypeError(`isin is not defined for ${a!.dtype}`, { dtype: a!.dtype });
    return [{ shape: a!.shape, dtype: "bool" }];
  },
  grid: (_call, [grid]) => [grid!],
  demand: (call, _out, at, input) => [input === 0 ? at : wholeBox(call.inputs[1]!.shape)],
  run(call, context) {
    const a = context.read(0, context.at[0]!);
    const test = context.read(1, wholeBox(call.inputs[1]!.shape));
    const out = context.alloc(a.shape, "bool");
    mark(a, test, out.data);
    return [out];
  },
};

type Key = number | string | bigint;

/** BigInts and numbers of one value are one key; missing strings and NaN are members of nothing. */
function keyOf(value: unknown): Key | undefined {
  if (typeof value === "bigint") return BigInt(Number(value)) === value ? Number(value) : value;
  if (value instanceof Uint8Array) return `b${value.join(",")}`;
  return typeof value === "string" ? `s${value}` : typeof value === "number" && value === value ? value : undefined;
}

function mark(a: NDArray, test: NDArray, out: Uint8Array): void {
  const set = new Set<Key>();
  for (const value of copyFlat(test) as ArrayLike<unknown> & Iterable<unknown>) {
    const key = keyOf(value);
    if (key !== undefined) set.add(key);
  }
  const plain = !Array.isArray(a.data) && !(a.data instanceof BigInt64Array) && !(a.data instanceof BigUint64Array);
  const data = a.data as ArrayLike<unknown>;
  let o = 0;
  eachRun(a.shape, [a.stride], [a.offset], (at, n, steps) => {
    for (let i = 0, p = at[0]!; i < n; i++, p += steps[0]!) {
      const key = plain ? (data[p] as number) : keyOf(data[p]);
      // A set finds NaN in itself, but none was put there.
      out[o++] = key !== undefined && set.has(key) ? 1 : 0;
    }
  });
}

/** Whether each element of `a` equals one of `test`, of whatever shape (read whole); NaN equals nothing. */
export function isin(a: AnyArray, test: AnyArray): AnyArray<"bool"> {
  return apply(isinOp, [a, test], { params: null });
}
