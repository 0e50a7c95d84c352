/**
 * Times: their parts, and calendars that become others.
 *
 * May import `variable/`, `calendar/`, `ops/selecting`, `ops/interp` and below. Takes and returns variables and parts.
 *
 * @example
 * ```ts
 * timeComponent(time, "season").values; // ["DJF", "DJF", "MAM", …]
 * convertCalendar(parts, "noleap"); // without 29 February
 * ```
 */
export { isocalendar, timeComponent, timeField } from "./component.ts";
export { type ConvertCalendarOptions, convertCalendar, interpCalendar } from "./convert.ts";
