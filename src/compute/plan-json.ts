/** A plan as JSON and blobs, each blob once under the hash of its content: what other threads and machines get. */
import { flatValues, type NDArray } from "../array/ndarray.ts";
import type { TypedArray } from "../dtypes/types.ts";
import { bytesOf } from "../util/bytes.ts";
import { hashBytes, hashText } from "./hash.ts";
import type { Plan } from "./plan.ts";

/** A plan that can travel. `id` is the hash of all that decides its results. */
export interface PlanJson {
  readonly id: string;
  readonly json: string;
  readonly blobs: Readonly<Record<string, Uint8Array>>;
}

/**
 * The JSON of a plan. Arrays of numbers become `{ "$": hash, "type": … }`, in-memory operands
 * `{ "$array": … }`; sources are the references that open them again.
 */
export function planJson(plan: Plan): PlanJson {
  const blobs: Record<string, Uint8Array> = {};
  const keep = (values: TypedArray): { $: string; type: string } => {
    const bytes = bytesOf(values);
    const hash = hashBytes(bytes);
    blobs[hash] = bytes;
    return { $: hash, type: values.constructor.name };
  };
  const operand = (array: NDArray): unknown => {
    const values = flatValues(array);
    return { $array: { shape: array.shape, dtype: array.dtype, values: Array.isArray(values) ? values : keep(values) } };
  };
  const stages = plan.stages.map((stage, s) => ({
    ...stage,
    program: stage.program.map((step, i) => {
      const { live } = plan.bound[s]![i]!.call;
      return step.mode === "constant" ? { ...step, params: operand(live as NDArray) } : step;
    }),
  }));
  const { v, slots, results, budget, cache, read, peak, notes } = plan;
  const json = JSON.stringify({ v, stages, slots, results, budget, cache, read, peak, notes }, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? keep(value as TypedArray) : value,
  );
  return { id: hashText(json), json, blobs };
}
