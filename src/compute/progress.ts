/** What a run tells while it runs: events at most twenty times a second, and a bar for terminals. */
import type { LaneEvent, Progress } from "./contracts.ts";
import { formatBytes } from "./measure.ts";
import type { Plan } from "./plan.ts";
import { taskCount } from "./tasks.ts";

/** Milliseconds between events. */
const PAUSE = 50;
const WIDTH = 30;

/** Collects the events of lanes and passes news on. */
export class Reporter {
  readonly #plan: Plan;
  readonly #tell: readonly ((progress: Progress) => void)[];
  readonly #written: () => number;
  readonly #began = performance.now();
  readonly #total: number;
  readonly #times: number[];
  readonly #since: (number | undefined)[] = [];
  #last = 0;
  #stage = 0;
  #done = 0;
  #chunks = 0;
  #bytes = 0;
  #peak = 0;
  #projected = 0;

  constructor(plan: Plan, tell: readonly ((progress: Progress) => void)[], written: () => number) {
    this.#plan = plan;
    this.#tell = tell;
    this.#written = written;
    this.#total = plan.stages.reduce((n, stage) => n + taskCount(stage.tasks), 0);
    this.#times = plan.stages.map(() => 0);
  }

  take(event: LaneEvent): void {
    this.#stage = event.stage;
    this.#clock(event.stage);
    if (event.kind === "task") this.#done++;
    else if (event.kind === "read") {
      this.#chunks += event.chunks;
      this.#bytes += event.bytes;
    } else {
      this.#peak = Math.max(this.#peak, event.measured);
      this.#projected = Math.max(this.#projected, event.projected);
    }
    if (performance.now() - this.#last >= PAUSE) this.#say("progress");
  }

  /** A stage ended. */
  endStage(stage: number): void {
    this.#stage = stage;
    this.#clock(stage);
    this.#say("stage");
  }

  /** The run ended. */
  end(): void {
    this.#say("done");
  }

  #clock(stage: number): void {
    const now = performance.now();
    this.#since[stage] ??= now;
    this.#times[stage] = now - this.#since[stage];
  }

  #say(kind: Progress["kind"]): void {
    if (this.#tell.length === 0) return;
    this.#last = performance.now();
    const news: Progress = {
      kind,
      stage: this.#stage,
      stages: this.#plan.stages.length,
      done: this.#done,
      total: this.#total,
      chunksRead: this.#chunks,
      bytesRead: this.#bytes,
      bytesWritten: this.#written(),
      elapsed: this.#last - this.#began,
      stageTimes: this.#times.slice(),
      peak: this.#peak,
      projected: this.#projected,
    };
    for (const tell of this.#tell) tell(news);
  }
}

/** Where a bar is drawn: `process.stderr` and what looks like it. */
export interface Terminal {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

/**
 * A listener that draws a bar on a terminal, rewriting one line; on anything else it writes a plain
 * line for each tenth of the work.
 */
export function progressBar(terminal: Terminal | undefined = standardError()): (progress: Progress) => void {
  let tenth = -1;
  return (news) => {
    if (!terminal) return;
    const text = lineOf(news);
    if (terminal.isTTY) terminal.write(`\r${text}\u001b[K${news.kind === "done" ? "\n" : ""}`);
    else {
      const now = news.kind === "done" ? 11 : Math.floor((10 * news.done) / Math.max(1, news.total));
      if (now > tenth) terminal.write(`${text}\n`);
      tenth = Math.max(tenth, now);
    }
  };
}

function lineOf({ done, total, stage, stages, bytesRead, elapsed }: Progress): string {
  const share = total === 0 ? 1 : done / total;
  const filled = Math.round(share * WIDTH);
  const bar = "█".repeat(filled) + "░".repeat(WIDTH - filled);
  return `${bar} ${String(Math.floor(share * 100)).padStart(3)}% | stage ${Math.min(stage + 1, stages)}/${stages} | ${done}/${total} tasks | ${formatBytes(bytesRead)} read | ${(elapsed / 1000).toFixed(1)} s`;
}

function standardError(): Terminal | undefined {
  return (globalThis as { process?: { stderr?: Terminal } }).process?.stderr;
}
