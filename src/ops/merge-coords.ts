/**
 * Coordinates of a result made of several aligned inputs.
 *
 * Indexed coordinates come first; others stay where all inputs that have them agree, and vanish where
 * they do not (xarray's `compat="minimal"`). Lazy coordinates that cannot be compared yet keep the
 * left one's values, checked when they are computed.
 */
import { binary, guard, reduce, unary } from "../array/index.ts";
import { inMemory } from "../array/lazy.ts";
import type { Index } from "../indexing/contract.ts";
import { broadcastVariables } from "../variable/broadcast.ts";
import { equalVariables, sameNode } from "../variable/compare.ts";
import type { Variable } from "../variable/variable.ts";
import type { CoordParts } from "./parts.ts";

/** The coordinates on which `inputs` agree. */
export function mergeCoords(inputs: readonly CoordParts[]): CoordParts {
  const [first, ...rest] = inputs.filter((input) => input.coords.size > 0);
  if (first === undefined) return { coords: new Map(), indexes: new Map() };
  if (rest.every((other) => other.coords === first.coords)) return { coords: first.coords, indexes: first.indexes };
  const coords = new Map<string, Variable>();
  const indexes = new Map<string, Index>();
  const conflicts = new Set<string>();
  for (const input of [first, ...rest]) {
    for (const [name, variable] of input.coords) {
      if (conflicts.has(name)) continue;
      const known = coords.get(name);
      const index = input.indexes.get(name);
      if (known === undefined || (index !== undefined && !indexes.has(name))) {
        coords.set(name, variable);
        if (index) indexes.set(name, index);
      } else if (!indexes.has(name) && known !== variable) {
        const agreed = agreement(name, ...spread(known, variable));
        if (agreed) coords.set(name, agreed);
        else {
          coords.delete(name);
          conflicts.add(name);
        }
      }
    }
  }
  return { coords, indexes };
}

/** `a` where it equals `b`, guarded where that can only be known later; undefined where they differ. */
export function agreement(
  name: string,
  a: Variable,
  b: Variable,
  tag: "AlignmentError" | "MergeError" = "AlignmentError",
): Variable | undefined {
  if (a.dims.length !== b.dims.length || a.dims.some((dim, i) => dim !== b.dims[i] || a.shape[i] !== b.shape[i])) return undefined;
  if (sameNode(a, b)) return a;
  if (inMemory(a.array) && inMemory(b.array)) return equalVariables(a, b) ? a : undefined;
  const bothMissing = binary("and", unary("isnull", a.array), unary("isnull", b.array));
  const each = binary("or", binary("eq", a.array, b.array), bothMissing);
  const same = reduce(
    "all",
    each,
    each.shape.map((_, axis) => axis),
  );
  const message = `lazy variable ${JSON.stringify(name)} has other values on one side than on the other: load it before, or drop it with dropVars`;
  return a.replace({ array: guard(a.array, [same], { tag, message, fields: { name } }) });
}

/** Both with the dimensions of either, where their sizes allow it. */
function spread(a: Variable, b: Variable): readonly [Variable, Variable] {
  if (a.dims.some((dim) => b.dims.includes(dim) && a.sizes[dim] !== b.sizes[dim])) return [a, b];
  return broadcastVariables(a, b) as [Variable, Variable];
}
