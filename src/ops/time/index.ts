/**
 * Times as variables: their parts.
 *
 * May import `variable/`, `calendar/` and below. Takes and returns variables.
 *
 * @example
 * ```ts
 * timeComponent(time, "season").values; // ["DJF", "DJF", "MAM", …]
 * ```
 */
export { timeComponent } from "./component.ts";
