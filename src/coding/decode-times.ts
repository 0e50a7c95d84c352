/** Times and durations: numbers in CF units as dates of their calendar. */

import { decodeTimeArray, inMemory } from "../array/index.ts";
import type { NDArray } from "../array/ndarray.ts";
import { flatValues } from "../array/ndarray.ts";
import { type CalendarSystem, calendarOf, decodedCalendar } from "../calendar/calendars.ts";
import { parseDurationUnits, parseTimeUnits } from "../calendar/cf-units.ts";
import { datetimeDType, kindOf } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { EncodingError } from "../errors.ts";
import type { Fill } from "./decode-numbers.ts";
import { type Draft, toEncoding } from "./draft.ts";
import { isDateUnits, isDurationUnits } from "./time-like.ts";

/** How times are decoded. */
export interface TimeOptions {
  /** Stored values that mean not-a-time. */
  readonly fills: readonly Fill[];
  /** True keeps `standard` and `gregorian` as a calendar of their own, false insists on `datetime64`. */
  readonly useCftime: boolean | undefined;
  /** The first and last stored value of a lazy variable, as it was before decoding. */
  readonly ends: NDArray | undefined;
}

/** Decode a variable whose units are `… since …`; others stay. */
export function decodeTimes(draft: Draft, options: TimeOptions): void {
  if (!isDateUnits(draft.attrs.units) || !isNumeric(draft.array.dtype)) return;
  const units = toEncoding(draft, "units") as string;
  const name = toEncoding(draft, "calendar") ?? "standard";
  const calendar = knownCalendar(draft.name, name);
  parseTimeUnits(units, calendar);
  const fills = options.fills.map(String);
  const to = (found: CalendarSystem): DType => datetimeDType(found.name);
  const own = to(calendar);
  let decoded: DType = own;
  if (calendar.name === "standard" && options.useCftime !== true) {
    const sample = inMemory(draft.array) ? draft.array : options.ends;
    const times =
      sample && (flatValues(inMemory(decodeTimeArray(sample, { units, calendar: "standard", to: own, fills }))!) as Float64Array);
    // Without a sample the values are checked block by block.
    decoded = times ? to(decodedCalendar(calendar, times)) : "datetime64";
  }
  if (options.useCftime === false && decoded !== "datetime64") {
    throw new EncodingError(
      `variable ${JSON.stringify(draft.name)} has times of calendar ${calendar.name}${calendar.name === "standard" ? " before 1582-10-15" : ""}, which are no datetime64 as { useCftime: false } wants`,
      { name: draft.name, calendar: calendar.name },
    );
  }
  draft.array = decodeTimeArray(draft.array, { units, calendar: calendar.name, to: decoded, fills });
}

/** Whether the calendar that times get depends on values. */
export function needsEnds(units: unknown, calendar: unknown, useCftime: boolean | undefined): boolean {
  return isDateUnits(units) && useCftime !== true && (calendar === undefined || /^(standard|gregorian)$/i.test(String(calendar).trim()));
}

/** Decode durations: where the attribute `dtype` says timedelta64, and where `viaUnits` by their units alone. */
export function decodeDurations(draft: Draft, options: { readonly fills: readonly Fill[]; readonly viaUnits: boolean }): void {
  const { units } = draft.attrs;
  if (!isDurationUnits(units) || !isNumeric(draft.array.dtype)) return;
  const byDType = String(draft.attrs.dtype ?? "").startsWith("timedelta64");
  if (!byDType && !options.viaUnits) return;
  toEncoding(draft, "units");
  if (byDType) delete draft.attrs.dtype;
  parseDurationUnits(units);
  draft.array = decodeTimeArray(draft.array, { units, calendar: null, to: "timedelta64", fills: options.fills.map(String) });
}

/** Whether durations will be decoded, which masking must know. */
export function decodesDurations(draft: Draft, enabled: boolean, viaUnits: boolean): boolean {
  return enabled && (viaUnits || String(draft.attrs.dtype ?? "").startsWith("timedelta64"));
}

function knownCalendar(name: string, calendar: unknown): CalendarSystem {
  try {
    return calendarOf(String(calendar));
  } catch (cause) {
    throw new EncodingError(
      `variable ${JSON.stringify(name)}: ${(cause as Error).message}; open with { decodeTimes: false } to have the numbers`,
      { name, calendar: String(calendar) },
      { cause },
    );
  }
}

function isNumeric(dtype: DType): boolean {
  return "iuf".includes(kindOf(dtype));
}
