/**
 * Bringing objects onto common labels.
 *
 * Indexes of the same coordinates are compared across objects: equal ones cost nothing; others are
 * joined as `join` says, and every object is conformed to the result.
 */
import { AlignmentError, ArgumentError } from "../../errors.ts";
import type { Index } from "../../indexing/contract.ts";
import { describeDifference, distinctIndexes } from "../../indexing/index.ts";
import type { JoinMode } from "../../options.ts";
import { unknownName } from "../../util/suggest.ts";
import { type ArrayParts, type DatasetParts, fromDatasetParts, isDatasetParts, sizesOf, THIS_ARRAY, toDatasetParts } from "../parts.ts";
import { conform, type FillValue, type Move, moveOnto, targetIndex } from "../selecting/index.ts";
import { snapIndex } from "./snap.ts";

/** Options of {@link align}. */
export interface AlignOptions {
  /** How different labels come together (default `"inner"`). */
  readonly join?: JoinMode | undefined;
  /** Dimensions left as they are. */
  readonly exclude?: string | readonly string[] | undefined;
  /** Indexes or labels to use instead of joined ones, by coordinate name. */
  readonly indexes?: ReadonlyMap<string, Index> | Readonly<Record<string, unknown>> | undefined;
  readonly fillValue?: FillValue;
  /** Labels this near to the first object's count as equal, in units of the labels (`"1s"` for times). */
  readonly tolerance?: number | string | undefined;
}

/** The parts of an array or a dataset. */
export type AnyParts = ArrayParts | DatasetParts;

const JOINS: readonly JoinMode[] = ["exact", "inner", "outer", "left", "right", "override"];

/**
 * The same objects on common labels, in order; those that have them already are returned as they are.
 *
 * @throws AlignmentError where labels differ and `join` is `"exact"`, or sizes of dimensions without
 * labels differ; IndexingError where labels that must move repeat.
 * @example
 * ```ts
 * const [a, b] = align([x, y], { join: "outer", fillValue: 0 });
 * ```
 */
export function align<const P extends readonly AnyParts[]>(objects: P, options: AlignOptions = {}): { -readonly [K in keyof P]: P[K] } {
  const join = options.join ?? "inner";
  if (!JOINS.includes(join)) throw new ArgumentError(unknownName("join", String(join), JOINS), { join });
  if (join !== "override" && !options.exclude && !options.indexes && options.tolerance === undefined && sameLabels(objects))
    return [...objects] as { -readonly [K in keyof P]: P[K] };
  const datasets = objects.map((object) => (isDatasetParts(object) ? object : toDatasetParts(object)));
  const exclude = new Set(typeof options.exclude === "string" ? [options.exclude] : (options.exclude ?? []));
  const given = datasets.map((dataset) => alignable(dataset, exclude));
  const own = options.tolerance === undefined ? given : snapAll(given, options.tolerance);
  const targets = commonIndexes(own, join, options);
  checkBareDims(datasets, own, targets, exclude);
  const aligned = datasets.map((dataset, i) => {
    const moves = movesOf(dataset, given[i]!, own[i]!, targets, join);
    return conform(dataset, moves, ownFill(options.fillValue, objects[i]!));
  });
  return objects.map((object, i) => {
    if (aligned[i] === datasets[i]) return object;
    return isDatasetParts(object) ? aligned[i]! : fromDatasetParts(aligned[i]!, object.name);
  }) as { -readonly [K in keyof P]: P[K] };
}

function sameKey(a: Index, b: Index): boolean {
  const same = (x: readonly string[], y: readonly string[]): boolean => x.length === y.length && x.every((name, i) => name === y[i]);
  return a.kind === b.kind && same(a.names, b.names) && same(a.dims, b.dims);
}

/** Whether two arrays have the same labels, as operands of arithmetic mostly do: then there is nothing to work out. */
function sameLabels([a, b, ...more]: readonly AnyParts[]): boolean {
  if (a === undefined || b === undefined || more.length > 0 || isDatasetParts(a) || isDatasetParts(b) || a.indexes.size !== b.indexes.size)
    return false;
  for (const [name, index] of b.indexes) {
    const known = a.indexes.get(name);
    if (known !== index && (known === undefined || !sameKey(known, index) || !index.equals(known))) return false;
  }
  const [x, y] = [a.variable, b.variable];
  return y.dims.every((dim: string, i: number) => {
    const axis = x.dims.indexOf(dim);
    return axis < 0 || x.shape[axis] === y.shape[i];
  });
}

/** Indexes of one object under a key that equal coordinates share. */
type Keyed = ReadonlyMap<string, Index>;

function keyOf(index: Index): string {
  return [index.kind, ...index.names, "", ...index.dims].join("\u0000");
}

function alignable(dataset: DatasetParts, exclude: ReadonlySet<string>): Keyed {
  const indexes = distinctIndexes(dataset.indexes).filter((index) => !index.dims.every((dim) => exclude.has(dim)));
  return new Map(indexes.map((index) => [keyOf(index), index]));
}

/** Labels of later objects that are within `tolerance` of the first object's become those. */
function snapAll(all: readonly Keyed[], tolerance: number | string): Keyed[] {
  const first = new Map<string, Index>();
  return all.map((indexes) => {
    const out = new Map<string, Index>();
    for (const [key, index] of indexes) {
      const reference = first.get(key);
      if (reference === undefined) first.set(key, index);
      out.set(key, reference === undefined ? index : snapIndex(index, reference, tolerance));
    }
    return out;
  });
}

/** For every key the index that all objects shall have. */
function commonIndexes(all: readonly Keyed[], join: JoinMode, options: AlignOptions): Map<string, Index> {
  const targets = new Map<string, Index>();
  const owner = new Map<string, Index>();
  const add = (key: string, index: Index): void => {
    for (const name of index.names) {
      const other = owner.get(name);
      if (other && other !== index)
        throw new AlignmentError(
          `coordinate ${JSON.stringify(name)} has indexes that cannot be aligned: ${indexText(other)} and ${indexText(index)}`,
          { name },
        );
      owner.set(name, index);
    }
    targets.set(key, index);
  };
  const wanted = wantedIndexes(options.indexes, all);
  for (const key of new Set(all.flatMap((indexes) => [...indexes.keys()]))) {
    const found = all.flatMap((indexes) => indexes.get(key) ?? []);
    add(key, join === "override" ? overriding(found) : (wanted.get(key) ?? joined(found, join)));
  }
  for (const [key, index] of wanted) if (!targets.has(key)) add(key, index);
  return targets;
}

function wantedIndexes(indexes: AlignOptions["indexes"] = {}, all: readonly Keyed[]): Map<string, Index> {
  const own = all.flatMap((keyed) => [...keyed.values()]);
  const named =
    indexes instanceof Map
      ? indexes
      : new Map(
          Object.entries(indexes).map(([name, labels]) => [
            name,
            targetIndex(
              name,
              labels,
              own.find((index) => index.names.includes(name)),
            ),
          ]),
        );
  return new Map(distinctIndexes(named).map((index) => [keyOf(index), index]));
}

function indexText(index: Index): string {
  return `a ${index.kind} index of ${index.names.join(", ")} along ${index.dims.join(", ")}`;
}

function joined(found: readonly Index[], join: JoinMode): Index {
  const first = found[0]!;
  const different = found.find((index) => !index.equals(first));
  if (different === undefined || join === "left") return first;
  switch (join) {
    case "right":
      return found[found.length - 1]!;
    case "inner":
    case "outer":
      return found.reduce((a, b) => a.join(b, join));
    default: {
      const [name, dim] = [first.names[0]!, first.dims[0]!];
      throw new AlignmentError(
        `labels of ${JSON.stringify(name)}${name === dim ? "" : ` along ${JSON.stringify(dim)}`} are not equal: ${describeDifference(first, different)}. Choose how to bring them together with join ("inner", "outer", "left", "right", "override"), or allow small differences with tolerance`,
        { name, dim, sizes: [first.size, different.size] },
      );
    }
  }
}

function overriding(found: readonly Index[]): Index {
  const first = found[0]!;
  const odd = found.find((index) => index.size !== first.size);
  if (odd)
    throw new AlignmentError(
      `join "override" needs equal sizes; dimension ${JSON.stringify(first.dims[0])} has ${first.size} and ${odd.size} labels`,
      { dim: first.dims[0], sizes: [first.size, odd.size] },
    );
  return first;
}

/** A dimension without labels must have one size everywhere, also where others have labels for it. */
function checkBareDims(
  datasets: readonly DatasetParts[],
  own: readonly Keyed[],
  targets: ReadonlyMap<string, Index>,
  exclude: ReadonlySet<string>,
): void {
  if (datasets.length === 1 && targets.size === own[0]!.size) return;
  const bare = new Map<string, number>();
  datasets.forEach((dataset, i) => {
    const labelled = new Set([...own[i]!.values()].flatMap((index) => index.dims));
    for (const [dim, size] of sizesOf(dataset)) {
      if (labelled.has(dim) || exclude.has(dim)) continue;
      const known = bare.get(dim);
      if (known !== undefined && known !== size)
        throw new AlignmentError(`dimension ${JSON.stringify(dim)} has no labels to align by, and sizes ${known} and ${size}`, {
          dim,
          sizes: [known, size],
        });
      bare.set(dim, size);
    }
  });
  for (const index of targets.values()) {
    const size = bare.get(index.dims[0]!);
    if (size !== undefined && size !== index.size) {
      throw new AlignmentError(
        `dimension ${JSON.stringify(index.dims[0])} has size ${size} without labels in one object and ${index.size} labels in another`,
        { dim: index.dims[0], sizes: [size, index.size] },
      );
    }
  }
}

function movesOf(dataset: DatasetParts, given: Keyed, own: Keyed, targets: ReadonlyMap<string, Index>, join: JoinMode): Move[] {
  const moves: Move[] = [];
  let sizes: ReadonlyMap<string, number> | undefined;
  for (const [key, to] of targets) {
    const from = own.get(key);
    if (from === undefined) {
      sizes ??= sizesOf(dataset);
      if (to.dims.every((dim) => sizes!.has(dim))) moves.push({ from, to, positions: undefined });
    } else if (join === "override") {
      if (from !== to) moves.push({ from, to, positions: undefined });
    } else {
      const move = moveOnto(from, to);
      // A snapped index stands for the object's own labels, which must give way even where no row moves.
      if (move.to !== given.get(key) || move.positions) moves.push({ ...move, from: given.get(key) });
    }
  }
  return moves;
}

/** A fill value per variable names an array by its own name. */
function ownFill(fillValue: FillValue, object: AnyParts): FillValue {
  if (
    isDatasetParts(object) ||
    object.name === undefined ||
    typeof fillValue !== "object" ||
    fillValue === null ||
    !(object.name in fillValue)
  )
    return fillValue;
  return { ...fillValue, [THIS_ARRAY]: (fillValue as Record<string, never>)[object.name]! };
}
