/**
 * Split, apply, combine: groups of labels, bins and seasons.
 *
 * A {@link Grouping} holds what was grouped and one code per position along one dimension. Reductions are
 * one array operation over all groups; `map` alone takes groups apart. May import `variable/`, `indexing/`
 * and other ops. Takes and returns parts, never the classes.
 *
 * @example
 * ```ts
 * reduceGroups("mean", groupParts(air, "time.month"), undefined);
 * ```
 */
export { groupBinary, groupFillna, groupWhere } from "./binary.ts";
export {
  type ArrayReduction,
  assembleGroups,
  cumulativeGroups,
  groupAt,
  groupLabels,
  groupPositions,
  groupsOf,
  groupsText,
  reduceEach,
} from "./combine.ts";
export type { EncodedGroups, Grouper, GroupSource } from "./grouper.ts";
export {
  BinGrouper,
  type BinOptions,
  type Bins,
  type GroupLabel,
  SeasonGrouper,
  type SeasonGrouperOptions,
  timeLabels,
  timesOf,
  UniqueGrouper,
  type UniqueGrouperOptions,
} from "./groupers.ts";
export { type GroupInput, type Grouping, groupParts, toGroupInput } from "./grouping.ts";
export { asGrouped, medianGroups, quantileGroups, reduceGroups } from "./reduce.ts";
export { shuffleGroups } from "./shuffle.ts";
