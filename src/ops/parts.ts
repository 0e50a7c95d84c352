/**
 * Parts: what operations take and return. Plain data; operations never see the classes.
 *
 * An operation on structure (selecting, reshaping, aligning) is written once for {@link DatasetParts};
 * {@link viaDataset} lends it to arrays by way of a dataset of one variable.
 */

import { DimensionError } from "../errors.ts";
import type { Index } from "../indexing/contract.ts";
import type { Attrs, Encoding } from "../variable/attrs.ts";
import type { Variable } from "../variable/variable.ts";

/** Coordinates and their indexes. An index stands for every coordinate name that maps to it. */
export interface CoordParts {
  readonly coords: ReadonlyMap<string, Variable>;
  readonly indexes: ReadonlyMap<string, Index>;
}

/** What a DataArray is made of. */
export interface ArrayParts extends CoordParts {
  readonly variable: Variable;
  readonly name: string | undefined;
}

/** What a Dataset is made of. */
export interface DatasetParts extends CoordParts {
  /** Data variables only, in order. */
  readonly vars: ReadonlyMap<string, Variable>;
  readonly attrs: Attrs;
  readonly encoding: Encoding;
  /** Releases what opening holds; shared by everything made from the dataset. */
  readonly close?: (() => Promise<void>) | undefined;
}

/** The length of every dimension, in order of first appearance; throws DimensionError where two variables disagree. */
export function sizesOf(parts: Pick<DatasetParts, "vars" | "coords">): Map<string, number> {
  const sizes = new Map<string, number>();
  const owner = new Map<string, string>();
  for (const [name, variable] of [...parts.vars, ...parts.coords]) {
    variable.dims.forEach((dim: string, i: number) => {
      const n = variable.shape[i]!;
      const known = sizes.get(dim);
      if (known === undefined) {
        sizes.set(dim, n);
        owner.set(dim, name);
      } else if (known !== n) {
        throw new DimensionError(
          `dimension ${JSON.stringify(dim)} has size ${known} in ${JSON.stringify(owner.get(dim))} and ${n} in ${JSON.stringify(name)}`,
          { dim, sizes: [known, n] },
        );
      }
    });
  }
  return sizes;
}

/** The name under which an array's own variable stands in its temporary dataset: no user's name can be it. */
export const THIS_ARRAY = "\u0000this array";

/** An array as a dataset of one variable. */
export function toDatasetParts(array: ArrayParts): DatasetParts {
  return { vars: new Map([[THIS_ARRAY, array.variable]]), coords: array.coords, indexes: array.indexes, attrs: {}, encoding: {} };
}

/** The array back from its temporary dataset, under `name`. */
export function fromDatasetParts(dataset: DatasetParts, name: string | undefined): ArrayParts {
  return { variable: dataset.vars.get(THIS_ARRAY)!, coords: dataset.coords, indexes: dataset.indexes, name };
}

/** Apply an operation on datasets to one array. */
export function viaDataset(array: ArrayParts, op: (dataset: DatasetParts) => DatasetParts): ArrayParts {
  return fromDatasetParts(op(toDatasetParts(array)), array.name);
}

/** One data variable of a dataset as an array, with the coordinates whose dimensions it has. */
export function arrayOf(dataset: DatasetParts, name: string): ArrayParts {
  const variable = dataset.vars.get(name) ?? dataset.coords.get(name)!;
  return { variable, name, ...coordsOn(dataset, variable.dims) };
}

/** The coordinates that fit on `dims`, with their indexes. */
export function coordsOn(parts: CoordParts, dims: readonly string[]): CoordParts {
  const coords = new Map([...parts.coords].filter(([, v]) => v.dims.every((dim: string) => dims.includes(dim))));
  return { coords, indexes: new Map([...parts.indexes].filter(([name]) => coords.has(name))) };
}

/** The symbol under which the classes keep their parts; a symbol, so that proxies and clones see it and users' names never meet it. */
export const PARTS: unique symbol = Symbol.for("graticule.parts") as never;

/** An object of the classes: a DataArray or a Dataset. */
export interface HasParts<P extends ArrayParts | DatasetParts = ArrayParts | DatasetParts> {
  readonly [PARTS]: P;
}

/** Whether `x` is a DataArray or a Dataset. */
export function hasParts(x: unknown): x is HasParts {
  return typeof x === "object" && x !== null && PARTS in x;
}

/** Whether parts are a dataset's. */
export function isDatasetParts(parts: ArrayParts | DatasetParts): parts is DatasetParts {
  return "vars" in parts;
}
