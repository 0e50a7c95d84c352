/** Free functions that compute: where, ufuncs, and several results in one pass. */
import type { BinaryName, UnaryName } from "../array/index.ts";
import type { ComputeOptions } from "../compute/index.ts";
import { ArgumentError } from "../errors.ts";
import { arrayFromParts, type DataArray, type Dataset, datasetFromParts } from "../model.ts";
import { type ArithmeticOptions, binaryOp, unaryOp } from "../ops/arithmetic/index.ts";
import { computeParts } from "../ops/loading/index.ts";
import { type ScalarOperand, toOperand } from "../ops/operand.ts";
import { type ArrayParts, type DatasetParts, hasParts, isDatasetParts, PARTS } from "../ops/parts.ts";
import { whereThree } from "../ops/where/index.ts";

type AnyObject = DataArray<any, any> | Dataset<any>;

/** A DataArray or Dataset of parts. */
export function wrapParts(parts: ArrayParts | DatasetParts): any {
  return isDatasetParts(parts) ? datasetFromParts(parts) : arrayFromParts(parts);
}

/**
 * `a` where `cond` holds, `b` elsewhere, aligned exactly and broadcast by name.
 *
 * @example
 * ```ts
 * where(air.gt(0), air, 0);
 * ```
 */
export function where(cond: AnyObject, a: unknown, b: unknown, options: { readonly keepAttrs?: boolean | undefined } = {}): any {
  return wrapParts(whereThree(toOperand(cond), toOperand(a), toOperand(b), options.keepAttrs));
}

/**
 * Values of several lazy objects, in one pass over the sources they share.
 *
 * @example
 * ```ts
 * const [mean, std] = await compute([air.mean("time"), air.std("time")], { progress: true });
 * ```
 */
export async function compute<const O extends readonly AnyObject[]>(objects: O, options: ComputeOptions = {}): Promise<O> {
  if (!Array.isArray(objects) || !objects.every(hasParts))
    throw new ArgumentError("compute takes a list of DataArrays and Datasets: compute([a, b], options)", {});
  const parts = await computeParts(
    objects.map((object) => object[PARTS]),
    options,
  );
  return parts.map(wrapParts) as unknown as O;
}

/** A function of one array or dataset, element by element. */
export type UnaryFunction = <O extends AnyObject>(x: O) => O;
/** A function of two operands, aligned by label and broadcast by name; at least one must be labelled. */
export type BinaryFunction = (a: AnyObject | ScalarOperand, b: AnyObject | ScalarOperand, options?: ArithmeticOptions) => any;

/** The free function of an elementwise operation of one operand. */
export function unaryFunction(name: UnaryName): UnaryFunction {
  return (x) => wrapParts(unaryOp(name, x[PARTS] as ArrayParts));
}

/** The free function of an elementwise operation of two operands. */
export function binaryFunction(name: BinaryName): BinaryFunction {
  return (a, b, options) => {
    if (hasParts(a)) return wrapParts(binaryOp(name, a[PARTS], toOperand(b), { ...options, likeFirst: true }));
    if (!hasParts(b)) throw new ArgumentError(`${name} needs a DataArray or Dataset among its arguments`, { name });
    return wrapParts(binaryOp(name, b[PARTS], toOperand(a), { ...options, reversed: true, likeFirst: true }));
  };
}
