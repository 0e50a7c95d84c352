/**
 * The one dispatch point: run an operation on arrays in memory, or build a node when an input is lazy.
 */
import type { DType, TypedArray } from "../dtypes/types.ts";
import { type Box, boxShape, wholeBox } from "./box.ts";
import { constantPort } from "./constant.ts";
import { type AnyArray, inMemory, LazyArray } from "./lazy.ts";
import { empty, NDArray } from "./ndarray.ts";
import type { Node, OpCall, Port, Reach } from "./node.ts";
import type { Op, RunContext } from "./op.ts";

/** What an operation is applied to, beside its inputs. */
export interface ApplyOptions<P> {
  readonly params: P;
  readonly blobs?: readonly TypedArray[];
  readonly live?: unknown;
  /** What users see of the node (default: the operation's name). */
  readonly label?: string;
}

/** Apply `op`: at once where all inputs are in memory, else as a node. One array per output. */
export function applyAll<P>(op: Op<P>, inputs: readonly AnyArray[], options: ApplyOptions<P>): AnyArray[] {
  const { params, blobs = [], live } = options;
  const arrays: NDArray[] = [];
  for (const input of inputs) {
    const array = inMemory(input);
    if (array === undefined) return buildNode(op, inputs, options);
    arrays.push(array);
  }
  const outputs = op.infer(arrays, params, { blobs, live });
  const call: OpCall<P> = { inputs: arrays, outputs, params, blobs, live };
  return runWhole(op, call, arrays) as NDArray[];
}

/** Apply `op` and take its first output. */
export function apply<P, T extends DType = DType>(op: Op<P>, inputs: readonly AnyArray[], options: ApplyOptions<P>): AnyArray<T> {
  return applyAll(op, inputs, options)[0] as AnyArray<T>;
}

/** Run an operation over the whole of arrays in memory. */
export function runWhole<P>(op: Op<P>, call: OpCall<P>, arrays: readonly NDArray[]): readonly (NDArray | null)[] {
  const context: RunContext = {
    at: call.outputs.map((meta) => wholeBox(meta.shape)),
    resident: true,
    read: (input, box) => boxView(arrays[input]!, box),
    alloc: empty,
  };
  return op.run(call, context);
}

/** The part of an array in memory that lies in `box`, without a copy. */
export function boxView<T extends DType>(a: NDArray<T>, box: Box): NDArray<T> {
  let offset = a.offset;
  let whole = true;
  for (let i = 0; i < a.shape.length; i++) {
    const lo = box[2 * i]!;
    offset += lo * a.stride[i]!;
    if (lo !== 0 || box[2 * i + 1] !== a.shape[i]) whole = false;
  }
  return whole ? a : new NDArray(a.data, boxShape(box), a.dtype, a.stride, offset);
}

const FAR: readonly Reach[] = ["local", "clone", "json"];

function buildNode<P>(op: Op<P>, inputs: readonly AnyArray[], options: ApplyOptions<P>): LazyArray[] {
  const { params, blobs = [], live } = options;
  const from = inputs.map(portOf);
  const metas = inputs.map(({ shape, dtype }) => ({ shape, dtype }));
  const outputs = op.infer(metas, params, { blobs, live });
  const call: OpCall<P> = { inputs: metas, outputs, params, blobs, live };
  const grids = op.grid(
    call,
    from.map((port) => port.node.grids[port.out]!),
  );
  const reach = from.reduce<Reach>((least, port) => nearer(least, port.node.reach), op.reach ?? "json");
  const node: Node<P> = { ...call, op, from, grids, reach, label: options.label ?? op.name };
  return outputs.map((_, out) => new LazyArray({ node, out }));
}

function nearer(a: Reach, b: Reach): Reach {
  return FAR.indexOf(a) < FAR.indexOf(b) ? a : b;
}

/** The port to build on: the lazy array's own, or a constant's for an array in memory. */
export function portOf(a: AnyArray): Port {
  if (!("port" in a)) return constantPort(a);
  return a.resident ? constantPort(a.resident) : a.port;
}
