/** Coordinates from what users write, with the indexes of those that are named as their dimension. */
import { CoordinateError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { LabelIndex } from "../../indexing/label-index.ts";
import type { Variable } from "../../variable/variable.ts";
import { type CoordParts, type DatasetParts, hasParts, PARTS } from "../parts.ts";
import { arrayParts, asVariable, type VariableInput } from "./variable.ts";

/** Coordinates as users give them: a record, or the `coords` of another array or dataset. */
export type CoordsInput = { readonly [name: string]: VariableInput } | { readonly [PARTS]: DatasetParts };

/** Whether a variable is the coordinate that labels its own dimension. */
export function isDimensionCoord(name: string, variable: Variable): boolean {
  return variable.ndim === 1 && variable.dims[0] === name;
}

/**
 * The index that a variable called `name` gets by itself: one where it labels its own dimension.
 *
 * @throws NotLoadedError where those labels are lazy: an index needs them in memory.
 */
export function defaultIndex(name: string, variable: Variable): Index | undefined {
  return isDimensionCoord(name, variable) ? LabelIndex.of(name, variable) : undefined;
}

/** Coordinates and indexes of `input`. */
export function buildCoords(input: CoordsInput): CoordParts {
  if (hasParts(input)) {
    const { coords, indexes } = input[PARTS];
    return { coords, indexes };
  }
  const coords = new Map<string, Variable>();
  const indexes = new Map<string, Index>();
  for (const [name, value] of Object.entries(input)) {
    const variable = asVariable(name, value);
    if (variable.dims.includes(name) && variable.ndim > 1) {
      throw new CoordinateError(
        `coordinate ${JSON.stringify(name)} has dimensions (${variable.dims.join(", ")}): one named as a dimension can have only that dimension`,
        { name },
      );
    }
    coords.set(name, variable);
    // An array taken from another one brings its index along, which spares building it again.
    const index = arrayParts(value)?.indexes.get(name) ?? defaultIndex(name, variable);
    if (index && index.names.length === 1) indexes.set(name, index);
  }
  return { coords, indexes };
}
