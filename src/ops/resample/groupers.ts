/** The groupers that cut time into spans: by frequency, by seasons in a row. */
import { calendarOfDType, type ResampleOptions, resampleBins, seasonBins } from "../../calendar/index.ts";
import { ArgumentError } from "../../errors.ts";
import { type EncodedGroups, type Grouper, type GroupSource, timeLabels, timesOf } from "../groupby/index.ts";

/** Options of {@link TimeResampler}. */
export interface TimeResamplerOptions extends Omit<ResampleOptions, "origin"> {
  /** A frequency such as `"MS"`, `"10D"`, `"QS-DEC"`. */
  readonly freq: string;
  /** From where spans of a fixed length are counted: `"start_day"` (default), `"start"`, `"epoch"`, `"end"`, `"end_day"`, or a time. */
  readonly origin?: ResampleOptions["origin"] | Date | undefined;
}

/**
 * A group for every span of a frequency, empty ones included.
 *
 * @example
 * ```ts
 * da.groupby({ time: new groupers.TimeResampler({ freq: "QS-DEC" }) }).mean();
 * ```
 */
export class TimeResampler implements Grouper {
  readonly freq: string;
  readonly options: ResampleOptions;

  constructor({ freq, origin, ...options }: TimeResamplerOptions) {
    this.freq = freq;
    this.options = { ...options, origin: origin instanceof Date ? origin.getTime() : origin };
  }

  factorize(source: GroupSource): EncodedGroups {
    const [times, dtype] = timesOf(source, "resampling");
    const bins = resampleBins(times, this.freq, calendarOfDType(dtype), this.options);
    return encoded(source, bins.labels, bins.codes);
  }
}

/** Options of {@link SeasonResampler}. */
export interface SeasonResamplerOptions {
  /** Seasons by initials of months, in the order of the year and without overlap. */
  readonly seasons: readonly string[];
  /** Leave out a first and a last season of which the series lacks the first, or the last month (default true). */
  readonly dropIncomplete?: boolean | undefined;
}

/**
 * A group for every season of every year, labelled by its first day.
 *
 * @example
 * ```ts
 * da.resample({ time: new groupers.SeasonResampler({ seasons: ["DJF", "MAM", "JJA", "SON"] }) }).mean();
 * ```
 */
export class SeasonResampler implements Grouper {
  readonly seasons: readonly string[];
  readonly dropIncomplete: boolean;

  constructor({ seasons, dropIncomplete = true }: SeasonResamplerOptions) {
    this.seasons = seasons;
    this.dropIncomplete = dropIncomplete;
  }

  factorize(source: GroupSource): EncodedGroups {
    const [times, dtype] = timesOf(source, "SeasonResampler");
    const bins = seasonBins(times, calendarOfDType(dtype), this.seasons, { dropIncomplete: this.dropIncomplete });
    return encoded(source, bins.labels, bins.codes);
  }
}

function encoded(source: GroupSource, labels: Float64Array, codes: Int32Array): EncodedGroups {
  const { name, variable } = source;
  if (variable.ndim !== 1)
    throw new ArgumentError(`cannot resample by ${JSON.stringify(name)}, which has dimensions (${variable.dims.join(", ")})`, {
      name,
      dims: variable.dims,
    });
  if (labels.length === 0) throw new ArgumentError(`there is no time in ${JSON.stringify(name)} to resample`, { name });
  return { name, count: labels.length, codes: [codes], labels: timeLabels(name, labels, source) };
}
