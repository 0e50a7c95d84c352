/**
 * Equal nodes made one: the same operation with the same parameters on the same inputs is computed
 * once, although `x.sub(x.mean("time"))` and `x.mean("time")` made a node each. Functions of the user
 * may give something else each time they are called and stay apart.
 */
import type { Node, Port } from "../array/node.ts";
import { collect } from "./collect.ts";
import { gridKey } from "./draft.ts";

/** The ports of `ports` in a graph in which equal nodes are one. */
export function canonical(ports: readonly Port[]): Port[] {
  const ids = new Map<object, number>();
  const idOf = (thing: object): number => {
    let id = ids.get(thing);
    if (id === undefined) {
      id = ids.size;
      ids.set(thing, id);
    }
    return id;
  };
  const known = new Map<string, Node>();
  const chosen = new Map<Node, Node>();
  for (const node of collect(ports).nodes) {
    const from = node.from.map(({ node: input, out }) => ({ node: chosen.get(input)!, out }));
    const own = typeof node.live === "function" || (node.from.length > 0 && node.op.reach === "local");
    const live = typeof node.live === "object" && node.live !== null ? idOf(node.live) : String(node.live);
    const key = own
      ? `own ${idOf(node)}`
      : [
          node.op.name,
          idOf(node.op),
          live,
          JSON.stringify(node.params, plain),
          node.blobs.map(idOf),
          from.map(({ node: input, out }) => `${idOf(input)}:${out}`),
          node.from.length === 0 ? node.grids.map(gridKey) : "",
        ].join("|");
    let one = known.get(key);
    if (!one) {
      one = from.every(({ node: input }, i) => input === node.from[i]!.node) ? node : { ...node, from };
      known.set(key, one);
    }
    chosen.set(node, one);
  }
  return ports.map(({ node, out }) => ({ node: chosen.get(node)!, out }));
}

/** Tells apart what JSON writes alike. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value !== "number" || (Number.isFinite(value) && !Object.is(value, -0))) return value;
  return { number: Object.is(value, -0) ? "-0" : String(value) };
}
