/**
 * Selecting: parts of objects by position, by label, and onto other labels.
 *
 * Operations are written for datasets; arrays use them by way of `viaDataset`. Arrays that index are
 * given as objects of the classes or as their parts. May import `indexing/` and `variable/`.
 *
 * @example
 * ```ts
 * sel(parts, { lat: slice(60, 20), time: "2000-02" });
 * viaDataset(array, (dataset) => isel(dataset, { time: -1 }));
 * ```
 */
export { conform, conformVariable, type FillValue, type Move, moveOnto } from "./conform.ts";
export { type Indexers, isel, type IselOptions, iselPositions, type MissingDims } from "./isel.ts";
export { reindex, reindexLike, type ReindexOptions } from "./reindex.ts";
export { loc, sel, type SelOptions } from "./sel.ts";
