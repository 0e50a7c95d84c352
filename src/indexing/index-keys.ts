/** Keys of any index, by which labels are told apart and put in order. */
import type { Index } from "./contract.ts";
import { type Keys, keysOf } from "./label-keys.ts";
import type { Lookup } from "./label-lookup.ts";

/** One key per label: equal for equal labels, ordered as they are (rows of a multi-index by their levels). */
export function indexKeys(index: Index): Keys {
  const { lookup } = index as { lookup?: Lookup };
  return lookup?.keys ?? keysOf(index.labels);
}
