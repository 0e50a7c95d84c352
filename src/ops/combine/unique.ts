/** One variable out of several of the same name, as `compat` allows. */
import { binary, unary } from "../../array/index.ts";
import { inMemory } from "../../array/lazy.ts";
import { MergeError } from "../../errors.ts";
import { broadcastVariable, unifiedSizes } from "../../variable/broadcast.ts";
import { sameNode } from "../../variable/compare.ts";
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

const broadcastEqual = (name: string, a: Variable, b: Variable): Variable | undefined => {
  const sizes = unifiedSizes([a, b]);
  return agreement(name, broadcastVariable(a, sizes), broadcastVariable(b, sizes));
};

const SAME: { readonly [K in Exclude<Compat, "override" | "no_conflicts">]: (name: string, a: Variable, b: Variable) => Variable | undefined } = {
  equals: agreement,
  identical: (name, a, b) => (sameAttr(a.attrs, b.attrs) ? agreement(name, a, b) : undefined),
  broadcast_equals: broadcastEqual,
  minimal: broadcastEqual,
};

/** `a` with its gaps filled from `b`; both must agree where both have values. */
function fillFrom(name: string, a: Variable, b: Variable): Variable {
  if (a === b || sameNode(a, b)) return a;
  const { aligned } = meet([a, b]);
  const [x, y] = [aligned[0]!.array, aligned[1]!.array];
  if (inMemory(x) && inMemory(y)) {
    const differ = binary("and", binary("ne", x, y), binary("and", unary("notnull", x), unary("notnull", y)));
    const clash = new Variable(aligned[0]!.dims.map((_, i) => `d${i}`), differ).values as Uint8Array;
    if (clash.includes(1)) throw conflict(name, a, b, "no_conflicts");
  }
  return whereVariable(new Variable(a.dims, unary("notnull", a.array)), a, b, [a, b]);
}

function conflict(name: string, a: Variable, b: Variable, compat: Compat): MergeError {
  const dims = (v: Variable): string => `(${v.dims.map((dim, i) => `${String(dim)}: ${v.shape[i]}`).join(", ")})`;
  const values = inMemory(a.array) && inMemory(b.array) && a.size <= 4 && b.size <= 4 ? `: ${[...a.values].join(", ")} and ${[...b.values].join(", ")}` : ` ${dims(a)} and ${dims(b)}`;
  return new MergeError(`conflicting values for variable ${JSON.stringify(name)}${values} with compat ${JSON.stringify(compat)}; possible are compat "override", or dropping one of them with dropVars`, { name, compat });
}
