/** Parts of times, on variables and arrays: what `dt.month` and a group called `"time.month"` are made of. */
import { timePart } from "../../array/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { DTypeError } from "../../errors.ts";
import { Variable } from "../../variable/variable.ts";
import type { ArrayParts, DatasetParts } from "../parts.ts";

/**
 * One part of every time of `variable`, on the same dimensions and without attributes.
 *
 * Counts are int64 (float64 where a time in memory is missing), `season` is a string, flags such as
 * `isLeapYear` are bool, `date` is the time at midnight and `time` the duration since then.
 *
 * @throws DTypeError unless the values are times; ArgumentError for a part that is none.
 * @example
 * ```ts
 * timeComponent(time, "month").values; // [1, 1, 2, …]
 * ```
 */
export function timeComponent(variable: Variable, name: string): Variable {
  if (kindOf(variable.dtype) !== "M") {
    throw new DTypeError(`${JSON.stringify(name)} is a part of times; these values are ${variable.dtype}`, { name, dtype: variable.dtype });
  }
  return new Variable(variable.dims, timePart(variable.array, name));
}

/**
 * One part of every time or duration of an array, as an array under the part's name in Python: `daysInMonth`
 * gives `days_in_month`. Attributes stay, but those of times say nothing of their text.
 */
export function timeField(array: ArrayParts, part: string, arg?: string): ArrayParts {
  const { variable } = array;
  const attrs = part === "strftime" ? {} : variable.attrs;
  const name = part.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
  return { ...array, name, variable: new Variable(variable.dims, timePart(variable.array, part, arg), { attrs }) };
}

/** ISO 8601's `year`, `week` and `weekday` (Monday = 1) of every time. */
export function isocalendar(array: ArrayParts): DatasetParts {
  const { coords, indexes, variable } = array;
  const field = (part: string): Variable => timeComponent(variable, part);
  return {
    coords,
    indexes,
    attrs: {},
    encoding: {},
    vars: new Map([
      ["year", field("isoYear")],
      ["week", field("isoWeek")],
      ["weekday", field("isoDay")],
    ]),
  };
}
