/**
 * The planner: from the graph behind a few arrays to stages, tasks and memory. Synchronous and pure;
 * it looks at shapes, grids and demands, never at values or chunks one by one.
 */
import { sameBox, wholeBox } from "../array/box.ts";
import { wholeGrid } from "../array/grid.ts";
import { type Meta, sameShape } from "../array/meta.ts";
import type { Node, Port, Reach } from "../array/node.ts";
import type { Sink, Source } from "../array/source.ts";
import { DimensionError, MemoryLimitError } from "../errors.ts";
import { canonical } from "./canonical.ts";
import { type Chosen, chooseTasks, TARGET } from "./choose.ts";
import { collect } from "./collect.ts";
import { type Cut, firstCuts, isHeavy, type Root } from "./cut.ts";
import { type Draft, groupRoots, makeDraft, nodesOf } from "./draft.ts";
import { budgetOf } from "./ledger.ts";
import { formatBytes, sourceBytes } from "./measure.ts";
import type { Plan, Slot, Stage, TaskGrid } from "./plan.ts";
import { sweep } from "./program.ts";
import { boxBytes, stateBytes, tileAxes } from "./state.ts";
import { taskBox, taskCount } from "./tasks.ts";

/** One thing to compute: an array, and where it goes if not to memory. */
export interface Target {
  readonly port: Port;
  readonly sink?: Sink;
}

/** What the planner takes. */
export interface PlanOptions {
  /** Bytes the run may hold (default `setOptions({ memory })`, else a quarter of the machine). */
  readonly memory?: number | undefined;
}

/** How often a node may be computed before its values are kept instead. */
const AGAIN = 1.5;
/** The same for nodes that are cheap to compute. */
const OFTEN = 4;
/** The part of the budget that values may take which are kept beside the tasks. */
const KEEP = 0.3;
/** How many times more a node takes in than it gives to count as narrow. */
const NARROW = 4;
/** Kinds of nodes that only look at their inputs. */
const VIEWS: ReadonlySet<string> = new Set(["view", "reshape", "rechunk", "guard", "generate"]);
const ROUNDS = 32;

/** Plan the computation of what is `asked`. Throws MemoryLimitError where it cannot fit. */
export function planTargets(asked: readonly Target[], options: PlanOptions = {}): Plan {
  const budget = budgetOf(options.memory);
  const ports = canonical(asked.map((target) => target.port));
  const targets = asked.map((target, i) => ({ ...target, port: ports[i]! }));
  for (const { port, sink } of targets) {
    const { shape } = port.node.outputs[port.out]!;
    if (sink && !sameShape(shape, sink.meta.shape))
      throw new DimensionError(`cannot write an array of shape (${shape.join(", ")}) to one of shape (${sink.meta.shape.join(", ")})`, {
        shape,
        sink: sink.meta.shape,
      });
  }
  const { nodes, wanted } = collect(targets.map((t) => t.port));
  const cuts = firstCuts(nodes, Math.min(2 * TARGET, budget / 8));
  const notes: string[] = [];
  for (let round = 0; ; round++) {
    const more = new Planning(targets, nodes, wanted, cuts, budget, notes);
    const again = round < ROUNDS ? more.recut() : undefined;
    if (!again) return more.finish();
    for (const [node, cut] of again) cuts.set(node, cut);
  }
}

interface Chosing {
  readonly draft: Draft;
  readonly chosen: Chosen;
  readonly state: number;
}

class Planning {
  readonly #budget: number;
  readonly #cuts: ReadonlyMap<Node, Cut>;
  readonly #notes: string[];
  readonly #slots: { meta: Slot["meta"]; place: Slot["place"]; why: Slot["why"]; label: string; bytes: number }[] = [];
  readonly #results: number[] = [];
  readonly #sinks = new Map<number, Sink>();
  readonly #chosen: Chosing[] = [];
  /** Cuts that may make tasks fit that do not, and the error if they do not either. */
  readonly #relief = new Map<Node, Cut>();
  #refused: MemoryLimitError | undefined;

  constructor(
    targets: readonly Target[],
    nodes: readonly Node[],
    wanted: ReadonlyMap<Node, readonly boolean[]>,
    cuts: ReadonlyMap<Node, Cut>,
    budget: number,
    notes: string[],
  ) {
    this.#budget = budget;
    this.#cuts = cuts;
    this.#notes = notes;
    const drafts = this.#draft(
      targets,
      nodes.filter((node) => cuts.has(node)),
      wanted,
    );
    this.#checkResults();
    for (const draft of drafts) this.#choose(draft);
  }

  /** Slots and roots, level by level, and the stages they make. */
  #draft(targets: readonly Target[], cutNodes: readonly Node[], wanted: ReadonlyMap<Node, readonly boolean[]>): Draft[] {
    const slotOf = new Map<Node, (number | null)[]>();
    const levels = new Map<Node, number>();
    const roots: Root[] = [];
    const levelOf = (root: Root): number => {
      const { nodes, isLeaf } = nodesOf([root], this.#cuts);
      return nodes.reduce((level, node) => (isLeaf(node) ? Math.max(level, levels.get(node)! + 1) : level), 0);
    };
    const add = (root: Omit<Root, "level">): number => {
      const level = levelOf({ ...root, level: 0 });
      roots.push({ ...root, level });
      return level;
    };
    for (const node of cutNodes) {
      const kind = this.#cuts.get(node)!;
      const slots = node.outputs.map((_, out) => (wanted.get(node)![out] ? this.#slot({ node, out }, "barrier") : null));
      slotOf.set(node, slots);
      slots.forEach((slot, out) => {
        if (slot === null) return;
        const meta = kind === "fold" ? node.inputs[0]! : node.outputs[out]!;
        const { node: from, out: port } = kind === "fold" ? node.from[0]! : { node, out };
        levels.set(node, add({ kind, port: { node, out }, meta, grid: from.grids[port]!, slot }));
      });
    }
    const known = new Map<string, number>();
    const ids = new Map<Node, number>();
    for (const { port, sink } of targets) {
      const { node, out } = port;
      const id = ids.get(node) ?? ids.size;
      ids.set(node, id);
      const key = `${id}:${out}`;
      const ready = sink ? undefined : (known.get(key) ?? slotOf.get(node)?.[out] ?? undefined);
      if (ready !== undefined) {
        this.#slots[ready]!.why = "result";
        this.#results.push(ready);
        continue;
      }
      const slot = this.#slot(port, "result", sink);
      if (!sink) known.set(key, slot);
      this.#results.push(slot);
      add({
        kind: sink ? "write" : "block",
        port,
        meta: node.outputs[out]!,
        grid: sink?.grid ?? node.grids[out] ?? wholeGrid(node.outputs[out]!.shape),
        slot,
        ...(sink ? { sink } : {}),
      });
    }
    const groups = groupRoots(roots, this.#cuts);
    return groups
      .map((group) => makeDraft(group, this.#cuts, (node, out) => slotOf.get(node)?.[out] ?? null))
      .sort((a, b) => a.level - b.level);
  }

  #slot({ node, out }: Port, why: Slot["why"], sink?: Sink): number {
    const meta = node.outputs[out]!;
    const bytes = sink || node.op.kind === "constant" ? 0 : boxBytes(wholeBox(meta.shape), meta);
    if (sink) this.#sinks.set(this.#slots.length, sink);
    return (
      this.#slots.push({ meta: { shape: meta.shape, dtype: meta.dtype }, place: sink ? "sink" : "memory", why, label: node.label, bytes }) -
      1
    );
  }

  /** Refuse results that cannot be held. */
  #checkResults(): void {
    const held = this.#slots.filter((slot) => slot.why === "result");
    const total = held.reduce((n, slot) => n + slot.bytes, 0);
    if (total <= this.#budget) return;
    const largest = held.reduce((a, b) => (b.bytes > a.bytes ? b : a));
    throw tooMuch(
      `${name(largest)} takes ${formatBytes(largest.bytes)}${held.length > 1 ? ` (all results ${formatBytes(total)})` : ""}`,
      total,
      this.#budget,
      largest.label,
    );
  }

  #choose(draft: Draft): void {
    const held = this.#held();
    const left = this.#budget - held;
    const found = left > 0 ? chooseFor(draft, left) : undefined;
    if (found?.chosen.fits) this.#chosen.push(found);
    else if (draft.roots.length > 1) {
      const slotOf = this.#slotReader(draft);
      for (const root of draft.roots) this.#choose(makeDraft([root], this.#cuts, slotOf));
    } else {
      const need = (found?.chosen.measure.peak ?? 0) + (found?.state ?? 0);
      const what = `${name(this.#slots[draft.roots[0]!.slot]!)}: its smallest task needs ${formatBytes(need)}${held > 0 ? ` beside ${formatBytes(held)} of whole arrays` : ""}`;
      this.#refused ??= tooMuch(what, need + held, this.#budget, this.#slots[draft.roots[0]!.slot]!.label);
      const narrow = narrowestNode(draft, Math.min(left, KEEP * this.#budget));
      if (narrow) this.#relief.set(narrow, "block");
    }
  }

  /** The slots a draft's program reads, looked up again for a part of it. */
  #slotReader(draft: Draft): (node: Node, out: number) => number | null {
    const { steps, bound } = draft.program;
    return (node, out) => steps[bound.findIndex(({ call }, i) => call === node && steps[i]!.mode === "slot")]?.slots?.[out] ?? null;
  }

  /** Bytes of whole arrays: results, and what later stages read. */
  #held(): number {
    return this.#slots.reduce((n, slot) => n + slot.bytes, 0);
  }

  /** Nodes to cut after all, because tasks would compute them again and again, could not stream them, or would not fit. */
  recut(): Map<Node, Cut> | undefined {
    if (this.#refused) return this.#relief.size > 0 ? this.#relief : undefined;
    const found = new Map<Node, Cut>();
    for (const { draft, chosen } of this.#chosen) {
      const { program } = draft;
      const before = found.size;
      for (let i = program.steps.length - 1; i >= 0 && found.size === before; i--) {
        const { mode } = program.steps[i]!;
        const node = program.bound[i]!.call as Node;
        if (mode === "carry" && !streamsAlong(draft, chosen.tasks, i)) {
          const own = draft.roots.some((root) => root.port.node === node);
          found.set(own ? (otherScan(draft, i) ?? node) : node, "block");
        } else if (mode === "run" && !this.#cuts.has(node) && this.#worthKeeping(draft, chosen, i)) found.set(node, "block");
      }
    }
    return found.size > 0 ? found : undefined;
  }

  /** Whether tasks compute a step so often that its values had better be kept, and they can be. */
  #worthKeeping({ program }: Draft, { measure }: Chosen, step: number): boolean {
    const node = program.bound[step]!.call as Node;
    if (VIEWS.has(node.op.kind)) return false;
    const again = node.outputs.reduce((n, _, out) => Math.max(n, measure.again[program.base[step]! + out]!), 0);
    if (again <= AGAIN || (again <= OFTEN && !isHeavy(node))) return false;
    const bytes = wholeBytes(node.outputs);
    if (bytes <= KEEP * this.#budget) return true;
    this.#note(`${node.label} is computed about ${again.toFixed(1)} times over: its ${formatBytes(bytes)} do not fit beside the tasks`);
    return false;
  }

  #note(text: string): void {
    if (!this.#notes.includes(text)) this.#notes.push(text);
  }

  /** The plan. Throws MemoryLimitError where a task does not fit. */
  finish(): Plan {
    if (this.#refused) throw this.#refused;
    const groups = groupStages(this.#chosen);
    const numbered = this.#chosen
      .map((c, i) => ({ ...c, group: groups[i]! }))
      .sort((a, b) => a.draft.level - b.draft.level || a.group - b.group);
    const maker = new Map<number, number>();
    for (const [s, { draft }] of numbered.entries()) for (const root of draft.roots) maker.set(root.slot, s);
    const until = this.#slots.map((_, slot) =>
      numbered.reduce((last, { draft }, s) => (draft.reads.has(slot) ? s : last), maker.get(slot)!),
    );
    const slots = this.#slots.map((slot, i) => ({ ...slot, until: slot.why === "result" ? numbered.length : until[i]! }));
    const held = slots.reduce((n, slot) => n + slot.bytes, 0);
    const lane = numbered.reduce((n, { chosen, state }) => Math.max(n, chosen.measure.peak + state), 0);
    const cache = this.#cache(numbered, Math.max(0, this.#budget - held - lane), lane);
    const stages = numbered.map(({ draft, chosen, state, group }): Stage => {
      const { measure, tasks } = chosen;
      const alone = numbered.filter((other) => other.group === group).length === 1;
      const ordered = draft.program.steps.some((step) => step.mode === "carry");
      const share = alone ? 4 * TARGET : Math.max(1, cache / 4);
      const range = Math.min(
        64,
        Math.max(1, Math.floor(share / Math.max(1, measure.decoded)), Math.ceil((2 * state) / Math.max(1, measure.peak))),
      );
      return {
        after: [...new Set([...draft.reads].map((slot) => maker.get(slot)!))].sort((a, b) => a - b),
        group,
        tasks,
        ordered,
        rangeLength: range,
        program: draft.program.steps,
        outputs: draft.program.outputs,
        memory: { fixed: held + cache, state, encoded: measure.encoded, decoded: measure.decoded, peak: measure.peak },
        cost: {
          tasks: measure.tasks,
          read: measure.read,
          once: measure.once,
          written: draft.roots.reduce((n, r) => (r.sink ? n + boxBytes(wholeBox(r.meta.shape), r.meta) : n), 0),
        },
        reach: draft.nodes.reduce<Reach>(
          (reach, node) => (node.reach === "local" || reach === "local" ? "local" : node.reach === "clone" ? "clone" : reach),
          "json",
        ),
        notes: notesOf(draft, chosen),
      };
    });
    return {
      v: 1,
      stages,
      slots,
      results: this.#results,
      budget: this.#budget,
      cache,
      read: readOf(numbered),
      peak: held + lane + cache,
      notes: this.#notes,
      bound: numbered.map(({ draft }) => draft.program.bound),
      sinks: this.#sinks,
    };
  }

  /** Bytes for decoded chunks that several stages want, out of those that are left; `ahead` is for the next task's bytes. */
  #cache(stages: readonly (Chosing & { group: number })[], left: number, ahead: number): number {
    let need = 0;
    for (const group of new Set(stages.map((s) => s.group))) {
      const mates = stages.filter((s) => s.group === group);
      if (mates.length > 1)
        need = Math.max(
          need,
          mates.reduce((n, s) => n + 4 * s.chosen.measure.decoded, 0),
        );
    }
    const sources = new Map<Source, Set<number>>();
    for (const { draft, group, chosen } of stages) {
      for (const source of draft.sources) {
        const groups = sources.get(source) ?? new Set<number>();
        sources.set(source, groups.add(group));
        if (chosen.measure.read > AGAIN * chosen.measure.once) groups.add(-1);
      }
    }
    let retained = 0;
    for (const [source, groups] of sources) {
      const bytes = sourceBytes(source);
      if (groups.size < 2) continue;
      const kept = Math.min(bytes, Math.max(0, left - need - retained - (retained + bytes <= left - need ? 0 : ahead)));
      retained += kept;
      if (kept === bytes) this.#note(`chunks of ${source.ref.path} are kept for the next pass: ${formatBytes(bytes)} fit`);
      else
        this.#note(
          `${source.ref.path} is read again: of its ${formatBytes(bytes)}, ${formatBytes(kept)} fit beside ${formatBytes(this.#budget - left)} of tasks, states and results`,
        );
    }
    return Math.floor(Math.min(left, need + retained));
  }
}

/** Whether a scan's step is asked for exactly the task's box, so that it can carry from task to task. */
function streamsAlong(draft: Draft, tasks: TaskGrid, step: number): boolean {
  const { program } = draft;
  const { op, call } = program.bound[step]!;
  const scan = op.scan!;
  if (!sameShape(call.outputs[0]!.shape, draft.meta.shape)) return false;
  if (tasks.reverse.includes(scan.axis(call)) !== scan.reverse(call)) return false;
  const count = taskCount(tasks);
  for (const index of new Set([0, Math.min(1, count - 1), Math.floor(count / 2), count - 1])) {
    if (index < 0) continue;
    const at = taskBox(tasks, index);
    const demand = sweep(program, at);
    for (let out = 0; out < call.outputs.length; out++) {
      const boxes = demand[program.base[step]! + out]!;
      if (boxes.length > 1 || (boxes[0] && !sameBox(boxes[0], at))) return false;
    }
  }
  return true;
}

/** A scan of the same stage before this one: the one that has to go where they run in opposite directions. */
function otherScan({ program }: Draft, step: number): Node | undefined {
  const other = program.steps.findIndex(({ mode }, i) => mode === "carry" && i < step);
  return other < 0 ? undefined : (program.bound[other]!.call as Node);
}

/** How memory is shared between a task and states, first choice first. */
const SHARES: readonly (readonly [task: number, state: number])[] = [
  [0.55, 0.25],
  [0.3, 0.65],
  [0.9, 0.1],
  [1, 0],
];

function chooseFor(draft: Draft, left: number): Chosing {
  const { program, meta, grid, roots } = draft;
  const streaming = program.steps.flatMap((step, i) => (step.mode === "fold" || step.mode === "carry" ? [program.bound[i]!] : []));
  const scans = program.steps.flatMap((step, i) => (step.mode === "carry" ? [program.bound[i]!] : []));
  const reverse = [...new Set(scans.filter(({ op, call }) => op.scan!.reverse(call)).map(({ op, call }) => op.scan!.axis(call)))];
  const state = (tasks: TaskGrid): number => streaming.reduce((n, bound) => n + 2 * stateBytes(bound, tasks), 0);
  const writes = roots.some((root) => root.kind === "write");
  const splits = meta.shape.map(
    (_, axis) =>
      !writes && program.bound.every(({ op, call }) => !sameShape(call.outputs[0]!.shape, meta.shape) || (op.splits?.(call)[axis] ?? true)),
  );
  const natural = meta.shape.map((_, i) => i);
  const orders = streaming.length === 0 ? [natural] : [natural, tilesFirst(natural, tileAxes(streaming[0]!, natural.length))];
  let last: Chosing | undefined;
  for (const [task, kept] of SHARES) {
    if (streaming.length === 0 && task < 0.5) continue;
    for (const order of orders) {
      const chosen = chooseTasks(program, {
        base: grid,
        splits,
        memory: left * task,
        order,
        reverse,
        fits: (tasks) => state(tasks) <= left * kept,
      });
      last = { draft, chosen, state: state(chosen.tasks) };
      if (chosen.fits) return last;
    }
  }
  return last!;
}

function tilesFirst(natural: readonly number[], tiles: readonly number[]): number[] {
  const kept = natural.filter((axis) => tiles.includes(axis));
  return [...kept, ...natural.filter((axis) => !tiles.includes(axis))];
}

/**
 * The node inside a draft that takes in most for what it gives, at most `limit` bytes: made whole
 * first, what is behind it no longer has to be in one task (a fit over time of means over space).
 */
function narrowestNode({ program, roots }: Draft, limit: number): Node | undefined {
  let narrowest: Node | undefined;
  let saved = 0;
  program.steps.forEach(({ mode }, i) => {
    const node = program.bound[i]!.call as Node;
    if (mode !== "run" || VIEWS.has(node.op.kind) || roots.some((root) => root.port.node === node)) return;
    const given = wholeBytes(node.outputs);
    const taken = wholeBytes(node.inputs);
    if (given > limit || taken < NARROW * given || taken - given <= saved) return;
    narrowest = node;
    saved = taken - given;
  });
  return narrowest;
}

function wholeBytes(metas: readonly Meta[]): number {
  return metas.reduce((n, meta) => n + boxBytes(wholeBox(meta.shape), meta), 0);
}

/** Number the groups: stages of one level that share a source. */
function groupStages(stages: readonly Chosing[]): number[] {
  const group = stages.map((_, i) => i);
  stages.forEach(({ draft }, i) => {
    for (let j = 0; j < i; j++) {
      const other = stages[j]!.draft;
      if (other.level !== draft.level || ![...draft.sources].some((source) => other.sources.has(source))) continue;
      const [from, to] = [group[i]!, group[j]!];
      for (let k = 0; k < group.length; k++) if (group[k] === from) group[k] = to;
    }
  });
  return group;
}

/** Bytes read in all: stages of a group share what they read, as far as the whole of their sources. */
function readOf(stages: readonly (Chosing & { group: number })[]): number {
  let total = 0;
  for (const group of new Set(stages.map((s) => s.group))) {
    const mates = stages.filter((s) => s.group === group);
    const read = mates.reduce((n, s) => n + s.chosen.measure.read, 0);
    const sources = new Set(mates.flatMap((s) => [...s.draft.sources]));
    const whole = [...sources].reduce((n, source) => n + sourceBytes(source), 0);
    total += mates.length > 1 ? Math.min(read, whole) : read;
  }
  return total;
}

function notesOf(draft: Draft, { measure }: Chosen): string[] {
  const notes: string[] = [];
  if (measure.read > AGAIN * measure.once && measure.once > 0)
    notes.push(`chunks are read ${(measure.read / measure.once).toFixed(1)} times: the tasks cut across them`);
  for (const root of draft.roots)
    if (root.kind === "fold") notes.push(`${root.port.node.label} streams over its input: one task cannot hold what it reduces`);
  return notes;
}

function name(slot: { label: string; meta: Slot["meta"] }): string {
  return `${slot.label} (${slot.meta.shape.join(" × ") || "scalar"} ${slot.meta.dtype})`;
}

function tooMuch(what: string, bytes: number, budget: number, label: string): MemoryLimitError {
  return new MemoryLimitError(
    `${what}, the budget is ${formatBytes(budget)}; select less, write it with toZarr, stream it with blocks(), or raise setOptions({ memory })`,
    { label, bytes, budget },
  );
}
