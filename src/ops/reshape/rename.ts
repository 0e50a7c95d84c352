/** Renaming variables, coordinates and dimensions, and swapping which coordinate labels a dimension. */
import { CoordinateError, DimensionError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { LabelIndex } from "../../indexing/label-index.ts";
import { unknownName } from "../../util/suggest.ts";
import { renameVariableDims } from "../../variable/reshape.ts";
import type { Variable } from "../../variable/variable.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";

/** New names by old ones. */
export type Names = Readonly<Record<string, string | undefined>>;

/** Which of a dataset's names {@link rename} looks at. */
export type RenameWhat = "all" | "vars" | "dims";

/**
 * Rename variables, coordinates and dimensions together (`"all"`), or only one of them.
 *
 * @throws CoordinateError for a name that is not there, or one that would be given twice.
 */
export function rename(parts: DatasetParts, names: Names, what: RenameWhat = "all"): DatasetParts {
  const wanted = new Map(Object.entries(names).filter((entry): entry is [string, string] => entry[1] !== undefined));
  const dims = [...sizesOf(parts).keys()];
  const variables = [...parts.vars.keys(), ...parts.coords.keys()];
  for (const name of wanted.keys()) {
    const known = what === "dims" ? dims : what === "vars" ? variables : [...variables, ...dims];
    if (!known.includes(name))
      throw new CoordinateError(unknownName(what === "dims" ? "dimension" : "variable or dimension", name, new Set(known)), { name });
  }
  const varNames = what === "dims" ? new Map<string, string>() : wanted;
  const dimNames = what === "vars" ? new Map<string, string>() : new Map([...wanted].filter(([name]) => dims.includes(name)));
  refuseClashes(variables, varNames);
  if (dimNames.size > 0) refuseClashes(dims, dimNames);
  const named = (map: ReadonlyMap<string, Variable>): Map<string, Variable> =>
    new Map([...map].map(([name, v]) => [varNames.get(name) ?? name, renameVariableDims(v, dimNames)]));
  const coords = named(parts.coords);
  const indexes = renamedIndexes(parts.indexes, varNames, dimNames);
  return { ...parts, vars: named(parts.vars), coords, indexes };
}

function renamedIndexes(
  all: ReadonlyMap<string, Index>,
  vars: ReadonlyMap<string, string>,
  dims: ReadonlyMap<string, string>,
): Map<string, Index> {
  const renamed = new Map<Index, Index>();
  return new Map(
    [...all].map(([name, index]) => {
      if (!renamed.has(index)) renamed.set(index, index.rename(vars, dims));
      return [vars.get(name) ?? name, renamed.get(index)!];
    }),
  );
}

function refuseClashes(known: readonly string[], names: ReadonlyMap<string, string>): void {
  const seen = new Set<string>();
  for (const name of known) {
    const now = names.get(name) ?? name;
    if (seen.has(now))
      throw new CoordinateError(
        `cannot rename ${JSON.stringify([...names].find(([, to]) => to === now)?.[0] ?? name)} to ${JSON.stringify(now)}: that name is taken`,
        { name: now },
      );
    seen.add(now);
  }
}

/**
 * Give dimensions the names of coordinates along them (or new names); the new ones' labels become the index.
 *
 * @throws DimensionError for an unknown dimension; CoordinateError where the coordinate does not run along it alone.
 */
export function swapDims(parts: DatasetParts, names: Names): DatasetParts {
  const sizes = sizesOf(parts);
  const swaps = new Map(Object.entries(names).filter((entry): entry is [string, string] => entry[1] !== undefined));
  for (const [from, to] of swaps) {
    if (!sizes.has(from)) throw new DimensionError(unknownName("dimension", from, sizes.keys()), { dim: from });
    const v = parts.coords.get(to) ?? parts.vars.get(to);
    if (v && !(v.ndim === 1 && v.dims[0] === from)) {
      throw new CoordinateError(
        `${JSON.stringify(to)} has dimensions (${v.dims.join(", ")}): only one along ${JSON.stringify(from)} alone can replace it`,
        { name: to },
      );
    }
  }
  const targets = new Set(swaps.values());
  const vars = new Map<string, Variable>();
  const coords = new Map<string, Variable>();
  const indexes = new Map<string, Index>();
  for (const [name, v] of [...parts.vars, ...parts.coords]) {
    const moved = renameVariableDims(v, swaps);
    const isCoord = parts.coords.has(name) || targets.has(name);
    (isCoord ? coords : vars).set(name, moved);
    const index = parts.indexes.get(name)?.rename(new Map(), swaps);
    if (targets.has(name) && (index === undefined || index.names.length === 1)) {
      indexes.set(name, LabelIndex.of(name, moved));
    } else if (index && !swaps.has(name)) indexes.set(name, index);
  }
  return { ...parts, vars, coords, indexes };
}
