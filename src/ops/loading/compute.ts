/** Values for lazy variables: several objects in one pass over their sources. */
import { type AnyArray, inMemory, type LazyArray } from "../../array/lazy.ts";
import type { NDArray } from "../../array/ndarray.ts";
import type { ComputeOptions } from "../../compute/index.ts";
import type { Index } from "../../indexing/contract.ts";
import type { Variable } from "../../variable/variable.ts";
import { defaultIndex } from "../create/coords.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, isDatasetParts } from "../parts.ts";

type Parts = ArrayParts | DatasetParts;

/** Every array behind an object. */
function arraysOf(parts: Parts): AnyArray[] {
  const own = isDatasetParts(parts) ? [...parts.vars.values()] : [parts.variable];
  return [...own, ...parts.coords.values()].map((v) => v.array);
}

function lazyOf(all: readonly Parts[]): LazyArray[] {
  const lazy = all.flatMap(arraysOf).filter((array): array is LazyArray => "port" in array && inMemory(array) === undefined);
  return [...new Set(lazy)];
}

async function run(all: readonly Parts[], options: ComputeOptions): Promise<ReadonlyMap<AnyArray, NDArray>> {
  const lazy = lazyOf(all);
  if (lazy.length === 0) return new Map();
  // The planner stays out of the first bundle: it loads when something is computed.
  const { compute } = await import("../../compute/index.ts");
  const values = await compute(lazy, options);
  return new Map(lazy.map((array, i) => [array, values[i]!]));
}

/** Copies of the objects with all values in memory, computed in one pass. */
export async function computeParts<P extends readonly Parts[]>(all: P, options: ComputeOptions = {}): Promise<P> {
  const values = await run(all, options);
  return all.map((parts) => withValues(parts, values)) as unknown as P;
}

/** Fill the cells of the objects' lazy arrays, so that everybody who shares them sees the values. */
export async function loadParts<P extends Parts>(parts: P, options: ComputeOptions = {}): Promise<P> {
  for (const [array, values] of await run([parts], options)) (array as LazyArray).resident = values;
  return withIndexes(parts);
}

/** Drop loaded values again; what has no lazy origin stays. */
export function unloadParts(parts: Parts): void {
  for (const array of arraysOf(parts)) if ("port" in array) array.resident = undefined;
}

function withValues<P extends Parts>(parts: P, values: ReadonlyMap<AnyArray, NDArray>): P {
  const one = (v: Variable): Variable => {
    const array = values.get(v.array) ?? inMemory(v.array) ?? v.array;
    return array === v.array ? v : v.replace({ array });
  };
  const each = (map: ReadonlyMap<string, Variable>): ReadonlyMap<string, Variable> => new Map([...map].map(([name, v]) => [name, one(v)]));
  const coords = each(parts.coords);
  const own = isDatasetParts(parts) ? { vars: each(parts.vars) } : { variable: one((parts as ArrayParts).variable) };
  return withIndexes({ ...parts, ...own, coords });
}

/** Coordinates that have come into memory label their dimensions from now on. */
function withIndexes<P extends CoordParts>(parts: P): P {
  const indexes = new Map<string, Index>(parts.indexes);
  for (const [name, v] of parts.coords) {
    if (indexes.has(name) || !wasLazy(v) || !inMemory(v.array)) continue;
    const index = defaultIndex(name, v);
    if (index) indexes.set(name, index);
  }
  return indexes.size === parts.indexes.size ? parts : { ...parts, indexes };
}

function wasLazy(v: Variable): boolean {
  return "port" in v.array;
}
