/** One task: demand, reading and the program run forwards over one box. */
import { boxView } from "../array/apply.ts";
import { type Box, boxShape, boxSize, contains, intersect, sameBox } from "../array/box.ts";
import { copyFlat, empty, NDArray } from "../array/ndarray.ts";
import type { RunContext } from "../array/op.ts";
import type { Source } from "../array/source.ts";
import { slotsPerElement } from "../dtypes/traits.ts";
import type { DType } from "../dtypes/types.ts";
import { ArgumentError, UnsupportedError } from "../errors.ts";
import type { ChunkCache } from "./chunk-cache.ts";
import type { Host } from "./contracts.ts";
import { withPlace } from "./errors.ts";
import type { Raw } from "./fetch.ts";
import { peakOf } from "./measure.ts";
import { bufferOf, Meter } from "./meter.ts";
import type { Pool } from "./pool.ts";
import { type Demand, foldRegion, type Program, sameRegion, sweep } from "./program.ts";
import { blocksOf, copyInto, prepareReading, type Reading, relative } from "./reading.ts";
import { taskBox } from "./tasks.ts";

/** A task that knows what it needs. */
export interface Task {
  readonly stage: number;
  readonly index: number;
  readonly box: Box;
  readonly program: Program;
  readonly demand: Demand;
  readonly readings: readonly Reading[];
  /** Every chunk it reads. */
  readonly keys: ReadonlySet<string>;
  readonly encoded: number;
  /** The most bytes it will hold. */
  readonly projected: number;
}

/** Find out what a task needs; `atHand` tells the chunks that need not be fetched. */
export async function prepareTask(
  host: Host,
  program: Program,
  stage: number,
  index: number,
  atHand: (key: string) => boolean,
  signal: AbortSignal,
): Promise<Task> {
  const box = taskBox(host.plan.stages[stage]!.tasks, index);
  const demand = sweep(program, box);
  const readings: Reading[] = [];
  const claimed = new Set<string>();
  for (let i = 0; i < program.steps.length; i++) {
    const boxes = demand[program.base[i]!]!;
    if (program.steps[i]!.mode !== "source" || boxes.length === 0) continue;
    try {
      readings.push(await prepareReading(i, program.bound[i]!.call.live as Source, boxes, atHand, claimed, signal));
    } catch (error) {
      throw withPlace(error, { stage, box, node: program.steps[i]!.label });
    }
  }
  const loads: (Reading["load"] | undefined)[] = new Array(program.steps.length);
  const keys = new Set<string>();
  let encoded = 0;
  for (const reading of readings) {
    loads[reading.step] = reading.load;
    encoded += reading.load.encoded;
    for (const { key } of reading.chunks) keys.add(key);
  }
  return { stage, index, box, program, demand, readings, keys, encoded, projected: peakOf(program, demand, loads) };
}

/** States of folds and scans, by step. */
export interface States {
  /** The state a step works on in this task. */
  at(step: number): readonly NDArray[];
}

interface Placed {
  readonly box: Box;
  readonly block: NDArray;
}

/** Kinds of operations that make values; the others look at their inputs. */
const COMPUTES: ReadonlySet<string> = new Set(["map", "aggregate", "scan"]);

/** Runs one task: give it what was fetched, take the blocks of its outputs. */
export class TaskRun {
  readonly meter: Meter = new Meter();
  readonly #task: Task;
  readonly #host: Host;
  readonly #cache: ChunkCache;
  readonly #fetched: Map<string, Raw | NDArray>;
  readonly #states: States;
  readonly #keep: ReadonlySet<string>;
  readonly #placed: (Placed[] | undefined)[];
  readonly #pool: Pool;
  /** The buffers this task allocated and nobody else has seen. */
  readonly #own = new Map<object, NDArray>();
  /** Chunks this task holds itself: several steps may read one source. */
  readonly #seen = new Map<string, NDArray>();

  constructor(
    task: Task,
    host: Host,
    cache: ChunkCache,
    fetched: Map<string, Raw | NDArray>,
    states: States,
    keep: ReadonlySet<string>,
    pool: Pool,
  ) {
    this.#pool = pool;
    this.#task = task;
    this.#host = host;
    this.#cache = cache;
    this.#fetched = fetched;
    this.#states = states;
    this.#keep = keep;
    this.#placed = new Array(task.program.metas.length);
  }

  /** Run all steps, letting others run now and then. The blocks of outputs are there afterwards. */
  async run(signal: AbortSignal): Promise<void> {
    const { program, stage, box } = this.#task;
    for (const raw of this.#fetched.values()) this.meter.add(rawBytes(raw));
    let reading = 0;
    for (let i = 0; i < program.steps.length; i++) {
      try {
        if (program.steps[i]!.mode === "source") {
          if (this.#task.readings[reading]?.step === i) this.#read(this.#task.readings[reading++]!);
        } else this.#step(i);
      } catch (error) {
        throw signal.aborted ? error : withPlace(error, { stage, box, node: program.steps[i]!.label });
      }
      this.#release(i);
      const pause = this.#host.breathe();
      if (pause) {
        await pause;
        signal.throwIfAborted();
      }
    }
  }

  /** The block of an output over the task's box. */
  output(port: number): NDArray {
    return this.#lookup(port, this.#task.box);
  }

  #read(reading: Reading): void {
    const { source, boxes, step } = reading;
    const sharing = this.#host.sharing(this.#task.stage, source);
    const twice = this.#task.readings.some((other) => other !== reading && other.source === source);
    const held: NDArray[] = [];
    const hold = (block: NDArray): NDArray => {
      this.meter.hold(block.data);
      held.push(block);
      return block;
    };
    const blocks = blocksOf(reading, this.#fetched, {
      known: (key) => this.#cache.get(key) ?? this.#seen.get(key),
      open: (key, array, ref, raw) => {
        this.meter.hold(array.data);
        if (raw) this.meter.add(-rawBytes(raw));
        if (this.#keep.has(key)) {
          this.#cache.carry(key, array);
          this.meter.hold(array.data);
        }
        if (twice) this.#seen.set(key, hold(array));
        if (sharing !== "never") this.#cache.share(key, array, ref.decoded, source, sharing);
      },
      close: (array) => void this.meter.drop(array.data),
      alloc: (shape) => hold(this.#alloc(shape, source.meta.dtype)),
      view: hold,
    });
    this.#place(
      step,
      boxes.map((box, b) => ({ box, block: blocks[b]! })),
    );
    for (const block of held) this.#drop(block.data);
  }

  #step(i: number): void {
    const { program, demand } = this.#task;
    const { mode, outputs, slots } = program.steps[i]!;
    const base = program.base[i]!;
    if (mode === "fold") {
      this.#fold(i);
      return;
    }
    for (let k = 0; ; k++) {
      const at = outputs.map((_, o) => demand[base + o]![k] ?? null);
      if (at.every((box) => box === null)) return;
      if (mode === "constant" || mode === "slot") {
        at.forEach((box, o) => {
          if (box) this.#outside(base + o, box, mode === "slot" ? this.#host.slot(slots![o]!) : (program.bound[i]!.call.live as NDArray));
        });
      } else this.#compute(i, at);
    }
  }

  /** A view of an array that is in memory anyway. */
  #outside(port: number, box: Box, array: NDArray): void {
    this.meter.ignore(array.data);
    this.#place(port, [{ box, block: boxView(array, box) }], true);
  }

  #compute(i: number, at: readonly (Box | null)[]): void {
    const { program } = this.#task;
    const { op, call } = program.bound[i]!;
    const made: NDArray[] = [];
    const alloc = <T extends DType>(shape: readonly number[], dtype: T): NDArray<T> => {
      const array = this.#alloc(shape, dtype);
      this.meter.hold(array.data);
      made.push(array as unknown as NDArray);
      return array;
    };
    const ports = program.inputs[i]!;
    let results: readonly (NDArray | null)[];
    if (program.steps[i]!.mode === "carry") {
      const box = this.#task.box;
      if (at.some((b) => b && !sameBox(b, box)))
        throw new UnsupportedError(`${program.steps[i]!.label} cannot carry from task to task: a task needs more than its own part`, {});
      const blocks = ports.map((port, k) => this.#lookup(port, sameRegion(call.inputs[k]!, call.outputs[0]!, box)));
      results = op.scan!.step(call, this.#states.at(i), blocks, box, { alloc });
    } else {
      const context: RunContext = { at, read: (input, box) => this.#lookup(ports[input]!, box), alloc };
      results = op.run(call, context);
    }
    if (op.kind === "blocks" || op.reach === "local")
      this.#disown([...made, ...ports.flatMap((port) => (this.#placed[port] ?? []).map(({ block }) => block))]);
    at.forEach((box, o) => {
      const block = results[o];
      if (box && block) this.#place(program.base[i]! + o, [{ box, block: COMPUTES.has(op.kind) ? this.#compact(block) : block }], true);
    });
    for (const array of made) this.#drop(array.data);
  }

  #alloc<T extends DType>(shape: readonly number[], dtype: T): NDArray<T> {
    const array = this.#pool.take(shape, dtype);
    this.#own.set(bufferOf(array.data), array as unknown as NDArray);
    this.#pool.trim(this.#task.projected - this.meter.now);
    return array;
  }

  /** A user's function has seen these: they are never used again. */
  #disown(arrays: readonly NDArray[]): void {
    for (const { data } of arrays) this.#own.delete(bufferOf(data));
  }

  /** One holder less of a buffer; the last one of our own buffers gives it to the pool. */
  #drop(data: object): void {
    if (!this.meter.drop(data)) return;
    const own = this.#own.get(bufferOf(data));
    if (own) this.#pool.give(own, this.#task.projected - this.meter.now);
    this.#own.delete(bufferOf(data));
  }

  /** A block that is a small view of a large buffer would keep all of it: copy it. */
  #compact(block: NDArray): NDArray {
    const wanted = block.size * slotsPerElement(block.dtype);
    if (block.data.length <= 2 * wanted || this.meter.isForeign(block.data)) return block;
    return new NDArray(copyFlat(block), block.shape, block.dtype);
  }

  #fold(i: number): void {
    const { program, box } = this.#task;
    const bound = program.bound[i]!;
    const blocks = program.inputs[i]!.map((port, k) => this.#lookup(port, foldRegion(bound, box, k)));
    bound.op.fold!.update(bound.call, this.#states.at(i), blocks, box);
  }

  #place(port: number, placed: readonly Placed[], more = false): void {
    for (const { block } of placed) this.meter.hold(block.data);
    if (more && this.#placed[port]) this.#placed[port]!.push(...placed);
    else this.#placed[port] = placed.slice();
  }

  /** The block of a port over a box: a view where one block holds it, else put together. */
  #lookup(port: number, box: Box): NDArray {
    const { metas } = this.#task.program;
    const blocks = this.#placed[port] ?? [];
    for (const placed of blocks) {
      if (sameBox(placed.box, box)) return placed.block;
      if (contains(placed.box, box)) return boxView(placed.block, relative(box, placed.box));
    }
    const whole = empty(boxShape(box), metas[port]!.dtype);
    let covered = 0;
    for (const placed of blocks) {
      const common = intersect(placed.box, box);
      if (!common) continue;
      covered += boxSize(common);
      copyInto(boxView(placed.block, relative(common, placed.box)), whole, relative(common, box));
    }
    if (covered < boxSize(box))
      throw new ArgumentError(`an operation read [${box.join(", ")}], which it did not demand`, { box: [...box] });
    return whole;
  }

  /** Forget blocks that no later step reads. */
  #release(i: number): void {
    const { inputs, lastUse, base, steps } = this.#task.program;
    for (const port of inputs[i]!) if (lastUse[port] === i) this.#forget(port);
    for (let o = 0; o < steps[i]!.outputs.length; o++) if (lastUse[base[i]! + o] === -1) this.#forget(base[i]! + o);
  }

  #forget(port: number): void {
    for (const { block } of this.#placed[port] ?? []) this.#drop(block.data);
    this.#placed[port] = undefined;
  }
}

function rawBytes(raw: Raw | NDArray): number {
  if (!Array.isArray(raw))
    return (raw as NDArray).size * slotsPerElement((raw as NDArray).dtype) * ((raw as NDArray<"float64">).data.BYTES_PER_ELEMENT ?? 16);
  let n = 0;
  for (const bytes of raw as Raw) n += bytes?.byteLength ?? 0;
  return n;
}
