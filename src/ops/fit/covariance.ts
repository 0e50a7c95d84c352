/** Covariance and correlation of two arrays over dimensions. */
import { align } from "../align/index.ts";
import { binaryOp, unaryOp } from "../arithmetic/index.ts";
import type { ArrayParts } from "../parts.ts";
import { type Dims, reduceOp } from "../reduce/index.ts";
import { weightedOp } from "../weighted/index.ts";
import { whereOp } from "../where/index.ts";

/** Options of {@link covariance}. */
export interface CovarianceOptions {
  /** What is taken from the number of values (default 1). */
  readonly ddof?: number | undefined;
  /** How much each value counts. */
  readonly weights?: ArrayParts | undefined;
}

const product = (name: "add" | "sub" | "mul" | "div" | "and", a: ArrayParts, b: ArrayParts): ArrayParts =>
  binaryOp(name, a, b) as ArrayParts;

interface Moments {
  readonly a: ArrayParts;
  readonly b: ArrayParts;
  readonly valid: ArrayParts;
  /** The mean product of the deviations. */
  readonly mean: ArrayParts;
}

/** Both arrays where neither is missing, and the mean product of their deviations. */
function moments(first: ArrayParts, second: ArrayParts, dims: Dims, weights: ArrayParts | undefined): Moments {
  const [x, y] = align([first, second] as const, { join: "inner" });
  const valid = product("and", unaryOp("notnull", x), unaryOp("notnull", y));
  const [a, b] = [x, y].map((array) => whereOp(array, valid, undefined)) as [ArrayParts, ArrayParts];
  const mean = (array: ArrayParts): ArrayParts => averaged("mean", array, dims, weights);
  const deviations = [a, b].map((array) => product("sub", array, mean(array))) as [ArrayParts, ArrayParts];
  return { a, b, valid, mean: mean(product("mul", unaryOp("conj", deviations[0]), deviations[1])) };
}

/** A mean or standard deviation, weighted where there are weights. */
function averaged(name: "mean" | "std", array: ArrayParts, dims: Dims, weights: ArrayParts | undefined): ArrayParts {
  return weights ? weightedOp<ArrayParts>(name, array, weights, dims) : reduceOp<ArrayParts>(name, array, dims);
}

/** The covariance of `a` and `b` over `dims` (default: all), where neither is missing. */
export function covariance(a: ArrayParts, b: ArrayParts, dims?: Dims, { ddof = 1, weights }: CovarianceOptions = {}): ArrayParts {
  const { valid, mean } = moments(a, b, dims, weights);
  const count = reduceOp<ArrayParts>("sum", valid, dims);
  const adjust = product("div", count, binaryOp("sub", count, ddof) as ArrayParts);
  return product("mul", mean, adjust);
}

/** Pearson's correlation of `a` and `b` over `dims` (default: all), where neither is missing. */
export function correlation(a: ArrayParts, b: ArrayParts, dims?: Dims, weights?: ArrayParts): ArrayParts {
  const found = moments(a, b, dims, weights);
  const spread = product("mul", averaged("std", found.a, dims, weights), averaged("std", found.b, dims, weights));
  return product("div", found.mean, spread);
}
