/**
 * Kernels: loops over flat arrays with offsets, counts and strides. No names, no promises, no classes.
 *
 * Elementwise kernels and the hot reductions exist once per float storage, as generated copies
 * (`generated/`, from `scripts/generate-kernels.ts` and the `*-f64.ts` files): a compiled loop that has
 * seen many typed-array classes runs 15 to 50 times slower. Other storages are converted into scratch
 * that stays in cache and use the float64 copies; copies for all eight would be four times the code
 * for a tenth of the time of what mostly waits for memory. Tables are keyed by storage and name, so
 * that kernels of another tier can stand beside these: same signature, same order of additions.
 *
 * Imports dtypes only.
 *
 * @example
 * ```ts
 * BINARY_F64.add(a, 0, 1, b, 0, 1, out, 0, n);
 * ```
 */
export { copyStrided } from "./copy.ts";
export { binaryLoop, convertLoop, type Operand, type Target, unaryLoop } from "./elementwise.ts";
export { eachLine, type LineKernel } from "./lines.ts";
export { type Reducer, type ReduceWalk, walkReduction } from "./reduce.ts";
export { eachRun, SEGMENT } from "./runs.ts";
