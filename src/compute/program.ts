/** A stage's program made ready to run: ports numbered, last uses known, demand swept backwards. */
import { type Box, type BoxSet, boxSize, mergeBoxes, wholeBox } from "../array/box.ts";
import { type Meta, sameShape } from "../array/meta.ts";
import { bytesPerElement } from "../dtypes/traits.ts";
import type { Bound, Output, Step } from "./plan.ts";

/** Steps with their operations. A port is a number: `base[step] + out`. */
export interface Program {
  readonly steps: readonly Step[];
  readonly bound: readonly Bound[];
  readonly outputs: readonly Output[];
  readonly base: readonly number[];
  readonly metas: readonly Meta[];
  /** Bytes of one element of each port. */
  readonly width: readonly number[];
  /** The ports each step reads. */
  readonly inputs: readonly (readonly number[])[];
  /** The last step that reads each port, the number of steps for what outputs read. */
  readonly lastUse: readonly number[];
  /** The same, with the uses of what may be a view of the port. */
  readonly lastView: readonly number[];
  /** Steps of mode `fold`. */
  readonly folds: readonly number[];
}

/** Make a program of steps, their operations and what is wanted of them. */
export function makeProgram(steps: readonly Step[], bound: readonly Bound[], outputs: readonly Output[]): Program {
  const base: number[] = [];
  const metas: Meta[] = [];
  for (const step of steps) {
    base.push(metas.length);
    metas.push(...step.outputs);
  }
  const inputs = steps.map((step) => step.in.map(({ step: s, out }) => base[s]! + out));
  const lastUse = new Array<number>(metas.length).fill(-1);
  for (const [i, ports] of inputs.entries()) for (const port of ports) lastUse[port] = i;
  for (const { kind, step, out } of outputs) if (kind !== "fold") lastUse[base[step]! + out] = steps.length;
  const lastView = lastUse.slice();
  for (let i = steps.length - 1; i >= 0; i--) {
    const kind = bound[i]!.op.kind;
    if (kind === "map" || kind === "aggregate" || kind === "scan" || steps[i]!.mode === "fold") continue;
    let last = -1;
    for (let o = 0; o < steps[i]!.outputs.length; o++) last = Math.max(last, lastView[base[i]! + o]!);
    for (const port of inputs[i]!) lastView[port] = Math.max(lastView[port]!, last);
  }
  const width = metas.map((meta) => bytesPerElement(meta.dtype));
  const folds = steps.flatMap((step, i) => (step.mode === "fold" ? [i] : []));
  return { steps, bound, outputs, base, metas, width, inputs, lastUse, lastView, folds };
}

/** What a task needs of each port: few boxes, none for a port nobody needs. */
export type Demand = readonly BoxSet[];

const NOTHING: BoxSet = [];

/**
 * The demand of a task: one sweep from the outputs to the sources, merging at each port, so that its
 * cost is the number of steps however often a port is shared.
 */
export function sweep(program: Program, at: Box): Demand {
  const { steps, bound, outputs, base, inputs } = program;
  const wants: Box[][] = new Array(program.metas.length);
  const demand: BoxSet[] = new Array<BoxSet>(program.metas.length).fill(NOTHING);
  const want = (port: number, box: Box): void => {
    const list = wants[port];
    if (list) list.push(box);
    else wants[port] = [box];
  };
  for (const { kind, step, out } of outputs) if (kind !== "fold") want(base[step]! + out, at);
  for (let i = steps.length - 1; i >= 0; i--) {
    const { mode, outputs: metas } = steps[i]!;
    const { op, call } = bound[i]!;
    const ports = inputs[i]!;
    if (mode === "fold") {
      for (let k = 0; k < ports.length; k++) want(ports[k]!, foldRegion(bound[i]!, at, k));
      continue;
    }
    for (let o = 0; o < metas.length; o++) {
      const port = base[i]! + o;
      const list = wants[port];
      if (!list) continue;
      const boxes = list.length === 1 && boxSize(list[0]!) > 0 ? list : mergeBoxes(list);
      demand[port] = boxes;
      for (const box of boxes) {
        for (let k = 0; k < ports.length; k++) {
          if (mode === "carry") want(ports[k]!, sameRegion(call.inputs[k]!, metas[o]!, box));
          else for (const wanted of op.demand(call, o, box, k)) want(ports[k]!, wanted);
        }
      }
    }
  }
  return demand;
}

/** The region of input `k` that goes into a fold with region `at` of input 0. */
export function foldRegion({ op, call }: Bound, at: Box, k: number): Box {
  if (k === 0) return at;
  return op.fold!.region?.(call, at, k) ?? sameRegion(call.inputs[k]!, call.inputs[0]!, at);
}

/** The region `at` for an array of the same shape or one that broadcasts (trailing axes, lengths of 1). */
export function sameRegion(meta: Meta, like: Meta, at: Box): Box {
  if (sameShape(meta.shape, like.shape)) return at;
  const whole = wholeBox(meta.shape);
  const skip = like.shape.length - meta.shape.length;
  for (let i = 0; i < meta.shape.length; i++) {
    if (skip + i < 0 || meta.shape[i] !== like.shape[skip + i]) continue;
    whole[2 * i] = at[2 * (skip + i)]!;
    whole[2 * i + 1] = at[2 * (skip + i) + 1]!;
  }
  return whole;
}

/** Elements in a set of boxes, what they share counted twice. */
export function demandSize(boxes: BoxSet): number {
  let n = 0;
  for (const box of boxes) n += boxSize(box);
  return n;
}
