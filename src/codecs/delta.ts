/** The codec `delta`: the first value, then differences, wrapping in the type's own width. */
import type { AnyValues } from "../dtypes/types.ts";
import { castValues, checkDecoded, checkNumeric, typeOption } from "./cast.ts";
import type { CodecFactory } from "./contract.ts";
import type { ElementType } from "./element-type.ts";
import { flatCodec } from "./flat.ts";
import { allocate } from "./values.ts";

/** `delta`: options `dtype` and `astype` (the type of the differences). */
export const delta: CodecFactory = (config, chunk) => {
  const decodedType = typeOption("delta", config, "dtype", chunk.type);
  const encodedType = typeOption("delta", config, "astype", decodedType);
  checkDecoded("delta", chunk, decodedType);
  checkNumeric("delta", encodedType);
  return flatCodec(
    chunk,
    { ...chunk, type: encodedType },
    (v) => accumulate(v, decodedType),
    (v) => castValues(differences(v, decodedType), encodedType),
  );
};

function accumulate(steps: AnyValues, type: ElementType): AnyValues {
  const cast = castValues(steps, type);
  const sums = allocate(type, steps.length);
  if (sums instanceof BigInt64Array || sums instanceof BigUint64Array) {
    let sum = 0n;
    for (let i = 0; i < sums.length; i++) {
      sum += (cast as BigInt64Array)[i]!;
      sums[i] = sum;
      sum = sums[i]!;
    }
    return sums;
  }
  const target = sums as Float64Array;
  const source = cast as Float64Array;
  let sum = 0;
  for (let i = 0; i < target.length; i++) {
    target[i] = sum + source[i]!;
    sum = target[i]!;
  }
  return target;
}

function differences(values: AnyValues, type: ElementType): AnyValues {
  const steps = allocate(type, values.length);
  if (steps instanceof BigInt64Array || steps instanceof BigUint64Array) {
    const source = values as BigInt64Array;
    for (let i = 0; i < source.length; i++) steps[i] = i === 0 ? source[0]! : source[i]! - source[i - 1]!;
    return steps;
  }
  const target = steps as Float64Array;
  const source = values as Float64Array;
  for (let i = 0; i < source.length; i++) target[i] = i === 0 ? source[0]! : source[i]! - source[i - 1]!;
  return target;
}
