/**
 * Where the graph is cut: the nodes whose values are needed whole before others can go on.
 *
 * A cut node gets a slot, and a stage of its own that fills it. An aggregate is cut (and streamed as
 * a fold) where the region behind one chunk of its output does not fit in a task; other nodes are cut
 * when the planner finds that tasks would compute them again and again.
 */
import type { Box } from "../array/box.ts";
import { type ChunkGrid, chunkBox, gridCount } from "../array/grid.ts";
import { type Meta, sizeOf } from "../array/meta.ts";
import type { Node, Port } from "../array/node.ts";
import type { Sink } from "../array/source.ts";
import { demandSize } from "./program.ts";
import { boxBytes } from "./state.ts";

/** How a cut node fills its slot: `fold` streams its input, `block` computes box by box. */
export type Cut = "fold" | "block";

/** One thing to be made whole. */
export interface Root {
  readonly kind: "block" | "write" | "fold";
  readonly port: Port;
  /** The index space of its tasks, and how it is cut. */
  readonly meta: Meta;
  readonly grid: ChunkGrid;
  readonly slot: number;
  readonly level: number;
  readonly sink?: Sink;
}

/** The cuts that must be, before any task grid is chosen. `limit` is what one task may demand. */
export function firstCuts(nodes: readonly Node[], limit: number): Map<Node, Cut> {
  const cuts = new Map<Node, Cut>();
  for (const node of nodes) if (node.op.fold && streams(node, limit)) cuts.set(node, "fold");
  return cuts;
}

/** Whether the input behind one chunk of an aggregate's output is more than a task should hold. */
function streams(node: Node, limit: number): boolean {
  if (node.inputs.some(({ shape }) => sizeOf(shape) === 0)) return false;
  const count = gridCount(node.grids[0]!);
  const boxes = count === 0 ? [] : [chunkBox(node.grids[0]!, 0), chunkBox(node.grids[0]!, Math.floor(count / 2))];
  return boxes.some((box) => demandedBytes(node, box) > limit);
}

/** Bytes of input that a box of output 0 needs. */
function demandedBytes(node: Node, box: Box): number {
  let n = 0;
  for (let k = 0; k < node.from.length; k++) for (const wanted of node.op.demand(node, 0, box, k)) n += boxBytes(wanted, node.inputs[k]!);
  return n;
}

/** Whether computing a node again is dear: it looks at many elements for one. */
export function isHeavy(node: Node): boolean {
  const { op } = node;
  if (op.kind === "aggregate" || op.kind === "scan" || op.kind === "blocks") return true;
  if (op.kind !== "map" || sizeOf(node.outputs[0]!.shape) === 0) return false;
  const one = Float64Array.from(node.outputs[0]!.shape.flatMap((n) => [Math.floor(n / 2), Math.floor(n / 2) + 1]));
  return node.from.some((_, k) => demandSize(node.op.demand(node, 0, one, k)) >= 8);
}
