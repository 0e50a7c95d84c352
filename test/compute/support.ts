/** Sources that count, sinks that remember, and a handful of operations simple enough to trust. */
import { apply } from "../../src/array/apply.ts";
import { type Box, boxShape, boxSize } from "../../src/array/box.ts";
import { type ChunkGrid, chunkBox, chunksIn, regularAxis, wholeGrid } from "../../src/array/grid.ts";
import type { AnyArray, LazyArray } from "../../src/array/lazy.ts";
import { empty, flatValues, NDArray } from "../../src/array/ndarray.ts";
import type { OpCall } from "../../src/array/node.ts";
import type { Op } from "../../src/array/op.ts";
import { type ChunkRef, fromSource, type Sink, type Source } from "../../src/array/source.ts";
import { copyInto } from "../../src/compute/reading.ts";
import type { ReadOptions, StoreKey } from "../../src/stores/contract.ts";

/** A grid of chunks of these sizes. */
export const grid = (shape: readonly number[], chunks: readonly number[]): ChunkGrid => shape.map((n, i) => regularAxis(n, chunks[i]!));

/** The value at a position: its C-ordered number modulo 1009. */
export const valueAt = (flat: number): number => flat % 1009;

/** The values of a box of an array of `shape` as {@link valueAt} gives them. */
export function values(shape: readonly number[], box: Box): NDArray<"float64"> {
  const out = empty(boxShape(box), "float64");
  const n = boxSize(box);
  const lengths = boxShape(box);
  for (let i = 0; i < n; i++) {
    let rest = i;
    let flat = 0;
    let step = 1;
    for (let a = shape.length - 1; a >= 0; a--) {
      flat += (box[2 * a]! + (rest % lengths[a]!)) * step;
      rest = Math.floor(rest / lengths[a]!);
      step *= shape[a]!;
    }
    out.data[i] = valueAt(flat);
  }
  return out;
}

export interface Counted {
  readonly array: LazyArray;
  readonly source: Source;
  /** How often each chunk was fetched. */
  readonly reads: Map<number, number>;
  readonly open: { now: number; most: number };
}

export interface SourceOptions {
  readonly read?: boolean;
  /** Called with each fetch; may throw or wait. */
  readonly onFetch?: (id: number, options: ReadOptions | undefined) => void | Promise<void>;
  readonly onDecode?: (id: number) => void;
}

/** A generated source, chunk by chunk, whose store fetches the chunk's number. */
export function counted(shape: readonly number[], chunks: readonly number[], options: SourceOptions = {}): Counted {
  const cut = grid(shape, chunks);
  const reads = new Map<number, number>();
  const open = { now: 0, most: 0 };
  const fetched = async (id: number, o: ReadOptions | undefined): Promise<void> => {
    reads.set(id, (reads.get(id) ?? 0) + 1);
    open.most = Math.max(open.most, ++open.now);
    try {
      await options.onFetch?.(id, o);
    } finally {
      open.now--;
    }
  };
  const store = {
    get: async (key: StoreKey, o?: ReadOptions): Promise<Uint8Array> => {
      await fetched(Number(key.slice(1)), o);
      return new Uint8Array(8);
    },
  };
  const meta = { shape, dtype: "float64" as const };
  const base = { ref: { backend: "test", store: "memory:", path: "x", meta: null }, meta, grid: cut, store, reach: "local" as const };
  const located: Pick<Source, "locate" | "decode"> = {
    locate: (boxes) => {
      const ids = new Set(boxes.flatMap((box) => [...chunksIn(cut, box)]));
      return [...ids].map((id): ChunkRef => {
        const box = chunkBox(cut, id);
        return { id, box, ranges: [{ key: `/${id}` }], decoded: 8 * boxSize(box), encodedMax: 8 };
      });
    },
    decode: (ref, raw) => {
      if (raw.length !== 1 || raw[0]?.length !== 8) throw new Error("decode without bytes");
      options.onDecode?.(ref.id);
      return values(shape, ref.box);
    },
  };
  const opaque: Pick<Source, "read"> = {
    read: async (box, o) => {
      for (const id of chunksIn(cut, box)) await fetched(id, o);
      return values(shape, box);
    },
  };
  const source: Source = { ...base, ...(options.read ? opaque : located) };
  return { array: fromSource(source), source, reads, open };
}

/** The most often any chunk was read, and the sum. */
export function readCounts(reads: ReadonlyMap<number, number>): { most: number; total: number; chunks: number } {
  const counts = [...reads.values()];
  return { most: Math.max(0, ...counts), total: counts.reduce((a, b) => a + b, 0), chunks: counts.length };
}

/** The whole of the generated array, in memory. */
export const wholeOf = (shape: readonly number[]): NDArray =>
  values(shape, Float64Array.from(shape.flatMap((n) => [0, n]))) as unknown as NDArray;

export interface Written {
  readonly sink: Sink;
  readonly array: NDArray;
  readonly boxes: Box[];
}

/** A sink in memory that checks that boxes are whole chunks, each written once. */
export function memorySink(
  shape: readonly number[],
  chunks: readonly number[],
  onWrite?: (options: ReadOptions) => void | Promise<void>,
): Written {
  const cut = grid(shape, chunks);
  const array = empty(shape, "float64") as unknown as NDArray;
  const boxes: Box[] = [];
  const seen = new Set<number>();
  const sink: Sink = {
    meta: { shape, dtype: "float64" },
    grid: cut,
    write: async (box, block, options) => {
      for (const id of chunksIn(cut, box)) {
        if (seen.has(id)) throw new Error(`chunk ${id} written twice`);
        seen.add(id);
        const chunk = chunkBox(cut, id);
        for (let i = 0; i < box.length; i += 2)
          if (chunk[i]! < box[i]! || chunk[i + 1]! > box[i + 1]!) throw new Error(`[${box}] cuts chunk ${id}`);
      }
      await onWrite?.(options);
      boxes.push(box);
      copyInto(block, array, box);
    },
  };
  return { sink, array, boxes };
}

const flat = (a: NDArray): Float64Array => flatValues(a) as unknown as Float64Array;
const sameGrid = (_call: OpCall, [g]: readonly ChunkGrid[]): readonly ChunkGrid[] => [g!];

/** a + b (b may have axes of length 1, or fewer leading ones). */
export const addOp: Op<null> = {
  name: "test-add",
  kind: "map",
  infer: ([a]) => [{ shape: a!.shape, dtype: "float64" }],
  grid: sameGrid,
  demand: (call, _out, at, input) => [within(call, at, input)],
  run: (call, { at, read, alloc }) => {
    const box = at[0]!;
    const out = alloc(boxShape(box), "float64");
    const sum = out.data as unknown as Float64Array;
    for (let input = 0; input < 2; input++) {
      const block = read(input, within(call, box, input));
      const wide = empty(boxShape(box), "float64") as unknown as NDArray;
      const skip = box.length / 2 - block.shape.length;
      const stride = boxShape(box).map((n, i) => (i < skip || block.shape[i - skip] !== n ? 0 : block.stride[i - skip]!));
      copyInto(
        new NDArray(block.data, boxShape(box), block.dtype, stride, block.offset),
        wide,
        Float64Array.from(boxShape(box).flatMap((n) => [0, n])),
      );
      const part = flat(wide);
      for (let i = 0; i < part.length; i++) sum[i]! += part[i]!;
    }
    return [out as unknown as NDArray];
  },
};

function within(call: OpCall, at: Box, input: number): Box {
  const like = call.outputs[0]!.shape;
  const { shape } = call.inputs[input]!;
  const skip = like.length - shape.length;
  return Float64Array.from(shape.flatMap((n, i) => (n === like[i + skip] ? [at[2 * (i + skip)]!, at[2 * (i + skip) + 1]!] : [0, n])));
}

export const add = (a: AnyArray, b: AnyArray): AnyArray => apply(addOp, [a, b], { params: null, label: "add" });

/** The array moved by `by` along axis 0, zeros coming in. */
export const shiftOp: Op<{ by: number }> = {
  name: "test-shift",
  kind: "view",
  infer: ([a]) => [a!],
  grid: sameGrid,
  demand: (call, _out, at) => {
    const box = moved(call, at);
    return boxSize(box) > 0 ? [box] : [];
  },
  run: (call, { at, read, alloc }) => {
    const out = alloc(boxShape(at[0]!), "float64") as unknown as NDArray;
    const box = moved(call, at[0]!);
    if (boxSize(box) > 0) {
      const place = Float64Array.from(at[0]!, (_, i) => box[i]! + (i < 2 ? call.params.by : 0) - at[0]![i - (i % 2)]!);
      copyInto(read(0, box), out, place);
    }
    return [out];
  },
};

function moved({ params, inputs }: OpCall<{ by: number }>, at: Box): Box {
  const box = at.slice();
  const n = inputs[0]!.shape[0]!;
  box[0] = Math.min(n, Math.max(0, at[0]! - params.by));
  box[1] = Math.min(n, Math.max(0, at[1]! - params.by));
  return box;
}

export const shift = (a: AnyArray, by: number): AnyArray => apply(shiftOp, [a], { params: { by }, label: "shift" });

/** A part of an array, as a view. */
export const partOp: Op<{ box: number[] }> = {
  name: "test-part",
  kind: "view",
  infer: ([a], { box }) => [{ shape: boxShape(Float64Array.from(box)), dtype: a!.dtype }],
  grid: (call) =>
    wholeGrid(call.outputs[0]!.shape).map((axis, i) => regularAxis(axis.length, Math.max(1, Math.min(axis.length, 3 + i)))) && [
      call.outputs[0]!.shape.map((n, i) => regularAxis(n, 3 + i)),
    ],
  demand: (call, _out, at) => [Float64Array.from(at, (v, i) => v + call.params.box[i - (i % 2)]!)],
  run: (call, { at, read }) => [
    read(
      0,
      Float64Array.from(at[0]!, (v, i) => v + call.params.box[i - (i % 2)]!),
    ),
  ],
};

export const part = (a: AnyArray, box: readonly number[]): AnyArray => apply(partOp, [a], { params: { box: [...box] }, label: "part" });

interface Axes {
  axes: number[];
}

/** Sum over axes, by a fold whose state is the sum. */
export const sumOp: Op<Axes> = {
  name: "test-sum",
  kind: "aggregate",
  infer: ([a], { axes }) => [{ shape: a!.shape.filter((_, i) => !axes.includes(i)), dtype: "float64" }],
  grid: (call, [g]) => [g!.filter((_, i) => !call.params.axes.includes(i))],
  demand: (call, _out, at) => [reduced(call, at)],
  run: (call, { at, read, alloc }) => {
    const out = alloc(boxShape(at[0]!), "float64") as unknown as NDArray;
    accumulate(read(0, reduced(call, at[0]!)), call.params.axes, flat(out));
    return [out];
  },
  fold: {
    keeps: (call) => call.inputs[0]!.shape.flatMap((_, i) => (call.params.axes.includes(i) ? [] : [i])),
    state: (_call, kept) => [{ shape: boxShape(kept), dtype: "float64" }],
    init: () => undefined,
    update: (call, state, [block]) => accumulate(block!, call.params.axes, flat(state[0]!)),
    merge: (_call, state, later) => {
      const into = flat(state[0]!);
      const from = flat(later[0]!);
      for (let i = 0; i < into.length; i++) into[i]! += from[i]!;
    },
    finish: (_call, state) => [state[0]!],
  },
};

function reduced(call: OpCall<Axes>, at: Box): Box {
  let next = 0;
  return Float64Array.from(
    call.inputs[0]!.shape.flatMap((n, i) => {
      if (call.params.axes.includes(i)) return [0, n];
      const k = next++;
      return [at[2 * k]!, at[2 * k + 1]!];
    }),
  );
}

function accumulate(block: NDArray, axes: readonly number[], out: Float64Array): void {
  const data = flat(block);
  const steps = new Array<number>(block.shape.length).fill(0);
  let step = 1;
  for (let i = block.shape.length - 1; i >= 0; i--) {
    if (axes.includes(i)) continue;
    steps[i] = step;
    step *= block.shape[i]!;
  }
  for (let f = 0; f < data.length; f++) {
    let rest = f;
    let at = 0;
    for (let i = block.shape.length - 1; i >= 0; i--) {
      at += (rest % block.shape[i]!) * steps[i]!;
      rest = Math.floor(rest / block.shape[i]!);
    }
    out[at]! += data[f]!;
  }
}

export const sum = (a: AnyArray, axes: readonly number[]): AnyArray => apply(sumOp, [a], { params: { axes: [...axes] }, label: "sum" });

/** Cumulative sum along axis 0. */
export const cumsumOp: Op<{ reverse: boolean }> = {
  name: "test-cumsum",
  kind: "scan",
  infer: ([a]) => [{ shape: a!.shape, dtype: "float64" }],
  grid: sameGrid,
  demand: (call, _out, at) => [along(call.inputs[0]!.shape, at)],
  run: (call, { at, read, alloc }) => {
    const whole = along(call.inputs[0]!.shape, at[0]!);
    const all = alloc(boxShape(whole), "float64") as unknown as NDArray;
    scanBlock(read(0, whole), flat(all), new Float64Array(Math.max(1, boxSize(whole) / Math.max(1, whole[1]!))), call.params.reverse);
    const inner = boxSize(whole) / Math.max(1, whole[1]!);
    return [new NDArray(all.data, boxShape(at[0]!), "float64", all.stride, at[0]![0]! * inner) as unknown as NDArray];
  },
  extra: (call, at) => 8 * boxSize(along(call.inputs[0]!.shape, at)),
  scan: {
    axis: () => 0,
    reverse: (call) => call.params.reverse,
    carry: (_call, at) => [{ shape: boxShape(at).slice(1), dtype: "float64" }],
    init: () => undefined,
    step: (call, carry, [block], at, { alloc }) => {
      const out = alloc(boxShape(at), "float64") as unknown as NDArray;
      scanBlock(block!, flat(out), flat(carry[0]!), call.params.reverse);
      return [out];
    },
  },
};

function along(shape: readonly number[], at: Box): Box {
  const box = at.slice();
  box[0] = 0;
  box[1] = shape[0]!;
  return box;
}

function scanBlock(block: NDArray, out: Float64Array, carry: Float64Array, reverse: boolean): void {
  const data = flat(block);
  const rows = block.shape[0]!;
  const inner = rows === 0 ? 0 : data.length / rows;
  for (let r = 0; r < rows; r++) {
    const row = reverse ? rows - 1 - r : r;
    for (let i = 0; i < inner; i++) out[row * inner + i] = carry[i]! += data[row * inner + i]!;
  }
}

export const cumsum = (a: AnyArray, reverse = false): AnyArray => apply(cumsumOp, [a], { params: { reverse }, label: "cumsum" });

/** Each element's rank along axis 0 (how many are smaller): a map that needs the whole axis. */
export const rankOp: Op<null> = {
  name: "test-rank",
  kind: "map",
  infer: ([a]) => [{ shape: a!.shape, dtype: "float64" }],
  grid: sameGrid,
  demand: (call, _out, at) => [along(call.inputs[0]!.shape, at)],
  run: (call, { at, read, alloc }) => {
    const box = at[0]!;
    const block = read(0, along(call.inputs[0]!.shape, box));
    const data = flat(block);
    const out = alloc(boxShape(box), "float64") as unknown as NDArray;
    const inner = data.length / Math.max(1, block.shape[0]!);
    const into = flat(out);
    for (let r = box[0]!; r < box[1]!; r++) {
      for (let i = 0; i < inner; i++) {
        let n = 0;
        for (let k = 0; k < block.shape[0]!; k++) if (data[k * inner + i]! < data[r * inner + i]!) n++;
        into[(r - box[0]!) * inner + i] = n;
      }
    }
    return [out];
  },
};

export const rank = (a: AnyArray): AnyArray => apply(rankOp, [a], { params: null, label: "rank" });

/** The flat numbers of an array in memory. */
export const numbers = (a: AnyArray): number[] => Array.from(flat(a as NDArray));
