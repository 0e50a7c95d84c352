/** Conforming to other labels. */
import { asArray } from "../../array/create.ts";
import { NDArray } from "../../array/ndarray.ts";
import { kindOf } from "../../dtypes/traits.ts";
import type { DType } from "../../dtypes/types.ts";
import { AlignmentError } from "../../errors.ts";
import type { Index, SelectOptions } from "../../indexing/contract.ts";
import { distinctIndexes, indexerVariable, LabelIndex, labelsFor, MultiIndex } from "../../indexing/index.ts";
import { Variable } from "../../variable/index.ts";
import { type CoordParts, type DatasetParts, sizesOf } from "../parts.ts";
import { conform, type FillValue, type Move, moveOnto } from "./conform.ts";
import { type Indexers, knownDims } from "./isel.ts";
import { unwrapped } from "./unwrap.ts";

/** Options of `reindex`. */
export interface ReindexOptions extends SelectOptions {
  /** What stands where labels are new (default: missing values). */
  readonly fillValue?: FillValue;
}

/**
 * Every variable on new labels: rows are taken where labels are known and filled where they are new.
 *
 * `method` and `tolerance` fill from the nearest, previous or next label instead. A dimension without
 * coordinate gets the labels if there are as many.
 *
 * @throws DimensionError for unknown names, IndexingError where old labels repeat, AlignmentError where sizes differ.
 * @example
 * ```ts
 * reindex(parts, { lat: [10, 15, 20] }, { method: "nearest", tolerance: 1 });
 * ```
 */
export function reindex(parts: DatasetParts, labels: Indexers, options: ReindexOptions = {}): DatasetParts {
  const known = new Set([...sizesOf(parts).keys(), ...parts.indexes.keys()]);
  const moves = knownDims(Object.keys(labels), [...known]).map((name): Move => {
    const from = parts.indexes.get(name);
    return moveTo(from, targetIndex(name, labels[name], from), options);
  });
  return conform(parts, moves, options.fillValue);
}

/** {@link reindex} to the indexes of `other`, as far as `parts` has their dimensions. */
export function reindexLike(
  parts: DatasetParts,
  other: CoordParts & Partial<Pick<DatasetParts, "vars">>,
  options: ReindexOptions = {},
): DatasetParts {
  const sizes = sizesOf(parts);
  const moves: Move[] = [];
  for (const to of distinctIndexes(other.indexes)) {
    const from = parts.indexes.get(to.names[0]!);
    if (from ? from.kind === to.kind : to.dims.every((dim) => sizes.has(dim))) moves.push(moveTo(from, to, options));
  }
  if (other.indexes.size === 0) checkSizes(sizes, sizesOf({ vars: new Map(), ...other }));
  return conform(parts, moves, options.fillValue);
}

function checkSizes(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>): void {
  for (const [dim, n] of b) {
    if (a.has(dim) && a.get(dim) !== n)
      throw new AlignmentError(`dimension ${JSON.stringify(dim)} has no labels, and sizes ${a.get(dim)} and ${n}`, {
        dim,
        sizes: [a.get(dim), n],
      });
  }
}

function moveTo(from: Index | undefined, to: Index, { method, tolerance }: ReindexOptions): Move {
  return from ? moveOnto(from, to, { method, tolerance }) : { from, to, positions: undefined };
}

/** New labels for `name` as an index: given as an index, an array with or without dimensions, or a list, in the dtype of `from` if it can be. */
export function targetIndex(name: string, labels: unknown, from: Index | undefined): Index {
  if (labels instanceof LabelIndex || labels instanceof MultiIndex) return labels;
  const given = unwrapped(labels);
  const variable = indexerVariable(given);
  if (variable === undefined) {
    const dim = from?.dims[0] ?? name;
    const array = given instanceof NDArray ? given : labelsLike(given, from?.labels.dtype);
    return LabelIndex.of(name, new Variable([dim], array));
  }
  const own = (given as Partial<CoordParts>).indexes;
  const index = own instanceof Map ? (own.get(name) as Index | undefined) : undefined;
  if (index && index.kind !== "label") return index;
  const dim = from?.dims[0] ?? name;
  if (variable.ndim !== 1 || variable.dims[0] !== dim) {
    throw new AlignmentError(
      `new labels for ${JSON.stringify(name)} must lie along ${JSON.stringify(dim)}, not along (${variable.dims.join(", ")})`,
      { dim, dims: variable.dims },
    );
  }
  return LabelIndex.of(name, variable);
}

/** A list of labels in the dtype of the old ones where it can hold them, so that `[1, 2]` stays integer and date strings are times. */
function labelsLike(labels: unknown, dtype: DType | undefined): NDArray {
  const array = asArray(labels);
  if (dtype === undefined || ArrayBuffer.isView(labels)) return array;
  const timelike = "Mm".includes(kindOf(dtype)) && ["U", "M", "f"].includes(kindOf(array.dtype));
  const whole =
    kindOf(array.dtype) === "f" &&
    (kindOf(dtype) === "f" || ("iu".includes(kindOf(dtype)) && (array.data as Float64Array).every(Number.isInteger)));
  return timelike || whole ? labelsFor(labels as ArrayLike<unknown>, dtype) : array;
}
