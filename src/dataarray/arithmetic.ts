/** Arithmetic, comparisons and functions of one array, as methods. */
import type { BinaryName, UnaryName } from "../array/index.ts";
import type { DivideOf, MeanOf, PromoteOf } from "../dtypes/type-level.ts";
import type { DType } from "../dtypes/types.ts";
import type { DataArray } from "../model.ts";
import { type ArithmeticOptions, astype, binaryOp, unaryOp } from "../ops/arithmetic/index.ts";
import { type ScalarOperand, toOperand } from "../ops/operand.ts";
import { type ArrayParts, isDatasetParts, PARTS } from "../ops/parts.ts";
import { WRAP, WRAP_DATASET } from "./base.ts";
import { DataArrayReshaping } from "./reshaping.ts";

/**
 * What arithmetic takes beside the array: another array (aligned by label, broadcast by name), a
 * Variable, a plain array along the last dimensions, or a value.
 */
export type ArrayOperand<E extends string, U extends DType> = DataArray<E, U> | ScalarOperand;

/** DataArray's arithmetic. Labels must be equal unless `join` says otherwise; attributes on which both agree are kept. */
export abstract class DataArrayArithmetic<Dims extends string, T extends DType> extends DataArrayReshaping<Dims, T> {
  #binary(name: BinaryName, other: unknown, options?: ArithmeticOptions): DataArray<any, any> {
    const parts = binaryOp(name, this[PARTS], toOperand(other), options);
    return isDatasetParts(parts) ? (this[WRAP_DATASET](parts) as never) : this[WRAP](parts);
  }

  #unary(name: UnaryName, keepAttrs?: boolean): DataArray<any, any> {
    return this[WRAP](unaryOp<ArrayParts>(name, this[PARTS], keepAttrs));
  }

  /** Sum, `a + b`. Aligned by label, broadcast by name. */
  add<E extends string = never, U extends DType = T>(
    other: ArrayOperand<E, U>,
    options?: ArithmeticOptions,
  ): DataArray<Dims | E, PromoteOf<T, U>> {
    return this.#binary("add", other, options);
  }

  /** Difference, `a - b`. Aligned by label, broadcast by name. */
  sub<E extends string = never, U extends DType = T>(
    other: ArrayOperand<E, U>,
    options?: ArithmeticOptions,
  ): DataArray<Dims | E, PromoteOf<T, U>> {
    return this.#binary("sub", other, options);
  }

  /** Product, `a * b`. Aligned by label, broadcast by name. */
  mul<E extends string = never, U extends DType = T>(
    other: ArrayOperand<E, U>,
    options?: ArithmeticOptions,
  ): DataArray<Dims | E, PromoteOf<T, U>> {
    return this.#binary("mul", other, options);
  }

  /** True quotient, `a / b`; integers give float64. Aligned by label, broadcast by name. */
  div<E extends string = never, U extends DType = T>(
    other: ArrayOperand<E, U>,
    options?: ArithmeticOptions,
  ): DataArray<Dims | E, DivideOf<T, U>> {
    return this.#binary("div", other, options);
  }

  /** Quotient rounded down, `a // b`. Aligned by label, broadcast by name. */
  floordiv<E extends string = never, U extends DType = T>(
    other: ArrayOperand<E, U>,
    options?: ArithmeticOptions,
  ): DataArray<Dims | E, PromoteOf<T, U>> {
    return this.#binary("floordiv", other, options);
  }

  /** Remainder with the sign of the divisor, `a % b`. Aligned by label, broadcast by name. */
  mod<E extends string = never, U extends DType = T>(
    other: ArrayOperand<E, U>,
    options?: ArithmeticOptions,
  ): DataArray<Dims | E, PromoteOf<T, U>> {
    return this.#binary("mod", other, options);
  }

  /** Power, `a ** b`. Aligned by label, broadcast by name. */
  pow<E extends string = never, U extends DType = T>(
    other: ArrayOperand<E, U>,
    options?: ArithmeticOptions,
  ): DataArray<Dims | E, PromoteOf<T, U>> {
    return this.#binary("pow", other, options);
  }

  /** Equal, `a == b`; missing values equal nothing. */
  eq<E extends string = never>(other: ArrayOperand<E, any>, options?: ArithmeticOptions): DataArray<Dims | E, "bool"> {
    return this.#binary("eq", other, options);
  }

  /** Not equal, `a != b`. */
  ne<E extends string = never>(other: ArrayOperand<E, any>, options?: ArithmeticOptions): DataArray<Dims | E, "bool"> {
    return this.#binary("ne", other, options);
  }

  /** Less, `a < b`. */
  lt<E extends string = never>(other: ArrayOperand<E, any>, options?: ArithmeticOptions): DataArray<Dims | E, "bool"> {
    return this.#binary("lt", other, options);
  }

  /** Less or equal, `a <= b`. */
  le<E extends string = never>(other: ArrayOperand<E, any>, options?: ArithmeticOptions): DataArray<Dims | E, "bool"> {
    return this.#binary("le", other, options);
  }

  /** Greater, `a > b`. */
  gt<E extends string = never>(other: ArrayOperand<E, any>, options?: ArithmeticOptions): DataArray<Dims | E, "bool"> {
    return this.#binary("gt", other, options);
  }

  /** Greater or equal, `a >= b`. */
  ge<E extends string = never>(other: ArrayOperand<E, any>, options?: ArithmeticOptions): DataArray<Dims | E, "bool"> {
    return this.#binary("ge", other, options);
  }

  /** Both (bitwise for integers), `a & b`. */
  and<E extends string = never>(other: ArrayOperand<E, any>, options?: ArithmeticOptions): DataArray<Dims | E, T> {
    return this.#binary("and", other, options);
  }

  /** Either (bitwise for integers), `a | b`. */
  or<E extends string = never>(other: ArrayOperand<E, any>, options?: ArithmeticOptions): DataArray<Dims | E, T> {
    return this.#binary("or", other, options);
  }

  /** One and not both (bitwise for integers), `a ^ b`. */
  xor<E extends string = never>(other: ArrayOperand<E, any>, options?: ArithmeticOptions): DataArray<Dims | E, T> {
    return this.#binary("xor", other, options);
  }

  /** Not (bitwise for integers), `~a`. */
  not(): DataArray<Dims, T> {
    return this.#unary("invert");
  }

  /** Negative, `-a`. */
  neg(): DataArray<Dims, T> {
    return this.#unary("neg");
  }

  /** Absolute value. */
  abs(): DataArray<Dims, T> {
    return this.#unary("abs");
  }

  /** Sign: −1, 0 or 1. */
  sign(): DataArray<Dims, T> {
    return this.#unary("sign");
  }

  /** Square root. */
  sqrt(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("sqrt");
  }

  /** Cube root. */
  cbrt(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("cbrt");
  }

  /** Square. */
  square(): DataArray<Dims, T> {
    return this.#unary("square");
  }

  /** Exponential. */
  exp(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("exp");
  }

  /** 2 to the power. */
  exp2(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("exp2");
  }

  /** `exp(a) - 1`, exact near 0. */
  expm1(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("expm1");
  }

  /** Natural logarithm. */
  log(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("log");
  }

  /** Logarithm to base 2. */
  log2(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("log2");
  }

  /** Logarithm to base 10. */
  log10(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("log10");
  }

  /** `log(1 + a)`, exact near 0. */
  log1p(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("log1p");
  }

  /** Sine of radians. */
  sin(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("sin");
  }

  /** Cosine of radians. */
  cos(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("cos");
  }

  /** Tangent of radians. */
  tan(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("tan");
  }

  /** Arc sine, in radians. */
  asin(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("asin");
  }

  /** Arc cosine, in radians. */
  acos(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("acos");
  }

  /** Arc tangent, in radians. */
  atan(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("atan");
  }

  /** Hyperbolic sine. */
  sinh(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("sinh");
  }

  /** Hyperbolic cosine. */
  cosh(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("cosh");
  }

  /** Hyperbolic tangent. */
  tanh(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("tanh");
  }

  /** Inverse hyperbolic sine. */
  asinh(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("asinh");
  }

  /** Inverse hyperbolic cosine. */
  acosh(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("acosh");
  }

  /** Inverse hyperbolic tangent. */
  atanh(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("atanh");
  }

  /** Degrees to radians. */
  radians(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("radians");
  }

  /** Radians to degrees. */
  degrees(): DataArray<Dims, MeanOf<T>> {
    return this.#unary("degrees");
  }

  /** Rounded down. */
  floor(): DataArray<Dims, T> {
    return this.#unary("floor");
  }

  /** Rounded up. */
  ceil(): DataArray<Dims, T> {
    return this.#unary("ceil");
  }

  /** Rounded towards zero. */
  trunc(): DataArray<Dims, T> {
    return this.#unary("trunc");
  }

  /** Rounded to the nearest integer, halves to even. */
  rint(): DataArray<Dims, T> {
    return this.#unary("rint");
  }

  /** Complex conjugate. */
  conj(): DataArray<Dims, T> {
    return this.#unary("conj");
  }

  /** Whether values are NaN. */
  isnan(): DataArray<Dims, "bool"> {
    return this.#unary("isnan");
  }

  /** Whether values are neither NaN nor infinite. */
  isfinite(): DataArray<Dims, "bool"> {
    return this.#unary("isfinite");
  }

  /** Whether values are infinite. */
  isinf(): DataArray<Dims, "bool"> {
    return this.#unary("isinf");
  }

  /** Whether values are missing: NaN, not-a-time, null. */
  isnull(): DataArray<Dims, "bool"> {
    return this.#unary("isnull");
  }

  /** Whether values are there. */
  notnull(): DataArray<Dims, "bool"> {
    return this.#unary("notnull");
  }

  /** The real part. */
  get real(): DataArray<Dims, any> {
    return this.#unary("real");
  }

  /** The imaginary part. */
  get imag(): DataArray<Dims, any> {
    return this.#unary("imag");
  }

  /**
   * The values as another dtype; floats are cut towards zero, and a value that does not fit throws.
   *
   * @throws DTypeError naming the value, or the dtype where it is unknown.
   */
  astype<U extends DType>(dtype: U, options: { readonly keepAttrs?: boolean | undefined } = {}): DataArray<Dims, U> {
    return this[WRAP](astype<ArrayParts>(this[PARTS], dtype, options.keepAttrs));
  }
}
