/** Colour maps of 2-D arrays, as SVG text. */
import { type DataArray, DimensionError } from "../index.ts";
import { MISSING_COLOR, type RampName, rampColor } from "./color.ts";
import { axisLabel, extent } from "./line.ts";
import { linearScale, type Scale } from "./scale.ts";
import { coordinate, element, label } from "./svg.ts";

/** Options of {@link mapPlot}. */
export interface MapOptions {
  readonly title?: string | undefined;
  /** Width in pixels (default 720); the height follows from the data. */
  readonly width?: number | undefined;
  /** Values at the ends of the colours (default: those of the data, symmetric about 0 for a diverging ramp). */
  readonly domain?: readonly [number, number] | undefined;
  /** Colours (default: diverging where the data have both signs, else sequential). */
  readonly ramp?: RampName | undefined;
}

const MARGIN = { top: 34, right: 92, bottom: 30, left: 56 };
const LEVELS = 48;

/**
 * Cells of a 2-D array in memory, its last dimension across and its first one up (latitudes and longitudes
 * in degrees keep their shape), with axes and a colour bar, as a self-contained SVG.
 *
 * @throws DimensionError for arrays that are not 2-D; NotLoadedError for lazy ones.
 * @example
 * ```ts
 * const svg = mapPlot(air.mean("time"), { title: "Mean air temperature" });
 * ```
 */
export function mapPlot(data: DataArray<any, any>, options: MapOptions = {}): string {
  if (data.ndim !== 2)
    throw new DimensionError(`a map needs a 2-D array; this one has dimensions (${data.dims.join(", ")}): reduce or select first`, {
      dims: data.dims,
    });
  const { width = 720 } = options;
  const [rows, columns] = data.shape as [number, number];
  const values = Array.from(data.values as ArrayLike<number>, Number);
  const yEdges = edges(data, data.dims[0] as string, rows);
  const xEdges = edges(data, data.dims[1] as string, columns);
  const across = Math.abs(xEdges.at(-1)! - xEdges[0]!);
  const up = Math.abs(yEdges.at(-1)! - yEdges[0]!);
  const inner = width - MARGIN.left - MARGIN.right;
  const tall = Math.min(inner * 0.9, Math.max(inner * 0.2, inner * (across > 0 ? up / across : 1)));
  const height = MARGIN.top + tall + MARGIN.bottom;
  const x = linearScale(extent(xEdges, 0), [MARGIN.left, width - MARGIN.right], 7);
  const y = linearScale(extent(yEdges, 0), [height - MARGIN.bottom, MARGIN.top], 6);
  const colors = colorsOf(values, options);
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${coordinate(height)}`,
      width,
      height,
      "font-family": "system-ui, sans-serif",
      "font-size": "11",
      role: "img",
    },
    label(options.title ?? axisLabel(data), { x: MARGIN.left, y: 16, "font-size": "13", "font-weight": "600", fill: "#222" }),
    element("rect", { x: MARGIN.left, y: MARGIN.top, width: inner, height: tall, fill: MISSING_COLOR }),
    element("g", { "shape-rendering": "crispEdges" }, ...cells(values, rows, columns, xEdges, yEdges, x, y, colors)),
    ...x.ticks.map(({ value, text }) =>
      label(degrees(text, data.dims[1] as string), {
        x: x.position(value),
        y: height - MARGIN.bottom + 16,
        "text-anchor": "middle",
        fill: "#555",
      }),
    ),
    ...y.ticks.map(({ value, text }) =>
      label(degrees(text, data.dims[0] as string), { x: MARGIN.left - 6, y: y.position(value) + 4, "text-anchor": "end", fill: "#555" }),
    ),
    ...colorBar(colors, width, tall, axisLabel(data)),
  );
}

const degrees = (text: string, dim: string): string => (/^(lat|lon)/i.test(dim) ? `${text}°` : text);

/** The edges of cells around the labels of a dimension: half-way between neighbours. */
function edges(data: DataArray<any, any>, dim: string, n: number): number[] {
  const labels = data.coords.has(dim)
    ? Array.from(data.get(dim).values as ArrayLike<number>, Number)
    : Array.from({ length: n }, (_, i) => i);
  if (n === 1) return [labels[0]! - 0.5, labels[0]! + 0.5];
  const inner = labels.slice(1).map((v, i) => (v + labels[i]!) / 2);
  return [labels[0]! - (inner[0]! - labels[0]!), ...inner, labels[n - 1]! + (labels[n - 1]! - inner[n - 2]!)];
}

interface Colors {
  readonly low: number;
  readonly high: number;
  readonly ramp: RampName;
}

function colorsOf(values: readonly number[], options: MapOptions): Colors {
  const [low, high] = extent(values.filter(Number.isFinite), 0);
  const ramp = options.ramp ?? (low < 0 && high > 0 ? "diverging" : "sequential");
  if (options.domain) return { low: options.domain[0], high: options.domain[1], ramp };
  const reach = Math.max(Math.abs(low), Math.abs(high));
  return ramp === "diverging" ? { low: -reach, high: reach, ramp } : { low, high, ramp };
}

/** One path for each level of colour: a few dozen elements however many cells there are. */
function cells(
  values: readonly number[],
  rows: number,
  columns: number,
  xEdges: readonly number[],
  yEdges: readonly number[],
  x: Scale,
  y: Scale,
  { low, high, ramp }: Colors,
): string[] {
  const paths = new Map<number, string>();
  for (let i = 0; i < rows; i++) {
    for (let j = 0; j < columns; j++) {
      const value = values[i * columns + j]!;
      if (!Number.isFinite(value)) continue;
      const t = high > low ? (value - low) / (high - low) : 0.5;
      const level = Math.min(LEVELS - 1, Math.max(0, Math.floor(t * LEVELS)));
      const [x0, x1] = [x.position(xEdges[j]!), x.position(xEdges[j + 1]!)];
      const [y0, y1] = [y.position(yEdges[i]!), y.position(yEdges[i + 1]!)];
      paths.set(
        level,
        `${paths.get(level) ?? ""}M${coordinate(x0)},${coordinate(y0)}H${coordinate(x1)}V${coordinate(y1)}H${coordinate(x0)}Z`,
      );
    }
  }
  return [...paths].map(([level, d]) => element("path", { d, fill: rampColor(ramp, (level + 0.5) / LEVELS) }));
}

function colorBar({ low, high, ramp }: Colors, width: number, tall: number, text: string): string[] {
  const left = width - MARGIN.right + 16;
  const scale = linearScale([low, high], [MARGIN.top + tall, MARGIN.top], 5);
  const step = tall / LEVELS;
  const bars = Array.from({ length: LEVELS }, (_, i) =>
    element("rect", {
      x: left,
      y: MARGIN.top + tall - (i + 1) * step,
      width: 12,
      height: step + 0.5,
      fill: rampColor(ramp, (i + 0.5) / LEVELS),
    }),
  );
  const ticks = scale.ticks.map(({ value, text: t }) => label(t, { x: left + 17, y: scale.position(value) + 4, fill: "#555" }));
  const middle = MARGIN.top + tall / 2;
  return [
    ...bars,
    ...ticks,
    label(text, {
      x: width - 8,
      y: middle,
      transform: `rotate(-90 ${width - 8} ${coordinate(middle)})`,
      "text-anchor": "middle",
      fill: "#333",
    }),
  ];
}
