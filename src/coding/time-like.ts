/** What units say about the values they are of. */
import { CALENDARS } from "../calendar/calendars.ts";
import { parseTimeUnits } from "../calendar/cf-units.ts";

/** Units of durations, spelt as xarray knows them. */
const DURATIONS: ReadonlySet<unknown> = new Set(["days", "hours", "minutes", "seconds", "milliseconds", "microseconds", "nanoseconds"]);

/** Whether units are of times since a date. */
export function isDateUnits(units: unknown): units is string {
  return typeof units === "string" && units.includes("since");
}

/** Whether units are of durations. */
export function isDurationUnits(units: unknown): units is string {
  return DURATIONS.has(units);
}

/** What values in these units are: times only where the units can be read, so that `days since last rain` is neither. */
export function timeLikeness(units: unknown): "datetime" | "timedelta" | undefined {
  if (isDurationUnits(units)) return "timedelta";
  if (!isDateUnits(units)) return undefined;
  try {
    parseTimeUnits(units, CALENDARS["360_day"]);
    return "datetime";
  } catch {
    return undefined;
  }
}
