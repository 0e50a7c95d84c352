/** How conformance cases run on lazy inputs. */
import { DataArray, Dataset } from "../../src/index.ts";

/**
 * Methods that may refuse lazy inputs with NotLoadedError: the shape or the answer depends on values, or a lazy
 * array stands where labels are expected. Everything else must work lazily.
 */
export const MAY_REFUSE: ReadonlySet<string> = new Set([
  "DataArray",
  "broadcastEquals",
  "combineByCoords",
  "concat",
  "drop",
  "dropDuplicates",
  "dropna",
  "equals",
  "extractall",
  "getDummies",
  "groupby",
  "groupbyBins",
  "identical",
  "inferFreq",
  "interp",
  "interpCalendar",
  "interpLike",
  "isel",
  "item",
  "merge",
  "reindex",
  "reindexLike",
  "rsplit",
  "sel",
  "setIndex",
  "setXindex",
  "sortby",
  "split",
  "swapDims",
  "toString",
  "unstack",
  "weighted",
]);

/** Odd and small, so that chunks do not divide the axis and neighbours lie in different ones. */
function chunkOf(n: number): number {
  return n > 4 ? 3 : n > 2 ? 2 : 1;
}

/** `input` in chunks, if it is an object that has them. */
export function lazily(input: unknown): unknown {
  if (!(input instanceof DataArray) && !(input instanceof Dataset)) return input;
  const sizes = Object.entries(input.sizes as Record<string, number>);
  const chunked = (input as any).chunk(Object.fromEntries(sizes.map(([dim, n]) => [dim, chunkOf(n)])));
  // A test on lazy inputs that are not lazy would say nothing.
  if (sizes.length > 0 && !chunked.isLazy) throw new Error("chunk() left the values in memory");
  return chunked;
}

/** The result in memory. */
export async function loaded(result: unknown): Promise<unknown> {
  if (Array.isArray(result)) return await Promise.all(result.map(loaded));
  return result instanceof DataArray || result instanceof Dataset ? await (result as any).compute() : result;
}
