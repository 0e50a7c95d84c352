/**
 * The contract of an array operation.
 *
 * One record per operation serves arrays in memory at once (`infer` + `run` over the whole box) and
 * lazy ones by a new node (`infer` + `grid`, and `demand`/`run`/`fold` when a plan runs). Operations
 * never ask which they have: {@link apply} decides.
 */
import type { DType } from "../dtypes/types.ts";
import type { Box, BoxSet } from "./box.ts";
import type { ChunkGrid } from "./grid.ts";
import type { Meta, Shape } from "./meta.ts";
import type { NDArray } from "./ndarray.ts";
import type { NodeKind, OpCall, Reach } from "./node.ts";

/** What `run` may ask of whoever runs it: the whole arrays at once, or a task's blocks. */
export interface RunContext {
  /** The region wanted of each output; `null` where nobody wants it. */
  readonly at: readonly (Box | null)[];
  /** The block of input `input` over `box`, which must lie in what `demand` asked for. It may be a view: never write to it. */
  read(input: number, box: Box): NDArray;
  /** Whether the inputs are in memory whole: then any box may be read, and reading costs nothing. */
  readonly resident?: boolean;
  /** A fresh C-ordered block of zeros, accounted for where a budget is kept. */
  alloc<T extends DType>(shape: Shape, dtype: T): NDArray<T>;
}

/** An operation on arrays. */
export interface Op<P = any> {
  /** Unique, and stable across versions: plans name operations by it. */
  readonly name: string;
  readonly kind: NodeKind;
  /** Shape and dtype of the outputs; throws where the inputs do not fit. */
  infer(inputs: readonly Meta[], params: P, call: Pick<OpCall<P>, "blobs" | "live">): readonly Meta[];
  /** How the outputs are cut, given how the inputs are. */
  grid(call: OpCall<P>, inputs: readonly ChunkGrid[]): readonly ChunkGrid[];
  /** Which region of input `input` is needed for region `at` of output `out`. */
  demand(call: OpCall<P>, out: number, at: Box, input: number): BoxSet;
  /** For an operation of many inputs: the first that region `at` needs, and the one after the last (default: all). */
  touches?(call: OpCall<P>, out: number, at: Box): readonly [number, number];
  /** Compute the wanted regions. Results may be views of inputs. Synchronous. */
  run(call: OpCall<P>, context: RunContext): readonly (NDArray | null)[];
  /** Bytes held while running beyond inputs and outputs (default 0). */
  extra?(call: OpCall<P>, at: Box): number;
  /** Per axis of output 0: whether a task may cut there (default: everywhere). */
  splits?(call: OpCall<P>): readonly boolean[];
  /** How an aggregate streams over the axes it reduces. */
  readonly fold?: Fold<P>;
  /** How a scan streams along its axis. */
  readonly scan?: Scan<P>;
  /** How far a node of it can travel (default `"json"`). */
  readonly reach?: Reach;
}

/**
 * How an aggregate streams: a state over the kept axes, updated block by block in the order of the
 * input. `merge(a, b)` must give what updating `a` with everything that made `b` would, bit for bit
 * where the plan's ranges are the same.
 */
export interface Fold<P = any> {
  /** For each output axis the axis of input 0 that it keeps, or `null` where it is new (groups). */
  keeps(call: OpCall<P>): readonly (number | null)[];
  /** The state for region `kept` of the output (whole along new axes). */
  state(call: OpCall<P>, kept: Box): readonly Meta[];
  /** Fill a fresh state (which comes zeroed). */
  init(call: OpCall<P>, state: readonly NDArray[]): void;
  /** Take in blocks of all inputs over region `at` of input 0. */
  update(call: OpCall<P>, state: readonly NDArray[], blocks: readonly NDArray[], at: Box): void;
  /** The region of input `input` (not 0) that goes with region `at` of input 0 (default: the same, or as it broadcasts). */
  region?(call: OpCall<P>, at: Box, input: number): Box;
  /** Take in another state that saw later blocks. */
  merge(call: OpCall<P>, state: readonly NDArray[], later: readonly NDArray[]): void;
  /** The outputs from a state. */
  finish(call: OpCall<P>, state: readonly NDArray[], context: Pick<RunContext, "alloc">): readonly NDArray[];
}

/** How a scan streams: blocks along one axis in order, with a carry over the other axes. */
export interface Scan<P = any> {
  readonly axis: (call: OpCall<P>) => number;
  readonly reverse: (call: OpCall<P>) => boolean;
  /** The carry for region `at` of the output, its scanned axis ignored. */
  carry(call: OpCall<P>, at: Box): readonly Meta[];
  /** The state before the first block (it comes zeroed). */
  init(call: OpCall<P>, carry: readonly NDArray[]): void;
  /** The outputs over region `at`, and the carry moved past it. */
  step(
    call: OpCall<P>,
    carry: readonly NDArray[],
    blocks: readonly NDArray[],
    at: Box,
    context: Pick<RunContext, "alloc">,
  ): readonly NDArray[];
}
