/**
 * Where graticule differs from xarray on purpose. A case here must fail: one that agrees after all is an error,
 * so that the list cannot outlive its reasons. Every reason names the page of the docs that says so.
 */

/** A case (`theme: name`) and the documented reason why it differs. */
export interface KnownDeviation {
  readonly case: string;
  readonly reason: string;
}

/** Why results of interpolation have more indexes than xarray's. */
const INDEXES_STAY =
  "interpolating beside a coordinate of strings, xarray loses the indexes of the other dimensions; here they stay (guide: differences from xarray)";

export const KNOWN_DEVIATIONS: readonly KnownDeviation[] = [
  {
    case: "cf: decodeCf(ds39)",
    reason:
      "times stored as floats in milliseconds or coarser are rounded to whole milliseconds, so that epochs of one series agree (guide: differences from xarray)",
  },
  {
    case: 'edge: bytes8.integrate("x")',
    reason: "the trapezoid rule adds neighbours as float64; xarray adds them in uint8, where 255 + 2 is 1 (guide: differences from xarray)",
  },
  { case: 'interp: p.interp({x: [0.25, 2]}, {method: "linear"})', reason: INDEXES_STAY },
  { case: 'interp: air.interp({lon: [45, 100], lat: [45]}, {method: "linear"})', reason: INDEXES_STAY },
  { case: 'interp: p.interp({x: [0.25, 2]}, {method: "nearest"})', reason: INDEXES_STAY },
  { case: 'interp: air.interp({lon: [45, 100], lat: [45]}, {method: "nearest"})', reason: INDEXES_STAY },
  { case: "interp: p.interpLike(like)", reason: INDEXES_STAY },
];
