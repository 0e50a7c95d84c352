/** Values for lazy variables: several objects in one pass over their sources. */
import { type AnyArray, inMemory, LazyArray } from "../../array/lazy.ts";
import type { NDArray } from "../../array/ndarray.ts";
import type { ComputeOptions } from "../../compute/index.ts";
import type { Index } from "../../indexing/contract.ts";
import { checkOptions, type OptionKeys } from "../../util/options.ts";
import type { Variable } from "../../variable/variable.ts";
import { defaultIndex } from "../create/coords.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, isDatasetParts, toDatasetParts } from "../parts.ts";
import { iselPositions } from "../selecting/index.ts";

type Parts = ArrayParts | DatasetParts;

/** The keys of the options of computing. */
export const COMPUTE_OPTIONS: OptionKeys<ComputeOptions> = { signal: true, onProgress: true, progress: true, executor: true, memory: true };

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
  checkOptions("compute", options, COMPUTE_OPTIONS);
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

/** Objects of the same expressions in cells of their own that hold the values; the given objects stay lazy. */
export async function persistParts<P extends Parts>(parts: P, options: ComputeOptions = {}): Promise<P> {
  const values = await run([parts], options);
  const cells = new Map<AnyArray, AnyArray>();
  for (const [array, loaded] of values) {
    const cell = new LazyArray((array as LazyArray).port);
    cell.resident = loaded;
    cells.set(array, cell);
  }
  return withIndexes(mapArrays(parts, (array) => cells.get(array) ?? array));
}

/** The plan that computing the objects would run, as text. */
export async function explainParts(parts: Parts, options: Pick<ComputeOptions, "memory"> = {}): Promise<string> {
  const lazy = lazyOf([parts]);
  if (lazy.length === 0) return "nothing to compute: all values are in memory";
  const { explain, plan } = await import("../../compute/index.ts");
  return explain(plan(lazy, options));
}

/** An array's values block by block, each with its place, never more than one ahead of whoever asks. */
export async function* blocksOf(parts: ArrayParts, options: ComputeOptions = {}): AsyncGenerator<ArrayParts, void, undefined> {
  const { variable } = parts;
  const { blocks } = await import("../../compute/index.ts");
  for await (const { box, block } of blocks(variable.array, options)) {
    const place = new Map(
      variable.dims.map((dim, i) => [dim as string, { kind: "run" as const, start: box[2 * i]!, step: 1, count: block.shape[i]! }]),
    );
    const { coords, indexes } = iselPositions({ ...toDatasetParts(parts), vars: new Map() }, place);
    yield { variable: variable.replace({ array: block }), coords, indexes, name: parts.name };
  }
}

/** Drop loaded values again; what has no lazy origin stays. */
export function unloadParts(parts: Parts): void {
  for (const array of arraysOf(parts)) if ("port" in array) array.resident = undefined;
}

function withValues<P extends Parts>(parts: P, values: ReadonlyMap<AnyArray, NDArray>): P {
  return withIndexes(mapArrays(parts, (array) => values.get(array) ?? inMemory(array) ?? array));
}

function mapArrays<P extends Parts>(parts: P, fn: (array: AnyArray) => AnyArray): P {
  const one = (v: Variable): Variable => {
    const array = fn(v.array);
    return array === v.array ? v : v.replace({ array });
  };
  const each = (map: ReadonlyMap<string, Variable>): ReadonlyMap<string, Variable> => new Map([...map].map(([name, v]) => [name, one(v)]));
  const coords = each(parts.coords);
  const own = isDatasetParts(parts) ? { vars: each(parts.vars) } : { variable: one((parts as ArrayParts).variable) };
  return { ...parts, ...own, coords };
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
