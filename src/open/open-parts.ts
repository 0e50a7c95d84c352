/** From a target to the parts of its datasets: reach it, read what must be known, hold it against a schema. */
import type { RawGroup } from "../backends/contract.ts";
import { BackendError } from "../errors.ts";
import { type ArrayParts, arrayOf, type DatasetParts } from "../ops/parts.ts";
import { openedName } from "../save/unnamed.ts";
import type { OpenDatasetOptions } from "./open-dataset.ts";
import { readGroup } from "./read-group.ts";
import { describe, openRaw, type Target } from "./resolve.ts";
import { checkSchema } from "./schema.ts";

/** The parts of the dataset of a target; what was opened is closed where that fails. */
export async function openParts(target: Target, options: OpenDatasetOptions): Promise<DatasetParts> {
  const group = await openRaw(target, options);
  try {
    const parts = await readGroup(group, options);
    if (options.schema) checkSchema(parts, options.schema, describe(target));
    return parts;
  } catch (error) {
    await group.close().catch(() => undefined);
    throw error;
  }
}

/** The parts of every group below a target, by absolute path. */
export async function openGroupParts(
  target: Target,
  options: OpenDatasetOptions,
): Promise<(readonly [path: string, parts: DatasetParts])[]> {
  const root = await openRaw(target, options);
  try {
    const groups = await everyGroup(root, options.signal);
    return await Promise.all(groups.map(async (group) => [group.path, await readGroup(group, options)] as const));
  } catch (error) {
    await root.close().catch(() => undefined);
    throw error;
  }
}

async function everyGroup(group: RawGroup, signal: AbortSignal | undefined): Promise<RawGroup[]> {
  const below = await Promise.all(group.groups.map((name) => group.group(name, { signal })));
  return [group, ...(await Promise.all(below.map((child) => everyGroup(child, signal)))).flat()];
}

/**
 * The one data variable of a dataset, as an array; one that was saved without a name comes back without one.
 *
 * @throws BackendError where there is none, or several.
 */
export function onlyArray(parts: DatasetParts, target: Target): ArrayParts {
  const names = [...parts.vars.keys()];
  if (names.length !== 1) {
    const shown =
      names.length === 0
        ? "no data variable"
        : `${names.length} data variables (${names.slice(0, 20).join(", ")}): open it as a dataset and take one, or leave the others out with dropVariables`;
    throw new BackendError(`${describe(target)} has ${shown}`, { names });
  }
  return { ...arrayOf(parts, names[0]!), name: openedName(parts, names[0]!) };
}
