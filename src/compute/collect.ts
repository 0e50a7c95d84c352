/** From ports to the nodes behind them: in an order in which inputs come first, without recursion. */
import type { Node, Port } from "../array/node.ts";

/** The nodes that ports need, inputs first, and which outputs of each somebody wants. */
export interface Graph {
  readonly nodes: readonly Node[];
  readonly wanted: ReadonlyMap<Node, readonly boolean[]>;
}

/** The nodes behind `ports`; where `stop` says so, a node's own inputs are left out. */
export function collect(ports: readonly Port[], stop: (node: Node) => boolean = () => false): Graph {
  const nodes: Node[] = [];
  const wanted = new Map<Node, boolean[]>();
  const entered = new Set<Node>();
  const stack: { node: Node; next: number }[] = [];
  const enter = (node: Node): void => {
    if (entered.has(node)) return;
    entered.add(node);
    stack.push({ node, next: 0 });
  };
  for (const { node } of ports) {
    enter(node);
    while (stack.length > 0) {
      const top = stack[stack.length - 1]!;
      const input = stop(top.node) ? undefined : top.node.from[top.next++];
      if (input) enter(input.node);
      else {
        nodes.push(top.node);
        stack.pop();
      }
    }
  }
  const want = ({ node, out }: Port): void => {
    let flags = wanted.get(node);
    if (!flags) {
      flags = node.outputs.map(() => false);
      wanted.set(node, flags);
    }
    flags[out] = true;
  };
  ports.forEach(want);
  for (const node of nodes) if (!stop(node)) node.from.forEach(want);
  return { nodes, wanted };
}
