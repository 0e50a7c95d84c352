/**
 * The index of one coordinate along one dimension: labels of any dtype, sorted or not.
 *
 * What pandas' `Index` is to xarray. Lookups are as {@link Lookup} finds them; a date string coarser
 * than the index selects the span it names; label slices include both ends and work in either
 * direction of the coordinate.
 */
import { concat } from "../array/concat.ts";
import { flatValues, NDArray } from "../array/ndarray.ts";
import { roll, select } from "../array/select.ts";
import type { Resolution } from "../calendar/parse.ts";
import { kindOf } from "../dtypes/traits.ts";
import { ArgumentError, CoordinateError, IndexingError } from "../errors.ts";
import type { Attrs, Encoding } from "../variable/attrs.ts";
import { loadedArray, Variable } from "../variable/variable.ts";
import type { Index, SelectOptions, SelectResult } from "./contract.ts";
import { type PositionIndexer, Slice } from "./indexers.ts";
import { type JoinSide, joinLabels } from "./label-join.ts";
import { comparable, type Keys, keysOf, type Order, sameKeys } from "./label-keys.ts";
import { type InexactMethod, Lookup, type Span } from "./label-lookup.ts";
import { coarser, describe, keyOf, keysOfList, resolutionOf, spanOf } from "./label-parse.ts";
import { sliceLabels } from "./label-slice.ts";
import { indexerVariable, isWhole, maskPositions } from "./positions.ts";

/** What a {@link LabelIndex} may be made with beside its labels. */
export interface LabelIndexOptions {
  readonly attrs?: Attrs | undefined;
  readonly encoding?: Encoding | undefined;
}

/**
 * An index over one 1-D coordinate.
 *
 * @example
 * ```ts
 * const lat = LabelIndex.of("lat", new Variable(["lat"], asArray([50, 40, 30])));
 * lat.sel(new Map([["lat", 38]]), { method: "nearest" }).indexers.get("lat"); // { kind: "at", at: 1 }
 * ```
 */
export class LabelIndex implements Index {
  readonly kind = "label";
  readonly name: string;
  readonly dim: string;
  readonly names: readonly string[];
  readonly dims: readonly string[];
  readonly labels: NDArray;
  readonly attrs: Attrs;
  readonly encoding: Encoding;
  private known: Lookup | undefined;
  private order: Order | undefined;
  private finest: Resolution | undefined;

  constructor(name: string, dim: string, labels: NDArray, options: LabelIndexOptions = {}) {
    this.name = name;
    this.dim = dim;
    this.names = [name];
    this.dims = [dim];
    this.labels = labels;
    this.attrs = options.attrs ?? {};
    this.encoding = options.encoding ?? {};
  }

  /**
   * The index of coordinate `name`.
   *
   * @throws CoordinateError unless `variable` has one dimension; NotLoadedError where it is lazy.
   */
  static of(name: string, variable: Variable): LabelIndex {
    if (variable.ndim !== 1) {
      throw new CoordinateError(
        `coordinate ${JSON.stringify(name)} has dimensions (${variable.dims.join(", ")}): an index needs exactly one`,
        { name, dims: variable.dims },
      );
    }
    return new LabelIndex(name, variable.dims[0]!, loadedArray(variable.array, `coordinate ${JSON.stringify(name)}`), variable);
  }

  /** The labels of several indexes one after another, under the first one's name, dimension and attributes. */
  static concat(indexes: readonly LabelIndex[]): LabelIndex {
    const first = indexes[0]!;
    if (indexes.length === 1) return first;
    const odd = indexes.find((index) => !comparable(index.labels.dtype, first.labels.dtype));
    if (odd)
      throw new IndexingError(
        `labels of ${JSON.stringify(first.name)} of dtype ${first.labels.dtype} and ${odd.labels.dtype} cannot be put together`,
        { name: first.name },
      );
    return first.with(
      concat(
        indexes.map((index) => index.labels),
        0,
      ) as NDArray,
    );
  }

  get size(): number {
    return this.labels.shape[0]!;
  }
  /** The labels as keys, with what is known of their order. */
  get lookup(): Lookup {
    this.known ??= new Lookup(keysOf(this.labels), this.order);
    return this.known;
  }
  /** Whether no label repeats. */
  get isUnique(): boolean {
    return this.lookup.unique;
  }
  /** Whether labels never decrease. */
  get isIncreasing(): boolean {
    return this.lookup.order.increasing;
  }
  /** Whether labels never increase. */
  get isDecreasing(): boolean {
    return this.lookup.order.decreasing;
  }

  variables(): ReadonlyMap<string, Variable> {
    return new Map([[this.name, new Variable([this.dim], this.labels, this)]]);
  }

  sel(labels: ReadonlyMap<string, unknown>, options: SelectOptions): SelectResult {
    const label = labels.get(this.name);
    return { indexers: new Map([[this.dim, this.locate(label, options)]]) };
  }

  /** The positions that one label, list, slice or array of labels stands for. */
  private locate(label: unknown, options: SelectOptions): PositionIndexer {
    if (label === undefined || label === null)
      throw new IndexingError(`${String(label)} is no label of coordinate ${JSON.stringify(this.name)}`, { name: this.name });
    if (label instanceof Slice) {
      if (options.method !== undefined || options.tolerance !== undefined) {
        throw new IndexingError(`a slice along ${JSON.stringify(this.name)} cannot be combined with method or tolerance`, {
          name: this.name,
        });
      }
      return sliceLabels(this, label);
    }
    const variable = indexerVariable(label);
    if (variable) return this.locateVariable(variable, options);
    if (Array.isArray(label) || label instanceof NDArray || (ArrayBuffer.isView(label) && kindOf(this.labels.dtype) !== "S")) {
      return this.locateList(label as NDArray | ArrayLike<unknown>, options);
    }
    return this.locateScalar(label, options);
  }

  private locateVariable(variable: Variable, options: SelectOptions): PositionIndexer {
    const array = loadedArray(variable.array, `the labels for ${JSON.stringify(this.name)}`);
    if (array.ndim === 0) {
      const found = this.locateList(new NDArray(array.data, [1], array.dtype, [1], array.offset), options) as { positions: Float64Array };
      return { kind: "at", at: found.positions[0]! };
    }
    const found = this.locateList(array, options, kindOf(array.dtype) === "b" && variable.ndim > 1) as { positions: Float64Array };
    if (variable.ndim === 1 && variable.dims[0] === this.dim) return { kind: "take", positions: found.positions };
    if (kindOf(array.dtype) === "b")
      throw new IndexingError(`a boolean indexer for ${JSON.stringify(this.name)} must lie along dimension ${JSON.stringify(this.dim)}`, {
        name: this.name,
      });
    return { kind: "points", positions: new Variable(variable.dims, new NDArray(found.positions, variable.shape, "float64")) };
  }

  private locateList(labels: NDArray | ArrayLike<unknown>, options: SelectOptions, nested = false): PositionIndexer {
    const values = (labels instanceof NDArray ? flatValues(labels) : labels) as ArrayLike<unknown>;
    if (labels instanceof NDArray ? kindOf(labels.dtype) === "b" : typeof values[0] === "boolean") {
      if (!nested) return { kind: "take", positions: maskPositions(values, this.dim, this.size) };
    }
    if (labels instanceof NDArray && labels.ndim === 0) return this.locateVariable(new Variable([], labels), options);
    const positions = this.find(keysOfList(labels, this.labels.dtype), options);
    const missing = positions.indexOf(-1);
    if (missing >= 0) throw this.notFound(values[missing], options);
    return { kind: "take", positions };
  }

  private locateScalar(label: unknown, options: SelectOptions): PositionIndexer {
    const { dtype } = this.labels;
    const key = keyOf(label, dtype);
    if (key === undefined) throw this.notFound(label, options);
    if (options.method !== undefined || options.tolerance !== undefined) {
      const at = this.find(typeof key === "number" ? Float64Array.of(key) : [key], options)[0]!;
      if (at < 0) throw this.notFound(label, options);
      return { kind: "at", at };
    }
    if (typeof label === "string" && kindOf(dtype) === "M") {
      const span = spanOf(label, dtype);
      if (this.namesSpan(span.resolution)) return this.locateSpan(label, span.start, span.end);
    }
    const found = this.lookup.all(key);
    if (ArrayBuffer.isView(found)) return { kind: "take", positions: found };
    if (found.stop === found.start) throw this.notFound(label, options);
    if (found.stop === found.start + 1) return { kind: "at", at: found.start };
    return run(found);
  }

  /** Dates of the proleptic calendar are spans where coarser than the index; xarray takes them as spans always in the others. */
  private namesSpan(resolution: Resolution): boolean {
    if (this.labels.dtype !== "datetime64") return true;
    this.finest ??= resolutionOf(this.lookup.keys as Float64Array);
    return coarser(resolution, this.finest);
  }

  private locateSpan(label: string, start: number, end: number): PositionIndexer {
    const found = this.lookup.between(start, end);
    const keys = this.lookup.keys;
    const empty = ArrayBuffer.isView(found) ? found.length === 0 : found.start === found.stop;
    if (empty && keys.length > 0) {
      const outside = !this.lookup.monotonic || (ArrayBuffer.isView(found) ? true : found.start === 0 || found.start === keys.length);
      if (outside) throw this.notFound(label, {});
    }
    return ArrayBuffer.isView(found) ? { kind: "take", positions: found } : run(found);
  }

  private find(targets: Keys, options: SelectOptions): Float64Array {
    try {
      return findKeys(this.lookup, targets, this.labels, options);
    } catch (error) {
      if (!(error instanceof IndexingError)) throw error;
      const fix = this.lookup.unique
        ? `sort it first with sortby(${JSON.stringify(this.name)})`
        : `drop repeats first with dropDuplicates(${JSON.stringify(this.dim)})`;
      throw new IndexingError(`coordinate ${JSON.stringify(this.name)}: ${error.message}; ${fix}`, { name: this.name }, { cause: error });
    }
  }

  private notFound(label: unknown, options: SelectOptions): IndexingError {
    const shown = describe(label);
    const within = options.tolerance === undefined ? "" : ` within ${String(options.tolerance)}`;
    const hint =
      options.method === undefined && "biufMm".includes(kindOf(this.labels.dtype)) ? `; method: "nearest" takes the closest` : "";
    return new IndexingError(
      `label ${shown} not found in coordinate ${JSON.stringify(this.name)}${within} (${this.size} labels of dtype ${this.labels.dtype})${hint}`,
      { name: this.name, label: shown },
    );
  }

  isel(indexers: ReadonlyMap<string, PositionIndexer>): LabelIndex | undefined {
    const indexer = indexers.get(this.dim);
    if (indexer === undefined || isWhole(indexer, this.size)) return this;
    if (indexer.kind === "at" || indexer.kind === "points") return undefined;
    if (indexer.kind === "take") return this.with(select(this.labels, [indexer.positions]) as NDArray);
    const part = this.with(select(this.labels, [indexer]) as NDArray);
    const order = this.known?.monotonic === true ? this.known.order : undefined;
    if (order) part.order = indexer.step > 0 ? order : { increasing: order.decreasing, decreasing: order.increasing, strict: order.strict };
    return part;
  }

  equals(other: Index): boolean {
    if (other === this) return true;
    if (!(other instanceof LabelIndex) || other.dim !== this.dim || other.size !== this.size) return false;
    if (other.labels === this.labels) return true;
    return comparable(this.labels.dtype, other.labels.dtype) && sameKeys(this.lookup.keys, other.lookup.keys);
  }

  join(other: Index, how: "inner" | "outer"): LabelIndex {
    if (!(other instanceof LabelIndex))
      throw new IndexingError(
        `coordinate ${JSON.stringify(this.name)} has a ${this.kind} index on one side and a ${other.kind} index on the other`,
        { name: this.name },
      );
    const [a, b] = [this, other].map(({ lookup, labels }) => ({ lookup, dtype: labels.dtype })) as [JoinSide, JoinSide];
    return this.with(joinLabels(a, b, how), {});
  }

  positionsOf(target: Index, options: SelectOptions): Float64Array {
    if (!(target instanceof LabelIndex) || !comparable(this.labels.dtype, target.labels.dtype)) {
      return new Float64Array(target.size).fill(-1);
    }
    return this.find(target.lookup.keys, options);
  }

  rename(names: ReadonlyMap<string, string>, dims: ReadonlyMap<string, string>): LabelIndex {
    const name = names.get(this.name) ?? this.name;
    const dim = dims.get(this.dim) ?? this.dim;
    if (name === this.name && dim === this.dim) return this;
    const renamed = new LabelIndex(name, dim, this.labels, this);
    renamed.known = this.known;
    return renamed;
  }

  roll(shifts: ReadonlyMap<string, number>): LabelIndex {
    const n = shifts.get(this.dim) ?? 0;
    return n % (this.size || 1) === 0 ? this : this.with(roll(this.labels, 0, n) as NDArray);
  }

  private with(labels: NDArray, options: LabelIndexOptions = this): LabelIndex {
    return new LabelIndex(this.name, this.dim, labels, options);
  }
}

function run({ start, stop }: Span): PositionIndexer {
  return { kind: "run", start, step: 1, count: stop - start };
}

const METHODS: { readonly [name: string]: InexactMethod } = {
  nearest: "nearest",
  ffill: "ffill",
  pad: "ffill",
  bfill: "bfill",
  backfill: "bfill",
};

function findKeys(lookup: Lookup, targets: Keys, labels: NDArray, { method, tolerance }: SelectOptions): Float64Array {
  if (method === undefined) {
    if (tolerance !== undefined) throw new ArgumentError("tolerance needs a method: nearest, ffill or bfill", { tolerance });
    return lookup.positions(targets);
  }
  const inexact = Object.hasOwn(METHODS, method) ? METHODS[method]! : undefined;
  if (inexact === undefined)
    throw new ArgumentError(`unknown method ${JSON.stringify(method)}; possible are ${Object.keys(METHODS).join(", ")}`, { method });
  const distances = "biufMm".includes(kindOf(labels.dtype));
  if (!distances && (inexact === "nearest" || tolerance !== undefined))
    throw new IndexingError(
      `labels of dtype ${labels.dtype} have no distances for ${inexact === "nearest" ? "method nearest" : "a tolerance"}`,
    );
  return lookup.inexact(targets, inexact, toleranceOf(tolerance));
}

/** A tolerance as a number, or one per label; durations in milliseconds. */
function toleranceOf(tolerance: unknown): number | ArrayLike<number> | undefined {
  if (tolerance === undefined || typeof tolerance === "number") return tolerance;
  if (typeof tolerance === "string") return keyOf(tolerance, "timedelta64") as number;
  if (tolerance instanceof NDArray || Array.isArray(tolerance) || ArrayBuffer.isView(tolerance)) {
    const list = keysOfList(
      tolerance as unknown as ArrayLike<unknown>,
      Array.isArray(tolerance) && typeof tolerance[0] === "string" ? "timedelta64" : "float64",
    );
    return list.length === 1 ? (list[0] as number) : (list as Float64Array);
  }
  throw new ArgumentError(`tolerance ${describe(tolerance)} is no distance; give a number, or a duration such as "6h"`, {});
}
