/**
 * What users may give as a label, as keys of an index.
 *
 * Times are given as ISO strings, `Date`, Temporal objects or milliseconds; durations as strings such
 * as `"6h"` or milliseconds. A date string also stands for the whole span that it names.
 */
import { flatValues, NDArray } from "../array/ndarray.ts";
import { type CalendarSystem, calendarOfDType } from "../calendar/calendars.ts";
import { parseRange, parseTime, type Resolution, type TimeRange } from "../calendar/parse.ts";
import { parseTimedelta } from "../calendar/timedelta.ts";
import { roundHalf } from "../dtypes/half.ts";
import { kindOf } from "../dtypes/traits.ts";
import type { Complex, DatetimeDType, DType } from "../dtypes/types.ts";
import { IndexingError } from "../errors.ts";
import { comparable, complexKey, type Key, type Keys, keysOf, labelsOf, latin1 } from "./label-keys.ts";

/** Finest first, as pandas orders them. */
const RESOLUTIONS: readonly Resolution[] = ["microsecond", "millisecond", "second", "minute", "hour", "day", "month", "quarter", "year"];

/** Whether resolution `a` is coarser than `b`. */
export function coarser(a: Resolution, b: Resolution): boolean {
  return RESOLUTIONS.indexOf(a) > RESOLUTIONS.indexOf(b);
}

/** The coarsest resolution, up to days, at which all of `times` can be written. */
export function resolutionOf(times: Float64Array): Resolution {
  const steps = [86_400_000, 3_600_000, 60_000, 1000, 1] as const;
  const names: readonly Resolution[] = ["day", "hour", "minute", "second", "millisecond"];
  let level = 0;
  for (let i = 0; i < times.length && level < steps.length; i++) {
    const t = times[i]!;
    while (level < steps.length && t % steps[level]! !== 0 && t === t) level++;
  }
  return names[level] ?? "microsecond";
}

/** The key that `label` has in an index of `dtype`; undefined where it can be none of its labels. */
export function keyOf(label: unknown, dtype: DType): Key | undefined {
  switch (kindOf(dtype)) {
    case "b":
      return typeof label === "boolean" ? Number(label) : label === 0 || label === 1 ? label : undefined;
    case "i":
    case "u":
      return numberKey(label);
    case "f": {
      const key = label === null ? Number.NaN : numberKey(label);
      return typeof key === "number" ? (ROUND[dtype]?.(key) ?? key) : key;
    }
    case "U":
      return typeof label === "string" || label === null ? label : undefined;
    case "S":
      return label instanceof Uint8Array ? latin1(label) : typeof label === "string" || label === null ? label : undefined;
    case "M":
      return timeKey(label, calendarOfDType(dtype as DatetimeDType));
    case "m":
      return typeof label === "string" ? parsed(label, () => parseTimedelta(label)) : label === null ? Number.NaN : numberKey(label);
    case "c": {
      if (typeof label === "number") return complexKey(label, 0);
      const z = label as Partial<Complex> | null;
      return typeof z?.re === "number" && typeof z.im === "number" ? complexKey(z.re, z.im) : undefined;
    }
  }
}

function numberKey(label: unknown): Key | undefined {
  if (typeof label === "number") return label;
  if (typeof label === "bigint") return Number.isSafeInteger(Number(label)) ? Number(label) : label;
  return undefined;
}

function timeKey(label: unknown, calendar: CalendarSystem): Key | undefined {
  if (typeof label === "number") return label;
  if (label === null) return Number.NaN;
  const text = timeText(label);
  return text === undefined ? undefined : parsed(text, () => parseTime(text, calendar).ms);
}

/** The ISO text of a date that is given as text, `Date` or Temporal object. */
function timeText(label: unknown): string | undefined {
  if (typeof label === "string") return label;
  if (label instanceof Date) return Number.isNaN(label.getTime()) ? "NaT" : label.toISOString();
  const tag = typeof label === "object" && label !== null ? String((label as { [Symbol.toStringTag]?: unknown })[Symbol.toStringTag]) : "";
  return tag.startsWith("Temporal.") ? String(label).replace(/\[.*$/, "") : undefined;
}

/** The span of time that a partial date string names. */
export function spanOf(text: string, dtype: DType): TimeRange {
  return parsed(text, () => parseRange(text, calendarOfDType(dtype as DatetimeDType)));
}

const UNITS: { readonly [R in Resolution]?: number } = { day: 86_400_000, hour: 3_600_000, minute: 60_000, second: 1000, millisecond: 1 };

/** The durations that a text names as the end of a slice: up to one unit of its last field more, as pandas has it. */
export function durationSpan(text: string): { readonly start: number; readonly end: number } {
  const start = parsed(text, () => parseTimedelta(text));
  return { start, end: start + (UNITS[resolutionOf(Float64Array.of(start))] ?? 0.001) - 0.001 };
}

function parsed<R>(text: string, read: () => R): R {
  try {
    return read();
  } catch (cause) {
    throw new IndexingError(cause instanceof Error ? cause.message : `cannot read ${JSON.stringify(text)}`, { label: text }, { cause });
  }
}

/** The keys of a list of labels for an index of `dtype`. */
export function keysOfList(labels: NDArray | ArrayLike<unknown>, dtype: DType): Keys {
  if (labels instanceof NDArray) {
    if (comparable(labels.dtype, dtype) || labels.size === 0) return rounded(keysOf(labels), dtype);
    return keysOfList(flatValues(labels) as ArrayLike<unknown>, dtype);
  }
  const keys = Array.from(labels as ArrayLike<unknown>, (label) => {
    const key = keyOf(label, dtype);
    if (key === undefined)
      throw new IndexingError(`${describe(label)} cannot be a label of dtype ${dtype}`, { label: describe(label), dtype });
    return key;
  });
  return keys.every((key) => typeof key === "number") ? Float64Array.from(keys as number[]) : keys;
}

/** Labels are rounded to the precision of their coordinate, so that 0.1 is found where it is stored as float32. */
const ROUND: { readonly [dtype: string]: (x: number) => number } = { float32: Math.fround, float16: roundHalf };

function rounded(keys: Keys, dtype: DType): Keys {
  const round = ROUND[dtype];
  return round && keys instanceof Float64Array ? Float64Array.from(keys, (key) => round(key)) : keys;
}

/** A list of labels as users write them, as an array of `dtype`. */
export function labelsFor(labels: NDArray | ArrayLike<unknown>, dtype: DType): NDArray {
  return labelsOf(keysOfList(labels, dtype), dtype);
}

/** A label as an error shows it. */
export function describe(label: unknown): string {
  if (typeof label === "string") return JSON.stringify(label);
  if (label instanceof Date) return Number.isNaN(label.getTime()) ? "Invalid Date" : label.toISOString();
  if (typeof label === "object" && label !== null && "re" in label) return JSON.stringify(label);
  return String(label).slice(0, 60);
}
