/** Arrays as datasets of one variable, by xarray's names, so that they come back as they were. */
import type { ArrayParts, DatasetParts } from "../ops/parts.ts";

/** The name under which arrays without a name are saved, and those named as one of their coordinates. */
const UNNAMED = "__xarray_dataarray_variable__";
/** The attribute of the dataset that keeps a name which is a coordinate's. */
const NAME_ATTR = "__xarray_dataarray_name__";

/** The dataset that an array is saved as. */
export function savedDataset({ variable, name, coords, indexes }: ArrayParts): DatasetParts {
  const clashes = name !== undefined && coords.has(name);
  return {
    vars: new Map([[name === undefined || clashes ? UNNAMED : name, variable]]),
    coords,
    indexes,
    attrs: clashes ? { [NAME_ATTR]: name } : {},
    encoding: {},
  };
}

/** The name of an array that was saved as the variable `name` of a dataset. */
export function openedName(dataset: DatasetParts, name: string): string | undefined {
  const kept = dataset.attrs[NAME_ATTR];
  if (typeof kept === "string") return kept;
  return name === UNNAMED ? undefined : name;
}
