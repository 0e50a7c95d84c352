/** Free functions that put several arrays and datasets together. */
import { ArgumentError, MergeError } from "../errors.ts";
import { arrayFromParts, type DataArray, Dataset, datasetFromParts } from "../model.ts";
import { type AlignOptions, align as alignParts, type BroadcastOptions, broadcast as broadcastParts } from "../ops/align/index.ts";
import {
  type ConcatDim,
  type ConcatOptions,
  combineAttrs,
  combineByCoordsParts,
  combineNestedParts,
  concatParts,
  type MergeOptions,
  mergeParts,
  type NestedParts,
} from "../ops/combine/index.ts";
import { type ArrayParts, type DatasetParts, fromDatasetParts, hasParts, isDatasetParts, PARTS, toDatasetParts } from "../ops/parts.ts";
import { Variable } from "../variable/variable.ts";

/** A DataArray or a Dataset, whatever its types. */
type AnyObject = DataArray<any, any> | Dataset<any>;

const wrap = (parts: ArrayParts | DatasetParts): AnyObject => (isDatasetParts(parts) ? datasetFromParts(parts) : arrayFromParts(parts));

/** What a new dimension can be given as: its name, or a 1-D array (a DataArray or Variable) that labels it. */
export type ConcatAlong = string | DataArray<any, any> | Variable;

function concatDim(dim: ConcatAlong): ConcatDim {
  if (typeof dim === "string") return dim;
  if (dim instanceof Variable) return { name: dim.dims[0]!, variable: dim };
  const { variable, name } = dim[PARTS];
  return { name: name ?? variable.dims[0]!, variable: variable.replace({ dims: [name ?? variable.dims[0]!] }) };
}

/**
 * Arrays or datasets end to end along a dimension that is there or new.
 *
 * Other labels must be equal unless `join` says otherwise.
 *
 * @throws AlignmentError where labels differ under `join: "exact"`; MergeError where variables that are not concatenated conflict.
 * @example
 * ```ts
 * concat([january, february], "time");
 * concat([a, b], new Variable(["member"], asArray([1, 2])));
 * ```
 */
export function concat<O extends AnyObject>(
  objects: readonly O[],
  dim: ConcatAlong,
  options: ConcatOptions = {},
): O extends DataArray<infer D, infer T> ? DataArray<D, T> : Dataset<any> {
  const parts = objects.map((object) => object[PARTS]);
  if (parts.length === 0) throw new ArgumentError("there is nothing to concatenate: give at least one array or dataset", {});
  if (parts.every(isDatasetParts)) return datasetFromParts(concatParts(parts, concatDim(dim), options)) as never;
  if (parts.some(isDatasetParts))
    throw new ArgumentError("arrays and datasets cannot be concatenated together: use toDataset on the arrays", {});
  return arrayFromParts(concatArrays(parts as readonly ArrayParts[], concatDim(dim), options)) as never;
}

function concatArrays(arrays: readonly ArrayParts[], dim: ConcatDim, options: ConcatOptions): ArrayParts {
  const { name } = arrays[0]!;
  const other = arrays.find((array) => array.name !== name);
  if (other && options.compat === "identical")
    throw new MergeError(`arrays named ${JSON.stringify(name)} and ${JSON.stringify(other.name)} are not identical`, {
      names: [name, other.name],
    });
  const joined = fromDatasetParts(concatParts(arrays.map(toDatasetParts), dim, options), name);
  return {
    ...joined,
    variable: joined.variable.replace({
      attrs: combineAttrs(
        arrays.map((array) => array.variable.attrs),
        options.combineAttrs,
      ),
    }),
  };
}

/** What {@link merge} takes: arrays with names, datasets, and records of variables. */
export type MergeInput = AnyObject | { readonly [name: string]: any };

/**
 * One dataset of the variables of all.
 *
 * @throws MergeError where variables of one name conflict (see `compat`); AlignmentError where labels differ under `join: "exact"`.
 * @example
 * ```ts
 * merge([temperature, pressure], { join: "inner" });
 * ```
 */
export function merge(objects: readonly MergeInput[], options: MergeOptions = {}): Dataset<any> {
  const parts = objects.map((object) => (hasParts(object) ? object[PARTS] : new Dataset(object as never)[PARTS]));
  return datasetFromParts(mergeParts(parts, options));
}

/**
 * Datasets (or named arrays) that are tiles of a whole, put together by the values of their coordinates.
 *
 * @throws ArgumentError where the coordinates do not say where a tile belongs.
 */
export function combineByCoords(objects: readonly AnyObject[], options: ConcatOptions = {}): Dataset<any> {
  return datasetFromParts(combineByCoordsParts(objects.map(namedDataset), options));
}

/** A grid of datasets: lists of lists. */
export type Nested = AnyObject | readonly Nested[];

/**
 * Nested lists of datasets put together, one dimension for each level of lists, the outermost first; `null` merges a level.
 *
 * @example
 * ```ts
 * combineNested([[a, b], [c, d]], ["y", "x"]);
 * ```
 */
export function combineNested(
  objects: Nested,
  dims: ConcatAlong | null | readonly (ConcatAlong | null)[],
  options: ConcatOptions = {},
): Dataset<any> {
  const along = (Array.isArray(dims) ? dims : [dims]) as readonly (ConcatAlong | null)[];
  return datasetFromParts(
    combineNestedParts(
      nestedParts(objects),
      along.map((dim) => (dim === null ? null : concatDim(dim))),
      options,
    ),
  );
}

function nestedParts(objects: Nested): NestedParts {
  return Array.isArray(objects) ? (objects as readonly Nested[]).map(nestedParts) : namedDataset(objects as AnyObject);
}

function namedDataset(object: AnyObject): DatasetParts {
  const parts = object[PARTS];
  return isDatasetParts(parts) ? parts : mergeParts([parts]);
}

/**
 * The objects with common labels along shared dimensions (default: those that all have).
 *
 * @example
 * ```ts
 * const [a, b] = align([x, y], { join: "outer" });
 * ```
 */
export function align<const O extends readonly AnyObject[]>(objects: O, options: AlignOptions = {}): O {
  return alignParts(
    objects.map((object) => object[PARTS]),
    options,
  ).map(wrap) as unknown as O;
}

/** The objects with the dimensions of all. */
export function broadcast<const O extends readonly AnyObject[]>(objects: O, options: BroadcastOptions = {}): O {
  return broadcastParts(
    objects.map((object) => object[PARTS]),
    options,
  ).map(wrap) as unknown as O;
}
