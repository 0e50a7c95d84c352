/** Which part of existing arrays a dataset is written to: a region, or what comes behind the end. */
import { inMemory } from "../array/index.ts";
import { ArgumentError, DimensionError } from "../errors.ts";
import type { Slice } from "../indexing/indexers.ts";
import { type DatasetParts, sizesOf } from "../ops/parts.ts";
import { unknownName } from "../util/suggest.ts";
import { equalVariables } from "../variable/compare.ts";
import { iselVariable, type Variable } from "../variable/index.ts";

/** Where each dimension is written: positions, or `"auto"` to find them by labels. */
export type Region = { readonly [dim: string]: Slice | readonly [start: number, stop: number] | "auto" };

/** Begin and end along each dimension that is not written whole. */
export type Extent = ReadonlyMap<string, readonly [start: number, stop: number]>;

/** The extent of a region. `existing` are the decoded variables that are there, their coordinates in memory. */
export function regionExtent(parts: DatasetParts, region: Region | "auto", existing: ReadonlyMap<string, Variable>): Extent {
  const known = new Map<string, number>();
  for (const v of existing.values()) v.dims.forEach((dim: string, i) => known.set(dim, v.shape[i]!));
  const sizes = sizesOf(parts);
  const wishes = region === "auto" ? Object.fromEntries([...sizes.keys()].map((dim) => [dim, "auto" as const])) : region;
  const extent = new Map<string, readonly [number, number]>();
  for (const [dim, wish] of Object.entries(wishes)) {
    const length = known.get(dim);
    const size = sizes.get(dim);
    if (length === undefined || size === undefined)
      throw new DimensionError(`region: ${unknownName("dimension", dim, length === undefined ? known.keys() : sizes.keys())}`, { dim });
    const [start, stop] = wish === "auto" ? found(parts, dim, existing) : bounds(wish, length);
    if (!(start >= 0 && stop <= length && stop - start === size)) {
      throw new DimensionError(
        `region [${start}, ${stop}) along ${JSON.stringify(dim)} holds ${stop - start} of ${length}, and the dataset has ${size}`,
        { dim, start, stop, size },
      );
    }
    extent.set(dim, [start, stop]);
  }
  const apart = [...parts.vars, ...parts.coords].filter(([, v]) => !v.dims.some((dim: string) => extent.has(dim))).map(([name]) => name);
  if (apart.length > 0 && region !== "auto") {
    throw new ArgumentError(
      `a region can only be written with variables that have one of its dimensions (${[...extent.keys()].join(", ")}); leave out ${apart.map((name) => JSON.stringify(name)).join(", ")} with dropVars`,
      { names: apart },
    );
  }
  return extent;
}

function bounds(wish: Slice | readonly [number, number], length: number): readonly [number, number] {
  const [start, stop, step] = "start" in wish ? [wish.start, wish.stop, wish.step] : [wish[0], wish[1], null];
  const at = (v: unknown, open: number): number => (v === null || v === undefined ? open : Number(v) < 0 ? Number(v) + length : Number(v));
  if (step !== null && step !== 1) throw new ArgumentError(`a region is a run of positions; a step of ${step} is not possible`, { step });
  return [at(start, 0), at(stop, length)];
}

/** Where the dataset's labels stand among those that are there. */
function found(parts: DatasetParts, dim: string, existing: ReadonlyMap<string, Variable>): readonly [number, number] {
  const [own, all] = [parts.coords.get(dim), existing.get(dim)];
  if (!own || !all || inMemory(own.array) === undefined || inMemory(all.array) === undefined || own.ndim !== 1 || all.ndim !== 1) {
    throw new ArgumentError(`region "auto" along ${JSON.stringify(dim)} needs a coordinate of that name on both sides, in memory`, { dim });
  }
  const first = (own.values as ArrayLike<unknown>)[0];
  const start = Array.prototype.indexOf.call(all.values, first);
  const stop = start + own.size;
  const same =
    start >= 0 &&
    stop <= all.size &&
    equalVariables(own, iselVariable(all, new Map([[dim, { kind: "run", start, step: 1, count: own.size }]]) as never));
  if (!same)
    throw new ArgumentError(
      `the labels along ${JSON.stringify(dim)} are no run of those that are there, so that region "auto" finds no place for them`,
      { dim },
    );
  return [start, stop];
}
