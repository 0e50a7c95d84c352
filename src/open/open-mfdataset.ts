/** Opening many files as one dataset. */
import type { ConcatAlong } from "../functions/combine.ts";
import type { Dataset } from "../model.ts";
import type { ConcatOptions } from "../ops/combine/index.ts";
import type { OpenDatasetOptions } from "./open-dataset.ts";
import type { Target } from "./resolve.ts";

/** How many files become one dataset. */
export interface OpenMfdatasetOptions extends OpenDatasetOptions, ConcatOptions {
  /** `"by_coords"` orders files by the values of their coordinates (default), `"nested"` as they are listed, along `concatDim`. */
  readonly combine?: "by_coords" | "nested" | undefined;
  /** For `"nested"`: the dimension of each level of lists, the outermost first; `null` merges a level. */
  readonly concatDim?: ConcatAlong | null | readonly (ConcatAlong | null)[] | undefined;
  /** Changes each dataset before they are combined; `source` says which it is. */
  readonly preprocess?: ((ds: Dataset<any>, source: string) => Dataset<any>) | undefined;
  /** Files that are opened at once (default 16). */
  readonly concurrency?: number | undefined;
}

/** Targets, in nested lists for `combine: "nested"`. */
export type Targets = Target | readonly Targets[];

/**
 * Open several files or stores as one dataset, lazily: a list, or a pattern of paths in Node
 * (`"data/*.nc"`). All are opened together; labels must be equal unless `join` says otherwise.
 *
 * @throws StoreError where a pattern fits nothing; what {@link openDataset} throws; AlignmentError and
 *   MergeError where the files do not go together.
 * @example
 * ```ts
 * const ds = await openMfdataset("era5/*.nc", { chunks: { time: 100 } });
 * const ds2 = await openMfdataset([a, b], { combine: "nested", concatDim: "member" });
 * ```
 */
export async function openMfdataset(targets: Targets, options: OpenMfdatasetOptions = {}): Promise<Dataset<any>> {
  const { openMany } = await import("./open-many.ts");
  return openMany(targets, options);
}
