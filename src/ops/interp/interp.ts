/** Interpolation of datasets onto other coordinates. */
import { checkInterpolation } from "../../array/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { DTypeError } from "../../errors.ts";
import { distinctIndexes, LabelIndex, type PositionIndexer } from "../../indexing/index.ts";
import { broadcastVariables, iselVariable, squeezeVariable, type Variable } from "../../variable/index.ts";
import { type ArrayParts, type DatasetParts, viaDataset } from "../parts.ts";
import { attach, reindex } from "../selecting/index.ts";
import { nearestLabels } from "./positions.ts";
import { type Target, targetFor } from "./targets.ts";
import { type InterpMethod, interpVariable } from "./variable.ts";

/** Options of `interp`. */
export interface InterpOptions extends Omit<InterpMethod, "method"> {
  /** How (default `"linear"`). `linear`, `nearest`, `slinear` and `zero` read neighbours only; the others whole lines. */
  readonly method?: InterpMethod["method"] | undefined;
  /** Take the coordinates to be sorted, without looking. */
  readonly assumeSorted?: boolean | undefined;
}

/**
 * `parts` at other values of its coordinates: numbers or times by dimension, plain (along the same
 * dimension) or arrays with dimensions of their own, which are points.
 *
 * Variables that are no numbers take the nearest label's value, or are left out where that has no
 * meaning. Beyond the ends values are missing, unless `fillValue` says otherwise.
 *
 * @throws DimensionError for unknown dimensions; NotLoadedError where a coordinate is lazy.
 * @example
 * ```ts
 * interp(parts, { lat: [47.5, 47.75], time: "2000-02-01T12:00" }, { method: "linear" });
 * ```
 */
export function interp(parts: DatasetParts, coords: Readonly<Record<string, unknown>>, options: InterpOptions = {}): DatasetParts {
  const how: InterpMethod = { method: options.method ?? "linear", order: options.order, fillValue: options.fillValue };
  checkInterpolation(how);
  const targets = Object.entries(coords)
    .filter(([, given]) => given !== undefined)
    .map(([dim, given]) => targetFor(parts, dim, given, options.assumeSorted));
  const dims = new Set(targets.map((target) => target.dim));
  const each = (variables: ReadonlyMap<string, Variable>): Map<string, Variable> => {
    const out = new Map<string, Variable>();
    for (const [name, v] of variables) {
      const moved = dims.has(name) ? undefined : at(v, targets, how);
      if (moved) out.set(name, moved);
    }
    return out;
  };
  const kept = new Map(
    distinctIndexes(parts.indexes)
      .filter((index) => !index.dims.some((dim) => dims.has(dim)))
      .flatMap((index) => index.names.map((name) => [name, index] as const)),
  );
  const ownCoords = each(parts.coords);
  const indexes = new Map([...kept].filter(([name]) => ownCoords.has(name)));
  for (const { dim, places } of targets) {
    ownCoords.set(dim, places);
    if (places.ndim === 1 && places.dims[0] === dim) indexes.set(dim, LabelIndex.of(dim, places));
  }
  const result = { ...parts, vars: each(parts.vars), coords: inOrder(parts, ownCoords), indexes };
  const carried = targets.flatMap((target) => (target.carried ? [without(target.carried, dims)] : []));
  return carried.length === 0 ? result : attach(result, carried);
}

/** Coordinates in the order they had, new ones last. */
function inOrder({ coords }: DatasetParts, found: Map<string, Variable>): Map<string, Variable> {
  const names = [...coords.keys()].filter((name) => found.has(name));
  return new Map([...names, ...[...found.keys()].filter((name) => !coords.has(name))].map((name) => [name, found.get(name)!]));
}

function without(
  { coords, indexes }: Pick<DatasetParts, "coords" | "indexes">,
  names: ReadonlySet<string>,
): Pick<DatasetParts, "coords" | "indexes"> {
  const keep = ([name]: readonly [string, unknown]): boolean => !names.has(name);
  return { coords: new Map([...coords].filter(keep)), indexes: new Map([...indexes].filter(keep)) };
}

function at(v: Variable, targets: readonly Target[], how: InterpMethod): Variable | undefined {
  const own = targets.filter((target) => v.dims.includes(target.dim));
  if (own.length === 0) return v;
  if ("iufcMm".includes(kindOf(v.dtype))) return interpVariable(v, own, how);
  if (own.every((target) => v.sizes[target.dim] === 1)) return spread(v, own);
  if (own.some(({ dim, places }) => places.ndim !== 1 || places.dims[0] !== dim)) return undefined;
  return iselVariable(
    v,
    new Map(own.map((target): [string, PositionIndexer] => [target.dim, { kind: "take", positions: nearestLabels(target) }])),
  );
}

/** A single label's value at every place. */
function spread(v: Variable, own: readonly Target[]): Variable {
  return broadcastVariables(
    squeezeVariable(
      v,
      own.map((target) => target.dim),
    ),
    ...own.map((target) => target.places),
  )[0]!;
}

/** {@link interp} for one array, which must hold numbers. */
export function interpArray(array: ArrayParts, coords: Readonly<Record<string, unknown>>, options?: InterpOptions): ArrayParts {
  const { dtype } = array.variable;
  if (!"iufc".includes(kindOf(dtype))) throw new DTypeError(`only numbers can be interpolated, not ${dtype}`, { dtype });
  return viaDataset(array, (ds) => interp(ds, coords, options));
}

/** `parts` at the coordinates of `other`; along those that are no numbers or times labels are looked up instead. */
export function interpLike(parts: DatasetParts, other: DatasetParts | ArrayParts, options?: InterpOptions): DatasetParts {
  const coords: Record<string, Variable> = {};
  const labels: Record<string, Variable> = {};
  for (const [name, index] of other.indexes) {
    if (!(index instanceof LabelIndex) || index.dims[0] !== name || !hasDim(parts, name)) continue;
    const v = other.coords.get(name)!;
    ("iufcMm".includes(kindOf(v.dtype)) ? coords : labels)[name] = v;
  }
  return interp(Object.keys(labels).length > 0 ? reindex(parts, labels) : parts, coords, options);
}

function hasDim(parts: DatasetParts, dim: string): boolean {
  return [...parts.vars.values(), ...parts.coords.values()].some((v) => v.dims.includes(dim));
}
