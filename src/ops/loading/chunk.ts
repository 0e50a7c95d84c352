/** How lazy arrays are cut. */
import { type AxisGrid, boundedAxis, type ChunkGrid, largestChunk, regularAxis } from "../../array/grid.ts";
import { rechunk, toLazy } from "../../array/index.ts";
import { inMemory } from "../../array/lazy.ts";
import { bytesPerElement } from "../../dtypes/traits.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import { ownValue } from "../../util/records.ts";
import { unknownName } from "../../util/suggest.ts";
import type { Variable } from "../../variable/variable.ts";
import { mapVariables } from "../arithmetic/unary.ts";
import { type ArrayParts, type DatasetParts, isDatasetParts, sizesOf } from "../parts.ts";

/** How one dimension is cut: every n elements, into these sizes, not at all (−1), or as memory allows (`"auto"`). */
export type ChunkSpec = number | readonly number[] | "auto" | null;
/** How dimensions are cut: each on its own, or all alike. */
export type ChunksInput = ChunkSpec | { readonly [dim: string]: ChunkSpec | undefined };

/** Bytes that an automatic chunk aims at. */
const AUTO_BYTES = 16 * 2 ** 20;

/** Make variables lazy where they are not, cut as asked; dimensions that are not named keep their cuts. */
export function chunk<P extends ArrayParts | DatasetParts>(parts: P, chunks: ChunksInput = {}): P {
  if (typeof chunks === "object" && chunks !== null && !Array.isArray(chunks)) {
    const known = isDatasetParts(parts) ? [...sizesOf(parts).keys()] : (parts as ArrayParts).variable.dims;
    for (const dim of Object.keys(chunks))
      if (!known.includes(dim)) throw new DimensionError(unknownName("dimension", dim, known), { dim, dims: known });
  }
  return mapVariables(parts, (v) => chunkVariable(v, chunks));
}

function chunkVariable(v: Variable, chunks: ChunksInput): Variable {
  const loaded = inMemory(v.array);
  const before: ChunkGrid | undefined = "port" in v.array ? v.array.grid : undefined;
  const specs = v.dims.map((dim: string) => specOf(chunks, dim));
  const grid = specs.map((spec, i) => axisOf(spec, v.shape[i]!, before?.[i], v.dims[i] as string));
  const auto = specs.map((spec, i) => (spec === "auto" ? i : -1)).filter((i) => i >= 0);
  shrink(grid, auto, bytesPerElement(v.dtype));
  return v.replace({ array: loaded ? toLazy(loaded, grid) : rechunk(v.array, grid) });
}

function specOf(chunks: ChunksInput, dim: string): ChunkSpec | undefined {
  return typeof chunks === "object" && chunks !== null && !Array.isArray(chunks)
    ? ownValue(chunks as Record<string, ChunkSpec | undefined>, dim)
    : (chunks as ChunkSpec);
}

function axisOf(spec: ChunkSpec | undefined, length: number, before: AxisGrid | undefined, dim: string): AxisGrid {
  if (spec === undefined || spec === null) return before ?? regularAxis(length, Math.max(1, length));
  if (spec === "auto" || spec === -1) return regularAxis(length, Math.max(1, length));
  if (typeof spec === "number") {
    if (!Number.isInteger(spec) || spec < 1)
      throw new ArgumentError(
        `chunks of ${spec} along ${JSON.stringify(dim)}: possible are a positive whole number, -1 for one chunk, "auto", or a list of sizes`,
        { dim, spec },
      );
    return regularAxis(length, spec);
  }
  const bounds = Float64Array.of(0, ...spec);
  for (let i = 1; i < bounds.length; i++) bounds[i]! += bounds[i - 1]!;
  if (bounds.at(-1) !== length || spec.some((n) => !Number.isInteger(n) || n < 0))
    throw new ArgumentError(
      `chunks (${spec.join(", ")}) along ${JSON.stringify(dim)} add up to ${bounds.at(-1)}, not to its length ${length}`,
      { dim, spec },
    );
  return boundedAxis(bounds);
}

/** Halve the longest automatic axis until a chunk is small enough. */
function shrink(grid: AxisGrid[], auto: readonly number[], itemsize: number): void {
  const bytes = (): number => grid.reduce((n, axis) => n * Math.max(1, largestChunk(axis)), itemsize);
  while (auto.length > 0 && bytes() > AUTO_BYTES) {
    const longest = auto.reduce((a, b) => (largestChunk(grid[b]!) > largestChunk(grid[a]!) ? b : a));
    const size = largestChunk(grid[longest]!);
    if (size <= 1) return;
    grid[longest] = regularAxis(grid[longest]!.length, Math.ceil(size / 2));
  }
}
