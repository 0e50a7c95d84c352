/** Leaving out positions, labels and repeats. */
import { ArgumentError, CoordinateError, IndexingError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { indexKeys, type PositionIndexer, toPositions } from "../../indexing/index.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";
import { type Indexers, iselPositions, knownDims } from "./isel.ts";
import { unwrapped } from "./unwrap.ts";

/** Options of {@link dropSel}. */
export interface DropSelOptions {
  /** What to do about labels that are not there (default `"raise"`). */
  readonly errors?: "raise" | "ignore" | undefined;
}

/** Everything but the positions given. */
export function dropIsel(parts: DatasetParts, indexers: Indexers): DatasetParts {
  const sizes = sizesOf(parts);
  const kept = new Map<string, PositionIndexer>();
  for (const dim of knownDims(Object.keys(indexers), [...sizes.keys()])) {
    const n = sizes.get(dim)!;
    kept.set(dim, others(n, listed(toPositions(unwrapped(indexers[dim]), dim, n))));
  }
  return iselPositions(parts, kept);
}

/** Everything but the labels given, a label or a list for each coordinate. */
export function dropSel(parts: DatasetParts, labels: Indexers, options: DropSelOptions = {}): DatasetParts {
  const sizes = sizesOf(parts);
  const kept = new Map<string, PositionIndexer>();
  for (const dim of knownDims(Object.keys(labels), [...new Set([...sizes.keys(), ...parts.indexes.keys()])])) {
    const index = parts.indexes.get(dim);
    if (index === undefined)
      throw new CoordinateError(`dimension ${JSON.stringify(dim)} has no labels to drop by; use dropIsel for positions`, { dim });
    const label = unwrapped(labels[dim]);
    const list = Array.isArray(label) || ArrayBuffer.isView(label) ? Array.from(label as ArrayLike<unknown>) : [label];
    kept.set(
      index.dims[0]!,
      others(
        index.size,
        list.flatMap((one) => found(index, dim, one, options)),
      ),
    );
  }
  return iselPositions(parts, kept);
}

function found(index: Index, name: string, label: unknown, { errors = "raise" }: DropSelOptions): number[] {
  try {
    return listed(index.sel(new Map([[name, label]]), {}).indexers.get(index.dims[0]!)!);
  } catch (error) {
    if (errors === "ignore" && error instanceof IndexingError) return [];
    throw error;
  }
}

/** Positions of any indexer as a list. */
function listed(indexer: PositionIndexer): number[] {
  switch (indexer.kind) {
    case "at":
      return [indexer.at];
    case "run":
      return Array.from({ length: indexer.count }, (_, i) => indexer.start + i * indexer.step);
    case "take":
      return Array.from(indexer.positions);
    case "points":
      return Array.from(indexer.positions.values as Float64Array);
  }
}

function others(n: number, dropped: readonly number[]): PositionIndexer {
  const keep = new Uint8Array(n).fill(1);
  for (const at of dropped) keep[at] = 0;
  return { kind: "take", positions: Float64Array.from(Array.from(keep.keys()).filter((at) => keep[at] === 1)) };
}

/** Options of `dropDuplicates`. */
export interface DropDuplicatesOptions {
  /** Which of equal labels stays; `false` drops all of them (default `"first"`). */
  readonly keep?: "first" | "last" | false | undefined;
}

/** Each label once along the dimensions named (`"..."` for all that have labels). */
export function dropDuplicates(parts: DatasetParts, dims: string | readonly string[], options: DropDuplicatesOptions = {}): DatasetParts {
  const keep = options.keep ?? "first";
  if (keep !== "first" && keep !== "last" && keep !== false)
    throw new ArgumentError(`keep must be "first", "last" or false, not ${JSON.stringify(keep)}`, { keep });
  const sizes = sizesOf(parts);
  const names = dims === "..." ? [...sizes.keys()] : typeof dims === "string" ? [dims] : dims;
  const kept = new Map<string, PositionIndexer>();
  for (const dim of knownDims(names, [...sizes.keys()])) {
    const index = parts.indexes.get(dim);
    if (index) kept.set(dim, { kind: "take", positions: distinct(index, keep) });
  }
  return iselPositions(parts, kept);
}

function distinct(index: Index, keep: "first" | "last" | false): Float64Array {
  const keys = indexKeys(index);
  const count = new Map<unknown, number>();
  for (let i = 0; i < keys.length; i++) count.set(keys[i], (count.get(keys[i]) ?? 0) + 1);
  const seen = new Map<unknown, number>();
  const out: number[] = [];
  for (let i = 0; i < keys.length; i++) {
    const nth = (seen.get(keys[i]) ?? 0) + 1;
    seen.set(keys[i], nth);
    const total = count.get(keys[i])!;
    if (keep === "first" ? nth === 1 : keep === "last" ? nth === total : total === 1) out.push(i);
  }
  return Float64Array.from(out);
}
