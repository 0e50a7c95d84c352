/**
 * Arithmetic of groups with one value for each: `x.groupby("time.month").sub(climatology)`.
 *
 * The other operand is spread over the positions of the groups by one selection, so that lazy operands
 * stay lazy.
 */
import { type BinaryName, cast, lookup, unary } from "../../array/index.ts";
import { NDArray } from "../../array/ndarray.ts";
import { promoteForMissing } from "../../dtypes/index.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import { LabelIndex } from "../../indexing/label-index.ts";
import { broadcastVariable, transposeVariable } from "../../variable/broadcast.ts";
import { binaryVariable, whereVariable } from "../../variable/compute.ts";
import { iselVariable } from "../../variable/isel.ts";
import { Variable } from "../../variable/variable.ts";
import { type ArithmeticOptions, combine, type VariableFunction } from "../arithmetic/index.ts";
import { isScalarOperand, type Operand, operandVariable, type ScalarOperand } from "../operand.ts";
import { type ArrayParts, type DatasetParts, fromDatasetParts, isDatasetParts, sizesOf, toDatasetParts } from "../parts.ts";
import { iselPositions } from "../selecting/index.ts";
import { membersOf, refuseOverlap } from "./combine.ts";
import type { Grouping } from "./grouping.ts";

/** What has one value for every group. */
type PerGroup = ArrayParts | DatasetParts;

/**
 * `groups (name) other`, where `other` has the groups' dimension: every position meets the value of its
 * group. Groups that `other` lacks become missing; positions in no group are left out.
 *
 * @throws DimensionError where `other` lacks the groups' dimension.
 */
export function groupBinary(
  name: BinaryName,
  grouping: Grouping,
  other: Operand,
  options: ArithmeticOptions = {},
): ArrayParts | DatasetParts {
  return withEach(grouping, other, (a, b) => binaryVariable(name, a, b, options.keepAttrs), options, name);
}

/** Missing values replaced by a value, or by that of their group. */
export function groupFillna(grouping: Grouping, value: Operand): ArrayParts | DatasetParts {
  return maybeEach(grouping, value, fill, "fillna");
}

function fill(v: Variable, value: Variable): Variable {
  const present = v.replace({ array: unary("notnull", v.array) });
  return whereVariable(present, v, value, [v, value]);
}

/** Values where `cond` holds, else `other` (default: missing); both may have one value for each group. */
export function groupWhere(grouping: Grouping, cond: Operand, other?: ScalarOperand): ArrayParts | DatasetParts {
  return maybeEach(
    grouping,
    cond,
    (v, holds) => {
      const roomy = other === undefined ? v.replace({ array: cast(v.array, promoteForMissing(v.dtype)) }) : v;
      return whereVariable(holds, roomy, operandVariable(other ?? null, roomy), [v, holds]).replace({ attrs: v.attrs });
    },
    "where",
  );
}

/** A value for each group where `other` has their dimension; else the same for all. */
function maybeEach(grouping: Grouping, other: Operand, fn: VariableFunction, what: string): ArrayParts | DatasetParts {
  const { array } = grouping;
  const each = !isScalarOperand(other) && "coords" in other && grouping.keys.some((key) => dimsOf(other).includes(key.name));
  const result = each ? withEach(grouping, other, fn, {}, what) : combine(fn, whole(grouping, grouping.original), other, {});
  return array && !isDatasetParts(result) ? { ...result, name: array.name } : result;
}

function whole({ array }: Grouping, parts: DatasetParts): ArrayParts | DatasetParts {
  return array ? fromDatasetParts(parts, array.name) : parts;
}

function dimsOf(parts: PerGroup): readonly string[] {
  return isDatasetParts(parts) ? [...sizesOf(parts).keys()] : (parts.variable.dims as readonly string[]);
}

function withEach(
  grouping: Grouping,
  other: Operand,
  fn: VariableFunction,
  options: ArithmeticOptions,
  what: string,
): ArrayParts | DatasetParts {
  refuseOverlap(grouping, what);
  if (grouping.keys.length > 1)
    throw new ArgumentError(`${what} works on groups of one key, not of ${grouping.keys.length}`, {
      keys: grouping.keys.map((key) => key.name),
    });
  const key = grouping.keys[0]!;
  if (isScalarOperand(other) || !("coords" in other))
    throw new ArgumentError(
      `${what} of groups takes a DataArray or Dataset with one value for each of ${JSON.stringify(key.name)}; use the object itself for a value that all share`,
      { name: key.name },
    );
  if (!dimsOf(other).includes(key.name))
    throw new DimensionError(
      `the other operand has dimensions (${dimsOf(other).join(", ")}), not that of the groups, ${JSON.stringify(key.name)}`,
      { dim: key.name },
    );
  const codes = key.codes[0]!;
  const { dims } = grouping;
  const members = dims.length === 1 ? membersOf(codes) : undefined;
  const own = members ? iselPositions(grouping.original, new Map([[dims[0]!, { kind: "take", positions: members }]])) : grouping.original;
  const used = members ? Int32Array.from(members, (i) => codes[i]!) : codes;
  const shape = members ? [used.length] : grouping.shape;
  const result = combine(fn, whole(grouping, withWholeCoords(grouping, own)), spread(grouping, other, used, shape), options);
  return isDatasetParts(result) ? groupedFirst(result, grouping) : result;
}

/** A dataset's variables that got the grouped dimensions from the other operand have them first, as in xarray. */
function groupedFirst(result: DatasetParts, { dims, original }: Grouping): DatasetParts {
  const one = (name: string, v: Variable): Variable => {
    const before: readonly string[] = original.vars.get(name)?.dims ?? v.dims;
    const added = dims.filter((dim) => v.dims.includes(dim) && !before.includes(dim)).reverse();
    return added.length === 0 ? v : transposeVariable(v, [...added, ...v.dims.filter((dim: string) => !added.includes(dim))]);
  };
  return { ...result, vars: new Map([...result.vars].map(([name, v]) => [name, one(name, v)])) };
}

/** Where groups lie along several dimensions, coordinates along some of them repeat along all, as in xarray. */
function withWholeCoords({ dims, shape }: Grouping, parts: DatasetParts): DatasetParts {
  if (dims.length === 1) return parts;
  const sizes = new Map(dims.map((dim, i) => [dim, shape[i]!]));
  const part = (v: Variable): boolean => v.ndim > 0 && v.ndim < dims.length && v.dims.every((dim: string) => sizes.has(dim));
  return {
    ...parts,
    coords: new Map([...parts.coords].map(([name, v]) => [name, !parts.indexes.has(name) && part(v) ? broadcastVariable(v, sizes) : v])),
  };
}

/** `other` with the groups' dimension replaced by the grouped ones. */
function spread(grouping: Grouping, other: PerGroup, codes: Int32Array, shape: readonly number[]): PerGroup {
  const key = grouping.keys[0]!;
  const parts = isDatasetParts(other) ? other : toDatasetParts(other);
  const rows = rowsOf(key, parts);
  const at = positionsOf(grouping, shape, rows ? codes.map((code) => (code < 0 ? -1 : rows[code]!)) : codes);
  const one = (v: Variable): Variable => (v.dims.includes(key.name) ? spreadVariable(v, key.name, at) : v);
  const each = (variables: ReadonlyMap<string, Variable>): Map<string, Variable> =>
    new Map([...variables].map(([name, v]) => [name, one(v)]));
  // The object's own labels stand; of the other's only those that say something else come along.
  const coords = each(
    new Map(
      [...parts.coords].filter(([name, v]) => name !== key.name && !(v.dims.includes(key.name) && grouping.original.indexes.has(name))),
    ),
  );
  if (key.labels && !grouping.original.indexes.has(key.name))
    coords.set(key.name, spreadVariable(key.labels, key.name, rows ? positionsOf(grouping, shape, codes) : at));
  const indexes = new Map([...parts.indexes].filter(([, index]) => !index.dims.includes(key.name)));
  const spreadParts: DatasetParts = { ...parts, vars: each(parts.vars), coords, indexes };
  return isDatasetParts(other) ? spreadParts : fromDatasetParts(spreadParts, other.name);
}

/** Where each position of the groups finds its value. */
interface Positions {
  readonly variable: Variable;
  /** Some find none. */
  readonly gaps: boolean;
}

function positionsOf({ dims }: Grouping, shape: readonly number[], codes: Int32Array): Positions {
  return { variable: new Variable(dims, new NDArray(new Float64Array(codes), shape, "float64")), gaps: codes.includes(-1) };
}

function spreadVariable(v: Variable, dim: string, { variable, gaps }: Positions): Variable {
  const roomy = gaps ? v.replace({ array: cast(v.array, promoteForMissing(v.dtype)) }) : v;
  // One value for each group is a table; rows of values are better copied as such.
  if (v.ndim === 1) return roomy.replace({ dims: variable.dims as string[], array: lookup(roomy.array, variable.array) });
  return iselVariable(roomy, new Map([[dim, { kind: "points", positions: variable }]]));
}

/** For every group its row in `other`, −1 where there is none; undefined where groups are in the same order. */
function rowsOf({ name, labels, count }: Grouping["keys"][number], other: DatasetParts): Float64Array | undefined {
  const index = other.indexes.get(name);
  const n = sizesOf(other).get(name)!;
  if (index && labels) {
    const rows = index.positionsOf(LabelIndex.of(name, labels), {});
    return n === count && rows.every((row, i) => row === i) ? undefined : rows;
  }
  if (n !== count)
    throw new DimensionError(
      `the other operand has ${n} positions along ${JSON.stringify(name)} without labels, and there are ${count} groups`,
      { dim: name, sizes: [n, count] },
    );
  return undefined;
}
