/** Line plots of 1-D arrays, as SVG text. */
import { ArgumentError, type DataArray, DimensionError } from "../index.ts";
import { linearScale, type Scale, timeScale } from "./scale.ts";
import { coordinate, element, label } from "./svg.ts";

/** One line of a plot. */
export interface LineSeries {
  /** A 1-D array of numbers; its coordinate gives the horizontal axis. */
  readonly data: DataArray<any, any>;
  /** What the legend says (default: the array's name). */
  readonly name?: string | undefined;
  readonly color?: string | undefined;
  /** Width of the stroke in pixels (default 1.2). */
  readonly width?: number | undefined;
  /** Mark each value with a dot. */
  readonly dots?: boolean | undefined;
}

/** Options of {@link linePlot}. */
export interface LineOptions {
  readonly title?: string | undefined;
  /** What the vertical axis says (default: the first array's long name and units). */
  readonly yLabel?: string | undefined;
  /** Pixels (default 720 × 280). */
  readonly width?: number | undefined;
  readonly height?: number | undefined;
}

const COLORS = ["#3f6d9a", "#c2513f", "#4b8a5a", "#7d5ba6", "#b07a1e"];
const MARGIN = { top: 34, right: 16, bottom: 34, left: 56 };

/**
 * Lines of 1-D arrays in memory over their coordinate, with axes and a legend, as a self-contained SVG.
 * Missing values interrupt a line.
 *
 * @throws DimensionError for arrays that are not 1-D; NotLoadedError for lazy ones.
 * @example
 * ```ts
 * const svg = linePlot([{ data: anomaly }, { data: yearly, dots: true }], { title: "Anomaly" });
 * ```
 */
export function linePlot(series: readonly LineSeries[], options: LineOptions = {}): string {
  const { width = 720, height = 280 } = options;
  const lines = series.map(pointsOf);
  if (lines.length === 0) throw new ArgumentError("there is nothing to plot: give at least one array", {});
  const x = horizontal(lines, [MARGIN.left, width - MARGIN.right]);
  const all = lines.flatMap((line) => line.y.filter(Number.isFinite));
  const y = linearScale(extent(all, 0.05), [height - MARGIN.bottom, MARGIN.top], 5);
  const body = series.map((one, i) => drawLine(lines[i]!, x, y, one, COLORS[i % COLORS.length]!));
  return element(
    "svg",
    {
      xmlns: "http://www.w3.org/2000/svg",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      "font-family": "system-ui, sans-serif",
      "font-size": "11",
      role: "img",
    },
    label(options.title ?? "", { x: MARGIN.left, y: 16, "font-size": "13", "font-weight": "600", fill: "#222" }),
    ...axes(x, y, width, height, options.yLabel ?? axisLabel(series[0]!.data)),
    ...body,
    ...legend(series, width),
  );
}

interface Points {
  readonly x: readonly number[];
  readonly y: readonly number[];
  /** The calendar of times along the horizontal axis; undefined for numbers. */
  readonly calendar: string | undefined;
}

function pointsOf({ data }: LineSeries): Points {
  if (data.ndim !== 1)
    throw new DimensionError(`a line needs a 1-D array; this one has dimensions (${data.dims.join(", ")}): reduce or select first`, {
      dims: data.dims,
    });
  const dim = data.dims[0] as string;
  const y = Array.from(data.values as ArrayLike<number>, Number);
  if (!data.coords.has(dim)) return { x: y.map((_, i) => i), y, calendar: undefined };
  const coord = data.get(dim);
  const dtype = coord.dtype as string;
  const calendar = dtype.startsWith("datetime64") ? (/\[(.*)\]/.exec(dtype)?.[1] ?? "proleptic_gregorian") : undefined;
  return { x: Array.from(coord.values as ArrayLike<number>, Number), y, calendar };
}

function horizontal(lines: readonly Points[], range: readonly [number, number]): Scale {
  const domain = extent(
    lines.flatMap((line) => line.x.filter(Number.isFinite)),
    0,
  );
  const { calendar } = lines[0]!;
  return calendar === undefined ? linearScale(domain, range, 8) : timeScale(domain, range, 9, calendar);
}

/** Least and greatest, with a share of their distance added on both sides. */
export function extent(values: readonly number[], share: number): readonly [number, number] {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const v of values) {
    if (v < low) low = v;
    if (v > high) high = v;
  }
  if (low > high) return [0, 1];
  const pad = (high - low) * share;
  return [low - pad, high + pad];
}

function drawLine(points: Points, x: Scale, y: Scale, one: LineSeries, color: string): string {
  const stroke = one.color ?? color;
  let path = "";
  let pen = false;
  points.y.forEach((value, i) => {
    if (!Number.isFinite(value) || !Number.isFinite(points.x[i])) {
      pen = false;
      return;
    }
    path += `${pen ? "L" : "M"}${coordinate(x.position(points.x[i]!))},${coordinate(y.position(value))}`;
    pen = true;
  });
  const dots = one.dots
    ? points.y.flatMap((value, i) =>
        Number.isFinite(value) ? [element("circle", { cx: x.position(points.x[i]!), cy: y.position(value), r: 3, fill: stroke })] : [],
      )
    : [];
  return element(
    "g",
    {},
    element("path", { d: path, fill: "none", stroke, "stroke-width": one.width ?? 1.2, "stroke-linejoin": "round" }),
    ...dots,
  );
}

function axes(x: Scale, y: Scale, width: number, height: number, yLabel: string): string[] {
  const bottom = height - MARGIN.bottom;
  const horizontalTicks = x.ticks.map(({ value, text }) =>
    label(text, { x: x.position(value), y: bottom + 16, "text-anchor": "middle", fill: "#555" }),
  );
  const verticalTicks = y.ticks.flatMap(({ value, text }) => [
    element("line", {
      x1: MARGIN.left,
      x2: width - MARGIN.right,
      y1: y.position(value),
      y2: y.position(value),
      stroke: value === 0 ? "#999" : "#e6e6e3",
    }),
    label(text, { x: MARGIN.left - 6, y: y.position(value) + 4, "text-anchor": "end", fill: "#555" }),
  ]);
  const middle = (MARGIN.top + bottom) / 2;
  return [
    ...verticalTicks,
    ...horizontalTicks,
    label(yLabel, { x: 14, y: middle, transform: `rotate(-90 14 ${coordinate(middle)})`, "text-anchor": "middle", fill: "#333" }),
  ];
}

/** The long name (or name) and units of an array. */
export function axisLabel(data: DataArray<any, any>): string {
  const { long_name: longName, units } = data.attrs;
  const name = typeof longName === "string" ? longName : (data.name ?? "");
  return typeof units === "string" ? `${name} (${units})` : name;
}

function legend(series: readonly LineSeries[], width: number): string[] {
  const names = series.map((one) => one.name ?? one.data.name ?? "");
  if (series.length < 2) return [];
  let right = width - MARGIN.right;
  return series
    .map((one, i) => ({ one, i }))
    .reverse()
    .flatMap(({ one, i }) => {
      const length = names[i]!.length * 6 + 30;
      right -= length;
      const color = one.color ?? COLORS[i % COLORS.length]!;
      return [
        element("line", { x1: right, x2: right + 16, y1: 12, y2: 12, stroke: color, "stroke-width": 2 }),
        label(names[i]!, { x: right + 20, y: 16, fill: "#333" }),
      ];
    });
}
