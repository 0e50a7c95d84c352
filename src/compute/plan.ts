/**
 * The plan: a few stages, each a small program mapped over tasks. Plain data (see `plan-json.ts` for
 * its JSON), whose size depends on the number of operations and never on the number of chunks.
 */
import type { ChunkGrid } from "../array/grid.ts";
import type { Meta } from "../array/meta.ts";
import type { Json, OpCall, Reach } from "../array/node.ts";
import type { Op } from "../array/op.ts";
import type { Sink } from "../array/source.ts";
import type { TypedArray } from "../dtypes/types.ts";

/**
 * How a stage's index space is cut into tasks, and in which order they are numbered: `order` lists
 * the axes from the slowest to the fastest, `reverse` those that run backwards.
 */
export interface TaskGrid {
  readonly axes: ChunkGrid;
  readonly order: readonly number[];
  readonly reverse: readonly number[];
}

/** What a step does in a task: compute, read a source, a constant or a slot, stream a scan, feed a fold. */
export type StepMode = "run" | "source" | "constant" | "slot" | "carry" | "fold";

/** An input of a step: output `out` of step `step` of the same program. */
export interface StepInput {
  readonly step: number;
  readonly out: number;
}

/** One operation of a stage's program. Steps are in an order in which inputs come first. */
export interface Step {
  readonly op: string;
  readonly mode: StepMode;
  readonly in: readonly StepInput[];
  readonly params: Json;
  readonly blobs: readonly TypedArray[];
  readonly outputs: readonly Meta[];
  /** Which outputs somebody wants. */
  readonly wanted: readonly boolean[];
  /** The slots that the outputs of a step of mode `slot` are read from. */
  readonly slots?: readonly (number | null)[];
  readonly reach: Reach;
  readonly label: string;
}

/** What a stage makes: blocks over the task's box (`write`: for a sink), or the end of a fold. */
export interface Output {
  readonly kind: "block" | "write" | "fold";
  readonly step: number;
  readonly out: number;
  readonly slot: number;
}

/** Where a whole array goes: memory, or a sink. Freed after stage `until` (results never are). */
export interface Slot {
  readonly meta: Meta;
  readonly place: "memory" | "sink";
  readonly why: "result" | "barrier";
  readonly bytes: number;
  readonly until: number;
  readonly label: string;
}

/** Projected bytes: `fixed` while the stage runs, the rest for each lane at its worst task. */
export interface MemoryModel {
  readonly fixed: number;
  readonly state: number;
  readonly encoded: number;
  readonly decoded: number;
  /** The peak of everything a task holds, encoded and decoded bytes included. */
  readonly peak: number;
}

/** What a stage is expected to cost. */
export interface Cost {
  readonly tasks: number;
  /** Decoded bytes of the chunks read, counting re-reads that the order of tasks cannot avoid. */
  readonly read: number;
  /** The same if every chunk were read once. */
  readonly once: number;
  readonly written: number;
}

/** A program mapped over tasks. */
export interface Stage {
  /** Stages that must end before. */
  readonly after: readonly number[];
  /** Stages of one group share sources and run side by side, by position in the group's driver source. */
  readonly group: number;
  readonly tasks: TaskGrid;
  readonly rangeLength: number;
  /** Ranges must run one after another (a scan carries state from one to the next). */
  readonly ordered: boolean;
  readonly program: readonly Step[];
  readonly outputs: readonly Output[];
  readonly memory: MemoryModel;
  readonly cost: Cost;
  readonly reach: Reach;
  /** Why it is cut so, for `explain`. */
  readonly notes: readonly string[];
}

/** A live operation: what a step calls. */
export interface Bound {
  readonly op: Op;
  readonly call: OpCall;
}

/** Everything needed to run. */
export interface Plan {
  readonly v: 1;
  readonly stages: readonly Stage[];
  readonly slots: readonly Slot[];
  /** The slot of each array asked for. */
  readonly results: readonly number[];
  /** Bytes the plan was made for. */
  readonly budget: number;
  /** Bytes of decoded chunks kept between tasks for stages that share sources. */
  readonly cache: number;
  /** Decoded bytes of the chunks read in all, those of one pass counted once. */
  readonly read: number;
  /** The most bytes held at once, cache, slots and states included. */
  readonly peak: number;
  readonly notes: readonly string[];
  /** The operations of each stage's steps: what JSON does not carry. */
  readonly bound: readonly (readonly Bound[])[];
  /** The sinks of slots with `place: "sink"`. */
  readonly sinks: ReadonlyMap<number, Sink>;
}

/** Tasks `lo` (included) to `hi` of a stage: the unit of dispatch, retry and merging. */
export interface TaskRange {
  readonly stage: number;
  readonly lo: number;
  readonly hi: number;
}
