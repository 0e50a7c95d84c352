/** Arithmetic on every data variable of a Dataset, as methods. */
import type { BinaryName, UnaryName } from "../array/index.ts";
import { WRAP_DATASET } from "../dataarray/base.ts";
import type { DType } from "../dtypes/types.ts";
import type { DataArray, Dataset } from "../model.ts";
import { type ArithmeticOptions, astype, binaryOp, unaryOp } from "../ops/arithmetic/index.ts";
import { type ScalarOperand, toOperand } from "../ops/operand.ts";
import { type DatasetParts, PARTS } from "../ops/parts.ts";
import { DatasetReshaping } from "./reshaping.ts";
import type { MapBinary, MapUnary, Vars } from "./types.ts";

/** What a dataset's arithmetic takes: another dataset (variables of one name meet), an array or a value. */
export type DatasetOperand = Dataset<any> | DataArray<any, any> | ScalarOperand;

/** Dataset's arithmetic: variable by variable, aligned by label; variables that one side lacks are left out. */
export abstract class DatasetArithmetic<V extends Vars> extends DatasetReshaping<V> {
  #binary(name: BinaryName, other: unknown, options?: ArithmeticOptions): Dataset<any> {
    return this[WRAP_DATASET](binaryOp(name, this[PARTS], toOperand(other), options) as DatasetParts);
  }

  #unary(name: UnaryName): Dataset<any> {
    return this[WRAP_DATASET](unaryOp<DatasetParts>(name, this[PARTS]));
  }

  /** Sum, `a + b`. */
  add<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("add", other, options);
  }

  /** Difference, `a - b`. */
  sub<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("sub", other, options);
  }

  /** Product, `a * b`. */
  mul<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("mul", other, options);
  }

  /** True quotient, `a / b`; integers give float64. */
  div<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("div", other, options);
  }

  /** Quotient rounded down, `a // b`. */
  floordiv<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("floordiv", other, options);
  }

  /** Remainder with the sign of the divisor, `a % b`. */
  mod<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("mod", other, options);
  }

  /** Power, `a ** b`. */
  pow<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("pow", other, options);
  }

  /** Equal, `a == b`; missing values equal nothing. */
  eq<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("eq", other, options);
  }

  /** Not equal, `a != b`. */
  ne<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("ne", other, options);
  }

  /** Less, `a < b`. */
  lt<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("lt", other, options);
  }

  /** Less or equal, `a <= b`. */
  le<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("le", other, options);
  }

  /** Greater, `a > b`. */
  gt<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("gt", other, options);
  }

  /** Greater or equal, `a >= b`. */
  ge<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("ge", other, options);
  }

  /** Both (bitwise for integers), `a & b`. */
  and<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("and", other, options);
  }

  /** Either (bitwise for integers), `a | b`. */
  or<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("or", other, options);
  }

  /** One and not both (bitwise for integers), `a ^ b`. */
  xor<O extends DatasetOperand>(other: O, options?: ArithmeticOptions): Dataset<MapBinary<V, O>> {
    return this.#binary("xor", other, options);
  }

  /** Not (bitwise for integers), `~a`. */
  not(): Dataset<MapUnary<V>> {
    return this.#unary("invert");
  }

  /** Negative, `-a`. */
  neg(): Dataset<MapUnary<V>> {
    return this.#unary("neg");
  }

  /** Absolute value. */
  abs(): Dataset<MapUnary<V>> {
    return this.#unary("abs");
  }

  /** Sign: −1, 0 or 1. */
  sign(): Dataset<MapUnary<V>> {
    return this.#unary("sign");
  }

  /** Square root. */
  sqrt(): Dataset<MapUnary<V>> {
    return this.#unary("sqrt");
  }

  /** Cube root. */
  cbrt(): Dataset<MapUnary<V>> {
    return this.#unary("cbrt");
  }

  /** Square. */
  square(): Dataset<MapUnary<V>> {
    return this.#unary("square");
  }

  /** Exponential. */
  exp(): Dataset<MapUnary<V>> {
    return this.#unary("exp");
  }

  /** 2 to the power. */
  exp2(): Dataset<MapUnary<V>> {
    return this.#unary("exp2");
  }

  /** `exp(a) - 1`, exact near 0. */
  expm1(): Dataset<MapUnary<V>> {
    return this.#unary("expm1");
  }

  /** Natural logarithm. */
  log(): Dataset<MapUnary<V>> {
    return this.#unary("log");
  }

  /** Logarithm to base 2. */
  log2(): Dataset<MapUnary<V>> {
    return this.#unary("log2");
  }

  /** Logarithm to base 10. */
  log10(): Dataset<MapUnary<V>> {
    return this.#unary("log10");
  }

  /** `log(1 + a)`, exact near 0. */
  log1p(): Dataset<MapUnary<V>> {
    return this.#unary("log1p");
  }

  /** Sine of radians. */
  sin(): Dataset<MapUnary<V>> {
    return this.#unary("sin");
  }

  /** Cosine of radians. */
  cos(): Dataset<MapUnary<V>> {
    return this.#unary("cos");
  }

  /** Tangent of radians. */
  tan(): Dataset<MapUnary<V>> {
    return this.#unary("tan");
  }

  /** Arc sine, in radians. */
  asin(): Dataset<MapUnary<V>> {
    return this.#unary("asin");
  }

  /** Arc cosine, in radians. */
  acos(): Dataset<MapUnary<V>> {
    return this.#unary("acos");
  }

  /** Arc tangent, in radians. */
  atan(): Dataset<MapUnary<V>> {
    return this.#unary("atan");
  }

  /** Hyperbolic sine. */
  sinh(): Dataset<MapUnary<V>> {
    return this.#unary("sinh");
  }

  /** Hyperbolic cosine. */
  cosh(): Dataset<MapUnary<V>> {
    return this.#unary("cosh");
  }

  /** Hyperbolic tangent. */
  tanh(): Dataset<MapUnary<V>> {
    return this.#unary("tanh");
  }

  /** Inverse hyperbolic sine. */
  asinh(): Dataset<MapUnary<V>> {
    return this.#unary("asinh");
  }

  /** Inverse hyperbolic cosine. */
  acosh(): Dataset<MapUnary<V>> {
    return this.#unary("acosh");
  }

  /** Inverse hyperbolic tangent. */
  atanh(): Dataset<MapUnary<V>> {
    return this.#unary("atanh");
  }

  /** Degrees to radians. */
  radians(): Dataset<MapUnary<V>> {
    return this.#unary("radians");
  }

  /** Radians to degrees. */
  degrees(): Dataset<MapUnary<V>> {
    return this.#unary("degrees");
  }

  /** Rounded down. */
  floor(): Dataset<MapUnary<V>> {
    return this.#unary("floor");
  }

  /** Rounded up. */
  ceil(): Dataset<MapUnary<V>> {
    return this.#unary("ceil");
  }

  /** Rounded towards zero. */
  trunc(): Dataset<MapUnary<V>> {
    return this.#unary("trunc");
  }

  /** Rounded to the nearest integer, halves to even. */
  rint(): Dataset<MapUnary<V>> {
    return this.#unary("rint");
  }

  /** Complex conjugate. */
  conj(): Dataset<MapUnary<V>> {
    return this.#unary("conj");
  }

  /** Whether values are NaN. */
  isnan(): Dataset<MapUnary<V>> {
    return this.#unary("isnan");
  }

  /** Whether values are neither NaN nor infinite. */
  isfinite(): Dataset<MapUnary<V>> {
    return this.#unary("isfinite");
  }

  /** Whether values are infinite. */
  isinf(): Dataset<MapUnary<V>> {
    return this.#unary("isinf");
  }

  /** Whether values are missing. */
  isnull(): Dataset<MapUnary<V>> {
    return this.#unary("isnull");
  }

  /** Whether values are there. */
  notnull(): Dataset<MapUnary<V>> {
    return this.#unary("notnull");
  }

  /** The real parts. */
  get real(): Dataset<MapUnary<V>> {
    return this.#unary("real");
  }

  /** The imaginary parts. */
  get imag(): Dataset<MapUnary<V>> {
    return this.#unary("imag");
  }

  /** The data variables as another dtype; see {@link DataArray.astype}. */
  astype(dtype: DType, options: { readonly keepAttrs?: boolean | undefined } = {}): Dataset<MapUnary<V>> {
    return this[WRAP_DATASET](astype<DatasetParts>(this[PARTS], dtype, options.keepAttrs));
  }
}
