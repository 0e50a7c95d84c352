/** Merging: the variables of several datasets in one. */
import { ArgumentError, MergeError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import type { JoinMode } from "../../options.ts";
import { checkOptions, type OptionKeys } from "../../util/options.ts";
import type { Variable } from "../../variable/variable.ts";
import { align } from "../align/index.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts, sizesOf } from "../parts.ts";
import type { FillValue } from "../selecting/index.ts";
import { type CombineAttrs, combineAttrs } from "./attrs.ts";
import { type Compat, uniqueVariable } from "./unique.ts";

/** Options of a merge. */
export interface MergeOptions {
  /** How labels are brought together (default `"exact"`). */
  readonly join?: JoinMode | undefined;
  /** When variables of one name are the same (default `"override"`: the first one stands). */
  readonly compat?: Compat | undefined;
  /** What fills the gaps of an outer join (default: missing), for all variables or by name. */
  readonly fillValue?: FillValue;
  /** How attributes are brought together (default `"override"`: the first one's). */
  readonly combineAttrs?: CombineAttrs | undefined;
}

const KNOWN: OptionKeys<MergeOptions> = { join: true, compat: true, fillValue: true, combineAttrs: true };

/**
 * One dataset with the variables and coordinates of all; arrays take part under their name.
 *
 * @throws MergeError where variables of one name conflict, or where a name is a coordinate in one and data in another; AlignmentError where labels differ under `"exact"`.
 */
export function mergeParts(inputs: readonly (ArrayParts | DatasetParts)[], options: MergeOptions = {}): DatasetParts {
  checkOptions("merge", options, KNOWN);
  const { join = "exact", compat = "override", fillValue } = options;
  const datasets = inputs.map(asDataset);
  const aligned = (datasets.length > 1 ? align(datasets, { join, fillValue }) : datasets) as DatasetParts[];
  const found = new Map<string, Variable[]>();
  const indexes = new Map<string, Index>();
  const coordNames = new Set<string>();
  const dataNames = new Set<string>();
  for (const { vars, coords, indexes: own } of aligned) {
    for (const [name, v] of [...vars, ...coords]) {
      const list = found.get(name);
      if (list) list.push(v);
      else found.set(name, [v]);
    }
    for (const name of coords.keys()) coordNames.add(name);
    for (const name of vars.keys()) dataNames.add(name);
    for (const [name, index] of own) {
      const known = indexes.get(name);
      if (known === undefined) indexes.set(name, index);
      else if (known !== index && join !== "override" && !known.equals(index)) {
        throw new MergeError(`conflicting indexes for coordinate ${JSON.stringify(name)}`, { name });
      }
    }
  }
  const both = [...coordNames].find((name) => dataNames.has(name));
  if (both !== undefined)
    throw new MergeError(
      `${JSON.stringify(both)} is a coordinate in one and a data variable in another: use setCoords or resetCoords first`,
      { name: both },
    );
  const vars = new Map<string, Variable>();
  const coords = new Map<string, Variable>();
  for (const [name, all] of found) {
    const index = indexes.get(name);
    const merged = index ? index.variables().get(name)! : uniqueVariable(name, all, compat);
    const attrs = combineAttrs(
      all.map((v) => v.attrs),
      options.combineAttrs,
    );
    if (merged) (coordNames.has(name) ? coords : vars).set(name, merged.replace({ attrs }));
  }
  const out: DatasetParts = {
    vars,
    coords,
    indexes,
    attrs: combineAttrs(
      datasets.map((d) => d.attrs),
      options.combineAttrs,
    ),
    encoding: datasets[0]?.encoding ?? {},
  };
  sizesOf(out);
  return out;
}

function asDataset(parts: ArrayParts | DatasetParts): DatasetParts {
  if (isDatasetParts(parts)) return parts;
  if (parts.name === undefined) throw new ArgumentError("an array without a name cannot be merged: give it one with rename(name)", {});
  const coords = new Map([...parts.coords].filter(([name]) => name !== parts.name));
  return { vars: new Map([[parts.name, parts.variable]]), coords, indexes: parts.indexes, attrs: {}, encoding: {} };
}
