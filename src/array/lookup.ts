/** Values out of a table by positions that may be lazy themselves. */
import { missingValue } from "../dtypes/missing.ts";
import { allocate, slotsPerElement } from "../dtypes/traits.ts";
import { DimensionError } from "../errors.ts";
import { apply } from "./apply.ts";
import { type BoxSet, boxShape, wholeBox } from "./box.ts";
import type { AnyArray } from "./lazy.ts";
import { flatValues, NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";

/**
 * `table[position]` for each position; the table has one axis, and a position outside it (−1, NaN) gives the
 * missing value, for which the table's dtype must have room.
 */
export function lookup(table: AnyArray, positions: AnyArray): AnyArray {
  if (table.shape.length !== 1)
    throw new DimensionError(`a table to look up in has one axis, not shape (${table.shape.join(", ")})`, { shape: table.shape });
  return apply(lookupOp, [positions, table], { params: null });
}

/** The operation of {@link lookup}: positions, and the table, which is read whole. */
export const lookupOp: Op<null> = {
  name: "lookup",
  kind: "map",
  infer: ([positions, table]) => [{ shape: positions!.shape, dtype: table!.dtype }],
  grid: (_call, [positions]) => [positions!],
  demand: (call, _out, at, input): BoxSet => [input === 0 ? at : wholeBox(call.inputs[1]!.shape)],
  run(call, context) {
    const at = context.at[0];
    if (!at) return [null];
    const positions = flatValues(context.read(0, at)) as Float64Array;
    const table = context.read(1, wholeBox(call.inputs[1]!.shape));
    const { dtype } = table;
    const slots = slotsPerElement(dtype);
    const values = flatValues(table) as Float64Array;
    const out = allocate(dtype, positions.length) as Float64Array;
    const missing = missingValue(dtype) as number;
    const n = table.shape[0]!;
    for (let i = 0; i < positions.length; i++) {
      const p = positions[i]!;
      const known = p >= 0 && p < n;
      if (slots === 1) out[i] = known ? values[p]! : missing;
      else {
        out[2 * i] = known ? values[2 * p]! : Number.NaN;
        out[2 * i + 1] = known ? values[2 * p + 1]! : Number.NaN;
      }
    }
    return [new NDArray(out, boxShape(at), dtype)];
  },
};
