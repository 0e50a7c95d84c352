/** The seams of a run: what a lane asks of its host, what an executor offers, what a run tells. */
import type { Box } from "../array/box.ts";
import type { NDArray } from "../array/ndarray.ts";
import type { Reach } from "../array/node.ts";
import type { Plan, TaskRange } from "./plan.ts";

/** Bytes held of the ledger. Give them back with `release`, once or more. */
export interface Lease {
  readonly bytes: number;
  /** Hold fewer bytes from now on. */
  shrink(bytes: number): void;
  release(): void;
}

/** What runs ranges asks of whoever started it: slots, memory, events. One per run. */
export interface Host {
  readonly plan: Plan;
  /** A finished slot in memory. */
  slot(slot: number): NDArray;
  /** Give a block of a slot; a promise where it is written to a store. */
  put(slot: number, box: Box, block: NDArray): void | Promise<void>;
  /** The carry a scan has reached in a tile, from the ranges before. */
  carry(stage: number, step: number, tile: number): readonly NDArray[] | undefined;
  /** Bytes beyond what the run was admitted with: at once or not at all. */
  tryReserve(bytes: number): Lease | undefined;
  /** Bytes that a task needs beyond what was planned, at once; throws MemoryLimitError where that is far too much. */
  overdraw(bytes: number): Lease;
  /** Which stages that have not ended read the same sources: `now` in this group, `later` in another one. */
  sharing(stage: number, source: object): "now" | "later" | "never";
  /** Whether a stage that has not ended reads a source. */
  wants(source: object): boolean;
  /** Let others run if this thread has been busy for long. */
  breathe(): Promise<void> | undefined;
  emit(event: LaneEvent): void;
}

/** What a lane counts. */
export type LaneEvent =
  | { readonly kind: "task"; readonly stage: number; readonly index: number }
  | { readonly kind: "read"; readonly stage: number; readonly label: string; readonly chunks: number; readonly bytes: number }
  | { readonly kind: "memory"; readonly stage: number; readonly projected: number; readonly measured: number };

/** The state of a fold (or the carry of a scan) over one tile of the kept axes, after one range. */
export interface Partial {
  readonly step: number;
  readonly tile: number;
  readonly kept: Box;
  readonly state: readonly NDArray[];
  /** How many tasks went into it. */
  readonly tasks: number;
}

/** What a range leaves behind besides the blocks it put. */
export interface RangeDone {
  readonly range: TaskRange;
  readonly folds: readonly Partial[];
  readonly carries: readonly Partial[];
}

/** One thread (or process) that runs ranges, one at a time. */
export interface Lane {
  /** Run a range; `next` is a hint of what this lane will be asked after it. */
  run(range: TaskRange, signal: AbortSignal, next?: TaskRange): Promise<RangeDone>;
  close(): Promise<void>;
}

/** Where ranges run. Scheduling, retries, the ledger and progress are the driver's, never an executor's. */
export interface Executor {
  readonly name: string;
  /** How far a plan may have to travel to run here. */
  readonly reach: Reach;
  readonly lanes: number;
  open(host: Host): Promise<Lane>;
}

/** What `onProgress` gets, at most twenty times a second and at the end of each stage. */
export interface Progress {
  readonly kind: "progress" | "stage" | "done";
  /** The stage that made news, and how many there are. */
  readonly stage: number;
  readonly stages: number;
  /** Tasks of all stages. */
  readonly done: number;
  readonly total: number;
  readonly chunksRead: number;
  readonly bytesRead: number;
  readonly bytesWritten: number;
  /** Milliseconds since the run began, and of each stage so far. */
  readonly elapsed: number;
  readonly stageTimes: readonly number[];
  /** The most bytes a task held so far, as measured, and as it was projected when it started. */
  readonly peak: number;
  readonly projected: number;
}
