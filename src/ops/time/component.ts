/** Parts of times, as variables: what `dt.month` and a group called `"time.month"` are made of. */
import { flatValues, NDArray } from "../../array/ndarray.ts";
import { calendarOfDType, component, componentName, isFlag, MS_PER_DAY, SEASON_NAMES } from "../../calendar/index.ts";
import { COMPONENT_NAMES } from "../../calendar/components.ts";
import { kindOf } from "../../dtypes/traits.ts";
import type { DatetimeDType, DType, ValuesOf } from "../../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../../errors.ts";
import { unknownName } from "../../util/suggest.ts";
import { loadedArray, Variable } from "../../variable/variable.ts";

/**
 * One part of every time of `variable`, on the same dimensions and without attributes.
 *
 * Counts are int64 (float64 where a time is missing), `season` is a string, flags such as `isLeapYear`
 * are bool, `date` is the time at midnight and `time` the duration since then.
 *
 * @throws DTypeError unless the values are times; ArgumentError for a part that is none; NotLoadedError on lazy data.
 * @example
 * ```ts
 * timeComponent(time, "month").values; // [1, 1, 2, …]
 * ```
 */
export function timeComponent(variable: Variable, name: string): Variable {
  if (kindOf(variable.dtype) !== "M") {
    throw new DTypeError(`${JSON.stringify(name)} is a part of times; these values are ${variable.dtype}`, { name, dtype: variable.dtype });
  }
  const array = loadedArray(variable.array, `the array whose ${name} is asked for`);
  const times = flatValues(array) as Float64Array;
  const make = <T extends DType>(values: ValuesOf<T>, dtype: T): Variable => new Variable(variable.dims, new NDArray(values, variable.shape, dtype));
  if (name === "date") return make(times.map((t) => Math.floor(t / MS_PER_DAY) * MS_PER_DAY), variable.dtype as DatetimeDType);
  if (name === "time") return make(times.map((t) => t - Math.floor(t / MS_PER_DAY) * MS_PER_DAY), "timedelta64");
  const known = componentName(name);
  if (known === undefined) throw new ArgumentError(unknownName("time component", name, [...COMPONENT_NAMES, "date", "time"]), { name });
  const values = component(times, known, calendarOfDType(variable.dtype as DatetimeDType));
  if (known === "season") return make(Array.from(values, (code) => SEASON_NAMES[code] ?? null), "string");
  if (isFlag(known)) return make(Uint8Array.from(values), "bool");
  return make(values, holdsNaN(values) ? "float64" : "int64");
}

function holdsNaN(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) return true;
  return false;
}
