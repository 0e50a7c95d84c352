/** Two tiny evaluators of lazy arrays, for tests: the whole graph at once, and box by box with no more than demand grants. */
import { runWhole } from "../../src/array/apply.ts";
import { type Box, boxShape, boxSize, contains, wholeBox } from "../../src/array/box.ts";
import { constantOp } from "../../src/array/constant.ts";
import { chunkBox, gridCount } from "../../src/array/grid.ts";
import type { AnyArray } from "../../src/array/lazy.ts";
import { cStrides, sizeOf } from "../../src/array/meta.ts";
import { empty, type NDArray } from "../../src/array/ndarray.ts";
import type { Node, Port } from "../../src/array/node.ts";
import { slotsPerElement } from "../../src/dtypes/traits.ts";
import { copyStrided } from "../../src/kernels/copy.ts";

/** Every node over its whole inputs. */
export function evaluateWhole(a: AnyArray): NDArray {
  return "port" in a ? wholePort(a.port) : a;
}

function wholePort({ node, out }: Port): NDArray {
  if (node.op === constantOp) return node.live as NDArray;
  return runWhole(node.op, node, node.from.map(wholePort))[out]!;
}

/** What a box-by-box evaluation read: elements of constants, in all. */
export interface Reads {
  elements: number;
}

/** Every chunk of the result on its own; an operation that reads beyond its demand throws. */
export function evaluateBoxes(a: AnyArray, reads: Reads = { elements: 0 }): NDArray {
  if (!("port" in a)) return a;
  const out = empty(a.shape, a.dtype);
  const steps = cStrides(a.shape);
  let covered = 0;
  for (let k = 0; k < gridCount(a.grid); k++) {
    const box = chunkBox(a.grid, k);
    covered += boxSize(box);
    const block = boxOf(a.port, box, reads);
    const offset = steps.reduce((sum, step, i) => sum + box[2 * i]! * step, 0);
    copyStrided(block.data, block.shape, block.stride, block.offset, out.data, steps, offset, slotsPerElement(a.dtype));
  }
  if (covered !== sizeOf(a.shape)) throw new Error(`the grid covers ${covered} of ${sizeOf(a.shape)} elements`);
  return out;
}

/** Region `box` of a port, from the regions that its demand names. */
export function boxOf({ node, out }: Port, box: Box, reads: Reads = { elements: 0 }): NDArray {
  if (node.op === constantOp) {
    reads.elements += boxSize(box);
    return cropped(node.live as NDArray, box);
  }
  const granted = node.from.map((_, i) => node.op.demand(node, out, box, i));
  const touched = node.op.touches?.(node, out, box) ?? [0, node.from.length];
  granted.forEach((boxes, i) => {
    if ((i < touched[0] || i >= touched[1]) && boxes.length > 0) throw new Error(`input ${i} is in demand but not among those touched`);
    for (const demanded of boxes)
      if (!contains(wholeBox(node.inputs[i]!.shape), demanded))
        throw new Error(`demand [${demanded}] is outside of (${node.inputs[i]!.shape})`);
  });
  const block = node.op.run(node, {
    at: node.outputs.map((_, k) => (k === out ? box : null)),
    read(input, wanted) {
      if (!granted[input]!.some((demanded) => contains(demanded, wanted)))
        throw new Error(
          `${node.op.name} reads [${wanted}] of input ${input} beyond its demand ${granted[input]!.map((b) => `[${b}]`).join(" ")}`,
        );
      return boxOf(node.from[input]!, wanted, reads);
    },
    alloc: empty,
  })[out]!;
  if (block.shape.join() !== boxShape(box).join()) throw new Error(`${node.op.name} gave shape (${block.shape}) for [${box}]`);
  return block;
}

/** A copy of a region, so that nothing outside of it can be reached. */
function cropped(a: NDArray, box: Box): NDArray {
  const shape = boxShape(box);
  const out = empty(shape, a.dtype);
  const offset = a.stride.reduce((sum, step, i) => sum + box[2 * i]! * step, a.offset);
  copyStrided(a.data, shape, a.stride, offset, out.data, out.stride, 0, slotsPerElement(a.dtype));
  return out;
}

/** The elements in C order, read one by one through strides: independent of every kernel. */
export function elements(a: NDArray): unknown[] {
  const slots = slotsPerElement(a.dtype);
  const out: unknown[] = [];
  const visit = (axis: number, at: number): void => {
    if (axis === a.shape.length) for (let k = 0; k < slots; k++) out.push((a.data as unknown[])[at * slots + k]);
    else for (let i = 0; i < a.shape[axis]!; i++) visit(axis + 1, at + i * a.stride[axis]!);
  };
  visit(0, a.offset);
  return out;
}

/** The nodes below an array, constants left out. */
export function nodesOf(a: AnyArray): Node[] {
  if (!("port" in a)) return [];
  const found = new Set<Node>();
  const open = [a.port.node];
  for (let node = open.pop(); node; node = open.pop()) {
    if (node.op === constantOp || found.has(node)) continue;
    found.add(node);
    open.push(...node.from.map((port) => port.node));
  }
  return [...found];
}
