/**
 * Groupers: how `groupby` and `resample` sort values into groups, under the namespace `groupers`.
 *
 * @example
 * ```ts
 * da.groupby({ lat: new groupers.BinGrouper({ bins: [-90, 0, 90] }) }).mean();
 * ```
 */
export {
  BinGrouper,
  type BinOptions,
  type Bins,
  type EncodedGroups,
  type Grouper,
  type GroupSource,
  SeasonGrouper,
  type SeasonGrouperOptions,
  UniqueGrouper,
  type UniqueGrouperOptions,
} from "../ops/groupby/index.ts";
export { SeasonResampler, type SeasonResamplerOptions, TimeResampler, type TimeResamplerOptions } from "../ops/resample/index.ts";
