/**
 * The opening wave: everything that must be read before a dataset can be made, in one pass over all
 * sources together.
 *
 * Whole: coordinates that label their dimension, and coordinates of at most one dimension that
 * attributes name, up to 16 MB each. By their ends only: lazy times whose calendar depends on values.
 * All else stays lazy.
 */
import { concat, inMemory, type LazyArray, reshape, select } from "../array/index.ts";
import type { NDArray } from "../array/ndarray.ts";
import { type DecodeOptions, endsWanted } from "../coding/index.ts";
import { bytesPerElement } from "../dtypes/traits.ts";
import type { Attrs, Variable } from "../variable/index.ts";

/** Coordinates that are not needed for indexes are read up to this size. */
const MOST_BYTES = 16 * 2 ** 20;

/** What came with the wave. */
export interface Wave {
  readonly variables: ReadonlyMap<string, Variable>;
  readonly ends: ReadonlyMap<string, NDArray>;
}

/** Read what is needed of `variables`: the same variables, some of them in memory now, and the ends of others. */
export async function openingWave(
  variables: ReadonlyMap<string, Variable>,
  attrs: Attrs,
  options: DecodeOptions,
  signal?: AbortSignal | undefined,
): Promise<Wave> {
  const whole = new Map<string, LazyArray>();
  const named = coordinateNames(variables, attrs, options);
  for (const [name, v] of variables) {
    if (inMemory(v.array) !== undefined || !("port" in v.array)) continue;
    if (labelsDimension(name, v) || (named.has(name) && decodedRank(v) <= 1 && v.size * bytesPerElement(v.dtype) <= MOST_BYTES))
      whole.set(name, v.array);
  }
  const partly = endsWanted(variables, options).filter((name) => !whole.has(name) && inMemory(variables.get(name)!.array) === undefined);
  if (whole.size === 0 && partly.length === 0) return { variables, ends: new Map() };
  // The planner stays out of the first bundle: it loads when something is read.
  const { compute } = await import("../compute/index.ts");
  const values = await compute([...whole.values(), ...partly.map((name) => endsOf(variables.get(name)!))], { signal });
  const arrays = new Map([...whole.keys(), ...partly].map((name, i) => [name, values[i]!] as const));
  return {
    variables: new Map([...variables].map(([name, v]) => [name, whole.has(name) ? v.replace({ array: arrays.get(name)! }) : v])),
    ends: new Map(partly.map((name) => [name, arrays.get(name)!])),
  };
}

/** The first and the last element, as a 1-D array. */
function endsOf({ array }: Variable): ReturnType<typeof concat> {
  const at = (position: (n: number) => number): ReturnType<typeof reshape> =>
    reshape(
      select(
        array,
        array.shape.map((n) => ({ start: position(n), step: 1, count: 1 })),
      ),
      [1],
    );
  return concat([at(() => 0), at((n) => n - 1)], 0);
}

/** Whether a variable labels its own dimension once it is decoded: characters lose their last one. */
function labelsDimension(name: string, v: Variable): boolean {
  return v.dims[0] === name && decodedRank(v) === 1;
}

function decodedRank(v: Variable): number {
  return v.dtype === "bytes" && v.encoding.dtype === "S1" ? Math.max(0, v.ndim - 1) : v.ndim;
}

/** The names that attributes `coordinates` hold. */
function coordinateNames(variables: ReadonlyMap<string, Variable>, attrs: Attrs, { decodeCoords = true }: DecodeOptions): Set<string> {
  const names = new Set<string>();
  if (decodeCoords === false) return names;
  for (const { coordinates } of [attrs, ...[...variables.values()].map((v) => v.attrs)]) {
    if (typeof coordinates === "string") for (const name of coordinates.split(/\s+/)) names.add(name);
  }
  return names;
}
