/** Members of a group next to each other. */
import { ArgumentError } from "../../errors.ts";
import { type ChunksInput, chunk } from "../loading/chunk.ts";
import type { DatasetParts } from "../parts.ts";
import { iselPositions } from "../selecting/index.ts";
import { groupOrder, groupPositions } from "./combine.ts";
import type { Grouping } from "./grouping.ts";

/**
 * The object sorted by group. Lazy arrays are cut between groups along that dimension, so that all members
 * of a group are in one chunk; `chunks` cuts the others.
 */
export function shuffleGroups(grouping: Grouping, chunks: ChunksInput = {}): DatasetParts {
  const { dim, dims } = grouping;
  if (dims.length > 1) throw new ArgumentError(`groups along several dimensions (${dims.join(", ")}) cannot be sorted along one`, { dims });
  const groups = groupPositions(grouping);
  const positions = groupOrder(groups);
  const sorted = iselPositions(grouping.parts, new Map([[dim, { kind: "take", positions }]]));
  const isLazy = [...sorted.vars.values()].some((v) => "port" in v.array);
  if (!isLazy) return sorted;
  const target = Math.max(
    1,
    ...groups.map((group) => group.length),
    ...[...grouping.parts.vars.values()].flatMap((v) => ("port" in v.array && v.dims.includes(dim) ? v.array.chunks[v.axis(dim)]! : [])),
  );
  return chunk(sorted, { ...(typeof chunks === "object" && !Array.isArray(chunks) ? chunks : {}), [dim]: cuts(groups, target) });
}

/** Sizes of chunks: whole groups, as many as fit into `target`. */
function cuts(groups: readonly Float64Array[], target: number): number[] {
  const sizes: number[] = [];
  for (const { length } of groups) {
    const last = sizes.length - 1;
    if (last >= 0 && sizes[last]! + length <= target) sizes[last]! += length;
    else sizes.push(length);
  }
  return sizes;
}
