/**
 * Plots as self-contained SVG text: lines of 1-D arrays, colour maps of 2-D ones. No DOM is needed.
 *
 * A subpath (`graticule/plot`); uses the public root only.
 *
 * @example
 * ```ts
 * import { plot } from "graticule/plot";
 * document.body.innerHTML = plot(await air.mean("time").compute());
 * ```
 * @module
 */
import { type DataArray, DimensionError } from "../index.ts";
import { type LineOptions, linePlot } from "./line.ts";
import { type MapOptions, mapPlot } from "./map.ts";

export { type LineOptions, type LineSeries, linePlot } from "./line.ts";
export { type MapOptions, mapPlot } from "./map.ts";

/** A line for a 1-D array, a map for a 2-D one. */
export function plot(data: DataArray<any, any>, options: LineOptions & MapOptions = {}): string {
  if (data.ndim === 1) return linePlot([{ data }], options);
  if (data.ndim === 2) return mapPlot(data, options);
  throw new DimensionError(`plots are of 1-D and 2-D arrays; this one has dimensions (${data.dims.join(", ")}): reduce or select first`, {
    dims: data.dims,
  });
}
