/** Giving coordinates indexes, taking them away, and reordering levels. */
import { NDArray } from "../../array/ndarray.ts";
import { CoordinateError, DimensionError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { LabelIndex, MultiIndex } from "../../indexing/index.ts";
import { unknownName } from "../../util/suggest.ts";
import type { Variable } from "../../variable/index.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";

/** Coordinates and indexes while they are being changed. */
interface Draft {
  readonly vars: Map<string, Variable>;
  readonly coords: Map<string, Variable>;
  readonly indexes: Map<string, Index>;
}

const draftOf = (parts: DatasetParts): Draft => ({
  vars: new Map(parts.vars),
  coords: new Map(parts.coords),
  indexes: new Map(parts.indexes),
});

const namesOf = (names: string | readonly string[]): readonly string[] => (typeof names === "string" ? [names] : names);

/** Put an index and its coordinates in place, keeping the attributes of coordinates that had the names before. */
function install(draft: Draft, index: Index): void {
  for (const [name, variable] of index.variables()) {
    draft.vars.delete(name);
    draft.coords.set(name, variable);
    draft.indexes.set(name, index);
  }
}

/** Take away the index behind `name`, with all names that it stands for; gives those names. */
function uninstall(draft: Draft, name: string): readonly string[] {
  const index = draft.indexes.get(name);
  if (index === undefined) return [];
  for (const other of index.names) draft.indexes.delete(other);
  return index.names;
}

function indexedOrThrow(parts: DatasetParts, name: string): Index {
  const index = parts.indexes.get(name);
  if (index === undefined)
    throw new CoordinateError(
      parts.coords.has(name)
        ? `coordinate ${JSON.stringify(name)} has no index`
        : unknownName("indexed coordinate", name, parts.indexes.keys()),
      { name },
    );
  return index;
}

/** Options of {@link setIndex}. */
export interface SetIndexOptions {
  /** Add levels to the index that is there, instead of replacing it. */
  readonly append?: boolean | undefined;
}

/**
 * Make coordinates or variables the index of a dimension: one under the dimension's name, several as
 * a multi-index.
 *
 * @throws CoordinateError for unknown names, DimensionError unless they lie along the dimension.
 */
export function setIndex(
  parts: DatasetParts,
  indexes: Readonly<Record<string, string | readonly string[]>>,
  options: SetIndexOptions = {},
): DatasetParts {
  const draft = draftOf(parts);
  for (const [dim, given] of Object.entries(indexes)) {
    const names = namesOf(given);
    const variables = new Map(names.map((name) => [name, variableNamed(parts, name)]));
    for (const [name, variable] of variables) checkAlong(name, variable, dim);
    const before = parts.indexes.get(dim);
    const dropped = [...uninstall(draft, dim), ...names.flatMap((name) => uninstall(draft, name))];
    for (const name of names) {
      draft.vars.delete(name);
      draft.coords.delete(name);
    }
    if (names.length === 1 && !(options.append && before)) {
      for (const name of dropped)
        if (name !== dim && before?.kind === "multi" && !names.includes(name)) draft.coords.set(name, parts.coords.get(name)!);
      install(draft, LabelIndex.of(dim, variables.get(names[0]!)!));
    } else {
      install(draft, MultiIndex.of(dim, new Map([...(options.append ? levelsBefore(before, dim) : []), ...variables])));
    }
  }
  return { ...parts, ...draft };
}

function variableNamed(parts: DatasetParts, name: string): Variable {
  const variable = parts.coords.get(name) ?? parts.vars.get(name);
  if (variable === undefined)
    throw new CoordinateError(unknownName("variable", name, [...parts.coords.keys(), ...parts.vars.keys()]), { name });
  return variable;
}

function checkAlong(name: string, variable: Variable, dim: string): void {
  if (variable.ndim !== 1 || variable.dims[0] !== dim) {
    throw new DimensionError(
      `${JSON.stringify(name)} has dimensions (${variable.dims.join(", ")}); an index of ${JSON.stringify(dim)} needs exactly that one`,
      { name, dim, dims: variable.dims },
    );
  }
}

/** The coordinates of an index as levels; a single coordinate becomes `<dim>_level_0`. */
function levelsBefore(index: Index | undefined, dim: string): [string, Variable][] {
  if (index === undefined) return [];
  const variables = [...index.variables()];
  return index.kind === "multi"
    ? variables.filter(([name]) => name !== dim)
    : variables.map(([, variable]) => [`${dim}_level_0`, variable]);
}

/** Options of {@link resetIndex}. */
export interface ResetIndexOptions {
  /** Drop the coordinates too. */
  readonly drop?: boolean | undefined;
}

/**
 * Take indexes away, by coordinate or by level; coordinates stay as plain ones.
 *
 * A multi-index loses the levels named; when one level is left it becomes the dimension's coordinate.
 */
export function resetIndex(parts: DatasetParts, names: string | readonly string[], options: ResetIndexOptions = {}): DatasetParts {
  const draft = draftOf(parts);
  const asked = namesOf(names);
  for (const index of new Set(asked.map((name) => indexedOrThrow(parts, name)))) {
    uninstall(draft, index.names[0]!);
    const dim = index.dims[0]!;
    const kept = index instanceof MultiIndex && !asked.includes(dim) ? index.levelNames.filter((name) => !asked.includes(name)) : [];
    if (index instanceof MultiIndex) draft.coords.delete(dim);
    const gone = index.names.filter((name) => !kept.includes(name) && !(index instanceof MultiIndex && name === dim));
    if (options.drop) for (const name of gone) draft.coords.delete(name);
    if (kept.length === 0) continue;
    const rest = (index as MultiIndex).keep(kept);
    if (rest instanceof LabelIndex) draft.coords.delete(rest.name);
    install(draft, rest instanceof LabelIndex ? rest.rename(new Map([[rest.name, dim]]), new Map()) : rest);
  }
  return { ...parts, ...draft };
}

/**
 * Give coordinates an index under their own names: one name a label index, several a multi-index.
 *
 * @throws CoordinateError for names that are no coordinates or have an index already.
 */
export function setXindex(parts: DatasetParts, names: string | readonly string[]): DatasetParts {
  const draft = draftOf(parts);
  const variables = new Map<string, Variable>();
  for (const name of namesOf(names)) {
    const variable = parts.coords.get(name);
    if (variable === undefined)
      throw new CoordinateError(
        parts.vars.has(name)
          ? `${JSON.stringify(name)} is a data variable; make it a coordinate with setCoords first`
          : unknownName("coordinate", name, parts.coords.keys()),
        { name },
      );
    if (parts.indexes.has(name))
      throw new CoordinateError(`coordinate ${JSON.stringify(name)} has an index already; take it away with dropIndexes first`, { name });
    variables.set(name, variable);
  }
  const [first] = variables;
  if (first === undefined) throw new CoordinateError("an index needs at least one coordinate", {});
  install(draft, variables.size === 1 ? LabelIndex.of(...first) : MultiIndex.of(String(first[1].dims[0]), variables));
  return { ...parts, ...draft };
}

/** Options of {@link dropIndexes}. */
export interface DropIndexesOptions {
  /** What to do about coordinates without index (default `"raise"`). */
  readonly errors?: "raise" | "ignore" | undefined;
}

/** The same coordinates without their indexes; all coordinates of a multi-index must be named together. */
export function dropIndexes(parts: DatasetParts, names: string | readonly string[], options: DropIndexesOptions = {}): DatasetParts {
  const draft = draftOf(parts);
  const asked = namesOf(names);
  for (const name of asked) {
    if (options.errors === "ignore" && !parts.indexes.has(name)) continue;
    const index = indexedOrThrow(parts, name);
    const left = index.names.filter((other) => !asked.includes(other));
    if (left.length > 0)
      throw new CoordinateError(
        `the index of ${JSON.stringify(name)} also stands for ${left.map((other) => JSON.stringify(other)).join(", ")}: name all of them, or use resetIndex`,
        { name, left },
      );
    draft.indexes.delete(name);
  }
  return { ...parts, ...draft };
}

/** The levels of multi-indexes in other orders, by dimension. */
export function reorderLevels(parts: DatasetParts, orders: Readonly<Record<string, readonly string[]>>): DatasetParts {
  const draft = draftOf(parts);
  for (const [dim, order] of Object.entries(orders)) {
    const index = indexedOrThrow(parts, dim);
    if (!(index instanceof MultiIndex)) throw new CoordinateError(`coordinate ${JSON.stringify(dim)} has no multi-index`, { dim });
    if (order.length !== index.levels.length || new Set(order).size !== order.length) {
      throw new CoordinateError(`(${order.join(", ")}) is not an order of the levels (${index.levelNames.join(", ")})`, { dim });
    }
    install(draft, index.keep(order));
  }
  return { ...parts, ...draft };
}

/** The index of a dimension; one of positions where it has none. */
export function getIndex(parts: DatasetParts, dim: string): Index {
  const index = parts.indexes.get(dim);
  if (index) return index;
  const size = sizesOf(parts).get(dim);
  if (size === undefined) throw new DimensionError(unknownName("dimension", dim, sizesOf(parts).keys()), { dim });
  return new LabelIndex(
    dim,
    dim,
    new NDArray(
      Float64Array.from({ length: size }, (_, i) => i),
      [size],
      "int64",
    ),
  );
}
