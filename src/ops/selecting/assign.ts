/** Changed copies: the values at a selection replaced. There is no assignment. */

import { cast } from "../../array/cast.ts";
import { NDArray } from "../../array/index.ts";
import { copyFlat, flatValues } from "../../array/ndarray.ts";
import { slotsPerElement } from "../../dtypes/traits.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import { broadcastVariable } from "../../variable/broadcast.ts";
import { Variable } from "../../variable/variable.ts";
import { isScalarOperand, type Operand, operandVariable } from "../operand.ts";
import { type ArrayParts, isDatasetParts, viaDataset } from "../parts.ts";
import { type Indexers, isel } from "./isel.ts";
import { sel } from "./sel.ts";

/**
 * A copy of the array with the values that `indexers` select replaced by `value`, which is broadcast to
 * them by name and takes the array's dtype.
 *
 * @throws NotLoadedError on lazy data; DTypeError for a value that the dtype cannot hold.
 */
export function assignRegion(parts: ArrayParts, indexers: Indexers, value: Operand, by: "labels" | "positions"): ArrayParts {
  const { variable } = parts;
  const loaded = variable.loaded;
  // Selecting from an array of positions answers where any selection lies, pointwise ones too.
  const everywhere = Float64Array.from({ length: loaded.size }, (_, i) => i);
  const positions: ArrayParts = { ...parts, variable: variable.replace({ array: new NDArray(everywhere, variable.shape, "int64") }) };
  const { variable: at } = viaDataset(positions, (ds) => (by === "labels" ? sel(ds, indexers) : isel(ds, indexers)));
  const given = valueVariable(value, variable, at);
  const foreign = given.dims.find((dim) => !at.dims.includes(dim));
  if (foreign !== undefined)
    throw new DimensionError(`the value has dimension ${JSON.stringify(foreign)}, the selection (${at.dims.join(", ")}) has not`, {
      dim: foreign,
    });
  const sizes = new Map(at.dims.map((dim, i) => [dim as string, at.shape[i]!]));
  const values = flatValues(cast(broadcastVariable(given, sizes).array, loaded.dtype) as NDArray) as Float64Array;
  const out = copyFlat(loaded) as Float64Array;
  const slots = slotsPerElement(loaded.dtype);
  (at.values as Float64Array).forEach((p, i) => {
    for (let k = 0; k < slots; k++) out[p * slots + k] = values[i * slots + k]!;
  });
  return { ...parts, variable: variable.replace({ array: new NDArray(out, variable.shape, loaded.dtype) }) };
}

function valueVariable(value: Operand, variable: Variable, at: Variable): Variable {
  if (isScalarOperand(value) || value instanceof Variable || value instanceof NDArray)
    return operandVariable(value, { dtype: variable.dtype, dims: at.dims });
  if (isDatasetParts(value)) throw new ArgumentError("a dataset cannot be put into an array: take one of its variables with get(name)", {});
  return value.variable;
}
