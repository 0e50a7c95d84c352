/**
 * Reprs: what arrays and datasets look like as text. Lazy data is described, never read.
 *
 * `float.ts`, `numpy.ts` and `inline.ts` write values as NumPy and xarray do; `text.ts` puts them together.
 * May import `ops/parts`, `array/` and below.
 *
 * @example
 * ```ts
 * console.log(String(da)); // <graticule.DataArray 'air' (time: 4, lat: 3)> …
 * ```
 */
export { arrayRepr, datasetRepr } from "./text.ts";
