/**
 * The grid of times: whole microseconds, written as milliseconds.
 *
 * A fraction of a millisecond is not exact in binary, so microseconds are always taken from the fraction
 * alone, where they round right as long as float64 can tell them apart (±285 years from 1970).
 */

/** Whole milliseconds and whole microseconds as one number of milliseconds, rounded once. */
export function composeMs(ms: number, micros: number): number {
  return micros === 0 ? ms : (ms * 1000 + micros) / 1000;
}

/** The microseconds beyond the last whole millisecond, 0 … 1000. */
export function microsOf(ms: number): number {
  return Math.round((ms - Math.floor(ms)) * 1000);
}

/** The nearest whole microsecond, as milliseconds: what every operation that makes times rounds to. */
export function roundToMicrosecond(ms: number): number {
  return Number.isInteger(ms) ? ms : composeMs(Math.floor(ms), microsOf(ms));
}

/** `a − b`, exact to the microsecond. */
export function timeSpan(a: number, b: number): number {
  return composeMs(Math.floor(a) - Math.floor(b), microsOf(a) - microsOf(b));
}

/** The last representable moment before `ms`: a microsecond earlier, or more where float64 is coarser. */
export function momentBefore(ms: number): number {
  let before = ms;
  for (let step = 0.001; before >= ms; step *= 2) before = roundToMicrosecond(ms - step);
  return before;
}
