/** The analysis of `graticule analyze`: from a variable on a grid to its anomalies, as lazy expressions. */
import { ArgumentError, CoordinateError, type DataArray, type Dataset, IndexingError, slice } from "../index.ts";

/** A variable and what its dimensions mean. */
export interface Field {
  readonly data: DataArray<any, any>;
  readonly name: string;
  readonly time: string;
  readonly lat: string;
  readonly lon: string;
}

const MEANINGS = { lat: /^(lat|latitude|y|nav_lat)$/i, lon: /^(lon|longitude|x|nav_lon)$/i } as const;

/**
 * The variable called `name`, or the first one with a time and two horizontal dimensions.
 *
 * @throws CoordinateError where there is none, saying what each variable has.
 */
export function findField(ds: Dataset<any>, name?: string): Field {
  const names = name === undefined ? [...ds.keys()] : [name];
  for (const candidate of names) {
    const data = ds.get(candidate);
    const dims = data.dims as readonly string[];
    const time = dims.find((dim) => data.coords.has(dim) && String(data.get(dim).dtype).startsWith("datetime64"));
    const lat = dims.find((dim) => MEANINGS.lat.test(dim));
    const lon = dims.find((dim) => MEANINGS.lon.test(dim));
    if (time && lat && lon) return { data, name: candidate, time, lat, lon };
  }
  const known = [...ds.keys()].map((key) => `${key} (${ds.get(key).dims.join(", ")})`).join("; ");
  throw new CoordinateError(
    `${name === undefined ? "no variable has" : `${JSON.stringify(name)} has not`} a time, a latitude and a longitude; there are ${known || "no variables"}`,
    { name },
  );
}

/** A span along one coordinate, as labels; both ends included. */
export type Span = readonly [string | number, string | number];

/** The part of a field to analyse. */
export interface Region {
  readonly lat?: Span | undefined;
  readonly lon?: Span | undefined;
  readonly time?: Span | undefined;
}

/** `"20:60"` as a span of numbers, `"2000-01:2004-12"` as one of dates. */
export function parseSpan(text: string): Span {
  const [start, stop, ...rest] = text.split(":");
  if (start === undefined || stop === undefined || rest.length > 0 || start === "" || stop === "") {
    throw new ArgumentError(`a span is written start:stop, such as 20:60 or 2000-01:2004-12, not ${JSON.stringify(text)}`, { text });
  }
  const numbers = [start, stop].map(Number);
  const isNumber = /^[-+.\d]+$/.test(start) && !/^\d{4}-/.test(start) && numbers.every(Number.isFinite) && !/^\d{4}$/.test(start);
  return isNumber ? [numbers[0]!, numbers[1]!] : [start, stop];
}

/** The middle two thirds of a coordinate's range, as labels. */
function middle(data: DataArray<any, any>, dim: string): Span {
  const labels = Array.from(data.get(dim).values as ArrayLike<number>, Number);
  const low = Math.min(...labels);
  const high = Math.max(...labels);
  return [low + (high - low) / 6, high - (high - low) / 6];
}

/**
 * The field in a region and period, selected by label.
 *
 * @throws IndexingError where nothing lies in it, saying from where to where the labels go.
 */
export function selectRegion(field: Field, region: Region): DataArray<any, any> {
  const { data, lat, lon, time } = field;
  const spans: [string, Span | undefined][] = [
    [lat, region.lat ?? middle(data, lat)],
    [lon, region.lon ?? middle(data, lon)],
    [time, region.time],
  ];
  const selected = data.sel(Object.fromEntries(spans.flatMap(([dim, span]) => (span ? [[dim, slice(span[0], span[1])]] : []))));
  for (const [dim, span] of spans) {
    if (selected.sizes[dim]! > 0) continue;
    const ends = [0, -1].map((i) => labelText(data.get(dim).isel({ [dim]: i })));
    throw new IndexingError(`nothing of ${dim} lies in ${span?.join(":") ?? "the variable"}; its labels go from ${ends.join(" to ")}`, {
      dim,
      span,
    });
  }
  return selected;
}

function labelText(label: DataArray<any, any>): string {
  return String(label.dtype).startsWith("datetime64") ? String(label.dt.strftime("%Y-%m-%d").item()) : String(label.item());
}

/** What comes of the analysis; nothing is computed yet. */
export interface Analysis {
  /** Mean of each month of the year. */
  readonly climatology: DataArray<any, any>;
  /** Departure of each time from its month's mean. */
  readonly anomalies: DataArray<any, any>;
  /** Area-weighted mean of the anomalies over the region. */
  readonly regional: DataArray<any, any>;
  /** Its yearly means. */
  readonly yearly: DataArray<any, any>;
  /** Coefficients of a straight line through the regional mean, per nanosecond as in xarray. */
  readonly trend: Dataset<any>;
  /** Time mean of the field. */
  readonly mean: DataArray<any, any>;
}

/** Monthly climatology, anomalies, their area-weighted mean, its yearly means and its trend. */
export function analyse(field: Field, selected: DataArray<any, any>): Analysis {
  const { lat, lon, time } = field;
  const climatology = selected.groupby(`${time}.month`).mean();
  const anomalies = selected.groupby(`${time}.month`).sub(climatology).rename(`${field.name}_anomaly`);
  const weights = selected.get(lat).radians().cos();
  const regional = anomalies.weighted(weights).mean([lat, lon]).rename("regional mean");
  return {
    climatology,
    anomalies,
    regional,
    yearly: regional
      .resample({ [time]: "YS" })
      .mean()
      .rename("yearly mean"),
    trend: regional.polyfit(time, 1),
    mean: selected.mean(time),
  };
}
