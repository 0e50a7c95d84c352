/** The slots of a run: whole arrays in memory, written region by region, and sinks. */
import { type Box, sameBox, wholeBox } from "../array/box.ts";
import { sizeOf } from "../array/meta.ts";
import { empty, type NDArray } from "../array/ndarray.ts";
import { slotsPerElement } from "../dtypes/traits.ts";
import type { Plan } from "./plan.ts";
import { copyInto } from "./reading.ts";
import { boxBytes } from "./state.ts";

/** Where the blocks of a run go. */
export class Slots {
  bytesWritten = 0;
  readonly #plan: Plan;
  readonly #arrays = new Map<number, NDArray>();

  constructor(plan: Plan) {
    this.#plan = plan;
  }

  /** The array of a slot in memory. */
  get(slot: number): NDArray {
    let array = this.#arrays.get(slot);
    if (!array) {
      const { shape, dtype } = this.#plan.slots[slot]!.meta;
      array = empty(shape, dtype);
      this.#arrays.set(slot, array);
    }
    return array;
  }

  /** Take a block: kept as it is where it is the whole slot, else copied or written. */
  put(slot: number, box: Box, block: NDArray, signal: AbortSignal): void | Promise<void> {
    const { place, meta } = this.#plan.slots[slot]!;
    if (place === "sink") return this.#write(slot, box, block, signal);
    const whole = sameBox(box, wholeBox(meta.shape)) && block.dtype === meta.dtype;
    const tight = block.contiguous && block.offset === 0 && block.data.length === sizeOf(block.shape) * slotsPerElement(block.dtype);
    if (whole && tight) this.#arrays.set(slot, block);
    else copyInto(block, this.get(slot), box);
  }

  async #write(slot: number, box: Box, block: NDArray, signal: AbortSignal): Promise<void> {
    await this.#plan.sinks.get(slot)!.write(box, block, { signal });
    this.bytesWritten += boxBytes(box, block);
  }

  /** Forget the barriers that no stage after these reads. Stages of a group may end in any order: free them together. */
  free(stages: readonly number[]): void {
    this.#plan.slots.forEach(({ until }, slot) => {
      if (stages.includes(until)) this.#arrays.delete(slot);
    });
  }
}
