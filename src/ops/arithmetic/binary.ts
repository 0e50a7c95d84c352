/** Arithmetic of two operands: align by label, broadcast by name, keep the coordinates that agree. */
import type { BinaryName } from "../../array/index.ts";
import type { NDArray } from "../../array/ndarray.ts";
import { traits } from "../../dtypes/traits.ts";
import type { JoinMode } from "../../options.ts";
import { getOptions } from "../../options.ts";
import type { Attrs } from "../../variable/attrs.ts";
import { binaryVariable, commonAttrs, keptAttrs } from "../../variable/compute.ts";
import type { Variable } from "../../variable/variable.ts";
import { align } from "../align/index.ts";
import { mergeCoords } from "../merge-coords.ts";
import { isScalarOperand, type Operand, operandVariable, type ScalarOperand } from "../operand.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, isDatasetParts } from "../parts.ts";

/** Options of arithmetic. */
export interface ArithmeticOptions {
  /** How labels are brought together (default: the option `arithmeticJoin`, which is `"exact"`). */
  readonly join?: JoinMode | undefined;
  /** Labels this near are the same. */
  readonly tolerance?: number | undefined;
  readonly keepAttrs?: boolean | undefined;
}

/** What free functions set beside {@link ArithmeticOptions}. */
export interface FunctionOptions extends ArithmeticOptions {
  /** Compute `b (name) a`: for a plain value on the left. */
  readonly reversed?: boolean | undefined;
  /** Name and attributes are those of `a`, as in xarray's ufuncs, instead of what both agree on. */
  readonly likeFirst?: boolean | undefined;
}

/** A function of two variables. */
export type VariableFunction = (a: Variable, b: Variable) => Variable;

/** `a (name) b`. A dataset beside an array or value is combined variable by variable. */
export function binaryOp(
  name: BinaryName,
  a: ArrayParts | DatasetParts,
  b: Operand,
  options: FunctionOptions = {},
): ArrayParts | DatasetParts {
  const { keepAttrs, reversed, likeFirst } = options;
  const one: VariableFunction = (x, y) => {
    const result = reversed ? binaryVariable(name, y, x, keepAttrs) : binaryVariable(name, x, y, keepAttrs);
    return likeFirst ? result.replace({ attrs: keptAttrs(x.attrs, keepAttrs) }) : result;
  };
  const combined = combine(one, a, b, options, ANY_NUMBER.has(name) ? operandBeyond : operandVariable);
  return likeFirst && !isDatasetParts(combined) && !isDatasetParts(a) ? { ...combined, name: a.name } : combined;
}

/** Operations whose result is no integer of the array's dtype, so that numbers that it cannot hold make sense. */
const ANY_NUMBER: ReadonlySet<BinaryName> = new Set<BinaryName>(["eq", "ne", "lt", "le", "gt", "ge", "div"]);

/** {@link operandVariable}, but numbers beyond the range of an integer dtype are float64. */
const operandBeyond: typeof operandVariable = (x, other) => {
  const { range } = traits(other.dtype);
  const beyond = typeof x === "number" && range !== undefined && (x < Number(range[0]) || x > Number(range[1]));
  return operandVariable(x, beyond ? { dtype: "float64", dims: other.dims } : other);
};

/** Apply a function of two variables to two aligned operands; `plain` makes variables of values without coordinates. */
export function combine(
  fn: VariableFunction,
  a: ArrayParts | DatasetParts,
  b: Operand,
  options: ArithmeticOptions,
  plain: typeof operandVariable = operandVariable,
): ArrayParts | DatasetParts {
  if (isScalarOperand(b) || !("coords" in b)) return combinePlain(fn, a, b, plain);
  const [x, y] = align([a, b], { join: options.join ?? getOptions().arithmeticJoin, tolerance: options.tolerance });
  const coords = mergeCoords([x!, y!]);
  if (!isDatasetParts(x!)) {
    if (!isDatasetParts(y!)) return combineArrays(fn, x!, y!, coords);
    return { ...y, ...mapVars(y, (v) => fn(x!.variable, v)), ...coords, attrs: attrsOf(x!.variable.attrs, y.attrs, options) };
  }
  const attrs = attrsOf(x.attrs, isDatasetParts(y!) ? y.attrs : y!.variable.attrs, options);
  if (!isDatasetParts(y!)) return { ...x, ...mapVars(x, (v) => fn(v, y!.variable)), ...coords, attrs };
  return { ...combineDatasets(fn, x, y, coords, options.join ?? getOptions().arithmeticJoin), attrs };
}

/** The attributes of a dataset that comes of two operands: those on which both agree. */
function attrsOf(a: Attrs, b: Attrs, { keepAttrs }: ArithmeticOptions): Attrs {
  return keptAttrs(commonAttrs([a, b]), keepAttrs);
}

function combinePlain(
  fn: VariableFunction,
  a: ArrayParts | DatasetParts,
  b: Variable | NDArray | ScalarOperand,
  plain: typeof operandVariable,
): ArrayParts | DatasetParts {
  if (isDatasetParts(a)) return { ...a, ...mapVars(a, (v) => fn(v, plain(b, v))) };
  return { ...a, variable: fn(a.variable, plain(b, a.variable)) };
}

function combineArrays(fn: VariableFunction, a: ArrayParts, b: ArrayParts, coords: CoordParts): ArrayParts {
  return { variable: fn(a.variable, b.variable), name: a.name === b.name ? a.name : undefined, ...coords };
}

function mapVars(parts: DatasetParts, fn: (v: Variable) => Variable): { readonly vars: ReadonlyMap<string, Variable> } {
  return { vars: new Map([...parts.vars].map(([name, v]) => [name, fn(v)])) };
}

/** Variables of both datasets; those of one side only stay, all missing, where `join` keeps that side. */
function combineDatasets(fn: VariableFunction, a: DatasetParts, b: DatasetParts, coords: CoordParts, join: JoinMode): DatasetParts {
  const vars = new Map<string, Variable>();
  for (const [name, v] of a.vars) {
    const other = b.vars.get(name);
    if (other) vars.set(name, fn(v, other));
    else if (join === "left" || join === "outer") vars.set(name, fn(v, operandVariable(Number.NaN, v)));
  }
  for (const [name, v] of b.vars) {
    if (!a.vars.has(name) && (join === "right" || join === "outer")) vars.set(name, fn(v, operandVariable(Number.NaN, v)));
  }
  return { ...a, vars, ...coords };
}
