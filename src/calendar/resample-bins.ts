/**
 * Bins of time for `resample`: edges, labels and the bin of each time, as pandas' Grouper and xarray's
 * CFTimeGrouper compute them, in any calendar.
 */
import { ArgumentError } from "../errors.ts";
import { type CalendarSystem, MS_PER_DAY } from "./calendars.ts";
import { dateRange } from "./date-range.ts";
import { rollback, shift } from "./offset-math.ts";
import { type Offset, parseOffset, tickMs } from "./offsets.ts";
import { parseTime } from "./parse.ts";
import { roundToMicrosecond } from "./precision.ts";
import { parseTimedelta } from "./timedelta.ts";

/** A side of a bin. */
export type Side = "left" | "right";
/** From where bins of a fixed length are counted. */
export type Origin = "start_day" | "start" | "epoch" | "end" | "end_day";

/** What `resampleBins` takes. */
export interface ResampleOptions {
  /** Which edge belongs to a bin (default `right` for `ME QE YE W` and their business forms and for `end` origins, else `left`). */
  readonly closed?: Side | undefined;
  /** Which edge names a bin (default as `closed`'s). */
  readonly label?: Side | undefined;
  /** Default `"start_day"`, midnight of the first day; or a time as ISO text or milliseconds. Fixed lengths only. */
  readonly origin?: Origin | (string & {}) | number | undefined;
  /** Added to the origin: milliseconds or a duration such as `"6h"`. Fixed lengths only. */
  readonly offset?: string | number | undefined;
}

/** Bins of time; bin `i` lies between `edges[i]` and `edges[i + 1]`. */
export interface ResampleBins {
  /** One more than there are bins, increasing. */
  readonly edges: Float64Array;
  /** The time that names each bin. */
  readonly labels: Float64Array;
  /** The bin of each time, −1 for NaT. */
  readonly codes: Int32Array;
  /** Which edge belongs to a bin. With `"right"` of a month, quarter, year or week end, `edges` are the midnights after, and the left belongs. */
  readonly closed: Side;
}

const MAX_BINS = 2 ** 27;

/** Whether a frequency ends a span longer than a day, so that its bins hold the whole of their last day. */
function isSpanEnd(offset: Offset): boolean {
  const { rule } = offset;
  return rule.kind === "week" || (rule.kind === "month" && rule.at === "end");
}

function side(value: Side | undefined, otherwise: Side, what: string): Side {
  if (value === undefined || value === "left" || value === "right") return value ?? otherwise;
  throw new ArgumentError(`${what} can be left or right, not ${JSON.stringify(value)}`, { [what]: value });
}

/**
 * The bins of `times` at a frequency, empty bins included.
 *
 * @param times milliseconds since 1970-01-01 of `calendar`, in any order; NaT gets code −1.
 * @throws ArgumentError for options that are none, frequencies that do not run forward, and more than 2²⁷ bins.
 * @example
 * ```ts
 * resampleBins(dateRange({ start: "2000", periods: 60 }, noleap), "MS", noleap).labels; // 1 January, 1 February
 * ```
 */
export function resampleBins(times: Float64Array, freq: string | Offset, calendar: CalendarSystem, o: ResampleOptions = {}): ResampleBins {
  const offset = parseOffset(freq);
  if (!(offset.n > 0)) {
    throw new ArgumentError(`cannot resample to ${JSON.stringify(offset.text)}: it must run forward`, {
      freq: offset.text,
    });
  }
  const spanEnd = isSpanEnd(offset);
  const usual = spanEnd || o.origin === "end" || o.origin === "end_day" ? "right" : "left";
  const closed = side(o.closed, usual, "closed");
  const label = side(o.label, usual, "label");
  const { min, max } = extent(times);
  if (Number.isNaN(min)) {
    return {
      edges: new Float64Array(0),
      labels: new Float64Array(0),
      codes: new Int32Array(times.length).fill(-1),
      closed,
    };
  }
  const step = tickMs(offset);
  const [first, last] =
    step === undefined
      ? calendarEnds(min, max, offset, closed, calendar)
      : fixedEnds(min, max, step, closed, originOf(o, min, calendar), o);
  if (step !== undefined && (last - first) / step > MAX_BINS) {
    throw new ArgumentError(`resampling to ${JSON.stringify(offset.text)} makes more than ${MAX_BINS} bins`, {
      freq: offset.text,
    });
  }
  let names = dateRange({ start: first, end: last, freq: offset }, calendar);
  let edges = names;
  // pandas moves right-closed edges to the last moment of their day; the midnight after, with the left
  // edge belonging, draws the same line without depending on the resolution of times.
  const shifted = spanEnd && closed === "right";
  if (shifted) edges = names.map((t) => t + MS_PER_DAY);
  if (spanEnd && edges.length > 2) {
    const beforeLast = edges[edges.length - 2]!;
    if (beforeLast > max) {
      edges = edges.slice(0, -1);
      names = names.slice(0, -1);
    }
  }
  const bounded = shifted ? "left" : closed;
  return {
    edges,
    labels: label === "right" ? names.slice(1) : names.slice(0, -1),
    codes: binCodes(times, edges, bounded),
    closed: bounded,
  };
}

function extent(times: Float64Array): { min: number; max: number } {
  let min = Number.NaN;
  let max = Number.NaN;
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    if (!(t >= min)) min = Number.isNaN(t) ? min : t;
    if (!(t <= max)) max = Number.isNaN(t) ? max : t;
  }
  return { min, max };
}

/** The range of edges of a frequency that follows the calendar. */
function calendarEnds(min: number, max: number, offset: Offset, closed: Side, calendar: CalendarSystem): [first: number, last: number] {
  const firstDay = Math.floor(min / MS_PER_DAY) * MS_PER_DAY;
  const lastDay = Math.floor(max / MS_PER_DAY) * MS_PER_DAY;
  const { n, rule } = offset;
  const first = closed === "left" ? rollback(firstDay, offset, calendar) : shift(firstDay, -n, rule, calendar);
  return [first, shift(lastDay, n, rule, calendar)];
}

const NAMED_ORIGINS = ["start_day", "start", "epoch", "end", "end_day"];

/** The origin as a time, or `undefined` for those that count back from the end. */
function originOf(o: ResampleOptions, min: number, calendar: CalendarSystem): number | undefined {
  const origin = o.origin ?? "start_day";
  switch (origin) {
    case "start_day":
      return Math.floor(min / MS_PER_DAY) * MS_PER_DAY;
    case "start":
      return min;
    case "epoch":
      return 0;
    case "end":
    case "end_day":
      return undefined;
  }
  const ms = typeof origin === "number" ? origin : /\d/.test(origin) ? parseTime(origin, calendar).ms : Number.NaN;
  if (!Number.isFinite(ms)) {
    throw new ArgumentError(`origin can be ${NAMED_ORIGINS.join(", ")} or a time, not ${JSON.stringify(origin)}`, { origin });
  }
  return ms;
}

/** The rest of a division, never negative, on the grid of microseconds. */
function modulo(a: number, b: number): number {
  const rest = roundToMicrosecond(a - Math.floor(a / b) * b);
  return rest >= b ? 0 : Math.max(rest, 0);
}

/** The range of edges of bins of a fixed length. */
function fixedEnds(
  min: number,
  max: number,
  step: number,
  closed: Side,
  named: number | undefined,
  o: ResampleOptions,
): [first: number, last: number] {
  let start = min;
  let origin = named;
  if (origin === undefined) {
    const end = o.origin === "end" ? max : Math.ceil(max / MS_PER_DAY) * MS_PER_DAY;
    const count = Math.floor(roundToMicrosecond(end - min) / step) + (closed === "left" ? 1 : 0);
    start = roundToMicrosecond(end - count * step);
    origin = start;
  }
  origin += o.offset === undefined ? 0 : typeof o.offset === "number" ? o.offset : parseTimedelta(o.offset);
  if (!Number.isFinite(origin)) throw new ArgumentError(`offset must be a duration, not ${JSON.stringify(o.offset)}`);
  const before = modulo(start - origin, step);
  const over = modulo(max - origin, step);
  const right = closed === "right";
  const first = start - (before > 0 ? before : right ? step : 0);
  const last = max + (over > 0 ? step - over : right ? 0 : step);
  return [roundToMicrosecond(first), roundToMicrosecond(last)];
}

/** The bin of each time: the one of the time before, the next one, or by bisection. */
function binCodes(times: Float64Array, edges: Float64Array, closed: Side): Int32Array {
  const codes = new Int32Array(times.length);
  const bins = edges.length - 1;
  const right = closed === "right";
  let bin = 0;
  let low = edges[0]!;
  let high = edges[1]!;
  for (let i = 0; i < times.length; i++) {
    const t = times[i]!;
    if (Number.isNaN(t)) {
      codes[i] = -1;
      continue;
    }
    if (!(right ? t > low && t <= high : t >= low && t < high)) {
      bin = bisect(edges, t, right) - 1;
      if (bin < 0 || bin >= bins) {
        codes[i] = -1;
        bin = Math.min(Math.max(bin, 0), bins - 1);
      } else codes[i] = bin;
      low = edges[bin]!;
      high = edges[bin + 1]!;
      continue;
    }
    codes[i] = bin;
  }
  return codes;
}

/** How many edges lie before `t` (with `right` closed bins) or at or before it. */
function bisect(edges: Float64Array, t: number, right: boolean): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const mid = (low + high) >>> 1;
    const edge = edges[mid]!;
    if (right ? edge < t : edge <= t) low = mid + 1;
    else high = mid;
  }
  return low;
}
