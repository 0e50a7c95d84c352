/** The inline executor: tasks run on the calling thread, one at a time. */
import type { Executor, Host, Lane } from "./contracts.ts";
import type { PoolOptions } from "./pool.ts";
import { LaneState, runRange } from "./run-range.ts";

/** An executor that runs ranges on this thread; `pool` says how buffers are used again. */
export function makeInlineExecutor(pool?: PoolOptions): Executor {
  const open = async (host: Host): Promise<Lane> => {
    const state = new LaneState(host.plan.cache, pool);
    return {
      run: (range, signal, next) => {
        state.cache.sweep((owner) => host.wants(owner));
        return runRange(host, state, range, signal, next);
      },
      close: async () => state.clear(),
    };
  };
  return { name: "inline", reach: "local", lanes: 1, open };
}

/** Runs ranges on this thread. Any plan can run here, functions of the user included. */
export const inlineExecutor: Executor = /* @__PURE__ */ makeInlineExecutor();
