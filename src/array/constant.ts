/** Constant nodes: arrays in memory that take part in a lazy expression. */
import type { BoxSet } from "./box.ts";
import { wholeGrid } from "./grid.ts";
import type { NDArray } from "./ndarray.ts";
import type { Node, OpCall, Port } from "./node.ts";
import type { Op } from "./op.ts";

/** The operation of a node without inputs whose values are `live`. Whoever runs a plan reads it directly. */
export const constantOp: Op<null> = {
  name: "constant",
  kind: "constant",
  infer: (_inputs, _params, { live }) => [live as NDArray],
  grid: (call) => [wholeGrid(call.outputs[0]!.shape)],
  demand: (): BoxSet => [],
  run: (call: OpCall<null>) => [call.live as NDArray],
};

const ports = new WeakMap<NDArray, Port>();

/** The port of a constant node, the same one each time for the same array. */
export function constantPort(array: NDArray): Port {
  const known = ports.get(array);
  if (known) return known;
  const meta = { shape: array.shape, dtype: array.dtype };
  const node: Node<null> = {
    op: constantOp,
    from: [],
    inputs: [],
    outputs: [meta],
    params: null,
    blobs: [],
    live: array,
    grids: [wholeGrid(array.shape)],
    reach: "json",
    label: "constant",
  };
  const port = { node, out: 0 };
  ports.set(array, port);
  return port;
}
