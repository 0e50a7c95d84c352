/**
 * Arithmetic on parts: two operands aligned by label and broadcast by name, or one.
 *
 * May import `variable/`, `indexing/` and `ops/align`. Takes and returns parts, never the classes.
 *
 * @example
 * ```ts
 * binaryOp("sub", air, climatology, { join: "exact" });
 * ```
 */
export { type ArithmeticOptions, binaryOp, combine, type FunctionOptions, type VariableFunction } from "./binary.ts";
export { astype, mapVariables, unaryOp } from "./unary.ts";
