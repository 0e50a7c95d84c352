/**
 * Changing the frequency of a series: groups of time downwards, filling and interpolation upwards.
 *
 * May import `ops/groupby`, `ops/interp` and what they import.
 *
 * @example
 * ```ts
 * reduceGroups("mean", resampleParts(air, { time: "MS" }), undefined);
 * ```
 */
export { SeasonResampler, type SeasonResamplerOptions, TimeResampler, type TimeResamplerOptions } from "./groupers.ts";
export {
  type InterpolateKind,
  interpolateSeries,
  type ResampleOpOptions,
  type ResampleSpec,
  resampleParts,
  type UpsampleMethod,
  upsample,
} from "./resample.ts";
