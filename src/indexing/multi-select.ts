/** Selecting rows of a multi-index: by some of its levels, by whole rows, or by slices of rows. */
import { NDArray } from "../array/ndarray.ts";
import { select } from "../array/select.ts";
import { IndexingError } from "../errors.ts";
import { unknownName } from "../util/suggest.ts";
import { Variable } from "../variable/variable.ts";
import type { Index, SelectOptions, SelectResult } from "./contract.ts";
import { type PositionIndexer, Slice } from "./indexers.ts";
import { LabelIndex } from "./label-index.ts";
import type { Span } from "./label-lookup.ts";
import { describe } from "./label-parse.ts";
import type { MultiIndex } from "./multi-index.ts";
import { checkedStep, indexerVariable, maskPositions } from "./positions.ts";

/**
 * The rows that `labels` mean, given by level or, under the dimension's name, as a record of levels, a
 * row or the first labels of rows, a list of rows, a mask, or a slice between rows.
 *
 * Levels that are fixed to one label leave scalar coordinates. One level that is left over labels the
 * dimension from then on, under its own name.
 *
 * @throws IndexingError where no row fits, and for method or tolerance.
 */
export function selectRows(index: MultiIndex, labels: ReadonlyMap<string, unknown>, options: SelectOptions): SelectResult {
  if (options.method !== undefined || options.tolerance !== undefined) {
    throw new IndexingError(`the multi-index along ${JSON.stringify(index.dim)} has no distances: method and tolerance do not apply`, {
      dim: index.dim,
    });
  }
  if (!labels.has(index.dim)) return byLevels(index, labels);
  if (labels.size > 1)
    throw new IndexingError(`labels for both ${JSON.stringify(index.dim)} and its levels: give either`, { dim: index.dim });
  const label = labels.get(index.dim);
  if (label instanceof Slice) return only(index, sliceRows(index, label));
  if (isRecord(label)) return byLevels(index, new Map(Object.entries(label)));
  const values = listOf(label);
  if (values === undefined) return byLevels(index, firstLevels(index, [label]));
  if (values.length > 0 && typeof values[0] === "boolean" && values.length === index.size)
    return only(index, { kind: "take", positions: maskPositions(values, index.dim, index.size) });
  if (values.length > 0 && !values.some(isList)) return byLevels(index, firstLevels(index, values));
  return only(index, { kind: "take", positions: Float64Array.from(values, (row) => rowPosition(index, row)) });
}

function only(index: MultiIndex, indexer: PositionIndexer): SelectResult {
  return { indexers: new Map([[index.dim, indexer]]) };
}

function isRecord(label: unknown): label is Record<string, unknown> {
  return (
    typeof label === "object" &&
    label !== null &&
    Object.getPrototypeOf(label) === Object.prototype &&
    !indexerVariable(label) &&
    !("re" in label)
  );
}

function isList(x: unknown): boolean {
  return Array.isArray(x) || ArrayBuffer.isView(x);
}

/** A list or 1-D array as values; undefined for a single label. */
function listOf(label: unknown): readonly unknown[] | undefined {
  const array = indexerVariable(label)?.loaded ?? label;
  if (array instanceof NDArray) {
    if (array.ndim !== 1)
      throw new IndexingError(`labels of ${array.ndim} dimensions cannot select rows of a multi-index`, { shape: array.shape });
    return Array.from(array.data as unknown as ArrayLike<unknown>).slice(array.offset, array.offset + array.size);
  }
  return isList(array) ? Array.from(array as ArrayLike<unknown>) : undefined;
}

function firstLevels(index: MultiIndex, row: readonly unknown[]): Map<string, unknown> {
  if (row.length > index.levels.length)
    throw new IndexingError(`a row of ${row.length} labels for the ${index.levels.length} levels (${index.levelNames.join(", ")})`, {
      dim: index.dim,
    });
  return new Map(row.map((label, k) => [index.levelNames[k]!, label]));
}

/** The codes that a label of level `k` means. */
function codesOf(index: MultiIndex, k: number, label: unknown): PositionIndexer {
  const level = index.levels[k]!;
  return level.sel(new Map([[level.name, label]]), {}).indexers.get(level.dim)!;
}

function byLevels(index: MultiIndex, labels: ReadonlyMap<string, unknown>): SelectResult {
  const chosen = new Map<number, PositionIndexer>();
  for (const [name, label] of labels) {
    const k = index.levelNames.indexOf(name);
    if (k < 0) throw new IndexingError(unknownName("level", name, index.levelNames), { name });
    chosen.set(k, codesOf(index, k, label));
  }
  const fixed = [...chosen].filter(([, codes]) => codes.kind === "at");
  const whole = fixed.length === index.levels.length;
  const found = whole
    ? exactRow(
        index,
        index.levels.map((_, k) => (chosen.get(k) as { at: number }).at),
      )
    : matching(index, chosen);
  const count = found.kind === "run" ? found.count : found.kind === "take" ? found.positions.length : 1;
  if (count === 0)
    throw new IndexingError(
      `no row of the multi-index along ${JSON.stringify(index.dim)} has ${[...labels].map(([name, label]) => `${name} = ${describe(label)}`).join(", ")}`,
      { dim: index.dim },
    );
  return whole || fixed.length === 0
    ? only(index, found)
    : withoutLevels(index, found, new Map(fixed.map(([k, codes]) => [k, (codes as { at: number }).at])));
}

function exactRow(index: MultiIndex, row: readonly number[]): PositionIndexer {
  const key = index.keys(row.map((code) => Float64Array.of(code)))[0]!;
  const found = index.lookup.all(key);
  if (ArrayBuffer.isView(found)) return { kind: "take", positions: found };
  return found.stop === found.start + 1 ? { kind: "at", at: found.start } : run(found);
}

function run({ start, stop }: Span): PositionIndexer {
  return { kind: "run", start, step: 1, count: stop - start };
}

/** The rows whose codes are among those chosen, level by level. */
function matching(index: MultiIndex, chosen: ReadonlyMap<number, PositionIndexer>): PositionIndexer {
  const fits = new Uint8Array(index.size).fill(1);
  for (const [k, codes] of chosen) {
    const allowed = new Uint8Array(index.levels[k]!.size);
    if (codes.kind === "at") allowed[codes.at] = 1;
    else if (codes.kind === "run") for (let i = 0; i < codes.count; i++) allowed[codes.start + i * codes.step] = 1;
    else if (codes.kind === "take") for (const code of codes.positions) allowed[code] = 1;
    else
      throw new IndexingError(
        `labels of level ${JSON.stringify(index.levelNames[k])} have dimensions of their own: a level takes one label, a list or a slice`,
        { name: index.levelNames[k] },
      );
    const level = index.codes[k]!;
    for (let i = 0; i < fits.length; i++) if (level[i]! < 0 || allowed[level[i]!] === 0) fits[i] = 0;
  }
  return { kind: "take", positions: maskPositions(fits, index.dim, index.size) };
}

/** The selection with fixed levels as scalar coordinates and the others as what indexes the rows. */
function withoutLevels(index: MultiIndex, found: PositionIndexer, fixed: ReadonlyMap<number, number>): SelectResult {
  const rest = index.isel(new Map([[index.dim, found]]))!.keep(index.levelNames.filter((_, k) => !fixed.has(k)));
  const left: Index = rest instanceof LabelIndex ? rest.rename(new Map(), new Map([[index.dim, rest.name]])) : rest;
  const coords = new Map(left.variables());
  const indexes = new Map<string, Index>(left.names.map((name) => [name, left]));
  for (const [k, code] of fixed) coords.set(index.levelNames[k]!, new Variable([], select(index.levels[k]!.labels, [code])));
  const single = left instanceof LabelIndex;
  return {
    indexers: new Map([[index.dim, found]]),
    coords,
    indexes,
    dropCoords: single ? [index.dim] : [],
    ...(single ? { renameDims: new Map([[index.dim, left.name]]) } : {}),
  };
}

function rowCodes(index: MultiIndex, row: unknown): number[] {
  const values = listOf(row);
  if (values === undefined || values.length !== index.levels.length) {
    throw new IndexingError(`${describe(row)} is no row of the levels (${index.levelNames.join(", ")})`, { dim: index.dim });
  }
  return values.map((label, k) => {
    const codes = codesOf(index, k, label);
    if (codes.kind !== "at")
      throw new IndexingError(`${describe(label)} is not one label of level ${JSON.stringify(index.levelNames[k])}`, {
        name: index.levelNames[k],
      });
    return codes.at;
  });
}

function rowPosition(index: MultiIndex, row: unknown): number {
  const found = exactRow(index, rowCodes(index, row));
  if (found.kind !== "at")
    throw new IndexingError(
      `row ${describe(row)} ${found.kind === "run" && found.count === 0 ? "is not in" : "repeats in"} the multi-index along ${JSON.stringify(index.dim)}`,
      { dim: index.dim },
    );
  return found.at;
}

/** Rows between two rows, both included, of an index whose rows are in the order of its levels. */
function sliceRows(index: MultiIndex, slice: Slice): PositionIndexer {
  const step = checkedStep(slice.step, index.dim);
  if (!index.lookup.monotonic)
    throw new IndexingError(
      `rows of the multi-index along ${JSON.stringify(index.dim)} are not sorted, so a slice of them is no range; sort first with sortby(${JSON.stringify(index.levelNames)})`,
      { dim: index.dim },
    );
  const end = (row: unknown): Span | undefined => {
    if (row === null || row === undefined) return undefined;
    const at = rowPosition(index, row);
    return { start: at, stop: at + 1 };
  };
  const [a, b] = step > 0 ? [end(slice.start), end(slice.stop)] : [end(slice.stop), end(slice.start)];
  const start = Math.min(a?.start ?? 0, b?.start ?? index.size);
  const stop = Math.max(b?.stop ?? index.size, a?.stop ?? 0);
  const count = Math.max(0, Math.ceil((stop - start) / Math.abs(step)));
  return { kind: "run", start: step > 0 ? start : stop - 1, step, count };
}
