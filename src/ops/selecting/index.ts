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
export { conform, conformVariable, type FillValue, fillOf, type Move, moveOnto } from "./conform.ts";
export { type DropDuplicatesOptions, type DropSelOptions, dropDuplicates, dropIsel, dropSel } from "./drop.ts";
export { type Counts, head, type SqueezeOptions, squeeze, tail, thin } from "./ends.ts";
export { attach, type Indexers, type IselOptions, isel, iselPositions, type MissingDims } from "./isel.ts";
export { type ReindexOptions, reindex, reindexLike, targetIndex } from "./reindex.ts";
export { loc, type SelOptions, sel } from "./sel.ts";
export {
  type DropIndexesOptions,
  dropIndexes,
  getIndex,
  type ResetIndexOptions,
  reorderLevels,
  resetIndex,
  type SetIndexOptions,
  setIndex,
  setXindex,
} from "./set-index.ts";
export { unwrapped } from "./unwrap.ts";
