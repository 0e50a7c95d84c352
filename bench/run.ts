/**
 * Everyday tasks beside Python's xarray, in turns: ours, xarray's, xarray's with accelerators, ours, …
 *
 * Every result is compared with xarray's before anything is timed. `--small` shrinks the data (for a
 * quick look; small data flatter us), `--write` writes RESULTS.md, `--rounds=9` measures more often,
 * `--only=sum,where` picks tasks by name. It needs a Python with xarray: see `peer.ts`.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { arch, cpus, platform, tmpdir, totalmem } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import type { DataArray } from "../src/index.ts";
import { builtLibrary } from "./built.ts";
import { Peer } from "./peer.ts";
import { type Measured, table } from "./table.ts";
import { prepareTasks, type Task } from "./tasks.ts";

/** Rounds that do not count. */
const WARMUPS = 3;
/** Results are float32; what is summed there is summed in float64 here. */
const TOLERANCE = 2e-6;

async function main(): Promise<void> {
  const { values: args } = parseArgs({
    options: { small: { type: "boolean" }, write: { type: "boolean" }, rounds: { type: "string", default: "7" }, only: { type: "string" } },
  });
  const shape = args.small ? ([366, 19, 36] as const) : ([1460, 73, 144] as const);
  const peer = new Peer();
  const folder = mkdtempSync(join(tmpdir(), "graticule-bench-"));
  try {
    const wanted = args.only?.split(",");
    const tasks = prepareTasks(await builtLibrary(), folder, shape).filter((task) => wanted?.includes(task.name) ?? true);
    const versions = await peer.prepare(folder, shape);
    const measured: Measured[] = [];
    for (const task of tasks) {
      await compare(peer, task, join(folder, "expected.f64"));
      measured.push(await measure(peer, task, Number(args.rounds)));
      process.stderr.write(`${task.name} `);
    }
    const text = report(measured, shape, versions);
    process.stdout.write(`\n${text}`);
    if (args.write) writeFileSync(new URL("RESULTS.md", import.meta.url), text);
  } finally {
    peer.close();
    rmSync(folder, { recursive: true });
  }
}

/** Throws where our result is not xarray's. */
async function compare(peer: Peer, task: Task, file: string): Promise<void> {
  const { dims, shape } = await peer.check(task.name, file);
  const result: DataArray = await task.run();
  const order = result.dims.join() === dims.join() ? result : result.transpose(...dims);
  if (order.shape.join() !== shape.join()) throw new Error(`${task.name}: shape (${order.shape}), not (${shape})`);
  const bytes = readFileSync(file);
  const expected = new Float64Array(bytes.buffer, bytes.byteOffset, bytes.length / 8);
  const values = order.values as unknown as ArrayLike<number>;
  for (let i = 0; i < expected.length; i++) {
    const [mine, theirs] = [values[i]!, expected[i]!];
    const close = Math.abs(mine - theirs) <= TOLERANCE * Math.max(300, Math.abs(theirs));
    if (!close && !(Number.isNaN(mine) && Number.isNaN(theirs))) throw new Error(`${task.name}: ${mine} at ${i}, not ${theirs}`);
  }
}

async function measure(peer: Peer, task: Task, rounds: number): Promise<Measured> {
  const ours: number[] = [];
  const plain: number[] = [];
  const fast: number[] = [];
  for (let round = -WARMUPS; round < rounds; round++) {
    const times = [
      await time(task),
      await peer.time(task.name, "plain", task.calls),
      await peer.time(task.name, "fast", task.calls),
    ] as const;
    if (round < 0) continue;
    ours.push(times[0]);
    plain.push(times[1]);
    fast.push(times[2]);
  }
  return { title: task.title, ours, plain, fast };
}

/** Milliseconds per call. */
async function time({ run, calls }: Task): Promise<number> {
  const start = performance.now();
  for (let i = 0; i < calls; i++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  return (performance.now() - start) / calls;
}

function report(measured: readonly Measured[], shape: readonly number[], versions: Record<string, string>): string {
  const software = Object.entries({ Node: process.versions.node, ...versions }).map(([name, version]) => `${name} ${version}`);
  const machine = `${cpus().length} × ${cpus()[0]?.model ?? "unknown CPU"} (${platform()} ${arch()}), ${Math.round(totalmem() / 2 ** 30)} GB`;
  return `# Everyday tasks beside xarray

Written by \`npm run bench -- --write\`. Data: float32 in memory, ${shape.join(" × ")} (time, lat, lon), 5 % missing.
Medians of ${measured[0]?.ours.length ?? 0} rounds in which all take turns; one thread each; results checked for equality in every run.
The ratio is the faster of xarray's two modes (plain NumPy; with bottleneck, numbagg and flox) over graticule: more is better for us.
Spreads (ours, that mode's) are half of what the middle half of the rounds spans.

${software.join(", ")}; ${machine}.

${table(measured)}
`;
}

main().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
});
