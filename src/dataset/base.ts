/**
 * What every Dataset has: its variables, coordinates and attributes, seen from outside.
 *
 * The theme classes of this folder form a chain like DataArray's; the leaf is in `model.ts`.
 */

import { WRAP, WRAP_DATASET } from "../dataarray/base.ts";
import { Coordinates } from "../dataarray/coordinates.ts";
import { TRAITS } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { CoordinateError } from "../errors.ts";
import { datasetHtml, datasetInfo, datasetRepr, elementOf, JUPYTER_DISPLAY, type MimeBundle } from "../formatting/index.ts";
import type { Index } from "../indexing/contract.ts";
import type { DataArray, Dataset } from "../model.ts";
import { type ArrayParts, arrayOf, coordsOn, type DatasetParts, PARTS, sizesOf } from "../ops/parts.ts";
import { unknownName } from "../util/suggest.ts";
import type { Attrs, Encoding } from "../variable/attrs.ts";
import type { Variable } from "../variable/variable.ts";
import type { DimNames, Vars } from "./types.ts";

/** What Dataset is built on. `V` is the record of its data variables' types. */
export abstract class DatasetBase<V extends Vars> {
  readonly [PARTS]: DatasetParts;

  constructor(parts: DatasetParts) {
    this[PARTS] = parts;
  }

  abstract [WRAP](parts: ArrayParts): DataArray<any, any>;
  abstract [WRAP_DATASET](parts: DatasetParts): Dataset<any>;

  /** The names of all dimensions, in order of first appearance. */
  get dims(): readonly DimNames<V>[] {
    return [...sizesOf(this[PARTS]).keys()] as DimNames<V>[];
  }

  /** The length of every dimension. */
  get sizes(): { readonly [K in DimNames<V>]: number } {
    return Object.fromEntries(sizesOf(this[PARTS])) as { [K in DimNames<V>]: number };
  }

  /** The data variables as DataArrays, by name. */
  get dataVars(): { readonly [K in keyof V]: V[K] } {
    return Object.fromEntries([...this[PARTS].vars.keys()].map((name) => [name, this.get(name as keyof V & string)])) as {
      [K in keyof V]: V[K];
    };
  }

  /** The coordinates, as a read-only map from name to DataArray. */
  get coords(): Coordinates {
    return new Coordinates(
      this[PARTS],
      (name) => this.get(name as keyof V & string),
      (parts) => this[WRAP_DATASET](parts),
    );
  }

  /** All variables, data first, without their coordinates. */
  get variables(): ReadonlyMap<string, Variable> {
    return new Map([...this[PARTS].vars, ...this[PARTS].coords]);
  }

  get attrs(): Attrs {
    return this[PARTS].attrs;
  }

  get encoding(): Encoding {
    return this[PARTS].encoding;
  }

  get indexes(): ReadonlyMap<string, Index> {
    return this[PARTS].indexes;
  }

  get xindexes(): ReadonlyMap<string, Index> {
    return this[PARTS].indexes;
  }

  get dtypes(): { readonly [K in keyof V]: DType } {
    return Object.fromEntries([...this[PARTS].vars].map(([name, v]) => [name, v.dtype])) as { [K in keyof V]: DType };
  }

  /** Bytes of all variables as NumPy counts them. */
  get nbytes(): number {
    let n = 0;
    for (const v of this.variables.values()) n += v.size * TRAITS[v.dtype].itemsize;
    return n;
  }

  /** The sizes of the chunks by dimension; empty where nothing is lazy. */
  get chunksizes(): { readonly [dim: string]: readonly number[] } {
    const out = new Map<string, readonly number[]>();
    for (const v of this.variables.values()) {
      if ("port" in v.array)
        for (const [i, dim] of v.dims.entries()) if (!out.has(dim as string)) out.set(dim as string, v.array.chunks[i]!);
    }
    return Object.fromEntries(out);
  }

  /** Whether any variable is still to be read or computed. */
  get isLazy(): boolean {
    return [...this.variables.values()].some((v) => "port" in v.array && v.array.resident === undefined);
  }

  /**
   * One variable or dimension coordinate as a DataArray, or a dataset of several variables. Other coordinates of a
   * dataset with typed variables are in `coords`.
   *
   * @throws CoordinateError with a suggestion where a name is unknown.
   *
   * @example
   * ```ts
   * ds.get("air").mean("time");
   * ds.get(["u", "v"]);
   * ```
   */
  get<const K extends keyof V & string>(name: K): V[K];
  get<const K extends DimNames<V>>(name: K): DataArray<K, any>;
  get<const K extends keyof V & string>(names: readonly K[]): Dataset<Pick<V, K>>;
  get(name: string | readonly string[]): unknown {
    const parts = this[PARTS];
    if (Array.isArray(name)) return this[WRAP_DATASET](pickVariables(parts, name));
    if (typeof name !== "string") throw unknownVariable(parts, String(name));
    if (!parts.vars.has(name) && !parts.coords.has(name)) throw unknownVariable(parts, name);
    return this[WRAP](arrayOf(parts, name));
  }

  /** Whether a variable or coordinate of that name is there. */
  has(name: string): boolean {
    return this[PARTS].vars.has(name) || this[PARTS].coords.has(name);
  }

  /** The names of the data variables. */
  keys(): IterableIterator<keyof V & string> {
    return this[PARTS].vars.keys() as IterableIterator<keyof V & string>;
  }

  *values(): Generator<V[keyof V]> {
    for (const name of this.keys()) yield this.get(name);
  }

  *items(): Generator<readonly [keyof V & string, V[keyof V]]> {
    for (const name of this.keys()) yield [name, this.get(name)];
  }

  [Symbol.iterator](): IterableIterator<keyof V & string> {
    return this.keys();
  }

  /** The text repr, as xarray prints it; lazy data is described, not read. */
  toString(): string {
    return datasetRepr(this[PARTS]);
  }

  /** What Node's `console.log` shows. */
  [Symbol.for("nodejs.util.inspect.custom")](): string {
    return this.toString();
  }

  /** What `ncdump -h` shows: dimensions, variables and attributes as text, no values. */
  info(): string {
    return datasetInfo(this[PARTS]);
  }

  /** The HTML repr: one self-contained element without scripts; lazy data is described, not read. */
  toHtml(): string {
    return datasetHtml(this[PARTS]);
  }

  /** The HTML repr as an element of the page, for Observable and the like. */
  toElement(): Element {
    return elementOf(this.toHtml());
  }

  /** What Jupyter shows. */
  [JUPYTER_DISPLAY](): MimeBundle {
    return { "text/plain": this.toString(), "text/html": this.toHtml() };
  }

  /** `fn(this, ...args)`: for chains of one's own functions. */
  pipe<R, A extends readonly unknown[]>(fn: (self: this, ...args: A) => R, ...args: A): R {
    return fn(this, ...args);
  }
}

/** The error for a variable that is not there. */
function unknownVariable(parts: DatasetParts, name: string): CoordinateError {
  return new CoordinateError(unknownName("variable", name, [...parts.vars.keys(), ...parts.coords.keys()]), { name });
}

function pickVariables(parts: DatasetParts, names: readonly string[]): DatasetParts {
  const dims = new Set<string>();
  for (const name of names) {
    const v = parts.vars.get(name) ?? parts.coords.get(name);
    if (!v) throw unknownVariable(parts, name);
    for (const dim of v.dims) dims.add(dim as string);
  }
  return { ...parts, vars: new Map([...parts.vars].filter(([name]) => names.includes(name))), ...coordsOn(parts, [...dims]) };
}
