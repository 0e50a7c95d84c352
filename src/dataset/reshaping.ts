/** Names, order and number of dimensions, variables, coordinates and attributes of a dataset, as methods. */
import { WRAP, WRAP_DATASET } from "../dataarray/base.ts";
import type { OneOrMany } from "../dataarray/types.ts";
import type { Value } from "../dtypes/types.ts";
import type { DataArray, Dataset } from "../model.ts";
import { broadcastLike } from "../ops/align/index.ts";
import { type MergeOptions, mergeParts } from "../ops/combine/index.ts";
import { buildCoords, type CoordsInput } from "../ops/create/coords.ts";
import { assignVariables, buildDataset } from "../ops/create/dataset.ts";
import type { VariableInput } from "../ops/create/variable.ts";
import { type ArrayParts, type DatasetParts, PARTS } from "../ops/parts.ts";
import {
  assignCoords,
  datasetToArray,
  dropDims,
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
  setCoords,
  shift,
  sortby,
  stack,
  swapDims,
  type TransposeOptions,
  transpose,
  transposeArguments,
  unstack,
} from "../ops/reshape/index.ts";
import type { Attrs } from "../variable/attrs.ts";
import { DatasetIndexing } from "./indexing.ts";
import type { DimNames, Vars } from "./types.ts";

type SortKey = string | { readonly [PARTS]: unknown };
type Renames = { readonly [name: string]: string | undefined };
type Erring = { readonly errors?: "raise" | "ignore" | undefined };

/** Dataset's changes of form. */
export abstract class DatasetReshaping<V extends Vars> extends DatasetIndexing<V> {
  #wrap(parts: DatasetParts): Dataset<any> {
    return this[WRAP_DATASET](parts);
  }

  /**
   * New or other data variables: DataArrays, tuples `[dims, data, attrs]`, values, or functions of the dataset.
   *
   * @example
   * ```ts
   * ds.assign({ celsius: (d) => d.get("air").sub(273.15) });
   * ```
   */
  assign<const W extends { readonly [name: string]: VariableInput | ((self: Dataset<V>) => unknown) }>(vars: W): Dataset<any> {
    const values = Object.entries(vars).map(([name, value]) => [
      name,
      typeof value === "function" ? value(this as unknown as Dataset<V>) : value,
    ]);
    return this.#wrap(assignVariables(this[PARTS], Object.fromEntries(values)));
  }

  /** Variables, coordinates and dimensions by other names. */
  rename(names: Renames): Dataset<any> {
    return this.#wrap(rename(this[PARTS], names));
  }

  /** Variables and coordinates by other names; dimensions keep theirs. */
  renameVars(names: Renames): Dataset<any> {
    return this.#wrap(rename(this[PARTS], names, "vars"));
  }

  /** Dimensions by other names; variables keep theirs. */
  renameDims(names: Renames): Dataset<any> {
    return this.#wrap(rename(this[PARTS], names, "dims"));
  }

  /** Let coordinates along dimensions take their place. See {@link DataArray.swapDims}. */
  swapDims(names: { readonly [K in DimNames<V>]?: string | undefined }): Dataset<any> {
    return this.#wrap(swapDims(this[PARTS], names));
  }

  /** Dimensions of every variable in another order. */
  transpose(...dims: readonly (DimNames<V> | "..." | TransposeOptions)[]): Dataset<V> {
    const { names, missingDims } = transposeArguments(dims);
    return this.#wrap(transpose(this[PARTS], names, missingDims));
  }

  /** New dimensions of every data variable. See {@link DataArray.expandDims}. */
  expandDims(dims: NewDims, options?: ExpandDimsOptions): Dataset<any> {
    return this.#wrap(expandDims(this[PARTS], dims, options));
  }

  /** Several dimensions as one. See {@link DataArray.stack}. */
  stack(dims: { readonly [name: string]: readonly string[] }, options?: StackOptions): Dataset<any> {
    return this.#wrap(stack(this[PARTS], dims, options));
  }

  /** Multi-indexed dimensions as one dimension for each level. See {@link DataArray.unstack}. */
  unstack(dims?: OneOrMany<DimNames<V>>, options: { readonly fillValue?: Value | undefined } = {}): Dataset<any> {
    return this.#wrap(unstack(this[PARTS], dims, options));
  }

  /** Values moved around the ends of dimensions. */
  roll(shifts: { readonly [K in DimNames<V>]?: number | undefined }, options?: { readonly rollCoords?: boolean | undefined }): Dataset<V> {
    return this.#wrap(roll(this[PARTS], shifts, options));
  }

  /** Values moved along dimensions. See {@link DataArray.shift}. */
  shift(shifts: { readonly [K in DimNames<V>]?: number | undefined }, options?: ShiftOptions): Dataset<any> {
    return this.#wrap(shift(this[PARTS], shifts, options));
  }

  /** Values added at the ends of dimensions. See {@link DataArray.pad}. */
  pad(widths: { readonly [K in DimNames<V>]?: number | readonly [number, number] | undefined }, options?: PadOpOptions): Dataset<any> {
    return this.#wrap(pad(this[PARTS], widths, options));
  }

  /** Sorted along dimensions. See {@link DataArray.sortby}. */
  sortby(by: SortKey | readonly SortKey[], options: { readonly ascending?: boolean | undefined } = {}): Dataset<V> {
    const keys = Array.isArray(by) ? (by as readonly SortKey[]) : [by as SortKey];
    return this.#wrap(
      sortby(
        this[PARTS],
        keys.map((key) => (typeof key === "string" ? key : (key[PARTS] as ArrayParts))),
        options,
      ),
    );
  }

  /** Repeated along the dimensions that `other` has and this has not. */
  broadcastLike(
    other: DataArray<any, any> | Dataset<any>,
    options: { readonly exclude?: readonly string[] | undefined } = {},
  ): Dataset<any> {
    return this.#wrap(broadcastLike(this[PARTS], other[PARTS], options) as DatasetParts);
  }

  /** New or other coordinates. */
  assignCoords(coords: CoordsInput): Dataset<V> {
    return this.#wrap(assignCoords(this[PARTS], buildCoords(coords)));
  }

  /** New or other attributes of the dataset, the rest kept. */
  assignAttrs(attrs: Attrs): Dataset<V> {
    return this.#wrap({ ...this[PARTS], attrs: { ...this.attrs, ...attrs } });
  }

  /** Without attributes, the dataset's own and (unless `deep: false`) its variables'. */
  dropAttrs(options: { readonly deep?: boolean | undefined } = {}): Dataset<V> {
    return this.#wrap(options.deep === false ? { ...this[PARTS], attrs: {} } : eachVariable({ ...this[PARTS], attrs: {} }, { attrs: {} }));
  }

  /** Without encoding, the dataset's own and its variables'. */
  dropEncoding(): Dataset<V> {
    return this.#wrap(eachVariable({ ...this[PARTS], encoding: {} }, { encoding: {} }));
  }

  /** Without these variables and coordinates. */
  dropVars<const K extends string>(names: OneOrMany<K>, options?: Erring): Dataset<{ readonly [N in Exclude<keyof V, K>]: V[N] }> {
    return this.#wrap(dropVars(this[PARTS], names as OneOrMany<string>, options));
  }

  /** Without these dimensions and every variable that has them. */
  dropDims(dims: OneOrMany<DimNames<V>>, options?: Erring): Dataset<any> {
    return this.#wrap(dropDims(this[PARTS], dims as OneOrMany<string>, options));
  }

  /** Data variables turned into coordinates. */
  setCoords(names: OneOrMany<string>): Dataset<any> {
    return this.#wrap(setCoords(this[PARTS], names));
  }

  /** Coordinates without an index (all, or these) turned into data variables, or dropped. */
  resetCoords(names?: OneOrMany<string>, options: { readonly drop?: boolean | undefined } = {}): Dataset<any> {
    return this.#wrap(resetCoords(this[PARTS], names, options));
  }

  /** With the variables of another dataset, or named array. See the free function `merge`. */
  merge(other: Dataset<any> | DataArray<any, any>, options?: MergeOptions): Dataset<any> {
    return this.#wrap(mergeParts([this[PARTS], other[PARTS]], { compat: "no_conflicts", join: "outer", ...options }));
  }

  /** One array of all data variables along a new first dimension (default `variable`). */
  toDataarray(options: { readonly dim?: string | undefined; readonly name?: string | undefined } = {}): DataArray<any, any> {
    return this[WRAP](datasetToArray(this[PARTS], options.dim, options.name));
  }

  /** The same as {@link toDataarray}: xarray's older name. */
  toArray(options: { readonly dim?: string | undefined; readonly name?: string | undefined } = {}): DataArray<any, any> {
    return this.toDataarray(options);
  }

  /** A function of each data variable; what it returns takes the variable's place. */
  map(fn: (array: V[keyof V], name: string) => unknown): Dataset<any> {
    const values = [...this.keys()].map((name) => [name, fn(this.get(name), name)]);
    return this.#wrap({ ...buildDataset(Object.fromEntries(values)), attrs: this.attrs, encoding: this.encoding });
  }

  /** A new object with the same variables. */
  copy(): Dataset<V> {
    return this.#wrap(this[PARTS]);
  }

  /** The variables whose attributes are as named: a value, or a predicate. */
  filterByAttrs(attrs: { readonly [name: string]: unknown }): Dataset<any> {
    const fits = (own: Attrs): boolean =>
      Object.entries(attrs).every(([name, want]) => (typeof want === "function" ? want(own[name]) : own[name] === want));
    return this.get([...this[PARTS].vars].filter(([, v]) => fits(v.attrs)).map(([name]) => name));
  }
}

function eachVariable(parts: DatasetParts, changes: { attrs?: Attrs; encoding?: Record<string, never> }): DatasetParts {
  const each = (map: DatasetParts["vars"]): DatasetParts["vars"] => new Map([...map].map(([name, v]) => [name, v.replace(changes)]));
  return { ...parts, vars: each(parts.vars), coords: each(parts.coords) };
}
