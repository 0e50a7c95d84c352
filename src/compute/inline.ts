/** The inline executor: tasks run on the calling thread, one at a time. */
import type { Executor, Host, Lane } from "./contracts.ts";
import { LaneState, runRange } from "./run-range.ts";

/** Runs ranges on this thread. Any plan can run here, functions of the user included. */
export const inlineExecutor: Executor = {
  name: "inline",
  reach: "local",
  lanes: 1,
  open: async (host: Host): Promise<Lane> => {
    const state = new LaneState(host.plan.cache);
    return {
      run: (range, signal, next) => {
        state.cache.sweep((owner) => host.wants(owner));
        return runRange(host, state, range, signal, next);
      },
      close: async () => state.clear(),
    };
  },
};
