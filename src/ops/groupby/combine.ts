/** Groups one by one, and results of groups put together; and running sums, which keep their positions. */

import { asArray } from "../../array/create.ts";
import { arange, cast, cumulative, type NDArray } from "../../array/index.ts";
import { itemAt } from "../../array/items.ts";
import { promoteForMissing } from "../../dtypes/index.ts";
import type { Value } from "../../dtypes/types.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import { transposeVariable } from "../../variable/broadcast.ts";
import { cumulativeVariable, keptAttrs } from "../../variable/compute.ts";
import { unstackVariable } from "../../variable/reshape.ts";
import { Variable } from "../../variable/variable.ts";
import { concatParts } from "../combine/index.ts";
import { type DatasetParts, sizesOf, THIS_ARRAY } from "../parts.ts";
import { type Dims, reduceWith, takesPart, type VariableReduction } from "../reduce/reduce.ts";
import { conformVariable, iselPositions } from "../selecting/index.ts";
import { type Grouping, groupCoords } from "./grouping.ts";
import { dimsOver, withoutLabels } from "./reduce.ts";

/** The positions along the cut-up dimension that each group with a member has, rising. */
export function groupPositions({ codes, present }: Grouping): Float64Array[] {
  const counts = new Int32Array(present.length);
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) counts[codes[i]!]!++;
  const positions = Array.from(counts, (n) => new Float64Array(n));
  counts.fill(0);
  for (let i = 0; i < codes.length; i++) {
    const code = codes[i]!;
    if (code >= 0) positions[code]![counts[code]!++] = i;
  }
  return positions;
}

/** The positions of all groups, one group after the other. */
export function groupOrder(groups: readonly Float64Array[]): Float64Array {
  const order = new Float64Array(groups.reduce((n, group) => n + group.length, 0));
  let at = 0;
  for (const group of groups) {
    order.set(group, at);
    at += group.length;
  }
  return order;
}

/** The label of each group that has a member; a list of labels where there are several keys. */
export function groupLabels({ keys, present }: Grouping): (Value | Value[])[] {
  return Array.from(present, (number) => {
    let rest = number;
    const labels: Value[] = [];
    for (const key of [...keys].reverse()) {
      const code = rest % key.count;
      rest = Math.floor(rest / key.count);
      labels.unshift(key.labels ? itemAt(key.labels.loaded, [code]) : code);
    }
    return keys.length === 1 ? labels[0]! : labels;
  });
}

/** Groups as text: what they are of, how many, and the first labels. */
export function groupsText(grouping: Grouping): string {
  const kind = `${grouping.array ? "DataArray" : "Dataset"}${grouping.resampled === undefined ? "GroupBy" : "Resample"}`;
  const lines = grouping.keys.map(({ name, count, labels }) => {
    const shown = Array.from({ length: Math.min(count, 6) }, (_, i) => String(labels ? itemAt(labels.loaded, [i]) : i));
    return `    ${name}: ${count} groups with labels ${shown.join(", ")}${count > 6 ? ", …" : ""}`;
  });
  return `<${kind} along (${grouping.dims.join(", ")}), ${grouping.total} groups>\n${lines.join("\n")}`;
}

/** Every group that has a member, in order. */
export function* groupsOf(grouping: Grouping): Generator<DatasetParts> {
  for (const positions of groupPositions(grouping)) yield members(grouping, positions);
}

/** The group at a position among those that have a member. */
export function groupAt(grouping: Grouping, at: number): DatasetParts {
  return members(grouping, groupPositions(grouping)[at]!);
}

function members({ parts, dim }: Grouping, positions: Float64Array): DatasetParts {
  return iselPositions(parts, new Map([[dim, { kind: "take", positions }]]));
}

/**
 * The results of all groups as one: put back in place where they keep the cut-up dimension, else along
 * the dimension of the groups.
 */
export function assembleGroups(grouping: Grouping, applied: readonly DatasetParts[]): DatasetParts {
  const first = applied[0];
  if (!first) throw new ArgumentError("there is no group", {});
  const { dim } = grouping;
  return sizesOf(first).has(dim) ? withoutLabels(backInPlace(grouping, applied), grouping) : alongGroups(grouping, applied);
}

const CONCAT = { dataVars: "all", coords: "different", compat: "equals", join: "outer" } as const;

function backInPlace(grouping: Grouping, applied: readonly DatasetParts[]): DatasetParts {
  const { dim, codes } = grouping;
  const joined = concatParts(applied, dim, CONCAT);
  const order = groupOrder(groupPositions(grouping));
  if (sizesOf(joined).get(dim) !== order.length) {
    if (grouping.dims.length > 1)
      throw new DimensionError(
        `a function of groups changed the length of ${JSON.stringify(dim)}, which stands for (${grouping.dims.join(", ")})`,
        { dim },
      );
    return joined;
  }
  const place = new Float64Array(codes.length).fill(-1);
  order.forEach((position, i) => (place[position] = i));
  if (grouping.dims.length > 1) return unstacked(grouping, joined, place);
  const positions = place.filter((at) => at >= 0);
  const back = iselPositions(joined, new Map([[dim, { kind: "take", positions }]]));
  return grouping.array ? likeOriginal(back, grouping) : back;
}

/** The dimensions of an array in the order that they had. */
function likeOriginal(parts: DatasetParts, { original, dims, array }: Grouping): DatasetParts {
  if (array === undefined) return parts;
  const before = original.vars.get(THIS_ARRAY)?.dims ?? [];
  const known = [...new Set([...before, ...dims])];
  return {
    ...parts,
    vars: mapVariables(parts.vars, (v) =>
      transposeVariable(v, [...known.filter((d) => v.dims.includes(d)), ...v.dims.filter((d: string) => !known.includes(d))]),
    ),
  };
}

function mapVariables(variables: ReadonlyMap<string, Variable>, fn: (v: Variable) => Variable): Map<string, Variable> {
  return new Map([...variables].map(([name, v]) => [name, fn(v)]));
}

/** Stacked dimensions taken apart again: positions without a group are missing. */
function unstacked(grouping: Grouping, parts: DatasetParts, place: Float64Array): DatasetParts {
  const { dim, dims, shape, original } = grouping;
  const into = new Map(dims.map((d, i) => [d, shape[i]!]));
  const one = (v: Variable): Variable =>
    v.dims.includes(dim) ? unstackVariable(conformVariable(v, new Map([[dim, place]])), dim, into) : v;
  // The labels of the dimensions themselves do not repeat.
  const own = [...original.indexes].filter(([, index]) => index.dims.every((d) => dims.includes(d)));
  const coords = new Map([...mapVariables(parts.coords, one), ...own.map(([name]) => [name, original.coords.get(name)!] as const)]);
  const indexes = new Map([...parts.indexes, ...own]);
  return likeOriginal({ ...parts, vars: mapVariables(parts.vars, one), coords, indexes }, grouping);
}

function alongGroups(grouping: Grouping, applied: readonly DatasetParts[]): DatasetParts {
  const { keys, present, total, array } = grouping;
  const one = keys.length === 1;
  const name = one ? keys[0]!.name : grouping.dims.length === 1 ? `stacked_${keys.map((key) => key.name).join("_")}` : grouping.dim;
  // A label that groups carry along gives way to that of the group.
  const bare = applied.map((parts) => without(parts, new Set([name, ...keys.map((key) => key.name)])));
  const joined = concatParts(bare, { name, variable: new Variable([name], arange(present.length)) }, CONCAT);
  const positions = new Float64Array(total).fill(-1);
  present.forEach((number, i) => (positions[number] = i));
  const into = new Map(keys.map((key) => [key.name, key.count]));
  const place = (v: Variable): Variable => {
    if (!v.dims.includes(name)) return v;
    const full = present.length === total ? v : conformVariable(v, new Map([[name, positions]]));
    return one ? full : unstackVariable(full, name, into);
  };
  const kept = without(joined, new Set([name]));
  const labels = groupCoords(grouping);
  const out: DatasetParts = {
    ...kept,
    vars: mapVariables(kept.vars, place),
    coords: new Map([...mapVariables(kept.coords, place), ...labels.coords]),
    indexes: new Map([...kept.indexes, ...labels.indexes]),
  };
  return array ? { ...out, vars: mapVariables(out.vars, (v) => groupedInPlace(grouping, v)) } : out;
}

/** An array's group dimension where the cut-up one was; dimensions that are new come last. */
function groupedInPlace({ keys, dims, original }: Grouping, v: Variable): Variable {
  const before = original.vars.get(THIS_ARRAY)?.dims as readonly string[] | undefined;
  if (!before) return v;
  const rank = (dim: string): number => {
    const own = keys.length === 1 && dims.length === 1 && dim === keys[0]!.name ? dims[0]! : dim;
    const at = before.indexOf(own);
    return at < 0 ? before.length : at;
  };
  return transposeVariable(
    v,
    [...(v.dims as string[])].sort((a, b) => rank(a) - rank(b)),
  );
}

function without(parts: DatasetParts, names: ReadonlySet<string>): DatasetParts {
  const drop = <T>(map: ReadonlyMap<string, T>): Map<string, T> => new Map([...map].filter(([name]) => !names.has(name)));
  return { ...parts, coords: drop(parts.coords), indexes: drop(parts.indexes) };
}

/** A function of values in memory and of the axes that it takes away. */
export type ArrayReduction = (values: NDArray, axes: readonly number[]) => NDArray | Value;

/** Every group reduced by a function of one's own, over the grouped dimensions where none is named. Needs values in memory. */
export function reduceEach(grouping: Grouping, fn: ArrayReduction, dims: Dims): DatasetParts {
  const over = dimsOver(grouping, dims);
  const names = [...over].filter((d) => !grouping.dims.includes(d));
  if (grouping.dims.some((d) => over.has(d))) names.push(grouping.dim);
  const one: VariableReduction = (v, own) => {
    const axes = v.axes(own);
    return v.replace({ dims: v.dims.filter((_, i) => !axes.includes(i)), array: asArray(fn(v.loaded, axes)) });
  };
  // The name of an array's dimensions is known to it; a dataset's variables take those that they have.
  const applied = Array.from(groupsOf(grouping), (group) => reduceWith(group, names, (v, own) => (own.length === 0 ? v : one(v, own))));
  return assembleGroups(grouping, applied);
}

/** Running sum or product within every group; positions in no group are left out. */
export function cumulativeGroups(
  name: "sum" | "prod",
  grouping: Grouping,
  dims: Dims,
  options: { readonly skipna?: boolean | undefined; readonly keepAttrs?: boolean | undefined } = {},
): DatasetParts {
  refuseOverlap(grouping, `cum${name}`);
  const over = dimsOver(grouping, dims);
  const { original, dim, codes, present, array } = grouping;
  const { keepAttrs, ...rest } = options;
  const takes = ([key, v]: readonly [string, Variable]): boolean => key === THIS_ARRAY || takesPart("cumsum", v);
  const others = (v: Variable): string[] => v.dims.filter((d: string) => d !== dim && over.has(d));
  if (!grouping.dims.every((d) => over.has(d))) {
    if (grouping.dims.some((d) => over.has(d)))
      throw new DimensionError(`cum${name} runs along all of (${grouping.dims.join(", ")}), which are grouped together, or none`, {
        dims: grouping.dims,
      });
    return withoutLabels(
      {
        ...original,
        vars: new Map(
          [...original.vars].filter(takes).map(([key, v]) => [key, cumulativeVariable(name, v, others(v), rest as object, keepAttrs)]),
        ),
      },
      grouping,
    );
  }
  const members = membersOf(codes);
  const run = (v: Variable): Variable => {
    if (!v.dims.includes(dim)) return others(v).length > 0 ? cumulativeVariable(name, v, others(v), rest as object, keepAttrs) : v;
    // Positions in no group come out missing, for which the dtype must have room.
    const a = members === undefined ? v.array : cast(v.array, promoteForMissing(v.dtype));
    const grouped = cumulative(name, a, v.axis(dim), { ...rest, groups: { codes, count: present.length } });
    const out = new Variable(v.dims, grouped, { attrs: keptAttrs(v.attrs, keepAttrs) });
    return others(v).length > 0 ? cumulativeVariable(name, out, others(v), rest as object, keepAttrs) : out;
  };
  const ran = { ...grouping.parts, vars: new Map([...grouping.parts.vars].filter(takes).map(([key, v]) => [key, run(v)])) };
  if (grouping.dims.length > 1) {
    const into = new Map(grouping.dims.map((d, i) => [d, grouping.shape[i]!]));
    const vars = mapVariables(ran.vars, (v) => (v.dims.includes(dim) ? unstackVariable(v, dim, into) : v));
    return likeOriginal({ ...original, vars }, grouping);
  }
  const kept = members === undefined ? ran : iselPositions(ran, new Map([[dim, { kind: "take", positions: members }]]));
  return withoutLabels(array ? likeOriginal(kept, grouping) : kept, grouping);
}

/** The positions that are in a group, rising; undefined where all are. */
export function membersOf(codes: Int32Array): Float64Array | undefined {
  let n = 0;
  for (let i = 0; i < codes.length; i++) if (codes[i]! >= 0) n++;
  if (n === codes.length) return undefined;
  const members = new Float64Array(n);
  for (let i = 0, k = 0; i < codes.length; i++) if (codes[i]! >= 0) members[k++] = i;
  return members;
}

/** What keeps its positions cannot have one twice. */
export function refuseOverlap({ overlapping }: Grouping, what: string): void {
  if (overlapping) throw new ArgumentError(`${what} needs groups that do not overlap`, { what });
}
