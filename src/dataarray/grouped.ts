/** What an array and a dataset in groups have in common: the groups themselves. */
import type { Value } from "../dtypes/types.ts";
import { IndexingError } from "../errors.ts";
import { buildCoords, type CoordsInput } from "../ops/create/coords.ts";
import {
  assembleGroups,
  type Grouping,
  groupAt,
  groupLabels,
  groupPositions,
  groupsOf,
  groupsText,
  shuffleGroups,
} from "../ops/groupby/index.ts";
import type { ChunksInput } from "../ops/loading/index.ts";
import { type DatasetParts, sizesOf } from "../ops/parts.ts";
import { assignCoords } from "../ops/reshape/index.ts";

/** A label of a group; a list where several things are grouped by. */
export type Label = Value | readonly Value[];

/** Labels that an error lists. */
const SHOWN = 10;

/** Something in groups, each of which is a `Group`. */
export abstract class Grouped<Group> {
  protected readonly grouping: Grouping;

  constructor(grouping: Grouping) {
    this.grouping = grouping;
  }

  protected abstract wrap(parts: DatasetParts): any;

  /** Coordinates added to every group. */
  assignCoords(coords: CoordsInput): Group {
    const given = buildCoords(coords);
    return this.wrap(
      assembleGroups(
        this.grouping,
        Array.from(groupsOf(this.grouping), (group) => assignCoords(group, given)),
      ),
    );
  }

  /** What is grouped with members of a group next to each other; lazy values are cut between groups. */
  shuffleToChunks(chunks?: ChunksInput): Group {
    return this.wrap(shuffleGroups(this.grouping, chunks));
  }

  /** The positions of every group that has a member, by label, in the order of the groups. */
  get groups(): ReadonlyMap<Label, Float64Array> {
    const positions = groupPositions(this.grouping);
    return new Map(groupLabels(this.grouping).map((label, i) => [label, positions[i]!]));
  }

  /** The number of groups, those without a member included. */
  get length(): number {
    return this.grouping.total;
  }

  /** The lengths of the first group along each dimension. */
  get sizes(): { readonly [dim: string]: number } {
    const first = this.grouping.codes.reduce((n, code) => n + (code === 0 ? 1 : 0), 0);
    return { ...Object.fromEntries(sizesOf(this.grouping.parts)), [this.grouping.dim]: first };
  }

  /**
   * The group of one label.
   *
   * @throws IndexingError where no group with a member has it.
   */
  get(label: Label): Group {
    const wanted = labelText(label);
    const labels = groupLabels(this.grouping).map(labelText);
    const at = labels.indexOf(wanted);
    if (at >= 0) return this.wrap(groupAt(this.grouping, at));
    const more = labels.length > SHOWN ? `, … ${labels.length - SHOWN} more` : "";
    throw new IndexingError(`there is no group ${wanted}; there are ${labels.slice(0, SHOWN).join(", ")}${more}`, { label });
  }

  /** What is grouped by, and the first labels. */
  toString(): string {
    return groupsText(this.grouping);
  }

  /** Every group that has a member, with its label. */
  *[Symbol.iterator](): Generator<readonly [Label, Group]> {
    const labels = groupLabels(this.grouping);
    let i = 0;
    for (const group of groupsOf(this.grouping)) yield [labels[i++]!, this.wrap(group)];
  }
}

function labelText(label: Label): string {
  return JSON.stringify(label, (_, value: unknown) => (typeof value === "bigint" ? Number(value) : value));
}
