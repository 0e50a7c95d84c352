/**
 * The index of several coordinates along one dimension: rows of labels, one per level.
 *
 * What pandas' `MultiIndex` is to xarray: the result of `stack` and of `setIndex` with several names.
 * Each level keeps its different labels once; rows hold codes. The dimension itself is a coordinate
 * too, whose values show the rows as text.
 */
import type { NDArray } from "../array/ndarray.ts";
import { select } from "../array/select.ts";
import { allocate } from "../dtypes/traits.ts";
import { CoordinateError, DimensionError, IndexingError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import type { Attrs } from "../variable/attrs.ts";
import { loadedArray, Variable } from "../variable/variable.ts";
import type { Index, SelectOptions, SelectResult } from "./contract.ts";
import type { PositionIndexer } from "./indexers.ts";
import { LabelIndex } from "./label-index.ts";
import { type Keys, sameKeys, sortedUnique } from "./label-keys.ts";
import { Lookup } from "./label-lookup.ts";
import { type Codes, factorize, jointKeys, takeCodes, tupleLabels } from "./multi-codes.ts";
import { selectRows } from "./multi-select.ts";
import { isWhole } from "./positions.ts";

/**
 * An index over several levels.
 *
 * @example
 * ```ts
 * const index = MultiIndex.product("z", new Map([["y", y], ["x", x]])); // as stack makes it
 * index.sel(new Map([["y", 20]]), {}); // rows where y is 20; x labels what is left
 * ```
 */
export class MultiIndex implements Index {
  readonly kind = "multi";
  readonly dim: string;
  readonly names: readonly string[];
  readonly dims: readonly string[];
  /** The names of the levels, in order. */
  readonly levelNames: readonly string[];
  /** The different labels of each level, under its name. */
  readonly levels: readonly LabelIndex[];
  /** For each level the code of every row, −1 where its label is missing. */
  readonly codes: readonly Codes[];
  /** Attributes of the dimension's own coordinate. */
  readonly attrs: Attrs;
  private known: Lookup | undefined;
  private shown: NDArray | undefined;

  constructor(dim: string, levels: readonly LabelIndex[], codes: readonly Codes[], attrs: Attrs = {}) {
    const clash = levels.find((level, i) => level.name === dim || levels.some((other, j) => j < i && other.name === level.name));
    if (clash)
      throw new CoordinateError(
        `level ${JSON.stringify(clash.name)} of a multi-index along ${JSON.stringify(dim)} has the name of the dimension or of another level`,
        { name: clash.name, dim },
      );
    this.dim = dim;
    this.dims = [dim];
    this.levelNames = levels.map((level) => level.name);
    this.names = [dim, ...this.levelNames];
    this.levels = levels;
    this.codes = codes;
    this.attrs = attrs;
  }

  /**
   * The index of coordinates that share one dimension, levels sorted.
   *
   * @throws DimensionError unless all variables lie along `dim`; NotLoadedError where one is lazy.
   */
  static of(dim: string, variables: ReadonlyMap<string, Variable>): MultiIndex {
    const codes: Codes[] = [];
    const levels = Array.from(variables, ([name, variable]) => {
      if (variable.ndim !== 1 || variable.dims[0] !== dim) {
        throw new DimensionError(
          `coordinate ${JSON.stringify(name)} has dimensions (${variable.dims.join(", ")}): a level of a multi-index along ${JSON.stringify(dim)} needs exactly that one`,
          { name, dims: variable.dims },
        );
      }
      const found = factorize(loadedArray(variable.array, `coordinate ${JSON.stringify(name)}`), "sorted");
      codes.push(found.codes);
      return new LabelIndex(name, name, found.labels, variable);
    });
    return new MultiIndex(dim, levels, codes);
  }

  /** Every combination of the labels of 1-D variables, the last varying fastest; levels keep their labels' order. */
  static product(dim: string, variables: ReadonlyMap<string, Variable>): MultiIndex {
    const parts = Array.from(variables, ([name, variable]) => ({
      name,
      variable,
      ...factorize(LabelIndex.of(name, variable).labels, "seen"),
    }));
    const total = parts.reduce((n, { codes }) => n * codes.length, 1);
    let inner = total;
    const codes = parts.map((part) => {
      const n = part.codes.length;
      inner = n === 0 ? 0 : inner / n;
      const out = allocate("float64", total);
      for (let at = 0; at < total; ) {
        for (let i = 0; i < n; i++, at += inner) out.fill(part.codes[i]!, at, at + inner);
      }
      return out;
    });
    return new MultiIndex(
      dim,
      parts.map(({ name, labels, variable }) => new LabelIndex(name, name, labels, variable)),
      codes,
    );
  }

  /** The rows of several indexes one after another, under the first one's names. */
  static concat(indexes: readonly MultiIndex[]): MultiIndex {
    const first = indexes[0]!;
    if (indexes.length === 1) return first;
    const shared = indexes.slice(1).reduce((a, b) => a.withLevelsOf(b), first);
    const codes = shared.levels.map((_, k) => {
      const parts = indexes.map((index) => index.recoded(shared)[k]!);
      const out = new Float64Array(parts.reduce((n, part) => n + part.length, 0));
      let at = 0;
      for (const part of parts) {
        out.set(part, at);
        at += part.length;
      }
      return out;
    });
    return new MultiIndex(first.dim, shared.levels, codes, first.attrs);
  }

  get size(): number {
    return this.codes[0]!.length;
  }
  /** The rows as text, such as `(30, 0.5)`. */
  get labels(): NDArray {
    this.shown ??= tupleLabels(
      this.levels.map((level) => level.labels),
      this.codes,
    );
    return this.shown;
  }
  /** One key per row. */
  get lookup(): Lookup {
    this.known ??= new Lookup(this.keys());
    return this.known;
  }
  /** Whether no row repeats. */
  get isUnique(): boolean {
    return this.lookup.unique;
  }

  /** One key per row, of these codes or of others into the same levels. */
  keys(codes: readonly Codes[] = this.codes): Keys {
    return jointKeys(
      codes,
      this.levels.map((level) => level.size),
    );
  }

  variables(): ReadonlyMap<string, Variable> {
    const out = new Map<string, Variable>([[this.dim, new Variable([this.dim], this.labels, { attrs: this.attrs })]]);
    this.levels.forEach((level, k) => out.set(level.name, new Variable([this.dim], this.levelLabels(k), level)));
    return out;
  }

  /** The label of every row in level `k`. */
  levelLabels(k: number): NDArray {
    return takeCodes(this.levels[k]!.labels, this.codes[k]!);
  }

  sel(labels: ReadonlyMap<string, unknown>, options: SelectOptions): SelectResult {
    return selectRows(this, labels, options);
  }

  isel(indexers: ReadonlyMap<string, PositionIndexer>): MultiIndex | undefined {
    const indexer = indexers.get(this.dim);
    if (indexer === undefined || isWhole(indexer, this.size)) return this;
    if (indexer.kind === "at" || indexer.kind === "points") return undefined;
    return this.rows(
      indexer.kind === "take"
        ? indexer.positions
        : Float64Array.from({ length: indexer.count }, (_, i) => indexer.start + i * indexer.step),
    );
  }

  /** The index of these rows. */
  rows(positions: Float64Array): MultiIndex {
    return this.with(this.codes.map((level) => positions.map((at) => level[at]!)));
  }

  equals(other: Index): boolean {
    if (other === this) return true;
    if (!(other instanceof MultiIndex) || other.dim !== this.dim || other.size !== this.size || other.levels.length !== this.levels.length)
      return false;
    const theirs = other.recoded(this);
    return theirs.every((level, k) => sameKeys(level, this.codes[k]!) && sameMissing(level, other.codes[k]!));
  }

  join(other: Index, how: "inner" | "outer"): MultiIndex {
    const both = this.withLevelsOf(this.comparable(other), how === "outer");
    const mine = this.recoded(both);
    const theirs = (other as MultiIndex).recoded(both);
    const a = both.keys(mine);
    const b = both.keys(theirs);
    const inB = new Set<unknown>(b);
    const firstRow = new Map<unknown, number>();
    const rows = how === "inner" ? a.length : a.length + b.length;
    for (let i = 0; i < rows; i++) {
      const key = i < a.length ? a[i] : b[i - a.length];
      if (!firstRow.has(key) && (how === "outer" || inB.has(key))) firstRow.set(key, i);
    }
    const order = how === "inner" ? [...firstRow.values()] : sortedRows(a, b).map((key) => firstRow.get(key)!);
    const codes = mine.map((level, k) => Float64Array.from(order, (i) => (i < a.length ? level[i]! : theirs[k]![i - a.length]!)));
    return new MultiIndex(this.dim, both.levels, codes, this.attrs);
  }

  positionsOf(target: Index, options: SelectOptions): Float64Array {
    if (options.method !== undefined || options.tolerance !== undefined)
      throw new IndexingError(`the multi-index along ${JSON.stringify(this.dim)} has no distances: method and tolerance do not apply`, {
        dim: this.dim,
      });
    if (!(target instanceof MultiIndex) || target.levels.length !== this.levels.length) return new Float64Array(target.size).fill(-1);
    if (!this.isUnique)
      throw new IndexingError(
        `rows of the multi-index along ${JSON.stringify(this.dim)} repeat; drop repeats first with dropDuplicates(${JSON.stringify(this.dim)})`,
        { dim: this.dim },
      );
    const codes = target.recoded(this);
    const found = this.lookup.positions(this.keys(codes));
    // A label that no level here has gets the code of a missing one, which must not find missing rows.
    codes.forEach((level, k) =>
      level.forEach((code, i) => {
        if (code < 0 && target.codes[k]![i]! >= 0) found[i] = -1;
      }),
    );
    return found;
  }

  rename(names: ReadonlyMap<string, string>, dims: ReadonlyMap<string, string>): MultiIndex {
    const dim = dims.get(this.dim) ?? this.dim;
    const levels = this.levels.map((level) => level.rename(names, names));
    return dim === this.dim && levels.every((level, k) => level === this.levels[k])
      ? this
      : new MultiIndex(dim, levels, this.codes, this.attrs);
  }

  roll(shifts: ReadonlyMap<string, number>): MultiIndex {
    const n = this.size;
    const shift = shifts.get(this.dim) ?? 0;
    return n === 0 || shift % n === 0 ? this : this.rows(Float64Array.from({ length: n }, (_, i) => (((i - shift) % n) + n) % n));
  }

  /** The levels named, in that order: an index of them, or of one coordinate with its rows as labels. */
  keep(names: readonly string[]): MultiIndex | LabelIndex {
    const at = names.map((name) => {
      const k = this.levelNames.indexOf(name);
      if (k < 0) throw new CoordinateError(unknownName("level", name, this.levelNames), { name });
      return k;
    });
    if (at.length === 1) return new LabelIndex(names[0]!, this.dim, this.levelLabels(at[0]!), this.levels[at[0]!]!);
    return new MultiIndex(
      this.dim,
      at.map((k) => this.levels[k]!),
      at.map((k) => this.codes[k]!),
      this.attrs,
    );
  }

  /** The same rows with levels that hold only labels in use, in their order: what `unstack` spreads out. */
  compact(): MultiIndex {
    const codes: Codes[] = [];
    const levels = this.levels.map((level, k) => {
      const used = new Uint8Array(level.size);
      for (const code of this.codes[k]!) if (code >= 0) used[code] = 1;
      if (used.every((u) => u === 1)) {
        codes.push(this.codes[k]!);
        return level;
      }
      const kept = Float64Array.from(Array.from(used.keys()).filter((code) => used[code] === 1));
      const fresh = new Float64Array(level.size).fill(-1);
      kept.forEach((code, i) => (fresh[code] = i));
      codes.push(this.codes[k]!.map((code) => (code < 0 ? -1 : fresh[code]!)));
      return new LabelIndex(level.name, level.dim, select(level.labels, [kept]) as NDArray, level);
    });
    return new MultiIndex(this.dim, levels, codes, this.attrs);
  }

  private comparable(other: Index): MultiIndex {
    if (other instanceof MultiIndex && other.levels.length === this.levels.length) return other;
    throw new IndexingError(
      `the multi-index along ${JSON.stringify(this.dim)} cannot be joined with a ${other.kind} index of ${other.names.join(", ")}`,
      { dim: this.dim },
    );
  }

  /** Levels that hold the labels of both; those that have them already stay unless they must be sorted. */
  private withLevelsOf(other: MultiIndex, sorted = false): MultiIndex {
    const levels = this.levels.map((level, k) => {
      const known = other.levels[k]!;
      const enough = level.equals(known) || level.positionsOf(known, {}).every((at) => at >= 0);
      if (enough && (!sorted || level.isIncreasing)) return level;
      const all = level.join(known, "outer");
      return new LabelIndex(level.name, level.dim, all.labels, level);
    });
    return new MultiIndex(this.dim, levels, this.codes, this.attrs);
  }

  /** The codes of these rows in the levels of `other`, −1 where it lacks a label. */
  private recoded(other: MultiIndex): Codes[] {
    return this.levels.map((level, k) => {
      const theirs = other.levels[k]!;
      if (theirs === level || theirs.labels === level.labels) return this.codes[k]!;
      const at = theirs.positionsOf(level, {});
      return this.codes[k]!.map((code) => (code < 0 ? -1 : at[code]!));
    });
  }

  private with(codes: readonly Codes[]): MultiIndex {
    return new MultiIndex(this.dim, this.levels, codes, this.attrs);
  }
}

/** Whether codes are missing in the same rows. */
function sameMissing(a: Codes, b: Codes): boolean {
  return a === b || a.every((code, i) => code < 0 === b[i]! < 0);
}

/** All keys of both, each once, in ascending order. */
function sortedRows(a: Keys, b: Keys): unknown[] {
  return Array.from(sortedUnique([...a, ...b]) as ArrayLike<unknown>);
}
