/** The first, the last and every n-th positions of dimensions; and dimensions of length 1. */
import { ArgumentError, DimensionError } from "../../errors.ts";
import { slice } from "../../indexing/index.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";
import { isel, knownDims } from "./isel.ts";

/** A count for every dimension, or one for all. */
export type Counts = number | { readonly [dim: string]: number | undefined };

function byDim(parts: DatasetParts, counts: Counts, least: number, what: string): [string, number][] {
  const dims = [...sizesOf(parts).keys()];
  const pairs: [string, number][] =
    typeof counts === "number"
      ? dims.map((dim) => [dim, counts])
      : Object.entries(counts).filter((pair): pair is [string, number] => pair[1] !== undefined);
  knownDims(
    pairs.map(([dim]) => dim),
    dims,
  );
  for (const [dim, n] of pairs) {
    if (!Number.isInteger(n) || n < least)
      throw new ArgumentError(`${what} along dimension ${JSON.stringify(dim)} must be a whole number of at least ${least}, not ${n}`, {
        dim,
        n,
      });
  }
  return pairs;
}

/** The first positions along each dimension (5 by default, or fewer where there are fewer). */
export function head(parts: DatasetParts, counts: Counts = 5): DatasetParts {
  return isel(parts, Object.fromEntries(byDim(parts, counts, 0, "the count").map(([dim, n]) => [dim, slice(n)])));
}

/** The last positions along each dimension (5 by default, or fewer where there are fewer). */
export function tail(parts: DatasetParts, counts: Counts = 5): DatasetParts {
  return isel(
    parts,
    Object.fromEntries(byDim(parts, counts, 0, "the count").map(([dim, n]) => [dim, n === 0 ? slice(0) : slice(-n, null)])),
  );
}

/** Every n-th position along each dimension, from the first. */
export function thin(parts: DatasetParts, steps: Counts): DatasetParts {
  return isel(parts, Object.fromEntries(byDim(parts, steps, 1, "the step").map(([dim, n]) => [dim, slice(null, null, n)])));
}

/** Options of {@link squeeze}. */
export interface SqueezeOptions {
  /** Drop the coordinates that become scalar. */
  readonly drop?: boolean | undefined;
}

/**
 * Without dimensions of length 1: those named, or all.
 *
 * @throws DimensionError for a name that is unknown or has another length.
 */
export function squeeze(parts: DatasetParts, dims?: string | readonly string[], options: SqueezeOptions = {}): DatasetParts {
  const sizes = sizesOf(parts);
  const named =
    dims === undefined
      ? [...sizes.keys()].filter((dim) => sizes.get(dim) === 1)
      : knownDims(typeof dims === "string" ? [dims] : dims, [...sizes.keys()]);
  for (const dim of named) {
    if (sizes.get(dim) !== 1)
      throw new DimensionError(`cannot squeeze dimension ${JSON.stringify(dim)} of length ${sizes.get(dim)}: only length 1 can go`, {
        dim,
        size: sizes.get(dim),
      });
  }
  return isel(parts, Object.fromEntries(named.map((dim) => [dim, 0])), options);
}
