/** Many files as one dataset: patterns to paths, a pool of openings, and one combination. Loads on demand. */
import { ArgumentError, StoreError } from "../errors.ts";
import { type ConcatAlong, combineByCoords, combineNested, type Nested } from "../functions/combine.ts";
import { type Dataset, datasetFromParts } from "../model.ts";
import { CONCAT_OPTIONS } from "../ops/combine/concat.ts";
import type { ConcatOptions } from "../ops/combine/index.ts";
import { PARTS } from "../ops/parts.ts";
import { checkOptions } from "../util/options.ts";
import { hasNode } from "../util/runtime.ts";
import { OPEN_OPTIONS, openDataset } from "./open-dataset.ts";
import type { OpenMfdatasetOptions, Targets } from "./open-mfdataset.ts";
import { describe, type Target } from "./resolve.ts";

const AT_ONCE = 16;

/** The dataset of several targets; every one that was opened is closed with it, or where one fails. */
export async function openMany(targets: Targets, options: OpenMfdatasetOptions): Promise<Dataset<any>> {
  const { combine = "by_coords", concatDim, preprocess, concurrency = AT_ONCE, ...rest } = options;
  const pick = (known: object): object => Object.fromEntries(Object.entries(rest).filter(([key]) => Object.hasOwn(known, key)));
  checkOptions("openMfdataset", rest, { ...OPEN_OPTIONS, ...CONCAT_OPTIONS });
  if (combine !== "by_coords" && combine !== "nested")
    throw new ArgumentError(`combine is ${JSON.stringify(combine)}; possible are "by_coords" and "nested"`, { combine });
  if (combine === "by_coords" && concatDim !== undefined)
    throw new ArgumentError(`concatDim goes with combine: "nested"; by coordinates, the values say along which dimension files lie`, {});
  if (combine === "nested" && concatDim === undefined)
    throw new ArgumentError(`combine: "nested" needs concatDim: the dimension of each level of lists`, {});
  const tree = await expanded(targets);
  const all = flat(tree);
  if (all.length === 0) throw new StoreError("there are no files to open", {});
  const opened = new Map<Target, Dataset<any>>();
  const close = async (): Promise<void> => {
    await Promise.all([...opened.values()].map((ds) => ds.close()));
  };
  try {
    await pooled([...new Set(all)], concurrency, async (target) => {
      opened.set(target, (await openDataset(target, pick(OPEN_OPTIONS))) as Dataset<any>);
    });
    const prepared = new Map([...opened].map(([target, ds]) => [target, preprocess ? preprocess(ds, describe(target)) : ds]));
    const together: ConcatOptions = { ...pick(CONCAT_OPTIONS), combineAttrs: options.combineAttrs ?? "override" };
    const grid = (node: Targets): Nested => (Array.isArray(node) ? (node as readonly Targets[]).map(grid) : prepared.get(node as Target)!);
    const ds =
      combine === "nested"
        ? combineNested(grid(tree), concatDim as ConcatAlong, together)
        : combineByCoords(
            all.map((target) => prepared.get(target)!),
            together,
          );
    return datasetFromParts({ ...ds[PARTS], close });
  } catch (error) {
    await close();
    throw error;
  }
}

/** The targets with patterns replaced by what fits them; a single one is a list of one. */
async function expanded(targets: Targets): Promise<Targets> {
  if (!Array.isArray(targets)) return (await matches(targets as Target)) ?? [targets as Target];
  const each = async (node: Targets): Promise<readonly Targets[]> =>
    Array.isArray(node) ? [await expanded(node)] : ((await matches(node as Target)) ?? [node]);
  return (await Promise.all((targets as readonly Targets[]).map(each))).flat();
}

/** The paths that fit a pattern; undefined for what is none. */
async function matches(target: Target): Promise<Target[] | undefined> {
  if (typeof target !== "string" || /^[a-z][a-z0-9+.-]+:/i.test(target) || !/[*?[]/.test(target) || !hasNode()) return undefined;
  const { glob } = await import("./glob.node.ts");
  const found = await glob(target);
  if (found.length === 0) throw new StoreError(`no file fits the pattern ${JSON.stringify(target)}`, { pattern: target });
  return found;
}

function flat(targets: Targets): Target[] {
  return Array.isArray(targets) ? (targets as readonly Targets[]).flatMap(flat) : [targets as Target];
}

/** Run `work` for each item, `most` at once; the first failure is thrown when those under way have ended. */
async function pooled<T>(items: readonly T[], most: number, work: (item: T) => Promise<void>): Promise<void> {
  let next = 0;
  let failure: { readonly error: unknown } | undefined;
  const lane = async (): Promise<void> => {
    while (next < items.length && failure === undefined) {
      try {
        await work(items[next++]!);
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.max(1, Math.min(most, items.length)) }, lane));
  if (failure) throw failure.error;
}
