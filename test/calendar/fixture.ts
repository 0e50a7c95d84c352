/** The expected values that scripts/fixtures/calendars.py wrote, and how its times are read. */
import { readFileSync } from "node:fs";
import { calendarOf, formatPlain } from "../../src/calendar/index.ts";

/** A time of the fixture: whole days, or `"days:seconds"`; null is NaT. */
export type Brief = number | string | null;

export interface Fixture {
  civil: Record<string, [year: number, month: number, day: number, days: number, dow: number, doy: number, dim: number][]>;
  components: Record<string, Record<string, (number | string)[]>>;
  text: {
    plain: [string, Brief, string][];
    partial: [string, string, string, Brief, Brief][];
    strftime: [Brief, string, string][];
    timedelta: [number, string][];
    parseTimedelta: [string, number][];
  };
  decode: { numbers: Record<string, number[]>; cases: [string, string, string, Brief[]][] };
  encode: [string, string[], string | null, string | null, number[], string][];
  offsets: [string, string, Brief, Brief[], number, Brief, Brief][];
  ranges: {
    bounds: Record<string, string | number | boolean>[];
    cases: [string, string | null, number, Brief[], "ends"?][];
  };
  infer: [string, string | Brief[], string | null][];
  resample: {
    sources: [string, number, string][];
    cases: [string, number, string, Record<string, string>, Brief[], number[] | null][];
  };
  rounding: { times: Brief[]; cases: [string, Brief[], Brief[], Brief[]][] };
  conversion: {
    convert: [string, string, "date" | "year", [string, number, string], Brief[], number[]][];
    like: [string, string, [string, number, string], [Brief, Brief, number]][];
    seasons: [string, string[], boolean | null, Brief[] | null, number[] | number[][]][];
  };
}

export const fixture: Fixture = JSON.parse(readFileSync(new URL("./fixtures/calendar.json", import.meta.url), "utf8")) as Fixture;

/** Milliseconds of a time of the fixture. */
export function ms(time: Brief): number {
  if (time === null) return Number.NaN;
  if (typeof time === "number") return time * 86_400_000;
  const [days, seconds] = time.split(":").map(Number);
  const micros = Math.round(seconds! * 1e6);
  return micros % 1000 === 0 ? days! * 86_400_000 + micros / 1000 : (days! * 86_400_000_000 + micros) / 1000;
}

export const mss = (times: readonly Brief[]): Float64Array => Float64Array.from(times, ms);

/** Times as readable text, so that a failure shows dates. */
export function show(times: ArrayLike<number>, calendar: string): string[] {
  return Array.from(times, (t) => formatPlain(t, calendarOf(calendar)));
}
