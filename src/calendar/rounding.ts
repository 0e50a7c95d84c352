/**
 * Rounding of times to multiples of a fixed frequency, counted from 1970-01-01 of the calendar.
 */
import { ArgumentError } from "../errors.ts";
import { type Offset, parseOffset, tickMs } from "./offsets.ts";
import { microsOf, roundToMicrosecond } from "./precision.ts";

/** Which multiple of the frequency a time is moved to; `round` takes the even one of two equally near. */
export type Rounding = "floor" | "ceil" | "round";

/**
 * Times moved to whole multiples of a frequency; NaT stays NaT.
 *
 * @param times milliseconds; of any calendar, for a day is a day in all of them.
 * @throws ArgumentError for a frequency without fixed length (`"MS"`) or not positive.
 * @example
 * ```ts
 * roundTimes(Float64Array.of(90_000), "min", "round"); // [120000], the even one
 * ```
 */
export function roundTimes(times: Float64Array, freq: string | Offset, how: Rounding): Float64Array {
  const offset = parseOffset(freq);
  const unit = tickMs(offset);
  if (unit === undefined || !(unit > 0)) {
    throw new ArgumentError(`cannot ${how} times to ${JSON.stringify(offset.text)}: it has no fixed positive length`, {
      freq: offset.text,
    });
  }
  const out = new Float64Array(times.length);
  // Below a millisecond, whole microseconds are the numbers that are exact.
  const scale = Number.isInteger(unit) ? 1 : 1000;
  const step = unit * scale;
  if (step < 1) return times.slice();
  for (let i = 0; i < times.length; i++) {
    const t = scale === 1 ? times[i]! : Math.floor(times[i]!) * 1000 + microsOf(times[i]!);
    const below = Math.floor(t / step) * step;
    const rest = t - below;
    let up = how === "ceil" ? rest > 0 : false;
    if (how === "round") up = rest > step / 2 || (rest === step / 2 && (below / step) % 2 !== 0);
    out[i] = roundToMicrosecond((up ? below + step : below) / scale);
  }
  return out;
}
