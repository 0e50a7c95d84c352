/** Dropping positions along a dimension that have missing values. */
import { reduce } from "../../array/index.ts";
import { flatValues } from "../../array/ndarray.ts";
import { ArgumentError, CoordinateError, DimensionError } from "../../errors.ts";
import { unknownName } from "../../util/suggest.ts";
import { loadedArray } from "../../variable/index.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";
import { iselPositions } from "../selecting/index.ts";

/** Options of `dropna`. */
export interface DropnaOptions {
  /** Drop where any value is missing (default), or only where all are. */
  readonly how?: "any" | "all" | undefined;
  /** Keep what has at least so many values, whatever `how` says. */
  readonly thresh?: number | undefined;
  /** The variables that decide (default: all). */
  readonly subset?: readonly string[] | undefined;
}

/**
 * The positions along `dim` at which values are there.
 *
 * @throws NotLoadedError on lazy variables, because values decide the shape: load them first.
 */
export function dropna(parts: DatasetParts, dim: string, { how = "any", thresh, subset }: DropnaOptions = {}): DatasetParts {
  const size = sizesOf(parts).get(dim);
  if (size === undefined) throw new DimensionError(unknownName("dimension", dim, sizesOf(parts).keys()), { dim });
  if (how !== "any" && how !== "all") throw new ArgumentError(unknownName("way to drop", String(how), ["any", "all"]), { how });
  const counts = new Float64Array(size);
  let full = 0;
  for (const name of subset ?? parts.vars.keys()) {
    const v = parts.vars.get(name) ?? parts.coords.get(name);
    if (v === undefined) throw new CoordinateError(unknownName("variable", name, parts.vars.keys()), { name });
    if (!v.dims.includes(dim)) continue;
    const others = v.dims.flatMap((own, i) => (own === dim ? [] : [i]));
    const own = flatValues(loadedArray(reduce("count", v.array, others), "what dropna counts")) as Float64Array;
    for (let i = 0; i < size; i++) counts[i]! += own[i]!;
    full += v.size / Math.max(1, size);
  }
  const least = thresh ?? (how === "any" ? full : 1);
  const positions = Float64Array.from(counts.keys()).filter((i) => counts[i]! >= least);
  return iselPositions(parts, new Map([[dim, { kind: "take", positions }]]));
}
