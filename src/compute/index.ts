/**
 * compute: lazy expressions become plans, and plans become values. Layer 4: knows nodes and chunks,
 * not dimension names; imports values from layers 0 to 3.
 *
 * Planning (`planner.ts`, sync and pure). The graph behind the targets is collected without
 * recursion, equal nodes made one. It is *cut* at aggregates whose input does not fit in a task (they stream as folds), at
 * scans that cannot carry from task to task, and at nodes that tasks would otherwise compute again
 * and again; each cut gets a *slot*, a whole array. What is left between cuts becomes *stages*:
 * targets with one index space, grid and common sources share a stage. A stage is a *program* (steps
 * in order) mapped over *tasks*, boxes of whole chunks chosen by cost from a few candidates
 * (`choose.ts`), measured by sweeping demand through a handful of tasks (`measure.ts`). A plan has no
 * entry per chunk.
 *
 * One pass for several results: stages of one level that share sources form a *group*. Their ranges
 * run interleaved, always the stage next whose range begins at the earliest chunk of the shared
 * source (`queue.ts`), and decoded chunks stay in a cache that the plan sets aside (`chunk-cache.ts`).
 * A source needed again after a barrier is kept whole where it fits, else read again; the plan's
 * notes say which.
 *
 * Running. The driver (`driver.ts`) admits the run with the ledger for its whole peak, takes ranges
 * of tasks, gives them to lanes of an executor, retries what a store calls retryable, merges states
 * of folds in the order of ranges and reports. `runRange` (`run-range.ts`) is the one place where
 * tasks run: sweep demand backwards (merging at each port, so shared nodes cost nothing), fetch the
 * missing chunks together, decode, run the program forwards and forget blocks after their last use
 * (their buffers serve again, `pool.ts`), while the next task's bytes are on their way where there is
 * memory for them.
 *
 * @example
 * ```ts
 * const [mean] = await compute([reduce("mean", x, [0])], { onProgress: (p) => console.log(p.done, p.total) });
 * console.log(explain(plan([mean])));
 * ```
 *
 * @module
 */
export {
  type BlocksOptions,
  type BoxBlock,
  blocks,
  type ComputeOptions,
  compute,
  plan,
  planStore,
  type StorePair,
  store,
} from "./compute.ts";
export type { Executor, Host, Lane, LaneEvent, Lease, Partial, Progress, RangeDone } from "./contracts.ts";
export { type RunOptions, runPlan } from "./driver.ts";
export { explain, explainHtml } from "./explain.ts";
export { inlineExecutor, makeInlineExecutor } from "./inline.ts";
export { budgetOf, defaultBudget, Ledger, ledger } from "./ledger.ts";
export type { Bound, Cost, MemoryModel, Output, Plan, Slot, Stage, Step, StepInput, StepMode, TaskGrid, TaskRange } from "./plan.ts";
export { type PlanJson, planJson } from "./plan-json.ts";
export type { PlanOptions, Target } from "./planner.ts";
export { progressBar, type Terminal } from "./progress.ts";
export { LaneState, runRange } from "./run-range.ts";
