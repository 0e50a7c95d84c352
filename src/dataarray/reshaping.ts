/** Names, order and number of dimensions, coordinates and attributes, as methods. */
import type { MissingOf } from "../dtypes/type-level.ts";
import type { DType, Value } from "../dtypes/types.ts";
import type { DataArray, Dataset } from "../model.ts";
import { broadcastLike } from "../ops/align/index.ts";
import { buildCoords, type CoordsInput, checkCoords } from "../ops/create/index.ts";
import { type ArrayParts, PARTS } from "../ops/parts.ts";
import {
  arrayToDataset,
  assignCoords,
  dropVars,
  type ExpandDimsOptions,
  expandDims,
  type NewDims,
  type PadOpOptions,
  pad,
  rename,
  resetCoords,
  roll,
  type ShiftOptions,
  type StackOptions,
  shift,
  sortby,
  stack,
  swapDims,
  type TransposeOptions,
  transpose,
  transposeArguments,
  unstack,
  withData,
} from "../ops/reshape/index.ts";
import type { Attrs, Encoding } from "../variable/attrs.ts";
import { WRAP, WRAP_DATASET } from "./base.ts";
import { DataArrayIndexing } from "./indexing.ts";
import type { OneOrMany, Renamed } from "./types.ts";

/** A 1-D array that sorts, or the name of a coordinate. */
type SortKey = string | { readonly [PARTS]: unknown };

/** DataArray's changes of form: values stay, or move. */
export abstract class DataArrayReshaping<Dims extends string, T extends DType> extends DataArrayIndexing<Dims, T> {
  /** Dimensions in another order: none reverses them, `"..."` stands for the rest. */
  transpose(...dims: readonly (Dims | "..." | TransposeOptions)[]): DataArray<Dims, T> {
    const { names, missingDims } = transposeArguments(dims);
    return this.via((ds) => transpose(ds, names, missingDims));
  }

  /** Dimensions in reverse order. */
  get T(): DataArray<Dims, T> {
    return this.transpose();
  }

  /** Another name for the array (a string), or for dimensions and coordinates (an object). */
  rename(name: string): DataArray<Dims, T>;
  rename<const M extends { readonly [K in Dims]?: string | undefined } & { readonly [name: string]: string | undefined }>(
    names: M,
  ): DataArray<Renamed<Dims, M>, T>;
  rename(names: string | Readonly<Record<string, string | undefined>>): DataArray<any, T> {
    return typeof names === "string" ? this[WRAP]({ ...this[PARTS], name: names }) : this.via((ds) => rename(ds, names));
  }

  /** Let coordinates along dimensions take their place, with new names where there is no such coordinate. */
  swapDims<const M extends { readonly [K in Dims]?: string | undefined }>(names: M): DataArray<Renamed<Dims, M>, T> {
    return this.via((ds) => swapDims(ds, names));
  }

  /** New dimensions, by name, or by name with their length or labels. */
  expandDims<const K extends string>(
    dims: K | readonly K[] | { readonly [P in K]: number | ArrayLike<unknown> },
    options?: ExpandDimsOptions,
  ): DataArray<Dims | K, T> {
    return this.via((ds) => expandDims(ds, dims as NewDims, options));
  }

  /**
   * Several dimensions as one, with a multi-index of their labels.
   *
   * @example
   * ```ts
   * da.stack({ point: ["lat", "lon"] }).unstack("point");
   * ```
   */
  stack<const M extends { readonly [name: string]: readonly (Dims | "...")[] }>(
    dims: M,
    options?: StackOptions,
  ): DataArray<Exclude<Dims, M[keyof M][number]> | (keyof M & string), T> {
    return this.via((ds) => stack(ds, dims, options));
  }

  /** Multi-indexed dimensions (all, or these) as one dimension for each level; missing combinations get `fillValue`. */
  unstack(dims?: OneOrMany<Dims>, options: { readonly fillValue?: Value | undefined } = {}): DataArray<any, any> {
    return this.via((ds) => unstack(ds, dims, options));
  }

  /** Values moved around the ends of dimensions. */
  roll(shifts: { readonly [K in Dims]?: number | undefined }, options?: { readonly rollCoords?: boolean | undefined }): DataArray<Dims, T> {
    return this.via((ds) => roll(ds, shifts, options));
  }

  /** Values moved along dimensions, missing (or `fillValue`) where none come in; coordinates stay. */
  shift(shifts: { readonly [K in Dims]?: number | undefined }, options?: ShiftOptions): DataArray<Dims, MissingOf<T>> {
    return this.via((ds) => shift(ds, shifts, options));
  }

  /** Values added at the ends of dimensions, in NumPy's modes (default `"constant"`: missing). */
  pad(widths: { readonly [K in Dims]?: number | readonly [number, number] | undefined }, options?: PadOpOptions): DataArray<Dims, any> {
    return this.via((ds) => pad(ds, widths, options));
  }

  /** Sorted along dimensions by coordinates or 1-D arrays, the first deciding; stable. */
  sortby(by: SortKey | readonly SortKey[], options: { readonly ascending?: boolean | undefined } = {}): DataArray<Dims, T> {
    return this.via((ds) => sortby(ds, sortKeys(by), options));
  }

  /** Repeated along the dimensions that `other` has and this has not; labels are brought together by an outer join. */
  broadcastLike<E extends string>(
    other: DataArray<E, any> | Dataset<any>,
    options: { readonly exclude?: readonly string[] | undefined } = {},
  ): DataArray<Dims | E, T> {
    return this[WRAP](broadcastLike(this[PARTS], other[PARTS], options) as ArrayParts);
  }

  /** New or other coordinates. */
  assignCoords(coords: CoordsInput): DataArray<Dims, T> {
    const given = buildCoords(coords);
    checkCoords(this[PARTS].variable, given);
    return this.via((ds) => assignCoords(ds, given));
  }

  /** New or other attributes, the rest kept. */
  assignAttrs(attrs: Attrs): DataArray<Dims, T> {
    return this.#with({ attrs: { ...this.attrs, ...attrs } });
  }

  /** Without attributes, its own and (unless `deep: false`) its coordinates'. */
  dropAttrs(options: { readonly deep?: boolean | undefined } = {}): DataArray<Dims, T> {
    const { coords, ...rest } = this[PARTS];
    const bare = options.deep === false ? coords : new Map([...coords].map(([name, v]) => [name, v.replace({ attrs: {} })]));
    return this[WRAP]({ ...rest, coords: bare, variable: rest.variable.replace({ attrs: {} }) });
  }

  /** Without encoding. */
  dropEncoding(): DataArray<Dims, T> {
    return this.#with({ encoding: {} });
  }

  #with(changes: { attrs?: Attrs; encoding?: Encoding }): DataArray<Dims, T> {
    return this[WRAP]({ ...this[PARTS], variable: this[PARTS].variable.replace(changes) });
  }

  /** Without these coordinates. */
  dropVars(names: OneOrMany<string>, options: { readonly errors?: "raise" | "ignore" | undefined } = {}): DataArray<Dims, T> {
    return this.via((ds) => dropVars(ds, names, options));
  }

  /** Coordinates without an index (all, or these) turned into variables of a dataset, or dropped. */
  resetCoords(names: OneOrMany<string> | undefined, options: { readonly drop: true }): DataArray<Dims, T>;
  resetCoords(names?: OneOrMany<string>, options?: { readonly drop?: boolean | undefined }): Dataset<any>;
  resetCoords(names?: OneOrMany<string>, options: { readonly drop?: boolean | undefined } = {}): DataArray<any, any> | Dataset<any> {
    if (options.drop) return this.via((ds) => resetCoords(ds, names, options));
    return this[WRAP_DATASET](resetCoords(arrayToDataset(this[PARTS]), names, options));
  }

  /**
   * A dataset with this array as its variable, or with one variable for each label along `dim`.
   *
   * @throws CoordinateError where neither the array nor the call gives a name.
   */
  toDataset(options: { readonly name?: string | undefined; readonly dim?: Dims | undefined } = {}): Dataset<any> {
    return this[WRAP_DATASET](arrayToDataset(this[PARTS], options));
  }

  /** A new object with the same values (shared: nothing changes them), or with other `data` of the same shape. */
  copy(options: { readonly data?: unknown } = {}): DataArray<Dims, T> {
    return this[WRAP](options.data === undefined ? this[PARTS] : withData(this[PARTS], options.data));
  }
}

function sortKeys(by: SortKey | readonly SortKey[]): (string | ArrayParts)[] {
  const keys = Array.isArray(by) ? (by as readonly SortKey[]) : [by as SortKey];
  return keys.map((key) => (typeof key === "string" ? key : (key[PARTS] as ArrayParts)));
}
