/** Between arrays and datasets. */

import { cast } from "../../array/cast.ts";
import { asArray } from "../../array/create.ts";
import { concat, expandDims } from "../../array/index.ts";
import { eachValue } from "../../array/items.ts";
import { resultType } from "../../dtypes/index.ts";
import { CoordinateError, DimensionError } from "../../errors.ts";
import { LabelIndex } from "../../indexing/label-index.ts";
import { broadcastVariable, unifiedSizes } from "../../variable/broadcast.ts";
import { commonAttrs } from "../../variable/compute.ts";
import { Variable } from "../../variable/variable.ts";
import { arrayData } from "../create/variable.ts";
import { type ArrayParts, type DatasetParts, THIS_ARRAY, toDatasetParts } from "../parts.ts";
import { isel } from "../selecting/index.ts";
import { dropVars } from "./coords.ts";

/** A dataset whose variable is the array, or with one variable for each label along `dim`. */
export function arrayToDataset(
  parts: ArrayParts,
  options: { readonly name?: string | undefined; readonly dim?: string | undefined } = {},
): DatasetParts {
  if (options.dim !== undefined) return splitAlong(parts, options.dim);
  const name = options.name ?? parts.name;
  if (name === undefined) throw new CoordinateError("the array has no name for its variable: give one with toDataset({ name })", {});
  if (parts.coords.has(name))
    throw new CoordinateError(
      `${JSON.stringify(name)} is the array's name and one of its coordinates: give another with toDataset({ name })`,
      { name },
    );
  return { vars: new Map([[name, parts.variable]]), coords: parts.coords, indexes: parts.indexes, attrs: {}, encoding: {} };
}

function splitAlong(parts: ArrayParts, dim: string): DatasetParts {
  const { variable } = parts;
  const axis = variable.axis(dim);
  const index = parts.indexes.get(dim);
  const labels = index ? [...eachValue(index.labels)] : Array.from({ length: variable.shape[axis]! }, (_, i) => i);
  const temporary = dropVars(
    toDatasetParts(parts),
    [...parts.coords].filter(([name]) => name === dim).map(([name]) => name),
    { errors: "ignore" },
  );
  const slices = labels.map(
    (label, i) =>
      [
        String(label),
        isel(temporary, { [dim]: i }, { drop: true })
          .vars.get(THIS_ARRAY)!
          .replace({ attrs: {} }),
      ] as const,
  );
  const { coords, indexes } = isel(temporary, { [dim]: 0 }, { drop: true });
  return { vars: new Map(slices), coords, indexes, attrs: variable.attrs, encoding: {} };
}

/** One array of all data variables, broadcast together along a new first dimension that names them. */
export function datasetToArray(parts: DatasetParts, dim = "variable", name?: string): ArrayParts {
  if (parts.vars.size === 0) throw new CoordinateError("a dataset without data variables cannot become an array", {});
  const sizes = unifiedSizes([...parts.vars.values()]);
  if (sizes.has(dim))
    throw new DimensionError(`dimension ${JSON.stringify(dim)} is already there: name another with toDataarray({ dim })`, { dim });
  const all = [...parts.vars.values()];
  const dtype = resultType(...all.map((v) => v.dtype));
  const arrays = all.map((v) => expandDims(cast(broadcastVariable(v, sizes).array, dtype), [0]));
  const names = new Variable([dim], asArray([...parts.vars.keys()]));
  return {
    variable: new Variable([dim, ...sizes.keys()], concat(arrays, 0), { attrs: commonAttrs([parts.attrs]) }),
    name,
    coords: new Map([...parts.coords, [dim, names]]),
    indexes: new Map([...parts.indexes, [dim, LabelIndex.of(dim, names)]]),
  };
}

/** The array with other values of the same shape. */
export function withData(parts: ArrayParts, data: unknown): ArrayParts {
  const array = arrayData(data, parts.variable.shape);
  if (array.shape.length !== parts.variable.ndim || array.shape.some((n, i) => n !== parts.variable.shape[i])) {
    throw new DimensionError(`new data have shape (${array.shape.join(", ")}), the array (${parts.variable.shape.join(", ")})`, {
      shape: array.shape,
    });
  }
  return { ...parts, variable: parts.variable.replace({ array }) };
}
