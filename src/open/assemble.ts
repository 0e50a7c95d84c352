/** A dataset out of decoded variables: which are coordinates, and the indexes of those that label a dimension. */
import type { DecodedVariables } from "../coding/index.ts";
import type { Index } from "../indexing/contract.ts";
import { defaultIndex } from "../ops/create/index.ts";
import { type DatasetParts, sizesOf } from "../ops/parts.ts";
import type { Encoding, Variable } from "../variable/index.ts";

/** What a dataset has beside its variables. */
export interface Surroundings {
  readonly encoding: Encoding;
  readonly close?: (() => Promise<void>) | undefined;
  /** Coordinates by the will of others than the attributes. */
  readonly coordNames?: Iterable<string> | undefined;
}

/** The parts of a dataset. Throws DimensionError where variables disagree on the length of a dimension. */
export function assemble(
  { variables, attrs, coordNames }: DecodedVariables,
  { encoding, close, coordNames: others = [] }: Surroundings,
): DatasetParts {
  const names = new Set([...coordNames, ...others]);
  const vars = new Map<string, Variable>();
  const coords = new Map<string, Variable>();
  const indexes = new Map<string, Index>();
  for (const [name, variable] of variables) {
    if (!names.has(name) && !variable.dims.includes(name)) {
      vars.set(name, variable);
      continue;
    }
    coords.set(name, variable);
    const index = defaultIndex(name, variable);
    if (index) indexes.set(name, index);
  }
  const parts: DatasetParts = { vars, coords, indexes, attrs, encoding, ...(close ? { close } : {}) };
  sizesOf(parts);
  return parts;
}
