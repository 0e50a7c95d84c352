/**
 * Grouped reductions: one operation of the array layer for all groups, never one per group.
 *
 * The group's dimension takes the place of the one that was cut up; for several keys their dimensions
 * come last. In datasets the group's dimension comes first, and variables without the cut-up dimension
 * repeat for every group, as in xarray. Groups without a member are missing in the result.
 */

import { asArray } from "../../array/create.ts";
import { type AnyArray, type AxisIndex, median, quantile, type ReduceName, reduce, select } from "../../array/index.ts";
import type { Groups } from "../../array/reduce-walk.ts";
import { DimensionError } from "../../errors.ts";
import { LabelIndex } from "../../indexing/label-index.ts";
import { unknownName } from "../../util/suggest.ts";
import { broadcastVariable, transposeVariable } from "../../variable/broadcast.ts";
import { keptAttrs, quantileVariable, reduceVariable } from "../../variable/compute.ts";
import { unstackVariable } from "../../variable/reshape.ts";
import { Variable } from "../../variable/variable.ts";
import { type ArrayParts, type DatasetParts, fromDatasetParts, sizesOf, THIS_ARRAY } from "../parts.ts";
import {
  coordsWithout,
  type Dims,
  type QuantileOptions,
  type ReduceOpOptions,
  reduceMember,
  skipsByDefault,
  type VariableReduction,
} from "../reduce/reduce.ts";
import { conformVariable } from "../selecting/index.ts";
import { type Grouping, groupCoords } from "./grouping.ts";

/** A reduction, with groups and without. */
interface GroupReduction {
  /** Which of a dataset's variables take part. */
  readonly name: string;
  /** Over named dimensions. */
  readonly plain: (v: Variable, dims: readonly string[]) => Variable;
  /** Over axes and into groups. */
  readonly grouped: (a: AnyArray, axes: readonly number[], groups: Groups) => AnyArray;
  /** A new dimension that `grouped` puts first. */
  readonly adds?: string | undefined;
  readonly keepAttrs?: boolean | undefined;
}

/** A named reduction into groups. `dims` (default: the grouped ones, `"..."`: all) are reduced. */
export function reduceGroups(name: ReduceName, grouping: Grouping, dims: Dims, options: ReduceOpOptions = {}): DatasetParts {
  // The first and last of single values in order are what was there, as it was there.
  if ((name === "first" || name === "last") && grouping.keys.length === 1 && grouping.keys[0]!.identity && dims === undefined)
    return grouping.original;
  const { keepAttrs, ...rest } = options;
  return reduceWithGroups(grouping, dims, {
    name,
    keepAttrs,
    plain: (v, own) => reduceVariable(name, v, own, { ...rest, skipna: rest.skipna ?? skipsByDefault(name, v.dtype) }, keepAttrs),
    grouped: (a, axes, groups) => reduce(name, a, axes, { ...rest, skipna: rest.skipna ?? skipsByDefault(name, a.dtype), groups }),
  });
}

/** The median of every group. */
export function medianGroups(grouping: Grouping, dims: Dims, options: Pick<ReduceOpOptions, "skipna" | "keepAttrs"> = {}): DatasetParts {
  const { keepAttrs, skipna } = options;
  return reduceWithGroups(grouping, dims, {
    name: "median",
    keepAttrs,
    plain(v, own) {
      const axes = v.axes(own);
      return new Variable(
        v.dims.filter((_, i) => !axes.includes(i)),
        median(v.array, axes, { skipna: skipna ?? skipsByDefault("median", v.dtype) }),
        { attrs: keptAttrs(v.attrs, keepAttrs) },
      );
    },
    grouped: (a, axes, groups) => median(a, axes, { skipna: skipna ?? skipsByDefault("median", a.dtype), groups }),
  });
}

/** Quantiles of every group: a list of them makes a dimension `quantile` after the others of an array. */
export function quantileGroups(grouping: Grouping, q: number | readonly number[], dims: Dims, options: QuantileOptions = {}): DatasetParts {
  const { keepAttrs, ...rest } = options;
  const single = typeof q === "number";
  const qs = Float64Array.from(single ? [q] : q);
  const first = (a: AnyArray): AnyArray =>
    single
      ? select(
          a,
          a.shape.map((_, i): AxisIndex => (i === 0 ? 0 : null)),
        )
      : a;
  const result = reduceWithGroups(grouping, dims, {
    name: "quantile",
    keepAttrs,
    adds: single ? undefined : "quantile",
    plain(v, own) {
      const out = quantileVariable(v, qs, own, rest as object, keepAttrs);
      return single ? out.replace({ dims: out.dims.slice(1), array: first(out.array) }) : out;
    },
    grouped: (a, axes, groups) => first(quantile(a, qs, axes, { ...rest, groups } as object)),
  });
  const label = single ? new Variable([], asArray(q)) : new Variable(["quantile"], asArray(qs));
  const indexes = single ? result.indexes : new Map([...result.indexes, ["quantile", LabelIndex.of("quantile", label)] as const]);
  return { ...result, coords: new Map([...result.coords, ["quantile", label]]), indexes };
}

/** The names that are reduced: the grouped dimensions where none are named. */
export function dimsOver(grouping: Grouping, dims: Dims): ReadonlySet<string> {
  if (dims === undefined) return new Set(grouping.dims);
  const known = new Set([...sizesOf(grouping.original).keys(), ...grouping.dims]);
  const named = typeof dims === "string" ? [dims] : dims;
  if (named.includes("...")) return known;
  for (const dim of named) if (!known.has(dim)) throw new DimensionError(unknownName("dimension", dim, known), { dim, dims: [...known] });
  return new Set(named);
}

/** How grouped values are placed: the kept ones of the grouped dimensions, then each key's groups. */
interface Placement {
  readonly codes: Int32Array;
  readonly count: number;
  /** Dimensions in place of the grouped one, with their lengths. */
  readonly into: ReadonlyMap<string, number>;
  /** For each combination the group that has it, −1 for none; undefined where groups are already in place. */
  readonly positions: Float64Array | undefined;
}

function reduceWithGroups(grouping: Grouping, dims: Dims, fn: GroupReduction): DatasetParts {
  const over = dimsOver(grouping, dims);
  const { original } = grouping;
  const each = (go: VariableReduction): Map<string, Variable> => {
    const vars = new Map<string, Variable>();
    for (const [name, v] of original.vars) {
      const own = v.dims.filter((dim: string) => over.has(dim));
      // A variable that is grouped by becomes the label of its groups.
      const reduced = grouping.array
        ? go(v, own)
        : grouping.keys.some((key) => key.name === name)
          ? undefined
          : reduceMember(fn.name, v, own, go);
      if (reduced) vars.set(name, reduced);
    }
    return vars;
  };
  if (!grouping.dims.some((dim) => over.has(dim))) {
    const vars = each((v, own) => repeatedAlong(grouping, fn.plain(v, own)));
    return withoutLabels({ ...original, vars, ...coordsWithout(original, over) }, grouping);
  }
  const placement = placementFor(grouping, over);
  const cut = new Map([...original.vars].map(([name, v]) => [v, grouping.parts.vars.get(name)!]));
  const vars = each((v, own) => reduceInto(grouping, placement, over, cut.get(v)!, fn) ?? fn.plain(v, own));
  for (const [name, v] of vars)
    if (![...placement.into.keys()].some((dim) => v.dims.includes(dim))) vars.set(name, repeatedInto(placement, v));
  return { ...original, vars, ...coordsAfter(grouping, over) };
}

function placementFor(grouping: Grouping, over: ReadonlySet<string>): Placement {
  const { present, total, keys } = grouping;
  const kept = grouping.dims.flatMap((dim, i) => (over.has(dim) ? [] : [[dim, grouping.shape[i]!] as const]));
  const into = new Map<string, number>([...kept, ...keys.map((key) => [key.name, key.count] as const)]);
  const outer = kept.reduce((n, [, length]) => n * length, 1);
  const full = present.length === total;
  if (kept.length === 0)
    return { codes: grouping.codes, count: present.length, into, positions: full ? undefined : placed(present, 1, total) };
  // Positions that differ in a kept dimension are in different groups.
  const codes = new Int32Array(grouping.codes.length);
  const at = keptPositions(grouping, over);
  for (let i = 0; i < codes.length; i++) codes[i] = grouping.codes[i]! < 0 ? -1 : at[i]! * present.length + grouping.codes[i]!;
  return { codes, count: outer * present.length, into, positions: full ? undefined : placed(present, outer, total) };
}

function placed(present: Int32Array, outer: number, total: number): Float64Array {
  const positions = new Float64Array(outer * total).fill(-1);
  for (let o = 0; o < outer; o++) for (let i = 0; i < present.length; i++) positions[o * total + present[i]!] = o * present.length + i;
  return positions;
}

/** The position along the kept ones of the grouped dimensions, in C order over all of them. */
function keptPositions({ dims, shape, codes }: Grouping, over: ReadonlySet<string>): Float64Array {
  const out = new Float64Array(codes.length);
  let step = codes.length;
  dims.forEach((dim, axis) => {
    const n = shape[axis]!;
    step /= n;
    if (over.has(dim)) return;
    for (let i = 0; i < out.length; i++) out[i] = out[i]! * n + (Math.floor(i / step) % n);
  });
  return out;
}

/** The reduction of a variable that was cut up; undefined where it has nothing of what was cut. */
function reduceInto(
  grouping: Grouping,
  placement: Placement,
  over: ReadonlySet<string>,
  cut: Variable,
  fn: GroupReduction,
): Variable | undefined {
  const { dim } = grouping;
  if (!cut.dims.includes(dim)) return undefined;
  const axis = cut.axis(dim);
  const axes = cut.dims.flatMap((d: string, i: number) => (i !== axis && over.has(d) ? [i] : []));
  const array = fn.grouped(cut.array, axes, { axis, codes: placement.codes, count: placement.count });
  const kept = cut.dims.filter((_, i) => !axes.includes(i)) as string[];
  const reduced = new Variable(fn.adds ? [fn.adds, ...kept] : kept, array, { attrs: keptAttrs(cut.attrs, fn.keepAttrs) });
  const full = placement.positions ? conformVariable(reduced, new Map([[dim, placement.positions]])) : reduced;
  return inOrder(grouping, placement, full, fn.adds);
}

/** Dimensions where xarray has them. */
function inOrder(grouping: Grouping, { into }: Placement, v: Variable, added: string | undefined): Variable {
  const news = [...into.keys()];
  const isArray = grouping.array !== undefined;
  const one = grouping.keys.length === 1 && grouping.dims.length === 1 && !grouping.overlapping;
  if (news.length > 1 || !one) {
    const out =
      news.length > 1
        ? unstackVariable(v, grouping.dim, into)
        : v.replace({ dims: v.dims.map((d: string) => (d === grouping.dim ? news[0]! : d)) });
    const rest = out.dims.filter((d: string) => !news.includes(d) && d !== added);
    return transposeVariable(out, [...rest, ...news, ...(added ? [added] : [])]);
  }
  const [name] = news as [string];
  const renamed = v.replace({ dims: v.dims.map((d: string) => (d === grouping.dim ? name : d)) });
  if (isArray) return added ? transposeVariable(renamed, [...renamed.dims.filter((d: string) => d !== added), added]) : renamed;
  return transposeVariable(renamed, [name, ...renamed.dims.filter((d: string) => d !== name)]);
}

/** A variable that has nothing of what was cut repeats along it where groups are put back in place. */
function repeatedAlong({ array, dims, shape }: Grouping, v: Variable): Variable {
  if (array || dims.some((dim) => v.dims.includes(dim))) return v;
  return broadcastVariable(
    v,
    new Map([...dims.map((dim, i) => [dim, shape[i]!] as const), ...v.dims.map((dim: string, i: number) => [dim, v.shape[i]!] as const)]),
  );
}

/** A variable that is the same for every group. */
function repeatedInto({ into, positions }: Placement, v: Variable): Variable {
  const all = broadcastVariable(v, new Map([...into, ...v.dims.map((dim: string, i: number) => [dim, v.shape[i]!] as const)]));
  if (positions === undefined || into.size > 1) return all;
  const [[name, n]] = [...into] as [[string, number]];
  return conformVariable(all, new Map([[name, Float64Array.from({ length: n }, (_, i) => (positions[i]! < 0 ? -1 : i))]]));
}

/** Coordinates that lost no dimension, and the labels of the groups; those of an array stay where every position is a group. */
function coordsAfter(grouping: Grouping, over: ReadonlySet<string>): Pick<DatasetParts, "coords" | "indexes"> {
  const same =
    grouping.array !== undefined &&
    grouping.keys.length === 1 &&
    grouping.keys[0]!.identity === true &&
    grouping.keys[0]!.name === grouping.dim;
  const gone = new Set([...over].filter((dim) => !(same && dim === grouping.dim)));
  const kept = coordsWithout(grouping.original, gone);
  const labels = groupCoords(grouping);
  return { coords: new Map([...kept.coords, ...labels.coords]), indexes: new Map([...kept.indexes, ...labels.indexes]) };
}

/** After resampling, a dimension that stayed has no labels: those of the groups name spans, not its positions. */
export function withoutLabels(parts: DatasetParts, { resampled }: Grouping): DatasetParts {
  if (resampled === undefined || !parts.coords.has(resampled)) return parts;
  const without = <T>(map: ReadonlyMap<string, T>): Map<string, T> => new Map([...map].filter(([name]) => name !== resampled));
  return { ...parts, coords: without(parts.coords), indexes: without(parts.indexes) };
}

/** The result as what was grouped: an array or a dataset. */
export function asGrouped(grouping: Grouping, parts: DatasetParts): ArrayParts | DatasetParts {
  return grouping.array && parts.vars.has(THIS_ARRAY) ? fromDatasetParts(parts, grouping.array.name) : parts;
}
