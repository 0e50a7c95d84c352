/** Bringing variables onto the labels of other indexes. */
import { cast } from "../../array/cast.ts";
import { promoteForMissing } from "../../dtypes/missing.ts";
import { promote } from "../../dtypes/promote.ts";
import { castValue, type Scalar, scalarDType } from "../../dtypes/scalar.ts";
import { AlignmentError, CoordinateError } from "../../errors.ts";
import type { Index, SelectOptions } from "../../indexing/contract.ts";
import type { PositionIndexer } from "../../indexing/indexers.ts";
import { ownValue } from "../../util/records.ts";
import { iselVariable, type Variable } from "../../variable/index.ts";
import { type DatasetParts, sizesOf } from "../parts.ts";

/** What stands where labels are new: one value, or one per variable; missing values by default. */
export type FillValue = Scalar | { readonly [variable: string]: Scalar } | undefined;

/** One index of an object, and the one that it shall have: `from` is undefined where a bare dimension gets labels. */
export interface Move {
  readonly from: Index | undefined;
  readonly to: Index;
  /** For each label of `to` its position in `from`, −1 where it is new; undefined where all stay in place. */
  readonly positions: Float64Array | undefined;
}

/**
 * `parts` with its indexes moved: rows are taken where labels are known and filled where they are new.
 *
 * Coordinates that indexes stand for get the new labels and keep their attributes.
 *
 * @throws AlignmentError where two indexes of one dimension disagree, or a bare dimension has another size than its new labels.
 */
export function conform(parts: DatasetParts, moves: readonly Move[], fillValue?: FillValue): DatasetParts {
  const positions = new Map<string, Float64Array>();
  const fresh = new Map<string, Variable>();
  const indexes = new Map(parts.indexes);
  let sizes: Map<string, number> | undefined;
  for (const { from, to, positions: found } of moves) {
    if (from === to && found === undefined) continue;
    if (from === undefined) {
      sizes ??= sizesOf(parts);
      checkBare(to, sizes);
    }
    if (found) addPositions(positions, to.dims[0]!, found);
    for (const name of from?.names ?? []) indexes.delete(name);
    for (const [name, variable] of to.variables()) {
      const own = parts.coords.get(name);
      fresh.set(name, own ? variable.replace({ attrs: own.attrs, encoding: own.encoding }) : variable);
      indexes.set(name, to);
    }
  }
  if (fresh.size === 0) return parts;
  const move = (variables: ReadonlyMap<string, Variable>): Map<string, Variable> =>
    new Map(
      [...variables].map(([name, variable]) => [name, fresh.get(name) ?? conformVariable(variable, positions, fillOf(fillValue, name))]),
    );
  const coords = new Map([...move(parts.coords), ...fresh]);
  for (const name of fresh.keys())
    if (parts.vars.has(name))
      throw new CoordinateError(`${JSON.stringify(name)} is a data variable and cannot become a coordinate`, { name });
  return { ...parts, vars: move(parts.vars), coords, indexes };
}

function checkBare(to: Index, sizes: ReadonlyMap<string, number>): void {
  const dim = to.dims[0]!;
  const size = sizes.get(dim);
  if (size !== undefined && size !== to.size) {
    throw new AlignmentError(
      `dimension ${JSON.stringify(dim)} has no labels and size ${size} on one side, and ${to.size} labels on the other`,
      { dim, sizes: [size, to.size] },
    );
  }
}

function addPositions(positions: Map<string, Float64Array>, dim: string, found: Float64Array): void {
  const known = positions.get(dim);
  if (known && (known.length !== found.length || known.some((at, i) => at !== found[i]))) {
    throw new AlignmentError(`the indexes of dimension ${JSON.stringify(dim)} would move it in different ways`, { dim });
  }
  positions.set(dim, found);
}

/** The fill value of one variable: its own where they are given by name. */
export function fillOf(fillValue: FillValue, name: string): Scalar | undefined {
  const perVariable = typeof fillValue === "object" && fillValue !== null && !(fillValue instanceof Date) && !("re" in fillValue);
  return perVariable ? ownValue(fillValue as { readonly [variable: string]: Scalar }, name) : (fillValue as Scalar | undefined);
}

/** `variable` with these positions along its dimensions, −1 being new: the dtype makes room for `fill` where one is. */
export function conformVariable(variable: Variable, positions: ReadonlyMap<string, Float64Array>, fill?: Scalar): Variable {
  const indexers = new Map<string, PositionIndexer>();
  let filled = false;
  for (const dim of variable.dims as readonly string[]) {
    const found = positions.get(dim);
    if (found === undefined) continue;
    indexers.set(dim, { kind: "take", positions: found });
    filled ||= found.includes(-1);
  }
  if (indexers.size === 0) return variable;
  if (!filled) return iselVariable(variable, indexers);
  const dtype = fill === undefined ? promoteForMissing(variable.dtype) : promote(variable.dtype, scalarDType(fill, variable.dtype));
  const roomy = dtype === variable.dtype ? variable : variable.replace({ array: cast(variable.array, dtype) });
  return iselVariable(roomy, indexers, fill === undefined ? undefined : castValue(fill, dtype));
}

/** The move of `from` onto `to`, by exact labels or as `options` say. */
export function moveOnto(from: Index, to: Index, options: SelectOptions = {}): Move {
  if (from.equals(to)) return { from, to: from.labels.dtype === to.labels.dtype ? from : to, positions: undefined };
  return { from, to, positions: from.positionsOf(to, options) };
}
