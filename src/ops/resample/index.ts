/**
 * Changing the frequency of a series: groups of time downwards, filling and interpolation upwards.
 *
 * May import `ops/groupby` and what it imports.
 *
 * @example
 * ```ts
 * reduceGroups("mean", resampleParts(air, { time: "MS" }), undefined);
 * ```
 */
export { type InterpolateKind, interpolateSeries } from "./interpolate.ts";
export { SeasonResampler, type SeasonResamplerOptions, TimeResampler, type TimeResamplerOptions } from "./groupers.ts";
export { type ResampleOpOptions, resampleParts, type ResampleSpec, upsample, type UpsampleMethod } from "./resample.ts";
