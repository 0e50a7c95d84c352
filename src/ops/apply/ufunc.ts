/** Functions of plain arrays, applied to labelled ones. */

import { boxView } from "../../array/apply.ts";
import { asArray } from "../../array/create.ts";
import { type BlockAxis, broadcastTo, inMemory, mapBlocks, NDArray } from "../../array/index.ts";
import { itemAt } from "../../array/items.ts";
import { allocate, kindOf, resultType } from "../../dtypes/index.ts";
import type { DType } from "../../dtypes/types.ts";
import { ArgumentError, DimensionError } from "../../errors.ts";
import type { JoinMode } from "../../options.ts";
import { unknownName } from "../../util/suggest.ts";
import { keptAttrs, onDims, Variable } from "../../variable/index.ts";
import { align } from "../align/index.ts";
import { mergeCoords } from "../merge-coords.ts";
import { isScalarOperand, type Operand, operandVariable } from "../operand.ts";
import { type ArrayParts, type CoordParts, type DatasetParts, isDatasetParts } from "../parts.ts";
import { coordsWithout } from "../reduce/index.ts";

/** Options of {@link applyUfunc}. */
export interface ApplyUfuncOptions {
  /** For each argument the dimensions that the function works along; they come last, in this order (default: none). */
  readonly inputCoreDims?: readonly (readonly string[])[] | undefined;
  /** For each result its dimensions beyond those that are looped over (default: one result without any). */
  readonly outputCoreDims?: readonly (readonly string[])[] | undefined;
  /** Core dimensions that may differ in length between arguments; coordinates along them go. */
  readonly excludeDims?: readonly string[] | undefined;
  /** Call the function once for each element of the dimensions looped over, with values and 1-D arrays instead of whole arrays. */
  readonly vectorize?: boolean | undefined;
  /** How labels are brought together (default `"exact"`). */
  readonly join?: JoinMode | undefined;
  /** How variables of several datasets are: those of all (`"inner"`), of any (`"outer"`), of the first, of the last; default `"exact"`. */
  readonly datasetJoin?: "exact" | "inner" | "outer" | "left" | "right" | undefined;
  /** What stands for a variable that a dataset lacks (default NaN). */
  readonly datasetFillValue?: number | undefined;
  readonly keepAttrs?: boolean | undefined;
  /** The dtype of each result; needed for lazy arguments where it is not the promoted one of the arguments. */
  readonly outputDtypes?: readonly DType[] | undefined;
  /** Lengths of dimensions that the function makes; needed for lazy arguments. */
  readonly outputSizes?: { readonly [dim: string]: number } | undefined;
}

/** A function of arrays in memory. It may return an NDArray, nested or typed arrays, a value, or a list of these for several results. */
export type ArrayFunction = (...args: any[]) => unknown;

type Labelled = ArrayParts | DatasetParts;
const isLabelled = (x: Operand): x is Labelled => !isScalarOperand(x) && "coords" in x;

/**
 * Apply a function of plain arrays to labelled ones: aligned by label, broadcast by name, dimensions looped
 * over first and core dimensions last. One result per entry of `outputCoreDims`.
 *
 * On lazy arguments the function runs block by block, with core dimensions whole.
 */
export function applyUfunc(fn: ArrayFunction, args: readonly Operand[], options: ApplyUfuncOptions = {}): Labelled[] {
  const { inputCoreDims = args.map(() => []), excludeDims = [], join = "exact" } = options;
  if (inputCoreDims.length !== args.length)
    throw new ArgumentError(`inputCoreDims has ${inputCoreDims.length} entries for ${args.length} arguments`, {
      inputCoreDims: inputCoreDims.length,
      arguments: args.length,
    });
  for (const dim of excludeDims) {
    if (!inputCoreDims.some((dims) => dims.includes(dim)))
      throw new ArgumentError(`excludeDims names ${JSON.stringify(dim)}, which is no core dimension of any argument`, { dim });
  }
  const places = args.flatMap((arg, i) => (isLabelled(arg) ? [i] : []));
  const aligned = align(
    places.map((i) => args[i] as Labelled),
    { join, exclude: excludeDims },
  );
  const operands = args.map((arg, i) => (places.includes(i) ? aligned[places.indexOf(i)]! : arg));
  const first = aligned.find(isDatasetParts) ?? aligned[0];
  if (first === undefined) throw new ArgumentError("applyUfunc needs at least one DataArray or Dataset among its arguments", {});
  const coords = resultCoords(aligned, inputCoreDims, options);
  if (!isDatasetParts(first)) {
    return applyVariables(
      fn,
      operands.map((x) => (isLabelled(x) ? (x as ArrayParts).variable : x)),
      options,
    ).map((variable) => ({ ...coordsFor(coords, variable), variable, name: first.name }));
  }
  const results = namesOf(aligned.filter(isDatasetParts), options.datasetJoin ?? "exact").map((name) => {
    const own = operands.map((x) =>
      isLabelled(x) ? (isDatasetParts(x) ? (x.vars.get(name) ?? options.datasetFillValue ?? Number.NaN) : x.variable) : x,
    );
    return [name, applyVariables(fn, own, options)] as const;
  });
  const count = options.outputCoreDims?.length ?? 1;
  return Array.from({ length: count }, (_, k) => ({
    ...first,
    ...coords,
    vars: new Map(results.map(([name, variables]) => [name, variables[k]!])),
    attrs: keptAttrs(first.attrs, options.keepAttrs),
  }));
}

function namesOf(datasets: readonly DatasetParts[], join: string): string[] {
  const all = [...new Set(datasets.flatMap((dataset) => [...dataset.vars.keys()]))];
  const common = all.filter((name) => datasets.every((dataset) => dataset.vars.has(name)));
  if (join === "outer") return all;
  if (join === "left") return [...datasets[0]!.vars.keys()];
  if (join === "right") return [...datasets[datasets.length - 1]!.vars.keys()];
  const odd = all.find((name) => !common.includes(name));
  if (join === "exact" && odd !== undefined)
    throw new ArgumentError(
      `not every dataset has variable ${JSON.stringify(odd)}: choose a datasetJoin ("inner", "outer", "left", "right")`,
      { name: odd },
    );
  return common;
}

/** The coordinates on which the arguments agree, without those along dimensions that go. */
function resultCoords(
  labelled: readonly Labelled[],
  inputCoreDims: readonly (readonly string[])[],
  { outputCoreDims = [[]], excludeDims = [] }: ApplyUfuncOptions,
): CoordParts {
  const made = new Set(outputCoreDims.flat());
  const gone = new Set([...excludeDims, ...inputCoreDims.flat().filter((dim) => !made.has(dim))]);
  return mergeCoords(labelled.map((parts) => coordsWithout(parts, gone)));
}

function coordsFor(parts: CoordParts, v: Variable): CoordParts {
  return coordsWithout(
    parts,
    new Set([...parts.coords.values()].flatMap((c) => c.dims as string[]).filter((dim) => !v.dims.includes(dim))),
  );
}

function applyVariables(fn: ArrayFunction, args: readonly Operand[], options: ApplyUfuncOptions): Variable[] {
  const { inputCoreDims = args.map(() => []), outputCoreDims = [[]], excludeDims = [] } = options;
  const model = args.find((x): x is Variable => x instanceof Variable) ?? { dtype: "float64" as const, dims: [] };
  const variables = args.map((x) => operandVariable(x as Variable, model));
  const sizes = new Map<string, number>();
  const loops: string[] = [];
  variables.forEach((v, k) => {
    for (const dim of inputCoreDims[k]!)
      if (!v.dims.includes(dim))
        throw new DimensionError(`argument ${k} lacks core dimension: ${unknownName("dimension", dim, v.dims)}`, { dim, dims: v.dims });
    v.dims.forEach((dim: string, i) => {
      if (excludeDims.includes(dim)) return;
      const n = v.shape[i]!;
      if ((sizes.get(dim) ?? n) !== n)
        throw new DimensionError(`dimension ${JSON.stringify(dim)} has length ${sizes.get(dim)} and ${n} in two arguments`, {
          dim,
          sizes: [sizes.get(dim), n],
        });
      sizes.set(dim, n);
      if (!inputCoreDims[k]!.includes(dim) && !loops.includes(dim)) loops.push(dim);
    });
  });
  const core = inputCoreDims.find((dims) => dims.some((dim) => loops.includes(dim)));
  if (core)
    throw new DimensionError(
      `dimensions (${core.join(", ")}) are core dimensions of one argument, and looped over in another: name them in inputCoreDims of both`,
      { dims: core },
    );
  const arrays = variables.map((v, k) => onDims(v, [...loops, ...inputCoreDims[k]!]).array);
  const each: ArrayFunction = options.vectorize ? vectorized(fn, loops.length, outputCoreDims.length, options.outputDtypes) : fn;
  const loaded = arrays.map(inMemory);
  const lengths = loops.map((dim) => sizes.get(dim)!);
  const made = loaded.every((a): a is NDArray => a !== undefined)
    ? outputs(each(...loaded), outputCoreDims.length).map((out, k) =>
        checkedOutput(out, lengths, outputCoreDims[k]!, sizes, options.outputDtypes?.[k]),
      )
    : lazily();
  const [first] = variables;
  return made.map(
    (array, k) => new Variable([...loops, ...outputCoreDims[k]!], array, { attrs: keptAttrs(first!.attrs, options.keepAttrs) }),
  );

  function lazily(): ReturnType<typeof mapBlocks> {
    const shapes = outputCoreDims.map((dims) =>
      dims.map((dim) => {
        const n = options.outputSizes?.[dim] ?? sizes.get(dim);
        if (n === undefined)
          throw new ArgumentError(`on lazy arguments outputSizes must give the length of the new dimension ${JSON.stringify(dim)}`, {
            dim,
          });
        return n;
      }),
    );
    const dtypes = outputCoreDims.map((_, k) => options.outputDtypes?.[k] ?? resultType(...arrays.map((a) => a.dtype)));
    return mapBlocks(arrays, {
      inputs: arrays.map((a, k) => a.shape.map((_, i): BlockAxis => (i < a.shape.length - inputCoreDims[k]!.length ? i : "whole"))),
      outputs: shapes.map((shape, k) => ({
        shape: [...lengths, ...shape],
        dtype: dtypes[k]!,
        axes: [...loops.map((_, i) => i), ...shape.map(() => "whole" as const)],
      })),
      fn: (blocks, { loops: box }) => {
        const own = loops.map((_, i) => box[2 * i + 1]! - box[2 * i]!);
        return outputs(each(...blocks), outputCoreDims.length).map((out, k) => asShape(out, [...own, ...shapes[k]!], dtypes[k]!));
      },
      label: fn.name || "applyUfunc",
    });
  }
}

/** What the function gave, as one entry per result. */
function outputs(result: unknown, count: number): unknown[] {
  if (count === 1) return [result];
  if (!Array.isArray(result) || result.length !== count)
    throw new ArgumentError(`the function should return a list of ${count} results`, { expected: count });
  return result;
}

function checkedOutput(
  out: unknown,
  lengths: readonly number[],
  core: readonly string[],
  sizes: ReadonlyMap<string, number>,
  dtype: DType | undefined,
): NDArray {
  const array = asArray(out, dtype === undefined ? {} : { dtype });
  const shape = [
    ...lengths,
    ...core.map((dim, i) => sizes.get(dim) ?? (array.ndim === lengths.length + core.length ? array.shape[lengths.length + i]! : -1)),
  ];
  if (shape.includes(-1))
    throw new DimensionError(
      `the function gave shape (${array.shape.join(", ")}), and ${lengths.length + core.length} dimensions were promised`,
      { shape: array.shape },
    );
  return asShape(array, shape, dtype ?? array.dtype);
}

/** What the function gave, in the shape promised; a flat array of as many values is taken as C-ordered. */
function asShape(out: unknown, shape: readonly number[], dtype: DType): NDArray {
  const array = asArray(out, { dtype });
  const size = shape.reduce((a, b) => a * b, 1);
  if (array.ndim === 1 && array.size === size) return asArray(array, { shape });
  if (array.shape.length === shape.length && array.shape.every((n, i) => n === shape[i])) return array;
  // A result that does not depend on a dimension stands for all of it.
  if (array.shape.length === shape.length && array.shape.every((n, i) => n === shape[i] || n === 1))
    return broadcastTo(array, shape) as NDArray;
  throw new DimensionError(`the function gave shape (${array.shape.join(", ")}), where (${shape.join(", ")}) was promised`, {
    shape: array.shape,
    promised: shape,
  });
}

/** A function of values and core arrays as one of whole arrays: called for every position of the first `loops` axes. */
function vectorized(fn: ArrayFunction, loops: number, count: number, dtypes: readonly DType[] | undefined): ArrayFunction {
  return (...blocks: NDArray[]) => {
    const shape = Array.from({ length: loops }, (_, i) =>
      Math.max(0, ...blocks.map((b) => b.shape[i]!).filter((n) => n !== 1), blocks.every((b) => b.shape[i] === 1) ? 1 : 0),
    );
    const total = shape.reduce((a, b) => a * b, 1);
    const wide = blocks.map((b) => broadcastTo(b, [...shape, ...b.shape.slice(loops)]) as NDArray);
    const results: NDArray[][] = Array.from({ length: count }, () => []);
    const at = new Array<number>(loops).fill(0);
    for (let t = 0; t < total; t++) {
      const values = wide.map((b) => sliceAt(b, at));
      outputs(fn(...values), count).forEach((out, k) =>
        results[k]!.push(asArray(out, dtypes?.[k] === undefined ? {} : { dtype: dtypes[k] })),
      );
      for (let i = loops - 1; i >= 0 && ++at[i]! === shape[i]; i--) at[i] = 0;
    }
    const stacked = results.map((list) => assembled(list, shape));
    return count === 1 ? stacked[0] : stacked;
  };
}

/** The element at `at` of the first axes: a value, or the array of what is left. */
function sliceAt(b: NDArray, at: readonly number[]): unknown {
  if (b.ndim === at.length) return itemAt(b, at);
  const box = new Float64Array(2 * b.ndim);
  b.shape.forEach((n, i) => {
    box[2 * i] = at[i] ?? 0;
    box[2 * i + 1] = i < at.length ? at[i]! + 1 : n;
  });
  const view = boxView(b, box);
  return new NDArray(view.data, view.shape.slice(at.length), view.dtype, view.stride.slice(at.length), view.offset);
}

/** Results of single calls as one array. */
function assembled(list: readonly NDArray[], shape: readonly number[]): NDArray {
  const core = list[0]?.shape ?? [];
  const dtype = list.length === 0 ? "float64" : resultType(...new Set(list.map((a) => a.dtype)));
  if (kindOf(dtype) === "c")
    throw new ArgumentError("complex results of single calls cannot be put together; compute whole arrays without vectorize", { dtype });
  const size = core.reduce((a, b) => a * b, 1);
  const data = allocate(dtype, list.length * size) as unknown[];
  list.forEach((a, k) => {
    if (a.shape.length !== core.length || a.shape.some((n, i) => n !== core[i]))
      throw new DimensionError(`calls gave shapes (${core.join(", ")}) and (${a.shape.join(", ")})`, { shapes: [core, a.shape] });
    const flat = asArray(a, { dtype });
    const values =
      flat.ndim === 0 ? [flat.data[flat.offset]] : (Array.from({ length: size }, (_, i) => flat.data[flatOffset(flat, i)]) as unknown[]);
    for (let i = 0; i < size; i++) data[k * size + i] = values[i];
  });
  return new NDArray(data as never, [...shape, ...core], dtype);
}

function flatOffset(a: NDArray, index: number): number {
  let offset = a.offset;
  for (let i = a.ndim - 1, rest = index; i >= 0; i--) {
    offset += (rest % a.shape[i]!) * a.stride[i]!;
    rest = Math.floor(rest / a.shape[i]!);
  }
  return offset;
}
