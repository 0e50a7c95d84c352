/** Attributes of a result made of several objects. */
import { MergeError } from "../../errors.ts";
import type { Attrs } from "../../variable/attrs.ts";
import { commonAttrs, sameAttr } from "../../variable/compute.ts";

/** How attributes are brought together: xarray's `combine_attrs`. */
export type CombineAttrs = "drop" | "identical" | "no_conflicts" | "drop_conflicts" | "override" | ((all: readonly Attrs[]) => Attrs);

/** The attributes of all together. */
export function combineAttrs(all: readonly Attrs[], how: CombineAttrs = "override"): Attrs {
  if (typeof how === "function") return how(all);
  return COMBINERS[how](all);
}

const COMBINERS: { readonly [K in Exclude<CombineAttrs, (...a: any[]) => any>]: (all: readonly Attrs[]) => Attrs } = {
  drop: () => ({}),
  override: (all) => all[0] ?? {},
  drop_conflicts: commonAttrs,
  identical: (all) => {
    const odd = all.find((attrs) => !sameAttr(attrs, all[0]!));
    if (odd)
      throw new MergeError(
        `attributes differ: ${JSON.stringify(Object.keys(all[0]!))} and ${JSON.stringify(Object.keys(odd))} are not identical`,
        {},
      );
    return all[0] ?? {};
  },
  no_conflicts: (all) => {
    const out = new Map<string, Attrs[string]>();
    for (const attrs of all)
      for (const [name, value] of Object.entries(attrs)) {
        if (out.has(name) && !sameAttr(out.get(name)!, value))
          throw new MergeError(`attribute ${JSON.stringify(name)} has conflicting values ${String(out.get(name))} and ${String(value)}`, {
            name,
          });
        out.set(name, value);
      }
    return Object.fromEntries(out);
  },
};
