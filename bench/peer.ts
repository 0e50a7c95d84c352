/** The other side of the comparison: Python with xarray, in a process of its own. */
import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

const HOW_TO_MAKE_ONE = `no Python with xarray found. Make one in this folder:

  python3 -m venv .venv
  .venv/bin/pip install xarray zarr bottleneck numbagg flox

or name one by the environment variable GRATICULE_PYTHON.`;

/** xarray without and with bottleneck, numbagg and flox. */
export type Mode = "plain" | "fast";

/** A Python process that answers one request after another. */
export class Peer {
  private readonly child: ChildProcessWithoutNullStreams;
  private readonly lines: AsyncIterator<string>;
  private said = "";

  constructor() {
    const python = process.env.GRATICULE_PYTHON ?? ".venv/bin/python";
    if (!existsSync(python)) throw new Error(HOW_TO_MAKE_ONE);
    this.child = spawn(python, [fileURLToPath(new URL("peer.py", import.meta.url))]);
    this.child.stderr.on("data", (text) => {
      this.said += text;
    });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
  }

  private async ask<T>(request: object): Promise<T> {
    this.child.stdin.write(`${JSON.stringify(request)}\n`);
    const { value, done } = await this.lines.next();
    if (done) throw new Error(`Python stopped:\n${this.said}`);
    return JSON.parse(value) as T;
  }

  /** Reads the data; answers with the versions of everything. */
  async prepare(folder: string, shape: readonly number[]): Promise<Record<string, string>> {
    return (await this.ask<{ versions: Record<string, string> }>({ do: "prepare", folder, shape })).versions;
  }

  /** Writes a task's result, computed in float64, to `file`. */
  check(task: string, file: string): Promise<{ dims: string[]; shape: number[] }> {
    return this.ask({ do: "check", task, file });
  }

  /** Milliseconds per call of a task. */
  async time(task: string, mode: Mode, calls: number): Promise<number> {
    return (await this.ask<{ ms: number }>({ do: "time", task, mode, calls })).ms;
  }

  close(): void {
    this.child.stdin.end();
  }
}
