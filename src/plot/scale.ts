/** Scales: from values to positions, with ticks that people would choose. */
import { dateRange } from "../index.ts";

/** A linear map from values to positions, and its ticks. */
export interface Scale {
  readonly position: (value: number) => number;
  readonly ticks: readonly { readonly value: number; readonly text: string }[];
}

/** Round steps 1, 2 or 5 × 10ⁿ, about `count` of them. */
export function roundTicks(low: number, high: number, count: number): number[] {
  if (!(high > low)) return [low];
  const rough = (high - low) / Math.max(1, count);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((n) => n * power).find((n) => n >= rough * 0.999)!;
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  return Array.from({ length: last - first + 1 }, (_, i) => (first + i) * step);
}

/** A number with the decimals that its neighbours' distance calls for. */
function tickText(value: number, step: number): string {
  const decimals = Math.max(0, Math.min(10, -Math.floor(Math.log10(step) + 1e-9)));
  return Math.abs(value) >= 1e6 || (value !== 0 && Math.abs(value) < 1e-4) ? value.toExponential(2) : value.toFixed(decimals);
}

/** A scale of numbers from `domain` onto `range`. */
export function linearScale(domain: readonly [number, number], range: readonly [number, number], count: number): Scale {
  const [low, high] = domain[0] === domain[1] ? [domain[0] - 1, domain[1] + 1] : domain;
  const position = (value: number): number => range[0] + ((value - low) / (high - low)) * (range[1] - range[0]);
  const values = roundTicks(Math.min(low, high), Math.max(low, high), count);
  const step = values.length > 1 ? values[1]! - values[0]! : 1;
  return { position, ticks: values.map((value) => ({ value, text: tickText(value, step) })) };
}

/** Frequencies of ticks and how their times are written, the finest first. */
const TIME_STEPS: readonly (readonly [freq: string, ms: number, format: string])[] = [
  ["min", 6e4, "%H:%M"],
  ["15min", 9e5, "%H:%M"],
  ["h", 3.6e6, "%m-%d %Hh"],
  ["6h", 2.16e7, "%m-%d %Hh"],
  ["D", 8.64e7, "%Y-%m-%d"],
  ["5D", 4.32e8, "%Y-%m-%d"],
  ["MS", 2.63e9, "%Y-%m"],
  ["3MS", 7.9e9, "%Y-%m"],
  ["6MS", 1.58e10, "%Y-%m"],
  ["YS", 3.156e10, "%Y"],
  ["2YS", 6.3e10, "%Y"],
  ["5YS", 1.578e11, "%Y"],
  ["10YS", 3.156e11, "%Y"],
  ["20YS", 6.3e11, "%Y"],
  ["50YS", 1.578e12, "%Y"],
  ["100YS", 3.156e12, "%Y"],
];

/** A scale of times, milliseconds of `calendar`, from `domain` onto `range`. */
export function timeScale(domain: readonly [number, number], range: readonly [number, number], count: number, calendar: string): Scale {
  const linear = linearScale(domain, range, count);
  const span = domain[1] - domain[0];
  const [freq, ms, format] = TIME_STEPS.find(([, step]) => span / step <= count) ?? TIME_STEPS.at(-1)!;
  if (!(span >= ms / 1e3)) return { ...linear, ticks: [] };
  const times = dateRange(domain[0], { end: domain[1], freq, calendar });
  const texts = times.dt.strftime(format).values as string[];
  return { position: linear.position, ticks: Array.from(times.values as Float64Array, (value, i) => ({ value, text: texts[i]! })) };
}
