/** What windows users ask for, checked: sizes by dimension, and options that are one value or one per dimension. */
import { ArgumentError, DimensionError } from "../../errors.ts";
import { ownValue } from "../../util/records.ts";
import { unknownName } from "../../util/suggest.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts, sizesOf } from "../parts.ts";

/** Lengths of windows by dimension. */
export type WindowSizes = Readonly<Record<string, number | undefined>>;
/** One value for all dimensions, or one for each. */
export type PerDim<T> = T | Readonly<Record<string, T | undefined>>;

/** The value of an option for one dimension. */
export function optionFor<T extends string | number | boolean>(option: PerDim<T> | undefined, dim: string, other: T): T {
  if (option === undefined) return other;
  return typeof option === "object" ? (ownValue(option, dim) ?? other) : option;
}

/** The windows as pairs of a dimension that is there and a whole number of 1 or more. */
export function checkedSizes(parts: ArrayParts | DatasetParts, sizes: WindowSizes): [dim: string, size: number][] {
  const known = isDatasetParts(parts) ? [...sizesOf(parts).keys()] : (parts.variable.dims as readonly string[]);
  const out: [string, number][] = [];
  for (const [dim, size] of Object.entries(sizes)) {
    if (size === undefined) continue;
    if (!known.includes(dim)) throw new DimensionError(unknownName("dimension", dim, known), { dim, dims: known });
    if (!Number.isSafeInteger(size) || size < 1)
      throw new ArgumentError(`the window along ${JSON.stringify(dim)} must be a whole number of 1 or more, not ${String(size)}`, {
        dim,
        window: size,
      });
    out.push([dim, size]);
  }
  if (out.length === 0) throw new ArgumentError(`windows need at least one dimension; there are (${known.join(", ")})`, { dims: known });
  return out;
}

/** The names of new dimensions, one for each window: a single name will do for a single window. */
export function namesFor<T>(
  dims: readonly string[],
  names: T | Readonly<Record<string, T | undefined>>,
  isName: (x: unknown) => x is T,
  what: string,
): Map<string, T> {
  if (isName(names)) {
    if (dims.length === 1) return new Map([[dims[0]!, names]]);
    throw new ArgumentError(`${dims.length} dimensions need ${what} each: { ${dims.join(": …, ")}: … }`, { dims });
  }
  const extra = Object.keys(names as object).find((dim) => !dims.includes(dim));
  if (extra !== undefined)
    throw new ArgumentError(`${JSON.stringify(extra)} has no window; those that have: (${dims.join(", ")})`, { dim: extra, dims });
  return new Map(
    dims.map((dim) => {
      const name = ownValue(names as Readonly<Record<string, unknown>>, dim);
      if (!isName(name)) throw new ArgumentError(`dimension ${JSON.stringify(dim)} needs ${what}`, { dim });
      return [dim, name];
    }),
  );
}
