/** Stages in the making: the program behind roots that share an index space, a grid and sources. */
import type { ChunkGrid } from "../array/grid.ts";
import type { Meta } from "../array/meta.ts";
import type { Node, Port } from "../array/node.ts";
import type { Source } from "../array/source.ts";
import { collect } from "./collect.ts";
import type { Cut, Root } from "./cut.ts";
import type { Bound, Output, Step, StepMode } from "./plan.ts";
import { makeProgram, type Program } from "./program.ts";

/** A stage before its tasks are chosen. */
export interface Draft {
  readonly roots: readonly Root[];
  readonly level: number;
  readonly meta: Meta;
  readonly grid: ChunkGrid;
  readonly nodes: readonly Node[];
  readonly program: Program;
  /** The slots it reads. */
  readonly reads: ReadonlySet<number>;
  /** The sources it reads. */
  readonly sources: ReadonlySet<Source>;
}

/** The slot of an output of a cut node. */
export type SlotOf = (node: Node, out: number) => number | null;

/** Put roots of one level together where a task of one serves another, unless scans run through them in opposite directions. */
export function groupRoots(roots: readonly Root[], cuts: ReadonlyMap<Node, Cut>): Root[][] {
  const groups: { key: string; leaves: Set<object>; roots: Root[] }[] = [];
  for (const root of roots) {
    const { nodes, isLeaf } = nodesOf([root], cuts);
    const inner = nodes.filter((node) => !isLeaf(node));
    const leaves = new Set([
      ...nodes.filter(isLeaf),
      ...inner.filter((node) => node.op.kind === "source").map((node) => node.live as object),
    ]);
    const scans = new Set(
      inner.filter((node) => modeOf(node) === "carry").map((node) => `${node.op.scan!.axis(node)}${node.op.scan!.reverse(node)}`),
    );
    const key = `${root.level}|${root.meta.shape.join()}|${gridKey(root.grid)}|${[...scans].sort().join()}`;
    const mine = groups.filter(
      (g) => g.key === key && (leaves.size === 0 ? g.leaves.size === 0 : [...leaves].some((leaf) => g.leaves.has(leaf))),
    );
    const [first] = mine;
    if (!first) groups.push({ key, leaves, roots: [root] });
    else {
      first.roots.push(root);
      for (const leaf of leaves) first.leaves.add(leaf);
      for (const other of mine.slice(1)) {
        first.roots.push(...other.roots);
        for (const leaf of other.leaves) first.leaves.add(leaf);
        groups.splice(groups.indexOf(other), 1);
      }
    }
  }
  return groups.map((g) => g.roots);
}

/** A grid as a short string, equal for grids that cut alike. */
export function gridKey(grid: ChunkGrid): string {
  return grid
    .map(({ n, size, bounds }) => {
      let hash = 0;
      if (bounds) for (let i = 0; i < bounds.length; i++) hash = (Math.imul(hash, 31) + bounds[i]!) | 0;
      return `${n}:${size ?? `b${hash}`}`;
    })
    .join();
}

/** The ports a root's program must make. */
function portsOf(root: Root): readonly Port[] {
  return root.kind === "fold" ? root.port.node.from : [root.port];
}

/** The nodes behind roots, up to the cuts that are not their own. */
export function nodesOf(
  roots: readonly Root[],
  cuts: ReadonlyMap<Node, Cut>,
): { nodes: readonly Node[]; wanted: ReadonlyMap<Node, readonly boolean[]>; isLeaf: (node: Node) => boolean } {
  const own = new Set(roots.filter((r) => cuts.get(r.port.node) === "block").map((r) => r.port.node));
  const isLeaf = (node: Node): boolean => cuts.has(node) && !own.has(node);
  return { ...collect(roots.flatMap(portsOf), isLeaf), isLeaf };
}

/** Write the program of a stage. */
export function makeDraft(roots: readonly Root[], cuts: ReadonlyMap<Node, Cut>, slotOf: SlotOf): Draft {
  const { nodes, wanted, isLeaf } = nodesOf(roots, cuts);
  const index = new Map(nodes.map((node, i) => [node, i]));
  const reads = new Set<number>();
  const sources = new Set<Source>();
  const steps: Step[] = [];
  const bound: Bound[] = [];
  const add = (node: Node, mode: StepMode, flags: readonly boolean[]): void => {
    const slots = mode === "slot" ? node.outputs.map((_, out) => (flags[out] ? slotOf(node, out) : null)) : undefined;
    for (const slot of slots ?? []) if (slot !== null) reads.add(slot);
    if (mode === "source") sources.add(node.live as Source);
    const from = mode === "slot" ? [] : node.from;
    steps.push({
      op: mode === "slot" ? "slot" : node.op.name,
      mode,
      in: from.map((port) => ({ step: index.get(port.node)!, out: port.out })),
      params: node.params,
      blobs: node.blobs,
      outputs: node.outputs,
      wanted: flags,
      ...(slots ? { slots } : {}),
      reach: node.reach,
      label: node.label,
    });
    bound.push({ op: node.op, call: node });
  };
  for (const node of nodes) add(node, isLeaf(node) ? "slot" : modeOf(node), wanted.get(node)!);
  const outputs: Output[] = [];
  for (const { kind, port, slot } of roots) {
    const fold = steps.length;
    if (kind !== "fold") outputs.push({ kind, step: index.get(port.node)!, out: port.out, slot });
    else {
      const known = outputs.find((o) => o.kind === "fold" && bound[o.step]!.call === port.node);
      if (!known)
        add(
          port.node,
          "fold",
          port.node.outputs.map(() => true),
        );
      outputs.push({ kind, step: known?.step ?? fold, out: port.out, slot });
    }
  }
  const { level, meta, grid } = roots[0]!;
  return { roots, level, meta, grid, nodes, program: makeProgram(steps, bound, outputs), reads, sources };
}

function modeOf(node: Node): StepMode {
  if (node.op.kind === "source") return "source";
  if (node.op.kind === "constant") return "constant";
  const scan = node.op.scan;
  return scan && node.grids[0]![scan.axis(node)]!.n > 1 ? "carry" : "run";
}
