/** A dataset's times in another calendar: date by date, or interpolated between places in the year. */
import { NDArray, timePart } from "../../array/index.ts";
import {
  type AlignOn,
  type CalendarSystem,
  calendarOf,
  calendarOfDType,
  convertTimes,
  dateRangeLike,
  decodedCalendar,
} from "../../calendar/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import type { DatetimeDType, Value } from "../../dtypes/types.ts";
import { ArgumentError, CoordinateError, DimensionError, DTypeError } from "../../errors.ts";
import { LabelIndex } from "../../indexing/index.ts";
import { unknownName } from "../../util/suggest.ts";
import { loadedArray, Variable } from "../../variable/variable.ts";
import { interp } from "../interp/index.ts";
import type { ArrayParts, DatasetParts } from "../parts.ts";
import { isel, reindex } from "../selecting/index.ts";

/** Options of `convertCalendar`. */
export interface ConvertCalendarOptions {
  /** The dimension of the times (default `time`). */
  readonly dim?: string | undefined;
  /** How dates meet when one calendar is `360_day`: the same date, or the same place in the year. */
  readonly alignOn?: AlignOn | undefined;
  /** What stands at dates that the source lacks; without it such dates are left out. Needs times with a frequency. */
  readonly missing?: Value | undefined;
  /** Keep `standard` a calendar of its own even where all times are after 1582-10-15 (default false). */
  readonly useCftime?: boolean | undefined;
}

/**
 * The dataset with its times in another calendar. Dates that it lacks are dropped.
 *
 * @throws ArgumentError for an unknown calendar, and without `alignOn` where one is `360_day`; DTypeError unless
 *   the coordinate holds times; NotLoadedError where it is lazy.
 */
export function convertCalendar(parts: DatasetParts, calendar: string, options: ConvertCalendarOptions = {}): DatasetParts {
  const { dim = "time", alignOn, missing } = options;
  const time = timesAlong(parts, dim);
  const [from, to] = [calendarOfDType(time.dtype), calendarOf(calendar)];
  if (from === to) return parts;
  const values = time.values as Float64Array;
  const { times, positions } = convertTimes(values, from, to, { alignOn });
  const { calendar: _, ...attrs } = time.attrs;
  const along = (times: Float64Array): Variable => timeVariable(dim, times, to, options, attrs);
  const converted = withCoordinate(isel(parts, { [dim]: positions }), dim, along(times));
  if (missing === undefined) return converted;
  const wanted = along(dateRangeLike(values, from, to));
  return withCoordinate(reindex(converted, { [dim]: wanted }, { fillValue: missing as never }), dim, wanted);
}

/**
 * The dataset at the times of `target`, interpolated linearly between decimal years, so that the place in the
 * year decides: the way for means over months and seasons. Outside of the source values are missing.
 *
 * @throws DTypeError unless both are times; NotLoadedError where they are lazy.
 */
export function interpCalendar(parts: DatasetParts, target: ArrayParts, dim = "time"): DatasetParts {
  const source = timesAlong(parts, dim);
  const { variable } = target;
  if (kindOf(variable.dtype) !== "M" || variable.ndim !== 1) {
    throw new DTypeError(`interpCalendar needs a 1-D array of times to go to, not ${variable.dtype} of ${variable.ndim} dimensions`, {
      dtype: variable.dtype,
    });
  }
  const to = calendarOfDType(variable.dtype as DatetimeDType);
  const years = (v: Variable): Variable =>
    new Variable([dim], timePart(loadedArray(v.array, "the times to interpolate between"), "decimalYear"));
  if (!to.hasYearZero && (timePart(source.loaded, "year") as NDArray).data.includes(0 as never)) {
    throw new ArgumentError(`calendar ${to.name} has no year 0, which the times to convert contain`, { calendar: to.name });
  }
  return withCoordinate(
    interp(withCoordinate(parts, dim, years(source)), { [dim]: years(variable) }),
    dim,
    new Variable([dim], variable.array, { attrs: variable.attrs }),
  );
}

/** `standard` is `datetime64` where no time is before 1582-10-15, unless it is to stay itself. */
function timeVariable(
  dim: string,
  times: Float64Array,
  to: CalendarSystem,
  { useCftime = false }: ConvertCalendarOptions,
  attrs: Variable["attrs"],
): Variable {
  const { dtype } = useCftime ? to : decodedCalendar(to, times);
  return new Variable([dim], new NDArray(times, [times.length], dtype), { attrs });
}

function timesAlong(parts: DatasetParts, dim: string): Variable<string, DatetimeDType> {
  const time = parts.coords.get(dim);
  if (time === undefined) throw new CoordinateError(unknownName("coordinate", dim, parts.coords.keys()), { name: dim });
  if (kindOf(time.dtype) !== "M")
    throw new DTypeError(`coordinate ${JSON.stringify(dim)} must hold times; it is ${time.dtype}`, { name: dim, dtype: time.dtype });
  if (time.ndim !== 1 || time.dims[0] !== dim)
    throw new DimensionError(`coordinate ${JSON.stringify(dim)} must lie along its own dimension, not along (${time.dims.join(", ")})`, {
      name: dim,
      dims: time.dims,
    });
  loadedArray(time.array, `coordinate ${JSON.stringify(dim)}`);
  return time as Variable<string, DatetimeDType>;
}

function withCoordinate(parts: DatasetParts, dim: string, variable: Variable): DatasetParts {
  return {
    ...parts,
    coords: new Map([...parts.coords, [dim, variable]]),
    indexes: new Map([...parts.indexes, [dim, LabelIndex.of(dim, variable)]]),
  };
}
