/**
 * Reprs: what arrays and datasets look like as text. Lazy data is described, never read.
 *
 * `float.ts`, `numpy.ts` and `inline.ts` write values as NumPy and xarray do; `describe.ts` says what of a
 * variable is shown, `text.ts` and `html.ts` put it together, `display.ts` is how notebooks ask for it.
 * May import `ops/parts`, `array/` and below.
 *
 * @example
 * ```ts
 * console.log(String(da)); // <graticule.DataArray 'air' (time: 4, lat: 3)> …
 * ```
 */
export { elementOf, JUPYTER_DISPLAY, type MimeBundle } from "./display.ts";
export { arrayHtml, datasetHtml } from "./html.ts";
export { arrayRepr, datasetInfo, datasetRepr } from "./text.ts";
