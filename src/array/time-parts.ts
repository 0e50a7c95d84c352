/** Parts of times and durations, element by element: numbers, flags, names, rounded times, formatted text. */

import type { CalendarSystem, Rounding } from "../calendar/index.ts";
import {
  COMPONENT_NAMES,
  calendarOfDType,
  component,
  componentName,
  decimalYear,
  isFlag,
  MS_PER_DAY,
  roundTimes,
  SEASON_NAMES,
  strftime,
} from "../calendar/index.ts";
import { kindOf } from "../dtypes/traits.ts";
import type { AnyValues, DatetimeDType, DType } from "../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import { apply } from "./apply.ts";
import { broadcasting } from "./broadcasting.ts";
import { type AnyArray, inMemory } from "./lazy.ts";
import { flatValues, NDArray } from "./ndarray.ts";
import type { Op } from "./op.ts";

/** Which part, the frequency or format that it takes, and the dtype of the result. */
export interface TimePart {
  readonly part: string;
  readonly arg: string;
  readonly to: DType;
}

/** Parts of durations: their dtype and their value of milliseconds. */
const DURATION_PARTS: Readonly<Record<string, { readonly to: DType; readonly pick: (t: number) => number }>> = {
  days: { to: "int64", pick: (t) => Math.floor(t / MS_PER_DAY) },
  seconds: { to: "int64", pick: (t) => Math.floor((t - Math.floor(t / MS_PER_DAY) * MS_PER_DAY) / 1000) },
  // A fraction of a millisecond is not exact in binary, so that it is rounded.
  microseconds: { to: "int64", pick: (t) => Math.min(Math.round((t - Math.floor(t / 1000) * 1000) * 1000), 999_999) },
  nanoseconds: { to: "int64", pick: (t) => (Number.isNaN(t) ? t : 0) },
  totalSeconds: { to: "float64", pick: (t) => t / 1000 },
};

/** Parts of times beside the components of `calendar/`. */
const TIME_PARTS = ["date", "time", "decimalYear", "strftime"];
const ROUNDINGS = ["floor", "ceil", "round"];

/** Parts of times, or of durations. */
export const timePartOp: Op<TimePart> = {
  name: "time-part",
  kind: "map",
  infer: ([a], { to }) => [{ shape: a!.shape, dtype: to }],
  ...broadcasting,
  run: (call, context) => {
    const { part, arg, to } = call.params;
    const block = context.read(0, context.at[0]!);
    const values = valuesOf(flatValues(block) as Float64Array, block.dtype, part, arg);
    return [new NDArray(stored(values, part, to), block.shape, to)];
  },
};

/**
 * One part of every time or duration of `a`.
 *
 * Counts are int64, and float64 where values in memory have a NaT among them; flags are bool (false for NaT),
 * `season` and `strftime` are strings, `date` is midnight of the day and `time` the duration since then;
 * `floor`, `ceil` and `round` take a frequency as `arg`, `strftime` a format.
 *
 * @throws DTypeError unless the values are times or durations, and when a lazy count meets NaT; ArgumentError for
 *   an unknown part, frequency or directive.
 */
export function timePart(a: AnyArray, part: string, arg = ""): AnyArray {
  const kind = kindOf(a.dtype);
  if (kind !== "M" && kind !== "m") {
    throw new DTypeError(`${JSON.stringify(part)} is a part of times; these values are ${a.dtype}`, { part, dtype: a.dtype });
  }
  const known = kind === "m" ? [...Object.keys(DURATION_PARTS), ...ROUNDINGS] : [...COMPONENT_NAMES, ...TIME_PARTS, ...ROUNDINGS];
  if (!known.includes(part) && !(kind === "M" && componentName(part))) {
    throw new ArgumentError(unknownName(kind === "m" ? "part of durations" : "time component", part, known), { part });
  }
  // A frequency or format that is none is known now, not when a plan runs.
  if (arg !== "") valuesOf(new Float64Array(1), a.dtype, part, arg);
  let to = dtypeOf(part, a.dtype);
  const loaded = to === "int64" ? inMemory(a) : undefined;
  if (loaded && part !== "daysInYear" && hasNaT(flatValues(loaded) as Float64Array)) to = "float64";
  return apply(timePartOp, [a], { params: { part, arg, to }, label: part });
}

function dtypeOf(part: string, dtype: DType): DType {
  if (ROUNDINGS.includes(part) || part === "date") return dtype;
  if (part === "strftime" || part === "season") return "string";
  if (part === "time") return "timedelta64";
  if (part === "decimalYear") return "float64";
  if (kindOf(dtype) === "m") return DURATION_PARTS[part]!.to;
  return isFlag(componentName(part)!) ? "bool" : "int64";
}

function valuesOf(times: Float64Array, dtype: DType, part: string, arg: string): Float64Array | (string | null)[] {
  if (ROUNDINGS.includes(part)) return roundTimes(times, arg, part as Rounding);
  if (kindOf(dtype) === "m") return times.map(DURATION_PARTS[part]!.pick);
  const calendar = calendarOfDType(dtype as DatetimeDType);
  switch (part) {
    case "date":
      return times.map((t) => Math.floor(t / MS_PER_DAY) * MS_PER_DAY);
    case "time":
      return times.map((t) => t - Math.floor(t / MS_PER_DAY) * MS_PER_DAY);
    case "decimalYear":
      return decimalYear(times, calendar);
    case "strftime":
      return Array.from(times, (t) => strftime(t, arg, calendar));
    case "season":
      // Python's text of what is missing, as xarray gives it.
      return seasons(component(times, part, calendar));
    case "daysInYear":
      return daysOfYears(times, calendar);
    default:
      return component(times, part, calendar);
  }
}

function seasons(codes: Float64Array): string[] {
  const out = new Array<string>(codes.length);
  for (let i = 0; i < codes.length; i++) out[i] = SEASON_NAMES[codes[i]!] ?? "nan";
  return out;
}

function hasNaT(values: Float64Array): boolean {
  for (let i = 0; i < values.length; i++) if (values[i] !== values[i]) return true;
  return false;
}

/** Like xarray, which counts NaT as a year that is no leap year. */
function daysOfYears(times: Float64Array, calendar: CalendarSystem): Float64Array {
  return component(times, "daysInYear", calendar).map((n) => (Number.isNaN(n) ? calendar.monthStarts[0][12]! : n));
}

function stored(values: Float64Array | (string | null)[], part: string, to: DType): AnyValues {
  if (Array.isArray(values)) return values;
  if (to === "bool") return Uint8Array.from(values);
  if (to === "int64" && hasNaT(values)) {
    throw new DTypeError(
      `there is a NaT among these lazy times, and ${part} is int64: load() them first to have float64, or drop what is missing`,
      { part },
    );
  }
  return values;
}
