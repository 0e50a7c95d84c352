/** What a task holds and what a task grid costs: the arithmetic behind every choice of the planner. */
import { type Box, type BoxSet, boxSize, intersect, wholeBox } from "../array/box.ts";
import { type ChunkGrid, chunkAt, chunkStart } from "../array/grid.ts";
import { sizeOf } from "../array/meta.ts";
import type { Source } from "../array/source.ts";
import { bytesPerElement } from "../dtypes/traits.ts";
import type { TaskGrid } from "./plan.ts";
import { type Demand, demandSize, type Program, sweep } from "./program.ts";
import { fullestTask, taskBox, taskCount } from "./tasks.ts";

/** What reading one source takes in one task, in bytes. */
export interface Load {
  /** Fetched bytes, held until the step decodes them. */
  readonly encoded: number;
  /** Chunks that blocks are views of, and blocks put together from several chunks. */
  readonly held: number;
  /** Chunks kept from the last task and for the next one. */
  readonly kept: number;
  /** The largest chunk that is decoded only to be copied. */
  readonly passing: number;
}

/** The most bytes a task holds at once, given its demand and what its sources take. */
export function peakOf(program: Program, demand: Demand, loads: readonly (Load | undefined)[]): number {
  const { steps, bound, base, width, lastView, inputs } = program;
  let encoded = 0;
  for (const load of loads) encoded += load?.encoded ?? 0;
  let live = writtenBytes(program, demand);
  let peak = encoded + live;
  const size = new Array<number>(width.length).fill(0);
  const free = (port: number, step: number): void => {
    if (lastView[port] === step) {
      live -= size[port]!;
      size[port] = 0;
    }
  };
  for (let i = 0; i < steps.length; i++) {
    const { mode, outputs } = steps[i]!;
    let extra = 0;
    const load = loads[i];
    if (load) {
      size[base[i]!] = load.held;
      live += load.held + load.kept;
      extra = load.passing;
    } else if (mode === "run" || mode === "carry" || mode === "fold") {
      const { op, call } = bound[i]!;
      for (let o = 0; o < outputs.length; o++) {
        const port = base[i]! + o;
        const boxes = demand[port]!;
        if (boxes.length === 0) continue;
        size[port] = demandSize(boxes) * width[port]!;
        live += size[port]!;
        if (op.extra) for (const box of boxes) extra = Math.max(extra, op.extra(call, box));
      }
    }
    peak = Math.max(peak, encoded + live + extra);
    encoded -= load?.encoded ?? 0;
    for (const port of inputs[i]!) free(port, i);
    for (let o = 0; o < outputs.length; o++) if (lastView[base[i]! + o] === -1) free(base[i]! + o, -1);
  }
  return peak;
}

/** Bytes that sinks hold while they encode and write. */
export function writtenBytes({ outputs, base, width }: Program, demand: Demand): number {
  let n = 0;
  for (const { kind, step, out } of outputs) {
    const port = base[step]! + out;
    if (kind === "write") n += demandSize(demand[port]!) * width[port]!;
  }
  return n;
}

/** The box of the whole chunks that `box` touches. */
function chunkHull(grid: ChunkGrid, box: Box): Box {
  const out = new Float64Array(box.length);
  for (let i = 0; i < grid.length; i++) {
    const axis = grid[i]!;
    out[2 * i] = chunkStart(axis, chunkAt(axis, box[2 * i]!));
    out[2 * i + 1] = chunkStart(axis, chunkAt(axis, box[2 * i + 1]! - 1) + 1);
  }
  return out;
}

/** What a candidate costs: bytes over all tasks, estimated from a few of them. */
export interface Measure {
  readonly tasks: number;
  /** Decoded bytes of chunks read, and the same for one task over everything. */
  readonly read: number;
  readonly once: number;
  /** Bytes computed, and the same for one task over everything. */
  readonly work: number;
  readonly workOnce: number;
  readonly peak: number;
  readonly encoded: number;
  readonly decoded: number;
  /** For each port: elements computed over all tasks / elements needed. */
  readonly again: readonly number[];
}

interface Sample {
  readonly demand: Demand;
  readonly hulls: readonly BoxSet[];
}

/** Measure a program over a task grid by sweeping a few tasks and the whole. */
export function measure(program: Program, tasks: TaskGrid): Measure {
  const count = taskCount(tasks);
  const whole = sample(program, wholeBox(tasks.axes.map((axis) => axis.length)));
  const middle = Math.min(count - 2, fullestTask(tasks));
  const picked =
    count <= 6
      ? Array.from({ length: count }, (_, i) => i)
      : [...new Set([0, 1, middle, middle + 1, count - 2, count - 1])].sort((a, b) => a - b);
  const total = { read: 0, work: 0, peak: 0, encoded: 0, decoded: 0 };
  const sums = new Array<number>(program.metas.length).fill(0);
  let last: Sample | undefined;
  picked.forEach((index, k) => {
    const now = sample(program, taskBox(tasks, index));
    const before = k > 0 && picked[k - 1] === index - 1 ? last : undefined;
    const next = picked[k + 1] === index + 1 ? sample(program, taskBox(tasks, index + 1)) : undefined;
    const loads = program.steps.map((_, i) => loadOf(program, now, [before, next], i));
    const bytes = readBytes(program, now);
    total.read += bytes - sharedBytes(program, now, before);
    total.decoded = Math.max(total.decoded, bytes);
    total.encoded = Math.max(
      total.encoded,
      loads.reduce((n, load) => n + (load?.encoded ?? 0), 0),
    );
    total.peak = Math.max(total.peak, peakOf(program, now.demand, loads));
    total.work += workBytes(program, now.demand);
    for (let port = 0; port < sums.length; port++) sums[port]! += demandSize(now.demand[port]!);
    last = now;
  });
  const scale = picked.length > 0 ? count / picked.length : 0;
  return {
    tasks: count,
    read: total.read * scale,
    once: readBytes(program, whole),
    work: total.work * scale,
    workOnce: workBytes(program, whole.demand),
    peak: total.peak,
    encoded: total.encoded,
    decoded: total.decoded,
    again: sums.map((n, port) => (n * scale) / Math.max(1, demandSize(whole.demand[port]!))),
  };
}

function sample(program: Program, at: Box): Sample {
  const demand = sweep(program, at);
  const hulls = program.steps.map((step, i) => {
    if (step.mode !== "source") return [];
    const { grid } = program.bound[i]!.call.live as Source;
    return demand[program.base[i]!]!.map((box) => chunkHull(grid, box));
  });
  return { demand, hulls };
}

function readBytes(program: Program, { hulls }: Sample): number {
  let n = 0;
  for (let i = 0; i < hulls.length; i++) n += demandSize(hulls[i]!) * program.width[program.base[i]!]!;
  return n;
}

function workBytes(program: Program, demand: Demand): number {
  let n = 0;
  program.steps.forEach(({ mode, outputs }, i) => {
    if (mode === "source" || mode === "constant" || mode === "slot") return;
    for (let o = 0; o < outputs.length; o++) n += demandSize(demand[program.base[i]! + o]!) * program.width[program.base[i]! + o]!;
  });
  return n;
}

/** Bytes of chunks that two tasks in a row both touch. */
function sharedBytes(program: Program, now: Sample, other: Sample | undefined): number {
  if (!other) return 0;
  let n = 0;
  for (let i = 0; i < program.steps.length; i++) n += sharedSize(now.hulls[i]!, other.hulls[i]!) * program.width[program.base[i]!]!;
  return n;
}

function sharedSize(a: BoxSet, b: BoxSet): number {
  let n = 0;
  for (const x of a) {
    let most = 0;
    for (const y of b) {
      const common = intersect(x, y);
      if (common) most = Math.max(most, boxSize(common));
    }
    n += most;
  }
  return n;
}

function loadOf(program: Program, now: Sample, others: readonly (Sample | undefined)[], i: number): Load | undefined {
  if (program.steps[i]!.mode !== "source") return undefined;
  const { grid } = program.bound[i]!.call.live as Source;
  const width = program.width[program.base[i]!]!;
  const boxes = now.demand[program.base[i]!]!;
  const hulls = now.hulls[i]!;
  let held = 0;
  let passing = 0;
  let encoded = 0;
  hulls.forEach((hull, k) => {
    const size = boxSize(hull) * width;
    const first = boxSize(chunkHull(grid, cornerOf(hull))) * width;
    encoded += size;
    held += first === size ? size : boxSize(boxes[k]!) * width;
    if (first !== size) passing = Math.max(passing, largestOf(grid, hull) * width);
  });
  let kept = 0;
  for (const other of others) if (other) kept += sharedSize(hulls, other.hulls[i]!) * width;
  return { encoded, held, passing, kept };
}

function cornerOf(box: Box): Box {
  return box.map((v, i) => (i % 2 === 0 ? v : box[i - 1]! + 1));
}

/** Elements of the largest chunk inside a hull of chunks, from above. */
function largestOf(grid: ChunkGrid, hull: Box): number {
  let n = 1;
  for (let i = 0; i < grid.length; i++) {
    const axis = grid[i]!;
    const lo = chunkAt(axis, hull[2 * i]!);
    const hi = chunkAt(axis, hull[2 * i + 1]! - 1);
    let most = axis.bounds ? 0 : Math.min(axis.size!, axis.length);
    if (axis.bounds) for (let k = lo; k <= hi; k++) most = Math.max(most, chunkStart(axis, k + 1) - chunkStart(axis, k));
    n *= most;
  }
  return n;
}

/** Decoded bytes of a whole source. */
export function sourceBytes({ meta }: Source): number {
  return sizeOf(meta.shape) * bytesPerElement(meta.dtype);
}

/** Bytes as people write them: `1.5 GB` (powers of 1000). */
export function formatBytes(bytes: number): string {
  const units = ["bytes", "kB", "MB", "GB", "TB", "PB"];
  let value = bytes;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  return `${unit === 0 || value >= 99.5 ? Math.round(value) : Number(value.toPrecision(2))} ${units[unit]}`;
}
