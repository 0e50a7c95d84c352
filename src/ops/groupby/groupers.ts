/** The groupers that find their groups in any values: by label, by bin, by season. */

import { asArray } from "../../array/create.ts";
import { NDArray } from "../../array/ndarray.ts";
import { calendarOfDType, seasonCodes } from "../../calendar/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import type { DatetimeDType } from "../../dtypes/types.ts";
import { ArgumentError, DTypeError } from "../../errors.ts";
import { keysOf, labelsOf } from "../../indexing/label-keys.ts";
import { labelsFor } from "../../indexing/label-parse.ts";
import { Variable } from "../../variable/variable.ts";
import { type BinRules, binCodes, binTexts, checkedEdges, equalEdges } from "./bins.ts";
import { factorizeGiven, factorizeSorted, noneIn, strictlyMonotonic } from "./factorize.ts";
import type { EncodedGroups, Grouper, GroupSource } from "./grouper.ts";

/** A label, or the edge of a bin. */
export type GroupLabel = number | string | bigint | boolean | Date;

/** Options of {@link UniqueGrouper}. */
export interface UniqueGrouperOptions {
  /** The groups and their order (default: all different values, rising); those without a value are missing in results. */
  readonly labels?: readonly GroupLabel[] | ArrayLike<number> | undefined;
}

/**
 * A group for every different value: what a bare name in `groupby` stands for.
 *
 * @example
 * ```ts
 * da.groupby({ letter: new groupers.UniqueGrouper({ labels: ["b", "a"] }) }).mean();
 * ```
 */
export class UniqueGrouper implements Grouper {
  readonly labels: UniqueGrouperOptions["labels"];

  constructor(options: UniqueGrouperOptions = {}) {
    this.labels = options.labels;
  }

  factorize({ name, variable, bare }: GroupSource): EncodedGroups {
    const values = variable.loaded;
    const n = values.size;
    if (this.labels !== undefined) {
      const labels = labelsFor(this.labels as ArrayLike<unknown>, values.dtype);
      return {
        name,
        count: labels.size,
        codes: [factorizeGiven(values, labels)],
        labels: new Variable([name], labels, { attrs: variable.attrs }),
      };
    }
    if (bare || (variable.ndim === 1 && variable.dims[0] === name && strictlyMonotonic(values))) {
      const codes = Int32Array.from({ length: n }, (_, i) => i);
      return { name, count: n, codes: [codes], labels: bare ? undefined : variable, identity: true };
    }
    const { labels, codes } = factorizeSorted(values);
    if (labels.size === 0) throw new ArgumentError(`cannot group by ${JSON.stringify(name)}: all its values are missing`, { name });
    return { name, count: labels.size, codes: [codes], labels: new Variable([name], labels, { attrs: variable.attrs }) };
  }
}

/** Options of {@link BinGrouper} and of `groupbyBins`. */
export interface BinOptions {
  /** Bins hold their right edge (default), or their left one. */
  readonly right?: boolean | undefined;
  /** A label for every bin (default: texts such as `(0, 10]`). */
  readonly labels?: readonly GroupLabel[] | ArrayLike<number> | undefined;
  /** Digits of the edges in labels (default 3). */
  readonly precision?: number | undefined;
  /** The first bin holds its left edge too. */
  readonly includeLowest?: boolean | undefined;
  /** Whether equal edges are refused (default) or taken once. */
  readonly duplicates?: "raise" | "drop" | undefined;
}

/** Edges of bins, rising, or their number. */
export type Bins = number | readonly GroupLabel[] | ArrayLike<number>;

/**
 * A group for every bin of values. Results have the dimension `<name>_bins`; its labels are texts such as
 * `(-10, 10]` where xarray has pandas intervals: give `labels` to have numbers.
 *
 * @example
 * ```ts
 * da.groupby({ lat: new groupers.BinGrouper({ bins: [-90, -30, 30, 90] }) }).mean();
 * ```
 */
export class BinGrouper implements Grouper {
  readonly bins: Bins;
  readonly options: BinOptions;

  constructor({ bins, ...options }: BinOptions & { readonly bins: Bins }) {
    if (typeof bins !== "number" && !(typeof bins === "object" && bins !== null && "length" in bins)) {
      throw new ArgumentError(`bins must be a number of bins or a list of edges, not ${String(bins)}`, { bins: String(bins) });
    }
    this.bins = bins;
    this.options = options;
  }

  factorize({ name, variable }: GroupSource): EncodedGroups {
    const values = variable.loaded;
    const { right = true, includeLowest = false, precision = 3, duplicates = "raise" } = this.options;
    if (!"iufMm".includes(kindOf(values.dtype)))
      throw new DTypeError(`bins hold numbers and times; ${JSON.stringify(name)} is ${values.dtype}`, { name, dtype: values.dtype });
    const rules: BinRules = { right, includeLowest, precision };
    const edges =
      typeof this.bins === "number" ? equalEdges(values, this.bins, right) : checkedEdges(edgesFor(this.bins, values), duplicates);
    const codes = binCodes(values, edges, rules);
    if (noneIn([codes]))
      throw new ArgumentError(
        `none of the values of ${JSON.stringify(name)} is in a bin between ${edges[0]} and ${edges[edges.length - 1]}`,
        { name },
      );
    const dim = `${name}_bins`;
    const labels = binLabels(this.options.labels, edges, rules, values);
    return { name: dim, count: edges.length - 1, codes: [codes], labels: new Variable([dim], labels, { attrs: variable.attrs }) };
  }
}

function edgesFor(bins: Exclude<Bins, number>, values: NDArray): Float64Array {
  const timelike = "Mm".includes(kindOf(values.dtype));
  const edges = keysOf(timelike ? labelsFor(bins as ArrayLike<unknown>, values.dtype) : labelsFor(bins as ArrayLike<unknown>, "float64"));
  return edges as Float64Array;
}

function binLabels(given: BinOptions["labels"], edges: Float64Array, rules: BinRules, values: NDArray): NDArray {
  if (given === undefined) return new NDArray(binTexts(edges, rules, values.dtype), [edges.length - 1], "string");
  if (given.length !== edges.length - 1)
    throw new ArgumentError(`${given.length} labels for ${edges.length - 1} bins`, { labels: given.length, bins: edges.length - 1 });
  return asArray(given);
}

/** Options of {@link SeasonGrouper}. */
export interface SeasonGrouperOptions {
  /** Seasons by initials of months in a row, such as `"DJF"`; they may overlap and leave months out. */
  readonly seasons: readonly string[];
}

/**
 * A group for every season of one's own making, over all years. Results have the dimension `season`.
 *
 * @example
 * ```ts
 * da.groupby({ time: new groupers.SeasonGrouper({ seasons: ["DJFM", "AMJJ", "ASON"] }) }).mean();
 * ```
 */
export class SeasonGrouper implements Grouper {
  readonly seasons: readonly string[];

  constructor(options: SeasonGrouperOptions | readonly string[]) {
    this.seasons = "seasons" in options ? options.seasons : options;
  }

  factorize(source: GroupSource): EncodedGroups {
    const [times, dtype] = timesOf(source, "SeasonGrouper");
    const codes = seasonCodes(times, calendarOfDType(dtype), this.seasons);
    if (noneIn(codes))
      throw new ArgumentError(`none of the times of ${JSON.stringify(source.name)} is in a season (${this.seasons.join(", ")})`, {
        name: source.name,
      });
    const labels = new Variable(["season"], new NDArray([...this.seasons], [this.seasons.length], "string"), {
      attrs: source.variable.attrs,
    });
    return { name: "season", count: this.seasons.length, codes, labels };
  }
}

/** The times of a source, with their dtype; `who` needs them. */
export function timesOf({ name, variable }: GroupSource, who: string): [times: Float64Array, dtype: DatetimeDType] {
  if (kindOf(variable.dtype) !== "M")
    throw new DTypeError(`${who} sorts times; ${JSON.stringify(name)} is ${variable.dtype}`, { name, dtype: variable.dtype });
  return [keysOf(variable.loaded) as Float64Array, variable.dtype as DatetimeDType];
}

/** Times as the labels of groups along `name`. */
export function timeLabels(name: string, times: Float64Array, { variable }: GroupSource): Variable {
  return new Variable([name], labelsOf(times, variable.dtype), { attrs: variable.attrs });
}
