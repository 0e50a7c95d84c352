/**
 * Seasons of the user's own making (`["DJFM", "AMJJ", "SON"]`), for SeasonGrouper and SeasonResampler.
 */
import { ArgumentError } from "../errors.ts";
import { type CalendarSystem, MS_PER_DAY, monthStart } from "./calendars.ts";
import { DateCursor } from "./cursor.ts";

const YEAR = "JFMAMJJASONDJFMAMJJASOND";

/**
 * The months (1 … 12, in order, over the turn of the year) that each season names by initials.
 *
 * A season of one month is told from others by the initial of the season that follows it.
 *
 * @throws ArgumentError for letters that are no run of months.
 * @example
 * ```ts
 * seasonMonths(["DJF", "JJA"]); // [[12, 1, 2], [6, 7, 8]]
 * ```
 */
export function seasonMonths(seasons: readonly string[]): number[][] {
  return seasons.map((season, i) => {
    const next = seasons[(i + 1) % seasons.length] ?? "";
    // Two initials in a row are unique in the year.
    const at = YEAR.indexOf(season.length === 1 ? season + next.slice(0, 1) : season);
    if (season === "" || season.length > 12 || at < 0) {
      throw new ArgumentError(`${JSON.stringify(season)} is no season: expected initials of months in a row, such as "DJF"`, { season });
    }
    return Array.from(season, (_letter, j) => ((at + j) % 12) + 1);
  });
}

/** The months of times, 1 … 12; 0 for NaT. */
function monthsOf(times: Float64Array, calendar: CalendarSystem): Uint8Array {
  const months = new Uint8Array(times.length);
  const at = new DateCursor(calendar);
  for (let i = 0; i < times.length; i++) {
    const day = Math.floor(times[i]! / MS_PER_DAY);
    if (Number.isNaN(day)) continue;
    at.seek(day);
    months[i] = at.month;
  }
  return months;
}

/**
 * The season of each time, by position in `seasons`, −1 for none.
 *
 * Seasons may overlap; then a time is in several, and there are as many code arrays as needed, each of
 * seasons without overlap.
 */
export function seasonCodes(times: Float64Array, calendar: CalendarSystem, seasons: readonly string[]): Int32Array[] {
  const layers: Int32Array[] = [];
  seasonMonths(seasons).forEach((months, code) => {
    let layer = layers.find((table) => months.every((m) => table[m] === -1));
    if (layer === undefined) {
      layer = new Int32Array(13).fill(-1);
      layers.push(layer);
    }
    for (const m of months) layer[m] = code;
  });
  const months = monthsOf(times, calendar);
  return layers.map((table) => Int32Array.from(months, (m) => table[m]!));
}

/** Seasons in a row: the first day of each, and the one each time is in. */
export interface SeasonBins {
  /** The first day of each season, in milliseconds, from the first to the last season present; skipped months have none. */
  readonly labels: Float64Array;
  /** The season of each time by position in `labels`, −1 for none. */
  readonly codes: Int32Array;
}

/**
 * The seasons that follow each other in a series, as xarray's SeasonResampler makes them.
 *
 * A season over the turn of the year belongs to the year it starts in. With `dropIncomplete` (default)
 * a first season whose first month is missing and a last one whose last month is missing are left out.
 *
 * @throws ArgumentError for seasons that overlap or are not in the order of the year.
 */
export function seasonBins(
  times: Float64Array,
  calendar: CalendarSystem,
  seasons: readonly string[],
  o: { readonly dropIncomplete?: boolean | undefined } = {},
): SeasonBins {
  const months = seasonMonths(seasons);
  const all = months.flat();
  if (new Set(all).size < all.length) {
    throw new ArgumentError(`seasons to resample to must not overlap: ${seasons.join(", ")}`, { seasons });
  }
  const turns = all.filter((m, i) => m < all[(i + all.length - 1) % all.length]!).length;
  if (turns > 1) throw new ArgumentError(`seasons must be in the order of the year: ${seasons.join(", ")}`, { seasons });

  // Seasons are numbered through the years by the month in which they start.
  const starts = months.map((m) => m[0]!);
  const order = starts.map((_s, i) => i).sort((a, b) => starts[a]! - starts[b]!);
  const rank = new Map(order.map((season, i) => [season, i]));
  const seasonOf = new Int32Array(13).fill(-1);
  const wraps = new Uint8Array(13);
  months.forEach((list, season) => {
    for (const m of list) {
      seasonOf[m] = season;
      wraps[m] = m < list[0]! ? 1 : 0;
    }
  });

  const at = new DateCursor(calendar);
  const numbers = new Float64Array(times.length).fill(Number.NaN);
  let first = Number.POSITIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  let earliest = Number.POSITIVE_INFINITY;
  let latest = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < times.length; i++) {
    const day = Math.floor(times[i]! / MS_PER_DAY);
    if (Number.isNaN(day)) continue;
    at.seek(day);
    const season = seasonOf[at.month]!;
    if (season < 0) continue;
    const n = (at.year - wraps[at.month]!) * order.length + rank.get(season)!;
    numbers[i] = n;
    first = Math.min(first, n);
    last = Math.max(last, n);
    const month = at.year * 12 + at.month;
    earliest = Math.min(earliest, month);
    latest = Math.max(latest, month);
  }
  const codes = new Int32Array(times.length).fill(-1);
  if (first > last) return { labels: new Float64Array(0), codes };
  const seasonAt = (n: number): number => order[n - Math.floor(n / order.length) * order.length]!;
  if (o.dropIncomplete ?? true) {
    const head = months[seasonAt(first)]!;
    const tail = months[seasonAt(last)]!;
    const monthOf = (m: number): number => ((m - 1 + 12) % 12) + 1;
    if (monthOf(earliest % 12 || 12) !== head[0]) first++;
    if (monthOf(latest % 12 || 12) !== tail[tail.length - 1]) last--;
  }
  const labels = new Float64Array(Math.max(last - first + 1, 0));
  for (let n = first; n <= last; n++) {
    const year = Math.floor(n / order.length);
    labels[n - first] = monthStart(calendar, year, starts[seasonAt(n)]!) * MS_PER_DAY;
  }
  for (let i = 0; i < times.length; i++) if (numbers[i]! >= first && numbers[i]! <= last) codes[i] = numbers[i]! - first;
  return { labels, codes };
}
