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
export { conform, conformVariable, fillOf, type FillValue, type Move, moveOnto } from "./conform.ts";
export { dropDuplicates, type DropDuplicatesOptions, dropIsel, dropSel, type DropSelOptions } from "./drop.ts";
export { type Counts, head, squeeze, type SqueezeOptions, tail, thin } from "./ends.ts";
export { attach, type Indexers, isel, type IselOptions, iselPositions, type MissingDims } from "./isel.ts";
export { reindex, reindexLike, type ReindexOptions, targetIndex } from "./reindex.ts";
export { loc, sel, type SelOptions } from "./sel.ts";
export { dropIndexes, type DropIndexesOptions, getIndex, reorderLevels, resetIndex, type ResetIndexOptions, setIndex, type SetIndexOptions, setXindex } from "./set-index.ts";
export { unwrapped } from "./unwrap.ts";
