/** Blocks of neighbouring positions along dimensions, reduced to one: trim or pad, split each dimension in two, reduce the second. */
import { cast, median, pad, type ReduceName, reshape, select } from "../../array/index.ts";
import { promoteForMissing } from "../../dtypes/index.ts";
import { kindOf } from "../../dtypes/traits.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import { type Index, LabelIndex } from "../../indexing/index.ts";
import { ownValue } from "../../util/records.ts";
import { unknownName } from "../../util/suggest.ts";
import { keptAttrs, reduceVariable } from "../../variable/compute.ts";
import { Variable } from "../../variable/variable.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, isDatasetParts } from "../parts.ts";
import { checkedSizes, namesFor, optionFor, type PerDim, type WindowSizes } from "./spec.ts";

/** What happens to positions that do not fill a block. */
export type Boundary = "exact" | "trim" | "pad";
/** A reduction of blocks by name. */
export type BlockReduction = Exclude<ReduceName, "argmin" | "argmax" | "first" | "last"> | "median";
/** A reduction of blocks: of a variable over the dimensions of the blocks. */
export type BlockFunction = (v: Variable, dims: readonly string[]) => Variable;

/** Options of {@link coarsenOf}. */
export interface CoarsenOptions {
  /** `"exact"` (the default) wants whole blocks, `"trim"` leaves the rest out, `"pad"` fills it with missing values. */
  readonly boundary?: PerDim<Boundary> | undefined;
  /** Where blocks begin: `"left"` (the default) trims and pads at the end. */
  readonly side?: PerDim<"left" | "right"> | undefined;
  /** How coordinates are reduced: for all dimensions, or by coordinate (default `"mean"`). */
  readonly coordFunc?: BlockReduction | BlockFunction | Readonly<Record<string, BlockReduction | BlockFunction | undefined>> | undefined;
}

/** One dimension that is cut into blocks. */
export interface Blocks {
  readonly dim: string;
  readonly size: number;
  readonly boundary: Boundary;
  readonly side: "left" | "right";
}

/** Checked blocks. */
export interface Coarsen {
  readonly blocks: readonly Blocks[];
  /** The reduction of one coordinate. */
  readonly coordFunc: (name: string) => BlockReduction | BlockFunction;
}

/** Options of a reduction of blocks. */
export interface CoarsenReduceOptions {
  readonly skipna?: boolean | undefined;
  readonly ddof?: number | undefined;
  readonly minCount?: number | undefined;
  readonly keepAttrs?: boolean | undefined;
}

const REDUCTIONS: readonly string[] = [
  "sum",
  "prod",
  "mean",
  "std",
  "var",
  "min",
  "max",
  "count",
  "any",
  "all",
  "median",
] satisfies BlockReduction[];

function oneOf<T extends string>(value: T, known: readonly T[], what: string): T {
  if (known.includes(value)) return value;
  throw new ArgumentError(unknownName(what, String(value), known), { [what]: value });
}

/** Check what blocks are asked for. */
export function coarsenOf(parts: ArrayParts | DatasetParts, sizes: WindowSizes, options: CoarsenOptions = {}): Coarsen {
  const blocks = checkedSizes(parts, sizes).map(
    ([dim, size]): Blocks => ({
      dim,
      size,
      boundary: oneOf(optionFor(options.boundary, dim, "exact" as Boundary), ["exact", "trim", "pad"], "boundary"),
      side: oneOf(optionFor(options.side, dim, "left" as "left" | "right"), ["left", "right"], "side"),
    }),
  );
  const { coordFunc = "mean" } = options;
  for (const fn of typeof coordFunc === "object" ? Object.values(coordFunc) : [coordFunc])
    if (typeof fn === "string") oneOf<string>(fn, REDUCTIONS, "coordFunc");
  const ofDims = blocks.map(({ dim }) => dim);
  return {
    blocks,
    coordFunc: (name) =>
      typeof coordFunc === "object" ? (ownValue(coordFunc, name) ?? "mean") : ofDims.includes(name) ? coordFunc : "mean",
  };
}

/** Reduce every block; coordinates along the dimensions are reduced by their own functions. */
export function coarsenReduce<P extends ArrayParts | DatasetParts>(
  fn: BlockReduction | BlockFunction,
  parts: P,
  spec: Coarsen,
  options: CoarsenReduceOptions = {},
): P {
  const { keepAttrs } = options;
  const one = (v: Variable): Variable => reduceBlocks(v, spec, fn, options);
  const coords = mapCoords(parts, (v, name) => (touches(v, spec) ? reduceBlocks(v, spec, spec.coordFunc(name), { keepAttrs }) : v));
  if (isDatasetParts(parts))
    return {
      ...parts,
      vars: new Map([...parts.vars].map(([name, v]) => [name, one(v)])),
      ...coords,
      attrs: keptAttrs(parts.attrs, keepAttrs),
    };
  return { ...parts, variable: one((parts as ArrayParts).variable), ...coords };
}

const touches = (v: Variable, { blocks }: Coarsen): boolean => blocks.some(({ dim }) => v.dims.includes(dim));

/** Coordinates through `fn`; those that were indexes and are one along their dimension still become new ones. */
function mapCoords(parts: CoordParts, fn: (v: Variable, name: string) => Variable): CoordParts {
  const coords = new Map<string, Variable>();
  const indexes = new Map<string, Index>();
  for (const [name, v] of parts.coords) {
    const changed = fn(v, name);
    coords.set(name, changed);
    const index = parts.indexes.get(name);
    if (index === undefined) continue;
    if (changed === v) indexes.set(name, index);
    else if (changed.ndim === 1 && changed.dims[0] === name) indexes.set(name, LabelIndex.of(name, changed));
  }
  return { coords, indexes };
}

/** The dimension inside blocks along `dim`, which no user's name can be. */
const inside = (dim: string): string => `\u0000${dim}`;

function reduceBlocks(v: Variable, spec: Coarsen, fn: BlockReduction | BlockFunction, options: CoarsenReduceOptions): Variable {
  const { keepAttrs, ...rest } = options;
  const own = spec.blocks.filter(({ dim }) => v.dims.includes(dim));
  if (own.length === 0) return v.replace({ attrs: keptAttrs(v.attrs, keepAttrs) });
  const dims = own.map(({ dim }) => inside(dim));
  const split = splitBlocks(v, own, (dim) => [dim, inside(dim)]);
  const attrs = keptAttrs(v.attrs, keepAttrs);
  if (typeof fn === "function") return fn(split, dims).replace({ attrs });
  if (fn === "median") return new Variable(v.dims, median(split.array, split.axes(dims), { skipna: options.skipna }), { attrs });
  const reduced = reduceVariable(fn, split, dims, rest).replace({ attrs });
  // Padding makes bools numbers; the extreme of some bools is a bool again.
  const asBool = kindOf(v.dtype) === "b" && (fn === "min" || fn === "max");
  return asBool ? reduced.replace({ array: cast(reduced.array, "bool") }) : reduced;
}

/** Every dimension of `own` as two: which block, and where in it. */
function splitBlocks(v: Variable, own: readonly Blocks[], names: (dim: string) => readonly [string, string]): Variable {
  const whole = own.reduce(toWholeBlocks, v);
  const dims: string[] = [];
  const shape: number[] = [];
  whole.dims.forEach((dim: string, i) => {
    const n = whole.shape[i]!;
    const block = own.find((b) => b.dim === dim);
    dims.push(...(block ? names(dim) : [dim]));
    shape.push(...(block ? [n / block.size, block.size] : [n]));
  });
  return new Variable(dims, reshape(whole.array, shape), { attrs: v.attrs });
}

function toWholeBlocks(v: Variable, { dim, size, boundary, side }: Blocks): Variable {
  const axis = v.axis(dim);
  const n = v.shape[axis]!;
  const rest = n % size;
  if (rest === 0) return v;
  if (boundary === "exact") {
    throw new DimensionError(
      `dimension ${JSON.stringify(dim)} of length ${n} does not fall into blocks of ${size}: ${rest} positions are left; give boundary "trim" or "pad"`,
      { dim, length: n, window: size },
    );
  }
  if (boundary === "trim") {
    const run = { start: side === "left" ? 0 : rest, step: 1, count: n - rest };
    return v.replace({
      array: select(
        v.array,
        v.dims.map((_, i) => (i === axis ? run : null)),
      ),
    });
  }
  const widths = v.dims.map((_, i): [number, number] => (i !== axis ? [0, 0] : side === "left" ? [0, size - rest] : [size - rest, 0]));
  return v.replace({ array: pad(cast(v.array, promoteForMissing(v.dtype)), widths) });
}

/** Every dimension as two new ones: which block, and where in it. Coordinates go along; indexes of the dimensions do not. */
export function coarsenConstruct<P extends ArrayParts | DatasetParts>(
  parts: P,
  spec: Coarsen,
  windowDim: Readonly<Record<string, readonly [string, string] | undefined>>,
  keepAttrs?: boolean,
): P {
  const isPair = (x: unknown): x is readonly [string, string] =>
    Array.isArray(x) && x.length === 2 && x.every((name) => typeof name === "string");
  const names = namesFor(
    spec.blocks.map(({ dim }) => dim),
    windowDim,
    isPair,
    "the names [blocks, inside]",
  );
  const one = (v: Variable): Variable => {
    const own = spec.blocks.filter(({ dim }) => v.dims.includes(dim));
    return own.length === 0 ? v : splitBlocks(v, own, (dim) => names.get(dim)!).replace({ attrs: keptAttrs(v.attrs, keepAttrs) });
  };
  const coords = mapCoords(parts, one);
  if (isDatasetParts(parts))
    return {
      ...parts,
      vars: new Map([...parts.vars].map(([name, v]) => [name, one(v)])),
      ...coords,
      attrs: keptAttrs(parts.attrs, keepAttrs),
    };
  return { ...parts, variable: one((parts as ArrayParts).variable), ...coords };
}
