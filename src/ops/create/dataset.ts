/** A new dataset from variables and coordinates. */

import { checkOptions, type OptionKeys } from "../../util/options.ts";
import type { Attrs, Encoding } from "../../variable/attrs.ts";
import type { Variable } from "../../variable/variable.ts";
import { align } from "../align/index.ts";
import { mergeParts } from "../combine/index.ts";
import { type ArrayParts, type DatasetParts, sizesOf } from "../parts.ts";
import { buildCoords, type CoordsInput, defaultIndex, isDimensionCoord } from "./coords.ts";
import { arrayParts, asVariable, type VariableInput } from "./variable.ts";

export type { VariableInput } from "./variable.ts";

/** What a Dataset is made with beside its variables. */
export interface DatasetOptions {
  readonly coords?: CoordsInput | undefined;
  readonly attrs?: Attrs | undefined;
  readonly encoding?: Encoding | undefined;
}

const KNOWN: OptionKeys<DatasetOptions> = { coords: true, attrs: true, encoding: true };

/**
 * The parts of a new dataset. Arrays bring their coordinates, aligned by an outer join as in xarray;
 * a 1-D variable named as its dimension becomes a coordinate.
 */
export function buildDataset(input: { readonly [name: string]: VariableInput }, options: DatasetOptions = {}): DatasetParts {
  checkOptions("Dataset", options, KNOWN);
  const { attrs = {}, encoding = {} } = options;
  const given = options.coords ? buildCoords(options.coords) : { coords: new Map(), indexes: new Map() };
  const plain = new Map<string, Variable>();
  const arrays: DatasetParts[] = [];
  const coords = new Map(given.coords);
  const indexes = new Map(given.indexes);
  for (const [name, value] of Object.entries(input)) {
    const parts = arrayParts(value);
    const variable = parts?.variable ?? asVariable(name, value);
    if (isDimensionCoord(name, variable)) {
      coords.set(name, variable);
      const index = parts?.indexes.get(name) ?? defaultIndex(name, variable);
      if (index) indexes.set(name, index);
    } else if (parts) arrays.push(oneVariable(name, parts));
    else plain.set(name, variable);
  }
  const own: DatasetParts = { vars: plain, coords, indexes, attrs, encoding };
  sizesOf(own);
  if (arrays.length === 0) return own;
  const merged = mergeParts([own, ...arrays], { join: "outer", compat: "broadcast_equals" });
  // Variables come in the order in which they were written.
  const vars = new Map(Object.keys(input).flatMap((name) => (merged.vars.has(name) ? [[name, merged.vars.get(name)!] as const] : [])));
  return { ...merged, vars, attrs, encoding };
}

function oneVariable(name: string, { variable, coords, indexes }: ArrayParts): DatasetParts {
  const others = new Map([...coords].filter(([key]) => key !== name));
  return { vars: new Map([[name, variable]]), coords: others, indexes, attrs: {}, encoding: {} };
}

/** New or other data variables; arrays are aligned to the dataset's labels, as xarray's `assign` does. */
export function assignVariables(parts: DatasetParts, input: { readonly [name: string]: VariableInput }): DatasetParts {
  const added = buildDataset(input);
  const kept: DatasetParts = { ...parts, vars: new Map([...parts.vars].filter(([name]) => !(name in input))) };
  const coords = new Map([...kept.coords].filter(([name]) => !added.vars.has(name)));
  const base = { ...kept, coords, indexes: new Map([...kept.indexes].filter(([name]) => coords.has(name))) };
  const [own, other] = align([base, added], { join: "left", exclude: newDims(base, added) }) as [DatasetParts, DatasetParts];
  const replaced = new Map([...other.coords].filter(([name]) => !own.coords.has(name) || name in input));
  const vars = new Map([...parts.vars].map(([name, v]) => [name, other.vars.get(name) ?? v] as const));
  const out: DatasetParts = {
    ...own,
    vars: new Map([...vars, ...[...other.vars].filter(([name]) => !vars.has(name))]),
    coords: new Map([...own.coords, ...replaced]),
    indexes: new Map([...own.indexes, ...[...other.indexes].filter(([name]) => replaced.has(name))]),
  };
  sizesOf(out);
  return out;
}

function newDims(base: DatasetParts, added: DatasetParts): string[] {
  const known = sizesOf(base);
  return [...sizesOf(added).keys()].filter((dim) => !known.has(dim));
}
