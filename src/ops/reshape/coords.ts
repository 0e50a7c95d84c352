/** Giving, taking and turning coordinates. */
import { CoordinateError, DimensionError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { MultiIndex } from "../../indexing/multi-index.ts";
import { unknownName } from "../../util/suggest.ts";
import type { Variable } from "../../variable/variable.ts";
import { defaultIndex } from "../create/coords.ts";
import { type CoordParts, type DatasetParts, sizesOf } from "../parts.ts";

/** New or replaced coordinates; their sizes must fit. */
export function assignCoords(parts: DatasetParts, given: CoordParts): DatasetParts {
  const indexes = new Map(
    [...parts.indexes].filter(([name, index]) => !index.names.some((own) => given.coords.has(own)) || given.indexes.get(name) === index),
  );
  const out: DatasetParts = {
    ...parts,
    vars: new Map([...parts.vars].filter(([name]) => !given.coords.has(name))),
    coords: new Map([...parts.coords, ...given.coords]),
    indexes: new Map([...indexes, ...given.indexes]),
  };
  sizesOf(out);
  return out;
}

/** Options of dropping: whether a name that is not there is an error. */
export interface DropOptions {
  readonly errors?: "raise" | "ignore" | undefined;
}

/** Without these variables and coordinates. */
export function dropVars(parts: DatasetParts, names: string | readonly string[], options: DropOptions = {}): DatasetParts {
  const gone = new Set(typeof names === "string" ? [names] : names);
  const known = [...parts.vars.keys(), ...parts.coords.keys()];
  // The coordinate of a stacked dimension is its levels.
  for (const index of parts.indexes.values())
    if (index instanceof MultiIndex && gone.has(index.dim)) for (const name of index.names) gone.add(name);
  if (options.errors !== "ignore") {
    for (const name of gone) if (!known.includes(name)) throw new CoordinateError(unknownName("variable", name, known), { name });
  }
  const keep = ([name]: readonly [string, unknown]): boolean => !gone.has(name);
  const coords = new Map([...parts.coords].filter(keep));
  // A multi-index that loses one of its coordinates no longer indexes the others.
  const indexes = new Map(
    [...parts.indexes].filter(([name, index]: [string, Index]) => keep([name, index]) && index.names.every((own) => coords.has(own))),
  );
  return { ...parts, vars: new Map([...parts.vars].filter(keep)), coords, indexes };
}

/** Without these dimensions and everything that has them. */
export function dropDims(parts: DatasetParts, dims: string | readonly string[], options: DropOptions = {}): DatasetParts {
  const gone = typeof dims === "string" ? [dims] : dims;
  const sizes = sizesOf(parts);
  if (options.errors !== "ignore") {
    for (const dim of gone) if (!sizes.has(dim)) throw new DimensionError(unknownName("dimension", dim, sizes.keys()), { dim });
  }
  const names = [...parts.vars, ...parts.coords].filter(([, v]) => v.dims.some((dim: string) => gone.includes(dim))).map(([name]) => name);
  return dropVars(parts, names, { errors: "ignore" });
}

/** Data variables turned into coordinates. */
export function setCoords(parts: DatasetParts, names: string | readonly string[]): DatasetParts {
  const turned = typeof names === "string" ? [names] : names;
  const known = [...parts.vars.keys(), ...parts.coords.keys()];
  for (const name of turned) if (!known.includes(name)) throw new CoordinateError(unknownName("variable", name, known), { name });
  const vars = new Map(parts.vars);
  const coords = new Map(parts.coords);
  const indexes = new Map(parts.indexes);
  for (const name of turned) {
    const v = vars.get(name);
    if (!v) continue;
    vars.delete(name);
    coords.set(name, v);
    const index = defaultIndex(name, v);
    if (index) indexes.set(name, index);
  }
  return { ...parts, vars, coords, indexes };
}

/** Options of {@link resetCoords}. */
export interface ResetCoordsOptions {
  /** Drop the coordinates instead of making them data variables. */
  readonly drop?: boolean | undefined;
}

/** Coordinates without an index (all, or these) turned into data variables. */
export function resetCoords(parts: DatasetParts, names?: string | readonly string[], options: ResetCoordsOptions = {}): DatasetParts {
  const turned =
    names === undefined ? [...parts.coords.keys()].filter((name) => !parts.indexes.has(name)) : typeof names === "string" ? [names] : names;
  const coords = new Map(parts.coords);
  const moved: [string, Variable][] = [];
  for (const name of turned) {
    const v = coords.get(name);
    if (!v) throw new CoordinateError(unknownName("coordinate", name, parts.coords.keys()), { name });
    if (parts.indexes.has(name))
      throw new CoordinateError(
        `coordinate ${JSON.stringify(name)} is an index and cannot become data: use resetIndex or dropIndexes first`,
        { name },
      );
    coords.delete(name);
    moved.push([name, v]);
  }
  return { ...parts, vars: options.drop ? parts.vars : new Map([...parts.vars, ...moved]), coords };
}
