/** One variable out of several of the same name, as `compat` allows. */
import { binary, guard, reduce, unary } from "../../array/index.ts";
import { inMemory } from "../../array/lazy.ts";
import { MergeError } from "../../errors.ts";
import { broadcastVariable, unifiedSizes } from "../../variable/broadcast.ts";
import { equalVariables, sameNode } from "../../variable/compare.ts";
import { meet, sameAttr, whereVariable } from "../../variable/compute.ts";
import { Variable } from "../../variable/variable.ts";
import { agreement } from "../merge-coords.ts";

/** When variables of one name count as the same: xarray's `compat`. */
export type Compat = "identical" | "equals" | "broadcast_equals" | "no_conflicts" | "override" | "minimal";

/** The variable that stands for `all`; undefined where they conflict and `compat` is `"minimal"`. Throws MergeError otherwise. */
export function uniqueVariable(name: string, all: readonly Variable[], compat: Compat): Variable | undefined {
  const first = all[0]!;
  if (all.length === 1 || compat === "override") return first;
  if (compat === "no_conflicts") return all.reduce((a, b) => fillFrom(name, a, b));
  let out = compat === "broadcast_equals" || compat === "minimal" ? widest(all) : first;
  for (const other of all) {
    if (other === first) continue;
    const agreed = SAME[compat](name, out, other);
    if (!agreed) {
      if (compat === "minimal") return undefined;
      throw conflict(name, first, other, compat);
    }
    out = agreed;
  }
  return out;
}

/** The first variable, broadcast to the dimensions of all. */
function widest(all: readonly Variable[]): Variable {
  const first = all[0]!;
  if (all.every((v) => v.dims.length === first.dims.length)) return first;
  return broadcastVariable(first, unifiedSizes(all));
}

const mergeable = (name: string, a: Variable, b: Variable): Variable | undefined => agreement(name, a, b, "MergeError");

const broadcastEqual = (name: string, a: Variable, b: Variable): Variable | undefined => {
  const sizes = unifiedSizes([a, b]);
  return mergeable(name, broadcastVariable(a, sizes), broadcastVariable(b, sizes));
};

const SAME: {
  readonly [K in Exclude<Compat, "override" | "no_conflicts">]: (name: string, a: Variable, b: Variable) => Variable | undefined;
} = {
  equals: mergeable,
  identical: (name, a, b) => (sameAttr(a.attrs, b.attrs) ? mergeable(name, a, b) : undefined),
  broadcast_equals: broadcastEqual,
  // Whether the variable is in the result depends on values, so they must be in memory.
  minimal: (_name, a, b) => {
    const sizes = unifiedSizes([a, b]);
    return equalVariables(broadcastVariable(a, sizes), broadcastVariable(b, sizes)) ? a : undefined;
  },
};

/** `a` with its gaps filled from `b`; both must agree where both have values. */
function fillFrom(name: string, a: Variable, b: Variable): Variable {
  if (a === b || sameNode(a, b)) return a;
  const { aligned } = meet([a, b]);
  const [x, y] = [aligned[0]!.array, aligned[1]!.array];
  const agree = binary("or", binary("eq", x, y), binary("or", unary("isnull", x), unary("isnull", y)));
  const all = reduce(
    "all",
    agree,
    agree.shape.map((_, axis) => axis),
  );
  if (inMemory(all) && !(inMemory(all)!.data as Uint8Array)[0]) throw conflict(name, a, b, "no_conflicts");
  const filled = whereVariable(new Variable(a.dims, unary("notnull", a.array)), a, b, [a, b]);
  if (inMemory(all)) return filled;
  const { message, fields } = conflict(name, a, b, "no_conflicts");
  return filled.replace({ array: guard(filled.array, [all], { tag: "MergeError", message, fields: fields as { name: string } }) });
}

function conflict(name: string, a: Variable, b: Variable, compat: Compat): MergeError {
  const dims = (v: Variable): string => `(${v.dims.map((dim, i) => `${String(dim)}: ${v.shape[i]}`).join(", ")})`;
  const values =
    inMemory(a.array) && inMemory(b.array) && a.size <= 4 && b.size <= 4
      ? `: ${[...a.values].join(", ")} and ${[...b.values].join(", ")}`
      : ` ${dims(a)} and ${dims(b)}`;
  return new MergeError(
    `conflicting values for variable ${JSON.stringify(name)}${values} with compat ${JSON.stringify(compat)}; possible are compat "override", or dropping one of them with dropVars`,
    { name, compat },
  );
}
