/** Guards: conditions that must hold for values to be valid, checked when the values are computed. */
import { ArgumentError, type ErrorFields, type ErrorTag, errorOf } from "../errors.ts";
import { apply } from "./apply.ts";
import { type BoxSet, wholeBox } from "./box.ts";
import type { AnyArray } from "./lazy.ts";
import { flatValues } from "./ndarray.ts";
import type { Json } from "./node.ts";
import type { Op } from "./op.ts";

/** The error of a guard that fails. */
export interface GuardError {
  readonly tag: ErrorTag;
  readonly message: string;
  readonly fields?: { readonly [key: string]: Json };
}

/**
 * `a`, unless any element of any of the conditions (bool arrays of any shape) is false: then `error`
 * is thrown, at once where all conditions are in memory, else when `a` is computed.
 */
export function guard(a: AnyArray, conditions: readonly AnyArray[], error: GuardError): AnyArray {
  const known = conditions.filter((condition) => condition.dtype !== "bool");
  if (known.length > 0) throw new ArgumentError(`a guard's conditions are bool arrays, not ${known[0]!.dtype}`, { dtype: known[0]!.dtype });
  const { tag, message, fields = {} } = error;
  return apply(guardOp, [a, ...conditions], { params: { tag, message, fields }, label: message });
}

/** The operation of {@link guard}: input 0, and the conditions behind it, which are read whole. */
export const guardOp: Op<{ readonly tag: ErrorTag; readonly message: string; readonly fields: ErrorFields }> = {
  name: "guard",
  kind: "guard",
  infer: ([input]) => [input!],
  grid: (_call, [input]) => [input!],
  demand: (call, _out, at, input): BoxSet => [input === 0 ? at : wholeBox(call.inputs[input]!.shape)],
  run(call, context) {
    const { tag, message, fields } = call.params;
    for (let i = 1; i < call.inputs.length; i++) {
      const held = flatValues(context.read(i, wholeBox(call.inputs[i]!.shape))) as Uint8Array;
      if (held.includes(0)) throw errorOf(tag, message, fields);
    }
    return [context.at[0] ? context.read(0, context.at[0]) : null];
  },
};
