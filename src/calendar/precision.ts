/**
 * The grid of times: whole microseconds, written as milliseconds.
 */

/** The nearest whole microsecond, as milliseconds: what every operation that makes times rounds to. */
export function roundToMicrosecond(ms: number): number {
  return Number.isInteger(ms) ? ms : Math.round(ms * 1000) / 1000;
}

/** The last representable moment before `ms`: a microsecond earlier, or more where float64 is coarser. */
export function momentBefore(ms: number): number {
  let step = 0.001;
  while (ms - step === ms) step *= 2;
  return roundToMicrosecond(ms - step);
}
